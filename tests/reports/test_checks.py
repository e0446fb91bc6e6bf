"""Each check before signing fires on what it is for, and is silent on a register that is in order."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from bonphuong.kernel import clock
from bonphuong.ledger.services import post_statement
from bonphuong.reports.checks import Matter, counts, texts
from bonphuong.reports.composing import words_of
from bonphuong.reports.figurebook import FigureBook
from bonphuong.reports.gathering import gather
from bonphuong.reports.models import DraftText
from bonphuong.reports.queries import definition_and_period
from bonphuong.reports.services import build_draft, draft_content, set_estimate, write_text
from bonphuong.trail.acting import acting
from tests.factories.delegations import finished
from tests.factories.ledger import draft, post
from tests.reports.conftest import PROVINCE, content, declare, enter, sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
DAY = dt.date
JUNE = DAY(2025, 6, 17)
JULY = DAY(2025, 7, 16)


def found(told, code):
    """What a check found, without what passed."""
    return [one for one in told["checks"] if one["code"] == code and one["severity"] != "passed"]


def stated(measure, value, since, until, at=JUNE, **more):
    with clock.fixed(at), acting(actor=None, verb="system.test"):
        post_statement(
            book=PROVINCE,
            office=PROVINCE,
            measure=measure,
            since=since,
            until=until,
            kind="stated",
            value=value,
            **more,
        )


def trips(officer, *days, heads=6, at=JUNE, **more):
    enter(officer, *(finished(day, heads, days=2) for day in days), at=at, **more)


@pytest.fixture
def june(officer):
    """Twelve groups of six in June's period, and its draft."""
    trips(officer, *(DAY(2025, 5, 16) + dt.timedelta(days=2 * n) for n in range(12)))
    with clock.fixed(JUNE):
        return build_draft(actor=officer, office=PROVINCE, code="monthly", period="2025-06")


@pytest.fixture
def write(officer, june):
    """Writes a part of June's draft; gives the content."""

    def written(body, *, is_carried=False, slot="limits"):
        with clock.fixed(JUNE):
            write_text(actor=officer, edition=june, slot=slot, body=body)
            with acting(actor=None, verb="system.test"):
                DraftText.objects.update(is_carried=is_carried)
            return draft_content(june)

    return written


def test_a_register_in_order_passes_every_check(officer, leader):
    trips(officer, DAY(2025, 5, 6), DAY(2025, 6, 2))
    declare(officer, DAY(2024, 12, 15), DAY(2025, 6, 14), at=JUNE)
    sign(officer, leader, "monthly", "2025-05", at=DAY(2025, 5, 17))
    with clock.fixed(JUNE):
        edition = build_draft(actor=officer, office=PROVINCE, code="monthly", period="2025-06")
        for slot in ("limits", "tasks", "requests", "context", "aid", "support", "agreements", "people"):
            write_text(actor=officer, edition=edition, slot=slot, body="Đã thực hiện {out.groups}.")
        told = draft_content(edition)
    severe = {(one["code"], one["message"]) for one in told["checks"] if one["severity"] != "passed"}
    assert {code for code, _message in severe} <= {"parts_written", "records_have_papers"}
    assert len({one["code"] for one in told["checks"]}) == 24


def test_a_part_above_the_whole_that_it_lies_in():
    days = (DAY(2025, 5, 15), DAY(2025, 6, 14))
    stated("sessions.held", 3, *days)
    assert not found(content("monthly", "2025-06", at=JUNE), "part_in_whole")
    stated("sessions.held", 5, *days, dimensions={"slot1": "online"})
    [check] = found(content("monthly", "2025-06", at=JUNE), "part_in_whole")
    assert check["severity"] == "error"
    assert "5, lớn hơn" in check["message"]
    assert len(check["figures"]) == 2


def test_a_growth_that_does_not_come_out_again(officer):
    trips(officer, DAY(2024, 5, 20), DAY(2025, 5, 20), DAY(2025, 6, 2))
    declare(officer, DAY(2023, 12, 15), DAY(2025, 6, 14), at=JUNE)
    with clock.fixed(JUNE):
        row, span = definition_and_period("monthly", PROVINCE, "2025-06")
        ground = gather(row, PROVINCE, span)
    book = FigureBook(ground)
    grown = book.get("out.groups", "period", "growth")
    matter = Matter(book, words_of(ground, clock.now()))
    assert list(counts.computed_again(matter)) == []
    grown.value = Decimal(99)
    [check] = counts.computed_again(matter)
    assert check.severity == "error"
    assert check.figures == (grown.key,)


def test_a_sum_that_implies_another_rate_is_pointed_at():
    """Case C25: 27,300 đồng beside a rate of 24,500 of that year."""
    post(
        draft(
            "aid.approved", DAY(2025, 6, 2), 100_000_000, usd=100_000_000, vnd=24_500_000_000, currency="USD"
        )
    )
    assert not found(content("monthly", "2025-06", at=JUNE), "rate_in_band")
    wrong = draft(
        "aid.approved", DAY(2025, 6, 3), 100_000_000, usd=100_000_000, vnd=27_300_000_000, currency="USD"
    )
    post(wrong)
    [check] = found(content("monthly", "2025-06", at=JUNE), "rate_in_band")
    assert "27.300 đồng so với 24.500" in check["message"]
    assert len(check["records"]) == 1


def test_two_rates_in_one_sentence(write):
    assert not found(write("Trị giá 1 triệu USD (khoảng 24,6 tỷ đồng)."), "rate_in_band")
    [check] = found(write("Trị giá 1 triệu USD (27,3 tỷ đồng)."), "rate_in_band")
    assert check["words"] == "1 triệu USD (27,3 tỷ đồng"
    assert check["slots"] == ["limits"]


def test_more_paid_out_than_promised():
    item = draft("aid.committed_year", DAY(2025, 1, 1), 60_000, currency="USD", usd=60_000)
    post(item, draft("aid.disbursed", DAY(2025, 6, 2), 50_000, currency="USD", usd=50_000))
    assert not found(content("monthly", "2025-06", at=JUNE), "disbursed_in_committed")
    little = replace(item, value=1_000, usd=1_000)
    uid = post(little, draft("aid.disbursed", DAY(2025, 6, 3), 2_000, currency="USD", usd=2_000))
    [check] = found(content("monthly", "2025-06", at=JUNE), "disbursed_in_committed")
    assert "1 hồ sơ giải ngân vượt" in check["message"]
    assert len(check["records"]) == 1
    post(draft("aid.disbursed", DAY(2025, 6, 4), 90_000, currency="USD", usd=90_000), uid=uid, version=2)
    [check] = found(content("monthly", "2025-06", at=JUNE), "disbursed_in_committed")
    assert "lớn hơn" in check["message"]


def test_a_year_that_shrinks(officer, leader):
    stated("outbound.groups", 9, DAY(2024, 12, 15), DAY(2025, 5, 14), at=DAY(2025, 5, 16))
    edition = sign(officer, leader, "monthly", "2025-05", at=DAY(2025, 5, 17))
    assert not found(content("monthly", "2025-06", at=JUNE), "year_grows")
    stated("outbound.groups", 8, DAY(2024, 12, 15), DAY(2025, 6, 14))
    [check] = found(content("monthly", "2025-06", at=JUNE), "year_grows")
    assert "trong khi báo cáo tháng 5 năm 2025" in check["message"]
    assert check["edition"] == str(edition.pk)


def test_the_year_tells_otherwise_than_its_last_month(officer, leader):
    trips(officer, DAY(2025, 6, 2), at=JUNE)
    late = DAY(2025, 12, 18)
    sign(officer, leader, "monthly", "2025-12", at=late)
    assert not found(content("annual", "2025", at=late), "told_alike")
    trips(officer, DAY(2025, 7, 2), at=late, late_reason="nộp muộn")
    [check] = found(content("annual", "2025", at=late), "told_alike")
    assert "Đoàn ra 1, ở đây 2" in check["message"]
    assert check["edition"]


def test_a_report_signed_while_its_days_ran_tells_fewer_of_them(officer, leader):
    sign(officer, leader, "annual", "2025", at=DAY(2025, 12, 5))
    trips(officer, DAY(2025, 12, 8), at=DAY(2025, 12, 15))
    assert not found(content("monthly", "2025-12", at=DAY(2025, 12, 18)), "told_alike")


def test_late_figures_are_named_where_the_report_tells_them(officer, leader):
    trips(officer, DAY(2025, 6, 2))
    sign(officer, leader, "monthly", "2025-06", at=JUNE)
    passed = {one["code"]: one for one in content("monthly", "2025-07", at=JULY)["checks"]}["late_told"]
    assert passed["message"] == "Không có số vào muộn cho kỳ đã báo cáo."
    trips(officer, DAY(2025, 6, 9), at=JULY, late_reason="nộp muộn")
    told = {one["code"]: one for one in content("monthly", "2025-07", at=JULY)["checks"]}["late_told"]
    assert told["severity"] == "passed"
    assert "Đoàn ra 1" in told["message"]
    assert len(told["records"]) == 1


def test_months_between_reports_are_missed(officer, leader):
    assert not found(content("monthly", "2025-06", at=JUNE), "no_gap")
    sign(officer, leader, "monthly", "2025-03", at=DAY(2025, 3, 17))
    [check] = found(content("monthly", "2025-06", at=JUNE), "no_gap")
    assert check["message"] == "2 kỳ trước chưa có báo cáo đã ký: tháng 4 năm 2025, tháng 5 năm 2025."


def test_a_figure_that_cannot_be_told_forbids_signing(write):
    assert not found(write("Có {out.groups}."), "texts_bound")
    [check] = found(write("Tăng {out.groups:growth}."), "texts_bound")
    assert (check["severity"], check["words"], check["slots"]) == ("error", "{out.groups:growth}", ["limits"])


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Trong kỳ, tỉnh cử 13 đoàn đi công tác.", "13 đoàn"),
        ("Trong tháng 6 năm 2025 có 75 lượt người.", "75 lượt người"),
        ("Đoàn ra: 3 đoàn.", "3 đoàn"),
    ],
)
def test_a_number_that_the_ledger_contradicts(write, body, words):
    [check] = found(write(body), "texts_agree")
    assert f"viết “{words}”" in check["message"]
    assert check["words"] == body.rstrip(".") + "."
    assert check["slots"] == ["limits"]
    assert check["figures"]


@pytest.mark.parametrize(
    "body",
    [
        "Tỉnh cử 12 đoàn, {out.groups}; {out.visits}.",
        "Năm 2023 cử 13 đoàn ra.",
        "Có hơn 10 đoàn ra.",
        "Ngày 13/6, 13 lớp tập huấn.",
    ],
)
def test_numbers_that_are_right_or_of_something_else(write, body):
    told = write(body)
    for code in ("texts_agree", "never_added", "percent_agrees", "texts_of_now", "texts_bound"):
        assert not found(told, code)


def test_what_must_not_be_added(write):
    post(draft("aid.committed_year", DAY(2025, 6, 1), 117_000_000, currency="USD"))
    post(draft("aid.approved", DAY(2025, 6, 1), 100_000_000, currency="USD"))
    [check] = found(write("Tổng viện trợ 2.170.000 USD."), "never_added")
    assert "2.170.000 USD" in check["message"]
    assert len(check["figures"]) == 2
    assert not found(write("Tổng viện trợ 1.170.000 USD."), "never_added")


@pytest.mark.parametrize(
    ("body", "right"),
    [
        ("Đón 43 đoàn, tăng 10% so với 40 đoàn năm trước.", "7,5%"),
        ("Đón 30 đoàn, giảm 20% so với 40 đoàn năm trước.", "giảm 25%"),
        ("Đón 43 đoàn, gấp 3 lần 20 đoàn năm trước.", "2,2"),
    ],
)
def test_a_percentage_is_computed_again(write, body, right):
    [check] = found(write(body), "percent_agrees")
    assert right.removeprefix("giảm ") in check["message"]


@pytest.mark.parametrize(
    "body",
    [
        "Đón 43 đoàn, tăng 7,5% so với 40 đoàn năm trước.",
        "Đón 43 đoàn, tăng 8% so với 40 đoàn.",
        "Đón 30 đoàn, giảm 25% so với 40 đoàn.",
        "Đón 40 đoàn, gấp 2 lần 20 đoàn năm trước.",
        "Chi phí tăng 10%.",
    ],
)
def test_a_percentage_that_is_right(write, body):
    assert not found(write(body), "percent_agrees")


def test_numbers_of_the_last_report(write):
    body = "Còn 5 đoàn nộp muộn; {out.groups}."
    [check] = found(write(body, is_carried=True), "texts_of_now")
    assert check["words"] == "5 đoàn"
    assert not found(write(body), "texts_of_now")


def test_an_estimate_left_when_the_period_is_over(officer):
    with clock.fixed(DAY(2025, 6, 5)):
        edition = build_draft(actor=officer, office=PROVINCE, code="monthly", period="2025-06")
        set_estimate(actor=officer, edition=edition, figure="out.groups", value=Decimal(45))
        assert not found(draft_content(edition), "estimates_over")
    with clock.fixed(JUNE):
        [check] = found(draft_content(edition), "estimates_over")
    assert "Đoàn ra (45)" in check["message"]


def test_a_section_without_anything_is_named(officer, june):
    with clock.fixed(JUNE):
        empty = found(draft_content(june), "parts_written")
        slots = {slot for one in empty for slot in one["slots"]}
        assert "tasks" in slots
        write_text(actor=officer, edition=june, slot="tasks", body="", state="nothing")
        slots = {slot for one in found(draft_content(june), "parts_written") for slot in one["slots"]}
    assert "tasks" not in slots


def test_a_text_that_still_estimates_when_the_period_is_over(write):
    [check] = found(write("Cả tháng ước 45 đoàn."), "estimates_over")
    assert check["words"] == "Cả tháng ước 45 đoàn."
    assert not found(write("Cả tháng có {out.groups}."), "estimates_over")


def test_nine_months_below_six(officer, leader):
    autumn = DAY(2025, 9, 17)
    stated("outbound.groups", 10, DAY(2024, 12, 15), DAY(2025, 6, 14))
    sign(officer, leader, "half_year", "2025-H1", at=JUNE)
    stated("outbound.groups", 9, DAY(2024, 12, 15), DAY(2025, 9, 14), at=autumn)
    [check] = found(content("nine_months", "2025-9M", at=autumn), "year_grows")
    assert "Đoàn ra, 9 tháng năm 2025: 9, trong khi báo cáo 6 tháng đầu năm 2025" in check["message"]


def test_reports_of_chosen_days_miss_no_period(officer, leader):
    sign(officer, leader, "ad_hoc", "2025-05-01..2025-05-10", at=JUNE)
    assert not found(content("ad_hoc", "2025-06-01..2025-06-10", at=JUNE), "no_gap")


def test_texts_without_numbers_cost_no_look_through_all_figures(june, officer):
    with clock.fixed(JUNE):
        write_text(actor=officer, edition=june, slot="limits", body="Có {out.groups}.")
        ground = gather(june.definition, PROVINCE, june.period, june)
    matter = Matter(FigureBook(ground), words_of(ground, clock.now()))
    assert list(texts.texts_agree(matter)) == list(texts.never_added(matter)) == []
    assert "choices" not in vars(matter)
