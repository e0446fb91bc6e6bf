"""Reads of reference data. It is the same for everybody, so no read begins at `visible_to`.

"As then" is what a record says: the unit whose code it carries. "As now" is `as_now`: the unit that answers for
it on a later day.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from bonphuong.kernel import clock
from bonphuong.kernel.money import Rate
from bonphuong.kernel.text import fold
from bonphuong.reference.enums import SuccessionKind
from bonphuong.reference.models import AdminUnit, CooperationField, Country, ExchangeRate, Succession

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from bonphuong.kernel.models import DatedQuerySet


# --- names → codes --------------------------------------------------------------------------------


def country_index() -> dict[str, str]:
    """Every name of a country in four languages, other names and its two letters, folded → its code."""
    countries = list(Country.objects.all())
    index = {fold(name): country.code for country in countries for name in country.all_names()}
    for country in countries:
        index.setdefault(country.code.lower(), country.code)
    return index


def field_index(day: date | None = None) -> dict[str, str]:
    """Every name of a cooperation field in force on `day` (today), and its code, folded → its code."""
    fields = list(CooperationField.objects.on(day or clock.today()))
    index = {fold(alias): field.code for field in fields for alias in field.aliases}
    # A field's own name goes before another's alias.
    index.update({fold(name): field.code for field in fields for name in (field.name_vi, field.name_en)})
    index.update({field.code: field.code for field in fields})
    return index


# --- units through time ---------------------------------------------------------------------------


def units_on(day: date, *, kind: str = "", below: str = "") -> DatedQuerySet[AdminUnit]:
    """Units in force on `day`, of one tier, directly below one unit."""
    rows = AdminUnit.objects.on(day)
    if kind:
        rows = rows.filter(kind=kind)
    if below:
        rows = rows.filter(parent=below)
    return rows


def as_then(code: str) -> AdminUnit:
    """The unit as the record named it, in force or not. Raises AdminUnit.DoesNotExist."""
    return AdminUnit.objects.get(pk=code)


def as_now(codes: Iterable[str], day: date | None = None) -> dict[str, str]:
    """Code → code of the unit that answers for it on `day` (today): itself while in force, else its main heir.

    A unit that was divided goes to its main part (`divided` names such codes); a district goes to its province.
    An unknown code stays itself, so that no figure is lost.
    """
    wanted = list(dict.fromkeys(codes))
    steps = _forward(wanted, day or clock.today())
    return {code: _last_heir(code, steps) for code in wanted}


def formerly(code: str, day: date | None = None) -> list[str]:
    """The codes for which `as_now` names `code` on `day` (today), itself among them: what stands under it as now."""
    found, frontier = {code}, {code}
    while frontier:
        rows = Succession.objects.filter(to_unit__in=frontier, on__lte=day or clock.today())
        frontier = set(rows.values_list("from_unit", flat=True)) - found
        found |= frontier
    return sorted(one for one, heir in as_now(found, day).items() if heir == code)


def divided(codes: Iterable[str], day: date | None = None) -> set[str]:
    """Those of `codes` for which `as_now` is only the main part."""
    wanted = set(codes)
    steps = _forward(wanted, day or clock.today())

    def is_divided(code: str) -> bool:
        heirs = steps.get(code, [])
        return any(heir.kind == SuccessionKind.PART or is_divided(heir.to_unit_id) for heir in heirs)

    return {code for code in wanted if is_divided(code)}


def successors(code: str, day: date | None = None) -> list[AdminUnit]:
    """The units that stand for `code` on `day` (today), the main one first; itself while it is in force."""
    steps = _forward([code], day or clock.today())
    ends: dict[str, None] = {}

    def follow(unit: str) -> None:
        if unit not in steps:
            ends[unit] = None
        for heir in steps.get(unit, []):
            follow(heir.to_unit_id)

    follow(code)
    return _in_order(ends)


def predecessors(code: str, day: date) -> list[AdminUnit]:
    """The units of the same tier that stood on `day` where `code` stands later; itself when it stood then."""
    unit = as_then(code)
    if unit.stands_on(day):
        return [unit]
    ends: dict[str, None] = {}
    frontier = {code}
    while frontier:
        rows = Succession.objects.filter(to_unit__in=frontier, on__gt=day).exclude(kind=SuccessionKind.TIER)
        before = {row.from_unit_id for row in rows}
        ends.update(dict.fromkeys(sorted(before)))
        for row in rows:
            ends.pop(row.to_unit_id, None)
        frontier = before
    return [unit for unit in _in_order(ends) if unit.stands_on(day)]


def unit_on(code: str, day: date) -> AdminUnit | None:
    """The unit that carried the line of `code` on `day`; None when there was none.

    In force: itself. Afterwards: its main heir. Before it began: its predecessor of the same name, so that
    "vn-tuyen-quang-2025" in 2024 is "vn-tuyen-quang".
    """
    unit = as_then(code)
    if unit.stands_on(day):
        return unit
    if unit.valid_from is not None and day < unit.valid_from:
        return next((old for old in predecessors(code, day) if old.name_vi == unit.name_vi), None)
    heir = as_then(as_now([code], day)[code])
    return heir if heir.stands_on(day) else None


def _forward(codes: Collection[str], day: date) -> Mapping[str, list[Succession]]:
    """Who took over whom until `day`, from `codes` on, main heirs first; a query per generation."""
    steps: dict[str, list[Succession]] = defaultdict(list)
    frontier = set(codes)
    while frontier:
        rows = list(
            Succession.objects.filter(from_unit__in=frontier, on__lte=day).order_by("-is_main", "to_unit")
        )
        for row in rows:
            steps[row.from_unit_id].append(row)
        frontier = {row.to_unit_id for row in rows} - steps.keys()
    return dict(steps)


def _last_heir(code: str, steps: Mapping[str, list[Succession]]) -> str:
    while code in steps:
        code = steps[code][0].to_unit_id
    return code


def _in_order(codes: Iterable[str]) -> list[AdminUnit]:
    wanted = list(codes)
    found = AdminUnit.objects.in_bulk(wanted)
    return [found[code] for code in wanted if code in found]


# --- money ----------------------------------------------------------------------------------------


def rate_on(currency: str, quote: str, day: date, *, kind: str = "") -> Rate | None:
    """The newest rate on or before `day`, of one kind or of any; None where none was entered."""
    rows = ExchangeRate.objects.filter(currency=currency, quote=quote, on__lte=day)
    if kind:
        rows = rows.filter(kind=kind)
    row = rows.order_by("-on", "kind").first()
    if row is None:
        return None
    return Rate(currency=row.currency_id, quote=row.quote_id, value=row.value, on=row.on, source=row.source)
