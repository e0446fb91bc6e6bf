"""Conferences, events and media work: filed, permitted, held, counted; programme, seats, gifts."""

import datetime as dt

import pytest
from django.utils.translation import override

from bonphuong.accounts.models import User
from bonphuong.families.events import services
from bonphuong.families.events.facts import facts_of
from bonphuong.families.events.models import Guest
from bonphuong.families.events.scheme import COLUMNS, SCHEME, clean_many
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kit.queries import for_page, row_of
from bonphuong.kit.services import create, take_step
from bonphuong.ledger.facts import counted
from bonphuong.procedures.errors import MissingPaper, WrongState
from bonphuong.procedures.queries import case_of, deadlines
from bonphuong.records.models import Record
from tests.factories.events import (
    ArrangementFactory,
    EndpointFactory,
    EventFactory,
    GiftFactory,
    GuestFactory,
    ProductFactory,
    ProgrammeLineFactory,
    TalkFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]

TODAY = dt.date(2026, 3, 2)
CONFERENCE = {
    "title": "Hội thảo minh họa về chè vùng cao",
    "form": "hội thảo",
    "starts_on": "15/4/2026",
    "ends_on": "16/4/2026",
    "venue": "Phường Tân Phong",
    "authority": "UBND tỉnh",
    "foreign_planned": "20",
    "country": "Trung Quốc",
}
FESTIVAL = {
    "title": "Lễ hội minh họa",
    "form": "lễ hội",
    "starts_on": "01/3/2026",
    "venue": "Sìn Hồ",
    "guests": [
        {"precedence": 1, "side": "bạn", "full_name": "Trương Ví Dụ", "name_native": "张示例", "post_then": "Phó Châu trưởng"},
        {"precedence": 2, "side": "bạn", "full_name": "Lý Dạng Lệ", "post_then": "Chủ nhiệm"},
        {"precedence": 3, "side": "bạn", "full_name": "Vương Thị Lệ"},
        {"precedence": 1, "side": "ta", "full_name": "Trần Minh Họa", "post_then": "Phó Chủ tịch", "seat": "giữa"},
        {"side": "ta", "full_name": "Chẻo Thị Thử"},
    ],
    "programme": [
        {"on": "01/3/2026", "begins_at": "14:00", "what": "Giao lưu"},
        {"on": "01/3/2026", "begins_at": "08:00", "ends_at": "09:30", "what": "Khai mạc", "where": "Sân vận động"},
    ],
    "gifts": [
        {"way": "tặng", "what": "Tranh thêu", "quantity": 2, "value_vnd": "1.500.000", "person": "Trương Ví Dụ"},
        {"way": "nhận", "what": "Ấm trà", "person": "Trương Ví Dụ"},
    ],
}  # fmt: skip
MEDIA = {
    "title": "Đoàn phóng viên minh họa",
    "form": "đoàn phóng viên",
    "starts_on": "01/3/2026",
    "outlet": "Đài Ví Dụ",
    "country": "Lào",
    "products": [
        {"form": "bài", "name": "Chợ phiên", "count": 2, "published_on": "02/3/2026", "language": "lo"},
        {"form": "phim", "name": "Mùa ban"},
    ],
}


@pytest.fixture(autouse=True)
def _march():
    with clock.fixed(dt.datetime(2026, 3, 2, 9, tzinfo=clock.LOCAL)):
        yield


def _enter(row, kind, officer):
    (cleaned,) = clean_many([row], kind=kind, office_code="lc-dofa", actor=officer)
    assert cleaned.errors == ()
    return create(cleaned.draft, family="events", office_code="lc-dofa", actor=officer)


def _step(record, code, person, on=TODAY, numbers=None, **values):
    fresh = Record.objects.get(pk=record.pk)
    return take_step(
        fresh,
        code,
        on=on,
        expected_version=fresh.version,
        actor=person,
        values=values,
        paper_numbers=numbers or {},
        note="vì",
    )


def _permitted(officer, leader, row=CONFERENCE):
    record = _enter(row, "conference", officer)
    head = User.objects.get(username="truongphong")
    _step(record, "submit", officer)
    _step(record, "consult", head)
    _step(record, "send_up", head)
    numbers = {"decision": "88/QĐ-UBND"}
    return _step(record, "approve", leader, numbers=numbers, decision_number="88/QĐ-UBND")


def _clock(record):
    found = deadlines(case_of(record.pk), {"begins_on": record.begins_on, "ends_on": record.ends_on})
    return {one.rule.code: one.due_on for one in found if one.done_on is None}


def test_filing_is_due_thirty_days_before_and_forty_before_the_prime_minister(officer):
    ours = _enter(CONFERENCE, "conference", officer)
    theirs = _enter({**CONFERENCE, "title": "Khác", "authority": "Thủ tướng"}, "conference", officer)
    assert (case_of(ours.pk).procedure.code, _clock(ours)["filing"]) == (
        "events.conference",
        dt.date(2026, 3, 16),
    )
    assert (case_of(theirs.pk).procedure.code, _clock(theirs)["filing"]) == (
        "events.conference_pm",
        dt.date(2026, 3, 6),
    )


def test_bodies_consulted_answer_within_fifteen_days(officer):
    record = _enter(CONFERENCE, "conference", officer)
    _step(record, "submit", officer)
    record = _step(record, "consult", User.objects.get(username="truongphong"))
    assert _clock(record)["opinions"] == dt.date(2026, 3, 17)


def test_a_conference_walks_from_draft_to_closed(officer, leader):
    record = _permitted(officer, leader)
    assert record.state == "approved"
    assert counted(facts_of(row_of(record))) == {"events.conferences_permitted": 1}
    with clock.fixed(dt.datetime(2026, 4, 20, 9, tzinfo=clock.LOCAL)):
        days = {"ended_on": "16/4/2026", "foreign_actual": 18, "vietnamese_actual": 60}
        held = _step(record, "hold", officer, on=dt.date(2026, 4, 15), **days)
        assert (held.state, _clock(held)) == ("report_due", {"report": dt.date(2026, 5, 1)})
        with pytest.raises(MissingPaper):
            _step(record, "receive_report", officer, on=dt.date(2026, 4, 18), result="Tốt")
        numbers = {"report": "9/BC-SNgV"}
        done = _step(record, "receive_report", officer, dt.date(2026, 4, 18), numbers, result="Tốt")
        assert done.state == "reported"
        assert _step(
            record, "close", User.objects.get(username="truongphong"), dt.date(2026, 4, 20)
        ).is_closed
    assert counted(facts_of(row_of(record))) == {
        "events.conferences_permitted": 1,
        "events.conferences": 1,
        "events.foreign_participants": 18,
        "events.vietnamese_participants": 60,
    }


def test_who_is_not_asked_may_not_decide(officer):
    record = _enter(CONFERENCE, "conference", officer)
    head = User.objects.get(username="truongphong")
    _step(record, "submit", officer)
    with pytest.raises(NotAllowed):
        _step(record, "consult", User.objects.get(username="canbo.bienphong"))
    _step(record, "consult", head)
    _step(record, "send_up", head)
    for person in (officer, head):
        with pytest.raises(NotAllowed):
            _step(record, "approve", person, numbers={"decision": "1/QĐ"}, decision_number="1/QĐ")


def test_the_permission_needs_its_paper(officer, leader):
    record = _enter(CONFERENCE, "conference", officer)
    head = User.objects.get(username="truongphong")
    _step(record, "submit", officer)
    _step(record, "send_up", head)
    with pytest.raises(MissingPaper):
        _step(record, "approve", leader, decision_number="88/QĐ-UBND")


@pytest.mark.parametrize(
    ("steps", "forbidden"),
    [
        ((), "consult"),
        ((), "approve"),
        ((), "hold"),
        (("submit",), "approve"),
        (("submit",), "hold"),
        ((), "close"),
    ],
)
def test_no_step_of_a_conference_is_left_out(steps, forbidden, officer):
    record = _enter(CONFERENCE, "conference", officer)
    for code in steps:
        _step(record, code, officer)
    with pytest.raises(WrongState):
        _step(record, forbidden, officer)


def test_a_request_is_sent_back_filed_again_and_refused(officer, leader):
    record = _enter(CONFERENCE, "conference", officer)
    head = User.objects.get(username="truongphong")
    _step(record, "submit", officer)
    assert _step(record, "return_for_revision", head).state == "returned_for_revision"
    assert _step(record, "resubmit", officer).state == "submitted"
    _step(record, "send_up", head)
    assert _step(record, "reject", leader).state == "rejected"


def test_a_conference_called_off_stays_in_the_statistics_of_permissions(officer, leader):
    record = _permitted(officer, leader)
    assert _step(record, "cancel", officer).state == "cancelled"
    assert counted(facts_of(row_of(record))) == {"events.conferences_permitted": 1}


def test_the_prime_ministers_permission_is_noted_by_the_focal_agency(officer):
    record = _enter({**CONFERENCE, "authority": "prime_minister"}, "conference", officer)
    head = User.objects.get(username="truongphong")
    for code in ("submit", "consult", "send_up"):
        _step(record, code, head)
    numbers = {"decision": "15/TTg-QHQT"}
    assert _step(record, "approve", head, numbers=numbers, decision_number="15/TTg-QHQT").state == "approved"


def test_a_finished_conference_is_registered_from_its_permission(officer):
    row = {
        **CONFERENCE,
        "starts_on": "10/02/2026",
        "ends_on": "10/02/2026",
        "started_on": "10/02/2026",
        "decided_on": "05/01/2026",
        "decision_number": "3/UBND-NgV",
        "foreign_actual": 5,
    }
    record = _enter(row, "conference", officer)
    assert record.state == "report_due"
    assert counted(facts_of(row_of(record))) == {
        "events.conferences_permitted": 1,
        "events.conferences": 1,
        "events.foreign_participants": 5,
    }


@pytest.mark.parametrize(
    ("part", "measures"),
    [
        ("chủ trì", {"events.held": 1, "events.foreign_participants": 30}),
        ("phối hợp", {"events.held": 1, "events.foreign_participants": 30}),
        ("tham dự", {"events.attended": 1}),
    ],
)
def test_an_event_counts_by_our_part(part, measures, officer):
    row = {**FESTIVAL, "part": part, "started_on": "01/3/2026", "foreign_actual": 30}
    assert counted(facts_of(row_of(_enter(row, "event", officer)))) == measures


def test_an_event_walks_with_and_without_a_permission(officer, leader):
    short = _enter(FESTIVAL, "event", officer)
    assert _step(short, "finalise_programme", officer).state == "programme_final"
    assert _step(short, "hold", officer, ended_on=TODAY).state == "held"
    assert _step(short, "close", officer).is_closed
    long = _enter({**FESTIVAL, "title": "Lễ hội khác"}, "event", officer)
    assert _step(long, "submit", officer).state == "submitted"
    assert _step(long, "return_for_revision", leader).state == "returned_for_revision"
    _step(long, "resubmit", officer)
    assert _step(long, "approve", leader, decision_number="4/UBND").state == "approved"
    _step(long, "hold", officer, ended_on=TODAY)
    assert _step(long, "receive_report", officer).state == "reported"


def test_journalists_and_their_products_are_counted(officer, leader):
    record = _enter(MEDIA, "media", officer)
    assert _step(record, "consult", officer).state == "consulting"
    assert _step(record, "approve", leader, decision_number="8/UBND").state == "approved"
    assert _step(record, "hold", officer, ended_on=TODAY, foreign_actual=6).state == "held"
    assert _step(record, "publish", officer).state == "published"
    assert counted(facts_of(row_of(record))) == {
        "events.media_groups": 1,
        "events.media_people": 6,
        "events.media_products": 2,
    }


def test_a_press_conference_is_external_information(officer):
    row = {
        "title": "Họp báo minh họa",
        "form": "họp báo",
        "starts_on": "01/3/2026",
        "started_on": "01/3/2026",
    }
    assert counted(facts_of(row_of(_enter(row, "media", officer)))) == {"events.information": 1}


def test_seats_go_by_precedence_the_first_in_the_middle(officer):
    record = _enter(FESTIVAL, "event", officer)
    services.seat_guests(record, {}, actor=officer)
    assert dict(Guest.objects.values_list("full_name", "seat")) == {
        "Lý Dạng Lệ": "B3",
        "Trương Ví Dụ": "B2",
        "Vương Thị Lệ": "B1",
        "Trần Minh Họa": "giữa",
        "Chẻo Thị Thử": "",
    }
    services.seat_guests(Record.objects.get(pk=record.pk), {"anew": True}, actor=officer)
    assert Guest.objects.get(full_name="Trần Minh Họa").seat == "A1"


def test_nobody_is_seated_without_precedence(officer):
    record = _enter({**FESTIVAL, "guests": []}, "event", officer)
    with pytest.raises(BadInput):
        services.seat_guests(record, {}, actor=officer)


def test_a_programme_is_taken_over_to_its_own_days(officer):
    source = _enter(FESTIVAL, "event", officer)
    goal = _enter(
        {**FESTIVAL, "title": "Lần sau", "starts_on": "05/3/2027", "programme": []}, "event", officer
    )
    services.copy_programme(goal, {"number": source.number}, actor=officer)
    lines = row_of(goal).programme.all()
    assert [(line.on, line.begins_at) for line in lines] == [
        (dt.date(2027, 3, 5), "14:00"),
        (dt.date(2027, 3, 5), "08:00"),
    ]
    with pytest.raises(BadInput):
        services.copy_programme(Record.objects.get(pk=goal.pk), {"number": "SK-1999-001"}, actor=officer)


def test_panels_show_hours_seats_and_gifts(officer):
    record = _enter(FESTIVAL, "event", officer)
    timetable, seats, gifts = SCHEME.panels(for_page(officer, record.pk), officer)
    assert [row[:3] for row in timetable.rows] == [
        ("01/03/2026", "08:00–09:30", "Khai mạc"),
        ("", "14:00", "Giao lưu"),
    ]
    assert [row[2] for row in seats.rows] == [
        "Trần Minh Họa",
        "Chẻo Thị Thử",
        "Trương Ví Dụ 张示例",
        "Lý Dạng Lệ",
        "Vương Thị Lệ",
    ]
    assert ([row[3] for row in gifts.rows], gifts.tone) == (["1.500.000", "", "1.500.000", "0"], "warn")


def test_flags_show_what_is_not_yet_done(officer):
    ahead = _enter(CONFERENCE, "conference", officer)
    past = _enter(FESTIVAL, "event", officer)
    row = {**CONFERENCE, "title": "Đã họp", "starts_on": "10/01/2026", "ends_on": "10/01/2026",
           "decided_on": "02/01/2026", "started_on": "10/01/2026", "ended_on": "10/01/2026"}  # fmt: skip
    silent = _enter(row, "conference", officer)
    shown = {
        flag.code: set(Record.objects.filter(flag.where(TODAY)).values_list("number", flat=True))
        for flag in SCHEME.flags
    }
    assert shown == {
        "not_permitted": {ahead.number},
        "not_confirmed": {past.number},
        "not_reported": {silent.number},
        "gifts_without_value": {past.number},
    }


@pytest.mark.parametrize(
    ("kind", "changes", "column"),
    [
        ("conference", {"authority": ""}, "authority"),
        ("conference", {"form": "lễ hội"}, "form"),
        ("conference", {"ends_on": "01/4/2026"}, "ends_on"),
        ("conference", {"starts_on": "", "ends_on": ""}, "starts_on"),
        ("conference", {"started_on": "15/4/2026"}, "started_on"),
        ("event", {"form": ""}, "form"),
        ("event", {"programme": [{"on": "01/3/2026", "begins_at": "8 giờ", "what": "Khai mạc"}]}, "programme"),
        ("event", {"programme": [{"on": "01/3/2026", "begins_at": "09:00", "ends_at": "08:00", "what": "A"}]}, "programme"),
        ("event", {"guests": [{"precedence": 1, "full_name": "A"}, {"precedence": 1, "full_name": "B"}]}, "guests"),
        ("media", {"products": [{"form": "bài", "name": "B", "published_on": "02/4/2026"}]}, "products"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_cell(kind, changes, column, officer):
    base = {"conference": CONFERENCE, "event": FESTIVAL, "media": MEDIA}[kind]
    (cleaned,) = clean_many([{**base, **changes}], kind=kind, office_code="lc-dofa", actor=officer)
    assert column in {error.column.split("-")[0] for error in cleaned.errors}


@pytest.mark.parametrize(
    ("written", "code"),
    [("hội nghị", "forum"), ("diễn đàn, hội nghị", "forum"), ("triển lãm", "exhibition"), ("lễ khánh thành", "ceremony")],
)  # fmt: skip
def test_any_word_of_a_label_names_its_form(written, code, officer):
    with override("vi"):
        (cleaned,) = clean_many(
            [{**FESTIVAL, "form": written}], kind="event", office_code="lc-dofa", actor=officer
        )
    assert [error for error in cleaned.errors if error.column == "form"] == []
    assert cleaned.draft.get("form") == code


def test_a_list_of_all_kinds_says_each_form_in_words(officer):
    column = next(column for column in COLUMNS["conference"] if column.code == "form")
    row = row_of(_enter(FESTIVAL, "event", officer))
    with override("vi"):
        assert column.value(row) == "lễ hội"


def test_columns_of_conferences_are_those_of_the_annex():
    aliases = {alias for column in COLUMNS["conference"] for alias in (*column.aliases, column.code)}
    annex = {"tên", "đơn vị tổ chức", "thời gian", "địa điểm", "đại biểu nước ngoài", "đại biểu việt nam", "kinh phí",
             "nguồn", "số văn bản cho phép", "báo cáo"}  # fmt: skip
    assert annex - aliases == set()


def test_lines_are_called_by_what_they_are():
    made = [
        GuestFactory(),
        GiftFactory(),
        ArrangementFactory(),
        EndpointFactory(),
        TalkFactory(),
        ProductFactory(),
    ]
    assert [str(line) for line in made] == [
        "Trương Ví Dụ",
        "Tranh thêu",
        "Xe 16 chỗ",
        "Côn Minh",
        "Cây chè trên vùng cao",
        "Mùa lúa chín",
    ]
    assert str(ProgrammeLineFactory()) == "08/11/2025 08:00 Khai mạc"
    assert EventFactory(part="attended").is_ours is False
