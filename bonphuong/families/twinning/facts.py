"""What a twinned pair stands for. Pure: the row and its lines alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.families.twinning.rules import pauses_of, reviews_of
from bonphuong.ledger.facts import FactDraft

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from bonphuong.families.twinning.models import Pair


def facts_of(row: Pair, /) -> Sequence[FactDraft]:
    """Signed, twinned on a day, of which paused, what was done, what was looked at; none for a mistake."""
    if not row.counts or row.since is None:
        return ()
    return [*_twinned(row, row.since), *_paused(row), *_done(row)]


def _twinned(row: Pair, since: dt.date) -> Iterator[FactDraft]:
    if row.signed_on is not None:
        yield _fact(row, "twinning.signed", row.signed_on, 1)
    yield _fact(row, "twinning.active", since, 1)
    if row.ended_on is not None:
        yield _fact(row, "twinning.active", row.ended_on, -1)


def _paused(row: Pair) -> Iterator[FactDraft]:
    """A pause ends when the pair goes on, or with the pair itself."""
    for since, until in pauses_of(row):
        yield _fact(row, "twinning.paused", since, 1)
        over = until or row.ended_on
        if over is not None:
            yield _fact(row, "twinning.paused", over, -1)


def _done(row: Pair) -> Iterator[FactDraft]:
    for line in row.activities.all():
        yield _fact(row, "twinning.activities", line.on, 1, slot2=line.deed)
        if line.people_ours:
            yield _fact(row, "twinning.activity_people", line.on, line.people_ours, slot2="ours")
        if line.people_theirs:
            yield _fact(row, "twinning.activity_people", line.on, line.people_theirs, slot2="theirs")
    for on in reviews_of(row):
        yield _fact(row, "twinning.reviews", on, 1)


def _fact(row: Pair, measure: str, on: dt.date, value: int, *, slot2: str = "") -> FactDraft:
    return FactDraft(
        measure=measure,
        on=on,
        value=value,
        office=row.lead_office_code,
        country=row.country_code,
        partner=row.partner_code,
        unit=row.ours_unit_code,
        field=row.field_code,
        slot1=row.level,
        slot2=slot2,
    )
