"""The calendar's pages, and what calendar programs get."""

import datetime as dt

import icalendar
import pytest
from django.urls import reverse

from bonphuong.exchange.models import CalendarFeed
from bonphuong.exchange.services import FeedDraft, subscribe
from bonphuong.families.delegations.services import create
from bonphuong.kernel import clock
from bonphuong.web.desk.views import feeds
from tests.factories.delegations import finished, outbound

CALENDAR = "/calendar/"
TRIP = (dt.date(2025, 12, 29), dt.date(2026, 1, 2))


def trip(canbo, first=TRIP[0], last=TRIP[1], **changes):
    draft = outbound(starts_on=first, ends_on=last, **changes)
    return create(draft, office_code="lc-dofa", actor=canbo)


def page_of(client, **asked):
    answer = client.get(CALENDAR, asked)
    assert answer.status_code == 200
    return answer.context["page"]


def items(page):
    return [
        (day.on, one.item.title, one.span, one.line)
        for week in page.weeks
        for day in week
        for one in day.items
        if one.item.entry.head is not None and one.item.entry.sort == "out"
    ]


def test_a_trip_over_new_year_is_a_bar_in_both_months(sit, canbo):
    title = trip(canbo).title
    december = items(page_of(sit("canbo"), month="2025-12", kind="out"))
    january = items(page_of(sit("canbo"), month="2026-01", kind="out"))
    assert december == [(dt.date(2025, 12, 29), title, 5, 1)]
    assert january == december


def test_a_bar_over_sunday_goes_on_in_the_next_week(sit, canbo):
    trip(canbo, dt.date(2026, 3, 13), dt.date(2026, 3, 17))
    weeks = page_of(sit("canbo"), month="2026-03", kind="out").weeks
    placed = [one for week in weeks for day in week for one in day.items]
    assert [(one.span, one.came, one.goes_on) for one in placed] == [(3, False, True), (2, True, False)]


def test_bars_that_meet_on_a_day_stand_on_lines_of_their_own(sit, canbo):
    for number in range(7):
        trip(canbo, dt.date(2026, 3, 10), dt.date(2026, 3, 12), title=f"Đoàn {number}")
    [week] = [
        w for w in page_of(sit("canbo"), month="2026-03", kind="out").weeks if w[1].on == dt.date(2026, 3, 10)
    ]
    assert [one.line for one in week[1].items] == [1, 2, 3, 4, 5]
    assert [day.hidden for day in week] == [0, 2, 2, 2, 0, 0, 0]


def test_the_lunar_day_stands_under_the_solar_one(sit, canbo):
    answer = sit("canbo").get(CALENDAR, {"month": "2025-12"})
    assert "ngày 29 tháng Mười Ất Tỵ" in answer.content.decode()
    days = {day.on: day.lunar for week in answer.context["page"].weeks for day in week}
    assert days[dt.date(2025, 12, 18)] == "29"
    assert days[dt.date(2025, 12, 20)] == "1/11"


def test_days_off_and_worked_weekends_are_told(sit, canbo):
    days = {d.on: d for week in page_of(sit("canbo"), month="2026-08").weeks for d in week}
    assert (days[dt.date(2026, 8, 31)].tag, days[dt.date(2026, 8, 22)].tag) == ("nghỉ", "làm bù")


def test_tet_is_a_bar_of_its_days(sit, canbo):
    weeks = page_of(sit("canbo"), month="2027-02", kind="feast").weeks
    placed = {
        one.item.title: (day.on, one.span, one.goes_on)
        for w in weeks
        for day in w
        for one in day.items
        if not one.came
    }
    assert placed["Tết Nguyên đán"] == (dt.date(2027, 2, 6), 2, True)


def test_a_leap_february_has_its_last_day(sit, canbo):
    days = [d.on for week in page_of(sit("canbo"), month="2028-02").weeks for d in week if not d.is_other]
    assert days[-1] == dt.date(2028, 2, 29)
    year = page_of(sit("canbo"), view="year", year="2028")
    assert sum(len(month.days) for month in year.months) == 366


@pytest.mark.parametrize(
    "asked",
    [
        {"month": "9999-99"},
        {"month": "0000-00"},
        {"month": "2026-13"},
        {"month": "２０２６-01"},
        {"month": "2026-01-01"},
        {"day": "2026-02-30", "view": "agenda"},
        {"day": "9999-12-31", "view": "agenda"},
        {"year": "0", "view": "year"},
        {"year": "99999999999999999999", "view": "year"},
        {"year": "abc", "view": "year"},
    ],
)
def test_days_that_no_calendar_has_lead_to_today(sit, canbo, asked):
    page = page_of(sit("canbo"), **asked)
    assert page.asked.is_odd
    assert page.asked.day == clock.today()


@pytest.mark.parametrize(
    "asked",
    [
        {"view": "decade"},
        {"kind": "moon"},
        {"kind": ["out", "out", "moon"]},
        {"office": "x' OR 1=1"},
        {"office": "no-such-office"},
        {"country": "ZZ"},
        {"partner": "no-such-partner"},
        {"country": "<script>alert(1)</script>"},
        {"month": "1950-01"},
        {"month": "2090-12"},
        {"view": "year", "year": "2090"},
        {"view": "agenda", "day": "1950-01-01"},
    ],
)
def test_odd_filters_and_the_ends_of_time_do_no_harm(sit, canbo, asked):
    trip(canbo)
    answer = sit("canbo").get(CALENDAR, asked)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_filters_are_chips_that_can_be_taken_off(sit, canbo):
    trip(canbo)
    page = page_of(sit("canbo"), month="2025-12", kind=["out", "in"])
    on = [chip for chip in page.chips if chip.is_on]
    assert [chip.label for chip in on] == ["Đoàn ra", "Đoàn vào"]
    assert on[0].url == "?month=2025-12&kind=in"
    assert items(page)
    assert not items(page_of(sit("canbo"), month="2025-12", kind="in"))
    assert items(page_of(sit("canbo"), month="2025-12", country="LA"))
    assert not items(page_of(sit("canbo"), month="2025-12", country="CN"))
    assert "Lào" in [chip.label for group in page.more for chip in group.chips]


def test_the_week_tells_a_deadline_with_its_rule(sit, canbo):
    record = create(finished(dt.date(2025, 12, 8), 9), office_code="lc-dofa", actor=canbo)
    assert record.due_on
    answer = sit("canbo").get(
        CALENDAR, {"view": "agenda", "day": record.due_on.isoformat(), "kind": "deadline"}
    )
    [item] = [one.item for week in answer.context["page"].weeks for day in week for one in day.items]
    assert item.rule
    assert item.rule in answer.content.decode()


def test_personal_trips_are_told_by_number_and_only_to_who_may_see_them(sit, canbo):
    record = trip(
        canbo, kind="personal", title="Sùng Thị Giả Định thăm thân", purpose="", head_level="", funding=""
    )
    seen = sit("canbo").get(CALENDAR, {"month": "2025-12"}).content.decode()
    assert record.number in seen
    assert "Giả Định" not in seen
    for other in ("kiemtra", "vanthu.yte", "canbo.laocai"):
        found = sit(other).get(CALENDAR, {"month": "2025-12"}).content.decode()
        assert record.number not in found


def test_a_month_costs_the_same_for_one_and_three(
    sit, canbo, django_assert_max_num_queries, django_assert_num_queries
):
    trip(canbo)
    desk = sit("canbo")
    desk.get(CALENDAR, {"month": "2025-12"})
    with django_assert_max_num_queries(40) as counted:
        desk.get(CALENDAR, {"month": "2025-12"})
    trip(canbo, title="Đoàn thứ hai")
    trip(canbo, title="Đoàn thứ ba")
    with django_assert_num_queries(len(counted)):
        desk.get(CALENDAR, {"month": "2025-12"})


def test_an_empty_month_teaches(sit, canbo):
    page = sit("canbo").get(CALENDAR, {"month": "1955-06", "kind": "out"}).content.decode()
    assert "Không có việc thuộc loại này" in page


def test_a_day_begins_a_record_with_it(sit, canbo):
    desk = sit("canbo")
    answer = desk.get(reverse("desk:calendar-new"), {"day": "2026-03-05"})
    found = {chip.url for group in answer.context["groups"] for chip in group.chips}
    assert f"{reverse('desk:delegation-new')}?kind=outbound&starts_on=05%2F03%2F2026" in found
    for url in found:
        form = desk.get(url)
        assert form.status_code == 200
        assert "05/03/2026" in form.content.decode(), url


# --- feeds ----------------------------------------------------------------------------------------


@pytest.fixture
def feed(canbo):
    trip(canbo)
    made, token = subscribe(FeedDraft("Điện thoại, của tôi"), actor=canbo)
    made.address = reverse("desk:calendar-feed", args=[token])
    return made


@pytest.fixture
def later(today):
    """Some hours on, when nothing changes any more."""
    with clock.fixed(dt.datetime(2025, 12, 18, 15, tzinfo=clock.LOCAL)):
        yield


def test_a_person_subscribes_and_the_address_is_shown_once(sit, canbo, client):
    desk = sit("canbo")
    made = desk.post(
        reverse("desk:calendar-feeds"), {"name": "Điện thoại", "scope": "all", "sorts": ["out", "feast"]}
    )
    address = made.context["address"]
    assert address.startswith("http://localhost:8000/calendar/feed/")
    assert made.context["webcal"].startswith("webcal://localhost:8000/calendar/feed/")
    assert made["Cache-Control"] == "private, no-store"
    token = address.rpartition("/")[2].removesuffix(".ics")
    assert token not in desk.get(reverse("desk:calendar-feeds")).content.decode()
    assert client.get(address.removeprefix("http://localhost:8000")).status_code == 200


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"name": "", "scope": "all"},
        {"name": "x", "scope": "moon"},
        {"name": "x", "scope": "office"},
        {"name": "x", "scope": "office", "office": "lao-cai"},
        {"name": "x", "scope": "all", "sorts": "moon"},
        {"name": "x", "scope": "all", "remind_days": "-1"},
        {"name": "x", "scope": "all", "remind_days": "99"},
        {"name": "x" * 81, "scope": "all"},
    ],
)
def test_a_form_that_cannot_be_is_told_what_to_mend(sit, canbo, said):
    answer = sit("canbo").post(reverse("desk:calendar-feeds"), said)
    assert answer.status_code == 422
    assert not CalendarFeed.objects.exists()


def test_a_program_reads_it_without_a_session(feed, client):
    answer = client.get(feed.address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    assert not answer.cookies
    read = icalendar.Calendar.from_ical(answer.content)
    assert str(read["x-wr-calname"]) == "Điện thoại · của tôi"
    assert "Thăm và làm việc tại tỉnh Phongsaly" in [str(event["summary"]) for event in read.events]


def test_a_program_that_has_it_already_gets_nothing_again(feed, client, later):
    first = client.get(feed.address)
    again = client.get(feed.address, headers={"If-None-Match": first["ETag"]})
    weak = client.get(feed.address, headers={"If-None-Match": f"W/{first['ETag']}"})
    since = client.get(feed.address, headers={"If-Modified-Since": first["Last-Modified"]})
    assert (again.status_code, weak.status_code, since.status_code) == (304, 304, 304)
    assert again.content == b""
    assert client.head(feed.address).status_code == 200


def test_a_change_is_read_at_once(feed, client, canbo, later):
    first = client.get(feed.address)
    with clock.fixed(dt.datetime(2025, 12, 18, 16, tzinfo=clock.LOCAL)):
        trip(canbo, title="Đoàn mới")
    with clock.fixed(dt.datetime(2025, 12, 18, 17, tzinfo=clock.LOCAL)):
        for asked in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
            assert client.get(feed.address, headers=asked).status_code == 200


def test_revoked_is_gone(sit, feed, client):
    sit("canbo").post(reverse("desk:calendar-feed-revoke", args=[feed.pk]))
    assert client.get(feed.address).status_code == 404


def test_nobody_revokes_what_is_anothers(sit, feed, client):
    answer = sit("truongphong").post(reverse("desk:calendar-feed-revoke", args=[feed.pk]))
    assert answer.status_code == 404
    assert client.get(feed.address).status_code == 200


@pytest.mark.parametrize("token", ["x", "a" * 43, "-", "0" * 500])
def test_a_guess_finds_nothing(feed, client, token):
    assert client.get(f"/calendar/feed/{token}.ics").status_code == 404


def test_a_program_that_asks_all_the_time_is_told_to_wait(feed, client):
    codes = {client.get(feed.address).status_code for _n in range(feeds.MOST_OFTEN)}
    assert codes == {200}
    refused = client.get(feed.address)
    assert (refused.status_code, refused["Retry-After"]) == (429, str(feeds.WITHIN))


def test_a_feed_takes_no_form(feed, client):
    assert client.post(feed.address).status_code == 405


def test_a_record_gives_its_days_as_a_file(sit, canbo):
    record = trip(canbo)
    desk = sit("canbo")
    answer = desk.get(reverse("desk:record-calendar", args=[record.pk]))
    read = icalendar.Calendar.from_ical(answer.content)
    assert f"{record.pk}.span@bonphuong" in [str(event["uid"]) for event in read.events]
    assert "attachment" in answer["Content-Disposition"]
    assert (
        reverse("desk:record-calendar", args=[record.pk])
        in desk.get(reverse("desk:delegation", args=[record.pk])).content.decode()
    )
    assert sit("canbo.laocai").get(reverse("desk:record-calendar", args=[record.pk])).status_code == 404
