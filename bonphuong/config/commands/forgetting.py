"""`bonphuong forget`: rows of sheets that were loaded long ago are removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bonphuong.config.terminal import UsageError, say
from bonphuong.intake.services import forget_old_batches

if TYPE_CHECKING:
    import argparse

    from bonphuong.config.terminal import Parser

SUMMARY = gettext_lazy(
    "Remove the rows of sheets that were loaded long ago; what was entered from them stays"
)
DAYS = 90


def add_arguments(parser: Parser) -> None:
    """How old they must be."""
    parser.add_argument(
        "--days", type=int, default=DAYS, metavar="N", help=_("loaded more than N days ago (90)")
    )


def run(options: argparse.Namespace) -> int:
    """Forget them and say how many there were."""
    if options.days < 1:
        raise UsageError(_("Give a number of days."))
    number = forget_old_batches(options.days)
    say(ngettext("%(n)s sheet was forgotten.", "%(n)s sheets were forgotten.", number) % {"n": number})
    return 0
