"""Triggers for PostgreSQL. The open action is a setting of the transaction, gone at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.trail.ddl_sqlite import APPEND_ONLY, HIDDEN, NO_ACTION
from bonphuong.trail.enums import Guard

if TYPE_CHECKING:
    from bonphuong.trail.guards import Table

_REFUSE = f"""
BEGIN
  IF TG_OP = 'DELETE' AND TG_NARGS > 0 AND current_setting('bonphuong.erasing', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '{APPEND_ONLY}' USING ERRCODE = 'integrity_constraint_violation';
END """

# The trail's tables are named with their schema: whoever may make a temporary table of that name would else
# have the trail written there, and gone with the session.
_TRAIL = f"""
DECLARE
  act bigint := nullif(current_setting('bonphuong.action', true), '')::bigint;
  before jsonb; after jsonb; old_values jsonb; names jsonb; made_salt text; payload bigint; key text; hidden text;
BEGIN
  IF act IS NULL THEN
    RAISE EXCEPTION '{NO_ACTION}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'INSERT' THEN
    INSERT INTO {{schema}}.trail_change (action_id, table_name, row_key, op, columns, payload_digest)
    VALUES (act, TG_TABLE_NAME, to_jsonb(NEW) ->> TG_ARGV[0], 'I', '', '');
    RETURN NULL;
  END IF;
  before := to_jsonb(OLD);
  key := before ->> TG_ARGV[0];
  IF TG_OP = 'UPDATE' THEN
    after := to_jsonb(NEW);
    SELECT jsonb_object_agg(e.key, e.value), jsonb_agg(e.key) INTO old_values, names
      FROM jsonb_each(before) e WHERE after -> e.key IS DISTINCT FROM e.value;
    IF old_values IS NULL THEN RETURN NULL; END IF;
  ELSE
    old_values := before;
    SELECT jsonb_agg(k) INTO names FROM jsonb_object_keys(before) k;
  END IF;
  FOREACH hidden IN ARRAY string_to_array(TG_ARGV[1], ',') LOOP
    IF old_values ? hidden THEN old_values := jsonb_set(old_values, ARRAY[hidden], '"{HIDDEN}"'); END IF;
  END LOOP;
  made_salt := replace(gen_random_uuid()::text, '-', '');
  INSERT INTO {{schema}}.trail_changepayload (salt, old) VALUES (made_salt, old_values::text) RETURNING id INTO payload;
  INSERT INTO {{schema}}.trail_change (action_id, table_name, row_key, op, columns, payload_id, payload_digest)
  VALUES (act, TG_TABLE_NAME, key, left(TG_OP, 1), names::text, payload,
          encode(sha256(convert_to(made_salt || old_values::text, 'UTF8')), 'hex'));
  RETURN NULL;
END """


def bodies(schema: str) -> dict[str, str]:
    """Function name → its body, for the schema in which the tables are."""
    return {"bp_refuse": _REFUSE, "bp_trail": _TRAIL.format(schema=f'"{schema}"')}


def functions(schema: str) -> list[str]:
    """The statements that make the functions which the triggers call."""
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
        for name, body in bodies(schema).items()
    ]


def statements(table: Table) -> dict[str, str]:
    """Trigger name → the statement that makes it, for one table, in the words in which PostgreSQL tells it."""
    name = table.name
    found = {
        f"keep_{name}_truncate": f'CREATE TRIGGER "keep_{name}_truncate" BEFORE TRUNCATE ON "{name}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION bp_refuse()"
    }
    if table.guard is Guard.TRACKED:
        found[f"trail_{name}"] = (
            f'CREATE TRIGGER "trail_{name}" AFTER INSERT OR DELETE OR UPDATE ON "{name}" '
            f"FOR EACH ROW EXECUTE FUNCTION bp_trail('{table.key}', '{','.join(table.hidden)}')"
        )
        return found
    argument = "'erasable'" if table.guard is Guard.ERASABLE else ""
    operations = "DELETE" if table.guard is Guard.HEAD else "DELETE OR UPDATE"
    found[f"keep_{name}"] = (
        f'CREATE TRIGGER "keep_{name}" BEFORE {operations} ON "{name}" '
        f"FOR EACH ROW EXECUTE FUNCTION bp_refuse({argument})"
    )
    return found
