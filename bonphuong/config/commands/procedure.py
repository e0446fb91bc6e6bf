"""`bonphuong procedure`: versions of procedures, moving what runs to a new one, who may sign for whom."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bonphuong.config.operators import known_office, known_user
from bonphuong.config.terminal import UsageError, add_json, say, say_json, say_table
from bonphuong.kernel import clock
from bonphuong.papers.enums import SigningMode
from bonphuong.papers.signatures import Signing
from bonphuong.procedures.models import Authority, Procedure
from bonphuong.procedures.services import AuthorityDraft, grant_authority, running_cases
from bonphuong.records.services import move_records_to_version

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from bonphuong.config.terminal import Parser

SUMMARY = gettext_lazy("List procedures, move running records to a new version, say who signs")


def add_arguments(parser: Parser) -> None:
    """One thing to do at a time."""
    todo = parser.add_subparsers(required=True, metavar=_("ACTION"), dest="action")
    add_json(todo.add_parser("list", help=_("list the versions in force and how much runs through each")))
    move = todo.add_parser("move", help=_("take all running records of a procedure to another version"))
    move.add_argument("code", metavar=_("CODE"))
    move.add_argument("version", type=int, metavar=_("VERSION"))
    move.add_argument("--user", required=True, help=_("in whose name; they keep the office's settings"))
    move.add_argument("--reason", required=True, help=_("why, for the trail"))
    move.add_argument(
        "--state",
        action="append",
        default=[],
        metavar="OLD=NEW",
        help=_("a state that has another name there; as often as needed"),
    )
    sign = todo.add_parser("sign", help=_("say who may sign for an office, and by which authority"))
    sign.add_argument("office", metavar=_("OFFICE"))
    sign.add_argument("--mode", required=True, choices=SigningMode.values)
    sign.add_argument("--name", required=True, help=_("who signs"))
    sign.add_argument("--title", required=True, help=_("the title of who signs"))
    sign.add_argument("--for", dest="behalf", default="", help=_("for whom: the head, for TM the body"))
    sign.add_argument("--organ", default="", help=_("the body above a KT, where both are written"))
    sign.add_argument("--own-head", default="", help=_("head of the signer's own unit, where a deputy signs"))
    sign.add_argument("--account", default="", help=_("their account: they may then decide in the desk"))
    sign.add_argument("--procedure", default="", metavar=_("CODE"), help=_("for one procedure only"))
    sign.add_argument("--from", dest="day", default="", metavar=_("DAY"), help=_("first day; else today"))
    sign.add_argument("--source", required=True, help=_("the paper that gives the authority"))
    sign.add_argument("--user", required=True, help=_("in whose name; they decide or keep the settings"))


def run(options: argparse.Namespace) -> int:
    """Do the one thing."""
    actions: dict[str, Callable[[argparse.Namespace], None]] = {"list": _list, "move": _move, "sign": _sign}
    actions[options.action](options)
    return 0


def _list(options: argparse.Namespace) -> None:
    rows = [
        (
            p.code,
            p.version,
            p.valid_from.isoformat(),
            running_cases(p.code).filter(procedure=p).count(),
            p.label,
        )
        for p in Procedure.objects.on(clock.today())
    ]
    names = ("code", "version", "valid_from", "running", "label")
    if options.json:
        say_json([dict(zip(names, row, strict=True)) for row in rows])
    else:
        say_table(rows, (_("Code"), _("Version"), _("From"), _("Running records"), _("Name")))


def _move(options: argparse.Namespace) -> None:
    pairs = [pair.partition("=") for pair in options.state]
    if any(not old or not new for old, _equals, new in pairs):
        raise UsageError(_("Write --state OLD=NEW."))
    moved = move_records_to_version(
        options.code,
        options.version,
        actor=known_user(options.user),
        reason=options.reason,
        state_map={old: new for old, _equals, new in pairs},
    )
    say(ngettext("%(n)s record moved.", "%(n)s records moved.", moved) % {"n": moved})


def _sign(options: argparse.Namespace) -> None:
    row: Authority = grant_authority(
        AuthorityDraft(
            office_code=known_office(options.office).code,
            signing=Signing(
                name=options.name,
                title=options.title,
                mode=options.mode,
                on_behalf_of=options.behalf,
                organ=options.organ,
                own_head=options.own_head,
            ),
            holder=known_user(options.account) if options.account else None,
            procedure_code=options.procedure,
            valid_from=_day(options.day),
            source=options.source,
        ),
        actor=known_user(options.user),
    )
    say(_("Noted: %(what)s.") % {"what": row})


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text) if text else clock.today()
    except ValueError:
        raise UsageError(_("“%(text)s” is no day. Write 2026-01-05.") % {"text": text[:40]}) from None
