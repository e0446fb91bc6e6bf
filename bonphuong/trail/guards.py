"""Which tables the database guards, and how: read from the models, never listed by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps

from bonphuong.kernel.models import column_of
from bonphuong.trail.enums import Guard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db import models


@dataclass(frozen=True)
class Table:
    """A guarded table as its triggers see it."""

    name: str
    app_label: str
    guard: Guard
    key: str
    columns: tuple[str, ...]
    binary: frozenset[str]
    hidden: tuple[str, ...]
    unique: tuple[tuple[str, ...], ...]


def guard_of(model: type[models.Model]) -> Guard:
    """The guard a model names for itself; every other model of the product is tracked."""
    return getattr(model, "guard", Guard.TRACKED)


def guarded_tables(app_label: str | None = None) -> list[Table]:
    """All tables under a guard, or those of one app."""
    return [
        _table(model)
        for model in _own_models()
        if app_label in (None, model._meta.app_label) and guard_of(model) is not Guard.NONE
    ]


def _own_models() -> Iterator[type[models.Model]]:
    for config in apps.get_app_configs():
        if config.name.startswith("bonphuong."):
            for model in config.get_models(include_auto_created=True):
                if model._meta.managed and not model._meta.proxy:
                    yield model


def _table(model: type[models.Model]) -> Table:
    meta = model._meta
    fields = list(meta.local_concrete_fields)
    # What no trail may keep, hashed or not; that it changed is enough.
    hidden = ("password", *getattr(model, "trail_hidden", ()))
    return Table(
        name=meta.db_table,
        app_label=meta.app_label,
        guard=guard_of(model),
        key=column_of(model, meta.pk.name),
        columns=tuple(column_of(model, field.name) for field in fields),
        binary=frozenset(column_of(model, f.name) for f in fields if f.get_internal_type() == "BinaryField"),
        hidden=tuple(column_of(model, field.name) for field in fields if field.name in hidden),
        unique=tuple(_unique_keys(model)),
    )


def _unique_keys(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    for field in model._meta.local_concrete_fields:
        if field.unique:
            yield (column_of(model, field.name),)
    for constraint in model._meta.total_unique_constraints:
        yield tuple(column_of(model, name) for name in constraint.fields)
