"""A twinned pair from its survey to its end: each step by the right person, what it counts as, who is silent."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.accounts.models import User
from bonphuong.families.twinning.models import Pair, Pause, Review
from bonphuong.families.twinning.scheme import COLUMNS, SCHEME, clean_many
from bonphuong.families.twinning.services import note_activity
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kit.drafts import LineDraft
from bonphuong.kit.queries import for_page, row_of
from bonphuong.kit.services import create, save_lines, take_step, void
from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.facts import counted
from bonphuong.ledger.queries import Where, live_facts, sum_facts
from bonphuong.procedures.errors import WrongState
from bonphuong.procedures.queries import case_of, deadlines
from bonphuong.records.models import Record
from tests.factories.twinning import pair, signed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
NOW = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
TODAY = NOW.date()
OFFICE = "lc-border-guard"


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(NOW):
        yield


def user(name: str) -> User:
    return User.objects.get(username=name)


def enter(draft, actor="canbo.bienphong") -> Record:
    return create(draft, family="twinning", office_code=OFFICE, actor=user(actor), reason="nhập sổ")


def step(
    record: Record, code: str, on: dt.date = TODAY, actor="canbo.bienphong", note="", **values
) -> Record:
    return take_step(
        record, code, on=on, expected_version=record.version, actor=user(actor), values=values, note=note
    )


def level(measure: str, on: dt.date) -> int:
    return sum_facts([Where((("lai-chau", None),), measure, on)])[0].value


def live(record: Record) -> dict[str, int]:
    found = counted(live_facts([record.pk])[record.pk])
    return {code: value for code, value in found.items() if value}


ROAD = (
    ("propose", "canbo.bienphong", {}),
    ("authorise", "lanhdao", {}),
    ("agree", "canbo.bienphong", {}),
    ("sign", "canbo.bienphong", {"contents_count": 5}),
    ("begin", "canbo.bienphong", {}),
)


def walked(upto: int = len(ROAD)) -> Record:
    record = enter(pair())
    for code, actor, values in ROAD[:upto]:
        step(record, code, actor=actor, **values)
    return record


def test_the_whole_road_is_walked_by_the_right_people():
    record = enter(pair())
    seen = [record.state]
    for code, actor, values in ROAD:
        step(record, code, actor=actor, **values)
        seen.append(record.state)
    step(record, "start_review")
    step(record, "finish_review", review_result="Hai bên giữ nền nếp giao lưu")
    step(record, "end", end_reason="Nhập thôn")
    assert seen == ["surveyed", "proposed", "authorised", "agreed_with_partner", "signed", "active"]
    assert (record.state, record.is_closed) == ("ended", True)


@pytest.mark.parametrize("upto", range(6))
def test_no_step_is_taken_out_of_turn(upto):
    record = walked(upto)
    allowed = {
        "surveyed": {"propose", "cancel"},
        "proposed": {"authorise", "reject", "return_for_revision", "cancel"},
        "authorised": {"agree", "cancel"},
        "agreed_with_partner": {"sign", "cancel"},
        "signed": {"begin", "pause"},
        "active": {"start_review", "pause", "end"},
    }[record.state]
    everything = {t.code for t in case_of(record.pk).procedure.transitions.all()}
    for code in sorted(everything - allowed):
        with pytest.raises(WrongState):
            step(record, code, actor="lanhdao", note="thử", contents_count=5)


def test_only_leaders_give_their_consent_and_the_focal_agency_sends_back():
    record = walked(1)
    with pytest.raises(NotAllowed):
        step(record, "authorise", actor="canbo.bienphong")
    with pytest.raises(NotAllowed):
        step(record, "return_for_revision", actor="canbo.bienphong", note="thiếu khảo sát")
    step(record, "return_for_revision", actor="canbo", note="thiếu khảo sát")
    assert record.state == "returned_for_revision"
    assert step(record, "resubmit").state == "proposed"
    assert step(record, "reject", actor="lanhdao", note="chưa phù hợp").state == "rejected"


def test_calling_off_before_the_signing_counts_nothing():
    record = walked(3)
    step(record, "cancel", note="bạn chưa sẵn sàng")
    row = row_of(record)
    assert (record.state, row.cancel_reason, row.standing, live(record)) == (
        "cancelled",
        "bạn chưa sẵn sàng",
        "dropped",
        {},
    )


def test_a_pair_counts_from_its_signature_to_its_end():
    record = enter(signed(dt.date(2014, 9, 3)))
    step(record, "end", on=dt.date(2025, 6, 30), end_reason="Nhập xã")
    days = (dt.date(2014, 9, 2), dt.date(2014, 9, 3), dt.date(2025, 6, 29), dt.date(2025, 6, 30))
    assert [level("twinning.active", day) for day in days] == [0, 1, 1, 0]
    assert live(record) == {"twinning.signed": 1}


def test_a_pair_known_to_be_twinned_is_a_level_and_never_newly_signed():
    record = enter(pair(active_on=dt.date(2024, 1, 2)))
    assert (record.state, live(record)) == ("active", {"twinning.active": 1})


def test_pausing_changes_the_standing_and_not_the_number_of_pairs():
    record = enter(signed(dt.date(2014, 9, 3)))
    step(record, "pause", on=dt.date(2020, 2, 1), pause_reason="Dịch COVID-19")
    assert (row_of(record).standing, level("twinning.active", TODAY), level("twinning.paused", TODAY)) == (
        "paused",
        1,
        1,
    )
    step(record, "resume", on=dt.date(2025, 3, 1))
    assert (record.state, row_of(record).standing) == ("active", "active")
    days = (dt.date(2020, 1, 31), dt.date(2020, 2, 1), dt.date(2025, 2, 28), dt.date(2025, 3, 1))
    assert [level("twinning.paused", day) for day in days] == [0, 1, 1, 0]


def test_a_second_pause_leaves_the_first_where_it_was():
    record = enter(signed(dt.date(2014, 9, 3)))
    step(record, "pause", on=dt.date(2020, 2, 1), pause_reason="Dịch COVID-19")
    step(record, "resume", on=dt.date(2023, 1, 8))
    step(record, "pause", on=dt.date(2024, 5, 1), pause_reason="Bạn thay đầu mối")
    step(record, "end", on=dt.date(2025, 1, 1), end_reason="Thôi kết nghĩa")
    days = (dt.date(2021, 1, 1), dt.date(2023, 6, 1), dt.date(2024, 6, 1), dt.date(2025, 6, 1))
    assert [level("twinning.paused", day) for day in days] == [1, 0, 1, 0]
    assert list(Pause.objects.filter(row_id=record.pk).values_list("since", "until")) == [
        (dt.date(2020, 2, 1), dt.date(2023, 1, 8)),
        (dt.date(2024, 5, 1), None),
    ]


def test_reviews_are_kept_and_set_the_next_one():
    record = enter(signed(dt.date(2021, 3, 1), review_months=36))
    step(record, "start_review", on=dt.date(2024, 2, 20))
    step(record, "finish_review", on=dt.date(2024, 2, 29), review_result="Đạt 5 nội dung")
    step(record, "start_review", on=dt.date(2026, 2, 1))
    step(record, "renew", on=dt.date(2026, 2, 28))
    row = row_of(record)
    assert (row.renewed_on, row.next_review_on) == (dt.date(2026, 2, 28), dt.date(2029, 2, 28))
    days = list(Review.objects.filter(row=row).values_list("on", flat=True))
    assert (days, live(record)["twinning.reviews"]) == ([dt.date(2024, 2, 29), dt.date(2026, 2, 28)], 2)


def test_the_yearly_review_is_due_a_year_after_the_pair_began_to_run():
    record = enter(signed(dt.date(2025, 9, 3)))
    found = deadlines(case_of(record.pk), {}, today=TODAY)
    assert [(d.rule.code, d.due_on, d.rule.proved) for d in found] == [("review", dt.date(2026, 9, 3), False)]


def test_activities_count_by_their_day_with_the_people_of_either_side():
    record = enter(signed(dt.date(2014, 9, 3)))
    note_activity(
        record,
        {"on": dt.date(2025, 9, 3), "what": "Ngày hội giao lưu", "people_ours": 60, "people_theirs": 45},
        actor=user("canbo.bienphong"),
    )
    lines = [LineDraft({"on": dt.date(2026, 1, 20), "what": "Thăm, chúc Tết", "deed": "greeting"})]
    there = [LineDraft({"on": a.on, "what": a.what, "people_ours": 60, "people_theirs": 45}, a.pk)
             for a in row_of(record).activities.all()]  # fmt: skip
    save_lines(
        record, "activities", there + lines, expected_version=record.version, actor=user("canbo.bienphong")
    )
    assert live(record) == {
        "twinning.signed": 1,
        "twinning.active": 1,
        "twinning.activities": 2,
        "twinning.activity_people": 105,
    }
    assert check_ledger() == []


def test_an_activity_to_come_is_refused():
    record = enter(signed())
    with pytest.raises(BadInput):
        note_activity(
            record, {"on": dt.date(2026, 12, 1), "what": "Sẽ giao lưu"}, actor=user("canbo.bienphong")
        )


def test_a_pair_silent_for_a_year_is_shown_from_the_day_after():
    record = enter(signed(dt.date(2014, 9, 3)))
    note_activity(record, {"on": dt.date(2025, 9, 3), "what": "Ngày hội"}, actor=user("canbo.bienphong"))
    silent = next(flag for flag in SCHEME.flags if flag.code == "silent")

    def found(day: dt.date) -> bool:
        return Record.objects.filter(silent.where(day), pk=record.pk).exists()

    assert [found(dt.date(2026, 9, 3)), found(dt.date(2026, 9, 4))] == [False, True]


def test_a_paused_pair_is_not_called_silent_and_one_just_resumed_neither():
    record = enter(signed(dt.date(2014, 9, 3)))
    silent = next(flag for flag in SCHEME.flags if flag.code == "silent")
    rows = Record.objects.filter(silent.where(TODAY), pk=record.pk)
    answers = [rows.exists()]
    step(record, "pause", on=dt.date(2020, 2, 1), pause_reason="Dịch")
    answers.append(rows.exists())
    step(record, "resume", on=dt.date(2026, 3, 1))
    answers.append(rows.exists())
    assert answers == [True, False, False]


def test_a_review_overdue_is_shown():
    record = enter(signed(dt.date(2014, 9, 3), reviewed_on=dt.date(2025, 10, 1), review_result="Tốt"))
    overdue = next(flag for flag in SCHEME.flags if flag.code == "review_overdue")
    asked = [Record.objects.filter(overdue.where(day), pk=record.pk).exists()
             for day in (dt.date(2026, 10, 1), dt.date(2026, 10, 2))]  # fmt: skip
    assert asked == [False, True]


def test_the_panels_say_how_alive_a_pair_is():
    record = enter(signed(dt.date(2014, 9, 3)))
    note_activity(
        record, {"on": dt.date(2024, 9, 3), "what": "Ngày hội", "people_ours": 40}, actor=user("canbo")
    )
    row = for_page(user("canbo"), record.pk)
    alive, years = SCHEME.panels(row, user("canbo"))
    assert (alive.tone, [str(cell) for cell in years.rows[0][:3]]) == ("warn", ["2024", "1", "40"])


def test_a_mistake_counts_for_nothing():
    record = enter(signed())
    void(record, expected_version=record.version, actor=user("canbo.bienphong"), reason="nhập nhầm")
    assert live(record) == {}


def test_the_annex_columns_are_read_from_an_officers_sheet():
    columns = {alias: c.code for c in COLUMNS["pair"] for alias in c.aliases}
    wanted = ("cặp", "cấp", "ngày ký", "số nội dung", "lần sơ kết gần nhất", "trạng thái")
    assert [columns[name] for name in wanted] == [
        "title",
        "level",
        "signed_on",
        "contents_count",
        "reviewed_on",
        "standing",
    ]


def test_a_row_of_a_sheet_becomes_a_pair():
    row = {"title": "Pô Tô – Cửa Cải", "level": "Thôn, bản", "ours_text": "Bản Pô Tô", "partner": "Cửa Cải",
           "signed_on": "03/9/2014", "contents_count": "5"}  # fmt: skip
    cleaned = clean_many([row], kind="pair", office_code=OFFICE, actor=user("canbo"))[0]
    assert cleaned.errors == ()
    record = enter(cleaned.draft)
    stored = Pair.objects.get(pk=record.pk)
    assert (stored.partner_code, stored.level, record.state) == ("cn-cua-cai", "village", "active")


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"ended_on": "01/01/2014", "signed_on": "03/09/2014"}, "ended_on"),
        ({"resumed_on": "01/03/2025", "signed_on": "03/09/2014"}, "paused_on"),
        ({"paused_on": "01/02/2020"}, "signed_on"),
        ({"signed_on": "01/12/2026"}, "signed_on"),
        ({"partner": ""}, "partner"),
        ({"review_months": "0"}, "review_months"),
        ({"level": "nhà"}, "level"),
    ],
)
def test_what_cannot_be_is_named_by_its_column(values, column):
    row = {"title": "Cặp", "level": "thôn", "ours_text": "Bản", "partner": "Thôn", **values}
    cleaned = clean_many([row], kind="pair", office_code=OFFICE, actor=user("canbo"))[0]
    assert column in {error.column for error in cleaned.errors}


def test_odd_contents_are_pointed_out():
    row = {"title": "Cặp", "level": "thôn", "ours_text": "Bản", "partner": "Thôn", "contents_count": "6",
           "contents": "Giao lưu\nTuyên truyền\nBảo vệ mốc"}  # fmt: skip
    cleaned = clean_many([row], kind="pair", office_code=OFFICE, actor=user("canbo"))[0]
    assert [(w.column, cleaned.errors) for w in cleaned.warnings] == [("contents_count", ())]
