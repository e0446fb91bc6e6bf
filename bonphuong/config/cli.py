"""The `bonphuong` command. Product commands come first; what it does not know goes to Django's own."""

from __future__ import annotations

import importlib
import io
import os
import sys
from typing import TYPE_CHECKING, cast

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line, get_commands
from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext as _

from bonphuong import __version__
from bonphuong.config.terminal import Command, Parser, UsageError, complain, say, say_table
from bonphuong.kernel.errors import ProductError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OK, WRONG, MISUSED, STOPPED = 0, 1, 2, 130

#: Command → the module that does it. Each is imported when it is asked for, after Django's start.
COMMANDS: Mapping[str, str] = {
    "demo": "bonphuong.config.commands.demo",
    "serve": "bonphuong.config.commands.serve",
    "migrate": "bonphuong.config.commands.migrate",
    "office": "bonphuong.config.commands.offices",
    "user": "bonphuong.config.commands.users",
    "check": "bonphuong.config.commands.check",
    "read": "bonphuong.config.commands.read",
    "reconcile": "bonphuong.config.commands.reconcile",
    "import": "bonphuong.config.commands.sheets",
    "template": "bonphuong.config.commands.templates",
    "forget": "bonphuong.config.commands.forgetting",
    "figure": "bonphuong.config.commands.figure",
    "report": "bonphuong.config.commands.report",
    "verify": "bonphuong.config.commands.verify",
    "briefing": "bonphuong.config.commands.briefing",
    "package": "bonphuong.config.commands.package",
    "notices": "bonphuong.config.commands.notices",
    "procedure": "bonphuong.config.commands.procedure",
    "synth": "bonphuong.config.commands.synth",
}
# Django has commands of the same names as ours (check, migrate): `bonphuong django check` is Django's.
PLAIN_DJANGO = "django"


def run() -> int:
    """The console script: this process's own arguments, and UTF-8 whatever the terminal says of itself."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    return main(sys.argv[1:])


def main(argv: Sequence[str]) -> int:
    """Run one command; the exit status is 0, 1 (found something wrong) or 2 (bad usage). Errors are one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bonphuong.config.settings")
    try:
        django.setup()
        with translation.override(settings.COMMAND_LANGUAGE):
            return _guarded(list(argv))
    except ImproperlyConfigured as error:
        complain(error)
        return MISUSED


def _guarded(argv: list[str]) -> int:
    try:
        return _dispatch(argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else OK if stop.code is None else WRONG
    except KeyboardInterrupt:
        return STOPPED
    except UsageError as error:
        complain(error.message)
        return MISUSED
    except ProductError as error:
        complain(error.message)
    except DatabaseError as error:
        complain(_about_database(error))
    except BrokenPipeError:
        # Whoever read our output has enough; nothing more can be said to them, not even at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        complain(_("%(what)s: %(why)s") % {"what": error.filename or "", "why": error.strerror or error})
    return WRONG


def _dispatch(argv: list[str]) -> int:
    name, *rest = argv or ["--help"]
    if name in {"-h", "--help", "help"}:
        _overview()
        return OK if argv else MISUSED
    if name == "--version":
        say(__version__)
        return OK
    if name not in COMMANDS:
        return _django([name, *rest])
    command = cast("Command", importlib.import_module(COMMANDS[name]))
    parser = Parser(prog=f"bonphuong {name}", description=str(command.SUMMARY))
    command.add_arguments(parser)
    return command.run(parser.parse_args(rest))


def _overview() -> None:
    say(_("Usage: ") + "bonphuong COMMAND …", "")
    modules = {name: cast("Command", importlib.import_module(path)) for name, path in COMMANDS.items()}
    say_table([(name, module.SUMMARY) for name, module in modules.items()], (_("Command"), _("What it does")))
    say("", _("bonphuong COMMAND --help says more. Any other command is Django's own."))


def _django(argv: list[str]) -> int:
    if argv[0] == PLAIN_DJANGO:
        argv = argv[1:] or ["help"]
    if argv[0] not in {*get_commands(), "help"}:
        raise UsageError(_("There is no command “%(name)s”. See bonphuong --help.") % {"name": argv[0]})
    execute_from_command_line(["bonphuong", *argv])
    return OK


def _about_database(error: DatabaseError) -> str:
    first = str(error).strip().partition("\n")[0]
    # SQLite and PostgreSQL each in their own words, whatever the language of the server.
    state = getattr(error.__cause__, "sqlstate", None)
    if state in {"42P01", "42703"} or first.startswith(("no such table", "no such column", "table ")):
        return _("The tables are not there, or of another version. Run: bonphuong migrate")
    if "locked" in first:
        return _("Somebody else is writing to the database just now. Try again.")
    return _("The database cannot be used: %(why)s") % {"why": first}
