"""`bonphuong check`: does everything still add up?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.config.loading import pending_migrations
from bonphuong.config.terminal import add_json, say, say_json, say_table
from bonphuong.ledger.checks import Problem, check_ledger
from bonphuong.ledger.models import BookHead, Fact
from bonphuong.records.models import Record
from bonphuong.trail.models import Seal
from bonphuong.trail.services import broken_seals, note_check

if TYPE_CHECKING:
    import argparse

    from bonphuong.config.terminal import Parser

SUMMARY = gettext_lazy("See whether the ledger, the trail and the guards of the database are whole")


def add_arguments(parser: Parser) -> None:
    """Only the form of the answer."""
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Check all; 1 when something is wrong."""
    pending = pending_problems()
    # With tables of another version nothing else can be said of them.
    problems = pending or [*check_ledger(), *seal_problems()]
    found = {} if pending else counts()
    if not pending:
        note_check(actor=None, found=len(problems))
    if options.json:
        say_json({"ok": not problems, **found, "problems": [vars(problem) for problem in problems]})
    elif problems:
        rows = [(problem.place, problem.code, problem.message) for problem in problems]
        say_table(rows, (_("Where"), _("Code"), _("Problem")))
    else:
        say(
            _("All is well: %(books)s books, %(postings)s postings, %(facts)s facts, %(records)s records.")
            % found
        )
    return 1 if problems else 0


def pending_problems() -> list[Problem]:
    """Migrations of this version that have not run."""
    message = _("This migration has not run. Run: bonphuong migrate")
    return [Problem(name, "migration_pending", message) for name in pending_migrations()]


def seal_problems() -> list[Problem]:
    """Sealed ranges of the trail that are no longer what was sealed."""
    message = _("These changes are not what was sealed.")
    return [Problem(f"{s.first_change}..{s.last_change}", "seal_broken", message) for s in broken_seals()]


def counts() -> dict[str, int]:
    """How much there is."""
    return {
        "books": BookHead.objects.count(),
        "postings": sum(BookHead.objects.values_list("seq", flat=True)),
        "facts": Fact.objects.count(),
        "records": Record.objects.count(),
        "seals": Seal.objects.count(),
    }
