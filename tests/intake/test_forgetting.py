import datetime as dt

import pytest

from bonphuong.intake import services
from bonphuong.intake.models import BatchRow
from bonphuong.kernel import clock
from bonphuong.kernel.errors import Conflict
from bonphuong.records.models import Record
from bonphuong.trail.models import Action, ChangePayload
from tests.intake.books import book, outbound

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
HEAD = [
    "TT",
    "Tên đoàn",
    "Trưởng đoàn",
    "Số người",
    "Nước đến",
    "Từ ngày",
    "Đến ngày",
    "Hộ chiếu trưởng đoàn",
]


@pytest.fixture
def batch(officer):
    content = book({"Đoàn ra": [HEAD, [*outbound(1)[:7], "B1234567"]]})
    made = services.stage_file(content, name="doan-ra.xlsx", office_code="lai-chau", actor=officer)
    services.post_batch(made, actor=officer, reason="Nhập sổ")
    return made


def test_rows_of_old_sheets_go_and_nothing_of_them_stays_anywhere(batch):
    assert services.forget_old_batches(30) == 0
    with clock.fixed(dt.date(2026, 3, 1)):
        assert (services.forget_old_batches(30), services.forget_old_batches(30)) == (1, 0)
    batch.refresh_from_db()
    assert (BatchRow.objects.count(), batch.posted, batch.forgotten_at is not None) == (0, 1, True)
    assert Record.objects.count() == 1
    assert Action.objects.latest("pk").verb == "system.intake.forget"
    assert not any("B1234567" in old for old in ChangePayload.objects.values_list("old", flat=True))


def test_a_forgotten_sheet_keeps_its_counts_and_is_over(batch, officer):
    with clock.fixed(dt.date(2026, 3, 1)):
        services.forget_old_batches(30)
    batch.refresh_from_db()
    preview = services.preview_of(batch)
    assert (preview.counts.posted, preview.notes) == (1, ("Các dòng đã được xóa ngày 01/03/2026.",))
    with pytest.raises(Conflict, match="Hãy hoàn tác từng hồ sơ"):
        services.undo_batch(batch, actor=officer, reason="Nhầm")


def test_a_waiting_sheet_is_forgotten_too(officer):
    content = book({"Đoàn ra": [HEAD[:7], outbound(2)[:7]]})
    waiting = services.stage_file(content, name="x.xlsx", office_code="lai-chau", actor=officer)
    with clock.fixed(dt.date(2026, 3, 1)):
        services.forget_old_batches(30)
    with pytest.raises(Conflict, match="Hãy nhập lại tệp"):
        services.post_batch(waiting, actor=officer, reason="nhập")
