"""Does the ledger still add up? Asked by the command `check`, by the trail page and by tests."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.db import connection
from django.utils.translation import gettext as _

from bonphuong.ledger.chain import line_of
from bonphuong.ledger.models import BookHead, Closing, Coverage, Fact, Posting, Statement
from bonphuong.trail.install import missing_guards

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

CHUNK = 1000
Entry = TypeVar("Entry", Fact, Statement, Coverage, Closing)


@dataclass(frozen=True)
class Problem:
    """Something found wrong: where, a stable code, and words for a person."""

    place: str
    code: str
    message: str


_CHECKS: dict[str, Callable[[], list[Problem]]] = {}


def register_check(name: str, check: Callable[[], list[Problem]]) -> None:
    """Let a package above add what must always be true of its own rows. A name is registered once."""
    _CHECKS[name] = check


def check_ledger() -> list[Problem]:
    """Everything that is wrong, empty when all is well. Reads every posting once."""
    problems = check_guards()
    for book in BookHead.objects.order_by("book"):
        problems += check_book(book)
    problems += _headless()
    for name in sorted(_CHECKS):
        problems += _CHECKS[name]()
    return problems


def check_guards() -> list[Problem]:
    """Triggers that should be in the database and are not, or were changed."""
    return [
        Problem(
            place=name,
            code="guard_missing",
            message=_("The database's guard %(name)s is missing or changed.") % {"name": name},
        )
        for name in missing_guards(connection)
    ]


def _headless() -> list[Problem]:
    books = set(Posting.objects.values_list("book", flat=True).distinct()) - set(
        BookHead.objects.values_list("book", flat=True)
    )
    return [
        Problem(book, "head_missing", _("The book %(book)s has lost its head.") % {"book": book})
        for book in sorted(books)
    ]


def check_book(head: BookHead) -> list[Problem]:
    """The chain of one book, recomputed from its rows."""
    problems: list[Problem] = []
    prev, seq, posted_at = "", 0, 0
    for posting, digest in _recomputed(head.book):
        place = f"{posting.book} {posting.seq}"
        if posting.seq != seq + 1:
            problems.append(Problem(place, "gap", _("Postings are missing before this one.")))
        if posting.posted_at <= posted_at:
            problems.append(Problem(place, "time", _("This posting is not later than the one before it.")))
        if posting.prev != prev or posting.digest != digest:
            problems.append(
                Problem(place, "changed", _("This posting, or a row under it, is not what was posted."))
            )
        prev, seq, posted_at = posting.digest, posting.seq, posting.posted_at
    if (head.seq, head.digest, head.posted_at) != (seq, prev, posted_at):
        problems.append(Problem(head.book, "head", _("The head of the book is not its last posting.")))
    return problems


def _recomputed(book: str) -> Iterator[tuple[Posting, str]]:
    last = 0
    while True:
        postings = list(Posting.objects.filter(book=book, seq__gt=last).order_by("seq")[:CHUNK])
        if not postings:
            return
        ids = [posting.pk for posting in postings]
        facts, statements = _under(Fact, ids), _under(Statement, ids)
        coverage, closings = _under(Coverage, ids), _under(Closing, ids)
        for posting in postings:
            line = line_of(
                posting,
                facts=facts[posting.pk],
                statements=statements[posting.pk],
                coverage=coverage[posting.pk],
                closings=closings[posting.pk],
            )
            rows = [table[posting.pk] for table in (facts, statements, coverage, closings)]
            agrees = posting.n_facts == len(facts[posting.pk]) and _copies_agree(posting, *rows)
            yield posting, line.digest(posting.prev) if agrees else ""
        last = postings[-1].seq


def _copies_agree(posting: Posting, *rows: Sequence[Fact | Statement | Coverage | Closing]) -> bool:
    # Book and number stand on each row too, for the index: a copy that was changed is a change.
    return all(row.book == posting.book and row.seq == posting.seq for some in rows for row in some)


def _under(model: type[Entry], posting_ids: list[int]) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = defaultdict(list)
    for row in model._default_manager.filter(posting_id__in=posting_ids).order_by("posting_id", "line"):
        found[row.posting_id].append(row)
    return found
