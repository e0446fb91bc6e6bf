"""Everything that holds certain words, grouped by what it is, within what somebody may see; the newest first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bonphuong.kernel.text import fold
from bonphuong.records.models import Record
from bonphuong.records.registry import families
from bonphuong.records.searching import newest_of_families, newest_records, wanted_of
from bonphuong.search.enums import Kind
from bonphuong.search.ranking import ranked
from bonphuong.search.sources import sources

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.kernel.fulltext import Asked
    from bonphuong.search.sources import Source

# So many of a group are shown, and so many looked for: beyond, the page says "more than". A glance, given while
# somebody types, looks for less.
SHOWN, COUNTED = 5, 100
GLANCED, GLANCE_RECORDS, GLANCE_OTHERS = 30, 6, 3
# Where a kind has no more than this, the best fit stands first.
FEW = 30


@dataclass(frozen=True)
class Group:
    """What was found of one kind, records by family. `count` is exact unless there `is_more`."""

    kind: str
    family: str
    rows: tuple[Any, ...]
    count: int
    is_more: bool


@dataclass(frozen=True)
class Found:
    """What was found, and what for. `exact` is the one record or paper whose number was typed, if there is one."""

    text: str
    wanted: Asked
    groups: tuple[Group, ...]
    exact: Any = None

    @property
    def count(self) -> int:
        """How many in all, as far as they were looked for."""
        return sum(group.count for group in self.groups)

    @property
    def is_more(self) -> bool:
        """Whether there are more than those."""
        return any(group.is_more for group in self.groups)


def find(user: User, text: str, *, only: str = "") -> Found:
    """Everything that the person may see and that holds what they typed; of each group the first few.

    With `only` one kind of things that are no records, and of it as many as are looked for.
    """
    wanted = wanted_of(text)
    if not wanted:
        return Found(text, wanted, ())
    groups = [] if only else _records(user, wanted, text)
    for source in sources():
        keys = [] if only and source.kind != only else source.find(user, wanted, COUNTED + 1)
        if keys:
            groups.append(_group(source, keys, wanted, text, COUNTED if only else SHOWN))
    return Found(text, wanted, tuple(groups), None if only else _exact(groups, text))


def glance(user: User, text: str) -> Found:
    """The first of everything, for whoever is still typing. Records stand in one group."""
    wanted = wanted_of(text, is_typing=True)
    if not wanted:
        return Found(text, wanted, ())
    groups = []
    keys = newest_records(user, wanted, limit=GLANCED + 1)
    if keys:
        rows = _in_order(Record.objects.select_related("due_rule").in_bulk(keys[:GLANCED]), keys)
        few = ranked(rows, wanted, text, _record_texts) if len(keys) <= GLANCED else rows
        shown = tuple(few[:GLANCE_RECORDS])
        groups.append(Group(Kind.RECORD, "", shown, len(rows), len(keys) > GLANCED))
    for source in sources():
        found = source.find(user, wanted, GLANCE_OTHERS + 1)
        if found:
            groups.append(_group(source, found, wanted, text, GLANCE_OTHERS))
    return Found(text, wanted, tuple(groups))


def _records(user: User, wanted: Asked, text: str) -> list[Group]:
    """By family. Where all are at hand one statement is enough; else each family is asked for its own newest."""
    keys = newest_records(user, wanted, limit=COUNTED + 1)
    if len(keys) <= COUNTED:
        rows = _in_order(Record.objects.select_related("due_rule").in_bulk(keys), keys)
        by_family: dict[str, list[Record]] = defaultdict(list)
        for row in rows:
            by_family[row.family].append(row)
        return [_of_family(family, found, len(found), wanted, text) for family, found in by_family.items()]
    codes = [family.code for family in families()]
    found_keys = newest_of_families(user, wanted, codes, limit=COUNTED + 1)
    needed = [key for found in found_keys.values() for key in _to_read(found)]
    records = Record.objects.select_related("due_rule").in_bulk(needed)
    return [
        _of_family(family, _in_order(records, found), len(found), wanted, text)
        for family, found in found_keys.items()
        if found
    ]


def _to_read(keys: Sequence[UUID]) -> Sequence[UUID]:
    """Those whose rows are needed: all of a few, to put them in order; else only what is shown."""
    return keys if len(keys) <= FEW else keys[:SHOWN]


def _of_family(family: str, rows: Sequence[Record], count: int, wanted: Asked, text: str) -> Group:
    few = ranked(rows, wanted, text, _record_texts) if count <= FEW else rows
    return Group(Kind.RECORD, family, tuple(few[:SHOWN]), min(count, COUNTED), count > COUNTED)


def _record_texts(record: Record) -> Sequence[str]:
    return (f"{record.number} {record.title}", record.title, record.number, record.summary, record.words)


def _group(source: Source, keys: Sequence[Any], wanted: Asked, text: str, shown: int) -> Group:
    most = GLANCE_OTHERS if shown == GLANCE_OTHERS else COUNTED
    read = keys if len(keys) <= FEW else keys[:shown]
    rows = _in_order(source.rows(list(read)), read)
    if len(keys) <= FEW:
        rows = ranked(rows, wanted, text, source.texts)
    return Group(source.kind, "", tuple(rows[:shown]), min(len(keys), most), len(keys) > most)


def _in_order(rows: dict[Any, Any], keys: Sequence[Any]) -> list[Any]:
    return [rows[key] for key in keys if key in rows]


def _exact(groups: Sequence[Group], text: str) -> Any:
    """The one record, or else the one paper, that bears exactly the number that was typed."""
    whole = fold(text)
    for kind, attribute in ((Kind.RECORD, "number"), (Kind.PAPER, "reference")):
        rows = [row for group in groups if group.kind == kind for row in group.rows]
        found = [row for row in rows if fold(getattr(row, attribute)) == whole]
        if found:
            return found[0] if len(found) == 1 else None
    return None
