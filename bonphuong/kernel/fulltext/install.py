"""Put the indexes into the database and see that they are there and whole.

Django remakes a table on SQLite by copying it, which silently drops its triggers. So what keeps the indexes is
dropped before migrations and made again from the models after them, and what is installed is compared with what
should be. After migrations the indexes are filled anew: what those wrote went past the triggers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connections

from bonphuong.kernel.fulltext import postgres, sqlite
from bonphuong.kernel.fulltext.tables import searched_tables
from bonphuong.kernel.fulltext.words import spaced

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from bonphuong.kernel.fulltext.tables import Table


def teach_sqlite(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Give each new SQLite connection the function that the triggers call."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("bp_spaced", 1, spaced, deterministic=True)


def before_migrate(sender: Any, using: str, plan: Any = (), **_: Any) -> None:
    """Drop what keeps the indexes of one app's tables, where any migration is to run."""
    if plan:
        uninstall(connections[using], sender.label)


def after_migrate(sender: Any, using: str, **_: Any) -> None:
    """Make the indexes of one app's tables, and fill those that were made or are not whole."""
    install(connections[using], sender.label)


def uninstall(connection: BaseDatabaseWrapper, app_label: str | None = None) -> None:
    """Take the triggers away, for a migration to work; PostgreSQL keeps its indexes by itself."""
    if connection.vendor == "postgresql":
        return
    with connection.cursor() as cursor:
        for table in searched_tables(app_label):
            for name in sqlite.triggers(table):
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')


def install(connection: BaseDatabaseWrapper, app_label: str | None = None) -> None:
    """Make what is missing or differs. Nothing is done where all is as it should be."""
    for table in _present(connection, app_label):
        if not _wrong(connection, table):
            continue
        if connection.vendor == "postgresql":
            _make_postgres(connection, table)
        else:
            _make_sqlite(connection, table)


def problems(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of indexes, or of triggers that keep them, that are missing, changed or not whole."""
    return sorted(name for table in _present(connection) for name in _wrong(connection, table))


def _present(connection: BaseDatabaseWrapper, app_label: str | None = None) -> list[Table]:
    there = set(connection.introspection.table_names())
    return [table for table in searched_tables(app_label) if table.name in there]


def _wrong(connection: BaseDatabaseWrapper, table: Table) -> list[str]:
    if connection.vendor == "postgresql":
        return _wrong_postgres(connection, table)
    expected = {**sqlite.tables(table), **sqlite.triggers(table)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE 'search_%'")
        there = dict(cursor.fetchall())
        wrong = [name for name, statement in expected.items() if there.get(name) != statement]
        return wrong or _uncounted(cursor, table)


def _uncounted(cursor: Any, table: Table) -> list[str]:
    """A row without its place, or a place without its row, is an index that was written past."""
    places = sqlite.places_table(table)
    cursor.execute(f'SELECT (SELECT count(*) FROM "{table.name}"), (SELECT count(*) FROM "{places}")')
    rows, placed = cursor.fetchone()
    return [] if rows == placed else [places]


def _make_sqlite(connection: BaseDatabaseWrapper, table: Table) -> None:
    with connection.cursor() as cursor:
        for name in sqlite.triggers(table):
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
        for name in sqlite.tables(table):
            cursor.execute(f'DROP TABLE IF EXISTS "{name}"')
        for statement in sqlite.tables(table).values():
            cursor.execute(statement)
        for statement in sqlite.filling(table):
            cursor.execute(statement)
        for statement in sqlite.triggers(table).values():
            cursor.execute(statement)


def _wrong_postgres(connection: BaseDatabaseWrapper, table: Table) -> list[str]:
    # PostgreSQL tells an index in words of its own; the comment keeps ours.
    name = postgres.index_name(table)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT obj_description(c.oid, 'pg_class') FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid "
            "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relname = %s AND i.indisvalid "
            "AND n.nspname = current_schema()",
            [name],
        )
        row = cursor.fetchone()
    return [] if row and row[0] == postgres.statement(table) else [name]


def _make_postgres(connection: BaseDatabaseWrapper, table: Table) -> None:
    name, statement = postgres.index_name(table), postgres.statement(table)
    quoted = statement.replace("'", "''")
    with connection.cursor() as cursor:
        cursor.execute(f'DROP INDEX IF EXISTS "{name}"')
        cursor.execute(statement)
        # How often each word stands there decides whether the index is asked or the newest rows are looked through.
        cursor.execute(f'ALTER INDEX "{name}" ALTER COLUMN 1 SET STATISTICS 1000')
        cursor.execute(f'ANALYZE "{table.name}"')
        cursor.execute(f"COMMENT ON INDEX \"{name}\" IS '{quoted}'")
