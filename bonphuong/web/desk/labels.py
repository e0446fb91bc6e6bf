"""Names for what the trail keeps as codes and keys, read together: one query for each sort of thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey

from bonphuong.accounts.models import Office, User
from bonphuong.parties.queries import parties_by_code
from bonphuong.procedures.models import Phase, Procedure, State
from bonphuong.records.models import Record
from bonphuong.reference.models import AdminUnit, CooperationField, Country, Currency
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Field, Model

# Columns that hold a permanent code of another table as text, by how their names end.
_CODES: tuple[tuple[tuple[str, ...], type[Model]], ...] = (
    (("office_code", "office", "book", "managing_agency"), Office),
    (("country_code", "country", "nationality"), Country),
    (("unit_code",), AdminUnit),
    (("field_code", "main_field"), CooperationField),
)
_PARTIES = ("party_code", "partner_code")
# Things whose names anybody who reads the trail may read. Of others only the key is told.
_OPEN: tuple[type[Model], ...] = (
    AdminUnit,
    CooperationField,
    Country,
    Currency,
    Office,
    Phase,
    Procedure,
    State,
    User,
)


class Labels:
    """Names of all values that some changes hold. Records are named only to those who may see them."""

    def __init__(self, user: User, values: Iterable[tuple[Field[Any, Any], Any]]) -> None:
        wanted: dict[type[Model], set[str]] = {}
        parties: set[str] = set()
        states: set[str] = set()
        for field, value in values:
            if value == "" or not isinstance(value, str | int):
                continue
            model = _model_of(field)
            if model is not None:
                wanted.setdefault(model, set()).add(str(value))
            elif field.name.endswith(_PARTIES):
                parties.add(str(value))
            elif _is_state(field):
                states.add(str(value))
        self._known = {model: _names(model, keys, user) for model, keys in wanted.items()}
        self._parties = (
            {code: party.name(language()) for code, party in parties_by_code(parties).items()}
            if parties
            else {}
        )
        self._states = (
            {state.code: state.label for state in State.objects.filter(code__in=states)} if states else {}
        )

    def of(self, field: Field[Any, Any], value: object) -> str:
        """The name of what a column holds; empty where it names nothing, or nothing that may be told."""
        model = _model_of(field)
        if model is not None:
            return self._known.get(model, {}).get(_plain(str(value)), "")
        if _is_state(field):
            return self._states.get(str(value), "")
        return self._parties.get(str(value), "") if field.name.endswith(_PARTIES) else ""


def _is_state(field: Field[Any, Any]) -> bool:
    """The header of a record repeats the code of the state in which its case is."""
    return field.model is Record and field.name == "state"


def _model_of(field: Field[Any, Any]) -> type[Model] | None:
    if isinstance(field, ForeignKey):
        target = field.related_model
        return target if target is Record or target in _OPEN else None
    return next((model for ends, model in _CODES if field.name.endswith(ends)), None)


def _names(model: type[Model], keys: set[str], user: User) -> dict[str, str]:
    """Key → name. SQLite keeps UUIDs without hyphens, so both forms are one."""
    good = [key for key in keys if _fits(model, key)]
    rows = Record.objects.visible_to(user) if model is Record else model._default_manager.all()
    return {_plain(str(row.pk)): _said(row) for row in rows.filter(pk__in=good)}


def _fits(model: type[Model], key: str) -> bool:
    try:
        model._meta.pk.to_python(key)
    except (ValidationError, ValueError):
        return False
    return True


def _plain(key: str) -> str:
    return key.replace("-", "") if len(key) == 36 else key


def _said(row: Any) -> str:
    if isinstance(row, Record):
        return str(row.title)
    name = getattr(row, "name", None)
    return str(name(language())) if callable(name) else str(row)
