"""The index on SQLite: an FTS5 table without content, a table of places, and triggers that keep both.

The place of a row is a number made of its day and of what came in on that day, so that reading the index from its
end gives the newest first without sorting. It also outlives what changes SQLite's own row numbers (VACUUM, a table
remade by a migration). What was indexed must be told again to be taken out: the triggers know the old text, the
table of places the old scope.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.kernel.fulltext.words import UNSPACED_CLASS

if TYPE_CHECKING:
    from bonphuong.kernel.fulltext.tables import Table
    from bonphuong.kernel.fulltext.words import Asked, Phrase

# Day numbers above, so many rows a day below.
ROOM = 1 << 24
UNDATED = 9_999_999
_TOKENS = "unicode61 remove_diacritics 0 categories ''L* N* Co Mn Mc''"


def words_table(table: Table) -> str:
    """The name of the FTS5 table."""
    return f"search_{table.name}_words"


def places_table(table: Table) -> str:
    """The name of the table of places."""
    return f"search_{table.name}_places"


def tables(table: Table) -> dict[str, str]:
    """Name → statement of the two tables of the index."""
    places, words = places_table(table), words_table(table)
    return {
        places: f'CREATE TABLE "{places}" (id INTEGER PRIMARY KEY, row_key NOT NULL UNIQUE, scope TEXT NOT NULL)',
        words: f"CREATE VIRTUAL TABLE \"{words}\" USING fts5(fold, scope, content='', columnsize=0, "
        f"prefix='3 4 5 6', tokenize='{_TOKENS}')",
    }


def triggers(table: Table) -> dict[str, str]:
    """Name → statement of the triggers of a searched table and of those beside it."""
    name = table.name
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in table.watched)
    found = {
        f"search_{name}_insert": (f'AFTER INSERT ON "{name}"', _put(table)),
        f"search_{name}_update": (f'AFTER UPDATE ON "{name}" WHEN {changed}', [*_take(table), *_put(table)]),
        f"search_{name}_delete": (f'AFTER DELETE ON "{name}"', _take(table)),
    }
    for other in table.beside:
        both = [*_rescope(table, f'OLD."{other.link}"'), *_rescope(table, f'NEW."{other.link}"')]
        about = f"search_{name}_by_{other.table}"
        found |= {
            f"{about}_insert": (f'AFTER INSERT ON "{other.table}"', both[3:]),
            f"{about}_update": (f'AFTER UPDATE ON "{other.table}"', both),
            f"{about}_delete": (f'AFTER DELETE ON "{other.table}"', both[:3]),
        }
    return {
        trigger: f'CREATE TRIGGER "{trigger}" {when} BEGIN {"; ".join(body)}; END'
        for trigger, (when, body) in found.items()
    }


def _put(table: Table) -> list[str]:
    places, words = places_table(table), words_table(table)
    day = f'coalesce(CAST(julianday(NEW."{table.on}") AS INTEGER), {UNDATED})' if table.on else "0"
    first = f"{day} * {ROOM}"
    room = f"BETWEEN {first} AND {first} + {ROOM - 1}"
    return [
        (
            f'INSERT INTO "{places}" (id, row_key, scope) SELECT coalesce((SELECT max(id) FROM "{places}" '
            f'WHERE id {room}), {first} - 1) + 1, NEW."{table.key}", {_scope(table, "NEW")}'
        ),
        (
            f'INSERT INTO "{words}" (rowid, fold, scope) SELECT id, {_text(table, "NEW")}, scope '
            f'FROM "{places}" WHERE row_key = NEW."{table.key}"'
        ),
    ]


def _take(table: Table) -> list[str]:
    places, words = places_table(table), words_table(table)
    return [
        (
            f'INSERT INTO "{words}" ("{words}", rowid, fold, scope) SELECT \'delete\', id, {_text(table, "OLD")}, '
            f'scope FROM "{places}" WHERE row_key = OLD."{table.key}"'
        ),
        f'DELETE FROM "{places}" WHERE row_key = OLD."{table.key}"',
    ]


def _rescope(table: Table, key: str) -> list[str]:
    """Tell the scope of one row anew; its text and its place stay."""
    places, words = places_table(table), words_table(table)
    row = f'"{places}" p JOIN "{table.name}" r ON r."{table.key}" = p.row_key WHERE p.row_key = {key}'
    fresh = f'(SELECT {_scope(table, "r")} FROM "{table.name}" r WHERE r."{table.key}" = {key})'
    return [
        (
            f'INSERT INTO "{words}" ("{words}", rowid, fold, scope) '
            f"SELECT 'delete', p.id, {_text(table, 'r')}, p.scope FROM {row}"
        ),
        f'UPDATE "{places}" SET scope = {fresh} WHERE row_key = {key}',
        f'INSERT INTO "{words}" (rowid, fold, scope) SELECT p.id, {_text(table, "r")}, p.scope FROM {row}',
    ]


def _text(table: Table, row: str) -> str:
    column = f'{row}."{table.fold}"'
    return f"CASE WHEN {column} GLOB '*[{UNSPACED_CLASS}]*' THEN bp_spaced({column}) ELSE {column} END"


def _scope(table: Table, row: str) -> str:
    # A hyphen parts words; a code is one.
    parts = [f"replace(coalesce({one.format(row=row)}, ''), '-', '')" for one in table.scope]
    return " || ' ' || ".join(parts) if parts else "''"


def filling(table: Table) -> list[str]:
    """Statements that fill an empty index from the rows that there are, in the order of their days."""
    places, words = places_table(table), words_table(table)
    day = f'coalesce(CAST(julianday(r."{table.on}") AS INTEGER), {UNDATED})' if table.on else "0"
    return [
        f'DELETE FROM "{places}"',
        f'INSERT INTO "{words}" ("{words}") VALUES (\'delete-all\')',
        (
            f'INSERT INTO "{places}" (id, row_key, scope) SELECT {day} * {ROOM} + row_number() OVER '
            f'(PARTITION BY {day} ORDER BY r."{table.key}") - 1, r."{table.key}", {_scope(table, "r")} '
            f'FROM "{table.name}" r'
        ),
        (
            f'INSERT INTO "{words}" (rowid, fold, scope) SELECT p.id, {_text(table, "r")}, p.scope '
            f'FROM "{places}" p JOIN "{table.name}" r ON r."{table.key}" = p.row_key ORDER BY p.id'
        ),
        f'INSERT INTO "{words}" ("{words}") VALUES (\'optimize\')',
    ]


def query_of(wanted: Asked, scope: tuple[tuple[str, ...], ...]) -> str:
    """The MATCH expression. Every word stands in quotes: nothing that is typed is an operator."""
    # The rarest first: FTS5 walks along the first and looks the others up.
    parts = [f"{{scope}} : ({' OR '.join(map(_quoted, words))})" for words in scope if words]
    text = " AND ".join(f"({' OR '.join(map(_phrase, group))})" for group in wanted.groups)
    return " AND ".join([*parts, f"{{fold}} : ({text})"] if text else parts)


def _phrase(phrase: Phrase) -> str:
    return _quoted(" ".join(phrase.words)) + ("*" if phrase.is_begun else "")


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""').replace("-", "")
    return f'"{doubled}"'
