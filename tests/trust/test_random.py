"""Whatever people do to records, in whatever order: what is posted, and every figure of a report, is the recount.

Two walks in the suite; BONPHUONG_TEST_WALKS=50 for more.
"""

from __future__ import annotations

import datetime as dt
import os
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from bonphuong.config.loading import load_shipped
from bonphuong.config.synth.delegations import delegation
from bonphuong.config.synth.families import kinds, made
from bonphuong.config.synth.offices import open_provinces
from bonphuong.families.delegations import services as of_delegations
from bonphuong.families.delegations.services import StepValues
from bonphuong.kernel import clock
from bonphuong.kernel.errors import ProductError
from bonphuong.kernel.periods import Cutoff, Period
from bonphuong.kit import services as of_kit
from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.enums import Shape, StatementKind
from bonphuong.ledger.measures import MEASURES
from bonphuong.ledger.services import declare_complete, state_figure
from bonphuong.procedures.models import Case, Transition
from bonphuong.records.models import Record
from bonphuong.reports.models import ReportDefinition
from tests.trust.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from bonphuong.config.synth.offices import Province

WALKS = int(os.environ.get("BONPHUONG_TEST_WALKS", "2"))
FIRST = int(os.environ.get("BONPHUONG_TEST_FIRST_WALK", "1"))
OPERATIONS = 90
TODAY = dt.date(2026, 3, 2)
MONTHS = (dt.date(2024, 4, 1), dt.date(2024, 12, 1), dt.date(2025, 3, 1), dt.date(2025, 8, 1))
DAYS = [
    dt.date(2024, 6, 30),
    dt.date(2024, 12, 14),
    dt.date(2025, 6, 30),
    dt.date(2025, 7, 1),
    dt.date(2025, 12, 14),
]


@dataclass
class Hand:
    """An officer who does at random what officers do; what is refused is simply not done."""

    source: random.Random
    province: Province
    drafts: dict[tuple[str, str], list[Any]] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)

    def act(self) -> None:
        """One thing, whole or not at all."""
        name = self.source.choices(
            ("enter", "correct", "void", "merge", "unmerge", "step", "cover", "state"),
            (8, 5, 1, 2, 1, 6, 2, 3),
        )[0]
        try:
            with transaction.atomic():
                if getattr(self, name)() is not None:
                    self.done[name] += 1
        except ProductError:
            self.done["refused"] += 1

    def enter(self) -> object:
        family, kind = self.source.choice([*kinds(), *(("delegations", "") for _n in range(12))])
        draft = self.draft(family, kind)
        if draft is None:
            return None
        more = {} if family == "delegations" else {"family": family, "reason": "Nhập bù"}
        return services(family).create_many(
            [draft], office_code=self.province.focal, actor=self.province.officer, **more
        )

    def correct(self) -> object:
        record = self.record()
        draft = None if record is None else self.draft(record.family, record.kind)
        if record is None or draft is None or draft.kind != record.kind:
            return None
        return services(record.family).correct(record, draft, **self.said(record))

    def void(self) -> object:
        record = self.record()
        return None if record is None else services(record.family).void(record, **self.said(record))

    def merge(self) -> object:
        keep = self.record()
        others = [] if keep is None else self.records(family=keep.family, kind=keep.kind).exclude(pk=keep.pk)
        if keep is None or not others:
            return None
        double = self.source.choice(list(others))
        return services(keep.family).merge(keep, double, **self.said(double))

    def unmerge(self) -> object:
        doubles = list(self.records(duplicate_of__isnull=False))
        if not doubles:
            return None
        double = self.source.choice(doubles)
        return services(double.family).unmerge(double, **self.said(double))

    def step(self) -> object:
        record = self.record()
        case = None if record is None else Case.objects.filter(record_uid=record.pk).first()
        ways = (
            [] if case is None else list(Transition.objects.filter(from_state=case.state_id).order_by("code"))
        )
        if record is None or not ways:
            return None
        way = self.source.choice(ways)
        on = (record.begins_on or TODAY) + dt.timedelta(days=self.source.randrange(400))
        said = {"on": min(on, TODAY), "expected_version": record.version, "actor": self.province.officer}
        if record.family == "delegations":
            values = StepValues(
                decision_number="7/QĐ-UBND", actual_heads=self.source.randint(1, 9), note="Đổi"
            )
            return of_delegations.take_step(record, way.code, values=values, **said)
        return of_kit.take_step(record, way.code, paper_numbers={"decision": "9/QĐ"}, note="Đổi", **said)

    def cover(self) -> object:
        """Some registers are complete over some days; now and then somebody takes such a word back."""
        since = dt.date(2023, 12, 1) + dt.timedelta(days=self.source.randrange(500))
        until = since + dt.timedelta(days=self.source.randrange(700))
        return declare_complete(
            actor=self.province.officer, office=self.office(), measures=self.source.sample(sorted(MEASURES), 40),
            since=since, until=until, complete=self.source.random() < 0.8, reason="Đã rà soát",
        )  # fmt: skip

    def state(self) -> object:
        """A paper gives a figure, mostly for a period that the report tells of."""
        measure = self.source.choice(sorted(MEASURES))
        year = Period.parse(self.source.choice(("2024", "2025")), Cutoff.STATUTORY)
        since = year.until if MEASURES[measure].shape is Shape.LEVEL else year.since
        return state_figure(
            actor=self.province.officer, office=self.office(), reason="Theo báo cáo", measure=measure, since=since,
            until=year.until, value=self.source.randrange(500), kind=self.source.choice(StatementKind.values),
        )  # fmt: skip

    def office(self) -> str:
        return self.source.choice((self.province.root, self.province.focal))

    def draft(self, family: str, kind: str) -> Any:
        """One that its gate takes: not each that is made up is."""
        if family == "delegations":
            month = self.source.choice(MONTHS)
            return delegation(
                self.source, self.province, month, known=frozenset(), fields=("trade", "health")
            )
        waiting = self.drafts.setdefault((family, kind), [])
        if not waiting:
            month = self.source.choice(MONTHS)
            waiting += made(self.source, family, kind, self.province, month, number=6).drafts
        return waiting.pop() if waiting else None

    def record(self) -> Record | None:
        rows = list(self.records())
        return self.source.choice(rows) if rows else None

    def records(self, **more: Any) -> Any:
        return Record.objects.filter(book=self.province.root, **more).order_by("created_at", "number")

    def said(self, record: Record) -> dict[str, Any]:
        return {"expected_version": record.version, "actor": self.province.officer, "reason": "Rà soát lại"}


def services(family: str) -> Any:
    return of_delegations if family == "delegations" else of_kit


@pytest.fixture(scope="module")
def province(django_db_setup: None, django_db_blocker: Any) -> Iterator[Province]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_shipped()
        [found] = open_provinces(1, dt.date(2023, 1, 1))
        yield found
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(FIRST, FIRST + WALKS))
def test_whatever_is_done_to_records_every_figure_is_its_recount(province, seed):
    hand = Hand(random.Random(seed), province)
    with clock.fixed(TODAY):
        for _number in range(OPERATIONS):
            hand.act()
        walk = Walk(TODAY)
        said = list(walk.ledger(province.root, DAYS))
        row = (
            ReportDefinition.objects.filter(code="annual", language="vi", office_code="", office_kind="")
            .order_by("-version")
            .first()
        )
        assert row is not None
        year = Period.parse("2025", Cutoff(row.cutoff))
        said += [one for office in (province.root, province.focal) for one in walk.report(row, office, year)]
        assert said == []
        assert check_ledger() == []
    assert hand.done["enter"] > OPERATIONS / 5
    assert sum(hand.done[name] for name in ("correct", "void", "merge", "unmerge", "step")) > OPERATIONS / 10
