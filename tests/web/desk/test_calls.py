"""Pages of calls for contributions, from asking to the merged text that a report takes."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bonphuong.accounts.models import User
from bonphuong.contributions import services
from bonphuong.contributions.models import Answer, Call, Merged
from bonphuong.contributions.schema import Given
from bonphuong.reports.services import build_draft
from tests.factories.contributions import call_draft
from tests.web.conftest import DAY


@pytest.fixture
def sent(canbo):
    call = services.draft_call(call_draft(due_on=DAY), office_code="lc-dofa", actor=canbo)
    return services.send_call(call, on=DAY, expected_version=1, actor=canbo)


def _questions(*headings):
    form = {"questions-TOTAL_FORMS": str(len(headings)), "questions-INITIAL_FORMS": "0"}
    for number, heading in enumerate(headings):
        form[f"questions-{number}-heading"] = heading
        form[f"questions-{number}-asks"] = "text"
    return form


def test_a_call_for_a_report_begins_with_the_parts_that_people_write(sit, canbo):
    page = sit("canbo").get(reverse("desk:call-new"), {"report": "monthly", "period": "2025-11"})
    found = page.content.decode()
    assert 'value="context"' in found
    assert 'value="border"' in found


def test_a_call_is_prepared_sent_and_followed(sit, canbo):
    desk = sit("canbo")
    form = {
        "title": "Báo cáo tháng 11",
        "office": "lc-dofa",
        "period": "2025-11",
        "due_on": "20/12/2025",
        "offices": ["lc-health"],
        "names": "UBND xã Ví Dụ\n",
        **_questions("Kết quả hợp tác y tế", ""),
    }
    answer = desk.post(reverse("desk:call-new"), form)
    call = Call.objects.get()
    assert answer["Location"] == reverse("desk:call", args=[call.pk])
    assert [one.heading for one in call.questions.all()] == ["Kết quả hợp tác y tế"]
    assert sit("vanthu.yte").get(reverse("desk:call", args=[call.pk])).status_code == 404
    desk.post(reverse("desk:call-send", args=[call.pk]), {"version": "1"})
    assert sit("vanthu.yte").get(reverse("desk:call", args=[call.pk])).status_code == 200
    assert "0/2" in desk.get(reverse("desk:calls")).content.decode()


def test_what_is_missing_is_told_beside_its_field_and_nothing_typed_is_lost(sit, canbo):
    form = {"title": "Báo cáo tháng 11", "office": "lc-dofa", "due_on": "hôm nào", **_questions("Một việc")}
    answer = sit("canbo").post(reverse("desk:call-new"), form)
    assert answer.status_code == 422
    assert "Báo cáo tháng 11" in answer.content.decode()
    assert Call.objects.count() == 0


def test_an_office_answers_on_one_page(sit, sent):
    [health] = [one for one in sent.invitees.all() if one.office_code]
    text, figure = sent.questions.order_by("order")
    url = reverse("desk:call-answer", args=[health.pk])
    form = {"version": "1", f"body-{text.pk}": "Đã khám", f"value-{figure.pk}": "1.205"}
    assert sit("vanthu.yte").post(url, form).status_code == 302
    assert sorted((one.body, one.value) for one in Answer.objects.all()) == [("", 1205), ("Đã khám", None)]
    wrong = sit("vanthu.yte").post(url, {**form, "version": "2", f"value-{figure.pk}": "nhiều"})
    assert wrong.status_code == 422
    assert sit("canbo.laocai").get(url).status_code == 404


def test_the_form_goes_out_and_comes_back(sit, sent):
    [commune] = [one for one in sent.invitees.all() if one.name]
    desk = sit("canbo")
    content = desk.get(reverse("desk:call-form-file", args=[commune.pk])).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    text = sent.questions.order_by("order")[0]
    [row] = [row for row in book.worksheets[0].iter_rows() if row[6].value == str(text.pk)]
    row[3].value = "Gặp gỡ hai bên"
    target = io.BytesIO()
    book.save(target)
    back = reverse("desk:call-file-back", args=[commune.pk])
    file = SimpleUploadedFile("xa.xlsx", target.getvalue())
    assert desk.post(back, {"version": "1", "author_name": "Lò Thị Thử", "file": file}).status_code == 302
    assert Answer.objects.get().author_name == "Lò Thị Thử"
    broken = SimpleUploadedFile("xa.xlsx", b"PK\x03\x04 broken")
    assert desk.post(back, {"version": "2", "file": broken}).status_code == 422


def test_answers_are_judged_merged_and_entered(sit, sent):
    [health] = [one for one in sent.invitees.all() if one.office_code]
    text, figure = sent.questions.order_by("order")
    sit("vanthu.yte").post(
        reverse("desk:call-answer", args=[health.pk]),
        {"version": "1", f"body-{text.pk}": "Đã khám", f"value-{figure.pk}": "7"},
    )
    desk = sit("canbo")
    desk.post(reverse("desk:call-judge", args=[health.pk]), {"version": "2", "accept": "1"})
    question = reverse("desk:call-question", args=[sent.pk, text.pk])
    desk.post(question, {"begin": "1"})
    assert Merged.objects.get().body == "Đã khám (Sở Y tế tỉnh Lai Châu)."
    assert desk.post(question, {"version": "1", "body": "Ngành y tế đã khám."}).status_code == 302
    assert desk.post(question, {"version": "1", "body": "khác"}).status_code == 422
    desk.post(reverse("desk:call-state", args=[sent.pk]))
    assert Answer.objects.get(question=figure).statement_uid is not None
    page = desk.get(reverse("desk:call", args=[sent.pk])).content.decode()
    assert "Sở Y tế tỉnh Lai Châu" in page


def test_a_reminder_is_noted_and_a_closed_call_takes_nothing(sit, sent):
    [health] = [one for one in sent.invitees.all() if one.office_code]
    desk = sit("canbo")
    desk.post(reverse("desk:call-chase", args=[sent.pk]), {"invitee": str(health.pk), "how": "điện thoại"})
    assert [one.how for one in health.chases.all()] == ["điện thoại"]
    desk.post(reverse("desk:call-close", args=[sent.pk]), {"version": "2"})
    assert sit("vanthu.yte").get(reverse("desk:call-answer", args=[health.pk])).status_code == 404


def test_a_report_is_offered_what_was_merged_for_its_part(sit, sent, canbo):
    [health] = [one for one in sent.invitees.all() if one.office_code]
    text = sent.questions.order_by("order")[0]
    clerk = User.objects.get(username="vanthu.yte")
    services.give_answer(health, {text.pk: Given("Đã khám cho 12 người")}, expected_version=1, actor=clerk)
    merged = services.merge_answers(text, actor=canbo)
    edition = build_draft(actor=canbo, office="lai-chau", code="monthly", period="2025-05")
    url = reverse("desk:report-part", args=[edition.pk, "border"])
    assert "Đã khám cho 12 người (Sở Y tế tỉnh Lai Châu)." in sit("canbo").get(url).content.decode()
    taken = sit("canbo").get(url, {"take": str(merged.pk)}).content.decode()
    assert taken.count("Đã khám cho 12 người (Sở Y tế tỉnh Lai Châu).") == 2


def test_a_table_names_its_records_and_offers_the_empty_sheet(sit, canbo):
    desk = sit("canbo")
    form = {"title": "Danh sách", "office": "lc-dofa", "due_on": "20/12/2025", "offices": ["lc-health"]}
    asked = {**_questions("Đoàn vào của ngành"), "questions-0-asks": "table"}
    assert desk.post(reverse("desk:call-new"), {**form, **asked}).status_code == 422
    asked["questions-0-records"] = "delegations:inbound"
    desk.post(reverse("desk:call-new"), {**form, **asked})
    call = Call.objects.get()
    assert [(one.family, one.kind) for one in call.questions.all()] == [("delegations", "inbound")]
    page = desk.get(reverse("desk:call", args=[call.pk])).content.decode()
    assert reverse("desk:import-template", args=["delegations", "inbound"]) in page
