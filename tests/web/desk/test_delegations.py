import datetime as dt
from urllib.parse import unquote

import pytest

from bonphuong.families.delegations.services import create, create_many
from bonphuong.kernel.sheets import read_table
from bonphuong.records.models import Record
from tests.factories.delegations import finished, inbound, member, outbound

D = dt.date


@pytest.fixture
def register(people):
    """Two groups of the year, one of the year before, a request still without a decision."""
    drafts = [
        finished(
            D(2025, 3, 3),
            6,
            title="Sở Y tế trao đổi chuyên môn tại Phongsaly",
            report_received_on=D(2025, 3, 12),
        ),
        finished(D(2025, 11, 20), 10, title="Đoàn đại biểu tỉnh thăm Phongsaly", head_name="Hoàng Giả Định"),
        finished(D(2024, 3, 3), 7, head_name="Giàng A Thử"),
        inbound(D(2025, 5, 6)),
        outbound(
            title="Xin đi Phongsaly",
            starts_on=D(2026, 1, 12),
            ends_on=D(2026, 1, 16),
            head_name="Vàng Văn Mẫu",
        ),
    ]
    return create_many(drafts, office_code="lc-dofa", actor=people["canbo"], reason="Nhập sổ")


def _page(client, query=""):
    return client.get(f"/delegations/?{query}").context["page"]


def test_the_list_shows_the_present_year_and_its_totals_equal_the_ledger(register, people, at_desk):
    page = _page(at_desk(people["canbo"]), "kind=outbound")
    assert page.title == "2 đoàn ra trong năm 2025, 1 hồ sơ quá hạn"
    assert [(row.record.title, row.heads) for row in page.rows] == [
        ("Đoàn đại biểu tỉnh thăm Phongsaly", 10),
        ("Sở Y tế trao đổi chuyên môn tại Phongsaly", 6),
    ]
    assert (page.total.groups, page.total.people, page.total.is_equal) == (2, 16, True)


def test_what_is_found_by_words_needs_no_marks(register, people, at_desk):
    client = at_desk(people["canbo"])
    assert [row.record.number for row in _page(client, "q=doan+dai+bieu").rows] == ["ĐR-2025-002"]
    assert [row.record.number for row in _page(client, "q=Giang+A+Thu").rows] == ["ĐR-2024-001"]
    assert _page(client, "q=khong+co+gi").rows == []


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("period=all", 5),
        ("period=2024", 1),
        ("period=all&country=CN", 1),
        ("period=all&flag=unfiled", 3),
        ("period=all&state=closed", 1),
        ("period=2025-11", 1),
        ("period=khong-doc-duoc", 3),
        ("kind=khong-co", 3),
    ],
)
def test_filters_live_in_the_address(register, people, at_desk, query, count):
    assert _page(at_desk(people["canbo"]), query).count == count


def test_chips_lead_on_and_off(register, people, at_desk):
    page = _page(at_desk(people["canbo"]), "kind=outbound&period=all&country=LA")
    on = [chip for chip in page.chips if chip.is_on]
    assert [(chip.label, chip.url) for chip in on] == [("Lào", "/delegations/?kind=outbound&period=all")]
    assert ("Chưa có báo cáo", 2) in [(chip.label, chip.count) for chip in page.chips]


def test_pages_follow_one_another_without_gaps(people, at_desk):
    drafts = [finished(D(2025, 1, 2) + dt.timedelta(days=n), 5, head_name=f"Mẫu {n}") for n in range(57)]
    create_many(drafts, office_code="lc-dofa", actor=people["canbo"])
    client = at_desk(people["canbo"])
    first = _page(client, "kind=outbound")
    second = client.get(first.next_url).context["page"]
    shown = [row.record.pk for row in (*first.rows, *second.rows)]
    assert (len(first.rows), len(second.rows), len(set(shown))) == (50, 7, 57)
    assert second.next_url == ""


def test_an_empty_list_says_what_to_do_first(people, at_desk):
    page = at_desk(people["canbo"]).get("/delegations/").content.decode()
    assert "Chưa có đoàn nào" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_number_of_queries_for_any_length(
    people, at_desk, rows, django_assert_max_num_queries
):
    drafts = [finished(D(2025, 3, 3 + n), 5, head_name=f"Mẫu {n}") for n in range(rows)]
    create_many(drafts, office_code="lc-dofa", actor=people["canbo"])
    client = at_desk(people["canbo"])
    client.get("/delegations/")
    with django_assert_max_num_queries(32):
        client.get("/delegations/?kind=outbound")


def test_a_record_tells_where_it_stands_and_what_it_counts_as(register, people, at_desk):
    answer = at_desk(people["truongphong"]).get(f"/delegations/{register[1].pk}")
    page = answer.context["page"]
    assert [view.standing for view in page.parts.case.phases] == [
        "done",
        "done",
        "done",
        "done",
        "doing",
        "ahead",
    ]
    assert page.parts.case.main_way.code == "receive_report"
    assert (page.parts.case.first.due_on, page.parts.case.first.standing) == (D(2025, 12, 9), "late")
    assert page.parts.counts_as == "1 đoàn, 10 lượt người"
    assert page.parts.state.state == "late"


def test_another_province_finds_nothing(register, people, at_desk):
    client = at_desk(people["canbo.laocai"])
    assert client.get(f"/delegations/{register[0].pk}").status_code == 404
    assert _page(client, "period=all").rows == []


def test_passports_show_their_last_digits_to_those_who_may_read_them_at_all(people, at_desk):
    draft = outbound(members=(member(passport_no="C1234417"),))
    record = create(draft, office_code="lc-dofa", actor=people["canbo"])
    seen = {
        name: "•••••• 417" in at_desk(people[name]).get(f"/delegations/{record.pk}").content.decode()
        for name in ("canbo", "lanhdao")
    }
    assert seen == {"canbo": True, "lanhdao": False}


def test_the_same_event_is_noticed_and_counted_once(people, at_desk):
    mine = create(inbound(D(2025, 5, 6)), office_code="lc-dofa", actor=people["canbo"])
    theirs = create(
        inbound(D(2025, 5, 6), lead_office_code="lc-union"),
        office_code="lc-union",
        actor=people["canbo.hunghi"],
    )
    client = at_desk(people["canbo"])
    assert [twin.number for twin in client.get(f"/delegations/{mine.pk}").context["page"].parts.twins] == [
        theirs.number
    ]
    address = f"/records/item/{mine.pk}/same-as/{theirs.pk}"
    assert client.get(address).status_code == 200
    answer = client.post(address, {"keep": str(mine.pk), "reason": "Cùng một đoàn"})
    assert answer["Location"] == f"/delegations/{mine.pk}"
    theirs.refresh_from_db()
    assert theirs.duplicate_of_id == mine.pk
    assert _page(client, "kind=inbound").total.groups == 1


def test_the_number_of_the_year_is_not_mixed_with_another_book(register):
    assert Record.objects.filter(number="ĐR-2025-001").count() == 1


def test_the_list_leaves_as_a_workbook_that_the_ledger_would_take_again(register, people, at_desk):
    answer = at_desk(people["canbo"]).get("/delegations/list.xlsx?kind=outbound&period=2025")
    (table, _marker) = read_table(answer.getvalue(), name="list.xlsx")
    cells = [[cell.value for cell in row.cells] for row in table.rows]
    assert [row[1] for row in cells if str(row[1]).startswith("ĐR-")] == ["ĐR-2025-001", "ĐR-2025-002"]
    assert any(16 in row for row in cells)
    assert "Đoàn ra, năm 2025" in unquote(answer["Content-Disposition"])


def test_who_has_not_filed_stands_office_by_office_the_most_overdue_first(register, people, at_desk):
    page = at_desk(people["canbo"]).get("/unfiled/").context["page"]
    assert page.title == "3 chuyến chưa có báo cáo, 3 hồ sơ quá hạn"
    [debtor] = page.debtors
    assert [row.trip.record.number for row in debtor.rows] == ["ĐR-2024-001", "ĐV-2025-001", "ĐR-2025-002"]
    nothing = at_desk(people["canbo.hunghi"]).get("/unfiled/").context["page"]
    assert (nothing.title, nothing.debtors) == ("Chuyến nào cũng đã có báo cáo", [])
