"""What a report stands on, read once: figures, the rows under them, records, names, texts. Plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bonphuong.kit.money import RateBook

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from bonphuong.accounts.models import Office
    from bonphuong.indicators.evidence import FactRow
    from bonphuong.indicators.figures import Figure
    from bonphuong.kernel.periods import Period
    from bonphuong.reports.models import ReportDefinition
    from bonphuong.reports.nation.counting import NationFigure
    from bonphuong.reports.nation.provinces import Nation
    from bonphuong.reports.queries import Earlier, Told
    from bonphuong.reports.schema import AnnexSpec, Definition

#: A figure by its name in the definition and by the span it is for: ("out.groups", "same:to_date").
Key = tuple[str, str]
Heads = dict[str, tuple[int, str]]

SAME = "same:"
BEFORE = "before"
RESTATED = "restated:"
YEAR = "year:"


@dataclass(frozen=True)
class Spans:
    """The periods of a report by name, and those editions whose own periods are among them."""

    by_name: Mapping[str, Period]
    earlier: Earlier
    restated: Mapping[str, Told] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Period:
        return self.by_name[name]

    @property
    def is_mid_year(self) -> bool:
        """Whether the year had days before the period, so that what it had so far is more than the period."""
        return "to_date" in self.by_name and self["to_date"].since < self["period"].since

    @property
    def years(self) -> Mapping[str, Period]:
        """The years of a report over several, by the names of their spans; none where it tells no year alone."""
        return {name: span for name, span in self.by_name.items() if name.startswith(YEAR)}


@dataclass(frozen=True)
class RecordView:
    """A record as evidence shows it. A masked one (a personal trip, restricted) has no title and no address."""

    uid: UUID
    number: str
    title: str
    family: str
    kind: str
    kind_label: str
    office: str
    is_demo: bool = False
    is_masked: bool = False
    has_paper: bool = True
    head_fold: str = ""


@dataclass(frozen=True)
class PaperView:
    """A paper that states a figure, as evidence cites it."""

    text: str
    on: dt.date | None = None


@dataclass(frozen=True)
class TextView:
    """What a person wrote for a slot, and what they say of it ("" : written)."""

    body: str = ""
    state: str = ""
    is_carried: bool = False


@dataclass(frozen=True)
class MoneyRow:
    """What a record stands for on a day in đồng and in US cents, both as the ledger keeps them."""

    source: UUID
    measure: str
    on: dt.date
    vnd: int
    usd: int


Cell = str | int | dict[str, str]


@dataclass(frozen=True)
class AnnexRow:
    """One row of an annex: the records that it is made of, and its cells."""

    uids: tuple[UUID, ...]
    cells: Sequence[Cell]


@dataclass(frozen=True)
class AnnexRows:
    """The rows of one annex."""

    spec: AnnexSpec
    rows: Sequence[AnnexRow]

    @property
    def uids(self) -> Sequence[UUID]:
        """The records in it, each once."""
        return list(dict.fromkeys(uid for row in self.rows for uid in row.uids))


@dataclass(frozen=True)
class Counted:
    """What the ledger says: figures by key, facts by key, and the heads that were read."""

    found: Mapping[Key, Figure]
    rows: Mapping[Key, Sequence[FactRow]]
    heads: Heads
    national: Mapping[Key, NationFigure] = field(default_factory=dict)


@dataclass(frozen=True)
class Replaced:
    """The signed edition of the same period whose place a corrected one takes, and why there is another."""

    told: Told
    reason: str = ""


@dataclass(frozen=True)
class Ground:
    """Everything that a content is composed from. Nothing is read from the database after this."""

    row: ReportDefinition
    definition: Definition
    office: Office
    language: str
    spans: Spans
    day: dt.date
    counted: Counted
    records: Mapping[UUID, RecordView] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    #: Code of a partner that was entered twice → the one that stays, for whom both are told.
    kept: Mapping[str, str] = field(default_factory=dict)
    #: Dimension → code → who answers for it on the last day of the period, where a table reads places as now.
    heirs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    papers: Mapping[UUID, PaperView] = field(default_factory=dict)
    texts: Mapping[str, TextView] = field(default_factory=dict)
    estimates: Mapping[str, int] = field(default_factory=dict)
    annexes: Sequence[AnnexRows] = ()
    tellings: Mapping[Key, Sequence[str]] = field(default_factory=dict)
    receivers: Sequence[str] = ()
    notes: Sequence[str] = ()
    not_carried_out: Sequence[UUID] = ()
    nations: Mapping[str, Nation] = field(default_factory=dict)
    money: Sequence[MoneyRow] = ()
    rates: RateBook = field(default_factory=RateBook)
    is_demo: bool = False
    replaced: Replaced | None = None

    @property
    def is_open(self) -> bool:
        """Whether days of the period are still to come."""
        return self.day <= self.spans["period"].until
