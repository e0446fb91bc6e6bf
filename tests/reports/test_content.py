"""What a report says: sentences chosen by the data, silence told apart, figures with their evidence."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bonphuong.families.delegations.schema import PlaceDraft
from bonphuong.indicators.queries import figures
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.reports.gathering import gather, requests_of
from bonphuong.reports.queries import definition_and_period
from bonphuong.reports.services import build_draft, draft_content, write_text
from tests.factories.delegations import HONGHE, finished, inbound
from tests.factories.ledger import draft, post
from tests.reports.conftest import DEPARTMENT, PROVINCE, content, declare, enter, entry, said, table, value

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
DAY = dt.date
JUNE = DAY(2025, 6, 17)


def outward(officer, *days: DAY, heads: int = 6, at: DAY = JUNE, **more) -> None:
    enter(officer, *(finished(day, heads, days=2, **more) for day in days), at=at)


def test_nothing_entered_and_none_are_told_apart(officer):
    before = content("monthly", "2025-06", at=JUNE)
    assert said(before, "delegations")[0] == "Đoàn ra: chưa có số liệu của kỳ này (chưa nhập)."
    assert said(before, "border") == ["Chưa nhập số liệu, nội dung cho mục này."]
    declare(officer, DAY(2024, 12, 15), DAY(2025, 6, 14), at=JUNE)
    after = content("monthly", "2025-06", at=JUNE)
    assert said(after, "delegations")[0] == (
        "Trong tháng 6 năm 2025, tỉnh không có đoàn đi công tác nước ngoài."
    )
    assert said(after, "border") == ["Trong kỳ không phát sinh."]
    states = {section["code"]: section["state"] for section in after["sections"]}
    assert (states["border"], states["aid"]) == ("zero", "not_entered")


def test_a_person_says_that_nothing_happened_or_that_it_is_no_duty_of_theirs(officer):
    with clock.fixed(JUNE):
        edition = build_draft(actor=officer, office=PROVINCE, code="monthly", period="2025-06")
        for slot, state in (("aid", "nothing"), ("people", "not_applicable")):
            write_text(actor=officer, edition=edition, slot=slot, body="", state=state)
        write_text(
            actor=officer, edition=edition, slot="tasks", body="Chuẩn bị hội nghị.\n\nĐón đoàn Hồng Hà."
        )
        told = draft_content(edition)
    assert said(told, "aid") == ["Trong kỳ không phát sinh."]
    assert said(told, "people") == ["Nội dung này không thuộc phạm vi của đơn vị."]
    assert said(told, "tasks") == ["Chuẩn bị hội nghị.\n\nĐón đoàn Hồng Hà."]


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        (0, 2, "cử 2 đoàn với 12 lượt người đi công tác nước ngoài, cùng kỳ năm trước không có."),
        (1, 2, "đi công tác nước ngoài, tăng 1 đoàn so với cùng kỳ năm trước (1 đoàn)."),
        (3, 2, "đi công tác nước ngoài, giảm 1 đoàn so với cùng kỳ năm trước (3 đoàn)."),
        (2, 2, "đi công tác nước ngoài, bằng cùng kỳ năm trước."),
        (2, 0, "tỉnh không có đoàn đi công tác nước ngoài (cùng kỳ năm trước có 2 đoàn)."),
        (10, 12, "tăng 2 đoàn (20%) so với cùng kỳ năm trước."),
    ],
)
def test_a_sentence_is_chosen_by_the_figures(officer, then, now, expected):
    outward(officer, *[DAY(2024, 5, 15) + dt.timedelta(days=2 * n) for n in range(then)])
    outward(officer, *[DAY(2025, 5, 15) + dt.timedelta(days=2 * n) for n in range(now)])
    for year in (2024, 2025):
        declare(officer, DAY(year - 1, 12, 15), DAY(year, 6, 14), at=JUNE)
    first = said(content("monthly", "2025-06", at=JUNE), "delegations")[0]
    assert expected in first
    assert " 0 " not in first


def test_individuals_without_groups(officer):
    alone = finished(DAY(2025, 6, 2), 1, kind="individual", organiser_text="Bộ Ngoại giao")
    enter(officer, alone, at=JUNE)
    declare(officer, DAY(2025, 5, 15), DAY(2025, 6, 14), at=JUNE)
    first = said(content("monthly", "2025-06", at=JUNE), "delegations")[0]
    assert "không có đoàn đi công tác nước ngoài, có 1 cá nhân đi công tác" in first


def test_parts_are_told_and_come_to_their_total(officer):
    thailand = (PlaceDraft("LA", party_code="la-phongsaly"), PlaceDraft("TH"))
    outward(officer, DAY(2025, 3, 3), DAY(2025, 3, 5), places=thailand, field_code="health")
    outward(officer, DAY(2025, 4, 1), places=(HONGHE,), partner_code="cn-honghe", plan_status="off")
    enter(officer, inbound(DAY(2025, 5, 20), 8, purpose="talks"), at=JUNE)
    told = content("annual", "2025", at=DAY(2025, 12, 20))
    words = " ".join(said(told, "delegations"))
    assert "Nước đến của các đoàn ra: Lào 2 đoàn, Trung Quốc 1 đoàn." in words
    assert "Theo chương trình năm: trong kế hoạch 2 đoàn, ngoài kế hoạch 1 đoàn." in words
    assert "Các đoàn đã đến 5 lượt nước" in words
    assert "Theo mục đích: hội đàm 1 đoàn." in words
    assert table(told, "Bảng 2") == {
        "Lào": ["2", "12", "0", "0"],
        "Trung Quốc": ["1", "6", "1", "8"],
        "Cộng": ["3", "18", "1", "8"],
    }
    assert said(told, "relations")[1:] == [
        "Hồng Hà (Trung Quốc): cử 1 đoàn (6 lượt người); đón 1 đoàn (8 lượt người).",
        "Phông Sa Lỳ (Lào): cử 2 đoàn (12 lượt người).",
    ]
    lost = next(check for check in told["checks"] if check["code"] == "parts_make_total")
    assert lost["severity"] == "warning"


def test_every_figure_has_what_its_evidence_needs(officer):
    outward(officer, DAY(2025, 5, 20), DAY(2025, 6, 2), heads=7)
    told = content("monthly", "2025-06", at=JUNE)
    found = entry(told, "out.visits@period")
    assert (found["code"], found["value"], found["text"], found["unit"]) == (
        "outbound.person_visits", "14", "14 lượt người", "lượt người",
    )  # fmt: skip
    assert found["period"] == {
        "code": "2025-06", "cutoff": "statutory", "since": "2025-05-15", "until": "2025-06-14",
        "label": "tháng 6 năm 2025",
    }  # fmt: skip
    assert found["as_of"] == told["as_of"]
    assert [amount for _number, amount in found["rows"]] == ["7", "7"]
    records = {record["n"]: record for record in told["records"]}
    assert [records[number]["on"] for number, _amount in found["rows"]] == ["2025-05-20", "2025-06-02"]
    for figure in told["figures"]:
        if figure["basis"] in ("counted", "part") and figure["status"] in ("recorded", "zero"):
            assert sum(int(amount) for _number, amount in figure["rows"]) == int(figure["value"])


def test_a_trip_stands_at_its_departure_though_it_was_decided_later(officer):
    outward(officer, DAY(2025, 5, 20), decided_on=DAY(2025, 5, 28))
    told = content("monthly", "2025-06", at=JUNE)
    [(number, _amount)] = entry(told, "out.groups@period")["rows"]
    assert {record["n"]: record["on"] for record in told["records"]}[number] == "2025-05-20"


def test_all_figures_of_a_report_in_six_statements_at_most(officer):
    outward(officer, DAY(2025, 5, 20), DAY(2025, 6, 2))
    for code, period in (("monthly", "2025-06"), ("annual", "2025")):
        row, span = definition_and_period(code, PROVINCE, period)
        with clock.fixed(JUNE):
            ground = gather(row, PROVINCE, span)
            requests = requests_of(ground.definition, ground.spans, PROVINCE)
            with CaptureQueriesContext(connection) as captured:
                figures(requests)
        assert len(requests) > 45
        assert len(captured) <= 6


def test_more_records_need_no_more_statements_for_figures_and_evidence(officer):
    def asked() -> int:
        with clock.fixed(JUNE), CaptureQueriesContext(connection) as captured:
            row, span = definition_and_period("monthly", PROVINCE, "2025-06")
            gather(row, PROVINCE, span)
        return sum("ledger_fact" in query["sql"] for query in captured)

    outward(officer, DAY(2025, 6, 1))
    few = asked()
    outward(officer, *(DAY(2025, 5, 28) + dt.timedelta(days=n) for n in range(8)))
    assert asked() == few


def test_a_personal_trip_is_counted_and_never_named(officer):
    enter(officer, finished(DAY(2025, 6, 2), 1, kind="personal", title="Thăm thân nhân tại Hà Khẩu"), at=JUNE)
    told = content("monthly", "2025-06", at=JUNE)
    assert "Có 1 lượt đi việc riêng (chỉ thống kê số lượt)." in said(told, "delegations")
    [record] = told["records"]
    assert (record["title"], record["family"]) == ("đi việc riêng", "")
    assert "Thăm thân nhân" not in str(told)


def test_demonstration_and_drafts_are_marked(officer):
    told = content("monthly", "2025-06", at=JUNE)
    assert told["marks"] == ["Dữ liệu minh họa, không phải số liệu thật", "Bản thảo"]
    assert told["is_demo"]


def test_a_figure_that_a_paper_states_says_so(officer):
    with clock.fixed(JUNE):
        from_paper = {"since": DAY(2025, 5, 15), "until": DAY(2025, 6, 14), "kind": "stated", "value": 4}
        post_stated(**from_paper)
    outward(officer, DAY(2025, 6, 2))
    told = content("monthly", "2025-06", at=JUNE)
    assert (
        "tỉnh cử 4 đoàn với 6 lượt người (số theo văn bản; hồ sơ đã nhập 1 đoàn)"
        in said(told, "delegations")[0]
    )
    found = entry(told, "out.groups@period")
    assert (found["status"], found["entered"]) == ("stated", ["1", "4"])
    agree = next(check for check in told["checks"] if check["code"] == "papers_agree")
    assert agree["message"] == "Đoàn ra, tháng 6 năm 2025: mới nhập 1/4; báo cáo dùng số của văn bản."


def post_stated(**parts) -> None:
    from bonphuong.ledger.services import post_statement  # noqa: PLC0415
    from bonphuong.trail.acting import acting  # noqa: PLC0415

    with acting(actor=None, verb="system.test"):
        post_statement(book=PROVINCE, office=PROVINCE, measure="outbound.groups", **parts)


def test_a_month_larger_than_its_year_cannot_be_signed():
    with clock.fixed(JUNE):
        post_stated(since=DAY(2025, 5, 15), until=DAY(2025, 6, 14), kind="stated", value=9)
        post_stated(since=DAY(2024, 12, 15), until=DAY(2025, 6, 14), kind="stated", value=4)
    told = content("monthly", "2025-06", at=JUNE)
    assert told["checks"][0]["code"] == "month_in_year"
    assert told["checks"][0]["severity"] == "error"
    assert told["checks"][0]["message"] == "Đoàn ra: trong kỳ 9 lớn hơn lũy kế từ đầu năm 4."


def test_one_delegation_hosted_by_two_offices_is_pointed_at(officer):
    enter(officer, inbound(DAY(2025, 6, 3)), inbound(DAY(2025, 6, 4), lead_office_code="lc-union"), at=JUNE)
    enter(officer, inbound(DAY(2025, 6, 9), head_name="Lý Thử", lead_office_code="lc-union"), at=JUNE)
    told = content("monthly", "2025-06", at=JUNE)
    [found] = [check for check in told["checks"] if check["code"] == "hosted_once"]
    assert found["severity"] == "warning"
    assert len(found["records"]) == 2


def test_groups_of_an_unlikely_size_are_pointed_at(officer):
    outward(officer, DAY(2025, 6, 2), heads=90)
    told = content("monthly", "2025-06", at=JUNE)
    found = [check["message"] for check in told["checks"] if check["code"] == "plausible_sizes"]
    assert found == [
        "Lượt người đi theo đoàn: bình quân 90, ngoài khoảng 2 đến 60.",
        "Lượt người đi theo đoàn: 1 hồ sơ có dưới 2 hoặc trên 60.",
    ]


def test_facts_without_a_record_are_still_evidence():
    with clock.fixed(JUNE):
        uid = post(draft(on=DAY(2025, 6, 2), country="LA"))
    told = content("monthly", "2025-06", at=JUNE)
    [record] = told["records"]
    assert (record["uid"], record["title"]) == (str(uid), "")


def test_an_open_period_says_so(officer):
    outward(officer, DAY(2024, 5, 20), DAY(2024, 5, 25), at=DAY(2025, 6, 1))
    outward(officer, DAY(2025, 5, 20), at=DAY(2025, 6, 1))
    told = content("monthly", "2025-06", at=DAY(2025, 6, 1))
    assert told["is_open"]
    # Half a month is not set beside a whole one.
    assert said(told, "delegations")[0].startswith(
        "Từ ngày 15/05/2025 đến ngày 01/06/2025, tỉnh cử 1 đoàn với 6 lượt người đi công tác nước ngoài."
    )
    assert table(told, "Bảng 1")["Đoàn ra"][-1] == "–"
    assert not content("monthly", "2025-06", at=JUNE)["is_open"]


def test_what_cannot_be_written():
    with clock.fixed(JUNE):
        row, span = definition_and_period("monthly", PROVINCE, "2025-06")
        _row, later = definition_and_period("monthly", PROVINCE, "2025-09")
        for office, period, field in (("nowhere", span, "office"), (PROVINCE, later, "period")):
            with pytest.raises(BadInput) as caught:
                gather(row, office, period)
            assert list(caught.value.errors) == [field]
        with pytest.raises(BadInput) as caught:
            definition_and_period("weekly", PROVINCE, "2025-06")
        assert list(caught.value.errors) == ["definition"]


def test_the_head_is_that_of_the_office(officer):
    outward(officer, DAY(2025, 6, 2))
    told = content("monthly", "2025-06", at=JUNE, office=DEPARTMENT)
    assert told["head"]["parent"] == "ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU"
    assert told["head"]["issuer"] == "SỞ NGOẠI VỤ"
    assert told["head"]["number"].endswith("/BC-SNgV")
    assert told["head"]["place_date"].endswith("năm 2025")
    assert told["signature"] == {"lines": ["GIÁM ĐỐC"], "name": ""}
    assert told["recipients"] == ["Ủy ban nhân dân tỉnh Lai Châu", "Lưu: VT."]
    assert value(told, "out.groups@period") == "1"
    assert told["notes"][0].startswith("Cách tính: một người đi riêng tính là cá nhân")
