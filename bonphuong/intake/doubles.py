"""Rows that are entered already, or stand twice in the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.utils.translation import gettext as _

from bonphuong.intake import cells as cell_text
from bonphuong.intake.cells import Note
from bonphuong.intake.enums import RowStatus
from bonphuong.kernel.text import fold
from bonphuong.records.models import Record
from bonphuong.records.registry import get_family
from bonphuong.records.twins import Reason, earlier_likes, find_twins

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.intake.models import Batch, BatchRow
    from bonphuong.records.twins import Probe, Twin


class GoodRow(Protocol):
    """A row that passed the gate."""

    row: BatchRow
    values: dict[str, object]
    draft: object | None

    @property
    def kind(self) -> str: ...


_NAME = "title"
# Said by us and not by the sheet: they make no two rows different.
_OURS = frozenset({"happened", "year"})


def mark_doubles(good: Sequence[GoodRow], batch: Batch) -> None:
    """Take rows for entered already where the head of the delegation, or its very name, is the same on the same days.

    What agrees in less is said as a remark and entered.
    """
    _mark_equal(good)
    probe_of = get_family(batch.family).get_probe()
    if probe_of is None:
        return
    probes = [probe_of(one.draft, batch.book) for one in good]
    _mark_within(good, probes)
    _mark_known(good, probes, batch)


def _mark_equal(good: Sequence[GoodRow]) -> None:
    first: dict[tuple[object, ...], BatchRow] = {}
    for one in good:
        content = _content(one)
        known = first.setdefault(content, one.row)
        if known is not one.row:
            _double(one.row, known)


def _content(one: GoodRow) -> tuple[object, ...]:
    said = sorted(
        (code, value) for code, value in one.values.items() if code not in _OURS and value is not None
    )
    return (one.kind, *((code, fold(value) if isinstance(value, str) else value) for code, value in said))


def _double(row: BatchRow, known: BatchRow) -> None:
    row.status = RowStatus.TWIN
    row.same_as = known.same_as or known.pk


def _mark_within(good: Sequence[GoodRow], probes: Sequence[Probe | None]) -> None:
    for one, likes in zip(good, earlier_likes(probes), strict=True):
        sure = (
            good[place].row
            for place, reasons in likes
            if Reason.HEAD in reasons or _same_name(_name(good[place].values), one)
        )
        known = next(sure, None)
        if known is not None and one.row.same_as is None:
            _double(one.row, known)


def _mark_known(good: Sequence[GoodRow], probes: Sequence[Probe | None], batch: Batch) -> None:
    asked = [probe for probe in probes if probe is not None]
    found = iter(find_twins(asked))
    by_row = [(one, next(found)) for one, probe in zip(good, probes, strict=True) if probe is not None]
    by_row = [(one, twins) for one, twins in by_row if twins]
    uids = {twin.uid for _one, twins in by_row for twin in twins}
    seen = set(Record.objects.visible_to(batch.actor).filter(pk__in=uids).values_list("pk", flat=True))
    for one, twins in by_row:
        sure = [t for t in twins if Reason.HEAD in t.reasons or _same_name(fold(t.title), one)]
        if sure:
            one.row.status = RowStatus.TWIN
            one.row.twins = [str(twin.uid) for twin in sure]
        else:
            _remark(one.row, [twin for twin in twins if twin.uid in seen])


def _remark(row: BatchRow, twins: Sequence[Twin]) -> None:
    if not twins:
        message = _("Another office has entered something with the same partner on these days.")
    else:
        message = _("It may be the same as %(numbers)s.") % {
            "numbers": ", ".join(t.number for t in twins[:3])
        }
    notes = cell_text.unpack_notes(row.notes)
    row.notes = cell_text.pack_notes(
        cell_text.RowNotes(notes.errors, (*notes.warnings, Note(None, "", message)), notes.remark)
    )


def _same_name(name: str, one: GoodRow) -> bool:
    return bool(name) and name == _name(one.values)


def _name(values: Mapping[str, object]) -> str:
    return fold(str(values.get(_NAME) or ""))
