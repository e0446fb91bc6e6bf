"""Made-up records of every family made of the kit, from nothing but its scheme: whatever is added is covered too."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bonphuong.config.synth import words
from bonphuong.kernel.errors import BadInput
from bonphuong.kit.drafts import Draft
from bonphuong.kit.fields import known, known_specs
from bonphuong.kit.queries import scheme_of
from bonphuong.kit.specs import Holds
from bonphuong.records.models import Record
from bonphuong.records.registry import families, get_family

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping, Sequence

    from bonphuong.config.synth.offices import Province
    from bonphuong.kit.fields import Known
    from bonphuong.kit.specs import LineSpec, Scheme
    from bonphuong.records.registry import Cleaned

_LINES = 3
#: So often a row that its gate refuses is mended and shown again, as an officer does who reads what is wrong.
_TRIES = 5
#: Days of the way are first tried as they come, then further apart: an agreement ends years after it began.
_FAR = 900
_EMPTIED = 0.5
_NAMED = 20


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
        value = days[one.attr] if one.attr in days else value_of(source, one, province, day)
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
        if (value := value_of(source, one, province, day)) is not None
        and (one.spec.required or source.random() < 0.8)
    }


def value_of(source: random.Random, one: Known, province: Province, day: dt.date) -> Any:
    """Something that a person could type into the field; None where nothing can be made up."""
    if one.holds == Holds.CHOICE:
        codes: Sequence[str] = [code for code, _label in one.choices if code]
        return source.choice(codes) if codes else None
    plain: Mapping[Holds, Any] = {
        Holds.TEXT: f"{source.choice(words.SUBJECTS)} {source.randrange(1000)}"[: one.longest or 200],
        Holds.LONG_TEXT: source.choice(words.RESULTS),
        Holds.WHOLE: source.randrange(1, 60),
        Holds.YEAR: day.year,
        Holds.CENTS: source.randrange(1, 900) * 1000,
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


@dataclass(frozen=True)
class Made:
    """What was made up of one kind: drafts that the gate takes, and how many rows it went on refusing, and why."""

    drafts: list[Draft]
    refused: list[Cleaned]


def made(
    source: random.Random, family: str, kind: str, province: Province, month: dt.date, *, number: int
) -> Made:
    """So many made-up rows of a kind after the family's own gate; what it refuses is mended by what it says."""
    clean = get_family(family).get_clean_many()
    rows = [row(source, family, kind, province, month) for _n in range(number)]
    cleaned: list[Cleaned] = []
    for turn in range(_TRIES + 1):
        cleaned = list(clean(rows, kind=kind, office_code=province.focal, actor=province.officer))
        bad = [one for one in cleaned if not one.is_good]
        if not bad or turn == _TRIES:
            break
        for one in bad:
            columns = {error.column for error in one.errors}
            mend(source, rows[one.index], columns, family=family, province=province, month=month)
    return Made(drafts_only(cleaned), [one for one in cleaned if not one.is_good])


def mend(
    source: random.Random,
    given: dict[str, object],
    columns: Iterable[str],
    *,
    family: str,
    province: Province,
    month: dt.date,
) -> None:
    """Change a row where something was wrong: fill in what is missing, take another value or leave the cell empty."""
    scheme = scheme_of(family)
    fields = {one.name: one for one in known_specs(scheme, str(given["kind"]))}
    numbers = _numbers(family, province)
    # In one order, whatever the order of a set: the same seed gives the same nation.
    for column in sorted(columns):
        lines = column.partition("-")[0]
        if column in fields:
            one = fields[column]
            day = month + dt.timedelta(days=source.randrange(_FAR if column in given else 28))
            if column in given and not one.spec.required and source.random() < _EMPTIED:
                del given[column]
            else:
                # A number may be a year, a text the number of another record.
                others = {Holds.WHOLE: (day.year, day.year + 1, 1), Holds.TEXT: numbers}.get(one.holds, ())
                given[column] = source.choice((value_of(source, one, province, day), *others))
        elif lines in given:
            # A line that does not fit is written anew; the third time the table is left empty.
            day = month + dt.timedelta(days=source.randrange(28))
            again = source.random() < _EMPTIED
            given[lines] = [_line(source, scheme.line(lines), province, day)] if again else []


def _numbers(family: str, province: Province) -> tuple[str, ...]:
    """Numbers of some records of the family that are there already: a congress names the body that holds it."""
    rows = Record.objects.filter(book=province.root, family=family).order_by("number")
    return tuple(rows.values_list("number", flat=True)[:_NAMED])


def enter(family: str, kind: str, province: Province, drafts: Sequence[Draft], *, reason: str) -> int:
    """Enter drafts in one go; where one of them is refused each by itself. Gives how many were taken."""
    create_many = get_family(family).get_create_many()
    try:
        with transaction.atomic():
            create_many(drafts, kind=kind, office_code=province.focal, actor=province.officer, reason=reason)
    except BadInput:
        # What only the register knows: a letter answers another that is not there.
        if len(drafts) < 2:
            return 0
        return sum(enter(family, kind, province, [one], reason=reason) for one in drafts)
    return len(drafts)


def drafts_only(cleaned: Sequence[Any]) -> list[Draft]:
    """Those rows that the family's own gate takes: made-up data must pass it like any other."""
    return [one.draft for one in cleaned if one.is_good and isinstance(one.draft, Draft)]
