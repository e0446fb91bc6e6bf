"""What a programme and a student count as. Pure: the record alone, no clock. The judge of the level is case C17."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.families.scholarships.enums import Kind
from bonphuong.ledger.facts import FactDraft

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from bonphuong.families.scholarships.models import Scholarship


def facts_of(row: Scholarship, /) -> Sequence[FactDraft]:
    """The facts that the record stands for; none for one entered twice or by mistake."""
    if not row.counts:
        return ()
    own = _quota(row) if row.kind == Kind.SCHEME else _student(row)
    return [*own, *_stipends(row), *_costs(row)]


def presence(row: Scholarship) -> list[tuple[dt.date, int]]:
    """The days on which a student comes (+1) and goes (−1), pauses included; empty before the entry."""
    if row.entered_on is None:
        return []
    steps = [(row.entered_on, 1)]
    for pause in row.breaks.all():
        steps += [(pause.since, -1), (pause.until, 1)]
    away = row.suspended_on is not None and row.resumed_on is None
    if row.suspended_on is not None:
        steps.append((row.suspended_on, -1))
    if row.resumed_on is not None:
        steps.append((row.resumed_on, 1))
    # Whoever leaves for good while away has gone already.
    if row.left_on is not None and not away:
        steps.append((row.left_on, -1))
    return steps


def _student(row: Scholarship) -> Iterator[FactDraft]:
    for day, step in presence(row):
        yield _fact(row, "students.present", day, step, slot3=row.gender)
    if row.entered_on is not None:
        yield _fact(row, "students.new", row.entered_on, 1, slot3=row.gender)
    if row.graduated_on is not None:
        yield _fact(row, "students.graduated", row.graduated_on, 1, slot3=row.gender)
    if row.withdrawn_on is not None:
        yield _fact(row, "students.withdrawn", row.withdrawn_on, 1, slot3=row.gender)


def _quota(row: Scholarship) -> Iterator[FactDraft]:
    # As with decisions on trips: what was decided stays in the statistics of decisions.
    if row.decided_on is None:
        return
    for quota in row.quotas.all():
        yield _fact(
            row,
            "students.quota",
            row.decided_on,
            quota.places,
            level=quota.level,
            funding=quota.funding,
        )


def _stipends(row: Scholarship) -> Iterator[FactDraft]:
    for one in row.payments.all():
        yield _fact(row, "stipends.paid", one.paid_on, one.amount, slot3=one.item, vnd=one.amount)


def _costs(row: Scholarship) -> Iterator[FactDraft]:
    for one in row.costs.all():
        yield _fact(row, "scholarships.costs", one.paid_on, one.amount, slot3=one.item, vnd=one.amount)


def _fact(
    row: Scholarship,
    measure: str,
    day: dt.date,
    value: int,
    *,
    slot3: str = "",
    vnd: int = 0,
    level: str = "",
    funding: str = "",
) -> FactDraft:
    return FactDraft(
        measure=measure,
        on=day,
        value=value,
        office=row.lead_office_code,
        country=row.country_code,
        partner=row.partner_code,
        field=row.field_code,
        slot1=level or row.level,
        slot2=funding or row.funding,
        slot3=slot3,
        currency="VND" if vnd else "",
        vnd=vnd,
    )
