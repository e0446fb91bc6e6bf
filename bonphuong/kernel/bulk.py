"""Many rows at once. Django's own way builds one long statement for every thirty rows on SQLite, and most of the
time of a large import goes into that; here the statement is prepared once and given the rows one after another.
"""

from __future__ import annotations

import datetime as dt
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.db import connection, models, transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

M = TypeVar("M", bound=models.Model)

_BATCH = 500


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
    with transaction.atomic(), connection.cursor() as cursor:
        if made_here and with_keys:
            _number(objects, model._meta.db_table, cursor)
        kept = [field for field in fields if field is not key or not made_here or with_keys]
        names = ", ".join(connection.ops.quote_name(str(field.column)) for field in kept)
        marks = ", ".join(["%s"] * len(kept))
        readers = [_reader(field, add=True) for field in kept]
        statement = (
            f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608 - names from our own models
        )
        cursor.executemany(statement, [[read(row) for read in readers] for row in objects])
    for row in objects:
        row._state.adding = False  # noqa: SLF001 - as Django's own bulk_create does
        row._state.db = connection.alias  # noqa: SLF001 - as above


def update_rows(objects: Sequence[M], names: Sequence[str]) -> None:
    """Write some fields of rows that are there, each by its key: `bulk_update` without its growing statement."""
    if not objects:
        return
    model = type(objects[0])
    by_name = {field.name: field for field in model._meta.local_concrete_fields}
    fields = [by_name[name] for name in names]
    key = model._meta.pk
    quote = connection.ops.quote_name
    changes = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    statement = f"UPDATE {quote(model._meta.db_table)} SET {changes} WHERE {quote(str(key.column))} = %s"  # noqa: S608 - names from our own models
    readers = [_reader(field, add=False) for field in [*fields, key]]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(statement, [[read(row) for read in readers] for row in objects])


def _number(objects: Sequence[models.Model], table: str, cursor: Any) -> None:
    """Keys that the table would give: nobody else writes inside our transaction."""
    cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    found = cursor.fetchone()
    for pk, row in enumerate(objects, start=(found[0] if found else 0) + 1):
        row.pk = pk


def _reader(field: models.Field[Any, Any], *, add: bool) -> Callable[[Any], Any]:
    """What takes a row and gives the value that the database is sent; the common kinds without Django's detours."""

    def thorough(row: models.Model) -> Any:
        return field.get_db_prep_save(field.pre_save(row, add), connection)

    if type(field).pre_save not in {models.Field.pre_save, models.DateField.pre_save}:
        return thorough
    target: Any = field
    while target.is_relation:
        target = target.target_field
    if type(target).get_db_prep_save is not models.Field.get_db_prep_save:
        return thorough
    quick = _QUICK.get(target.get_internal_type())
    if quick is None or connection.vendor != "sqlite" or _stamps(field):
        return thorough
    kinds, change = quick
    value_of = attrgetter(field.attname)

    def read(row: models.Model) -> Any:
        value = value_of(row)
        if type(value) not in kinds:
            return thorough(row)
        return value if change is None or value is None else change(value)

    return read


def _stamps(field: object) -> bool:
    return getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)


# Internal type → types of values that are surely right, and what makes them fit for SQLite.
_QUICK: dict[str, tuple[frozenset[type], Callable[[Any], Any] | None]] = {
    **dict.fromkeys(("CharField", "TextField", "SlugField"), (frozenset({str, type(None)}), None)),
    **dict.fromkeys(
        ("IntegerField", "BigIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField", "SmallIntegerField",
         "PositiveBigIntegerField", "BigAutoField", "AutoField", "BooleanField"),
        (frozenset({int, bool, type(None)}), None),
    ),
    "DateField": (frozenset({dt.date, type(None)}), dt.date.isoformat),
    "UUIDField": (frozenset({UUID, type(None)}), attrgetter("hex")),
}  # fmt: skip
