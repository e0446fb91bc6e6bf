"""The hand-worked cases that a report must bring out: C3, C6, C8, C14, C15, C16."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from bonphuong.families.delegations.models import Delegation
from bonphuong.families.delegations.services import correct, create, draft_of
from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.queries import figure
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.kernel.periods import Cutoff, Period
from bonphuong.ledger.queries import closed_periods
from bonphuong.ledger.services import LateReasonNeeded
from bonphuong.reports.changes import changes_since, reproduce
from bonphuong.reports.estimates import estimates_of
from bonphuong.reports.models import ReportDefinition
from bonphuong.reports.periods import late_records, periods_of
from bonphuong.reports.services import (
    adopt_definition,
    build_draft,
    close_report_period,
    reopen_report_period,
    set_estimate,
    sign_edition,
)
from tests.factories.delegations import finished, inbound, outbound
from tests.reports.conftest import (
    DEPARTMENT,
    PROVINCE,
    content,
    declare,
    enter,
    entry,
    said,
    sign,
    table,
    value,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
DAY = dt.date


def frozen(edition):
    return json.loads(edition.frozen.content)


def test_c3_a_trip_over_new_year_counts_once_under_either_cutoff(officer, head):
    enter(officer, finished(DAY(2024, 12, 20), 5, days=15), at=DAY(2025, 1, 6))
    with clock.fixed(DAY(2025, 1, 6)):
        adopt_definition(
            actor=head, office=DEPARTMENT, code="annual", valid_from=DAY(2020, 1, 1), cutoff="calendar"
        )
    at = DAY(2026, 1, 5)
    by_rule = {
        (office, year): value(content("annual", year, at=at, office=office), "out.groups@period")
        for office in (PROVINCE, DEPARTMENT)
        for year in ("2024", "2025")
    }
    assert by_rule == {
        (PROVINCE, "2024"): None,  # statutory: the year ended on 14 December
        (PROVINCE, "2025"): "1",
        (DEPARTMENT, "2024"): "1",  # calendar
        (DEPARTMENT, "2025"): None,
    }


def test_c6_allowed_and_called_off_is_listed_and_not_counted(officer):
    with clock.fixed(DAY(2025, 3, 3)):
        create(
            outbound(
                decided_on=DAY(2025, 3, 3), decision_number="77/QĐ-UBND", approved_heads=12,
                starts_on=DAY(2025, 3, 20), ends_on=DAY(2025, 3, 24),
            ),
            office_code=DEPARTMENT, actor=officer,
        )  # fmt: skip
    told = content("monthly", "2025-03", at=DAY(2025, 3, 17))
    assert value(told, "out.approved@period") == "1"
    assert value(told, "out.groups@period") is None
    listed = next(annex for annex in told["annexes"] if annex["code"] == "open")
    assert listed["rows"][0]["cells"][2] == 12
    assert said(told, "delegations")[-1] == (
        "Có 1 trường hợp được cho phép trong kỳ nhưng đến khi lập báo cáo chưa thực hiện (phụ lục I)."
    )


def test_c8_a_cohost_tells_of_it_in_its_own_report_only(officer):
    enter(officer, inbound(DAY(2025, 5, 20), cohosts=("lc-union",)), at=DAY(2025, 6, 1))
    union = content("monthly", "2025-06", at=DAY(2025, 6, 16), office="lc-union")
    assert value(union, "in.cohosted@period") == "1"
    assert "Ngoài ra cùng đón 1 đoàn do cơ quan khác chủ trì" in " ".join(said(union, "delegations"))
    whole = content("monthly", "2025-06", at=DAY(2025, 6, 16))
    assert value(whole, "in.groups@period") == "1"
    assert "cùng đón" not in " ".join(said(whole, "delegations"))


def test_c14_an_estimate_is_signed_and_trued_up_by_the_next_edition(officer, leader):
    # Forty-one have left when the report is signed, two more leave before the year is over.
    early = [finished(DAY(2025, 2, 1) + dt.timedelta(days=7 * n), 5, days=3) for n in range(41)]
    enter(officer, *early, at=DAY(2025, 12, 1))
    with clock.fixed(DAY(2025, 12, 5)):
        draft = build_draft(actor=officer, office=PROVINCE, code="annual", period="2025")
        set_estimate(actor=officer, edition=draft, figure="out.groups", value=Decimal(45))
        edition = sign_edition(actor=leader, edition=draft, reason="số ước đến hết năm")
    late = [finished(DAY(2025, 12, 8) + dt.timedelta(days=n), 5, days=2) for n in range(2)]
    enter(officer, *late, at=DAY(2025, 12, 14))

    told = frozen(edition)
    assert entry(told, "out.groups@period")["text"] == "ước 45 đoàn"
    assert entry(told, "out.groups@period")["recorded"] == "41"
    assert "cử ước 45 đoàn" in said(told, "delegations")[0]
    assert "(đến ngày 05/12/2025 đã thực hiện 41 đoàn)" in said(told, "delegations")[0]
    assert closed_periods(PROVINCE) == []

    year = Period.parse("2025", Cutoff.STATUTORY)
    found = figure(FigureRequest("outbound.groups", PROVINCE, year))
    assert (found.value, found.estimate.value) == (43, 45)
    assert found.estimate.statement.edition_uid == edition.pk
    assert found.estimate.statement.signer == leader.get_full_name()

    following = content("annual", "2026", at=DAY(2026, 12, 20))
    trued = table(following, "Đối chiếu số ước")
    assert trued == {"Đoàn ra": ["năm 2025", "ước 45", "43", "−2"]}
    compared = table(following, "Bảng 1")
    assert compared["Đoàn ra"][2:4] == ["ước 45", "43"]
    assert reproduce(edition).is_same

    with clock.fixed(DAY(2025, 12, 10)):
        [running] = estimates_of([PROVINCE])
    assert (running.reported, running.final, running.difference, running.is_over) == (45, None, None, False)
    next_year = sign(officer, leader, "annual", "2026", at=DAY(2026, 12, 20))
    with clock.fixed(DAY(2026, 12, 21)):
        [over] = estimates_of([PROVINCE])
    assert (over.reported, over.final, over.difference) == (45, 43, -2)
    assert (over.edition, over.told_in, over.signer) == (edition, next_year, leader.get_full_name())
    assert estimates_of(["lao-cai"]) == []


@pytest.fixture
def may_and_after(officer, leader):
    """May's report is closed and sent on 20 May; a trip of 8 May is entered on 2 June."""
    enter(
        officer,
        finished(DAY(2025, 4, 20), 6, days=3),
        finished(DAY(2025, 5, 6), 8, days=3),
        at=DAY(2025, 5, 15),
    )
    declare(officer, DAY(2024, 12, 15), DAY(2025, 5, 14), at=DAY(2025, 5, 16))
    edition = sign(officer, leader, "monthly", "2025-05", at=DAY(2025, 5, 20), paper_number="45/BC-UBND")
    enter(
        officer,
        finished(DAY(2025, 5, 8), 7, days=3, head_name="Tẩn Văn Thử"),
        at=DAY(2025, 6, 2),
        late_reason="Đơn vị gửi báo cáo muộn",
    )
    return edition


def test_c15_a_late_entry_leaves_the_sent_report_alone(may_and_after):
    assert [closing.period for closing in closed_periods(PROVINCE)] == ["2025-05"]
    assert value(frozen(may_and_after), "out.groups@period") == "2"
    assert reproduce(may_and_after).is_same
    with clock.fixed(DAY(2025, 6, 3)):
        changed = {c.key: c for c in changes_since(may_and_after)}
    groups, visits = changed["out.groups@period"], changed["out.visits@period"]
    assert (groups.then, groups.now, groups.difference) == (2, 3, 1)
    assert (visits.then, visits.now, visits.difference) == (14, 21, 7)
    assert [(row.then, row.now) for row in visits.rows] == [(0, 7)]


def test_c15_carried_it_is_a_line_of_its_own_in_the_next_report(may_and_after):
    told = content("monthly", "2025-06", at=DAY(2025, 6, 17))
    assert (
        "Bổ sung số liệu kỳ trước, nhập sau báo cáo tháng 5 năm 2025: đoàn ra tăng 1 đoàn; lượt người đi theo "
        "đoàn tăng 7 lượt người; đã tính vào số lũy kế từ đầu năm."
    ) in said(told, "delegations")
    assert value(told, "out.groups@to_date") == "3"
    lines = table(told, "Bảng 1")
    assert (lines["Đoàn ra"][2], lines["Lượt người đi theo đoàn"][2]) == ("1", "7")
    late = entry(told, "out.visits@before:late")
    assert [amount for _number, amount in late["rows"]] == ["7"]
    assert late["formula"] == "21 − 14 = 7"


def test_c15_restated_the_earlier_month_is_shown_again(may_and_after, head):
    with clock.fixed(DAY(2025, 6, 3)):
        adopt_definition(
            actor=head, office=PROVINCE, code="monthly", valid_from=DAY(2025, 6, 1), late_rule="restate"
        )
    told = content("monthly", "2025-06", at=DAY(2025, 6, 17))
    assert value(told, "out.groups@to_date") == "3"
    found = next(
        block
        for section in told["sections"]
        for block in section["blocks"]
        if block.get("caption") == "Số liệu kỳ trước được điều chỉnh"
    )
    rows = [
        [row["head"], *[c if isinstance(c, str) else c["t"] for c in row["cells"]]] for row in found["rows"]
    ]
    assert rows == [
        ["tháng 5 năm 2025", "Đoàn ra", "2", "3", "1"],
        ["tháng 5 năm 2025", "Lượt người đi theo đoàn", "14", "21", "7"],
    ]
    assert not any(text.startswith("Bổ sung số liệu kỳ trước,") for text in said(told, "delegations"))


def test_c15_the_period_lists_what_came_late_and_where_it_was_told(may_and_after, officer, leader, head):
    [line] = periods_of([PROVINCE])
    assert (line.is_closed, line.late, line.edition) == (True, 1, may_and_after)
    assert (line.period.code, line.period.cutoff) == ("2025-05", "statutory")
    [late] = late_records(line)
    assert late.reason == "Đơn vị gửi báo cáo muộn"
    assert late.on[-1] == DAY(2025, 5, 8)  # the decision, of some days before, counts too
    assert (late.adds["outbound.groups"], late.adds["outbound.person_visits"]) == (1, 7)
    assert late.told_in is None
    june = sign(officer, leader, "monthly", "2025-06", at=DAY(2025, 6, 17))
    [line] = [one for one in periods_of([PROVINCE]) if one.row.period == "2025-05"]
    assert late_records(line)[0].told_in == june


def test_c15_while_a_period_is_open_again_nothing_is_late(may_and_after, officer, leader, head):
    [line] = periods_of([PROVINCE])
    with clock.fixed(DAY(2025, 6, 3)):
        with pytest.raises(NotAllowed):
            reopen_report_period(actor=officer, closing=line.row, reason="Bổ sung")
        with pytest.raises(BadInput):
            reopen_report_period(actor=head, closing=line.row, reason=" ")
        reopen_report_period(actor=head, closing=line.row, reason="Bổ sung đoàn của Sở Y tế")
        with pytest.raises(Conflict):
            reopen_report_period(actor=head, closing=line.row, reason="Bổ sung")
    enter(officer, finished(DAY(2025, 5, 9), 3, days=2, head_name="Lò Văn Thử"), at=DAY(2025, 6, 4))
    [line] = periods_of([PROVINCE])
    assert (line.is_closed, line.late) == (False, 1)
    assert [word.is_closed for word in line.words] == [True, False]
    with clock.fixed(DAY(2025, 6, 5)):
        close_report_period(actor=head, office=PROVINCE, code="monthly", period="2025-05")
        with pytest.raises(Conflict):
            close_report_period(actor=head, office=PROVINCE, code="monthly", period="2025-05")
    with pytest.raises(LateReasonNeeded):
        enter(officer, finished(DAY(2025, 5, 10), 3, days=2, head_name="Giàng A Thử"), at=DAY(2025, 6, 6))


def test_a_period_that_runs_is_not_closed(head):
    with clock.fixed(DAY(2025, 6, 14)), pytest.raises(BadInput) as refused:
        close_report_period(actor=head, office=PROVINCE, code="monthly", period="2025-06")
    assert list(refused.value.errors) == ["period"]


def test_c16_a_correction_is_reversed_at_the_trips_own_date(officer, leader):
    with clock.fixed(DAY(2025, 10, 1)):
        [record] = enter(officer, finished(DAY(2025, 9, 20), 12, days=3), at=DAY(2025, 10, 1))
    edition = sign(officer, leader, "monthly", "2025-10", at=DAY(2025, 10, 15), close=False)
    with clock.fixed(DAY(2025, 10, 20)):
        row = Delegation.objects.get(pk=record.pk)
        correct(
            record, replace(draft_of(row), actual_heads=11), actor=officer, reason="Nhập nhầm",
            expected_version=record.version,
        )  # fmt: skip
    assert value(frozen(edition), "out.visits@period") == "12"
    assert reproduce(edition).is_same
    with clock.fixed(DAY(2025, 10, 21)):
        visits = {one.key: one for one in changes_since(edition)}["out.visits@period"]
    assert (visits.then, visits.now, visits.difference) == (12, 11, -1)
    assert value(content("monthly", "2025-10", at=DAY(2025, 10, 21)), "out.visits@period") == "11"


def test_late_figures_are_carried_once(may_and_after, officer, leader):
    sign(officer, leader, "monthly", "2025-06", at=DAY(2025, 6, 17))
    told = content("monthly", "2025-07", at=DAY(2025, 7, 16))
    assert not any("Bổ sung số liệu" in text for text in said(told, "delegations"))


def test_late_figures_of_december_are_told_in_january_and_not_counted_in_it(officer, leader):
    enter(officer, finished(DAY(2025, 12, 1), 6, days=3), at=DAY(2025, 12, 10))
    sign(officer, leader, "monthly", "2025-12", at=DAY(2025, 12, 16))
    enter(officer, finished(DAY(2025, 12, 3), 4, days=3), at=DAY(2025, 12, 30), late_reason="Nhập bổ sung")
    told = content("monthly", "2026-01", at=DAY(2026, 1, 16))
    [line] = [text for text in said(told, "delegations") if text.startswith("Bổ sung số liệu năm trước")]
    assert line.endswith("không tính vào số liệu năm nay.")
    assert value(told, "out.groups@to_date") is None


def test_an_offices_own_definition_is_dated(head):
    with clock.fixed(DAY(2025, 6, 3)):
        for day, cutoff in ((DAY(2025, 1, 1), "calendar"), (DAY(2025, 7, 1), "statutory")):
            adopt_definition(actor=head, office=DEPARTMENT, code="monthly", valid_from=day, cutoff=cutoff)
    own = ReportDefinition.objects.filter(office_code=DEPARTMENT).order_by("version")
    assert [(r.version, r.cutoff, r.valid_from, r.valid_to) for r in own] == [
        (1, "calendar", DAY(2025, 1, 1), DAY(2025, 6, 30)),
        (2, "statutory", DAY(2025, 7, 1), None),
    ]
    told = {
        period: content("monthly", period, at=DAY(2025, 9, 1), office=DEPARTMENT)["spans"]["period"]["since"]
        for period in ("2024-12", "2025-06", "2025-08")
    }
    assert told == {"2024-12": "2024-11-15", "2025-06": "2025-06-01", "2025-08": "2025-07-15"}
