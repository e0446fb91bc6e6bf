"""What other programs read: parsed back with a library of its own."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from bonphuong.exchange.ical import MEDIA_TYPE, Happening, calendar, plain

DAY = dt.date(2026, 2, 27)
TITLES = st.text(
    alphabet=st.one_of(
        st.sampled_from(',;:\\"\n\r\t^ \u2028đĐăệỗ🇻🇳🎉ສະບາຍດີ老街省'),
        st.characters(codec="utf-8"),
    ),
    max_size=400,
)


def _read(*happenings, name="Lịch"):
    return icalendar.Calendar.from_ical(calendar(happenings, name=name))


def _name(read):
    """The library does not know that this holds text, and leaves it escaped."""
    return re.sub(r"\\(.)", r"\1", str(read["name"]))


def _event(**fields):
    [event] = _read(
        Happening(**{"key": "a.span", "title": "Thăm Phongsaly", "since": DAY, "until": DAY, **fields})
    ).events
    return event


@given(title=TITLES, name=TITLES)
def test_any_title_comes_back_as_it_was(title, name):
    written = calendar([Happening("a", title, DAY, DAY, where=title)], name=name)
    read = icalendar.Calendar.from_ical(written)
    [event] = read.events
    assert str(event["summary"]) == plain(title).replace("\n", " ")
    assert str(event.get("location", "")) == plain(title)
    assert _name(read) == plain(name).replace("\n", " ")
    assert not set(str(read["x-wr-calname"])) & set(",;\\\n")


@given(title=TITLES)
def test_no_line_is_longer_than_75_octets_and_none_breaks_a_letter(title):
    for line in calendar([Happening("a", title, DAY, DAY)], name=title).split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")


def test_whole_days_end_with_the_day_after():
    event = _event(since=DAY, until=dt.date(2026, 3, 2))
    assert (event["dtstart"].dt, event["dtend"].dt) == (DAY, dt.date(2026, 3, 3))
    assert event["dtstart"].params["VALUE"] == "DATE"


def test_the_last_day_of_february_of_a_leap_year():
    leap = dt.date(2028, 2, 29)
    event = _event(since=leap, until=leap)
    assert (event["dtstart"].dt, event["dtend"].dt) == (leap, dt.date(2028, 3, 1))


def test_hours_stand_in_the_zone_of_the_offices_which_the_file_explains():
    found = _read(
        Happening("a", "Hội đàm", DAY, DAY, begins=dt.time(8, 30), ends=dt.time(10)),
        Happening("b", "Không rõ giờ kết thúc", DAY, DAY, begins=dt.time(14)),
    )
    first, second = found.events
    assert first["dtstart"].dt == dt.datetime(2026, 2, 27, 8, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    assert first["dtend"].dt.hour == 10
    assert "dtend" not in second
    [zone] = found.timezones
    assert zone.tz_name == "Asia/Ho_Chi_Minh"
    assert zone.standard[0]["tzoffsetto"].td == dt.timedelta(hours=7)


def test_a_calendar_without_hours_needs_no_zone():
    assert b"VTIMEZONE" not in calendar([Happening("a", "b", DAY, DAY)], name="c")


def test_what_was_called_off_says_so_and_reminds_of_nothing():
    event = _event(is_off=True, remind_days=3)
    assert event["status"] == "CANCELLED"
    assert event.walk("VALARM") == []


def test_a_reminder_of_a_whole_day_comes_at_eight_in_the_morning():
    [alarm] = _event(remind_days=2).walk("VALARM")
    assert alarm["trigger"].dt == dt.timedelta(days=-2, hours=8)


def test_each_change_of_a_record_is_a_higher_sequence():
    event = _event(version=4, changed_at=dt.datetime(2026, 2, 1, 3, 4, 5, 678, tzinfo=dt.UTC))
    assert event["sequence"] == 3
    assert event["last-modified"].dt == event["dtstamp"].dt == dt.datetime(2026, 2, 1, 3, 4, 5, tzinfo=dt.UTC)
    assert event["uid"] == "a.span@bonphuong"


def test_the_head_tells_programs_how_to_treat_it():
    found = _read(name="Đối ngoại, Lai Châu")
    assert _name(found) == "Đối ngoại, Lai Châu"
    assert str(found["x-wr-calname"]) == "Đối ngoại · Lai Châu"
    assert (found["calscale"], found["version"], found["method"]) == ("GREGORIAN", "2.0", "PUBLISH")
    assert found["refresh-interval"].td == dt.timedelta(hours=1)
    assert "charset=utf-8" in MEDIA_TYPE


def test_nothing_repeats_by_rule():
    written = calendar([Happening("tet.2026", "Tết", DAY, DAY)], name="x")
    assert b"RRULE" not in written
