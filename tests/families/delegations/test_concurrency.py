"""Two people on the same delegations at once: one goes through, the other is told. Real threads and connections."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from bonphuong.accounts.models import User
from bonphuong.families.delegations.services import StepValues, create, merge, take_step
from bonphuong.kernel import clock
from bonphuong.kernel.errors import Conflict
from bonphuong.ledger.checks import check_ledger
from bonphuong.procedures.errors import WrongState
from bonphuong.records.models import Record
from tests.factories.delegations import finished, inbound
from tests.families.conftest import load_province

pytestmark = pytest.mark.django_db(transaction=True)
OFFICE, TODAY = "lc-dofa", dt.date(2026, 2, 1)


def at_once(*works) -> list[str]:
    """What came of each piece of work: "done" or "refused"."""
    ready = Barrier(len(works))

    def run(work) -> str:
        try:
            ready.wait(30)
            with clock.fixed(TODAY):
                work()
        except (Conflict, WrongState):
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=len(works)) as pool:
        return sorted(pool.map(run, works))


@pytest.fixture
def officer() -> User:
    load_province()
    return User.objects.get(username="canbo")


def test_a_step_clicked_twice_is_taken_once(officer):
    with clock.fixed(TODAY):
        record = create(finished(dt.date(2026, 1, 28), 9, ended_on=None), office_code=OFFICE, actor=officer)

    def come_back() -> None:
        take_step(
            Record.objects.get(pk=record.pk), "come_back", on=TODAY, expected_version=1, actor=officer,
            values=StepValues(actual_heads=7),
        )  # fmt: skip

    assert at_once(come_back, come_back, come_back) == ["done", "refused", "refused"]
    assert check_ledger() == []


def test_two_who_merge_a_pair_the_other_way_round_do_not_block_each_other(officer):
    one = create(inbound(dt.date(2025, 5, 12)), office_code=OFFICE, actor=officer)
    other = create(inbound(dt.date(2025, 5, 12)), office_code=OFFICE, actor=officer)

    def into(keep: Record, double: Record):
        pair = Record.objects.get(pk=keep.pk), Record.objects.get(pk=double.pk)
        return lambda: merge(*pair, expected_version=1, actor=officer, reason="Cùng một đoàn")

    assert at_once(into(one, other), into(other, one)) == ["done", "refused"]
    assert check_ledger() == []
