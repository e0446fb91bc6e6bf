"""Calls for contributions: asked, answered in the desk and by file, chased, returned, merged, stated."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pytest

from bonphuong.contributions import services
from bonphuong.contributions.enums import Standing
from bonphuong.contributions.models import Answer, Call, Invitee
from bonphuong.contributions.queries import (
    answers_of,
    call_for,
    counted,
    invitees_for,
    merged_for,
    waiting_invitees,
)
from bonphuong.contributions.schema import Given
from bonphuong.contributions.sheets import form_workbook
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.ledger.models import Statement
from bonphuong.papers.errors import ClassifiedPaper
from tests.factories.contributions import FIGURE, call_draft

if TYPE_CHECKING:
    from collections.abc import Callable

    from bonphuong.accounts.models import User

    People = Callable[[str], User]

SENT = dt.date(2025, 5, 12)


def _sent(person: People) -> Call:
    officer = person("canbo")
    call = services.draft_call(call_draft(), office_code="lc-dofa", actor=officer)
    return services.send_call(call, on=SENT, expected_version=call.version, actor=officer)


def _health(call: Call) -> Invitee:
    return call.invitees.select_related("call").get(office_code="lc-health")


def _given(call: Call, text: str = "Đã khám cho 12 người Lào", figure: str = "7") -> dict:
    text_question, figure_question = call.questions.order_by("order")
    return {text_question.pk: Given(text), figure_question.pk: Given("", Decimal(figure))}


def test_a_draft_is_seen_by_who_asks_and_a_sent_call_by_the_asked(person: People) -> None:
    call = services.draft_call(call_draft(), office_code="lc-dofa", actor=person("canbo"))
    clerk = person("vanthu.yte")
    assert list(Call.objects.visible_to(clerk)) == []
    assert list(Call.objects.visible_to(person("canbo.laocai"))) == []
    services.send_call(call, on=SENT, expected_version=call.version, actor=person("canbo"))
    assert list(Call.objects.visible_to(clerk)) == [call]
    assert list(Call.objects.visible_to(person("canbo.laocai"))) == []
    assert [row.call_id for row in waiting_invitees(clerk)] == [call.pk]
    assert [row.office_code for row in invitees_for(clerk, call)] == ["lc-health"]
    assert len(invitees_for(person("canbo"), call_for(person("canbo"), call.pk))) == 2


def test_an_office_answers_in_the_desk_and_the_author_is_kept(person: People) -> None:
    call = _sent(person)
    invitee = _health(call)
    services.give_answer(invitee, _given(call), expected_version=invitee.version, actor=person("vanthu.yte"))
    answers = Answer.objects.filter(invitee=invitee).order_by("question__order")
    assert [(one.body, one.value, one.via) for one in answers] == [
        ("Đã khám cho 12 người Lào", None, "desk"),
        ("", Decimal(7), "desk"),
    ]
    assert answers[0].author_name == person("vanthu.yte").get_full_name()
    assert counted(invitees_for(person("canbo"), call)).received == 1
    assert list(waiting_invitees(person("vanthu.yte"))) == []


@pytest.mark.parametrize("who", ["canbo.laocai", "kiemtra", "canbo.hunghi"])
def test_nobody_answers_for_another_office(person: People, who: str) -> None:
    call = _sent(person)
    invitee = _health(call)
    with pytest.raises(NotAllowed):
        services.give_answer(invitee, _given(call), expected_version=invitee.version, actor=person(who))


def test_two_people_do_not_overwrite_each_other(person: People) -> None:
    call = _sent(person)
    invitee, same = _health(call), _health(call)
    clerk = person("vanthu.yte")
    services.give_answer(invitee, _given(call), expected_version=invitee.version, actor=clerk)
    with pytest.raises(Conflict):
        services.give_answer(same, _given(call, "khác"), expected_version=same.version, actor=clerk)
    assert Answer.objects.filter(body="khác").count() == 0


def test_a_form_goes_out_and_comes_back_by_file(person: People) -> None:
    call = _sent(person)
    invitee = call.invitees.select_related("call").get(name="UBND xã Ví Dụ")
    questions = list(call.questions.order_by("order"))
    book = openpyxl.load_workbook(io.BytesIO(form_workbook(invitee, "UBND xã Ví Dụ", questions, {})))
    sheet = book.worksheets[0]
    rows = [row for row in sheet.iter_rows() if row[6].value == str(questions[0].pk)]
    rows[0][3].value = "Gặp gỡ hai bên tại lối mở"
    rows += [row for row in sheet.iter_rows() if row[6].value == str(questions[1].pk)]
    rows[1][4].value = "1.205"
    target = io.BytesIO()
    book.save(target)
    services.take_in_file(
        invitee,
        target.getvalue(),
        "xa.xlsx",
        author_name="Lò Thị Thử",
        expected_version=1,
        actor=person("canbo"),
    )
    found = answers_of([invitee])
    first, second = (found[invitee.pk, question.pk] for question in questions)
    assert (first.body, first.via, first.author_name) == ("Gặp gỡ hai bên tại lối mở", "file", "Lò Thị Thử")
    assert second.value == Decimal(1205)
    assert first.source is not None
    assert first.source.issuer == "UBND xã Ví Dụ"


def test_a_form_with_a_bad_cell_is_not_taken_in_and_the_cell_is_named(person: People) -> None:
    call = _sent(person)
    invitee = _health(call)
    questions = list(call.questions.order_by("order"))
    book = openpyxl.load_workbook(io.BytesIO(form_workbook(invitee, "Sở Y tế", questions, {})))
    sheet = book.worksheets[0]
    [row] = [row for row in sheet.iter_rows() if row[6].value == str(questions[1].pk)]
    row[4].value = "nhiều lắm"
    target = io.BytesIO()
    book.save(target)
    with pytest.raises(BadInput) as refused:
        services.take_in_file(
            invitee,
            target.getvalue(),
            "a.xlsx",
            author_name="",
            expected_version=1,
            actor=person("vanthu.yte"),
        )
    assert row[4].coordinate in refused.value.errors["file"][0]
    assert Answer.objects.count() == 0


def test_standing_follows_the_days(person: People) -> None:
    call = _sent(person)
    invitee = _health(call)
    officer, clerk = person("canbo"), person("vanthu.yte")
    assert invitee.standing(dt.date(2025, 5, 18)) == Standing.WAITING
    assert invitee.standing(dt.date(2025, 5, 19)) == Standing.LATE
    assert [one.how for one in services.chase([invitee], how="điện thoại", actor=officer)] == ["điện thoại"]
    services.give_answer(invitee, _given(call), expected_version=invitee.version, actor=clerk)
    assert invitee.standing(dt.date(2025, 5, 19)) == Standing.ANSWERED
    services.return_answer(invitee, reason="thiếu tháng 4", expected_version=invitee.version, actor=officer)
    assert invitee.standing(dt.date(2025, 5, 19)) == Standing.RETURNED
    assert [row.pk for row in waiting_invitees(clerk)] == [invitee.pk]
    services.give_answer(invitee, _given(call), expected_version=invitee.version, actor=clerk)
    services.accept_answer(invitee, expected_version=invitee.version, actor=officer)
    assert invitee.standing(dt.date(2025, 5, 19)) == Standing.ACCEPTED
    with pytest.raises(BadInput):
        services.give_answer(invitee, _given(call), expected_version=invitee.version, actor=clerk)


def test_answers_are_merged_with_their_authors_and_offered_to_the_report(person: People) -> None:
    call = _sent(person)
    officer = person("canbo")
    health = _health(call)
    services.give_answer(health, _given(call), expected_version=1, actor=person("vanthu.yte"))
    text, figure = call.questions.order_by("order")
    merged = services.merge_answers(text, actor=officer)
    assert merged.body == "Đã khám cho 12 người Lào (Sở Y tế tỉnh Lai Châu)."
    assert len(merged.sources) == 1
    services.save_merged(text, "Ngành y tế đã khám cho 12 người Lào.", expected_version=1, actor=officer)
    with pytest.raises(Conflict):
        services.save_merged(text, "khác", expected_version=1, actor=officer)
    found = merged_for(officer, report_code="monthly", period_code="2025-05", slot="border")
    assert [one.body for one in found] == ["Ngành y tế đã khám cho 12 người Lào."]
    assert merged_for(person("vanthu.yte"), report_code="monthly", period_code="2025-05", slot="border") == []
    assert services.merge_answers(figure, actor=officer).body == "7 lượt người (Sở Y tế tỉnh Lai Châu)."


def test_accepted_figures_become_stated_figures_of_their_offices_once(person: People) -> None:
    call = _sent(person)
    officer, health = person("canbo"), _health(call)
    services.give_answer(health, _given(call), expected_version=1, actor=person("vanthu.yte"))
    assert services.state_answers(call, actor=officer) == 0
    services.accept_answer(health, expected_version=health.version, actor=officer)
    assert services.state_answers(call, actor=officer) == 1
    assert services.state_answers(call, actor=officer) == 0
    [stated] = Statement.objects.filter(office="lc-health", measure=FIGURE.measure)
    assert (stated.value, stated.since, stated.until) == (7, dt.date(2025, 5, 1), dt.date(2025, 5, 31))


def test_classified_words_are_turned_away(person: People) -> None:
    call = _sent(person)
    invitee = _health(call)
    with pytest.raises(ClassifiedPaper):
        services.give_answer(
            invitee, _given(call, "TUYỆT MẬT"), expected_version=1, actor=person("vanthu.yte")
        )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"questions": ()}, "questions"),
        ({"offices": (), "names": ("",)}, "offices"),
        ({"offices": ("lc-health", "lc-health")}, "offices"),
        ({"period_code": "năm nào đó"}, "period"),
    ],
)
def test_a_call_that_says_too_little_is_refused(person: People, changes: dict, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        services.draft_call(call_draft(**changes), office_code="lc-dofa", actor=person("canbo"))
    assert list(refused.value.errors) == [field]
    assert Call.objects.count() == 0


def test_a_sent_call_stays_as_it_is_and_a_closed_one_takes_nothing(person: People) -> None:
    call = _sent(person)
    officer = person("canbo")
    with pytest.raises(BadInput):
        services.rewrite_call(call, call_draft(), expected_version=call.version, actor=officer)
    services.close_call(call, expected_version=call.version, actor=officer)
    with pytest.raises(BadInput):
        services.give_answer(_health(call), _given(call), expected_version=1, actor=person("vanthu.yte"))


def test_a_call_is_not_due_before_it_is_sent(person: People) -> None:
    officer = person("canbo")
    call = services.draft_call(call_draft(due_on=dt.date(2025, 5, 1)), office_code="lc-dofa", actor=officer)
    with pytest.raises(BadInput), clock.fixed(SENT):
        services.send_call(call, on=SENT, expected_version=1, actor=officer)
