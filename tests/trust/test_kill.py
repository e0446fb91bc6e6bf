"""Killed at any moment, nothing is lost and nothing is half done: real processes, real SIGKILL, both databases.

20 points in the suite; BONPHUONG_TEST_KILLS=200 for more.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import time
from typing import TYPE_CHECKING

import pytest
from django.db import connection, connections

from bonphuong.accounts.models import User
from bonphuong.families.delegations.models import Delegation, Member
from bonphuong.families.delegations.services import StepValues, create, create_many, take_step
from bonphuong.kernel import clock
from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.models import Posting
from bonphuong.records.models import Record
from tests.factories.delegations import finished, member, outbound
from tests.families.conftest import load_province

if TYPE_CHECKING:
    from collections.abc import Callable

KILLS = int(os.environ.get("BONPHUONG_TEST_KILLS", "20"))
OFFICE = "lc-dofa"


def work_for_ever() -> None:
    """Until somebody pulls the plug."""
    while True:
        work_a_while()


def work_a_while() -> None:
    """A batch, a single entry, its steps and its approval."""
    officer = User.objects.get(username="canbo")
    leader = User.objects.get(username="lanhdao")
    people = tuple(member(passport_no="C1234567") for _ in range(3))
    drafts = [finished(dt.date(2025, 2, 3) + dt.timedelta(days=n), 3, members=people) for n in range(5)]
    create_many(drafts, office_code=OFFICE, actor=officer)
    record = create(outbound(members=people), office_code=OFFICE, actor=officer)
    for step in ("submit", "take_in", "send_up", "approve", "depart"):
        take_step(
            record, step, on=clock.today(), expected_version=record.version,
            actor=leader if step == "approve" else officer,
            values=StepValues(decision_number="7/QĐ-UBND", actual_heads=3),
        )  # fmt: skip


def killed_after(seconds: float, work: Callable[[], None]) -> None:
    """Run `work` in a process of its own and kill it without warning."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(3)  # only reached when the work itself failed
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the work failed before it was killed"


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_killed_at_any_moment_the_books_are_whole():
    load_province()
    work_a_while()  # what is slow the first time (calendars) is behind us
    # Fixed seed: the moments are many, not secret.
    moments = random.Random(20250202)
    counted = Posting.objects.count()
    began = counted
    for _ in range(KILLS):
        killed_after(moments.uniform(0.05, 0.7), work_for_ever)
        if connection.vendor == "postgresql":
            time.sleep(0.05)  # the server notices the lost client and rolls back
        assert check_ledger() == []
        assert Delegation.objects.count() == Record.objects.count()
        assert Posting.objects.count() >= counted
        assert Member.objects.count() == 3 * Delegation.objects.count()
        counted = Posting.objects.count()
    assert counted > began
