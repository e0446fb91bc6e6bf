"""The index on PostgreSQL: GIN over the words of the folded column, kept by the database itself.

Needs no extension. Signs that the database's own parser would read as part of an address, a number or a path become
spaces first, so that "1234/qd-ubnd" is three words here as it is on SQLite.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.kernel.fulltext.words import UNSPACED_CLASS

if TYPE_CHECKING:
    from bonphuong.kernel.fulltext.tables import Table
    from bonphuong.kernel.fulltext.words import Phrase

# A text vector takes a megabyte at most, and refuses the row beyond.
MOST_TEXT = 60_000
_SIGNS = '/-._,:;@#&<>+=~?!()[]{}|*\\"–—…·“”‘’«»'


def index_name(table: Table) -> str:
    """The name of the index."""
    return f"search_{table.name}"


def text_of(column: str) -> str:
    """SQL for a folded column with words parted by spaces alone. Immutable, so that an index may stand on it."""
    return f"translate(left({column}, {MOST_TEXT}), '{_SIGNS}', '{' ' * len(_SIGNS)}')"


def vector_of(column: str) -> str:
    """SQL for the words of a folded column. It must be said alike in the index and where the index is to serve.

    Folded Vietnamese is plain ASCII, which is told at once: a search for other signs takes longer than all the rest.
    """
    plain = text_of(column)
    spaced = f"regexp_replace({plain}, '([{UNSPACED_CLASS}])', ' \\1 ', 'g')"
    return (
        f"to_tsvector('simple'::regconfig, CASE WHEN octet_length({column}) = char_length({column}) "
        f"THEN {plain} ELSE {spaced} END)"
    )


def statement(table: Table) -> str:
    """The statement that makes the index."""
    column = f'"{table.fold}"'
    return f'CREATE INDEX "{index_name(table)}" ON "{table.name}" USING gin ({vector_of(column)})'


def phrase_of(phrase: Phrase) -> tuple[str, str]:
    """SQL that makes the query of a phrase, and its parameter. The words hold letters, figures and marks alone."""
    if phrase.is_begun:
        words = [f"'{word}'" for word in phrase.words]
        return "%s::tsquery", " <-> ".join(words) + ":*"
    # The database parts the words as it did those of the column, marks that stand alone included.
    return "phraseto_tsquery('simple'::regconfig, %s)", " ".join(phrase.words)
