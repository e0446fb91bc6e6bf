"""`bonphuong reconcile`: what papers claim, beside what the ledger holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from bonphuong.config.commands.figure import parse_moment
from bonphuong.config.commands.read import add_files, text_of
from bonphuong.config.operators import known_office
from bonphuong.config.terminal import add_json, add_office, say, say_json, say_table
from bonphuong.kernel.numbers import format_number
from bonphuong.reader.enums import Outcome
from bonphuong.reader.extract import read
from bonphuong.reader.queries import gazetteer
from bonphuong.reader.reconcile import Told, reconcile

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from bonphuong.config.terminal import Parser
    from bonphuong.reader.reconcile import Reconciled

SUMMARY = gettext_lazy("Set the claims of papers beside the ledger")
#: What a person has to look at.
WRONG = frozenset({Outcome.DIFFERS, Outcome.CONTRADICTS})


def add_arguments(parser: Parser) -> None:
    """Papers, and whose figures they are held against."""
    add_files(parser)
    add_office(parser)
    parser.add_argument(
        "--as-of", metavar=_("TIME"), help=_("against the figures as they stood then; see bonphuong figure")
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Read, compare, say; 1 when a claim differs or contradicts another source."""
    office = known_office(options.office)
    moment = parse_moment(options.as_of) if options.as_of else None
    names = gazetteer()
    told = []
    for name in options.files:
        document = read(text_of(name), gazetteer=names)
        told.append(Told(Path(name).name, document.published, document.claims))
    found = reconcile(told, office=office.code, as_of=moment)
    if options.json:
        say_json([one.as_json() for one in found])
    else:
        _say(found, get_language() or "vi")
    return 1 if any(one.outcome in WRONG for one in found) else 0


def _say(found: Sequence[Reconciled], language: str) -> None:
    rows = []
    for one in found:
        values = (one.claim.value, one.beside, one.difference)
        numbers = ["" if value is None else format_number(value, language) for value in values]
        rows.append((one.told.label, one.claim.text[:48], *numbers, Outcome(one.outcome).label))
    headings = (
        _("File"),
        _("Words"),
        pgettext("claim", "Says"),
        pgettext("claim", "Ledger"),
        pgettext("claim", "Difference"),
        pgettext("claim", "Finding"),
    )
    say_table(rows, headings)
    things = {against.thing: against for one in found for against in one.against}
    for thing, against in things.items():
        said = "; ".join(f"{item.label}: {item.state}" for item in against.said)
        say(f"{thing}: {said}")
