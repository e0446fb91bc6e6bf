"""What aid counts as. Pure: the row and its lines alone. The judges are the hand-worked cases C19 and C20.

Series are never mixed: approved stands for whole life where it is given, goods stand for a sum only where no sum is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bonphuong.families.aid.enums import Kind, Newness, Series, Share
from bonphuong.kit.money import is_new_in, of_series, slice_day
from bonphuong.ledger.facts import FactDraft

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.families.aid.models import Aid, Sum
    from bonphuong.kit.models import MoneyLine

NEW, CARRIED = "new", "carried"


def facts_of(row: Aid, /) -> Sequence[FactDraft]:
    """The facts that the row stands for; none for one entered twice or by mistake."""
    if not row.counts:
        return ()
    return _BY_KIND[Kind(row.kind)](row)


def own_sums(row: Aid) -> list[Sum]:
    """The sums that are our province's: what other provinces have is only told."""
    return [one for one in row.sums.all() if one.share == Share.OWN]


def _item(row: Aid) -> list[FactDraft]:
    found = _pledges(row)
    if row.approved_on is None:
        return found
    day = row.approved_on
    found.append(_fact(row, "aid.items", day, 1))
    found += _running(row, day)
    sums = own_sums(row)
    value = of_series(sums, Series.APPROVED, Series.WHOLE_LIFE)
    goods = list(row.goods.all())
    found += [_money(row, "aid.approved", one.on or day, one) for one in value]
    if not value:
        found += [_money(row, "aid.approved", day, one) for one in goods]
    found += [_money(row, "aid.in_kind", day, one) for one in goods]
    found += [
        _money(row, "aid.counterpart", one.on or day, one) for one in of_series(sums, Series.COUNTERPART)
    ]
    found += [_slice(row, day, one) for one in of_series(sums, Series.YEAR_SLICE)]
    found += [_disbursed(row, day, one) for one in of_series(sums, Series.DISBURSED)]
    return [*found, *_people(row, "aid.people_reached")]


def _pledges(row: Aid) -> list[FactDraft]:
    pledged = of_series(own_sums(row), Series.PLEDGED)
    return [_money(row, "aid.pledged", one.on, one) for one in pledged if one.on is not None]


def _running(row: Aid, day: dt.date) -> list[FactDraft]:
    ended = min(
        (on for on in (row.completed_on, row.closed_on, row.cancelled_on) if on is not None), default=None
    )
    found = [_fact(row, "aid.running", day, 1)]
    return found if ended is None else [*found, _fact(row, "aid.running", max(ended, day), -1)]


def _slice(row: Aid, approved_on: dt.date, one: Sum) -> FactDraft:
    year = one.year or approved_on.year
    is_new = is_new_in(year, approved_on, said=_said(one))
    day = one.on or slice_day(year, approved_on, is_new=is_new)
    return _money(row, "aid.committed_year", day, one, slot2=NEW if is_new else CARRIED)


def _disbursed(row: Aid, approved_on: dt.date, one: Sum) -> FactDraft:
    day = one.on or approved_on
    is_new = is_new_in(one.year or day.year, approved_on, said=_said(one))
    return _money(row, "aid.disbursed", day, one, slot2=NEW if is_new else CARRIED)


def _said(one: Sum) -> bool | None:
    return one.newness == Newness.NEW if one.newness else None


def _relief(row: Aid) -> list[FactDraft]:
    found: list[FactDraft] = []
    sums, goods = own_sums(row), list(row.goods.all())
    if row.accepted_on is not None:
        day = row.accepted_on
        value = of_series(sums, Series.APPROVED, Series.WHOLE_LIFE, Series.PLEDGED)
        found.append(_fact(row, "aid.relief_items", day, 1))
        found += [_money(row, "aid.relief", day, one) for one in value or goods]
    if row.distributed_on is not None:
        given = of_series(sums, Series.DISBURSED)
        found += [_money(row, "aid.relief_distributed", one.on or row.distributed_on, one) for one in given]
        if not given:
            found += [
                _money(row, "aid.relief_distributed", one.on or row.distributed_on, one) for one in goods
            ]
    return [*found, *_people(row, "aid.relief_people")] if row.accepted_on else found


def _donor(row: Aid) -> list[FactDraft]:
    if row.certificate_from is None or not row.certificate_kind:
        return []
    since = min([row.certificate_from, *(one.since for one in row.certificates.all())])
    found = [_fact(row, "aid.ngos", since, 1)]
    return found if row.ended_on is None else [*found, _fact(row, "aid.ngos", max(row.ended_on, since), -1)]


def _call(row: Aid) -> list[FactDraft]:
    if row.listed_on is None:
        return []
    found = [_fact(row, "aid.calls", row.listed_on, 1)]
    targets = of_series(own_sums(row), Series.TARGET)
    found += [_money(row, "aid.calls_target", row.listed_on, one) for one in targets]
    return (
        found if row.answered_on is None else [*found, _fact(row, "aid.calls_answered", row.answered_on, 1)]
    )


_BY_KIND = {Kind.ITEM: _item, Kind.RELIEF: _relief, Kind.DONOR: _donor, Kind.CALL: _call}


def _people(row: Aid, measure: str) -> list[FactDraft]:
    day = row.approved_on or row.accepted_on
    return [
        _fact(row, measure, on, one.people)
        for one in row.results.all()
        if one.people and (on := one.on or row.completed_on or row.distributed_on or day) is not None
    ]


def _slots(row: Aid, measure: str) -> tuple[str, str, str]:
    if measure.startswith("aid.relief"):
        return ("", row.donor_kind, "")
    if measure == "aid.ngos":
        return (row.certificate_kind, "", "")
    if measure.startswith("aid.calls"):
        return ("", "", "")
    return (row.aid_kind, row.donor_kind, row.approved_by)


def _fact(row: Aid, measure: str, day: dt.date, value: int) -> FactDraft:
    slot1, slot2, slot3 = _slots(row, measure)
    places = list(row.places.all())
    return FactDraft(
        measure=measure,
        on=day,
        value=value,
        office=row.lead_office_code,
        country=row.donor_country,
        partner=row.donor_code,
        unit=places[0].unit_code if places else "",
        field=row.field_code,
        slot1=slot1,
        slot2=slot2,
        slot3=slot3,
    )


def _money(row: Aid, measure: str, day: dt.date, one: MoneyLine, *, slot2: str = "") -> FactDraft:
    """A sum as a fact, in US cents; where no rate is known its own currency and đồng alone are counted."""
    plain = _fact(row, measure, day, one.usd or 0)
    if slot2:
        plain = replace(plain, slot2=slot2, slot3=row.donor_kind)
    return replace(plain, currency=one.currency, vnd=one.vnd or 0, usd=one.usd or 0)
