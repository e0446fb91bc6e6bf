"""`bonphuong demo`: a province to look at, its work done once, its pages served."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Role
from bonphuong.accounts.models import User
from bonphuong.config import serving
from bonphuong.config.commands.check import counts, pending_problems, seal_problems
from bonphuong.config.commands.serve import add_address, address
from bonphuong.config.demonstration import fresh
from bonphuong.config.demonstration.load import PASSWORD, is_loaded, load
from bonphuong.config.demonstration.writing import OUTPUT, write_all
from bonphuong.config.loading import load_shipped, migrate_tables
from bonphuong.config.terminal import say, say_table
from bonphuong.ledger.checks import check_ledger

if TYPE_CHECKING:
    import argparse

    from bonphuong.config.demonstration.writing import Written
    from bonphuong.config.terminal import Parser

SUMMARY = gettext_lazy("Load a province to look at, write its reports, serve its pages")


def add_arguments(parser: Parser) -> None:
    """Whether to serve, where, and whether to begin anew."""
    parser.add_argument("--no-serve", action="store_true", help=_("end after the files are written"))
    parser.add_argument(
        "--fresh", action="store_true", help=_("begin anew: remove the demonstration's database and papers")
    )
    add_address(parser)


def run(options: argparse.Namespace) -> int:
    """Load, write, check, say what is there; then serve. 1 when the check finds something wrong."""
    started = time.monotonic()
    if options.fresh:
        fresh.remove_everything()
    migrate_tables()
    load_shipped()
    if is_loaded():
        say(_("The demonstration is there already; --fresh begins anew."))
    else:
        say(_("Loading the demonstration: public facts of Lai Châu and an invented register …"))
        load()
    written = write_all()
    problems = [*pending_problems(), *check_ledger(), *seal_problems()]
    _say_accounts()
    _say_files(written)
    _say_summary(len(problems), time.monotonic() - started)
    if problems:
        say(_("Something is wrong. See: bonphuong check"))
        return 1
    if not options.no_serve:
        _serve(options.host, options.port)
    return 0


def _say_accounts() -> None:
    language = get_language() or "vi"
    rows = []
    for user in User.objects.filter(is_demo=True).prefetch_related("assignments__office"):
        held = [
            f"{Role(a.role).label}, {a.office.name(language)}"
            for a in user.assignments.all()
            if a.valid_to is None
        ]
        rows.append((user.username, PASSWORD, user.full_name, "; ".join(held)))
    order = ("canbo", "truongphong", "lanhdao", "kiemtra")
    rows.sort(key=lambda row: (order.index(row[0]) if row[0] in order else len(order), row[0]))
    say("")
    say_table(rows, (_("User"), _("Password"), _("Full name"), _("Roles")))


def _say_files(written: list[Written]) -> None:
    say("", _("Files in %(folder)s:") % {"folder": OUTPUT})
    width = max((len(one.name) for one in written), default=0)
    for one in written:
        say(f"  {one.name:<{width}}  {one.about}")


def _say_summary(problems: int, seconds: float) -> None:
    found = {**counts(), "problems": problems, "seconds": round(seconds)}
    say(
        "",
        _(
            "%(records)s records, %(postings)s postings, %(facts)s facts; problems found by the check: %(problems)s."
        )
        % found,
        _("Everybody and every register entry is invented; public facts name their source. Data: %(folder)s")
        % {"folder": settings.DATA_DIR},
        _("Ready in %(seconds)s seconds.") % found,
    )


def _serve(host: str, wanted: int) -> None:
    serving.require_ready()
    port = serving.free_port(host, wanted)
    if host not in {"127.0.0.1", "::1", "localhost"}:
        say(_("Mind: the passwords above are known to everybody, and this address is open to others."))
    say("", _("Serving on %(address)s (Ctrl-C stops)") % {"address": address(host, port)})
    serving.serve(host=host, port=port)
