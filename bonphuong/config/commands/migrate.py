"""`bonphuong migrate`: tables, guards and the product's own data brought to this version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.config.loading import load_shipped, migrate_tables
from bonphuong.config.runtime_role import grant_runtime_role
from bonphuong.config.terminal import add_json, say, say_json

if TYPE_CHECKING:
    import argparse

    from bonphuong.config.terminal import Parser

SUMMARY = gettext_lazy("Bring the tables to this version's shape and load the product's own data")


def add_arguments(parser: Parser) -> None:
    """The role that the pages run as, on PostgreSQL."""
    parser.add_argument(
        "--runtime-role",
        metavar=_("NAME"),
        help=_("let this PostgreSQL role run the product: no change or removal where rows are only added"),
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Migrate, load, grant."""
    applied = migrate_tables()
    loaded = load_shipped()
    granted = grant_runtime_role(options.runtime_role) if options.runtime_role else 0
    if options.json:
        say_json({"migrations": applied, "loaded": loaded, "granted": granted})
        return 0
    say(_("Migrations applied: %(number)s.") % {"number": applied})
    say(_("Rows of the product's own data written: %(number)s.") % {"number": sum(loaded.values())})
    if granted:
        say(_("%(role)s may now use %(number)s tables.") % {"role": options.runtime_role, "number": granted})
    return 0
