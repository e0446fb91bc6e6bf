"""A line of a calendar, and what may be asked of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from bonphuong.records.enums import CalendarSort, Visibility

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from bonphuong.procedures.models import DeadlineRule

#: Records that are named by their number only, and never leave the office by paper or feed.
HIDDEN = {Visibility.PERSONAL, Visibility.RESTRICTED}
#: What a `Head` is read from; what is only counted needs no words.
FIELDS = ("pk", "family", "kind", "office_code", "visibility", "begins_on", "ends_on", "version")
WORDS = ("number", "title", "updated_at")


class Head(NamedTuple):
    """Of a record's header what a calendar shows: a year of a province has thousands of them."""

    pk: UUID
    family: str
    kind: str
    office_code: str
    visibility: str
    begins_on: dt.date | None
    ends_on: dt.date | None
    version: int
    number: str = ""
    title: str = ""
    updated_at: dt.datetime | None = None

    @property
    def is_masked(self) -> bool:
        """Whether it may be named by its number only, outside of the record's own page."""
        return self.visibility in HIDDEN


class Entry(NamedTuple):
    """Something on a day or on several, both included. `key` stays the same while it is the same thing.

    `note` says what happens then, where it is not the record itself; `source` is the text that sets the day. `page`
    with its arguments leads to what is no record. A tuple, since a year of a province has thousands of them.
    """

    key: str
    sort: CalendarSort
    since: dt.date
    until: dt.date
    title: str
    note: str = ""
    head: Head | None = None
    rule: DeadlineRule | None = None
    source: str = ""
    is_off: bool = False
    is_late: bool = False
    page: str = ""
    args: tuple[object, ...] = ()
    query: tuple[tuple[str, str], ...] = ()
    office_code: str = ""
    country_code: str = ""
    version: int = 1
    changed_at: dt.datetime | None = None
    ties: frozenset[tuple[str, str]] = frozenset()

    @property
    def days(self) -> int:
        """How many days it takes."""
        return (self.until - self.since).days + 1

    @property
    def is_masked(self) -> bool:
        """Whether it must not leave the office by paper or feed."""
        return self.head is not None and self.head.is_masked


@dataclass(frozen=True)
class Wanted:
    """What is asked of a calendar; nothing named means everything."""

    sorts: frozenset[CalendarSort] = frozenset()
    offices: frozenset[str] = frozenset()
    tie: tuple[str, str] | None = None
    masked: bool = True  # personal and restricted records too, for whoever may see them

    def takes(self, *sorts: CalendarSort) -> bool:
        """Whether one of these sorts is asked for."""
        return not self.sorts or bool(self.sorts & set(sorts))
