"""Triggers for SQLite. They ask Python which action is open: a bare shell, which cannot answer, cannot write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.trail.enums import Guard

if TYPE_CHECKING:
    from bonphuong.trail.guards import Table

NO_ACTION = "no open action: write through acting(...)"
HIDDEN = "…"
APPEND_ONLY = "append-only: rows are never changed, removed or replaced"


def statements(table: Table) -> dict[str, str]:
    """Trigger name → the statement that makes it, for one table."""
    if table.guard is Guard.TRACKED:
        return _tracked(table)
    found = {f"keep_{table.name}_insert": _refuse_replace(table)} if table.guard is not Guard.HEAD else {}
    found[f"keep_{table.name}_delete"] = _refuse(table, "DELETE", _erasure_only(table))
    if table.guard is not Guard.HEAD:
        found[f"keep_{table.name}_update"] = _refuse(table, "UPDATE", "")
    return found


def _erasure_only(table: Table) -> str:
    return "WHERE NOT bp_erasing()" if table.guard is Guard.ERASABLE else ""


def _refuse(table: Table, operation: str, condition: str) -> str:
    return (
        f'CREATE TRIGGER "keep_{table.name}_{operation.lower()}" BEFORE {operation} ON "{table.name}" '
        f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}') {condition}; END"
    )


def _refuse_replace(table: Table) -> str:
    # INSERT OR REPLACE removes the row in its way without firing any trigger of removal.
    same = " OR ".join(
        "(" + " AND ".join(f'"{column}" = NEW."{column}"' for column in key) + ")" for key in table.unique
    )
    return (
        f'CREATE TRIGGER "keep_{table.name}_insert" BEFORE INSERT ON "{table.name}" BEGIN '
        f"SELECT RAISE(ABORT, '{APPEND_ONLY}') WHERE EXISTS (SELECT 1 FROM \"{table.name}\" WHERE {same}); END"
    )


def _tracked(table: Table) -> dict[str, str]:
    return {
        f"trail_{table.name}_{operation.lower()}": _record(table, operation)
        for operation in ("INSERT", "UPDATE", "DELETE")
    }


def _record(table: Table, operation: str) -> str:
    if operation == "INSERT":
        # One statement and one question to Python: most of what an import does is adding rows.
        tell = (
            "INSERT INTO trail_change (action_id, table_name, row_key, op, columns, payload_digest) "
            f"VALUES (coalesce(bp_action(), RAISE(ABORT, '{NO_ACTION}')), '{table.name}', "
            f"CAST(NEW.\"{table.key}\" AS TEXT), 'I', '', '')"
        )
        body = [tell]
    else:
        body = [
            f"SELECT RAISE(ABORT, '{NO_ACTION}') WHERE bp_action() IS NULL",
            *_record_old(table, operation),
        ]
    statement = "; ".join(body)
    # Only a real change is worth an entry: saving a form unchanged is not one.
    when = f"WHEN {_differs(table)}" if operation == "UPDATE" else ""
    return (
        f'CREATE TRIGGER "trail_{table.name}_{operation.lower()}" AFTER {operation} ON "{table.name}" '
        f"FOR EACH ROW {when} BEGIN {statement}; END"
    )


def _differs(table: Table) -> str:
    # A write that changes nothing still needs an open action, so that the door is one.
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in table.columns)
    return f"bp_action() IS NULL OR {changed}"


def _record_old(table: Table, operation: str) -> list[str]:
    picked = " UNION ALL ".join(_pick(table, column, operation) for column in table.columns)
    keep = (
        "INSERT INTO trail_changepayload (salt, old) SELECT lower(hex(randomblob(16))), "
        f"json_group_object(k, v) FROM ({picked})"
    )
    tell = (
        "INSERT INTO trail_change (action_id, table_name, row_key, op, columns, payload_id, payload_digest) "
        f"SELECT bp_action(), '{table.name}', CAST(OLD.\"{table.key}\" AS TEXT), '{operation[0]}', "
        "(SELECT json_group_array(key) FROM json_each(p.old)), p.id, bp_digest(p.salt, p.old) "
        "FROM trail_changepayload p WHERE p.id = last_insert_rowid()"
    )
    return [keep, tell]


def _pick(table: Table, column: str, operation: str) -> str:
    value = f'hex(OLD."{column}")' if column in table.binary else f'OLD."{column}"'
    if column in table.hidden:
        value = f"'{HIDDEN}'"
    condition = f' WHERE OLD."{column}" IS NOT NEW."{column}"' if operation == "UPDATE" else ""
    return f"SELECT '{column}' AS k, {value} AS v{condition}"
