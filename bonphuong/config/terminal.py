"""The command line's own manners: arguments in the reader's language, one-line errors, plain tables, JSON."""

from __future__ import annotations

import argparse
import json
import re
import sys
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from django.utils.translation import gettext as _

from bonphuong.kernel.errors import ProductError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.utils.functional import _StrOrPromise


class UsageError(ProductError):
    """The command was used wrongly: exit status 2."""

    code = "usage"


class Command(Protocol):
    """What a module under `commands/` offers."""

    SUMMARY: _StrOrPromise

    def add_arguments(self, parser: Parser) -> None:
        """Declare what the command takes."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; the exit status is 0, or 1 when something wrong was found."""


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help whose headings speak the reader's language too."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _("Usage: ") if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        words = {"positional arguments": _("Arguments"), "options": _("Options")}
        super().start_section(words.get(heading or "", heading))


class Parser(argparse.ArgumentParser):
    """Arguments that are refused in one line and in the reader's language."""

    def __init__(self, **settings: Any) -> None:
        settings = {"add_help": False, "allow_abbrev": False, "formatter_class": _Help, **settings}
        super().__init__(**settings)
        self.add_argument("-h", "--help", action="help", help=_("show this help and end"))

    def error(self, message: str) -> NoReturn:
        """Refuse; whoever runs the command prints the line."""
        raise UsageError(_in_words(message) + " " + _("See %(command)s --help.") % {"command": self.prog})


def _in_words(message: str) -> str:
    """What argparse found wrong, in the reader's language; its own words where it says something new."""
    for pattern, words in (
        (r"the following arguments are required: (?P<what>.+)", _("Missing: %(what)s.")),
        (r"unrecognized arguments: (?P<what>.+)", _("Unknown: %(what)s.")),
        (
            r"argument (?P<what>.+?): invalid choice: (?P<given>.+?) \(choose from (?P<choices>.+)\)",
            _("%(what)s cannot be %(given)s. Choose from %(choices)s."),
        ),
        (r"argument (?P<what>.+?): expected .+", _("%(what)s needs a value.")),
        (
            r"argument (?P<what>.+?): invalid .+ value: (?P<given>.+)",
            _("%(what)s cannot be %(given)s."),
        ),
        (r"argument (?P<what>.+?): (?P<why>.+)", _("%(what)s: %(why)s.")),
    ):
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return words % found.groupdict()
    return message


def say(*lines: object) -> None:
    """Print lines for a person."""
    for line in lines:
        sys.stdout.write(f"{line}\n")


def complain(message: object) -> None:
    """Print one line to the error stream."""
    sys.stderr.write(f"bonphuong: {' '.join(str(message).split())}\n")


def say_json(value: object) -> None:
    """Print plain data for a program."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def say_table(rows: Iterable[Sequence[object]], headings: Sequence[object]) -> None:
    """Print rows under headings, columns as wide as their widest cell, each cell one line."""
    cells = [[str(cell).replace("\n", " ") for cell in row] for row in (headings, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def add_json(parser: argparse.ArgumentParser) -> None:
    """The switch that every command which answers a program has."""
    parser.add_argument("--json", action="store_true", help=_("answer in JSON, for a program"))


def add_office(parser: argparse.ArgumentParser) -> None:
    """The office that the command works for."""
    parser.add_argument(
        "--office", required=True, metavar=_("CODE"), help=_("code of the office, such as lai-chau")
    )
