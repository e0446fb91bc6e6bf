"""Full-text search over the folded columns of tables: words without marks, in every script, the newest first.

A model names what it is found by with `search_index = Index(…)`. The database itself keeps the index: FTS5 with
triggers on SQLite, a GIN index over the same column on PostgreSQL. So no write, in bulk or by hand, leaves it stale.
"""

from bonphuong.kernel.fulltext.finding import Scope, matching, newest, newest_of_each, within
from bonphuong.kernel.fulltext.marking import EXCERPT, Marked, excerpt, mark
from bonphuong.kernel.fulltext.tables import Beside, Index
from bonphuong.kernel.fulltext.words import Asked, Phrase, asked, phrases_of

__all__ = [
    "EXCERPT",
    "Asked",
    "Beside",
    "Index",
    "Marked",
    "Phrase",
    "Scope",
    "asked",
    "excerpt",
    "mark",
    "matching",
    "newest",
    "newest_of_each",
    "phrases_of",
    "within",
]
