"""Rows of the ledger as its services write them; the factories of single rows are for their own texts only."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

import factory

from bonphuong.ledger.facts import FactDraft, Standing
from bonphuong.ledger.models import BookHead, Closing, Coverage, Fact, LateEntry, Posting, Statement
from bonphuong.ledger.services import settle
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Sequence

BOOK = "lai-chau"


def draft(
    measure: str = "outbound.groups", on: dt.date = dt.date(2025, 5, 8), value: int = 1, **dims: Any
) -> FactDraft:
    return FactDraft(measure=measure, on=on, value=value, office=dims.pop("office", "lc-dofa"), **dims)


def post(
    *facts: FactDraft, uid: uuid.UUID | None = None, version: int = 1, book: str = BOOK, late_reason: str = ""
) -> uuid.UUID:
    """Settle one record that stands for these facts; returns its uid."""
    source = uid or uuid.uuid4()
    with acting(actor=None, verb="system.test"):
        settle(standings=[Standing(source, "tests", book, version, facts)], late_reason=late_reason)
    return source


def post_many(standings: Sequence[Standing], late_reason: str = "") -> None:
    with acting(actor=None, verb="system.test"):
        settle(standings=standings, late_reason=late_reason)


class BookHeadFactory(factory.django.DjangoModelFactory[BookHead]):
    class Meta:
        model = BookHead

    book = "rows-only"


class PostingFactory(factory.django.DjangoModelFactory[Posting]):
    class Meta:
        model = Posting

    book = "rows-only"
    seq = factory.Sequence(lambda n: n + 1)
    posted_at = factory.Sequence(lambda n: n + 1)
    action_uid = uuid.UUID(int=7)
    kind = "settle"
    fmt = 1
    n_facts = 0
    digest = factory.Sequence(lambda n: f"{n:064d}")


class _Row(factory.django.DjangoModelFactory):  # type: ignore[type-arg]
    class Meta:
        abstract = True

    posting = factory.SubFactory(PostingFactory)
    line = 0
    book = "rows-only"
    seq = 1
    office = "lc-dofa"


class FactFactory(_Row):
    class Meta:
        model = Fact

    measure = "outbound.groups"
    on = dt.date(2025, 5, 8)
    value = 1
    family = "tests"
    source_uid = factory.LazyFunction(uuid.uuid4)
    source_version = 1


class StatementFactory(_Row):
    class Meta:
        model = Statement

    measure = "outbound.groups"
    since = dt.date(2019, 1, 1)
    until = dt.date(2019, 12, 31)
    value = 42
    kind = "stated"


class CoverageFactory(_Row):
    class Meta:
        model = Coverage

    measure = "outbound.groups"
    since = dt.date(2019, 1, 1)
    until = dt.date(2019, 12, 31)


class ClosingFactory(_Row):
    class Meta:
        model = Closing

    report = "monthly"
    period = "2025-05"
    since = dt.date(2025, 5, 1)
    until = dt.date(2025, 5, 31)
    state = "closed"


class LateEntryFactory(factory.django.DjangoModelFactory[LateEntry]):
    class Meta:
        model = LateEntry

    fact = factory.SubFactory(FactFactory)
    closing = factory.SubFactory(ClosingFactory)
    reason = "Trip report came late."
