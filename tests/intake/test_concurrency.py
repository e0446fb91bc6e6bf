"""Two people press "enter" on the same sheet; one of them takes it back while the other still enters it."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import translation

from bonphuong.accounts.models import User
from bonphuong.intake import services
from bonphuong.intake.models import Batch, BatchRow
from bonphuong.kernel import clock
from bonphuong.kernel.errors import Conflict
from bonphuong.ledger.checks import check_ledger
from bonphuong.records.models import Record
from tests.families.conftest import load_province
from tests.intake.books import book, outbound

TODAY = dt.date(2026, 1, 10)
HEAD = ["TT", "Tên đoàn", "Trưởng đoàn", "Số người", "Nước đến", "Từ ngày", "Đến ngày"]
ROWS = 30


def together(*works):
    def run(work):
        try:
            with clock.fixed(TODAY), translation.override("vi"):
                return work()
        except Conflict as conflict:
            return str(conflict)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(works)) as pool:
        return list(pool.map(run, works))


@pytest.fixture
def batch(transactional_db):
    load_province()
    rows = [outbound(n)[:7] for n in range(1, ROWS + 1)]
    officer = User.objects.get(username="canbo")
    return services.stage_file(
        book({"Đoàn ra 2025": [HEAD, *rows]}), name="doan-ra.xlsx", office_code="lai-chau", actor=officer
    )


def test_two_who_enter_the_same_sheet_enter_each_row_once(batch):
    def enter():
        mine = Batch.objects.get(pk=batch.pk)
        return len(services.post_batch(mine, actor=mine.actor, reason="Nhập", chunk=5).records)

    found = together(enter, enter, enter)
    batch.refresh_from_db()
    assert sum(number for number in found if isinstance(number, int)) <= ROWS
    assert (Record.objects.count(), batch.posted, batch.status) == (ROWS, ROWS, "posted")
    assert BatchRow.objects.filter(status="posted").values("record_uid").distinct().count() == ROWS
    assert check_ledger() == []


def test_taking_back_and_entering_never_mix(batch):
    def enter():
        mine = Batch.objects.get(pk=batch.pk)
        return services.post_batch(mine, actor=mine.actor, reason="Nhập", chunk=2)

    def take_back():
        mine = Batch.objects.get(pk=batch.pk)
        return services.undo_batch(mine, actor=mine.actor, reason="Nhầm")

    together(enter, take_back)
    batch.refresh_from_db()
    standing = BatchRow.objects.filter(status="posted").count()
    assert Record.objects.count() == standing == (ROWS if batch.status == "posted" else 0)
    assert check_ledger() == []
