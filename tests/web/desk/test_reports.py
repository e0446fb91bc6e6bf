import datetime as dt
import json
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bonphuong.accounts.models import User
from bonphuong.families.delegations.services import create
from bonphuong.kernel import clock
from bonphuong.ledger.models import Posting
from bonphuong.reports.models import DraftEstimate, DraftText, Edition
from bonphuong.reports.services import (
    NotReady,
    build_draft,
    set_estimate,
    sign_edition,
    write_text,
)
from bonphuong.trail.acting import acting
from bonphuong.trail.models import Action
from bonphuong.web.desk.pages.report_checks import finding
from bonphuong.web.desk.pages.reports import report_page
from bonphuong.web.desk.templatetags.desk import number
from bonphuong.web.desk.templatetags.reports import short
from tests.factories.delegations import finished
from tests.web.desk.asking import address, page_of


def test_a_report_is_begun_and_its_figures_are_there_at_once(sit, register):
    given = {"report": "monthly", "office": "lai-chau", "year": "2025", "part": "-11"}
    answer = sit("canbo").post("/reports/", given)
    edition = Edition.objects.get()
    assert answer["Location"] == address("report", edition)
    page = page_of(sit("canbo").get(answer["Location"]))
    assert re.search(r'<a class="figure[^"]*" href="\?figure=[^"]+#evidence"[^>]*>1 đoàn</a>', page)
    assert sit("canbo").post("/reports/", given)["Location"] == address("report", edition)


@pytest.mark.parametrize(
    ("value", "told"),
    [("9600.00", "9.600"), ("-9600.00", "-9.600"), ("19.20", "19,20"), ("0.00", "0"), ("1E+3", "1.000")],
)
def test_a_sum_loses_decimals_that_say_nothing(value, told):
    assert number(short(Decimal(value))) == told


def test_signing_asks_for_one_reason_above_what_is_signed_over(sit, draft):
    page = page_of(sit("truongphong").get(address("report-sign", draft)))
    reason = page.index('name="reason"')
    assert page.index("Hãy xem các điểm này trước") < reason < page.index('name="why-')
    assert page.count('name="reason"') == 1


def test_reports_stand_by_years_and_are_narrowed(sit, signed):
    canbo = User.objects.get(username="canbo")
    build_draft(actor=canbo, office="lai-chau", code="annual", period="2024")
    client = sit("canbo")
    page = page_of(client.get("/reports/"))
    assert page.index("Năm 2025") < page.index("338/BC-UBND") < page.index("Năm 2024")
    assert re.search(r'href="/reports/\?in=2024"\s*>\s*2024 <span class="n">1</span>', page)
    left = page_of(client.get("/reports/", {"state": "draft", "more": "1"}))
    assert "Báo cáo năm 2024" in left
    assert "338/BC-UBND" not in left
    assert "338/BC-UBND" in page_of(client.get("/reports/", {"state": "nothing", "kind": "x", "in": "y"}))
    assert "Xem tất cả" in page_of(client.get("/reports/", {"state": "draft", "in": "2025"}))


def test_a_long_list_of_reports_has_pages_and_asks_as_often(sit, canbo, django_assert_max_num_queries):
    client = sit("canbo")
    for count in range(1, 3):
        build_draft(actor=canbo, office="lai-chau", code="monthly", period=f"2025-{count:02d}")
    client.get("/reports/")
    with CaptureQueriesContext(connection) as few:
        client.get("/reports/")
    for count in range(3, 29):
        month = f"{2025 - (count - 1) // 12}-{(count - 1) % 12 + 1:02d}"
        build_draft(actor=canbo, office="lai-chau", code="monthly", period=month)
    with django_assert_max_num_queries(len(few)):
        page = page_of(client.get("/reports/"))
    assert page.count("Báo cáo tháng ") == 24
    assert "1–24" in page or "1 đến 24" in page
    assert page_of(client.get("/reports/", {"page": "2"})).count("Báo cáo tháng ") == 4


def test_a_report_in_two_languages_is_told_apart_and_stands_in_one_order(sit, canbo):
    for language in ("en", "vi"):
        build_draft(actor=canbo, office="lai-chau", code="monthly", period="2025-11", language=language)
    page = page_of(sit("canbo").get("/reports/"))
    first, second = re.findall(r"<tr >(.*?)</tr>", page, flags=re.DOTALL)
    assert ("bản tiếng Anh" in first, "bản tiếng Anh" in second) == (False, True)


@pytest.mark.parametrize("page", ["0", "-1", "x", "٣", "9" * 5000])
def test_a_page_that_cannot_be_is_no_error(sit, signed, page):
    assert sit("canbo").get("/reports/", {"page": page}).status_code == 200


def test_findings_of_one_sort_fold_and_their_advice_is_said_once(sit, draft):
    page = page_of(sit("canbo").get(address("report", draft)))
    assert page.count("Viết phần này, hoặc xác nhận không phát sinh") == 1
    assert re.search(r"và \d+ điểm nữa cùng loại", page)


MONTHLY = {"report": "monthly", "office": "lai-chau", "year": "2025", "part": "-11"}
TERM = {"report": "term", "office": "lai-chau", "first": "2021", "year": "2024"}
DAYS = {"report": "ad_hoc", "office": "lai-chau", "since": "5/1/2025", "until": "7/3/2025"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({**MONTHLY, "part": ""}, "id_part_error"),
        ({**MONTHLY, "part": "-H1"}, "id_part_error"),
        ({**MONTHLY, "office": "lao-cai"}, "id_office_error"),
        ({**MONTHLY, "year": "1900"}, "id_year_error"),
        ({**MONTHLY, "year": ""}, "id_year_error"),
        ({**MONTHLY, "language": "lo"}, "id_language_error"),
        ({**TERM, "first": ""}, "id_first_error"),
        ({**TERM, "first": "2024"}, "id_first_error"),
        ({**DAYS, "since": ""}, "id_since_error"),
        ({**DAYS, "since": "", "until": ""}, "id_since_error"),
        ({**DAYS, "since": "31/2/2025"}, "id_since_error"),
        ({**DAYS, "until": "4/1/2025"}, "id_until_error"),
        ({**DAYS, "report": "aid", "first": "2021", "year": "2024"}, "id_first_error"),
    ],
)
def test_what_is_missing_to_begin_is_told_beside_its_field(sit, canbo, given, field):
    assert f'id="{field}"' in page_of(sit("canbo").post("/reports/", given), 422)
    assert not Edition.objects.exists()


@pytest.mark.parametrize("given", [{}, {**MONTHLY, "report": "weekly"}])
def test_a_report_that_nobody_offers_is_refused(sit, canbo, given):
    assert "error-summary" in page_of(sit("canbo").post("/reports/", given), 422)
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("given", "code", "period"),
    [
        ({**MONTHLY, "report": "quarterly", "part": "-Q3"}, "quarterly", "2025-Q3"),
        ({**MONTHLY, "report": "half_year", "part": "-H1"}, "half_year", "2025-H1"),
        ({**MONTHLY, "report": "nine_months", "part": ""}, "nine_months", "2025-9M"),
        ({**MONTHLY, "report": "annual", "year": "2024"}, "annual", "2024"),
        (TERM, "term", "2021-2024"),
        (DAYS, "ad_hoc", "2025-01-05..2025-03-07"),
        ({**DAYS, "until": ""}, "ad_hoc", "2025-01-05"),
        ({**TERM, "report": "directive12"}, "directive12", "2021-2024"),
        ({**DAYS, "report": "aid"}, "aid", "2025-01-05..2025-03-07"),
        ({**MONTHLY, "report": "twinning", "year": "2024", "part": ""}, "twinning", "2024"),
        ({**MONTHLY, "report": "students", "part": "-H1", "language": "en"}, "students", "2025-H1"),
    ],
)
def test_every_report_begins_with_the_period_that_it_asks_for(sit, canbo, given, code, period):
    sit("canbo").post("/reports/", given)
    [edition] = Edition.objects.all()
    assert (edition.code, edition.period_code) == (code, period)
    assert edition.language == given.get("language", "vi")
    page = page_of(sit("canbo").get(address("report", edition)))
    assert f"report={code}" in page or edition.is_draft


def test_the_catalogue_offers_every_report_and_asks_for_its_own_period(sit, canbo):
    page = page_of(sit("canbo").get("/reports/?report=term"))
    for words in (
        "Báo cáo tháng",
        "Báo cáo 6 tháng",
        "Báo cáo đột xuất",
        "Báo cáo lưu học sinh Lào",
        "Chuyên đề",
    ):
        assert words in page
    assert 'name="first"' in page
    assert 'name="part"' not in page
    assert 'name="since"' not in page
    days = page_of(sit("canbo").get("/reports/?report=ad_hoc"))
    assert 'name="since"' in days
    assert 'name="year"' not in days


def test_a_corrected_edition_needs_a_reason(sit, signed):
    page = page_of(sit("canbo").get(address("report", signed)))
    again = re.search(r'href="(/reports/\?report=monthly[^"]+)"', page)[1].replace("&amp;", "&")
    assert re.search(r'<option value="-11" selected', page_of(sit("canbo").get(again)))
    given = {"report": "monthly", "office": "lai-chau", "year": "2025", "part": "-11"}
    assert 'id="id_reason_error"' in page_of(sit("canbo").post("/reports/", given), 422)
    sit("canbo").post("/reports/", {**given, "reason": "Sót một đoàn"})
    assert Edition.objects.get(number=2).reason == "Sót một đoàn"


def test_every_figure_opens_to_its_records(sit, draft, register):
    client = sit("canbo")
    page = page_of(client.get(address("report", draft)))
    name = re.search(r'href="\?figure=([^"#]+)#evidence"[^>]*>1 đoàn</a>', page)[1]
    opened = page_of(client.get(address("report", draft), {"figure": name}))
    drawer = opened.partition('id="evidence"')[2]
    assert reverse("desk:delegation", args=[register.pk]) in drawer
    assert 'aria-current="true"' in opened
    part = page_of(client.get(address("report", draft), {"figure": name}, headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert register.number in part


def test_nonsense_for_a_figure_opens_nothing(sit, draft):
    page = page_of(sit("canbo").get(address("report", draft), {"figure": "<b>"}))
    assert "Chọn một số" in page or "Chứng cứ" in page


def test_checks_name_the_records_behind_them(sit, draft, canbo):
    huge = create(
        finished(dt.date(2025, 11, 5), 400, partner_text="Châu Hồng Hà"), office_code="lc-dofa", actor=canbo
    )
    page = page_of(sit("canbo").get(address("report", draft)))
    rows = re.findall(r'<details class="finding__rows".*?</details>', page, flags=re.DOTALL)
    assert any(huge.number in row for row in rows)


def test_people_write_their_parts_and_carry_them_over(sit, draft):
    client = sit("canbo")
    part = address("report-part", draft, slot="context")
    assert "Bối cảnh" in page_of(client.get(part))
    answer = client.post(part, {"body": "Tháng có nhiều đoàn.", "state": "", "version": "0"})
    assert answer["Location"] == f"{address('report', draft)}#section-context"
    assert "Tháng có nhiều đoàn." in page_of(client.get(address("report", draft)))


def test_nobody_overwrites_what_another_has_written_meanwhile(sit, draft):
    part = address("report-part", draft, slot="context")
    sit("truongphong").post(part, {"body": "Chữ của trưởng phòng.", "state": "", "version": "0"})
    page = page_of(sit("canbo").post(part, {"body": "Chữ của cán bộ.", "state": "", "version": "0"}), 422)
    assert "Chữ của trưởng phòng." in page
    assert "Chữ của cán bộ." in page
    assert DraftText.objects.get().body == "Chữ của trưởng phòng."
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    sit("canbo").post(part, {"body": "Chữ của cả hai.", "state": "", "version": version})
    assert DraftText.objects.get().body == "Chữ của cả hai."


def test_markup_that_people_write_is_text(sit, draft, canbo):
    write_text(actor=canbo, edition=draft, slot="context", body="<script>alert(1)</script>")
    assert "<script>alert" not in page_of(sit("canbo").get(address("report", draft)))


def test_a_part_that_the_report_does_not_have_is_no_page(sit, draft):
    assert sit("canbo").get(address("report-part", draft, slot="nothing")).status_code == 404


def test_signing_over_warnings_needs_a_reason_and_freezes(sit, draft):
    head = sit("lanhdao")
    page = page_of(head.post(address("report-sign", draft), {"paper_number": ""}), 422)
    assert 'id="id_reason_error"' in page
    given = {
        "reason": "Đã đối chiếu",
        "paper_number": "338/BC-UBND",
        "paper_on": "18/12/2025",
        "close": "on",
    }
    assert head.post(address("report-sign", draft), given)["Location"] == address("report", draft)
    edition = Edition.objects.get()
    assert (edition.status, edition.paper_number) == ("signed", "338/BC-UBND")
    page = page_of(sit("canbo").get(address("report", draft)))
    assert "Đã đối chiếu" in page
    assert "Viết phần này" not in page


def test_a_signed_report_cannot_be_signed_written_or_thrown_away(sit, signed):
    head = sit("truongphong")
    assert head.get(address("report-sign", signed)).status_code == 403
    assert head.get(address("report-part", signed, slot="context")).status_code == 404
    head.post(address("report-discard", signed))
    assert Edition.objects.filter(pk=signed.pk).exists()


def test_what_changed_since_it_was_signed_is_told_with_its_records(sit, signed, canbo):
    before = page_of(sit("canbo").get(address("report-compare", signed)))
    assert "Chưa có gì thay đổi từ khi ký" in before
    late = create(
        finished(dt.date(2025, 11, 5), 4, partner_code="cn-honghe", partner_text="Châu Hồng Hà"),
        office_code="lc-dofa",
        actor=canbo,
        late_reason="Đơn vị báo chậm",
    )
    page = page_of(sit("canbo").get(address("report-compare", signed)))
    assert "đến nay đã khác" in page
    assert reverse("desk:delegation", args=[late.pk]) in page
    assert "đều ra như đã ký" in page
    posting = Posting.objects.latest("id")
    assert reverse("desk:trail-action", args=[posting.action_uid]) in page


def test_an_edition_stands_beside_the_one_that_it_replaces(sit, signed, canbo):
    create(
        finished(dt.date(2025, 11, 5), 4, partner_code="cn-honghe", partner_text="Châu Hồng Hà"),
        office_code="lc-dofa",
        actor=canbo,
        late_reason="Đơn vị báo chậm",
    )
    second = build_draft(
        actor=canbo, office="lai-chau", code="monthly", period="2025-11", reason="Sót một đoàn"
    )
    page = page_of(sit("canbo").get(address("report-compare", second)))
    assert "bản thứ 1" in page
    assert "+1" in page


def test_any_two_editions_stand_beside_each_other_by_section(sit, signed, canbo):
    with clock.fixed(dt.date(2025, 10, 20)):
        draft = build_draft(actor=canbo, office="lai-chau", code="monthly", period="2025-10")
        leader = User.objects.get(username="lanhdao")
        other = sign_edition(actor=leader, edition=draft, reason="Đủ hồ sơ")
    client = sit("canbo")
    page = page_of(client.get(address("report-compare", signed), {"with": str(other.pk)}))
    beside = page.partition('id="beside"')[2].partition("</section>")[0]
    assert "<h3" in beside
    assert "ĐR-2025-001" in beside
    for nonsense in ("x", str(signed.pk), "0"):
        again = page_of(client.get(address("report-compare", signed), {"with": nonsense}))
        assert "<h3" not in again.partition('id="beside"')[2].partition("</section>")[0]


def test_a_month_stands_beside_the_month_before(sit, signed, canbo):
    december = build_draft(actor=canbo, office="lai-chau", code="monthly", period="2025-12")
    page = page_of(sit("canbo").get(address("report-compare", december)))
    assert "Tháng 11 năm 2025" in page


def test_number_and_day_are_typed_back(sit, signed):
    client = sit("canbo")
    client.post(address("report-number", signed), {"number": "340/BC-UBND", "on": "21/11/2025"})
    edition = Edition.objects.get(pk=signed.pk)
    assert (edition.paper_number, edition.paper_on) == ("340/BC-UBND", dt.date(2025, 11, 21))


@pytest.mark.parametrize("given", [{}, {"number": "1/BC", "on": "99/99"}, {"number": "", "on": "1/12"}])
def test_a_wrong_number_changes_nothing(sit, signed, given):
    sit("canbo").post(address("report-number", signed), given)
    assert Edition.objects.get(pk=signed.pk).paper_number == "338/BC-UBND"


def test_a_draft_has_no_number_yet(sit, draft):
    answer = sit("canbo").post(address("report-number", draft), {"number": "1/BC-UBND", "on": "1/12"})
    assert answer.status_code == 302
    assert Edition.objects.get().paper_number == ""


@pytest.fixture
def year(canbo, register):
    return build_draft(actor=canbo, office="lai-chau", code="annual", period="2026")


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"figure": "out.groups", "value": "nhiều"},
        {"figure": "nothing", "value": "5"},
        {"figure": "out.groups", "value": "-5"},
    ],
)
def test_a_wrong_estimate_is_said_and_not_kept(sit, year, given):
    assert sit("canbo").post(address("report-estimate", year), given).status_code == 302
    assert not DraftEstimate.objects.exists()


def test_an_estimate_is_entered_for_a_period_that_runs(sit, year):
    sit("canbo").post(address("report-estimate", year), {"figure": "out.groups", "value": "30"})
    assert DraftEstimate.objects.get().value == 30
    assert "Ước" in page_of(sit("canbo").get(address("report", year)))


def test_an_estimate_after_its_period_is_refused_in_words(sit, draft, canbo):
    answer = sit("canbo").post(address("report-estimate", draft), {"figure": "out.groups", "value": "3"})
    assert answer.status_code == 302
    assert not DraftEstimate.objects.exists()
    with pytest.raises(Exception, match="Kỳ đã hết"):
        set_estimate(actor=canbo, edition=draft, figure="out.groups", value=3)


@pytest.mark.parametrize("ending", ["docx", "pdf", "xlsx", "html", "json"])
def test_a_signed_report_downloads_the_same_bytes_each_time(sit, signed, ending):
    first, second = (sit("canbo").get(address("report-download", signed, ending=ending)) for _n in range(2))
    assert first.content == second.content
    assert first["Content-Disposition"] == f'attachment; filename="monthly-lai-chau-2025-11-1.{ending}"'
    assert "sandbox" in first["Content-Security-Policy"]


def test_plain_data_holds_what_was_signed(sit, signed):
    told = json.loads(sit("kiemtra").get(address("report-download", signed, ending="json")).content)
    assert sit("kiemtra").get(address("report-download", signed, ending="exe")).status_code == 404
    assert json.dumps(told)


def test_a_draft_is_thrown_away_with_its_words(sit, draft):
    assert sit("canbo").post(address("report-discard", draft))["Location"] == "/reports/"
    assert not Edition.objects.exists()


@pytest.mark.parametrize("page", ["report", "report-compare", "report-sign"])
def test_another_province_sees_no_report(sit, signed, page):
    assert sit("canbo.laocai").get(address(page, signed)).status_code == 404


def test_forms_need_their_token(sit, draft):
    client = sit("truongphong", csrf=True)
    for page in ("report-sign", "report-discard", "report-estimate"):
        assert client.post(address(page, draft), {}).status_code == 403


def sent(body, **more):
    return {"body": body, "state": "", "version": "0", **more}


def test_a_figure_is_put_into_a_text_and_opens_in_the_report(sit, draft):
    client = sit("canbo")
    part = address("report-part", draft, slot="context")
    page = page_of(client.get(part))
    assert 'data-put="{out.groups}"' in page
    assert "<code>{out.groups@to_date}</code>" in page
    client.post(part, sent("Tỉnh cử {out.groups}."))
    told = page_of(client.get(address("report", draft)))
    assert re.search(r'<p class="written">\s*Tỉnh cử <a class="figure[^"]*" [^>]*>1 đoàn</a>\.', told)


def test_a_text_is_read_before_it_is_saved(sit, draft):
    client = sit("canbo")
    part = address("report-part", draft, slot="context")
    given = sent("Cử {out.groups}, {out.grups}.", do="look")
    for headers in ({}, {"HX-Request": "true"}):
        page = page_of(client.post(part, given, headers=headers))
        assert re.search(r'Cử <b\s+class="bound"\s*>1 đoàn</b>, {out.grups}\.', page)
        assert "Dòng 1: “{out.grups}” không phải số liệu của báo cáo này. Có phải {out.groups}" in page
        assert ("<html" in page) is not headers
    assert not DraftText.objects.exists()


def test_a_figure_that_the_report_does_not_have_is_refused_beside_the_text(sit, draft):
    part = address("report-part", draft, slot="context")
    page = page_of(sit("canbo").post(part, sent("Cử {out.grups}.")), 422)
    assert 'id="id_body_error"' in page
    assert "Cử {out.grups}.</textarea>" in page
    assert not DraftText.objects.exists()


def test_a_number_typed_by_hand_is_bound_with_one_press(sit, draft):
    client = sit("canbo")
    part = address("report-part", draft, slot="context")
    body = "Ngày 5/11, tỉnh đã cử\r\n7 lượt người đi công tác."
    page = page_of(client.post(part, sent(body, do="look")))
    [offer] = set(re.findall(r'name="bind"\s+value="([^"]+\{out\.visits\})"', page))
    page = page_of(client.post(part, sent(body, bind=offer)))
    assert "Ngày 5/11, tỉnh đã cử\n{out.visits} đi công tác.</textarea>" in page
    assert not DraftText.objects.exists()
    page = page_of(client.post(part, sent("Đã viết lại.", bind=offer)))
    assert "Số đó không còn ở chỗ cũ" in page
    for nonsense in ("", "x|y", "0||{out.visits}", "-1|7|{}", "0|Đ|zzz"):
        assert "Đã viết lại.</textarea>" in page_of(client.post(part, sent("Đã viết lại.", bind=nonsense)))
    saved = client.post(part, sent(body), follow=True)
    assert "1 số gõ tay trùng với số liệu của báo cáo" in page_of(saved)


def test_numbers_carried_over_from_the_last_report_are_pointed_at(sit, draft, canbo):
    write_text(actor=canbo, edition=draft, slot="context", body="Có 9 đoàn; {out.groups}.")
    with acting(actor=None, verb="system.test"):
        DraftText.objects.update(is_carried=True)
    page = page_of(sit("canbo").get(address("report-part", draft, slot="context")))
    assert "Số của kỳ trước, gõ tay: 9 đoàn." in page


def test_each_warning_may_have_a_reason_of_its_own(sit, draft):
    head = sit("lanhdao")
    sign = address("report-sign", draft)
    page = page_of(head.get(sign))
    names = list(dict.fromkeys(re.findall(r'name="(why-[^"]+)"', page)))
    assert len(names) >= 2
    some = {names[0]: "Sổ sẽ xác nhận sau"}
    page = page_of(head.post(sign, some), 422)
    assert f'id="id_{names[1]}_error"' in page
    assert Edition.objects.get().is_draft
    both = {**some, "reason": "Đã đối chiếu", "why-nothing-such": "x"}
    assert head.post(sign, both)["Location"] == address("report", draft)
    edition = Edition.objects.get()
    assert edition.sign_reason == "Đã đối chiếu; Sổ sẽ xác nhận sau"
    checks = json.loads(edition.frozen.content)["checks"]
    reasons = [check.get("reason") for check in checks if check["severity"] == "warning"]
    assert set(reasons) == {"Đã đối chiếu", "Sổ sẽ xác nhận sau"}
    page = page_of(sit("kiemtra").get(address("report", draft)))
    assert "Vẫn ký: Sổ sẽ xác nhận sau" in page
    assert Action.objects.filter(reason="Đã đối chiếu; Sổ sẽ xác nhận sau").exists()


def test_a_reason_for_something_else_signs_nothing(sit, draft, canbo):
    head = User.objects.get(username="lanhdao")
    with pytest.raises(NotReady, match="Nêu thêm lý do"):
        sign_edition(actor=head, edition=draft, reasons={"texts_agree-0123456789": "đã xem"})
    assert Edition.objects.get().is_draft


def test_a_finding_says_what_to_do_and_leads_there(sit, draft, canbo):
    write_text(actor=canbo, edition=draft, slot="context", body="Trong kỳ cử 44 lượt người. Đoàn ra: 3 đoàn.")
    page = page_of(sit("canbo").get(address("report", draft)))
    assert "viết “3 đoàn”; Đoàn ra, tháng 11 năm 2025 theo sổ là 1 đoàn." in page
    assert re.search(r'<q class="finding__words">Đoàn ra: 3 đoàn\.</q>', page)
    assert "Mở phần này, gắn số với số liệu" in page
    assert f'href="{address("report-part", draft, slot="context")}"' in page
    seen = page_of(sit("lanhdao").get(address("report-sign", draft)))
    assert re.search(rf'href="{address("report", draft)}\?figure=f\d+#evidence"', seen)
    assert "hx-target" not in seen.split("warn-title")[1].split("</section>")[0]


def test_a_figure_that_cannot_be_told_keeps_the_report_from_being_signed(sit, draft, canbo):
    write_text(actor=canbo, edition=draft, slot="context", body="Tăng {out.groups:growth}.")
    page = page_of(sit("lanhdao").get(address("report", draft)))
    assert "Chưa ký được" in page
    assert "gọi số liệu chưa có trong kỳ này: {out.groups:growth}." in page


def test_a_text_with_many_figures_is_looked_at_in_as_few_queries(sit, draft):
    client = sit("canbo")
    part = address("report-part", draft, slot="context")
    asked = []
    for body in ("Không có số.", "Có {out.groups}, {in.groups@to_date}, {out.visits:change}, 1 đoàn. " * 20):
        client.post(part, sent(body, do="look"))
        with CaptureQueriesContext(connection) as captured:
            page_of(client.post(part, sent(body, do="look"), headers={"HX-Request": "true"}))
        asked.append(len(captured))
    assert asked[1] <= asked[0] + 1
    assert asked[0] <= 110


def test_findings_of_contents_that_were_frozen_before_are_shown(sit, signed):
    page = report_page(User.objects.get(username="canbo"), signed)
    old = {"code": "gone", "severity": "warning", "message": "Như cũ.", "figures": ["f1"], "records": [1]}
    shown = finding(page, old)
    assert (shown.do, shown.parts, shown.edition, len(shown.figures)) == ("", [], "", 1)
