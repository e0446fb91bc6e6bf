"""`bonphuong office`: the offices that keep records; the first one opens a book."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import OfficeKind
from bonphuong.accounts.models import Office
from bonphuong.accounts.queries import focal_agency
from bonphuong.accounts.services import appoint_focal_agency, create_office
from bonphuong.config.operators import known_office
from bonphuong.config.terminal import UsageError, add_json, say, say_json, say_table
from bonphuong.kernel import clock
from bonphuong.reference.models import AdminUnit
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from bonphuong.config.terminal import Parser

SUMMARY = gettext_lazy("Open offices, name the focal agency, list them")


def add_arguments(parser: Parser) -> None:
    """One thing to do at a time."""
    todo = parser.add_subparsers(required=True, metavar=_("ACTION"), dest="action")
    add = todo.add_parser("add", help=_("open an office; without --below it begins a book of its own"))
    add.add_argument("code", metavar=_("CODE"), help=_("small letters, digits, hyphens; for ever"))
    add.add_argument("--name", required=True, help=_("full name in Vietnamese"))
    add.add_argument("--name-en", default="", help=_("full name in English"))
    add.add_argument("--short", default="", help=_("short name for lists"))
    add.add_argument("--kind", required=True, choices=OfficeKind.values)
    add.add_argument("--below", metavar=_("CODE"), help=_("the office that it belongs to"))
    add.add_argument("--place", metavar=_("UNIT"), help=_("its administrative unit, such as vn-lai-chau"))
    add.add_argument("--symbol", default="", help=_("symbol on its papers, such as SNgV"))
    add.add_argument(
        "--focal", action="store_true", help=_("it is the focal agency of its book from today on")
    )
    focal = todo.add_parser("focal", help=_("name the focal agency of a book, from a day on"))
    focal.add_argument("code", metavar=_("CODE"))
    focal.add_argument("--from", dest="day", metavar=_("DAY"), help=_("first day, such as 2026-01-05"))
    add_json(todo.add_parser("list", help=_("list the offices, each under the one that it belongs to")))


def run(options: argparse.Namespace) -> int:
    """Do the one thing, under the system's own name in the trail."""
    actions: dict[str, Callable[[argparse.Namespace], None]] = {"add": _add, "focal": _focal, "list": _list}
    actions[options.action](options)
    return 0


def _add(options: argparse.Namespace) -> None:
    if Office.objects.filter(pk=options.code).exists():
        raise UsageError(_("There is an office with the code “%(code)s” already.") % {"code": options.code})
    above = known_office(options.below) if options.below else None
    place = AdminUnit.objects.filter(pk=options.place).first() if options.place else None
    if options.place and place is None:
        raise UsageError(_("There is no administrative unit “%(code)s”.") % {"code": options.place})
    with acting(actor=None, verb="system.command_line", obj=options.code):
        office = create_office(
            actor=None,
            code=options.code,
            belongs_to=above,
            name_vi=options.name,
            name_en=options.name_en or options.name,
            short_vi=options.short or options.name[:60],
            kind=options.kind,
            place=place,
            letterhead_name=options.name.upper(),
            letterhead_parent=above.name_vi.upper() if above else "",
            symbol=options.symbol,
        )
        if options.focal:
            appoint_focal_agency(actor=None, office=office, valid_from=clock.today())
    say(_("Office opened: %(path)s") % {"path": office.path})


def _focal(options: argparse.Namespace) -> None:
    office = known_office(options.code)
    try:
        day = dt.date.fromisoformat(options.day) if options.day else clock.today()
    except ValueError:
        raise UsageError(
            _("“%(text)s” is no day. Write 2026-01-05.") % {"text": str(options.day)[:40]}
        ) from None
    with acting(actor=None, verb="system.command_line", obj=office):
        appoint_focal_agency(actor=None, office=office, valid_from=day)
    say(_("Done."))


def _list(options: argparse.Namespace) -> None:
    offices = list(Office.objects.order_by("path"))
    focal = {found.code for book in {o.book for o in offices} if (found := focal_agency(book)) is not None}
    if options.json:
        say_json(
            [
                {
                    "code": office.code,
                    "below": office.belongs_to_id,
                    "book": office.book,
                    "kind": office.kind,
                    "name_vi": office.name_vi,
                    "name_en": office.name_en,
                    "focal": office.code in focal,
                }
                for office in offices
            ]
        )
        return
    language = get_language() or "vi"
    rows = [
        (
            "  " * (office.path.count("/") - 1) + office.code,
            OfficeKind(office.kind).label,
            office.name(language),
            _("focal agency") if office.code in focal else "",
        )
        for office in offices
    ]
    say_table(rows, (_("Code"), _("Kind"), _("Name"), ""))
