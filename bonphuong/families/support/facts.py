"""What support counts as. Pure: the row and its lines alone. It goes out: nothing of it is ever added to aid received."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bonphuong.families.support.enums import Newness, Role, Series
from bonphuong.kit.money import is_new_in, of_series, slice_day
from bonphuong.ledger.facts import FactDraft

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.families.support.models import Support, SupportSum
    from bonphuong.kit.models import MoneyLine

NEW, CARRIED = "new", "carried"
_MEASURES = {
    Role.EXPERT: "support.experts",
    Role.TRAINEE: "support.trainees",
    Role.EXCHANGE: "support.exchanged",
}


def facts_of(row: Support, /) -> Sequence[FactDraft]:
    """The facts that the row stands for; none for one entered twice or by mistake."""
    if not row.counts:
        return ()
    sums = list(row.sums.all())
    promised = of_series(sums, Series.PROMISED)
    found = [_money(row, "support.promised", one.on, one) for one in promised if one.on is not None]
    return found if row.approved_on is None else [*found, *_approved(row, row.approved_on, sums)]


def _approved(row: Support, day: dt.date, sums: Sequence[SupportSum]) -> list[FactDraft]:
    value = of_series(sums, Series.APPROVED, Series.WHOLE_LIFE)
    worth: Sequence[MoneyLine] = value or list(row.given.all())
    found = [_fact(row, "support.items", day, 1), *_running(row, day)]
    found += [
        _money(row, "support.approved", getattr(one, "on", None) or day if value else day, one)
        for one in worth
    ]
    for one in of_series(sums, Series.COUNTERPART):
        found.append(_money(row, "support.counterpart", one.on or day, one))
    for one in of_series(sums, Series.YEAR_SLICE):
        found.append(_slice(row, day, one))
    for one in of_series(sums, Series.DISBURSED):
        on = one.on or day
        is_new = is_new_in(one.year or on.year, day, said=_said(one))
        found.append(_money(row, "support.disbursed", on, one, newness=NEW if is_new else CARRIED))
    return [*found, *_people(row)]


def _running(row: Support, day: dt.date) -> list[FactDraft]:
    days = [on for on in (row.completed_on, row.closed_on, row.cancelled_on) if on is not None]
    found = [_fact(row, "support.running", day, 1)]
    if days:
        found.append(_fact(row, "support.running", max(min(days), day), -1))
    if row.completed_on is not None:
        found.append(_fact(row, "support.completed", row.completed_on, 1))
    return found


def _slice(row: Support, approved_on: dt.date, one: SupportSum) -> FactDraft:
    year = one.year or approved_on.year
    is_new = is_new_in(year, approved_on, said=_said(one))
    day = one.on or slice_day(year, approved_on, is_new=is_new)
    return _money(row, "support.committed_year", day, one, newness=NEW if is_new else CARRIED)


def _said(one: SupportSum) -> bool | None:
    return one.newness == Newness.NEW if one.newness else None


def _people(row: Support) -> list[FactDraft]:
    # Lines tell of groups whose first day has come; the gate sees to that.
    return [
        replace(_fact(row, _MEASURES[Role(one.role)], one.since, one.people), slot2="")
        for one in row.groups.all()
    ]


def _fact(row: Support, measure: str, day: dt.date, value: int) -> FactDraft:
    return FactDraft(
        measure=measure,
        on=day,
        value=value,
        office=row.lead_office_code,
        country=row.country,
        partner=row.partner_code,
        field=row.field_code,
        slot1=row.support_kind,
        slot2=row.budget,
    )


def _money(row: Support, measure: str, day: dt.date, one: MoneyLine, *, newness: str = "") -> FactDraft:
    """A sum as a fact, in US cents; where no rate is known its own currency and đồng alone are counted."""
    plain = _fact(row, measure, day, one.usd or 0)
    slot2 = newness or plain.slot2
    return replace(plain, slot2=slot2, currency=one.currency, vnd=one.vnd or 0, usd=one.usd or 0)
