"""Letters in and out: entered, walked, answered, counted, found by their flags."""

import datetime as dt

import pytest

from bonphuong.accounts.models import User
from bonphuong.families.letters import queries, services
from bonphuong.families.letters.facts import facts_of
from bonphuong.families.letters.models import Letter
from bonphuong.families.letters.scheme import SCHEME, clean_many
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kit.queries import for_page, row_of
from bonphuong.kit.services import create, create_many, take_step
from bonphuong.ledger.facts import counted
from bonphuong.procedures.errors import WrongState
from bonphuong.records.models import Record, RecordLink
from tests.factories.letters import LetterFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]

TODAY = dt.date(2026, 3, 20)
IN = {
    "title": "Mời dự hội chợ biên mậu",
    "form": "công hàm",
    "symbol": "015/ĐSQ",
    "partner": "Đại sứ quán Trung Quốc tại Việt Nam",
    "country": "Trung Quốc",
    "received_on": "05/3/2026",
    "dated_on": "02/3/2026",
    "needs_answer": "x",
    "answer_due_on": "15/3/2026",
}
OUT = {
    "title": "Đề nghị phối hợp tổ chức giao lưu",
    "form": "official_letter",
    "partner": "Văn phòng Ngoại sự châu Hồng Hà",
    "country": "Trung Quốc",
}


@pytest.fixture(autouse=True)
def _march():
    with clock.fixed(dt.datetime(2026, 3, 20, 9, tzinfo=clock.LOCAL)):
        yield


def _enter(row, kind, officer):
    (cleaned,) = clean_many([row], kind=kind, office_code="lc-dofa", actor=officer)
    assert cleaned.errors == ()
    return create(cleaned.draft, family="letters", office_code="lc-dofa", actor=officer)


def _step(record, code, person, on=TODAY, **values):
    fresh = Record.objects.get(pk=record.pk)
    return take_step(
        fresh, code, on=on, expected_version=fresh.version, actor=person, values=values, note="vì"
    )


def _shown(flag):
    where = next(one.where for one in SCHEME.flags if one.code == flag)
    return set(Record.objects.filter(where(TODAY)).values_list("number", flat=True))


def test_a_row_of_an_officers_sheet_becomes_a_letter(officer):
    record = _enter(IN, "incoming", officer)
    row = for_page(officer, record.pk)
    assert (row.form, row.partner_code, row.country_code) == ("note_verbale", "mission-cn-ha-noi", "CN")
    assert (record.number, record.begins_on) == ("CTN-2026-001", dt.date(2026, 3, 5))
    assert record.due_on == dt.date(2026, 3, 9)


def test_a_letter_counts_once_and_its_answer_on_its_own_day(officer):
    record = _enter(IN, "incoming", officer)
    assert counted(facts_of(row_of(record))) == {"letters.in": 1}
    services.register_answer(record, {"answered_on": dt.date(2026, 3, 12)}, actor=officer)
    facts = {fact.measure: (fact.on, fact.slot1, fact.slot2) for fact in facts_of(row_of(record))}
    assert facts == {
        "letters.in": (dt.date(2026, 3, 5), "note_verbale", ""),
        "letters.answered": (dt.date(2026, 3, 12), "note_verbale", "incoming"),
    }


def test_incoming_is_assigned_answered_and_closed(officer):
    record = _enter(IN, "incoming", officer)
    assert _step(record, "assign", officer, handler_office="lc-industry").state == "assigned"
    assert _step(record, "draft_answer", officer).state == "drafting"
    assert _step(record, "answer", officer, answer_symbol="20/SNgV").state == "answered"
    closed = _step(record, "close", officer)
    assert (closed.state, closed.is_closed, closed.due_on) == ("closed", True, None)


def test_incoming_may_be_filed_without_an_answer(officer):
    record = _enter(IN, "incoming", officer)
    assert _step(record, "file", officer).is_closed
    with pytest.raises(WrongState):
        _step(record, "answer", officer, answer_symbol="1")


def test_outgoing_walks_to_the_other_sides_answer(officer, leader):
    record = _enter(OUT, "outgoing", officer)
    assert _step(record, "submit", officer).state == "submitted"
    with pytest.raises(NotAllowed):
        _step(record, "sign", officer, symbol="7/SNgV")
    head = User.objects.get(username="truongphong")
    assert _step(record, "sign", head, symbol="7/SNgV").state == "signed"
    assert _step(record, "send", officer, way="post").state == "sent"
    assert counted(facts_of(row_of(record))) == {"letters.out": 1}
    assert _step(record, "answer", officer).state == "answered"
    assert counted(facts_of(row_of(record))) == {"letters.out": 1, "letters.answered": 1}


@pytest.mark.parametrize(
    ("steps", "forbidden"),
    [((), "sign"), ((), "send"), ((), "close"), (("submit",), "send"), (("submit",), "answer")],
)
def test_outgoing_leaves_no_step_out(steps, forbidden, officer):
    record = _enter(OUT, "outgoing", officer)
    for code in steps:
        _step(record, code, officer)
    with pytest.raises(WrongState):
        _step(record, forbidden, officer)


def test_a_letter_sent_back_is_put_up_again_and_may_be_refused(officer):
    head = User.objects.get(username="truongphong")
    record = _enter(OUT, "outgoing", officer)
    _step(record, "submit", officer)
    assert _step(record, "return_for_revision", head).state == "returned_for_revision"
    assert _step(record, "resubmit", officer).state == "submitted"
    assert _step(record, "reject", head).state == "rejected"


def test_a_letter_called_off_before_it_goes_is_no_letter(officer):
    record = _enter(OUT, "outgoing", officer)
    assert _step(record, "cancel", officer).state == "cancelled"
    assert facts_of(row_of(record)) == ()


def test_sending_an_answer_answers_the_letter_and_links_the_two(officer):
    asked = _enter(IN, "incoming", officer)
    answer = services.begin_reply(asked, {}, actor=officer)
    row = row_of(answer)
    assert (answer.kind, row.partner_code, row.reply_to) == ("outgoing", "mission-cn-ha-noi", asked.number)
    head = User.objects.get(username="truongphong")
    _step(answer, "submit", officer)
    _step(answer, "sign", head, symbol="31/SNgV")
    _step(answer, "send", officer, way="mission")
    letter = Letter.objects.get(pk=asked.pk)
    assert (letter.answered_on, letter.answer_symbol, letter.answer_record) == (
        TODAY,
        "31/SNgV",
        answer.number,
    )
    assert Record.objects.get(pk=asked.pk).state == "answered"
    assert RecordLink.objects.filter(from_record=answer, to_record=asked).count() == 1


def test_an_answer_by_a_record_that_is_not_there_is_refused(officer):
    record = _enter(IN, "incoming", officer)
    with pytest.raises(BadInput):
        services.register_answer(record, {"answer_record": "CTG-2026-999"}, actor=officer)


def test_flags_show_what_is_not_answered_and_what_is_late(officer):
    late = _enter(IN, "incoming", officer)
    ahead = _enter({**IN, "title": "Hỏi về đoàn", "answer_due_on": "30/3/2026"}, "incoming", officer)
    _enter({**IN, "title": "Thông báo", "needs_answer": "", "answer_due_on": ""}, "incoming", officer)
    sent = _enter(
        {**OUT, "needs_answer": "x", "dated_on": "09/3/2026", "sent_on": "10/3/2026"}, "outgoing", officer
    )
    assert _shown("not_answered") == {late.number, ahead.number}
    assert _shown("answer_overdue") == {late.number}
    assert _shown("waiting_for_them") == {sent.number}


def test_the_day_for_the_answer_is_a_deadline(officer):
    record = _enter(IN, "incoming", officer)
    record = _step(record, "assign", officer, handler_office="lc-dofa")
    assert (record.due_on, record.due_rule.code) == (dt.date(2026, 3, 15), "answer")


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"received_on": "05/4/2026"}, "received_on"),
        ({"received_on": ""}, "received_on"),
        ({"partner": ""}, "partner"),
        ({"dated_on": "06/3/2026"}, "received_on"),
        ({"answered_on": "01/3/2026"}, "answered_on"),
        ({"form": "điện tín lạ"}, "form"),
    ],
)
def test_what_cannot_be_is_refused_at_its_cell(changes, column, officer):
    (cleaned,) = clean_many([{**IN, **changes}], kind="incoming", office_code="lc-dofa", actor=officer)
    assert column in {error.column for error in cleaned.errors}


def test_many_letters_come_in_at_once(officer):
    rows = [{**IN, "title": f"Công hàm số {number}", "symbol": f"{number}/ĐSQ"} for number in range(1, 41)]
    cleaned = clean_many(rows, kind="incoming", office_code="lc-dofa", actor=officer)
    made = create_many([one.draft for one in cleaned], family="letters", office_code="lc-dofa", actor=officer)
    assert len(made) == Letter.objects.count() == 40


def test_the_page_says_where_the_answer_stands(officer):
    record = _enter(IN, "incoming", officer)
    assert [panel.tone for panel in SCHEME.panels(row_of(record), officer)] == ["warn"]
    services.register_answer(record, {"answered_on": TODAY, "answer_symbol": "5/SNgV"}, actor=officer)
    assert [panel.tone for panel in SCHEME.panels(row_of(record), officer)] == ["good"]


def test_a_number_of_another_book_is_not_found(officer):
    record = _enter(IN, "incoming", officer)
    with pytest.raises(BadInput):
        queries.numbered(officer, "lao-cai", record.number)


def test_a_letter_is_called_as_its_record():
    row = LetterFactory()
    assert str(row) == str(row.record)
