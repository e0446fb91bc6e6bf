"""`bonphuong user`: accounts, passwords and roles, from the server."""

from __future__ import annotations

import datetime as dt
import getpass
import secrets
import sys
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Role
from bonphuong.accounts.models import Assignment, User
from bonphuong.accounts.services import assign, create_user, end_assignment, set_active, set_password
from bonphuong.config.operators import known_office, known_user
from bonphuong.config.terminal import UsageError, add_json, say, say_json, say_table
from bonphuong.kernel import clock
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from bonphuong.config.terminal import Parser

SUMMARY = gettext_lazy("Make accounts, set passwords, give and end roles")


def add_arguments(parser: Parser) -> None:
    """One thing to do at a time."""
    todo = parser.add_subparsers(required=True, metavar=_("ACTION"), dest="action")
    add = todo.add_parser("add", help=_("make an account"))
    add.add_argument("username", metavar=_("USER"))
    add.add_argument("--name", required=True, help=_("full name"))
    add.add_argument("--email", default="")
    add.add_argument("--language", choices=("vi", "en"), default="vi")
    _add_role(add, required=False)
    _add_password(add)
    password = todo.add_parser("password", help=_("set a password"))
    password.add_argument("username", metavar=_("USER"))
    _add_password(password)
    role = todo.add_parser("role", help=_("give or end a role"))
    role.add_argument("username", metavar=_("USER"))
    _add_role(role, required=True)
    role.add_argument("--end", action="store_true", help=_("end it; --from is then its last day"))
    for name, text in (("close", _("close an account")), ("open", _("open a closed account again"))):
        todo.add_parser(name, help=text).add_argument("username", metavar=_("USER"))
    add_json(todo.add_parser("list", help=_("list accounts with their roles")))


def _add_role(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--office", required=required, metavar=_("CODE"), help=_("office of the role"))
    parser.add_argument("--role", required=required, choices=Role.values)
    parser.add_argument("--title", default="", help=_("title under a signature"))
    parser.add_argument("--from", dest="day", metavar=_("DAY"), help=_("first day, such as 2026-01-05"))


def _add_password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--password-stdin", action="store_true", help=_("read the password from standard input")
    )


def run(options: argparse.Namespace) -> int:
    """Do the one thing, under the system's own name in the trail."""
    actions: dict[str, Callable[[argparse.Namespace], None]] = {
        "add": _add,
        "password": _password,
        "role": _role,
        "close": _close,
        "open": _open,
        "list": _list,
    }
    actions[options.action](options)
    return 0


def _add(options: argparse.Namespace) -> None:
    if bool(options.office) != bool(options.role):
        raise UsageError(_("Give both --office and --role, or neither."))
    if User.objects.filter(username=options.username.lower()).exists():
        raise UsageError(_("There is an account “%(name)s” already.") % {"name": options.username})
    password, made = _ask_password(options)
    with acting(actor=None, verb="system.command_line", obj=options.username):
        user = create_user(
            actor=None,
            username=options.username,
            full_name=options.name,
            email=options.email,
            language=options.language,
            password=password,
        )
        if options.role:
            _give(user, options)
    say(_("Account made: %(name)s.") % {"name": user.username})
    if made:
        say(_("Password: %(password)s") % {"password": password})


def _password(options: argparse.Namespace) -> None:
    user = known_user(options.username)
    password, made = _ask_password(options)
    with acting(actor=None, verb="system.command_line", obj=user):
        set_password(actor=None, user=user, password=password)
    say(_("The password of %(name)s is set.") % {"name": user.username})
    if made:
        say(_("Password: %(password)s") % {"password": password})


def _ask_password(options: argparse.Namespace) -> tuple[str, bool]:
    """The password and whether it was made here: read, asked for twice, or made where nobody can be asked."""
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\n"), False
    if not sys.stdin.isatty():
        return secrets.token_urlsafe(12), True
    first = getpass.getpass(_("Password: "))
    if first != getpass.getpass(_("The same again: ")):
        raise UsageError(_("The two passwords are not the same."))
    return first, False


def _role(options: argparse.Namespace) -> None:
    user = known_user(options.username)
    with acting(actor=None, verb="system.command_line", obj=user):
        if options.end:
            _end(user, options)
        else:
            _give(user, options)
    say(_("Done."))


def _give(user: User, options: argparse.Namespace) -> None:
    assign(
        actor=None,
        user=user,
        office=known_office(options.office),
        role=Role(options.role),
        valid_from=_day(options.day),
        title_vi=options.title,
    )


def _end(user: User, options: argparse.Namespace) -> None:
    held = Assignment.objects.filter(user=user, office=known_office(options.office), role=options.role)
    row = held.on(clock.today()).first()
    if row is None:
        raise UsageError(_("%(name)s does not hold that role there.") % {"name": user.username})
    end_assignment(actor=None, assignment=row, on=_day(options.day))


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(_("“%(text)s” is no day. Write 2026-01-05.") % {"text": str(text)[:40]}) from None


def _close(options: argparse.Namespace) -> None:
    _set_active(options, is_active=False)


def _open(options: argparse.Namespace) -> None:
    _set_active(options, is_active=True)


def _set_active(options: argparse.Namespace, *, is_active: bool) -> None:
    user = known_user(options.username)
    with acting(actor=None, verb="system.command_line", obj=user):
        set_active(actor=None, user=user, is_active=is_active)
    say(_("Done."))


def _list(options: argparse.Namespace) -> None:
    users = list(User.objects.prefetch_related("assignments").order_by("username"))
    if options.json:
        say_json([_user_json(user) for user in users])
        return
    language = get_language() or "vi"
    rows = [
        (
            user.username,
            user.full_name,
            pgettext("account", "open") if user.is_active else pgettext("account", "closed"),
            "; ".join(f"{Role(a.role).label} {a.office_id} {a.title(language)}".strip() for a in _held(user)),
        )
        for user in users
    ]
    say_table(rows, (_("User"), _("Full name"), _("Account"), _("Roles")))


def _held(user: User) -> list[Assignment]:
    day = clock.today()
    return [
        a for a in user.assignments.all() if a.valid_from <= day and (a.valid_to is None or a.valid_to >= day)
    ]


def _user_json(user: User) -> dict[str, object]:
    return {
        "username": user.username,
        "full_name": user.full_name,
        "is_active": user.is_active,
        "is_demo": user.is_demo,
        "roles": [
            {"office": a.office_id, "role": a.role, "from": a.valid_from.isoformat()} for a in _held(user)
        ],
    }
