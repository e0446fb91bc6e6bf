"""Questions to the index: a condition for any queryset, and the newest rows that somebody may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models import Expression, F, Q
from django.db.models.expressions import RawSQL

from bonphuong.kernel.fulltext import postgres, sqlite
from bonphuong.kernel.fulltext.tables import table_of
from bonphuong.kernel.fulltext.words import Asked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler


# Each says: one of these words must stand in the scope of the row. An empty one narrows nothing.
Scope = tuple[tuple[str, ...], ...]
# Stands in a statement for a value that comes later.
_HERE = "\N{SYMBOL FOR SUBSTITUTE}"


class _Has(Expression):
    """Whether the column's words hold what is asked; PostgreSQL alone.

    The cheap comparison of letters goes before: where the database walks along another index, it parses only the
    rows that pass.
    """

    conditional = True
    output_field = models.BooleanField()

    def __init__(self, column: F, wanted: Asked) -> None:
        super().__init__()
        self.column: Any = column
        self.wanted = wanted

    def get_source_expressions(self) -> list[Any]:
        return [self.column]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        (self.column,) = exprs

    def as_sql(self, compiler: SQLCompiler, _connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        column, _params = compiler.compile(self.column)
        parts, params = [], []
        for group in self.wanted.groups:
            if len(group) == 1:
                for word in group[0].words:
                    parts.append(f"{column} LIKE %s")
                    params.append(f"%{word}%")
        queries = []
        for group in self.wanted.groups:
            pieces = [postgres.phrase_of(phrase) for phrase in group]
            queries.append(f"({' || '.join(piece for piece, _param in pieces)})")
            params += [param for _piece, param in pieces]
        parts.append(f"{postgres.vector_of(column)} @@ ({' && '.join(queries)})")
        return f"({' AND '.join(parts)})", tuple(params)


def matching(model: type[models.Model], wanted: Asked, scope: Scope = ()) -> Q:
    """The condition that a row of `model` holds all that is asked. `scope` only narrows, and may be left out.

    Nothing holds for no words at all.
    """
    if not wanted and not any(scope):
        return Q(pk__in=[])
    table = table_of(model)
    connection = connections["default"]
    if connection.vendor == "postgresql":
        return Q(_Has(F(model.search_index.fold), wanted))  # type: ignore[attr-defined]
    words, places = sqlite.words_table(table), sqlite.places_table(table)
    keys = RawSQL(
        f'SELECT p.row_key FROM "{words}" w JOIN "{places}" p ON p.id = w.rowid WHERE w."{words}" MATCH %s',
        [sqlite.query_of(wanted, scope)],
    )
    return Q(pk__in=keys)


def within(model: type[models.Model], scope: Scope) -> Q:
    """The condition that a row of `model` lies in a scope; only SQLite keeps any."""
    return Q() if connections["default"].vendor == "postgresql" else matching(model, Asked(()), scope)


def newest(rows: models.QuerySet[Any], wanted: Asked, *, scope: Scope = (), limit: int) -> list[Any]:
    """Keys of the newest of `rows` that hold all that is asked, at most `limit`, in one statement.

    `rows` are already narrowed to what somebody may see. Undated rows come first, as in the lists.
    """
    if not wanted or limit < 1:
        return []
    if connections["default"].vendor == "postgresql":
        return list(_in_order(rows, wanted).values_list("pk", flat=True)[:limit])
    try:
        sql, params = _along_the_index(rows)
    except EmptyResultSet:  # the person may see none of them: there is no such statement
        return []
    return _keys(rows, f"{sql} LIMIT %s", [sqlite.query_of(wanted, scope), *params, limit])


def newest_of_each(
    rows: models.QuerySet[Any], wanted: Asked, *, by: str, scopes: Mapping[str, Scope], limit: int
) -> dict[str, list[Any]]:
    """As `newest` for every value of the column `by` that `scopes` names, all in one statement."""
    if not wanted or not scopes:
        return {}
    if connections["default"].vendor == "postgresql":
        each = [
            _in_order(rows.filter(**{by: value}), wanted).values_list(by, "pk")[:limit] for value in scopes
        ]
        answer = list(each[0].union(*each[1:], all=True))
    else:
        answer = _of_each_along_the_index(rows, wanted, by, scopes, limit)
    found: dict[str, list[Any]] = {value: [] for value in scopes}
    for value, key in answer:
        found[value].append(key)
    return found


def _in_order(rows: models.QuerySet[Any], wanted: Asked) -> models.QuerySet[Any]:
    index = rows.model.search_index
    order = [F(index.on).desc(nulls_first=True)] if index.on else []
    return rows.filter(matching(rows.model, wanted)).order_by(*order, "-pk")


def _of_each_along_the_index(
    rows: models.QuerySet[Any], wanted: Asked, by: str, scopes: Mapping[str, Scope], limit: int
) -> list[tuple[str, Any]]:
    # Making the statement of what somebody may see takes longer than running it: it is made once.
    try:
        sql, params = _along_the_index(rows.filter(**{by: _HERE}))
    except EmptyResultSet:
        return []
    statement = " UNION ALL ".join(f"SELECT %s, k.* FROM ({sql} LIMIT %s) k" for _value in scopes)
    given: list[Any] = []
    for value, scope in scopes.items():
        here = [value if param == _HERE else param for param in params]
        given += [value, sqlite.query_of(wanted, scope), *here, limit]
    with connections["default"].cursor() as cursor:
        cursor.execute(statement, given)
        to_key = rows.model._meta.pk.to_python
        return [(value, to_key(key)) for value, key in cursor.fetchall()]


def _along_the_index(rows: models.QuerySet[Any]) -> tuple[str, list[Any]]:
    """SQLite reads its index from the newest end and asks of each row in turn whether it is one of `rows`.

    The first parameter, the words, stands before those given back.
    """
    table = table_of(rows.model)
    words, places = sqlite.words_table(table), sqlite.places_table(table)
    own = rows.order_by().filter(pk=RawSQL("p.row_key", ())).values("pk")
    sql, params = own.query.sql_with_params()
    statement = (
        f'SELECT p.row_key FROM "{words}" w CROSS JOIN "{places}" p ON p.id = w.rowid '
        f'WHERE w."{words}" MATCH %s AND EXISTS ({sql}) ORDER BY w.rowid DESC'
    )
    return statement, list(params)


def _keys(rows: models.QuerySet[Any], statement: str, params: list[Any]) -> list[Any]:
    with connections["default"].cursor() as cursor:
        cursor.execute(statement, params)
        return [rows.model._meta.pk.to_python(key) for (key,) in cursor.fetchall()]
