"""What a family tells the rest of the product about itself.

A family registers one `Family` when it starts. Everything that it names by a dotted path is read on first use,
because a family registers before its own models can be imported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, cast

from django.apps import apps
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from bonphuong.records.enums import CalendarSort
from bonphuong.records.pieces import PLAIN

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence
    from uuid import UUID

    from django.db.models import Model, QuerySet
    from django.utils.functional import _StrOrPromise

    from bonphuong.accounts.models import User
    from bonphuong.ledger.facts import FactDraft
    from bonphuong.records.entries import Entry
    from bonphuong.records.models import Record
    from bonphuong.records.pieces import Dossier
    from bonphuong.records.twins import Probe


class ColumnKind(StrEnum):
    """What a column holds; says how a cell is read, written and aligned."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    COUNTRY = "country"
    OFFICE = "office"
    FIELD = "field"
    FLAG = "flag"


@dataclass(frozen=True)
class Column:
    """One column for screen, import, export, annex and API alike.

    `value` takes a row of the family's model and gives plain data (str, int, Decimal, date, bool or None).
    A template offers `choices` in the cells of the column, and of itself the names of countries, offices and fields
    to columns of these kinds. `hint` says in the help of a template which forms are taken, `example` gives one.
    `aliases` are headings that officers' own sheets use for it; they are compared folded. `width` is in
    characters. `restricted` columns never leave by export or API.
    """

    code: str
    label: _StrOrPromise
    value: Callable[[Any], object]
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 16
    aliases: tuple[str, ...] = ()
    required: bool = False
    instead: tuple[str, ...] = ()
    takes_import: bool = True
    on_screen: bool = True
    restricted: bool = False
    hint: _StrOrPromise = ""
    choices: Callable[[], Sequence[str]] | None = (
        None  # words offered in a template, in the reader's language
    )
    example: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of record within a family.

    `prefix` begins its internal numbers ("ĐR-2025-031"). `procedure` is the code of the procedure that it runs
    through, `columns` the dotted path of its `Sequence[Column]`. `hints` are words in titles, names of sheets and
    headings of officers' own sheets that tell this kind, beside its label and plural; they are compared folded.
    """

    code: str
    label: _StrOrPromise
    plural: _StrOrPromise
    prefix: str
    procedure: str = ""
    columns: str = ""
    icon: str = ""
    takes_import: bool = True
    hints: tuple[str, ...] = ()


#: Which days of a record a mark shows: all from its first to its last, or one of the two alone.
SPAN, BEGINS, ENDS = "span", "begins", "ends"


@dataclass(frozen=True)
class Mark:
    """What records of a family put in a calendar.

    `day` is SPAN, BEGINS or ENDS (days of the header), or a date of the family's own model by its name; the latter is
    left out where one of the dates in `unless` is known, and has an index of its own. `label` says what happens on the
    day where it is not the record itself ("runs out"). `kinds` empty means every kind. `asks` is the field of a new
    record's form that the day fills, where the family's scheme does not tell it.
    """

    sort: CalendarSort
    day: str = SPAN
    label: _StrOrPromise = ""
    kinds: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    asks: str = ""

    @property
    def is_own(self) -> bool:
        """Whether the day is the family's own, not the header's."""
        return self.day not in {SPAN, BEGINS, ENDS}


@dataclass(frozen=True)
class Timetable:
    """Lines of a record that go by the hour, for its own calendar file: names of the relation and of its columns.

    `begins` and `ends` hold "HH:MM" or nothing; without them a line takes the whole day.
    """

    lines: str
    on: str
    what: str
    begins: str = ""
    ends: str = ""
    where: str = ""


@dataclass(frozen=True)
class Calendar:
    """What a family puts in calendars: days of its records, their hours, and by a dotted path (`EntriesOf`) the rest."""

    marks: tuple[Mark, ...] = (Mark(CalendarSort.WORK, BEGINS),)
    timetable: Timetable | None = None
    more: str = ""


@dataclass(frozen=True)
class CellError:
    """What is wrong with one cell of a row; `column` is empty when the whole row is meant."""

    column: str
    message: str


@dataclass(frozen=True)
class Cleaned:
    """One row after the gate: a draft that `create_many` takes, or errors; warnings stop nothing.

    `index` is the row's place in what was given. `twins` are records that look like the same event. A row that
    named a record (`record_uid`) comes back with it as `of`, and with the columns that differ from what is stored:
    none means that nothing was changed.
    """

    index: int
    draft: object | None = None
    errors: tuple[CellError, ...] = ()
    warnings: tuple[CellError, ...] = ()
    twins: tuple[UUID, ...] = ()
    of: UUID | None = None
    changed: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether the row can be taken in."""
        return self.draft is not None and not self.errors


class CleanMany(Protocol):
    """The gate: rows keyed by column code (values as read from a sheet or a form) become drafts or errors.

    A row with `record_uid` (a UUID) and `record_version` stands for a stored record: its columns are laid over
    what is stored.
    """

    def __call__(
        self, rows: Sequence[Mapping[str, object]], *, kind: str, office_code: str, actor: User
    ) -> Sequence[Cleaned]:
        """One `Cleaned` for each row, in order."""
        ...


class CreateMany(Protocol):
    """Writes drafts that the same family's gate made; the new headers come back in the order of the drafts."""

    def __call__(
        self, drafts: Sequence[object], *, kind: str, office_code: str, actor: User, reason: str
    ) -> Sequence[Record]:
        """One header for each draft, in order."""
        ...


class UpdateMany(Protocol):
    """Writes drafts that the gate laid over stored records; raises Conflict where one was changed since."""

    def __call__(
        self, drafts: Sequence[object], *, kind: str, office_code: str, actor: User, reason: str
    ) -> Sequence[Record]:
        """The headers as they stand now, in the order of the drafts. All or nothing."""
        ...


class Prepare(Protocol):
    """Makes ready, in a bounded number of queries, what the columns of these rows show: names of codes, lines."""

    def __call__(self, rows: Sequence[Any], /) -> None:
        """Nothing is given back: the rows know more."""
        ...


class UndoMany(Protocol):
    """Takes records back as if they had never been entered: rows go, their postings are reversed."""

    def __call__(self, uids: Sequence[UUID], *, actor: User, reason: str) -> None:
        """All or nothing."""
        ...


class ProbeOf(Protocol):
    """What is known of a cleaned draft, for finding the same event entered already."""

    def __call__(self, draft: Any, book: str, /) -> Probe | None:
        """None for a draft that cannot be compared, for want of a day."""
        ...


class FactsOf(Protocol):
    """Pure: a row of the family, alone, gives the facts that it stands for."""

    def __call__(self, row: Any, /) -> Sequence[FactDraft]:
        """None for a row that counts for nothing."""
        ...


class FactsRows(Protocol):
    """The family's rows with all that `FactsOf` reads, ready for `iterator()`."""

    def __call__(self) -> QuerySet[Any]:
        """Every row of the family."""
        ...


class DatesOf(Protocol):
    """The family's own dates of a record, by the names that deadlines count from."""

    def __call__(self, record: Record, /) -> Mapping[str, dt.date | None]:
        """Empty where the family keeps none beside the header's."""
        ...


class EntriesOf(Protocol):
    """What goes into a person's calendar beside the days of records, in a bounded number of queries."""

    def __call__(self, user: User, since: dt.date, until: dt.date, /) -> Iterable[Entry]:
        """Only what that person may see; both days included."""
        ...


@dataclass(frozen=True)
class Family:
    """A family of records as the generic parts see it. Dotted paths are read on first use."""

    code: str
    label: _StrOrPromise
    plural: _StrOrPromise
    model: str  # "delegations.Delegation"; its `record` leads to the header
    kinds: tuple[Kind, ...]
    url_name: str  # of the detail page; takes the record's uid
    icon: str = "file"
    facts: str = ""
    facts_rows: str = ""
    clean_many: str = ""
    create_many: str = ""
    update_many: str = ""
    undo_many: str = ""
    probe: str = ""
    prepare: str = ""
    scheme: str = ""  # for families made of the kit
    dossier: str = ""  # what its records tell of a partner
    dates: str = ""  # of a record: the family's own dates that deadlines may count from
    words: Mapping[str, _StrOrPromise] = field(default_factory=dict)
    calendar: Calendar = Calendar()

    def get_model(self) -> type[Model]:
        """The family's own model."""
        return apps.get_model(self.model)

    def kind(self, code: str) -> Kind:
        """The kind by its code. Raises KeyError."""
        for kind in self.kinds:
            if kind.code == code:
                return kind
        raise KeyError(f"{self.code} has no kind {code!r}")

    def columns_of(self, kind: str) -> Sequence[Column]:
        """The columns of a kind; none when it has no list."""
        path = self.kind(kind).columns
        found = import_string(path) if path else ()
        return cast("Sequence[Column]", found[kind] if isinstance(found, Mapping) else found)

    def dates_of(self, record: Record) -> Mapping[str, dt.date | None]:
        """The family's own dates that deadlines of the record may count from; none where it has none."""
        return cast("DatesOf", import_string(self.dates))(record) if self.dates else {}

    def get_facts(self) -> FactsOf:
        """The pure function from a row to its facts."""
        return cast("FactsOf", import_string(self.facts))

    def get_facts_rows(self) -> QuerySet[Any]:
        """All rows, with what the facts need."""
        return cast("FactsRows", import_string(self.facts_rows))()

    def get_clean_many(self) -> CleanMany:
        """The family's gate."""
        return cast("CleanMany", import_string(self.clean_many))

    def get_create_many(self) -> CreateMany:
        """The family's writer of cleaned rows."""
        return cast("CreateMany", import_string(self.create_many))

    def get_update_many(self) -> UpdateMany | None:
        """The family's writer of changed rows; None where sheets only add."""
        return cast("UpdateMany", import_string(self.update_many)) if self.update_many else None

    def get_prepare(self) -> Prepare | None:
        """What makes rows ready for their columns; None where they need nothing."""
        return cast("Prepare", import_string(self.prepare)) if self.prepare else None

    def get_dossier(self) -> Dossier:
        """What its records tell of a partner beside their headers; nothing more for a family that names none."""
        return cast("Dossier", import_string(self.dossier)) if self.dossier else PLAIN

    def get_undo_many(self) -> UndoMany:
        """The family's way to take records back."""
        return cast("UndoMany", import_string(self.undo_many))

    def get_probe(self) -> ProbeOf | None:
        """What finds a draft's twins; None for a family whose records are never compared."""
        return cast("ProbeOf", import_string(self.probe)) if self.probe else None


_FAMILIES: dict[str, Family] = {}
_MORE_DAYS: dict[str, None] = {}

#: What a record of an unknown family is called: a package from a newer server may bring one.
UNKNOWN = _("record")


def register(family: Family) -> None:
    """Make a family known. The same twice is nothing; another under a taken code or prefix raises ValueError."""
    known = _FAMILIES.get(family.code)
    if known is not None and known != family:
        raise ValueError(f"two families are called {family.code!r}")
    taken = {
        kind.prefix: other.code for other in _FAMILIES.values() if other != family for kind in other.kinds
    }
    for kind in family.kinds:
        if kind.prefix in taken:
            raise ValueError(f"the prefix {kind.prefix!r} belongs to {taken[kind.prefix]!r}")
    _FAMILIES[family.code] = family


def register_days(path: str) -> None:
    """Let what is no family put days in calendars: the dotted path of an `EntriesOf`."""
    _MORE_DAYS[path] = None


def more_days() -> list[EntriesOf]:
    """All that puts days in calendars beside the days of records."""
    paths = [*_MORE_DAYS, *(family.calendar.more for family in families() if family.calendar.more)]
    return [cast("EntriesOf", import_string(path)) for path in paths]


def families() -> tuple[Family, ...]:
    """All families, by code."""
    return tuple(_FAMILIES[code] for code in sorted(_FAMILIES))


def get_family(code: str) -> Family:
    """The family by its code. Raises KeyError."""
    return _FAMILIES[code]


def kind_label(family: str, kind: str) -> _StrOrPromise:
    """What a kind of record is called, for lists over all families."""
    known = _FAMILIES.get(family)
    if known is None:
        return UNKNOWN
    return next((k.label for k in known.kinds if k.code == kind), known.label)
