"""Many rows at once.

Django's own ways look at every value of every row anew: a large import spends most of its time there. Here the
model is looked at once, the statement is prepared once, and the rows follow one after another.
"""

from __future__ import annotations

import datetime as dt
import gc
from contextlib import contextmanager
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import UUID

from django.db import connection, connections, models, transaction
from django.db.models.base import ModelState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

M = TypeVar("M", bound=models.Model)
T = TypeVar("T")

_BATCH = 500
# Those of days and moments only stamp what `auto_now` asks for.
_PLAIN_SAVES = {models.Field.pre_save, models.DateField.pre_save, models.DateTimeField.pre_save}
_SAFE = frozenset({str, int, bool, float, bytes, type(None)})


def chunks(items: Sequence[T], size: int = _BATCH) -> Iterator[Sequence[T]]:
    """The items in their order, in pieces of `size` at most; by default as many as one statement may name."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def new_row(model: type[M], **values: Any) -> M:
    """An unsaved row, as `model(**values)` gives it, in a tenth of the time. For batches.

    Takes names of fields, and of relations either the row or, by `…_id`, its key. No signal is sent, and a
    misspelt name is refused as Django does.
    """
    maker: _Maker[M] = _maker(model)
    return maker.make(values)


class _Maker(Generic[M]):
    """What is the same for every new row of a model."""

    def __init__(self, model: type[M]) -> None:
        self.model = model
        self.constant: dict[str, Any] = {}
        self.dynamic: list[tuple[str, Callable[[], Any]]] = []
        self.relations: dict[str, str] = {}
        for field in model._meta.concrete_fields:
            if field.has_default() and callable(field.default):
                self.dynamic.append((field.attname, field.get_default))
            else:
                self.constant[field.attname] = _bare(field.get_default())
            if field.is_relation:
                self.relations[field.name] = field.attname
        self.names = {field.attname for field in model._meta.concrete_fields} | self.relations.keys()

    def make(self, values: dict[str, Any]) -> M:
        """One row."""
        if not values.keys() <= self.names:
            unknown = ", ".join(sorted(values.keys() - self.names))
            raise TypeError(f"{self.model.__name__} has no field {unknown}")
        row = self.model.__new__(self.model)
        content = vars(row)
        state = ModelState()
        content["_state"] = state
        content.update(self.constant)
        content.update(values)
        for name, attname in self.relations.items():
            if name in values:
                other = content.pop(name)
                content[attname] = None if other is None else other.pk
                state.fields_cache[name] = other
        for attname, default in self.dynamic:
            if attname not in values and (attname not in content or content[attname] is None):
                content[attname] = default()
        return row


@lru_cache(maxsize=256)
def _maker(model: type[M]) -> _Maker[M]:
    return _Maker(model)


@contextmanager
def uncollected() -> Iterator[None]:
    """Puts off the search for circular garbage while a batch makes its many rows; it would look at each of them
    again and again and find nothing.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def insert_rows(objects: Sequence[M], *, with_keys: bool = False) -> None:
    """Insert new rows of one model, as `bulk_create` does and with what triggers do.

    Rows whose key the database makes get to know it only `with_keys`. All or nothing.
    """
    if not objects:
        return
    model = type(objects[0])
    fields = model._meta.local_concrete_fields
    key = model._meta.pk
    made_here = isinstance(key, models.AutoField) and objects[0].pk is None
    if connection.vendor != "sqlite" or any(field.has_db_default() for field in fields):
        model._default_manager.bulk_create(objects, batch_size=_BATCH)
        return
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        if made_here and with_keys:
            _number(objects, model._meta.db_table, cursor)
        kept = [field for field in fields if field is not key or not made_here or with_keys]
        names = ", ".join(connection.ops.quote_name(str(field.column)) for field in kept)
        marks = ", ".join(["%s"] * len(kept))
        reader = _Reader(kept, add=True)
        statement = (
            f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608 - names from our own models
        )
        cursor.executemany(statement, [reader.read(row) for row in objects])
    alias = connection.alias
    for row in objects:
        state = row._state  # noqa: SLF001 - as Django's own bulk_create does
        state.adding, state.db = False, alias


def update_rows(
    objects: Sequence[M], names: Sequence[str], *, unless: tuple[str, Sequence[str]] | None = None
) -> None:
    """Write some fields of rows that are there, each by its key: `bulk_update` without its growing statement.

    `unless` names a field and its values by which rows are left as they are: what somebody else has done with them
    meanwhile is not overwritten.
    """
    if not objects:
        return
    model = type(objects[0])
    by_name = {field.name: field for field in model._meta.local_concrete_fields}
    fields = [by_name[name] for name in names]
    key = model._meta.pk
    quote = connection.ops.quote_name
    changes = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    statement = f"UPDATE {quote(model._meta.db_table)} SET {changes} WHERE {quote(str(key.column))} = %s"  # noqa: S608 - names from our own models
    kept: Sequence[str] = ()
    if unless is not None:
        name, kept = unless
        marks = ", ".join(["%s"] * len(kept))
        statement += f" AND {quote(str(by_name[name].column))} NOT IN ({marks})"
    reader = _Reader([*fields, key], add=False)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.executemany(statement, [[*reader.read(row), *kept] for row in objects])


def _number(objects: Sequence[models.Model], table: str, cursor: Any) -> None:
    """Keys that the table would give: nobody else writes inside our transaction."""
    cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    found = cursor.fetchone()
    for pk, row in enumerate(objects, start=(found[0] if found else 0) + 1):
        row.pk = pk


class _Reader:
    """Takes rows to the values that the database is sent: kinds that need nothing done in one go."""

    def __init__(self, fields: Sequence[models.Field[Any, Any]], *, add: bool) -> None:
        # The connection itself: looking it up for each value is a good part of the work.
        self.connection = connections[connection.alias]
        self.fields = fields
        self.add = add
        changes = [_QUICK.get(_kind(field)) for field in fields]
        quick = self.connection.vendor == "sqlite"
        self.thorough = [n for n, change in enumerate(changes) if change is None or not quick]
        # The key stands for what is looked at thoroughly: reading that may do something.
        key = fields[0].model._meta.pk.attname
        names = [key if n in self.thorough else field.attname for n, field in enumerate(fields)]
        # One name more, so that it is a tuple always.
        self.plain = attrgetter(*names, key)
        self.changed = [
            (n, change) for n, change in enumerate(changes) if change is not None and change is not _as_it_is
        ]
        if not quick:
            self.changed = []

    def read(self, row: models.Model) -> list[Any]:
        """The values of one row."""
        values = list(self.plain(row))
        values.pop()
        for place, change in self.changed:
            value = values[place]
            if value is not None:
                try:
                    values[place] = change(value)
                except (TypeError, AttributeError):  # of another class than usual
                    values[place] = self._look(place, row)
        for place in self.thorough:
            values[place] = self._look(place, row)
        if _SAFE.issuperset(map(type, values)):
            return values
        values = [value if type(value) in _SAFE else _bare(value) for value in values]
        if _SAFE.issuperset(map(type, values)):
            return values
        return [self._look(place, row) for place in range(len(self.fields))]

    def _look(self, place: int, row: models.Model) -> Any:
        field = self.fields[place]
        if isinstance(field, models.FileField) and vars(row).get(field.attname) == "":
            return ""  # no file, and nothing to be put into the store
        return field.get_db_prep_save(field.pre_save(row, self.add), self.connection)


def _bare(value: Any) -> Any:
    """A member of a choice, or a text of another class, as the plain text that it is."""
    return str.__str__(value) if isinstance(value, str) else value


def _kind(field: models.Field[Any, Any]) -> str:
    """The internal type of a field that stores what it is given; "" for one that does more."""
    target: Any = field
    while target.is_relation:
        target = target.target_field
    stamps = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    own_way = type(field).pre_save not in _PLAIN_SAVES
    if stamps or own_way or type(target).get_db_prep_save is not models.Field.get_db_prep_save:
        return ""
    return target.get_internal_type() if type(target).__module__.startswith("django.db.models.") else ""


def _as_it_is(value: Any) -> Any:
    return value


def _moment(value: dt.datetime) -> str:
    """As Django writes it for SQLite, for the moments of our own clock."""
    if value.tzinfo is not dt.UTC:
        raise TypeError(value)
    return str(value.replace(tzinfo=None))


# Internal type → what makes its values fit for SQLite.
_QUICK: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(
        ("CharField", "TextField", "SlugField", "IntegerField", "BigIntegerField", "PositiveIntegerField", "BooleanField",
         "PositiveSmallIntegerField", "SmallIntegerField", "PositiveBigIntegerField", "BigAutoField", "AutoField"),
        _as_it_is,
    ),
    "DateField": dt.date.isoformat,
    "DateTimeField": _moment,
    "UUIDField": UUID.hex.fget,  # type: ignore[attr-defined]
}  # fmt: skip
