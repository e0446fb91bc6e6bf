"""Put the guards into the database and see that they are there.

Django remakes a table on SQLite by copying it, which silently drops its triggers. So they are dropped before
every migration and made again from the models after it, and what is installed is compared with what should be.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.db import connections

from bonphuong.trail import ddl_postgres, ddl_sqlite
from bonphuong.trail.acting import current_action_id, is_erasing
from bonphuong.trail.guards import guarded_tables

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


def expected(connection: BaseDatabaseWrapper, app_label: str | None = None) -> dict[str, dict[str, str]]:
    """Table → trigger name → statement, for the tables that exist in this database."""
    present = set(connection.introspection.table_names())
    dialect = ddl_postgres if connection.vendor == "postgresql" else ddl_sqlite
    return {t.name: dialect.statements(t) for t in guarded_tables(app_label) if t.name in present}


def installed(connection: BaseDatabaseWrapper) -> dict[str, dict[str, str]]:
    """Table → trigger name → definition as the database holds it."""
    if connection.vendor == "postgresql":
        query = (
            "SELECT c.relname, t.tgname, CASE WHEN t.tgenabled IN ('O', 'A') THEN pg_get_triggerdef(t.oid, true) "
            "ELSE '' END FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE NOT t.tgisinternal AND n.nspname = ANY (current_schemas(false))"
        )
    else:
        query = "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'"
    found: dict[str, dict[str, str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(query)
        for table, name, definition in cursor.fetchall():
            found.setdefault(table, {})[name] = definition
    return found


def install(connection: BaseDatabaseWrapper, app_label: str | None = None) -> None:
    """Make every guard anew, for one app or for all."""
    uninstall(connection, app_label)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for function in ddl_postgres.functions(_schema(connection)):
                cursor.execute(function)
        for statements in expected(connection, app_label).values():
            for statement in statements.values():
                cursor.execute(statement)


def uninstall(connection: BaseDatabaseWrapper, app_label: str | None = None) -> None:
    """Take the guards away, for a migration to work. Never called while the product runs."""
    tables = {table.name for table in guarded_tables(app_label)}
    with connection.cursor() as cursor:
        for table, triggers in installed(connection).items():
            if table in tables:
                for name in filter(_is_guard, triggers):
                    cursor.execute(_drop(connection, table, name))


def _is_guard(name: str) -> bool:
    """Whether a trigger is one of ours: others on the same table, which keep an index, stay."""
    return name.startswith(("keep_", "trail_"))


def _drop(connection: BaseDatabaseWrapper, table: str, name: str) -> str:
    on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    return f'DROP TRIGGER IF EXISTS "{name}"{on}'


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of guards that should be there and are not, or were changed or switched off. Empty when all is well."""
    there = installed(connection)
    wrong = []
    for table, statements in expected(connection).items():
        for name, statement in statements.items():
            # PostgreSQL quotes only the names that need it.
            if there.get(table, {}).get(name, "").replace('"', "") != statement.replace('"', ""):
                wrong.append(name)
    return sorted(wrong + _changed_functions(connection))


def _changed_functions(connection: BaseDatabaseWrapper) -> list[str]:
    """Functions of the triggers that are gone or no longer do what they should; SQLite has its own in Python."""
    if connection.vendor != "postgresql":
        return []
    schema = _schema(connection)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname, p.prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
            "WHERE n.nspname = %s AND p.pronargs = 0",
            [schema],
        )
        there = dict(cursor.fetchall())
    return [name for name, body in ddl_postgres.bodies(schema).items() if there.get(name) != body]


def _schema(connection: BaseDatabaseWrapper) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return str(cursor.fetchone()[0])


def teach_sqlite(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Give each new SQLite connection the functions that the triggers call."""
    if connection.vendor != "sqlite":
        return
    raw = connection.connection
    raw.create_function("bp_action", 0, current_action_id)
    raw.create_function("bp_erasing", 0, lambda: int(is_erasing()))
    raw.create_function("bp_digest", 2, digest, deterministic=True)
    # Makes REPLACE fire the triggers of removal, so that the trail sees it too.
    raw.execute("PRAGMA recursive_triggers = ON")


def digest(salt: str, text: str) -> str:
    """SHA-256 of salt and text, as both databases write it."""
    return hashlib.sha256((salt + text).encode()).hexdigest()


def before_migrate(sender: Any, using: str, **_: Any) -> None:
    """Drop the guards of one app's tables before its migrations."""
    uninstall(connections[using], sender.label)


def after_migrate(sender: Any, using: str, **_: Any) -> None:
    """Make the guards of one app's tables after its migrations."""
    install(connections[using], sender.label)
