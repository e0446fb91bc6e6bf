"""Specs completed by their tables: what a field holds, what it is called, how long it may be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Field, Model

from bonphuong.kernel.crypto import EncryptedTextField
from bonphuong.kit.specs import Holds, Spec
from bonphuong.records.schema import TITLE_LENGTH

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from bonphuong.kit.specs import Scheme

#: What holds a code ends so, where the spec's name is not itself a column.
_CODE, _TEXT = "_code", "_text"
_CODED = {Holds.OFFICE, Holds.FIELD, Holds.UNIT, Holds.COUNTRY, Holds.CURRENCY}


@dataclass(frozen=True)
class Known:
    """A spec with all that its table says: `attrs` are the columns that it fills, the deciding one first."""

    spec: Spec
    holds: Holds
    label: _StrOrPromise
    attrs: tuple[str, ...]
    choices: tuple[tuple[str, _StrOrPromise], ...] = ()
    longest: int | None = None

    @property
    def name(self) -> str:
        """The spec's own name."""
        return self.spec.name

    @property
    def attr(self) -> str:
        """The deciding column."""
        return self.attrs[0]

    def empty(self) -> object:
        """What stands for nothing in its columns."""
        nothing = {Holds.FLAG: False}
        texts = {Holds.TEXT, Holds.LONG_TEXT, Holds.CHOICE, Holds.PARTY, *_CODED}
        return "" if self.holds in texts else nothing.get(self.holds)


@lru_cache(maxsize=4096)
def known(model: type[Model], spec: Spec) -> Known:
    """The spec as its table completes it. Raises TypeError for a spec that no column of the table answers to."""
    if spec.name == "title" and _column(model, "title") is None:
        return Known(spec, Holds.TEXT, spec.label, ("title",), longest=TITLE_LENGTH)
    if spec.holds == Holds.PARTY:
        text = _need(model, spec.name + _TEXT)
        label = spec.label or text.verbose_name
        return Known(
            spec, Holds.PARTY, label, (spec.name + _CODE, spec.name + _TEXT), longest=text.max_length
        )
    column = _column(model, spec.name) or _need(model, spec.name + _CODE)
    choices = tuple(spec.choices.choices) if spec.choices else _choices(column)
    holds = spec.holds or _holds(column)
    label = spec.label or column.verbose_name
    return Known(spec, holds, label, (column.attname,), choices, column.max_length)


def known_specs(scheme: Scheme, kind: str) -> tuple[Known, ...]:
    """All fields of a kind, completed."""
    return tuple(known(scheme.model, spec) for spec in scheme.specs_of(kind))


def _column(model: type[Model], name: str) -> Field[object, object] | None:
    try:
        found = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, Field) else None


def _need(model: type[Model], name: str) -> Field[object, object]:
    found = _column(model, name)
    if found is None:
        raise TypeError(f"{model.__name__} has no column {name}")
    return found


def _choices(column: Field[object, object]) -> tuple[tuple[str, _StrOrPromise], ...]:
    return tuple((str(code), label) for code, label in column.flatchoices)


def _holds(column: Field[object, object]) -> Holds:
    if column.flatchoices:
        return Holds.CHOICE
    if isinstance(column, models.CharField) and column.name in _BY_NAME:
        return _BY_NAME[column.name]
    if column.name == "year" and isinstance(column, models.IntegerField):
        return Holds.YEAR
    for kind, holds in _BY_KIND:
        if isinstance(column, kind):
            return holds
    return Holds.TEXT


# Columns of codes are called alike in every family: nobody must say what they hold.
_BY_NAME = {
    "country": Holds.COUNTRY,
    "country_code": Holds.COUNTRY,
    "currency": Holds.CURRENCY,
    "field_code": Holds.FIELD,
    "unit_code": Holds.UNIT,
    "office_code": Holds.OFFICE,
    "lead_office_code": Holds.OFFICE,
}
# The first that fits: subclasses stand before what they are made of.
_BY_KIND: tuple[tuple[type[Any], Holds], ...] = (
    (EncryptedTextField, Holds.TEXT),
    (models.DateField, Holds.DAY),
    (models.BooleanField, Holds.FLAG),
    (models.DecimalField, Holds.DECIMAL),
    (models.IntegerField, Holds.WHOLE),
    (models.TextField, Holds.LONG_TEXT),
)
