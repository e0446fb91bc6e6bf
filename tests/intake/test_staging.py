import datetime as dt
import io
import zipfile

import pytest

from bonphuong.intake import services
from bonphuong.intake.models import Batch, BatchRow, ColumnMapping
from bonphuong.intake.services import staging
from bonphuong.kernel.archives import ArchiveError
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kernel.sheets import SheetError
from bonphuong.records.models import Record
from bonphuong.trail.models import Action, Change
from tests.intake.books import book, outbound

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
HEAD = ["TT", "Tên đoàn, mục đích", "Trưởng đoàn", "Số người", "Nước đến", "Từ ngày", "Đến ngày"]
ROWS = [HEAD, outbound(1)[:7], outbound(2)[:7]]


def stage(rows=ROWS, officer=None, *, name="doan-ra.xlsx", **said):
    content = rows if isinstance(rows, bytes) else book({"Đoàn ra": rows})
    return services.stage_file(
        content, name=name, office_code=said.pop("office", "lai-chau"), actor=officer, **said
    )


def test_a_file_is_kept_row_by_row_as_it_stood_and_nothing_is_entered(officer):
    batch = stage(officer=officer, name=r"C:\Users\x\doan-ra.xlsx")
    assert (batch.file_name, batch.office_code, batch.book, batch.status, batch.rows) == (
        *("doan-ra.xlsx", "lc-dofa", "lai-chau", "staged", 2),
    )
    assert [row.number for row in BatchRow.objects.filter(batch=batch)] == [2, 3]
    assert Record.objects.count() == 0


def test_the_act_is_in_the_trail_and_the_content_of_rows_is_not(officer):
    batch = stage(officer=officer)
    action = Action.objects.latest("pk")
    assert (action.verb, action.actor_name, action.object_text) == (
        *("intake.batch.stage", "Nguyễn Thị Mẫu", "doan-ra.xlsx"),
    )
    assert set(Change.objects.filter(action=action).values_list("table", flat=True)) == {"intake_batch"}
    assert "Minh Họa" not in str(batch.tables)


def test_cells_are_sealed_in_the_database(officer):
    stage(officer=officer)
    raw = BatchRow.objects.values_list("cells", flat=True)[0]
    assert "Minh Họa" not in raw.token


def test_an_office_below_the_root_is_its_own(officer):
    assert stage(officer=officer, office="lc-health").office_code == "lc-health"


def test_only_who_may_load_sheets_loads_them(clerk, stranger):
    for person in (clerk, stranger):
        with pytest.raises(NotAllowed, match="không được nhập bảng tính"):
            stage(officer=person)
    assert Batch.objects.count() == 0


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"office": "lc-nowhere"}, "office"),
        ({"family": "treaties"}, "kind"),
        ({"kind": "groups"}, "kind"),
        ({"sheet": "Trang 9"}, "sheet"),
        ({"mapping": {"Không có": "title"}}, "mapping"),
        ({"mapping": {"Số người": "nothing"}}, "mapping"),
        ({"mapping": {"B": "title", "C": "title"}}, "mapping"),
    ],
)
def test_what_makes_no_sense_is_refused_by_field(officer, said, field):
    with pytest.raises(BadInput) as refused:
        stage(officer=officer, **said)
    assert list(refused.value.errors) == [field]
    assert Batch.objects.count() == 0


def test_one_sheet_may_be_chosen_by_name_or_number(officer):
    content = book({"Trang A": [HEAD, outbound(1)[:7]], "Trang B": [HEAD, outbound(2)[:7], outbound(3)[:7]]})
    assert [stage(content, officer, sheet=name).rows for name in (None, "Trang A", "2")] == [3, 1, 2]


def test_what_was_said_with_the_file_is_remembered(officer):
    stage(officer=officer, mapping={"số người": "actual_heads"})
    assert ColumnMapping.objects.get().columns["so nguoi"] == "actual_heads"


def parts(content, more):
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in more.items():
            archive.writestr(name, data)
    return target.getvalue()


def test_macros_are_refused(officer):
    content = parts(book({"Đoàn ra": ROWS}), {"xl/vbaProject.bin": b"x"})
    with pytest.raises(SheetError, match="macro") as refused:
        stage(content, officer, name="doan-ra.xlsm")
    assert refused.value.code == "sheet_macros"


def test_a_zip_bomb_is_refused(officer):
    content = parts(book({"Đoàn ra": ROWS}), {"xl/media/x.bin": b"\0" * (500 * 1024 * 1024)})
    with pytest.raises(ArchiveError) as refused:
        stage(content, officer)
    assert (refused.value.code, len(content) < 2 * 1024 * 1024) == ("archive_bomb", True)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sheet_empty"),
        (b"PK\x03\x04 nothing", "archive"),
        (b"%PDF-1.7", "sheet_kind"),
        (b"<html><table></table>", "sheet_kind"),
        ("TT;S\u00eb Ngo\u00b9i v\u00f4;\u00a7o\u00b5n ra;Tr\u00ad\u00eang \u00ae\u00b5on;Ng\u00b5y \u00ae\u00b7i\n".encode("cp1252") * 9, "sheet_encoding"),
        (b"TT\x00\x01\x02", "sheet_kind"),
        ("Kính gửi Sở Ngoại vụ\nXin báo cáo\n".encode(), "sheet_no_table"),
    ],
)  # fmt: skip
def test_what_is_no_sheet_is_refused_in_plain_words(officer, content, code):
    with pytest.raises((SheetError, ArchiveError)) as refused:
        stage(content, officer, name="doan.csv")
    assert refused.value.code == code
    assert Batch.objects.count() == 0


def test_too_many_rows_are_refused_politely(officer, monkeypatch):
    monkeypatch.setattr(staging, "MAX_RECORDS", 1)
    with pytest.raises(SheetError, match="có 2 dòng; mỗi lần nhận nhiều nhất 1 dòng") as refused:
        stage(officer=officer)
    assert refused.value.code == "sheet_rows"


def test_two_hundred_thousand_rows_are_refused_politely(officer):
    line = "1,Đoàn,Ông Mẫu,5,Lào,05/03/2025,06/03/2025\n"
    with pytest.raises(SheetError, match="Hãy chia tệp"):
        stage((",".join(HEAD) + "\n" + line * 200_000).encode(), officer, name="doan.csv")
    assert (Batch.objects.count(), BatchRow.objects.count()) == (0, 0)


def test_a_classified_sheet_is_refused(officer):
    for rows, name in (
        ([["MẬT"], ["DANH SÁCH ĐOÀN RA"], *ROWS], "doan-ra.xlsx"),
        (ROWS, "MẬT - doan-ra.xlsx"),
    ):
        with pytest.raises(SheetError, match="dấu chỉ độ mật") as refused:
            stage(rows, officer, name=name)
        assert refused.value.code == "classified"


def test_hidden_sheets_and_sheets_of_words_are_left_out_and_named(officer):
    batch = stage(book({"Đoàn ra": ROWS, "Lời dẫn": [["Kính gửi: Sở Ngoại vụ"]]}), officer)
    assert batch.notes == ["Trang “Lời dẫn” không có bảng nào nên được bỏ qua."]


def test_csv_in_any_common_writing_is_read(officer):
    text = ";".join(HEAD) + "\n" + "1;Thăm Phongsaly;Ông Lò Minh Họa;9;Lào;05/03/2025;09/03/2025\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1258"):
        batch = stage(text.encode(encoding, "ignore"), officer, name="đoàn ra.csv")
        assert services.dry_run(batch).counts.rows == 1


def test_pasted_rows_are_a_sheet_too(officer):
    text = "\t".join(HEAD) + "\n" + '1\t"Thăm,\nlàm việc"\tÔng Lò Minh Họa\t9\tLào\t05/03/2025\t09/03/2025\n'
    batch = services.stage_text(text, office_code="lai-chau", actor=officer, kind="outbound")
    assert (batch.file_name, services.dry_run(batch).counts.good) == ("nội dung dán vào", 1)
    with pytest.raises(SheetError, match="Chưa dán"):
        services.stage_text(" \n", office_code="lai-chau", actor=officer)


def test_reading_holds_no_lock_longer_than_a_piece(officer, monkeypatch):
    monkeypatch.setattr(staging, "_PIECE", 1)
    with_pieces = stage(officer=officer)
    assert BatchRow.objects.filter(batch=with_pieces).count() == 2


def test_a_year_of_the_title_is_that_of_days_without_one(officer):
    rows = [["DANH SÁCH ĐOÀN RA NĂM 2024"], HEAD, [1, "Thăm", "Ông Lò Minh Họa", 5, "Lào", "5/3", "7/3"]]
    batch = stage(rows, officer)
    assert batch.tables[0]["year"] == 2024
    result = services.post_batch(batch, actor=officer, reason="nhập")
    assert Record.objects.get(pk=result.records[0]).begins_on == dt.date(2024, 3, 5)
    assert result.preview.warnings == ()
    without = stage(rows[1:], officer)
    assert [w.message for w in services.dry_run(without).warnings] == [
        *["Không ghi năm; hiểu là năm 2026."] * 2,
        "Ngày này chưa đến: ghi là đoàn dự kiến.",
    ]
