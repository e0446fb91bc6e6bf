"""What bodies and congresses count as. Pure: the record alone, no clock.

Members are a level: each count posts its difference from the one before, a merger takes the last count out of the
body that ends and adds it to the one that stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.families.associations.enums import Kind, MemberKind
from bonphuong.ledger.facts import FactDraft

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from bonphuong.families.associations.models import Association, MemberCount


def facts_of(row: Association, /) -> Sequence[FactDraft]:
    """The facts that the record stands for; none for one entered twice or by mistake."""
    if not row.counts or row.cancelled_on is not None:
        return ()
    if row.kind == Kind.CONGRESS:
        return list(_congress(row))
    return [*_being(row), *_members(row), *_branches(row)]


def members_at_end(lines: Iterable[MemberCount]) -> tuple[int, int]:
    """Organisations and individuals after the last count."""
    organisations = individuals = 0
    for line in in_order(lines):
        moved = bool(line.moved_from)
        organisations = line.organisations + (organisations if moved else 0)
        individuals = line.individuals + (individuals if moved else 0)
    return organisations, individuals


def in_order(lines: Iterable[MemberCount]) -> list[MemberCount]:
    """Counts by their days; who came over on a day comes after what was counted on it."""
    return sorted(lines, key=lambda line: (line.counted_on, line.moved_from != "", line.moved_from))


def _congress(row: Association) -> Iterator[FactDraft]:
    if row.held_on is not None:
        yield _fact(row, "associations.congresses", row.held_on, 1, row.body_kind)


def _being(row: Association) -> Iterator[FactDraft]:
    if row.kind != Kind.ASSOCIATION or row.founded_on is None:
        return
    yield _fact(row, "associations.active", row.founded_on, 1)
    if not row.is_successor:
        yield _fact(row, "associations.founded", row.founded_on, 1)
    if row.ended_on is not None:
        yield _fact(row, "associations.active", row.ended_on, -1)


def _members(row: Association) -> Iterator[FactDraft]:
    for kind, name in ((MemberKind.ORGANISATION, "organisations"), (MemberKind.INDIVIDUAL, "individuals")):
        for day, step in _steps(row, name):
            if step:
                yield _fact(row, "associations.members", day, step, kind.value, row.kind)


def _steps(row: Association, name: str) -> Iterator[tuple[dt.date, int]]:
    so_far = 0
    for line in in_order(row.counts_of_members.all()):
        number: int = getattr(line, name)
        step = number if line.moved_from else number - so_far
        so_far += step
        yield line.counted_on, step
    if row.ended_on is not None:
        yield row.ended_on, -so_far


def _branches(row: Association) -> Iterator[FactDraft]:
    for branch in row.branches.all():
        if branch.founded_on is None:
            continue
        yield _fact(row, "associations.branches", branch.founded_on, 1, row.kind)
        closed = branch.closed_on or row.ended_on
        if closed is not None:
            yield _fact(row, "associations.branches", max(closed, branch.founded_on), -1, row.kind)


def _fact(row: Association, measure: str, day: dt.date, value: int, *slots: str) -> FactDraft:
    slot1, slot2 = (*slots, "", "")[:2]
    return FactDraft(
        measure=measure,
        on=day,
        value=value,
        office=row.lead_office_code,
        country=row.country_code,
        partner=row.partner_code,
        channel="people",
        slot1=slot1,
        slot2=slot2,
    )
