"""`bonphuong briefing`: a briefing book about a partner as Word, PDF and JSON."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.accounts.models import FocalAgency
from bonphuong.accounts.queries import focal_agency
from bonphuong.config.operators import known_office, operator
from bonphuong.config.terminal import UsageError, add_json, say, say_json
from bonphuong.kernel import clock
from bonphuong.kernel.dates import parse_date
from bonphuong.parties.models import Party
from bonphuong.parties.queries import resolve_many
from bonphuong.reports.briefing import Wanted
from bonphuong.reports.services import make_briefing
from bonphuong.reports.writing import write_briefing

if TYPE_CHECKING:
    import argparse

    from bonphuong.accounts.models import Office
    from bonphuong.config.terminal import Parser

SUMMARY = gettext_lazy("Make a briefing book about a partner as Word, PDF and JSON")


def add_arguments(parser: Parser) -> None:
    """About whom, for whom, since when, where to."""
    parser.add_argument("party", metavar=_("PARTNER"), help=_("its code or its name"))
    parser.add_argument(
        "--out", required=True, metavar=_("FOLDER"), help=_("folder for the files, made if it is not there")
    )
    parser.add_argument("--office", metavar=_("OFFICE"), help=_("office that makes it; the one focal agency"))
    parser.add_argument(
        "--user", default="", metavar=_("USER"), help=_("who makes it, and within whose sight")
    )
    parser.add_argument(
        "--since", metavar=_("DAY"), help=_("what was done from this day on; last year's first")
    )
    parser.add_argument("--occasion", default="", metavar=_("TEXT"), help=_("for which meeting"))
    parser.add_argument("--alone", action="store_true", help=_("without the bodies that lie in the partner"))
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Make the book, keep it, write its files."""
    office = known_office(options.office) if options.office else _only_agency()
    party = _partner(options.party)
    today = clock.today()
    wanted = Wanted(
        party=party,
        office=office,
        since=_day(options.since) if options.since else dt.date(today.year - 1, 1, 1),
        until=today,
        below=not options.alone,
        occasion=options.occasion,
    )
    book = make_briefing(actor=operator(office, options.user), wanted=wanted)
    files = write_briefing(book, options.out)
    if options.json:
        paths = {path.suffix[1:]: str(path) for path in files}
        say_json({"briefing": str(book.pk), "party": party.code, "digest": book.digest, "files": paths})
        return 0
    say(*files, book.title)
    return 0


def _partner(given: str) -> Party:
    found = Party.objects.filter(pk=given).first()
    several = [found] if found else resolve_many([given])[given]
    if len(several) != 1:
        raise UsageError(
            _("Several partners are called “%(name)s”: give its code.") % {"name": given}
            if several
            else _("There is no partner “%(name)s”.") % {"name": given}
        )
    return several[0]


def _only_agency() -> Office:
    books = FocalAgency.objects.order_by("book").values_list("book", flat=True).distinct()
    agencies = [found for book in books if (found := focal_agency(book)) is not None]
    if len(agencies) != 1:
        raise UsageError(_("Say by --office which office makes it."))
    return agencies[0]


def _day(text: str) -> dt.date:
    try:
        return parse_date(text, today=clock.today())
    except ValueError as error:
        raise UsageError(str(error)) from error
