"""Made-up records of every family made of the kit, from nothing but its scheme: whatever is added is covered too."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bonphuong.config.synth import words
from bonphuong.kit.drafts import Draft
from bonphuong.kit.fields import known, known_specs
from bonphuong.kit.queries import scheme_of
from bonphuong.kit.specs import Holds
from bonphuong.records.registry import families

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

    from bonphuong.config.synth.offices import Province
    from bonphuong.kit.fields import Known
    from bonphuong.kit.specs import LineSpec, Scheme

_LINES = 3


def kinds() -> list[tuple[str, str]]:
    """(family, kind) of every kind of record that is made of the kit."""
    return [(family.code, kind.code) for family in families() if family.scheme for kind in family.kinds]


def row(
    source: random.Random, family: str, kind: str, province: Province, month: dt.date
) -> dict[str, object]:
    """A row for the family's gate: every field filled as its sort asks, days one after another."""
    scheme = scheme_of(family)
    day = month + dt.timedelta(days=source.randrange(28))
    days = _days(source, scheme, kind, day)
    found: dict[str, object] = {"kind": kind}
    for one in known_specs(scheme, kind):
        value = days[one.attr] if one.attr in days else _value(source, one, province, day)
        if value is not None and (one.spec.required or one.attr in days or source.random() < 0.7):
            found[one.name] = value
    found["title"] = (
        f"{source.choice(words.WORKS)} {source.choice(words.SUBJECTS)} {source.randrange(100_000)}"
    )
    found["lead_office"] = source.choice(province.offices)
    for line in scheme.lines_of(kind):
        found[line.name] = [_line(source, line, province, day) for _n in range(source.randrange(_LINES))]
    return found


def _days(source: random.Random, scheme: Scheme, kind: str, day: dt.date) -> dict[str, dt.date | None]:
    """Days of the way in their order, as far as this case has come; later ones are not known yet."""
    names = list(dict.fromkeys(name for _state, name in scheme.road.get(kind, ())))
    reached = source.randint(0, len(names))
    found: dict[str, dt.date | None] = {}
    here = day
    for place, name in enumerate(names):
        found[name] = here if place < reached else None
        here += dt.timedelta(days=source.randint(0, 6))
    for one in known_specs(scheme, kind):
        if one.holds == Holds.DAY and one.spec.late and one.attr not in found:
            found[one.attr] = None
    return found


def _line(source: random.Random, line: LineSpec, province: Province, day: dt.date) -> Mapping[str, object]:
    fields = [known(line.model, spec) for spec in line.specs]
    return {
        one.name: value
        for one in fields
        if (value := _value(source, one, province, day)) is not None
        and (one.spec.required or source.random() < 0.8)
    }


def _value(source: random.Random, one: Known, province: Province, day: dt.date) -> Any:
    if one.holds == Holds.CHOICE:
        codes: Sequence[str] = [code for code, _label in one.choices if code]
        return source.choice(codes) if codes else None
    plain: Mapping[Holds, Any] = {
        Holds.TEXT: f"{source.choice(words.SUBJECTS)} {source.randrange(1000)}"[: one.longest or 200],
        Holds.LONG_TEXT: source.choice(words.RESULTS),
        Holds.WHOLE: source.randrange(1, 60),
        Holds.DECIMAL: Decimal(source.randrange(1, 900)) / 10,
        Holds.DONG: source.randrange(1, 900) * 1_000_000,
        Holds.MINOR: source.randrange(1, 900) * 1000,
        Holds.DAY: day,
        Holds.FLAG: source.random() < 0.3,
        Holds.COUNTRY: source.choice(words.COUNTRIES),
        Holds.PARTY: source.choice(words.BODIES),
        Holds.OFFICE: source.choice(province.offices),
        Holds.FIELD: None,
        Holds.UNIT: province.unit_on(day),
        Holds.CURRENCY: source.choice(("VND", "VND", "USD", "CNY")),
    }
    return plain[one.holds]


def drafts_only(cleaned: Sequence[Any]) -> list[Draft]:
    """Those rows that the family's own gate takes: made-up data must pass it like any other."""
    return [one.draft for one in cleaned if one.is_good and isinstance(one.draft, Draft)]
