"""A list that was taken away comes back edited: what changed is brought up to date, everything else stays."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import translation

from bonphuong.families.delegations.models import Delegation
from bonphuong.families.delegations.services import correct, create, draft_of, void
from bonphuong.intake import services
from bonphuong.intake.models import Batch, BatchRow
from bonphuong.kernel.errors import BadInput, Conflict
from bonphuong.kernel.sheets import read_table
from bonphuong.ledger.checks import check_ledger
from bonphuong.records.models import Record
from bonphuong.records.registry import get_family
from bonphuong.web.desk.pages.exports import Listing, take_away
from tests.factories.delegations import finished, outbound
from tests.intake.books import book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
HEAD = ["Tên đoàn", "Số người", "Nước đến", "Mã bản ghi, giữ nguyên", "Phiên bản, giữ nguyên"]


@pytest.fixture
def trips(officer):
    drafts = [finished(dt.date(2025, 3, 3 + n), 5 + n, title=f"Đoàn minh họa {n}") for n in range(3)]
    return [create(draft, office_code="lc-dofa", actor=officer, reason="Nhập sổ") for draft in drafts]


def taken(officer, ending="xlsx", family="delegations"):
    records = Record.objects.visible_to(officer).filter(family=family)
    return b"".join(take_away(Listing(get_family(family), records), ending).pieces)


def lines_of(officer):
    """The list as rows of cells under its head, to be changed."""
    (sheet, _marker) = read_table(taken(officer))
    rows = [list(row.values) for row in sheet.rows]
    head = next(n for n, row in enumerate(rows) if row and row[1] == "Số hồ sơ")
    return rows[head], [row for row in rows[head + 2 :] if len(row) > 3 and isinstance(row[0], int)]


def back(officer, rows, **said):
    return services.stage_file(
        book({"Đoàn ra": rows}), name="danh-sach.xlsx", office_code="lc-dofa", actor=officer, **said
    )


def column(head, name):
    return head.index(name)


def test_a_list_that_comes_back_as_it_was_changes_nothing(officer, trips):
    for ending in ("xlsx", "csv"):
        batch = services.stage_file(
            taken(officer, ending), name=f"list.{ending}", office_code="lc-dofa", actor=officer
        )
        found = services.dry_run(batch)
        assert (found.problems, found.errors) == ((), ())
        assert (found.counts.same, found.counts.good, found.counts.twins) == (3, 0, 0)
        assert not found.can_post


def test_a_list_taken_away_in_english_changes_nothing_either(officer, trips):
    with translation.override("en"):
        content = taken(officer)
    found = services.dry_run(
        services.stage_file(content, name="l.xlsx", office_code="lc-dofa", actor=officer)
    )
    assert (found.counts.same, found.counts.bad, found.errors) == (3, 0, ())


def test_changed_cells_are_shown_before_and_after_and_written_by_id(officer, trips):
    head, rows = lines_of(officer)
    rows[1][column(head, "Số người")] = 11
    rows[1][column(head, "Nguồn kinh phí")] = "tự túc"
    batch = back(officer, [head, *rows])
    found = services.dry_run(batch)
    (update,) = found.updates
    assert (found.counts.changing, found.counts.same, found.counts.good) == (1, 2, 1)
    assert update.record.number == trips[1].number
    assert [(c.label, c.before, c.after) for c in update.changes] == [
        ("Số người", "6", "11"),
        ("Nguồn kinh phí", "ngân sách tỉnh", "tự túc"),
    ]
    result = services.post_batch(batch, actor=officer, reason="Cập nhật sổ")
    row = Delegation.objects.get(pk=trips[1].pk)
    assert (row.actual_heads, row.funding, Record.objects.count()) == (11, "own", 3)
    assert (list(result.records), result.preview.counts.posted) == ([trips[1].pk], 1)
    assert check_ledger() == []


def test_what_was_changed_since_is_named_by_cell_and_never_overwritten(officer, trips):
    head, rows = lines_of(officer)
    rows[0][column(head, "Số người")] = 99
    draft = draft_of(Delegation.objects.get(pk=trips[0].pk))
    correct(
        trips[0],
        replace(draft, actual_heads=8),
        expected_version=trips[0].version,
        actor=officer,
        reason="Sửa",
    )
    batch = back(officer, [head, *rows])
    found = services.dry_run(batch)
    (error,) = found.errors
    assert (error.cell, error.column) == (f"{chr(65 + column(head, 'Số người'))}2", "Số người")
    assert "“8”" in error.message
    assert "“99”" in error.message
    assert (found.counts.bad, found.counts.same, found.counts.good) == (1, 2, 0)
    services.post_batch(batch, actor=officer, reason="Cập nhật")
    assert Delegation.objects.get(pk=trips[0].pk).actual_heads == 8


def test_new_rows_beside_known_ones_become_records(officer, trips):
    head, rows = lines_of(officer)
    new = [None] * len(head)
    for name, value in {
        "Tên đoàn, mục đích": "Đoàn mới thêm minh họa",
        "Số người": 4,
        "Nước, địa phương đến": "Lào",
        "Thời gian": "05/05/2025 - 07/05/2025",
    }.items():
        new[next(n for n, h in enumerate(head) if str(h).casefold().startswith(name.casefold()[:8]))] = value
    batch = back(officer, [head, *rows, new])
    found = services.dry_run(batch)
    assert (found.errors, found.counts.same, found.counts.good, found.counts.changing) == ((), 3, 1, 0)
    services.post_batch(batch, actor=officer, reason="Cập nhật sổ")
    assert Record.objects.filter(title="Đoàn mới thêm minh họa").exists()


def test_an_emptied_cell_empties_the_field_and_a_needed_one_is_asked_for(officer, trips):
    head, rows = lines_of(officer)
    rows[0][column(head, "Nguồn kinh phí")] = None
    rows[1][column(head, "Nước và địa phương") if "Nước và địa phương" in head else 5] = None
    batch = back(officer, [head, *rows])
    found = services.dry_run(batch)
    assert found.counts.changing == 1
    assert found.counts.bad == 1
    services.post_batch(batch, actor=officer, reason="Cập nhật")
    assert Delegation.objects.get(pk=trips[0].pk).funding == ""


@pytest.mark.parametrize("uid", ["khong-phai-ma", "00000000-0000-4000-8000-000000000000"])
def test_an_id_that_nobody_knows_is_a_mistake_in_its_cell(officer, trips, uid):
    batch = back(officer, [HEAD, ["Đoàn", 5, "Lào", uid, 1]])
    (error,) = services.dry_run(batch).errors
    assert error.cell == "D2"


def test_a_version_that_is_missing_and_a_record_named_twice_are_mistakes(officer, trips):
    uid, version = str(trips[0].pk), trips[0].version
    found = services.dry_run(
        back(
            officer,
            [HEAD, ["A", 5, "Lào", uid, None], ["B", 6, "Lào", uid, version], ["C", 7, "Lào", uid, version]],
        )
    )
    assert [error.cell for error in found.errors] == ["E2", "D3", "D4"]


def test_records_of_another_province_are_not_found(officer, stranger, trips):
    content = [HEAD, ["Đoàn khác", 5, "Lào", str(trips[0].pk), trips[0].version]]
    batch = services.stage_file(book({"A": content}), name="a.xlsx", office_code="lao-cai", actor=stranger)
    (error,) = services.dry_run(batch).errors
    assert error.cell == "D2"


def test_undoing_gives_changed_records_their_values_back(officer, trips):
    head, rows = lines_of(officer)
    rows[1][column(head, "Số người")] = 11
    batch = back(officer, [head, *rows])
    services.post_batch(batch, actor=officer, reason="Cập nhật sổ")
    services.undo_batch(batch, actor=officer, reason="Nhầm tệp")
    assert Delegation.objects.get(pk=trips[1].pk).actual_heads == 6
    assert (Record.objects.count(), check_ledger()) == (3, [])
    assert BatchRow.objects.filter(status="undone").count() == 1


def test_undoing_refuses_where_the_record_moved_on(officer, trips):
    head, rows = lines_of(officer)
    rows[1][column(head, "Số người")] = 11
    batch = back(officer, [head, *rows])
    services.post_batch(batch, actor=officer, reason="Cập nhật sổ")
    record = Record.objects.get(pk=trips[1].pk)
    void(record, expected_version=record.version, actor=officer, reason="Nhập nhầm")
    with pytest.raises(Conflict):
        services.undo_batch(batch, actor=officer, reason="Nhầm tệp")
    assert Batch.objects.get(pk=batch.pk).status == "posted"


# --- doubles ---------------------------------------------------------------------------------------

DOUBLE = ["Tên đoàn", "Trưởng đoàn", "Số người", "Nước đến", "Thời gian", "Cơ quan mời"]


@pytest.fixture
def known(officer):
    draft = outbound(
        title="Đoàn thăm Phongsaly",
        partner_text="",
        head_name="Lò Minh Họa",
        starts_on=dt.date(2026, 2, 3),
        ends_on=dt.date(2026, 2, 6),
    )
    return create(draft, office_code="lc-dofa", actor=officer)


def double(officer):
    rows = [
        DOUBLE,
        [
            "Đoàn thăm Phongsaly",
            "Lò Minh Họa",
            7,
            "Lào (Phongsaly)",
            "03/02/2026 - 06/02/2026",
            "Bên mời thử",
        ],
    ]
    batch = back(officer, rows, kind="outbound", happened=False)
    services.dry_run(batch)
    return batch


@pytest.mark.parametrize(
    ("choice", "counts"),
    [("take", (1, 0, 0)), ("skip", (0, 0, 1)), ("", (0, 1, 0))],
)
def test_a_person_says_what_each_double_is(officer, known, choice, counts):
    batch = double(officer)
    row = BatchRow.objects.get(batch=batch, status="twin")
    services.choose_twins(batch, {row.pk: choice}, actor=officer)
    found = services.dry_run(batch).counts
    assert (found.good, found.twins, found.skipped) == counts


def test_merging_adds_what_the_record_lacks_and_overwrites_nothing(officer, known):
    batch = double(officer)
    before = Delegation.objects.get(pk=known.pk)
    row = BatchRow.objects.get(batch=batch, status="twin")
    services.choose_twins(batch, {row.pk: "merge"}, actor=officer)
    (update,) = services.dry_run(batch).updates
    assert [(c.before, c.after) for c in update.changes] == [("", "Bên mời thử")]
    services.post_batch(batch, actor=officer, reason="Gộp")
    after = Delegation.objects.get(pk=known.pk)
    assert (after.approved_heads, after.head_name) == (before.approved_heads, before.head_name)
    assert (after.partner_text, Record.objects.count()) == ("Bên mời thử", 1)


def test_nothing_but_a_choice_is_taken(officer, known):
    batch = double(officer)
    row = BatchRow.objects.get(batch=batch, status="twin")
    with pytest.raises(BadInput):
        services.choose_twins(batch, {row.pk: "burn"}, actor=officer)


def test_a_list_of_a_family_made_of_the_kit_comes_back_too(officer):
    family = get_family("twinning")
    said = {"title": "Pô Tô – Cửa Cải", "level": "village", "ours_text": "Pô Tô", "partner": "Cửa Cải",
            "country": "CN", "signed_on": "19/11/2015"}  # fmt: skip
    gate = family.get_clean_many()
    [cleaned] = gate([said], kind="pair", office_code="lc-dofa", actor=officer)
    write = family.get_create_many()
    [record] = write([cleaned.draft], kind="pair", office_code="lc-dofa", actor=officer, reason="Nhập sổ")
    same = services.dry_run(
        services.stage_file(
            taken(officer, family="twinning"), name="l.xlsx", office_code="lc-dofa", actor=officer
        )
    )
    assert (same.errors, same.problems, same.counts.same, same.counts.good) == ((), (), 1, 0)
    head = ["Tên", "Mã bản ghi, giữ nguyên", "Phiên bản, giữ nguyên"]
    rows = [head, ["Pô Tô – Cửa Cải (đổi tên)", str(record.pk), record.version]]
    batch = services.stage_file(
        book({"A": rows}),
        name="a.xlsx",
        office_code="lc-dofa",
        actor=officer,
        family="twinning",
        mapping={"A": "title"},
    )
    found = services.dry_run(batch)
    assert [(c.before, c.after) for u in found.updates for c in u.changes] == [
        ("Pô Tô – Cửa Cải", "Pô Tô – Cửa Cải (đổi tên)")
    ]
    services.post_batch(batch, actor=officer, reason="Cập nhật")
    assert Record.objects.get(pk=record.pk).title == "Pô Tô – Cửa Cải (đổi tên)"
    services.undo_batch(batch, actor=officer, reason="Nhầm")
    assert Record.objects.get(pk=record.pk).title == "Pô Tô – Cửa Cải"
