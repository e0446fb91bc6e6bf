import pytest

from bonphuong.accounts.models import User
from bonphuong.intake import services
from bonphuong.intake.models import Batch, BatchRow, ColumnMapping
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.records.models import Record
from tests.intake.books import book, outbound

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
HEAD = ["TT", "Tên đoàn", "Trưởng đoàn", "Số người", "Nước đến", "Từ ngày", "Đến ngày"]


def stage(officer, *rows, name="bang.xlsx", sheet="Đoàn ra", **said):
    return services.stage_file(
        book({sheet: list(rows)}), name=name, office_code="lai-chau", actor=officer, **said
    )


def row(number=1, **changes):
    return outbound(number, **changes)[:7]


def test_a_dry_run_enters_nothing_and_may_be_repeated(officer):
    batch = stage(officer, HEAD, row(1), row(2, D="nhiều"))
    first, second = services.dry_run(batch), services.dry_run(batch)
    assert first == second
    assert (first.counts.good, first.counts.bad, first.can_post) == (1, 1, True)
    assert (batch.good, batch.bad, Record.objects.count()) == (1, 1, 0)


def test_a_remark_reads_as_people_speak(officer):
    (error,) = services.dry_run(stage(officer, HEAD, row(1, E="Lao Kai Quốc"))).errors
    assert error.text == "dòng 2, cột E (Nước đến): Không có nước hay đối tác nào tên “Lao Kai Quốc”."
    assert (error.sheet, error.cell, error.value) == ("Đoàn ra", "E2", "Lao Kai Quốc")


def test_a_missing_column_is_said_before_any_row_is_judged(officer):
    preview = services.dry_run(stage(officer, ["TT", "Tên đoàn", "Nước đến"], [1, "Thăm", "Nước Lạ"]))
    assert [problem.message for problem in preview.problems] == [
        "Trang “Đoàn ra” thiếu cột: Số người, Thời gian. Hãy chỉ ra cột nào, hoặc thêm cột đó."
    ]
    assert (preview.errors, preview.counts.new, preview.can_post) == ((), 1, False)


def test_without_a_missing_column_nothing_is_entered(officer):
    batch = stage(officer, ["TT", "Tên đoàn", "Nước đến"], [1, "Thăm", "Lào"])
    with pytest.raises(BadInput, match="thiếu cột"):
        services.post_batch(batch, actor=officer, reason="nhập")
    assert (batch.status, Record.objects.count()) == ("staged", 0)


def test_a_person_says_which_column_it_is_and_it_is_remembered(officer):
    head = ["TT", "Tên đoàn", "Trưởng đoàn", "Quân số", "Nước đến", "Lịch trình", "Mã"]
    rows = (head, [1, "Thăm", "Ông Lò Minh Họa", 5, "Lào", "5–7/3/2025", "x"])
    batch = stage(officer, *rows)
    assert len(services.dry_run(batch).problems) == 1
    services.set_mapping(batch, {"quân số": "heads", "F": "time", "Mã": ""})
    preview = services.dry_run(batch)
    assert (preview.problems, preview.counts.good) == ((), 1)
    again = services.dry_run(stage(officer, *rows, name="lan-sau.xlsx"))
    assert (again.counts.good, {c.heading: str(c.by) for c in again.tables[0].columns}["Quân số"]) == (
        1,
        "remembered",
    )
    moved = [0, 1, 4, 3, 2, 5]
    other = services.dry_run(stage(officer, *([line[place] for place in moved] for line in rows)))
    assert other.counts.good == 1


def test_another_office_has_its_own_memory(officer):
    head = ["TT", "Tên đoàn", "Quân số", "Nước đến", "Từ ngày"]
    services.set_mapping(stage(officer, head, [1, "Thăm", 5, "Lào", "5/3/2025"]), {"Quân số": "heads"})
    union = User.objects.get(username="canbo.hunghi")
    content = book({"Đoàn ra": [head, [1, "Thăm", 5, "Lào", "5/3/2025"]]})
    batch = services.stage_file(content, name="x.xlsx", office_code="lc-union", actor=union)
    assert len(services.dry_run(batch).problems) == 1


def test_the_last_word_counts(officer):
    batch = stage(
        officer,
        ["TT", "Tên đoàn", "Nội dung", "Số người", "Nước đến", "Từ ngày"],
        [1, "Một", "Hai", 5, "Lào", "5/3/2025"],
    )
    services.set_mapping(batch, {"Tên đoàn": "title"})
    services.set_mapping(batch, {"Nội dung": "title"})
    assert batch.mapping == {"noi dung": "title"}
    assert [c.code for c in services.dry_run(batch).tables[0].columns][1:3] == ["", "title"]
    assert ColumnMapping.objects.get().columns["noi dung"] == "title"  # fmt: skip


def test_a_sheet_that_does_not_tell_its_kind_asks_for_it(officer):
    batch = stage(officer, HEAD, row(1), sheet="Trang 1")
    (problem,) = services.dry_run(batch).problems
    assert problem.message.startswith(
        "Trang “Trang 1” không cho biết các dòng là loại gì. Hãy chọn: đoàn ra, đoàn vào"
    )
    services.set_mapping(batch, {}, kind="individual")
    preview = services.dry_run(batch)
    assert (preview.tables[0].kind, preview.counts.good) == ("individual", 1)
    with pytest.raises(BadInput):
        services.set_mapping(batch, {}, kind="crowd")


def test_parts_of_one_table_have_their_own_kinds(officer):
    batch = stage(officer, HEAD, ["I. Đoàn ra"], row(1), ["II. Đoàn vào"], row(2), sheet="Theo dõi")
    result = services.post_batch(batch, actor=officer, reason="nhập")
    kinds = Record.objects.filter(pk__in=result.records).order_by("number").values_list("kind", "number")
    assert list(kinds) == [("outbound", "ĐR-2025-001"), ("inbound", "ĐV-2025-001")]


def test_what_merely_resembles_is_a_remark_and_enters(officer):
    first = services.stage_text(
        "Tên đoàn\tSố người\tNước đến\tTừ ngày\nThăm tỉnh bạn\t5\tLào (Phongsaly)\t5/3/2025\n",
        office_code="lai-chau", actor=officer, kind="outbound",
    )  # fmt: skip
    services.post_batch(first, actor=officer, reason="nhập")
    second = services.stage_text(
        "Tên đoàn\tSố người\tNước đến\tTừ ngày\nHội chợ\t7\tLào (Phongsaly)\t6/3/2025\n",
        office_code="lai-chau", actor=officer, kind="outbound",
    )  # fmt: skip
    preview = services.dry_run(second)
    assert (preview.counts.good, [w.text for w in preview.warnings]) == (
        1,
        ["dòng 2: Có thể trùng với ĐR-2025-001."],
    )


def test_the_very_same_file_again_is_said(officer):
    rows = (HEAD, row(1), row(2))
    batch = stage(officer, *rows)
    services.post_batch(batch, actor=officer, reason="nhập")
    preview = services.dry_run(stage(officer, *rows))
    assert (preview.counts.good, preview.counts.twins) == (0, 2)
    assert preview.notes == ("Chính tệp này đã được nhập lúc 09:00, 10/01/2026; đã ghi 2 dòng.",)


def test_twins_of_another_office_are_counted_and_not_shown(officer):
    services.post_batch(stage(officer, HEAD, row(1)), actor=officer, reason="nhập")
    union = User.objects.get(username="canbo.hunghi")
    content = book({"Đoàn ra": [HEAD, row(1)]})
    batch = services.stage_file(content, name="x.xlsx", office_code="lc-union", actor=union)
    (twin,) = services.dry_run(batch).twins
    assert (twin.records, twin.unseen) == ((), 1)


def test_a_reading_that_was_cut_off_is_not_taken_for_the_whole(officer):
    batch = stage(officer, HEAD, row(1), row(2))
    BatchRow.objects.filter(batch=batch, number=3).delete()
    with pytest.raises(Conflict, match="bị ngắt giữa chừng"):
        services.dry_run(batch)


def test_strangers_may_not_judge_or_map(officer, stranger, clerk):
    batch = stage(officer, HEAD, row(1))
    for person in (stranger, clerk):
        assert list(Batch.objects.visible_to(person)) == []
        for act in (services.dry_run, lambda b, actor: services.set_mapping(b, {}, actor=actor)):
            with pytest.raises(NotAllowed):
                act(batch, actor=person)
    assert list(Batch.objects.visible_to(officer)) == [batch]


def test_the_object_for_programs(officer):
    preview = services.dry_run(stage(officer, HEAD, row(1, D="nhiều")))
    found = services.preview_json(preview)
    assert {name: found[name] for name in ("rows", "good", "bad", "skipped", "twins", "posted")} == {
        **dict.fromkeys(("good", "skipped", "twins", "posted"), 0),
        **dict.fromkeys(("rows", "bad"), 1),
    }
    assert found["errors"] == [
        {
            "sheet": "Đoàn ra",
            "row": 2,
            "cell": "D2",
            "column": "Số người",
            "value": "nhiều",
            "message": "“nhiều” không phải là số.",
        }
    ]
    assert found["batch"] == str(preview.batch)
