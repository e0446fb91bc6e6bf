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
from bonphuong.kernel.errors import BadInput, BadValue
from bonphuong.reports.enums import Severity
from bonphuong.reports.queries import catalogue, definition_and_period, signed_edition
from bonphuong.reports.shipped import LANGUAGES, shipped_titles
from bonphuong.reports.writing import write_report

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from bonphuong.config.terminal import Parser
    from bonphuong.kernel.periods import Period

SUMMARY = gettext_lazy("Write a report as Word, PDF, Excel, web page and JSON")


def add_arguments(parser: Parser) -> None:
    """Which report, whose, of when, in which language, where to."""
    parser.add_argument(
        "report",
        metavar=_("REPORT"),
        help=_("which one: %(codes)s; or one of the office's own")
        % {"codes": ", ".join(shipped_titles("vi"))},
    )
    add_office(parser)
    parser.add_argument(
        "--period",
        required=True,
        metavar=_("PERIOD"),
        help=_(
            "2025-06, 2025-Q3, 2025-H1, 2025-9M, 2025, 2021-2025 or 2025-01-05..2025-03-07, as the report asks"
        ),
    )
    parser.add_argument(
        "--out", required=True, metavar=_("FOLDER"), help=_("folder for the files, made if it is not there")
    )
    parser.add_argument(
        "--language",
        choices=LANGUAGES,
        default=LANGUAGES[0],
        help=_("language of the report, vi unless told"),
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Write the signed edition where there is one, else a draft marked as such."""
    office = known_office(options.office)
    language = options.language
    period = _period(options, office.code)
    # A report speaks the language of its definition, whoever asks for it.
    with translation.override(language):
        files = write_report(office.code, options.report, options.period, options.out, language=language)
    signed = signed_edition(options.report, office.code, period, language) is not None
    found = _found(files)
    if options.json:
        say_json(
            {
                "report": options.report,
                "office": office.code,
                "language": language,
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


def _period(options: argparse.Namespace, office: str) -> Period:
    """The period under the cut-off of the report. Raises UsageError for what the report is not written for."""
    offered = [one.code for one in catalogue([office], parse_period(options.period).until, options.language)]
    if options.report not in offered:
        message = _("There is no report “%(code)s”. Choose from %(codes)s.")
        raise UsageError(message % {"code": options.report, "codes": ", ".join(offered)})
    try:
        _definition, period = definition_and_period(options.report, office, options.period, options.language)
    except (BadInput, BadValue) as error:
        raise UsageError(error.message) from error
    if period.since > clock.today():
        raise UsageError(_("The period %(period)s has not begun.") % {"period": options.period})
    return period
