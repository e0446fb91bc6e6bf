"""A loaded sheet on its page: how far it has come, what is wrong in which cell, what can be done now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.intake.cells import shown, unpack_cells
from bonphuong.intake.enums import BatchStatus, RowPart, RowStatus, TwinChoice
from bonphuong.intake.models import BatchRow
from bonphuong.intake.queries import batches_visible_to
from bonphuong.intake.rules import is_worked_on
from bonphuong.intake.services import preview_of
from bonphuong.intake.tables import mapped_tables
from bonphuong.kernel.numbers import format_number
from bonphuong.kit.names import names_of
from bonphuong.records.models import Record
from bonphuong.web.desk.forms.imports import kinds, loaded
from bonphuong.web.desk.pages.paging import Sheet, sheet_of
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.intake.models import Batch
    from bonphuong.intake.schema import CellRemark, Preview, SkippedView, TwinView, UpdateView
    from bonphuong.intake.tables import MappedTable

# The whole list is in the file of rows to be mended; a page must stay one that can be read.
SHOWN = 100
SAMPLES = 3
STATES = {
    BatchStatus.STAGED: "doing",
    BatchStatus.POSTING: "soon",
    BatchStatus.POSTED: "done",
    BatchStatus.UNDONE: "gone",
}


@dataclass(frozen=True)
class BatchLine:
    """A sheet in the list."""

    batch: Batch
    office: str
    state: str


@dataclass(frozen=True)
class Part:
    """What is shown of a list, and how many more there are."""

    items: Sequence[CellRemark] | Sequence[TwinView] | Sequence[SkippedView] | Sequence[UpdateView]
    total: int

    @property
    def hidden(self) -> int:
        """How many are not shown."""
        return self.total - len(self.items)


@dataclass(frozen=True)
class StepView:
    """One step of the way of a sheet."""

    word: str
    standing: str
    under: str = ""


@dataclass(frozen=True)
class BatchPage:
    """Everything that the page shows."""

    batch: Batch
    office: str
    preview: Preview
    records: Sequence[Record]

    @property
    def state(self) -> str:
        """The badge of the sheet."""
        return STATES[BatchStatus(self.batch.status)]

    @property
    def title(self) -> str:
        """What came out, in one sentence."""
        counts, status = self.preview.counts, self.batch.status
        if status == BatchStatus.UNDONE:
            return _("The sheet was taken back as a whole")
        if self.preview.problems:
            return _("The columns of this sheet must be understood first")
        if status in {BatchStatus.POSTED, BatchStatus.POSTING}:
            entered = ngettext("%(n)s row is entered", "%(n)s rows are entered", counts.posted)
            return entered % {"n": format_number(counts.posted, language())}
        good = ngettext("%(n)s row can be entered", "%(n)s rows can be entered", counts.good)
        said = good % {"n": format_number(counts.good, language())}
        if counts.same:
            same = ngettext("%(n)s unchanged", "%(n)s unchanged", counts.same)
            said = _("%(good)s, %(bad)s") % {
                "good": said,
                "bad": same % {"n": format_number(counts.same, language())},
            }
        if not counts.bad:
            return said
        bad = ngettext("%(n)s needs mending", "%(n)s need mending", counts.bad)
        return _("%(good)s, %(bad)s") % {
            "good": said,
            "bad": bad % {"n": format_number(counts.bad, language())},
        }

    @property
    def is_worked_on(self) -> bool:
        """Whether its rows are being entered behind the page."""
        return is_worked_on(self.batch)

    @property
    def share(self) -> int | None:
        """How many of a hundred rows are in; None while the rows are still being checked."""
        return self.batch.posted * 100 // self.batch.aim if self.batch.aim else None

    @property
    def updates(self) -> Part:
        """Rows that bring stored records up to date."""
        return Part(self.preview.updates[:SHOWN], len(self.preview.updates))

    @property
    def choices(self) -> Sequence[tuple[str, object]]:
        """What may be said of a row that seems to be entered already."""
        return [("", _("not said yet")), *TwinChoice.choices]

    @property
    def errors(self) -> Part:
        """What is wrong, cell by cell."""
        return Part(self.preview.errors[:SHOWN], len(self.preview.errors))

    @property
    def warnings(self) -> Part:
        """What is unusual and stops nothing."""
        return Part(self.preview.warnings[:SHOWN], len(self.preview.warnings))

    @property
    def twins(self) -> Part:
        """Rows that seem to be entered already."""
        return Part(self.preview.twins[:SHOWN], len(self.preview.twins))

    @property
    def skipped(self) -> Part:
        """Rows that hold no record."""
        return Part(self.preview.skipped[:SHOWN], len(self.preview.skipped))

    @property
    def is_open(self) -> bool:
        """Whether rows may still be entered."""
        return self.batch.status in {BatchStatus.STAGED, BatchStatus.POSTING}

    @property
    def may_undo(self) -> bool:
        """Whether there is something to take back."""
        entered = self.batch.status in {BatchStatus.POSTED, BatchStatus.POSTING}
        return entered and self.preview.counts.posted > 0 and self.batch.forgotten_at is None

    @property
    def comes_back(self) -> int:
        """How many rows the file of rows to be mended holds."""
        return self.preview.counts.bad + self.preview.counts.twins

    @property
    def steps(self) -> list[StepView]:
        """The way of a sheet, for the stepper."""
        rows = ngettext("%(n)s row", "%(n)s rows", self.batch.rows) % {"n": self.batch.rows}
        asks = bool(self.preview.problems)
        done = self.batch.status in {BatchStatus.POSTED, BatchStatus.UNDONE}
        return [
            StepView(_("File read"), "done", rows),
            StepView(_("Columns understood"), "current" if asks else "done"),
            StepView(_("Rows checked"), "ahead" if asks else "done"),
            StepView(
                _("Rows entered"),
                "done" if done else "ahead" if asks else "current",
                str(self.batch.get_status_display()) if done else "",
            ),
        ]


def batch_list(user: User, number: int) -> Sheet[BatchLine]:
    """The sheets that the person may work with, the newest first."""
    batches = batches_visible_to(user)
    sheet = sheet_of(lambda first, end: list(batches[first:end]), number)
    names = names_of(offices={batch.office_code for batch in sheet.rows})
    lines = [
        BatchLine(batch, names.office(batch.office_code), STATES[BatchStatus(batch.status)])
        for batch in sheet.rows
    ]
    return Sheet(lines, sheet.number, sheet.has_next)


def batch_page(user: User, batch: Batch) -> BatchPage:
    """Gather the page of a sheet. Nothing is judged anew."""
    entered = BatchRow.objects.filter(batch=batch, status=RowStatus.POSTED).order_by("table", "number")
    uids = list(entered.values_list("record_uid", flat=True)[:SHOWN])
    records = Record.objects.visible_to(user).in_bulk(uids)
    return BatchPage(
        batch=batch,
        office=names_of(offices=[batch.office_code]).office(batch.office_code),
        preview=preview_of(batch, user),
        records=[records[uid] for uid in uids if uid in records],
    )


def samples_of(batch: Batch) -> Mapping[int, Sequence[Sequence[str]]]:
    """Table → the first rows of it as text, so that one sees what stands under each heading."""
    found: dict[int, list[list[str]]] = {}
    for table in mapped_tables(batch):
        rows = BatchRow.objects.filter(batch=batch, table=table.place, part=RowPart.DATA).order_by("number")
        stored = [unpack_cells(row.cells) for row in rows[:SAMPLES]]
        found[table.place] = [[shown(one.at(n)) for n in range(len(table.matched))] for one in stored]
    return found


@dataclass(frozen=True)
class ColumnLine:
    """A column of a sheet on the page that asks what it is."""

    letter: str
    heading: str
    by: str
    is_known: bool
    samples: Sequence[str]
    place: int


def column_lines(table: MappedTable, samples: Sequence[Sequence[str]]) -> list[ColumnLine]:
    """The columns of a table that have a heading or a value."""
    lines = []
    for index, found in enumerate(table.matched):
        under = [row[index] for row in samples if row[index]]
        if found.heading.text or under:
            lines.append(
                ColumnLine(
                    letter=found.heading.letter,
                    heading=found.heading.text,
                    by=str(found.by.label),
                    is_known=bool(found.code),
                    samples=under,
                    place=index,
                )
            )
    return lines


@dataclass(frozen=True)
class TemplateLink:
    """An empty workbook that can be taken away."""

    family: str
    kind: str
    label: str


def template_list(family: str = "") -> list[tuple[str, list[TemplateLink]]]:
    """The empty workbooks, by family, that of `family` first."""
    ordered = sorted(loaded(), key=lambda one: one.code != family)
    return [
        (str(one.plural), [TemplateLink(one.code, code, str(label)) for code, label in kinds(one.code)])
        for one in ordered
    ]
