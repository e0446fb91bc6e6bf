"""`bonphuong template`: an empty workbook to be filled in and loaded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.accounts.queries import book_of
from bonphuong.config.operators import known_office
from bonphuong.config.terminal import UsageError, say
from bonphuong.intake.templates import template_name, template_workbook
from bonphuong.records.registry import families, get_family

if TYPE_CHECKING:
    import argparse

    from bonphuong.config.terminal import Parser

SUMMARY = gettext_lazy(
    "Write an empty workbook of a family of records, with words to choose from and a help sheet"
)


def add_arguments(parser: Parser) -> None:
    """Which records, and where the file goes."""
    known = sorted(family.code for family in families() if family.create_many)
    parser.add_argument("family", choices=known, metavar=_("RECORDS"), help=", ".join(known))
    parser.add_argument(
        "kind",
        nargs="?",
        default="",
        metavar=_("KIND"),
        help=_("one kind only; without it each has its sheet"),
    )
    parser.add_argument(
        "--office", default="", metavar=_("OFFICE"), help=_("offer the offices of this one's province")
    )
    parser.add_argument("-o", "--output", default="", metavar=_("FILE"), help=_("where to write it"))


def run(options: argparse.Namespace) -> int:
    """Write the file and say where it is."""
    kinds = {kind.code for kind in get_family(options.family).kinds if kind.takes_import}
    if options.kind and options.kind not in kinds:
        message = _("“%(kind)s” is none of: %(kinds)s.")
        raise UsageError(message % {"kind": options.kind, "kinds": ", ".join(sorted(kinds))})
    book = book_of(known_office(options.office).code) if options.office else ""
    target = Path(options.output or template_name(options.family, options.kind))
    target.write_bytes(template_workbook(options.family, options.kind, book=book))
    say(_("Written to %(file)s.") % {"file": target})
    return 0
