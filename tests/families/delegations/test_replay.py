"""Random lives of delegations keep replay = ledger and leave every earlier as-of figure as it was."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bonphuong.accounts.models import User
from bonphuong.families.delegations.queries import with_all
from bonphuong.families.delegations.services import (
    StepValues,
    correct,
    create,
    draft_of,
    merge,
    take_step,
    undo_many,
    void,
)
from bonphuong.kernel import clock
from bonphuong.kernel.periods import Period
from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.facts import total
from bonphuong.ledger.models import Fact
from bonphuong.ledger.queries import Where, closed_periods, live_facts, seq_as_of, sum_facts
from bonphuong.ledger.services import LateReasonNeeded, close_books, reopen_books
from bonphuong.records.models import Record
from bonphuong.records.queries import standings
from tests.factories.delegations import finished, inbound, outbound

START = dt.datetime(2026, 3, 2, 2, tzinfo=dt.UTC)
MEASURES = ("outbound.groups", "outbound.person_visits", "outbound.approved_groups", "inbound.groups")
STEPS = {
    "draft": "submit", "unit_submitted": "take_in", "dofa_appraising": "send_up", "awaiting_decision": "approve",
    "approved": "depart", "departed": "come_back",
}  # fmt: skip
BACK = st.integers(0, 75)


def sums(seq: int | None) -> list[int]:
    wheres = [Where((("lai-chau", seq),), measure, dt.date(2030, 1, 1)) for measure in MEASURES]
    return [found.value for found in sum_facts(wheres)]


class Lives(RuleBasedStateMachine):
    """Each rule is one thing that a person does, an hour after the one before."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.moment = START
        self.officer = User.objects.get(username="canbo")
        self.head = User.objects.get(username="truongphong")
        self.leader = User.objects.get(username="lanhdao")
        self.remembered: list[tuple[dt.datetime, list[int]]] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def at(self):
        self.moment += dt.timedelta(hours=1)
        return clock.fixed(self.moment)

    def day(self, back: int) -> dt.date:
        return self.moment.date() - dt.timedelta(days=back)

    def pick(self, number: int, **states) -> Record | None:
        rows = list(Record.objects.live().filter(delegation__is_void=False, **states).order_by("number"))
        return rows[number % len(rows)] if rows else None

    @rule(heads=st.integers(1, 20), ahead=st.integers(1, 30))
    def ask(self, heads: int, ahead: int) -> None:
        with self.at():
            starts = self.day(-ahead)
            draft = outbound(approved_heads=heads, starts_on=starts, ends_on=starts + dt.timedelta(days=3))
            create(draft, office_code="lc-dofa", actor=self.officer)

    @rule(heads=st.integers(1, 20), back=BACK, guests=st.booleans())
    def register_back_dated(self, heads: int, back: int, guests: bool) -> None:  # noqa: FBT001 - drawn by Hypothesis
        with self.at():
            draft = (inbound if guests else finished)(self.day(back + 6), heads)
            create(draft, office_code="lc-dofa", actor=self.officer, late_reason="Đơn vị gửi muộn")

    @rule(number=st.integers(0, 50), heads=st.integers(1, 20))
    def step(self, number: int, heads: int) -> None:
        record = self.pick(number, state__in=list(STEPS))
        if record is None:
            return
        step = STEPS[record.state]
        actor = self.leader if step == "approve" else self.officer
        values = StepValues(approved_heads=heads, actual_heads=heads, decision_number="7/QĐ-UBND")
        with self.at():
            take_step(
                record, step, on=self.day(0), expected_version=record.version, actor=actor, values=values,
                late_reason="Xác nhận muộn",
            )  # fmt: skip

    @rule(number=st.integers(0, 50))
    def cancel(self, number: int) -> None:
        record = self.pick(number, kind="outbound", state__in=list(STEPS))
        if record is None:
            return
        with self.at():
            take_step(
                record, "cancel", on=self.day(0), expected_version=record.version, actor=self.officer,
                values=StepValues(note="Hoãn"), late_reason="Hoãn",
            )  # fmt: skip

    @rule(number=st.integers(0, 50), heads=st.integers(1, 20), shift=st.integers(0, 40))
    def correct_it(self, number: int, heads: int, shift: int) -> None:
        record = self.pick(number, counts_on__isnull=False)
        if record is None:
            return
        with self.at():
            draft = draft_of(with_all().get(pk=record.pk))
            assert draft.started_on is not None
            changed = replace(draft, actual_heads=heads)
            if draft.ended_on:
                days = dt.timedelta(days=shift)
                changed = replace(changed, started_on=draft.started_on - days, ended_on=draft.ended_on - days)
                changed = replace(changed, report_received_on=None)
            correct(record, changed, expected_version=record.version, actor=self.officer, reason="Đếm lại")

    @rule(number=st.integers(0, 50))
    def strike(self, number: int) -> None:
        record = self.pick(number)
        if record is not None:
            with self.at():
                void(record, expected_version=record.version, actor=self.officer, reason="Nhập nhầm")

    @rule(number=st.integers(0, 50), other=st.integers(0, 50))
    def merge_two(self, number: int, other: int) -> None:
        keep, double = self.pick(number, kind="inbound"), self.pick(other, kind="inbound")
        if keep is None or double is None or keep.pk == double.pk:
            return
        with self.at():
            merge(keep, double, expected_version=double.version, actor=self.officer, reason="Cùng một đoàn")

    @rule(number=st.integers(0, 50))
    def undo(self, number: int) -> None:
        record = self.pick(number, duplicates__isnull=True)
        if record is not None:
            with self.at():
                undo_many([record.pk], actor=self.officer, reason="Nhập lại")

    @rule(month=st.sampled_from(["2025-12", "2026-01", "2026-02"]))
    def close(self, month: str) -> None:
        with self.at():
            close_books(actor=self.head, office="lc-dofa", report="monthly", period=Period.parse(month))

    @precondition(lambda _self: closed_periods("lai-chau"))
    @rule()
    def reopen(self) -> None:
        with self.at():
            reopen_books(actor=self.head, closing=closed_periods("lai-chau")[0], reason="Chốt nhầm")

    @precondition(lambda _self: closed_periods("lai-chau"))
    @rule(heads=st.integers(1, 20))
    def late_without_a_reason_is_refused(self, heads: int) -> None:
        before = Fact.objects.count()
        closing = closed_periods("lai-chau")[0]
        with self.at(), pytest.raises(LateReasonNeeded), transaction.atomic():
            create(finished(closing.since, heads, days=2), office_code="lc-dofa", actor=self.officer)
        assert Fact.objects.count() == before

    @rule()
    def remember(self) -> None:
        with self.at():
            self.remembered.append((self.moment, sums(seq_as_of("lai-chau", self.moment))))

    @invariant()
    def replay_is_the_ledger(self) -> None:
        standing = list(standings("delegations"))
        live = live_facts([one.source_uid for one in standing])
        for one in standing:
            assert total(one.facts) == total(live.get(one.source_uid, ()))
        gone = set(Fact.objects.values_list("source_uid", flat=True)) - {one.source_uid for one in standing}
        assert all(total(facts) == {} for facts in live_facts(list(gone)).values())

    @invariant()
    def the_past_stays(self) -> None:
        with clock.fixed(self.moment):
            for moment, values in self.remembered:
                assert sums(seq_as_of("lai-chau", moment)) == values

    def check_chain(self) -> None:
        assert check_ledger() == []


@pytest.mark.django_db
@pytest.mark.usefixtures("province")
def test_random_lives_keep_replay_and_the_past():
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    assert check_ledger() == []
