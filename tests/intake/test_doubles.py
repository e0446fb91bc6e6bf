"""What is entered already: by us, by another office whose records one may not see, or a row earlier."""

import pytest

from bonphuong.accounts.models import User
from bonphuong.intake import queries, services
from bonphuong.kernel.sheets import read_table
from tests.intake.books import book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
HEAD = "Tên đoàn\tTrưởng đoàn\tSố người\tNước đến\tTừ ngày\n"
PHONGSALY = "{title}\t{head}\t5\tLào (Phongsaly)\t5/3/2025\n"


@pytest.fixture
def union(db):
    return User.objects.get(username="canbo.hunghi")


def paste(*lines, actor, office="lai-chau"):
    return services.stage_text(HEAD + "".join(lines), office_code=office, actor=actor, kind="outbound")


def line(title="Thăm tỉnh bạn", head=""):
    return PHONGSALY.format(title=title, head=head)


@pytest.fixture
def entered(officer):
    return services.post_batch(paste(line(head="Lò Minh Họa"), actor=officer), actor=officer, reason="nhập")


def test_of_another_offices_record_nothing_is_said_but_that_it_is_there(officer, union):
    services.post_batch(paste(line(), actor=officer), actor=officer, reason="nhập")
    preview = services.dry_run(paste(line("Hội chợ"), actor=union, office="lc-union"))
    assert [w.message for w in preview.warnings] == [
        "Cơ quan khác đã ghi một việc với cùng đối tác trong những ngày này."
    ]
    assert preview.counts.good == 1


def test_the_reason_in_the_returned_file_keeps_the_secret_too(entered, union):
    batch = paste(line(head="Lò Minh Họa"), actor=union, office="lc-union")
    services.dry_run(batch)
    (table,) = read_table(services.bad_rows_file(batch), name="tra-lai.xlsx")
    assert table.rows[-1].values[-1] == "Cơ quan khác đã nhập."


def test_the_same_head_at_another_time_is_another_trip(entered, officer):
    later = line(head="Lò Minh Họa").replace("5/3/2025", "5/6/2025")
    assert services.dry_run(paste(later, actor=officer)).counts.good == 1


def test_the_same_name_and_partner_without_a_head_is_the_same_trip(officer):
    services.post_batch(paste(line(), actor=officer), actor=officer, reason="nhập")
    (twin,) = services.dry_run(paste(line().replace("5\tLào", "6\tLào"), actor=officer)).twins
    assert [record.number for record in twin.records] == ["ĐR-2025-001"]


def test_a_third_row_points_to_the_first(officer):
    first, again = line(head="Lò Minh Họa"), line("Tên khác", head="Lò Minh Họa")
    preview = services.dry_run(paste(first, again, first, actor=officer))
    assert [(twin.row, twin.same_row) for twin in preview.twins] == [(3, 2), (4, 2)]


def test_a_row_above_every_part_has_no_kind(officer):
    head = ["TT", "Tên đoàn", "Số người", "Nước đến", "Từ ngày"]
    rows = [
        head,
        [1, "Đoàn một", 5, "Lào", "5/3/2025"],
        ["I. Đoàn ra"],
        [2, "Đoàn hai", 5, "Lào", "6/3/2025"],
    ]
    batch = services.stage_file(book({"Trang": rows}), name="x.xlsx", office_code="lai-chau", actor=officer)
    preview = services.dry_run(batch)
    assert [e.text for e in preview.errors] == ["dòng 2: Không có gì cho biết đây là loại hồ sơ nào."]
    assert preview.counts.good == 1


def test_a_total_over_cells_that_cannot_be_added_says_so(officer):
    rows = line().replace("\t5\t", "\tnhiều\t") + line("Hai") + "Tổng cộng\t\t7\t\t\n"
    (total,) = [w for w in services.dry_run(paste(rows, actor=officer)).warnings if w.row == 4]
    assert total.message == "Dòng tổng ghi 7, cộng các dòng được 5; 1 ô không cộng được."


def test_pages_read_only_what_the_person_may_see(entered, officer, stranger):
    (batch,) = queries.batches_visible_to(officer)
    assert queries.batch_for_page(officer, batch.pk) == batch
    assert str(batch) == "nội dung dán vào"
    assert list(queries.batches_visible_to(stranger)) == []
    with pytest.raises(type(batch).DoesNotExist):
        queries.batch_for_page(stranger, batch.pk)
