"""The hand-worked cases that touch meetings (C9, C10, C11, C21), each as it is written there."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.families.delegations import services as delegations
from bonphuong.families.mechanisms.filters import maybe_twice
from bonphuong.families.mechanisms.queries import by_unit, participants, sessions_like
from bonphuong.families.mechanisms.services import count_elsewhere
from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.queries import split
from bonphuong.kernel.errors import BadInput
from bonphuong.kernel.periods import Cutoff, Period
from bonphuong.kit.drafts import LineDraft
from bonphuong.kit.queries import row_of
from bonphuong.kit.services import save_lines
from bonphuong.records.checks import check_replay
from bonphuong.records.models import Record
from tests.factories.delegations import HONGHE, outbound
from tests.factories.mechanisms import mechanism, meeting
from tests.families.mechanisms.moving import count, counts, enter, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
D = dt.date


def test_c9_a_domestic_guest_is_a_session_with_programme_and_protocol(officer):
    record = enter(
        meeting(
            title="Liên hiệp các tổ chức hữu nghị Việt Nam làm việc với tỉnh", sort="working", purpose="visit",
            is_domestic=True, partner_code="vufo", partner_text="VUFO", country_code="", channel="people",
            held_on=D(2023, 2, 28),
            lines={
                "programme": (LineDraft({"on": D(2023, 2, 28), "hours": "08:00", "what": "Làm việc với UBND tỉnh"}),),
                "protocol": (LineDraft({"sort": "reception", "what": "Đón đoàn"}),),
            },
        ),
        officer,
    )  # fmt: skip
    assert counts("2023") == {"sessions.held": 1}
    assert [item.what for item in row_of(record).programme.all()] == ["Làm việc với UBND tỉnh"]
    assert list(check_replay()) == []


def test_c10_online_is_a_session_and_nobody_travels(officer):
    enter(meeting(form="online", sort="secretaries", purpose="conference", held_on=D(2021, 5, 18)), officer)
    assert counts("2021") == {"sessions.held": 1}
    assert (count("mechanisms.meetings", "2021"), count("mechanisms.meetings.online", "2021")) == (1, 1)


@pytest.mark.parametrize(
    ("crossers", "expected"),
    [
        (0, {"sessions.held": 1}),
        (4, {"sessions.held": 1, "border.day_contacts": 1, "border.day_contact_people": 4}),
    ],
)
def test_c11_at_the_line_only_those_who_cross_are_contacts(officer, crossers, expected):
    enter(meeting(form="boundary", held_on=D(2025, 5, 29), crossers=crossers), officer)
    assert counts("2025") == expected


def test_c21_members_then_and_now_across_the_mergers(officer):
    series = enter(mechanism(), officer)
    held = (D(2024, 6, 12), D(2025, 10, 29))
    meetings = [
        row_of(enter(meeting(title=f"Phiên {day}", held_on=day, series_number=series.number), officer))
        for day in held
    ]
    old, new = meetings
    assert participants(old).then == ("Lai Châu", "Điện Biên", "Lào Cai", "Hà Giang")
    assert participants(new).then == ("Lai Châu", "Điện Biên", "Lào Cai", "Tuyên Quang")
    assert set(participants(old).now) == {"Lai Châu", "Điện Biên", "Lào Cai", "Tuyên Quang"}

    then, now = by_unit(meetings, now=False), by_unit(meetings, now=True)
    assert {code: len(rows) for code, rows in then.items()} == {
        "vn-lai-chau": 2, "vn-dien-bien": 2, "vn-lao-cai": 1, "vn-ha-giang": 1, "vn-lao-cai-2025": 1,
        "vn-tuyen-quang-2025": 1,
    }  # fmt: skip
    assert {code: len(rows) for code, rows in now.items()} == {
        "vn-lai-chau": 2, "vn-dien-bien": 2, "vn-lao-cai-2025": 2, "vn-tuyen-quang-2025": 2,
    }  # fmt: skip
    assert now["vn-tuyen-quang-2025"][0].pk == old.pk


def test_members_of_a_meeting_itself_go_before_those_of_its_series(officer):
    series = enter(mechanism(), officer)
    record = enter(meeting(held_on=D(2024, 6, 12), series_number=series.number), officer)
    lines = [LineDraft({"side": "ours", "unit_code": "vn-ha-giang"})]
    save_lines(record, "members", lines, expected_version=record.version, actor=officer)
    assert participants(row_of(record)).then == ("Hà Giang",)
    assert participants(row_of(record)).now == ("Tuyên Quang",)


def test_nothing_counts_before_it_is_held(officer):
    record = enter(meeting(planned_on=D(2025, 7, 23)), officer)
    assert counts("2025") == {}
    step(record, "hold", D(2025, 7, 24), officer)
    assert (counts("2025-07-24"), record.begins_on) == ({"sessions.held": 1}, D(2025, 7, 24))


def session(actor, day: dt.date) -> Record:
    draft = outbound(kind="session", session_form="place", starts_on=day, ends_on=day, started_on=day, ended_on=day,
                     places=(HONGHE,), partner_code="cn-honghe", approved_heads=None)  # fmt: skip
    return delegations.create(draft, office_code="lc-dofa", actor=actor)


def test_a_meeting_entered_among_delegations_too_is_counted_once(officer):
    other = session(officer, D(2025, 5, 29))
    record = enter(meeting(partner_code="cn-honghe", held_on=D(2025, 5, 29)), officer)
    assert counts("2025") == {"sessions.held": 2}
    assert [one.pk for one in sessions_like(row_of(record), officer)] == [other.pk]
    assert list(Record.objects.filter(maybe_twice(D(2026, 1, 1)))) == [record]

    count_elsewhere(record, {"number": other.number}, actor=officer)
    assert counts("2025") == {"sessions.held": 1}
    assert count("mechanisms.meetings", "2025") == 1
    assert not Record.objects.filter(maybe_twice(D(2026, 1, 1))).exists()
    count_elsewhere(record, {"number": ""}, actor=officer)
    assert counts("2025") == {"sessions.held": 2}
    with pytest.raises(BadInput):
        count_elsewhere(record, {"number": "PH-1900-001"}, actor=officer)


def test_a_series_is_a_level_from_its_founding_to_its_end(officer):
    record = enter(mechanism(founded_on=D(2021, 5, 18)), officer)
    assert record.state == "active"
    step(record, "end", D(2025, 7, 1), officer, "Kết thúc cấp huyện")
    days = {"2021-05-17": 0, "2021-05-18": 1, "2025-06-30": 1, "2025-07-01": 0}
    assert {day: count("mechanisms.active", day) for day in days} == days


def test_what_a_district_founded_is_held_by_the_province_from_the_day_of_inheriting(officer):
    enter(mechanism(founded_on=D(2019, 5, 5), level="district", inherited_on=D(2025, 7, 1)), officer)
    levels = {"2025-06-30": {"district": 1}, "2025-07-01": {"province": 1}}
    asked = {
        day: FigureRequest("mechanisms.active", "lai-chau", Period.parse(day, Cutoff.CALENDAR))
        for day in levels
    }
    found = {day: split(request, "slot2") for day, request in asked.items()}
    assert {day: {code: int(n) for code, n in part.items() if n} for day, part in found.items()} == levels
