"""Which tables are searched, and by what: read from the models, never listed by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps

from bonphuong.kernel.models import column_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db import models


@dataclass(frozen=True)
class Beside:
    """Another table whose rows have a say in the scope of the row that `link` names: with whom it is shared."""

    table: str
    link: str


@dataclass(frozen=True)
class Index:
    """How the rows of a model are found: the folded column, the day that says which is newer, whose they are.

    `scope` are SQL expressions over `{row}`, each giving short words ("k" and the book): on SQLite they stand
    beside the text, so that rows of other provinces are passed over without being looked at. They only narrow;
    who may see a row is always asked of the row itself. `follows` and `beside` say what changes the scope.
    """

    fold: str = "fold"
    on: str = ""
    scope: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True)
class Table:
    """A searched table as its index sees it. `watched` are the columns whose change the index must hear of."""

    name: str
    app_label: str
    key: str
    fold: str
    on: str
    scope: tuple[str, ...]
    watched: tuple[str, ...]
    beside: tuple[Beside, ...]


def searched_tables(app_label: str | None = None) -> list[Table]:
    """All tables with an index, or those of one app."""
    return [
        table_of(model)
        for model in _models()
        if app_label in (None, model._meta.app_label) and hasattr(model, "search_index")
    ]


def table_of(model: type[models.Model]) -> Table:
    """The table of a model that has an index. Raises AttributeError for one without."""
    index: Index = model.search_index  # type: ignore[attr-defined]
    key, fold = column_of(model, model._meta.pk.name), column_of(model, index.fold)
    on = column_of(model, index.on) if index.on else ""
    follows = tuple(column_of(model, name) for name in index.follows)
    watched = tuple(dict.fromkeys(filter(None, (key, fold, on, *follows))))
    return Table(
        model._meta.db_table, model._meta.app_label, key, fold, on, index.scope, watched, index.beside
    )


def _models() -> Iterator[type[models.Model]]:
    for config in apps.get_app_configs():
        if config.name.startswith("bonphuong."):
            yield from config.get_models()
