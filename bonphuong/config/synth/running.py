"""Playing the years: month by month, province by province, in bulk, as offices would have entered it."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation

from bonphuong.config.synth import families
from bonphuong.config.synth.delegations import delegation
from bonphuong.config.synth.offices import Province, open_provinces
from bonphuong.families.delegations.models import Delegation
from bonphuong.families.delegations.services import (
    StepValues,
    correct,
    create_many,
    draft_of,
    merge,
    take_step,
)
from bonphuong.kernel import clock
from bonphuong.kernel.bulk import uncollected
from bonphuong.kernel.periods import Period
from bonphuong.ledger.services import close_books
from bonphuong.parties.models import Party
from bonphuong.reference.models import CooperationField

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bonphuong.families.delegations.schema import DelegationDraft
    from bonphuong.records.models import Record

LATE = "Đơn vị gửi báo cáo chậm"
CHUNK = 500
SMALL, KINDS_A_YEAR = 4, 6
#: Of a thousand delegations so many are entered two months late, corrected, entered twice; of a thousand that were
#: allowed and never left, so many are called off.
LATE_OF_1000, CORRECTED, DOUBLED, CALLED_OFF = 10, 3, 1, 400


@dataclass(frozen=True)
class Order:
    """What is wanted. `others` records of other families for a hundred delegations."""

    provinces: int = 34
    years: int = 10
    delegations: int = 1_000_000
    seed: int = 1
    others: int = 4
    until: dt.date = dt.date(2026, 6, 30)


@dataclass
class Done:
    """What was made so far."""

    delegations: int = 0
    others: int = 0
    corrected: int = 0
    late: int = 0
    cancelled: int = 0
    merged: int = 0
    refused: dict[str, int] = field(default_factory=dict)


def run(order: Order, *, progress: Callable[[Done], None] | None = None) -> Done:
    """Make the set; `progress` hears of every batch. Raises what the services raise; batches before stay."""
    done = Done()
    months = list(_months(order))
    with translation.override("vi"):
        provinces = open_provinces(order.provinces, months[0] - dt.timedelta(days=400))
        known = frozenset(Party.objects.values_list("code", flat=True))
        fields = tuple(CooperationField.objects.order_by("code").values_list("code", flat=True))
        every = order.delegations / (len(months) * len(provinces))
        for number, month in enumerate(months):
            for place, province in enumerate(provinces):
                source = random.Random(f"{order.seed}-{month}-{province.root}")  # noqa: S311 - made-up data
                slot = number * len(provinces) + place
                count = round((slot + 1) * every) - round(slot * every)
                _month(_Month(province, month, source, known, fields, done), count)
                if number % 12 == 11:
                    year = _Year(province, month, source, done, turn=number // 12 + place)
                    _others(year, order, round(every * 12 * order.others / 100))
                if progress is not None:
                    progress(done)
    return done


def _months(order: Order) -> Iterator[dt.date]:
    last = order.until.year * 12 + order.until.month - 1
    for index in range(last - order.years * 12 + 1, last + 1):
        yield dt.date(index // 12, index % 12 + 1, 1)


@dataclass(frozen=True)
class _Month:
    province: Province
    month: dt.date
    source: random.Random
    known: frozenset[str]
    fields: tuple[str, ...]
    done: Done

    @property
    def entered_at(self) -> dt.date:
        """When the month's papers are typed in: some days into the next."""
        return (self.month + dt.timedelta(days=40)).replace(day=9)


def _month(month: _Month, count: int) -> None:
    late = sum(month.source.randrange(1000) < LATE_OF_1000 for _n in range(count))
    made: list[Record] = []
    with clock.fixed(month.entered_at):
        for start in range(0, count - late, CHUNK):
            made += _batch(month, min(CHUNK, count - late - start))
        _afterwards(month, made)
        _close(month)
    if late:
        with clock.fixed(month.entered_at + dt.timedelta(days=75)):
            _batch(month, late, LATE)
        month.done.late += late


def _batch(month: _Month, count: int, late_reason: str = "") -> list[Record]:
    drafts = [
        delegation(month.source, month.province, month.month, known=month.known, fields=month.fields)
        for _n in range(count)
    ]
    officer, focal = month.province.officer, month.province.focal
    with uncollected():
        made = create_many(drafts, office_code=focal, actor=officer, late_reason=late_reason, is_demo=True)
    month.done.delegations += count
    return made


def _afterwards(month: _Month, made: list[Record]) -> None:
    """What happens to some of them later in the month: a mistake is found, a trip is called off, a double merged."""
    officer = month.province.officer
    rows = Delegation.objects.select_related("record").in_bulk([record.pk for record in made])
    for record in made:
        dice, row = month.source.randrange(1000), rows[record.pk]
        if dice < CORRECTED and row.actual_heads and row.actual_heads > 1:
            before = draft_of(row)
            draft = replace(before, actual_heads=row.actual_heads - 1)
            correct(record, draft, expected_version=record.version, actor=officer, reason="Đếm lại")
            month.done.corrected += 1
        elif record.state == "approved" and dice < CALLED_OFF:
            take_step(
                record, "cancel", on=month.entered_at, expected_version=record.version, actor=officer,
                values=StepValues(note="Thay đổi kế hoạch"),
            )  # fmt: skip
            month.done.cancelled += 1
        elif CALLED_OFF <= dice < CALLED_OFF + DOUBLED:
            with transaction.atomic():
                [double] = create_many(
                    [_again(draft_of(row))], office_code=record.office_code, actor=officer, is_demo=True
                )
                merge(record, double, expected_version=double.version, actor=officer, reason="Nhập trùng")
            month.done.merged += 1


def _again(draft: DelegationDraft) -> DelegationDraft:
    """The same delegation typed in once more: its members are other rows."""
    return replace(draft, members=tuple(replace(member, uid=None) for member in draft.members))


def _close(month: _Month) -> None:
    # The month before: decisions of this one were taken in it, and are only typed in now.
    before = month.month - dt.timedelta(days=1)
    period = Period.parse(f"{before:%Y-%m}")
    close_books(actor=month.province.officer, office=month.province.root, report="monthly", period=period)


@dataclass(frozen=True)
class _Year:
    province: Province
    last_month: dt.date
    source: random.Random
    done: Done
    turn: int


def _others(year: _Year, order: Order, wanted: int) -> None:
    """A year's records of other families, some kinds each year: whole lists at once, as offices hand them in."""
    known = families.kinds()
    # A small set shows every kind; a large one goes through them in turn, province by province and year by year.
    some = len(known) if order.provinces * order.years <= SMALL else KINDS_A_YEAR
    kinds = [known[(year.turn * some + n) % len(known)] for n in range(some)]
    with clock.fixed((year.last_month + dt.timedelta(days=75)).replace(day=20)):
        for place, (family, kind) in enumerate(kinds):
            number = wanted * (place + 1) // some - wanted * place // some
            if not number:
                continue
            month = year.last_month.replace(month=1 + year.source.randrange(year.last_month.month))
            made = families.made(year.source, family, kind, year.province, month, number=number)
            taken = (
                families.enter(family, kind, year.province, made.drafts, reason=LATE) if made.drafts else 0
            )
            year.done.others += taken
            if taken < number:
                name = f"{family}.{kind}"
                year.done.refused[name] = year.done.refused.get(name, 0) + number - taken
