"""What the tables of a family demand, said in words before the database would refuse it."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from django.db.models import Model

    from bonphuong.kit.drafts import Draft
    from bonphuong.kit.specs import Scheme

Finding = tuple[str, str]
#: The most that every database keeps in a column of whole numbers.
_MOST = {
    "PositiveSmallIntegerField": 32_767,
    "SmallIntegerField": 32_767,
    "PositiveIntegerField": 2_147_483_647,
    "IntegerField": 2_147_483_647,
    "PositiveBigIntegerField": 9_223_372_036_854_775_807,
    "BigIntegerField": 9_223_372_036_854_775_807,
}


def table_findings(scheme: Scheme, draft: Draft) -> list[Finding]:
    """(field, message) for each rule of the family's tables that a draft breaks; lines as `<lines>-<n>-<field>`."""
    header = {"kind": draft.kind, "lead_office_code": draft.lead_office_code}
    found = _wrong(scheme.model, _getter(scheme.model, {**header, **draft.values}))
    for line in scheme.lines_of(draft.kind):
        drafts = draft.lines.get(line.name, ())
        read = [_getter(line.model, one.values) for one in drafts]
        for number, get in enumerate(read):
            found += [(f"{line.name}-{number}-{name}", message) for name, message in _wrong(line.model, get)]
        found += [
            (f"{line.name}-{number}-{name}", message) for number, name, message in _twice(line.model, read)
        ]
    return found


def row_findings(row: Model) -> list[Finding]:
    """(field, message) for each rule of its own table that a row breaks as it is in memory."""
    return _wrong(type(row), lambda name: getattr(row, name))


def _getter(model: type[Model], values: Mapping[str, Any]) -> Callable[[str], Any]:
    fields = _fields(model)

    def get(name: str) -> Any:
        value = values.get(name)
        field = fields.get(name)
        return field.get_default() if value is None and field is not None and not field.null else value

    return get


@lru_cache(maxsize=256)
def _fields(model: type[Model]) -> dict[str, models.Field[Any, Any]]:
    return {field.attname: field for field in model._meta.concrete_fields}


def _wrong(model: type[Model], get: Callable[[str], Any]) -> list[Finding]:
    found = []
    for name, most in _ranges(model):
        value = get(name)
        if value is not None and abs(value) > most:
            found.append((name, _("%(number)s cannot be right.") % {"number": value}))
    if found:
        return found
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.CheckConstraint) and isinstance(constraint.condition, Q):
            condition = constraint.condition
            if _holds(condition, get) is False:
                names = list(dict.fromkeys(_names(condition)))
                found.append((_blamed(names, get), _said(model, names)))
    return found


def _twice(model: type[Model], lines: Sequence[Callable[[str], Any]]) -> Iterator[tuple[int, str, str]]:
    """Lines under one row that say what another of them says already."""
    for constraint in model._meta.constraints:
        if not isinstance(constraint, models.UniqueConstraint) or "row" not in constraint.fields:
            continue
        names = [name for name in constraint.fields if name != "row"]
        seen: set[tuple[Any, ...]] = set()
        for number, get in enumerate(lines):
            key = tuple(get(name) for name in names)
            asked = constraint.condition is None or _holds(constraint.condition, get) is True
            if asked and None not in key and key in seen:
                labels = ", ".join(_labels(model, names))
                yield number, names[0], _("Another line has the same: %(fields)s.") % {"fields": labels}
            seen |= {key} if asked else set()


def _said(model: type[Model], names: Sequence[str]) -> str:
    return _("This cannot be together: %(fields)s.") % {"fields": ", ".join(_labels(model, names))}


def _labels(model: type[Model], names: Sequence[str]) -> list[str]:
    return [str(_fields(model)[name].verbose_name) for name in names if name in _fields(model)]


def _blamed(names: Sequence[str], get: Callable[[str], Any]) -> str:
    """What is missing, else the last that was said; what a record is by itself is nobody's mistake."""
    asked = [name for name in names if name not in {"kind", "is_void"}] or list(names)
    empty = [name for name in asked if get(name) in {None, ""}]
    return (empty or asked)[-1]


@lru_cache(maxsize=256)
def _ranges(model: type[Model]) -> tuple[tuple[str, int | Decimal], ...]:
    found: list[tuple[str, int | Decimal]] = []
    for field in model._meta.concrete_fields:
        if isinstance(field, models.DecimalField):
            places = (field.max_digits or 0) - (field.decimal_places or 0)
            found.append((field.attname, Decimal(10) ** places - 1))
        elif field.get_internal_type() in _MOST:
            found.append((field.attname, _MOST[field.get_internal_type()]))
    return tuple(found)


def _names(node: Q) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, Q):
            yield from _names(child)
        elif isinstance(child, tuple):
            lookup, value = child
            yield lookup.partition("__")[0]
            if isinstance(value, F):
                yield _named(value)


def _holds(node: Q, get: Callable[[str], Any]) -> bool | None:
    """What the database would find: None where a value is unknown, which no rule refuses."""
    found: list[bool | None] = []
    for child in node.children:
        if isinstance(child, Q):
            found.append(_holds(child, get))
        elif isinstance(child, tuple):
            lookup, expected = child
            found.append(_leaf(lookup, expected, get))
        else:
            found.append(None)
    decides = node.connector == Q.OR
    value: bool | None = decides if decides in found else None if None in found else not decides
    return value if not node.negated or value is None else not value


def _leaf(lookup: str, expected: object, get: Callable[[str], Any]) -> bool | None:
    name, _dunder, way = lookup.partition("__")
    value = get(name)
    if way == "isnull":
        return (value is None) == expected
    other: Any = get(_named(expected)) if isinstance(expected, F) else expected
    compare = _WAYS.get(way)
    return None if value is None or other is None or compare is None else compare(value, other)


def _named(value: F) -> str:
    return str(getattr(value, "name", ""))


_WAYS: Mapping[str, Callable[[Any, Any], bool]] = {
    "": lambda value, other: bool(value == other),
    "exact": lambda value, other: bool(value == other),
    "in": lambda value, other: value in other,
    "gt": lambda value, other: bool(value > other),
    "gte": lambda value, other: bool(value >= other),
    "lt": lambda value, other: bool(value < other),
    "lte": lambda value, other: bool(value <= other),
}
