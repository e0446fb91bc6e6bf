"""The sheet of three hundred delegations that nobody would call clean: each bad cell named, nothing lost."""

import datetime as dt

import pytest

from bonphuong.families.delegations.models import Delegation
from bonphuong.intake import services
from bonphuong.intake.enums import RowStatus
from bonphuong.intake.models import BatchRow
from bonphuong.kernel.sheets import read_table
from bonphuong.ledger.checks import check_ledger
from bonphuong.records.models import Record
from tests.intake.books import IN, OUT, book, inbound, messy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
NAME = "theo dõi đoàn (bản cuối).xlsx"


@pytest.fixture(scope="module")
def sheet():
    return messy()


@pytest.fixture
def batch(sheet, officer):
    """Loaded after one of its delegations was entered by itself."""
    alone = book(
        {
            IN: [
                ["STT", "Tên đoàn, quốc tịch", "Trưởng đoàn", "Số người", "Thời gian"],
                inbound(133)[:4] + inbound(133)[5:6],
            ]
        }
    )
    first = services.stage_file(alone, name="mot-doan.xlsx", office_code="lai-chau", actor=officer)
    assert services.post_batch(first, actor=officer, reason="nhập").preview.counts.posted == 1
    return services.stage_file(sheet.content, name=NAME, office_code="lai-chau", actor=officer)  # fmt: skip


@pytest.fixture
def preview(batch):
    return services.dry_run(batch)


def test_it_holds_three_hundred_delegations(sheet):
    assert (sheet.delegations, len(sheet.errors), len(sheet.twins)) == (300, 39, 8)


def test_each_bad_cell_is_named_and_no_other(sheet, preview):
    named = {(e.sheet, e.cell) if e.cell else (e.sheet, e.row, e.code) for e in preview.errors}
    assert named == sheet.errors


def test_nothing_is_lost(sheet, preview):
    counts = preview.counts
    assert counts.rows == sheet.rows
    assert counts.good + counts.bad + counts.skipped + counts.twins == counts.rows
    assert counts.good == sum(map(len, sheet.good.values()))
    assert counts.good + counts.bad + counts.twins == sheet.delegations


def test_doubles_are_found_in_the_sheet_and_in_the_register(sheet, preview):
    assert {(twin.sheet, twin.row) for twin in preview.twins} == sheet.twins
    known = [(twin.sheet, twin.row, twin.records[0].number) for twin in preview.twins if twin.records]
    assert known == [(IN, max(row for name, row in sheet.twins if name == IN), "ĐV-2025-001")]
    assert all(twin.same_row for twin in preview.twins if not twin.records)  # fmt: skip


def test_a_total_that_does_not_add_up_is_a_remark(sheet, preview):
    totals = [w for w in preview.warnings if w.message.startswith("Dòng tổng")]
    assert {(w.sheet, w.cell) for w in totals} == sheet.wrong_totals


def test_rows_that_hold_no_record_are_listed_with_the_reason(preview):
    remarks = [(row.sheet, row.remark) for row in preview.skipped]
    assert sorted(set(remarks)) == [
        ("Tổng hợp", "Bảng này không phải là danh sách hồ sơ."),
        (OUT, "Nối tiếp dòng 40."),
        (OUT, "Nối tiếp dòng 93."),
        (OUT, "dòng tổng"),
        (OUT, "ghi chú hoặc chữ ký dưới bảng"),
        (OUT, "số thứ tự cột"),
        (OUT, "tiêu đề mục trong bảng"),
        (IN, "dòng tổng"),
        (IN, "ghi chú hoặc chữ ký dưới bảng"),
        (IN, "tiêu đề bảng lặp lại"),
    ]
    assert len(remarks) == 14


def test_kinds_years_and_headings_are_found_out(preview):
    tables = {table.sheet: table for table in preview.tables}
    assert {name: (t.kind, t.is_ignored, t.missing) for name, t in tables.items() if name != "Tổng hợp"} == {
        OUT: ("outbound", False, ()),
        IN: ("inbound", False, ()),
    }
    assert [column.heading for column in tables[OUT].unmapped] == ["Ghi chú thêm"]
    assert [column.code for column in tables[IN].columns] == [
        *("", "title", "head", "heads", "lead_office", "time", "content", "venue", "head_level", "result")
    ]
    assert preview.notes == ("Trang “Danh mục” đang ẩn nên được bỏ qua.",)


def test_the_good_rows_go_in_and_count(sheet, batch, officer):
    before = Record.objects.count()
    result = services.post_batch(batch, actor=officer, reason="Nhập sổ năm 2025")
    counts = result.preview.counts
    assert counts.posted == len(result.records) == Record.objects.count() - before
    assert counts.posted == sum(map(len, sheet.good.values()))
    assert counts.posted + counts.bad + counts.skipped + counts.twins == counts.rows
    assert check_ledger() == []
    rows = BatchRow.objects.filter(batch=batch, status=RowStatus.POSTED)
    assert sorted(rows.filter(table=0).values_list("number", flat=True)) == sheet.good[OUT]
    assert sorted(rows.filter(table=1).values_list("number", flat=True)) == sheet.good[IN]


def test_what_went_in_says_what_the_row_says(batch, officer):
    services.post_batch(batch, actor=officer, reason="Nhập sổ năm 2025")
    row = Delegation.objects.get(record__title__contains="(đoàn minh họa 30)")
    places = list(row.places.order_by("order").values_list("country_code", "party_code", "text"))
    assert (row.kind, row.started_on, row.ended_on, row.approved_heads, row.actual_heads) == (
        *("outbound", dt.date(2025, 2, 5), dt.date(2025, 2, 5), 9, 9),
    )
    assert (row.head_name, row.head_title) == ("Lò Minh Họa 30", "Phó Giám đốc Sở")
    assert (row.decision_number, row.decided_on, row.funding) == ("30/QĐ-UBND", dt.date(2025, 1, 27), "own")
    assert places == [("CN", "cn-honghe", "Hồng Hà"), ("KH", "", "Campuchia")]
    guest = Delegation.objects.get(content="Trao đổi hợp tác lần 8")
    assert (guest.main_country, guest.lead_office_code, guest.decided_on) == ("JP", "lc-dofa", None)
    assert list(guest.cohosts.values_list("office_code", flat=True)) == ["lc-industry"]


def test_bad_rows_come_back_as_they_were_with_the_reason(sheet, batch, officer):
    services.post_batch(batch, actor=officer, reason="Nhập sổ năm 2025")
    back = {table.name: table for table in read_table(services.bad_rows_file(batch), name="tra-lai.xlsx")}
    assert list(back) == [OUT, IN, f"{OUT}, đã có", f"{IN}, đã có"]
    original = {
        table.name: {row.number: row for row in table.rows} for table in read_table(sheet.content, name=NAME)
    }
    bad = sorted(
        {
            error[1] if isinstance(error[1], int) else int(error[1][1:])
            for error in sheet.errors
            if error[0] == OUT
        }
    )
    returned = [row for row in back[OUT].rows if row.values[0] is not None and str(row.values[0]).isdigit()]
    assert len(returned) == len(bad)
    for number, row in zip(bad, returned, strict=True):
        was = original[OUT][number].values
        assert [str(v) for v in row.values[: len(was)] if v is not None] == [
            str(v) for v in was if v is not None
        ]
        assert row.values[14]
    first = returned[0]
    assert first.values[14] == "Nước, địa phương đến: Không có nước hay đối tác nào tên “Trung Qốc”. Có phải là “Trung Quốc”?"  # fmt: skip


def test_corrected_rows_can_be_loaded_from_the_file_that_came_back(batch, officer):
    services.post_batch(batch, actor=officer, reason="Nhập sổ năm 2025")
    again = services.stage_file(
        services.bad_rows_file(batch), name="tra-lai.xlsx", office_code="lai-chau", actor=officer
    )
    preview = services.dry_run(again)
    first = services.preview_of(batch)
    assert (preview.counts.bad, preview.counts.twins) == (first.counts.bad, first.counts.twins)
    # What a formula would have given is not in the file, so it cannot come back.
    assert {(e.message, e.value) for e in first.errors} ^ {(e.message, e.value) for e in preview.errors} == {
        ("Kết quả công thức chưa được lưu. Mở tệp bằng Excel, lưu lại rồi nhập lại.", ""),
        ("Ghi số người.", ""),
    }
    assert {table.kind for table in preview.tables} == {"outbound", "inbound"}  # fmt: skip


def test_all_of_it_can_be_taken_back(batch, officer):
    before = Record.objects.count()
    services.post_batch(batch, actor=officer, reason="Nhập sổ năm 2025")
    services.undo_batch(batch, actor=officer, reason="Nhập nhầm tệp")
    assert (batch.status, batch.posted, Record.objects.count()) == ("undone", 0, before)
    assert check_ledger() == []
