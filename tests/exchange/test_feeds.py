"""What a feed holds, and what it never holds."""

import datetime as dt
from dataclasses import replace

import icalendar
import pytest

from bonphuong.accounts.models import User
from bonphuong.exchange.enums import Scope
from bonphuong.exchange.feeds import MOST, digest_of, happenings_of, last_change, record_calendar, write
from bonphuong.exchange.services import FeedDraft, subscribe
from bonphuong.families.delegations.services import create
from bonphuong.kernel import clock
from bonphuong.kit.services import create as enter
from bonphuong.records.enums import CalendarSort
from bonphuong.records.registry import get_family
from bonphuong.records.services import CommitmentDraft, add_commitment
from tests.factories.delegations import member, outbound

SOON = dt.date(2026, 1, 5)


def feed(person, scope=Scope.ALL, **more):
    return subscribe(FeedDraft("Lịch", scope, **more), actor=person)[0]


def titles(person, scope=Scope.ALL, **more):
    return [one.title for one in happenings_of(feed(person, scope, **more))]


def trip(officer, **changes):
    draft = outbound(starts_on=SOON, ends_on=SOON + dt.timedelta(days=4), **changes)
    return create(draft, office_code=changes.get("lead_office_code", "lc-dofa"), actor=officer)


def event(officer, **said):
    gate = get_family("events").get_clean_many()
    row = {
        "title": "Hội thảo du lịch biên giới",
        "starts_on": "10/01/2026",
        "ends_on": "11/01/2026",
        "form": "lễ hội",
        **said,
    }
    [cleaned] = gate([row], kind="event", office_code="lc-dofa", actor=officer)
    assert cleaned.errors == ()
    return enter(cleaned.draft, family="events", office_code="lc-dofa", actor=officer)


def test_a_feed_holds_trips_with_place_and_address(officer):
    record = trip(officer)
    [found] = [one for one in happenings_of(feed(officer)) if one.key == f"{record.pk}.span"]
    assert (found.title, found.since, found.until) == (record.title, SOON, SOON + dt.timedelta(days=4))
    assert found.url == f"http://localhost:8000/delegations/{record.pk}"
    assert found.where == "Phông Sa Lỳ, Lào"
    assert found.text == record.number


def test_names_of_members_and_passports_never_leave(officer):
    trip(officer, members=(member("Sùng Thị Giả Định", passport_no="C1234567"),))
    mine = feed(officer)
    written = write(mine, happenings_of(mine)).decode()
    assert "Giả Định" not in written
    assert "C1234567" not in written


def test_personal_trips_are_in_no_feed_even_of_who_may_see_them(officer):
    record = trip(
        officer, kind="personal", title="Sùng Thị Giả Định thăm thân", purpose="", head_level="", funding=""
    )
    assert record.visibility == "personal"
    written = repr(happenings_of(feed(officer)))
    assert record.number not in written
    assert "Giả Định" not in written


def test_each_request_sees_what_the_owner_may_see_now(officer):
    record = trip(officer)
    clerk = User.objects.get(username="vanthu.yte")
    assert record.title not in titles(clerk)
    assert record.title in titles(officer)


def test_a_feed_of_one_office_holds_its_records_alone(officer):
    mine = trip(officer)
    other = trip(officer, title="Sở Y tế đi Oudomxay", lead_office_code="lc-health")
    found = titles(officer, Scope.OFFICE, office_code=other.office_code)
    assert other.title in found
    assert mine.title not in found


def test_only_feasts_or_only_deadlines(officer):
    trip(officer)
    feasts = happenings_of(feed(officer, sorts=(CalendarSort.FEAST.value,)))
    assert {one.category for one in feasts} == {"Ngày lễ, quốc khánh"}
    assert "Tết Nguyên đán" in [one.title for one in feasts]
    deadlines = titles(officer, sorts=(CalendarSort.DEADLINE.value,))
    assert "Tết Nguyên đán" not in deadlines


def test_the_desk_holds_what_waits_for_the_person(officer):
    promise = CommitmentDraft("Gửi danh sách cán bộ", "lc-dofa", due_on=dt.date(2025, 12, 20))
    add_commitment(promise, actor=officer)
    assert "Cam kết sắp đến hạn: Gửi danh sách cán bộ" in titles(officer, Scope.DESK)
    assert "Tết Nguyên đán" not in titles(officer, Scope.DESK)


def test_only_what_must_be_done_reminds(officer):
    trip(officer)
    add_commitment(CommitmentDraft("Gửi", "lc-dofa", due_on=dt.date(2026, 1, 20)), actor=officer)
    found = happenings_of(feed(officer, remind_days=2))
    assert {one.remind_days for one in found if one.category == "Cam kết đến hạn"} == {2}
    assert {one.remind_days for one in found if one.category in {"Đoàn ra", "Ngày lễ, quốc khánh"}} == {None}


def test_the_mark_of_a_feed_changes_with_what_it_holds(officer):
    mine = feed(officer)
    before = digest_of(mine, happenings_of(mine))
    assert digest_of(mine, happenings_of(mine)) == before
    trip(officer)
    assert digest_of(mine, happenings_of(mine)) != before


def test_the_same_content_gives_the_same_octets(officer):
    trip(officer)
    mine = feed(officer)
    first = write(mine, happenings_of(mine))
    with clock.fixed(dt.datetime(2025, 12, 18, 20, tzinfo=clock.LOCAL)):
        assert write(mine, happenings_of(mine)) == first


def test_the_last_change_is_not_told_while_things_change(officer):
    trip(officer)
    assert last_change() is None
    with clock.fixed(dt.datetime(2025, 12, 18, 20, tzinfo=clock.LOCAL)):
        assert last_change() == dt.datetime(2025, 12, 18, 9, tzinfo=clock.LOCAL)
    with clock.fixed(dt.date(2025, 12, 20)):
        assert last_change() == dt.datetime(2025, 12, 20, tzinfo=clock.LOCAL)


def test_a_feed_costs_the_same_for_one_and_five(
    officer, django_assert_max_num_queries, django_assert_num_queries
):
    mine = feed(officer)
    trip(officer)
    happenings_of(mine)
    with django_assert_max_num_queries(45) as counted:
        happenings_of(mine)
    for number in range(4):
        trip(officer, title=f"Đoàn thứ {number}")
    with django_assert_num_queries(len(counted)):
        assert len(happenings_of(mine)) <= MOST


def test_one_record_is_a_file_with_its_programme_by_the_hour(officer):
    lines = [
        {
            "on": "10/01/2026",
            "begins_at": "08:30",
            "ends_at": "10:00",
            "what": "Khai mạc; phát biểu",
            "where": "Hội trường",
        },
        {"on": "10/01/2026", "what": "Tham quan"},
    ]
    record = event(officer, programme=lines)
    read = icalendar.Calendar.from_ical(record_calendar(record))
    whole, opening, visit = (one for one in read.events if not str(one["uid"]).startswith(f"{record.pk}.due"))
    assert (whole["dtstart"].dt, whole["dtend"].dt) == (dt.date(2026, 1, 10), dt.date(2026, 1, 12))
    assert opening["dtstart"].dt.hour == 8
    assert str(opening["summary"]) == "Khai mạc; phát biểu"
    assert str(opening["location"]) == "Hội trường"
    assert visit["dtstart"].dt == dt.date(2026, 1, 10)
    assert [zone.tz_name for zone in read.timezones] == ["Asia/Ho_Chi_Minh"]


def test_a_record_without_days_is_no_file(officer):
    record = trip(officer, title="Chưa định ngày")
    row = replace(outbound(title="Không ngày"), starts_on=None, ends_on=None)
    undated = create(row, office_code="lc-dofa", actor=officer)
    assert record_calendar(record) is not None
    if undated.due_on is None:
        assert record_calendar(undated) is None


@pytest.mark.parametrize("year", [2026, 2027, 2030])
def test_lunar_feasts_are_listed_year_by_year(officer, year):
    with clock.fixed(dt.date(year, 1, 10)):
        found = {one.key: one.since for one in happenings_of(feed(officer, sorts=("feast",)))}
    known = {2026: dt.date(2026, 2, 17), 2027: dt.date(2027, 2, 6), 2030: dt.date(2030, 2, 2)}
    assert found[f"vn-tet.{year}"] == known[year]
    chinese = {2026: dt.date(2026, 2, 17), 2027: dt.date(2027, 2, 6), 2030: dt.date(2030, 2, 3)}
    assert found[f"cn-spring-festival.{year}"] == chinese[year]
