"""Greetings sent and received: the road of each, what they count as, their letters."""

import datetime as dt
import io
import zipfile

import pytest

from bonphuong.accounts.models import User
from bonphuong.families.greetings import services
from bonphuong.families.greetings.facts import facts_of
from bonphuong.families.greetings.mailmerge import letters_of, print_letters
from bonphuong.families.greetings.models import Addressee
from bonphuong.families.greetings.scheme import SCHEME, clean_many
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kit.queries import for_page, row_of
from bonphuong.kit.services import create, take_step
from bonphuong.ledger.facts import counted
from bonphuong.procedures.errors import WrongState
from bonphuong.procedures.queries import case_of
from bonphuong.records.models import Record, RecordLink, RecordPaper
from tests.factories.greetings import AddresseeFactory, GreetingFactory, OccasionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]

TODAY = dt.date(2025, 11, 20)
LAOS = {
    "title": "Chúc mừng Quốc khánh Lào 2025",
    "occasion": "quốc khánh",
    "occasion_name": "Quốc khánh nước CHDCND Lào",
    "occasion_on": "02/12/2025",
    "feast_code": "la-national-day",
    "country": "Lào",
    "level": "UBND tỉnh",
    "form": "letter",
    "text": "Nhân dịp [dịp], chúc [xưng hô] [họ tên], [chức danh] [địa phương], năm [năm] thành công.\nTrân trọng.",
    "translation": "ສຸກສັນວັນຊາດ [name]",
    "translation_language": "lo",
    "addressees": [
        {"full_name": "Tua-yang Một", "name_native": "ຕົວຢ່າງ ໜຶ່ງ", "title_then": "Tỉnh trưởng", "party": "Phông Sa Lỳ",
         "country": "Lào", "address": "đồng chí", "language": "lo", "signer": "Trần Minh Họa", "signer_title": "Chủ tịch"},
        {"full_name": "Tua-yang Hai", "title_then": "Bí thư Tỉnh ủy", "party": "U Đôm Xay", "country": "Lào",
         "level": "party", "signer": "Lò Giả Định", "signer_title": "Bí thư", "flowers": "01 lẵng hoa"},
        {"full_name": "Tua-yang Ba", "title_then": "Tỉnh trưởng", "party": "Luông Pha Băng", "country": "Lào", "left_out": "x"},
    ],
}  # fmt: skip
CAME = {
    "title": "Thư chúc mừng Quốc khánh Việt Nam của tỉnh Phongsaly",
    "occasion": "national_day",
    "occasion_on": "02/9/2025",
    "country": "Lào",
    "partner": "Phongsaly",
    "sender_name": "Tua-yang Một",
    "sender_post": "Tỉnh trưởng",
    "received_on": "01/9/2025",
    "needs_answer": "x",
}


@pytest.fixture(autouse=True)
def _november():
    with clock.fixed(dt.datetime(2025, 11, 20, 9, tzinfo=clock.LOCAL)):
        yield


def _enter(row, kind, person, office="lc-dofa"):
    (cleaned,) = clean_many([row], kind=kind, office_code=office, actor=person)
    assert cleaned.errors == ()
    return create(cleaned.draft, family="greetings", office_code=office, actor=person)


def _step(record, code, person, on=TODAY, **values):
    fresh = Record.objects.get(pk=record.pk)
    return take_step(
        fresh, code, on=on, expected_version=fresh.version, actor=person, values=values, note="vì"
    )


def _sent(officer, leader, row=LAOS):
    record = _enter(row, "campaign", officer)
    _step(record, "draft", officer)
    _step(record, "approve", leader, approved_by="Trần Minh Họa")
    return _step(record, "send", officer, way="mission")


def test_greetings_are_drafted_translated_approved_sent_answered_closed(officer, leader):
    record = _enter(LAOS, "campaign", officer)
    assert (record.number, record.state, record.begins_on) == (
        "CM-2025-001",
        "calendar_due",
        dt.date(2025, 12, 2),
    )
    assert _step(record, "draft", officer).state == "drafted"
    assert _step(record, "translate", officer, translator="Chẻo Thị Thử").state == "translated"
    with pytest.raises(NotAllowed):
        _step(record, "approve", officer, approved_by="tôi")
    assert _step(record, "approve", leader, approved_by="Trần Minh Họa").state == "approved"
    assert _step(record, "send", officer, way="mission").state == "sent"
    assert _step(record, "receive_reply", officer).state == "reply_received"
    assert _step(record, "close", officer).is_closed


def test_a_head_does_not_approve_what_the_province_signs(officer):
    record = _enter(LAOS, "campaign", officer)
    _step(record, "draft", officer)
    with pytest.raises(NotAllowed):
        _step(record, "approve", User.objects.get(username="truongphong"), approved_by="x")


def test_a_head_approves_what_the_department_signs(officer):
    record = _enter({**LAOS, "level": "department"}, "campaign", officer)
    assert case_of(record.pk).procedure.code == "greetings.campaign_own"
    _step(record, "draft", officer)
    head = User.objects.get(username="truongphong")
    assert _step(record, "approve", head, approved_by="Lò Văn Thử").state == "approved"


@pytest.mark.parametrize(
    ("steps", "forbidden"),
    [
        ((), "translate"),
        ((), "approve"),
        ((), "send"),
        (("draft",), "send"),
        (("draft",), "close"),
        ((), "receive_reply"),
    ],
)
def test_no_step_is_left_out(steps, forbidden, officer):
    record = _enter(LAOS, "campaign", officer)
    for code in steps:
        _step(record, code, officer)
    with pytest.raises(WrongState):
        _step(record, forbidden, officer)


def test_what_is_sent_back_is_put_up_again_or_refused(officer, leader):
    record = _enter(LAOS, "campaign", officer)
    _step(record, "draft", officer)
    assert _step(record, "return_for_revision", leader).state == "returned_for_revision"
    assert _step(record, "redraft", officer).state == "drafted"
    assert _step(record, "reject", leader).state == "rejected"


def test_each_addressee_counts_once_on_the_day_the_letters_went(officer, leader):
    record = _sent(officer, leader)
    facts = facts_of(row_of(record))
    assert counted(facts) == {"greetings.sent": 2}
    assert {(fact.partner, fact.on, fact.channel, fact.slot3) for fact in facts} == {
        ("la-phongsaly", TODAY, "state", "committee"),
        ("la-oudomxay", TODAY, "party", "party"),
    }


def test_nothing_counts_before_it_is_sent_nor_when_it_is_called_off(officer):
    record = _enter(LAOS, "campaign", officer)
    assert facts_of(row_of(record)) == []
    assert _step(record, "cancel", officer).state == "cancelled"
    assert facts_of(row_of(record)) == ()


def test_an_answer_is_noted_for_its_addressee_and_counts(officer, leader):
    record = _sent(officer, leader)
    with clock.fixed(dt.datetime(2025, 12, 10, 9, tzinfo=clock.LOCAL)):
        values = {"number": 1, "replied_on": dt.date(2025, 12, 9), "reply": "Cảm ơn."}
        services.note_reply(record, values, actor=officer)
        again = Record.objects.get(pk=record.pk)
        assert again.state == "reply_received"
        assert counted(facts_of(row_of(again))) == {"greetings.sent": 2, "greetings.replies": 1}
        with pytest.raises(BadInput):
            services.note_reply(again, {"number": 9, "replied_on": TODAY}, actor=officer)
        with pytest.raises(BadInput):
            services.note_reply(again, {"number": 1}, actor=officer)


def test_news_is_answered_at_once_by_its_own_clock(officer):
    row = {
        **LAOS,
        "title": "Chia buồn lũ quét",
        "occasion": "chia buồn",
        "occasion_on": "19/11/2025",
        "feast_code": "",
    }
    record = _enter(row, "campaign", officer)
    assert case_of(record.pk).procedure.code == "greetings.prompt"
    assert (record.due_on, record.due_rule.code) == (dt.date(2025, 11, 22), "send")


def test_an_occasion_of_the_calendar_is_prepared_half_a_month_before(officer):
    record = _enter(LAOS, "campaign", officer)
    assert (record.due_on, record.due_rule.code, record.due_rule.days) == (
        dt.date(2025, 11, 17),
        "prepare",
        15,
    )


def test_a_greeting_received_is_counted_and_answered(officer):
    record = _enter(CAME, "received", officer)
    assert (record.state, record.number) == ("received", "NCM-2025-001")
    thanks = _enter(LAOS, "campaign", officer)
    said = {"answered_on": dt.date(2025, 9, 10), "answer_symbol": "41/UBND", "answer_record": thanks.number}
    services.answer_received(record, said, actor=officer)
    again = Record.objects.get(pk=record.pk)
    assert again.state == "answered"
    assert counted(facts_of(row_of(again))) == {"greetings.received": 1, "greetings.answered": 1}
    assert RecordLink.objects.filter(from_record=thanks, to_record=record, kind="follows").exists()
    assert _step(again, "close", officer).is_closed


def test_a_greeting_received_may_be_filed(officer):
    record = _enter(CAME, "received", officer)
    assert _step(record, "file", officer).is_closed


def test_flags_show_what_waits(officer, leader):
    waiting = _enter(LAOS, "campaign", officer)
    sent = _sent(officer, leader, {**LAOS, "title": "Chúc mừng lần khác"})
    came = _enter(CAME, "received", officer)
    shown = {
        flag.code: set(Record.objects.filter(flag.where(TODAY)).values_list("number", flat=True))
        for flag in SCHEME.flags
    }
    assert shown == {
        "to_send": {waiting.number},
        "not_acknowledged": {sent.number},
        "not_answered": {came.number},
    }


@pytest.mark.parametrize(
    ("kind", "changes", "column"),
    [
        ("campaign", {"occasion_on": ""}, "occasion_on"),
        ("campaign", {"occasion": ""}, "occasion"),
        ("campaign", {"sent_on": "02/12/2025"}, "sent_on"),
        ("campaign", {"drafted_on": "10/11/2025", "approved_on": "05/11/2025"}, "approved_on"),
        (
            "campaign",
            {"addressees": [{"full_name": "Tua-yang Một", "replied_on": "01/10/2025"}]},
            "addressees",
        ),
        ("received", {"received_on": ""}, "received_on"),
        ("received", {"partner": "", "sender_name": ""}, "partner"),
        ("received", {"answered_on": "20/8/2025"}, "answered_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_cell(kind, changes, column, officer):
    row = {**(LAOS if kind == "campaign" else CAME), **changes}
    (cleaned,) = clean_many([row], kind=kind, office_code="lc-dofa", actor=officer)
    assert column in {error.column.split("-")[0] for error in cleaned.errors}


def test_the_same_words_as_last_year_are_pointed_out(officer):
    row = {**LAOS, "last_text": LAOS["text"]}
    (cleaned,) = clean_many([row], kind="campaign", office_code="lc-dofa", actor=officer)
    assert [warning.column for warning in cleaned.warnings] == ["text"]


def test_each_letter_is_filled_with_its_own_addressee(officer):
    record = _enter(LAOS, "campaign", officer)
    first, second = letters_of(record)
    assert first["addressees"] == ["đồng chí Tua-yang Một (ຕົວຢ່າງ ໜຶ່ງ)", "Tỉnh trưởng, Phông Sa Lỳ"]
    assert first["body"] == [
        "Nhân dịp Quốc khánh nước CHDCND Lào, chúc đồng chí Tua-yang Một, Tỉnh trưởng Phông Sa Lỳ, năm 2025 thành công.",
        "Trân trọng.",
    ]
    assert (first["translation"], second["translation"]) == (["ສຸກສັນວັນຊາດ ຕົວຢ່າງ ໜຶ່ງ"], [])
    assert (first["issuer"], second["issuer"]) == ("ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU", "TỈNH ỦY LAI CHÂU")
    assert (second["signer_lines"], second["signer"]) == (["BÍ THƯ"], "Lò Giả Định")


def test_letters_are_printed_together_and_alone(officer):
    record = _enter(LAOS, "campaign", officer)
    line = Addressee.objects.get(row=record.pk, order=2)
    both, one = (_words(print_letters(record, only=only).content) for only in (None, line.pk))
    assert ("Tua-yang Một" in both, "Tua-yang Hai" in both, "Tua-yang Ba" in both) == (True, True, False)
    assert ("Tua-yang Một" in one, "Tua-yang Hai" in one) == (False, True)


def test_letters_are_filed_with_the_record(officer):
    record = _enter(LAOS, "campaign", officer)
    services.file_letters(record, {}, actor=officer)
    services.file_letters(record, {"number": 2}, actor=officer)
    papers = [one.paper for one in RecordPaper.objects.filter(record=record).select_related("paper")]
    assert {(paper.kind, paper.abstract, paper.has_file) for paper in papers} == {
        ("greeting", "Chúc mừng Quốc khánh Lào 2025", True),
        ("greeting", "Tua-yang Hai", True),
    }
    with pytest.raises(BadInput):
        services.file_letters(record, {"number": 9}, actor=officer)


def _words(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml").decode()


def test_the_page_shows_letters_and_last_years_words(officer, leader):
    record = _sent(officer, leader, {**LAOS, "last_text": "Năm ngoái."})
    panels = SCHEME.panels(for_page(officer, record.pk), officer)
    assert [len(panel.rows) for panel in panels] == [0, 3]
    assert panels[1].rows[2][4] == "không gửi"


def test_lines_are_called_by_what_they_are():
    assert str(AddresseeFactory()) == "Tua-yang Một"
    assert str(OccasionFactory()) == "02/12/2025 Quốc khánh Lào"
    line = AddresseeFactory(row=GreetingFactory(sent_on=TODAY), left_out=True)
    assert line.went_on is None
