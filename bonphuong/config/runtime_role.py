"""What a role that runs the product on PostgreSQL needs, and no more.

Whoever owns the tables can drop their guards, so the web processes use a role that owns nothing. It is granted
what each table's guard lets happen anyway: a table whose rows are only added to takes no UPDATE and no DELETE.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils.translation import gettext as _

from bonphuong.config.terminal import UsageError
from bonphuong.trail.enums import Guard
from bonphuong.trail.guards import guarded_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERYTHING = "SELECT, INSERT, UPDATE, DELETE"
RIGHTS = {
    Guard.TRACKED: EVERYTHING,
    Guard.APPEND_ONLY: "SELECT, INSERT",
    Guard.HEAD: "SELECT, INSERT, UPDATE",
    Guard.ERASABLE: "SELECT, INSERT, DELETE",
}
# Only whoever migrates writes down what was migrated.
READ_ONLY = {"django_migrations"}


def grant_runtime_role(role: str) -> int:
    """Grant the role what running needs and take away everything else; gives how many tables it may use.

    Raises UsageError on another database than PostgreSQL, for a role that is not there, and for the owner itself.
    """
    if connection.vendor != "postgresql":
        raise UsageError(
            _("A runtime role is for PostgreSQL; this database is %(name)s.") % {"name": "SQLite"}
        )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user, (SELECT count(*) FROM pg_roles WHERE rolname = %s)", [role])
        owner, known = cursor.fetchone()
        if not known:
            raise UsageError(_("PostgreSQL has no role “%(role)s”.") % {"role": role})
        if role == owner:
            raise UsageError(_("“%(role)s” owns the tables; choose another role.") % {"role": role})
        tables = dict(rights())
        quoted = connection.ops.quote_name(role)
        for statement in _statements(quoted, tables):
            cursor.execute(statement)
    return len(tables)


def rights() -> Iterator[tuple[str, str]]:
    """Table → what the role may do with it, for every table there is."""
    guards = {table.name: table.guard for table in guarded_tables()}
    for name in connection.introspection.table_names():
        if name in READ_ONLY:
            yield name, "SELECT"
        else:
            yield name, RIGHTS.get(guards.get(name, Guard.TRACKED), EVERYTHING)


def _statements(role: str, tables: dict[str, str]) -> Iterator[str]:
    quote = connection.ops.quote_name
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}"
    for name, granted in sorted(tables.items()):
        yield f"GRANT {granted} ON {quote(name)} TO {role}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
