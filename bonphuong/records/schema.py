"""What is given to make or to change a header, typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict

from django.utils.translation import gettext as _

from bonphuong.kernel.text import fold, tidy
from bonphuong.records.enums import Visibility

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from bonphuong.procedures.models import DeadlineRule
    from bonphuong.procedures.services import Passage

TITLE_LENGTH = 300
HEAD_LENGTH = 120


@dataclass(frozen=True)
class Tie:
    """A permanent code that a record is about; `kind` is a `TieKind`."""

    kind: str
    code: str
    is_main: bool = False


@dataclass(frozen=True)
class HeaderDraft:
    """A header to be made.

    `opened_on` (today by default) is the day on which its case begins; with a `passage` it arrives decided and
    is opened where its papers say. `year` is that of its number, by default of the day it counts on, begins on
    or was opened on. `dates` are further dates that deadlines may count from.
    """

    family: str
    kind: str
    title: str
    office_code: str
    summary: str = ""
    visibility: str = Visibility.OFFICE
    counts_on: dt.date | None = None
    begins_on: dt.date | None = None
    ends_on: dt.date | None = None
    head_name: str = ""
    words: str = ""
    is_demo: bool = False
    ties: Sequence[Tie] = ()
    shared_with: Sequence[str] = ()
    paper_uids: Sequence[UUID] = ()
    uid: UUID | None = None
    year: int | None = None
    procedure_code: str = ""
    opened_on: dt.date | None = None
    passage: Passage | None = None
    dates: Mapping[str, dt.date | None] = field(default_factory=dict)


class HeaderChanges(TypedDict, total=False):
    """What a change of a header may touch. What is left out stays."""

    title: str
    summary: str
    visibility: str
    counts_on: dt.date | None
    begins_on: dt.date | None
    ends_on: dt.date | None
    head_name: str
    words: str
    ties: Sequence[Tie]
    shared_with: Sequence[str]


class Stand(TypedDict):
    """Where a record's case stands, as its header repeats it."""

    state: str
    is_closed: bool
    due_on: dt.date | None
    due_rule: DeadlineRule | None


def errors_in(title: str, begins_on: dt.date | None, ends_on: dt.date | None) -> dict[str, list[str]]:
    """What is wrong with a header, by field."""
    errors = {}
    if not title.strip():
        errors["title"] = [_("Give the record a title.")]
    elif len(title) > TITLE_LENGTH:
        errors["title"] = [_("The title is longer than %(limit)s characters.") % {"limit": TITLE_LENGTH}]
    if begins_on and ends_on and ends_on < begins_on:
        errors["ends_on"] = [_("It ends before it begins.")]
    return errors


def fold_of(*texts: str) -> str:
    """Folded text of all that should find a record."""
    return fold(" ".join(text for text in texts if text))


def head_fold_of(name: str) -> str:
    """A head's name for comparing: folded, of bounded length."""
    return fold(tidy(name))[:HEAD_LENGTH]
