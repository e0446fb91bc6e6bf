"""`bonphuong report`: a report as Word, PDF, Excel, web page and JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from bonphuong.config.commands.figure import parse_period
from bonphuong.config.operators import known_office
from bonphuong.config.terminal import UsageError, add_json, add_office, say, say_json
from bonphuong.kernel import clock
from bonphuong.kernel.periods import PeriodKind
from bonphuong.reports.enums import Severity
from bonphuong.reports.queries import definition_and_period, signed_edition
from bonphuong.reports.writing import write_report

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from bonphuong.config.terminal import Parser

SUMMARY = gettext_lazy("Write a report as Word, PDF, Excel, web page and JSON")
KINDS = {"annual": PeriodKind.YEAR, "monthly": PeriodKind.MONTH}


def add_arguments(parser: Parser) -> None:
    """Which report, whose, of when, where to."""
    parser.add_argument("report", choices=sorted(KINDS))
    add_office(parser)
    parser.add_argument(
        "--period", required=True, metavar=_("PERIOD"), help=_("2025 (annual) or 2025-06 (monthly)")
    )
    parser.add_argument(
        "--out", required=True, metavar=_("FOLDER"), help=_("folder for the files, made if it is not there")
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Write the signed edition where there is one, else a draft marked as such."""
    office = known_office(options.office)
    if parse_period(options.period).kind is not KINDS[options.report]:
        raise UsageError(
            _("The period of an annual report is a year (2025), of a monthly one a month (2025-06).")
        )
    _definition, period = definition_and_period(options.report, office.code, options.period)
    if period.since > clock.today():
        raise UsageError(_("The period %(period)s has not begun.") % {"period": options.period})
    # A report speaks the language of its definition, whoever asks for it.
    with translation.override("vi"):
        files = write_report(office.code, options.report, options.period, options.out)
    signed = signed_edition(options.report, office.code, period) is not None
    found = _found(files)
    if options.json:
        say_json(
            {
                "report": options.report,
                "office": office.code,
                "period": period.code,
                "cutoff": str(period.cutoff),
                "since": period.since.isoformat(),
                "until": period.until.isoformat(),
                "signed": signed,
                "checks": found,
                "files": {path.suffix[1:]: str(path) for path in files},
            }
        )
        return 0
    for check in found:
        word = (
            pgettext("check", "Error")
            if check["severity"] == Severity.ERROR
            else pgettext("check", "Warning")
        )
        say(f"{word}: {check['message']}")
    say(*files, _("Signed edition.") if signed else _("Not signed: every page is marked as a draft."))
    return 0


def _found(files: Sequence[Path]) -> list[dict[str, str]]:
    """What the checks found, errors first, as the report that was just written holds it."""
    [path] = [path for path in files if path.suffix == ".json"]
    checks = json.loads(path.read_bytes())["checks"]
    return [
        {key: check[key] for key in ("code", "severity", "message", "reason") if key in check}
        for check in checks
        if check["severity"] != Severity.PASSED
    ]
