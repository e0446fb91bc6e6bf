"""The columns of a family made of the kit, from its specs: for screen, import, export, annex and API alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bonphuong.kit.fields import Known, known_specs
from bonphuong.kit.money import SCALED, whole_units_of
from bonphuong.kit.names import Names
from bonphuong.kit.queries import names_for
from bonphuong.kit.specs import Holds
from bonphuong.records.registry import Column, ColumnKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bonphuong.kit.specs import Scheme

_KINDS = {
    Holds.LONG_TEXT: ColumnKind.LONG_TEXT,
    Holds.WHOLE: ColumnKind.NUMBER,
    Holds.DECIMAL: ColumnKind.NUMBER,
    Holds.DONG: ColumnKind.MONEY,
    Holds.MINOR: ColumnKind.MONEY,
    Holds.CENTS: ColumnKind.MONEY,
    Holds.DAY: ColumnKind.DATE,
    Holds.CHOICE: ColumnKind.CHOICE,
    Holds.FLAG: ColumnKind.FLAG,
    Holds.COUNTRY: ColumnKind.COUNTRY,
    Holds.OFFICE: ColumnKind.OFFICE,
    Holds.FIELD: ColumnKind.FIELD,
}
_NAMED: Mapping[Holds, Callable[[Names, str], str]] = {
    Holds.COUNTRY: Names.country,
    Holds.OFFICE: Names.office,
    Holds.UNIT: Names.unit,
    Holds.FIELD: Names.field,
}


def columns_of(scheme: Scheme) -> Mapping[str, Sequence[Column]]:
    """Kind → its columns; the words of choices and names are those of the reader's language."""
    return _Columns(scheme)


class _Columns(dict[str, "tuple[Column, ...]"]):
    """Made on first use: labels come from tables, which are not loaded when the scheme is read."""

    def __init__(self, scheme: Scheme) -> None:
        super().__init__()
        self._scheme = scheme

    def __missing__(self, kind: str) -> tuple[Column, ...]:
        found = self[kind] = tuple(_column(one) for one in known_specs(self._scheme, kind))
        return found


def _column(one: Known) -> Column:
    spec = one.spec
    return Column(
        code=one.name,
        label=one.label,
        value=value_of(one),
        kind=_KINDS.get(one.holds, ColumnKind.TEXT),
        width=spec.width,
        aliases=spec.aliases,
        required=spec.required,
        takes_import=spec.takes_import and not spec.restricted,
        on_screen=spec.on_screen and not spec.restricted,
        restricted=spec.restricted,
        hint=spec.hint,
        choices=_choices(one) if one.choices else None,
    )


def value_of(one: Known) -> Callable[[Any], object]:
    """What a row shows of a field: words for choices, names for codes."""
    if one.name == "title" and one.attr == "title" and one.spec.name == "title":
        return lambda row: getattr(row, "title", None) or row.record.title
    if one.holds == Holds.CHOICE:
        return _word_of(one)
    if one.holds == Holds.PARTY:
        code, text = one.attrs
        return lambda row: names_for(row).told(getattr(row, code), getattr(row, text))
    if one.holds == Holds.YEAR:
        # As text: nobody parts its digits, and no total adds years up.
        return lambda row: _written(getattr(row, one.attr))
    if one.holds in SCALED:
        return lambda row: whole_units_of(one.holds, getattr(row, one.attr), row)
    named = _NAMED.get(one.holds)
    if named is not None:
        return lambda row: named(names_for(row), value) if (value := getattr(row, one.attr)) else ""
    return lambda row: getattr(row, one.attr)


def _word_of(one: Known) -> Callable[[Any], str]:
    """The word of a choice; in a list of all kinds that of the row's own kind, as its table knows it."""
    words = dict(one.choices)

    def said(row: Any) -> str:
        code = getattr(row, one.attr) or ""
        if code in words:
            return str(words[code])
        display = getattr(row, f"get_{one.attr}_display", None)
        return str(display() if display is not None else code)

    return said


def _written(value: object) -> str | None:
    return None if value is None else str(value)


def _choices(one: Known) -> Callable[[], Sequence[str]]:
    return lambda: [str(label) for code, label in one.choices if code]
