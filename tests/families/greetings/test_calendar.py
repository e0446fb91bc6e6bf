"""The calendar of occasions: filled from feasts and ties, due half a month before, turned into greetings."""

import datetime as dt

import pytest

from bonphuong.families.greetings import queries, services
from bonphuong.families.greetings.models import Greeting, Occasion
from bonphuong.families.greetings.scheme import SCHEME, clean_many
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.kit.drafts import LineDraft
from bonphuong.kit.queries import for_page, row_of
from bonphuong.kit.services import create, save_lines, take_step
from bonphuong.parties.models import PartyTie, Person, Post
from bonphuong.records.models import Record, RecordLink
from bonphuong.trail.acting import acting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]


@pytest.fixture(autouse=True)
def _november():
    with clock.fixed(dt.datetime(2025, 11, 20, 9, tzinfo=clock.LOCAL)):
        yield


@pytest.fixture
def _ties(province):
    with acting(actor=None, verb="system.factory", reason="test data"):
        for party, kind, since in (
            ("la-phongsaly", "friendly", None),
            ("cn-honghe", "friendly", None),
            ("cn-cua-cai", "twinned", dt.date(2014, 9, 3)),
        ):
            PartyTie.objects.create(party_id=party, office_id="lai-chau", kind=kind, valid_from=since)


@pytest.fixture
def governor(_ties):
    return _post("Tua-yang Một", "ຕົວຢ່າງ ໜຶ່ງ", "la-phongsaly", "Tỉnh trưởng", dt.date(2022, 6, 1))


def _post(name, native, party, title, since):
    with acting(actor=None, verb="system.factory", reason="test data"):
        person = Person.objects.create(office_id="lc-dofa", full_name=name, name_native=native)
        return Post.objects.create(person=person, party_id=party, title_vi=title, valid_from=since)


def _calendar(officer, year):
    row = {"title": f"Lịch chúc mừng năm {year}", "year": year}
    (cleaned,) = clean_many([row], kind="calendar", office_code="lc-dofa", actor=officer)
    assert cleaned.errors == ()
    record = create(cleaned.draft, family="greetings", office_code="lc-dofa", actor=officer)
    services.fill_calendar(record, {}, actor=officer)
    return Record.objects.get(pk=record.pk)


def _line(record, feast):
    lines = list(Occasion.objects.filter(row=record.pk).order_by("order"))
    return 1 + next(number for number, line in enumerate(lines) if line.feast_code == feast)


@pytest.mark.usefixtures("_ties")
def test_a_year_holds_solar_and_lunar_feasts_and_anniversaries_of_ties():
    found = {one.feast_code or one.party_code: one for one in queries.yearly("lc-dofa", 2026, 15)}
    assert found["la-national-day"].on == dt.date(2026, 12, 2)
    assert found["cn-spring-festival"].on == dt.date(2026, 2, 17)
    assert (found["la-treaty"].on, found["la-ties"].on, found["cn-ties"].on) == (
        dt.date(2026, 7, 18),
        dt.date(2026, 9, 5),
        dt.date(2026, 1, 18),
    )
    assert (found["cn-cua-cai"].on, found["cn-cua-cai"].years) == (dt.date(2026, 9, 3), 12)
    assert (found["la-national-day"].usual, found["cn-army"].usual) == (True, False)
    assert "vn-national-day" not in found


@pytest.mark.usefixtures("_ties")
def test_what_is_due_follows_the_rule_of_the_office(officer):
    due = queries.occasions_due(officer, "lc-dofa", within=10)
    assert [(one.feast_code, one.prepare_by) for one in due] == [("la-national-day", dt.date(2025, 11, 17))]
    later = queries.occasions_due(officer, "lc-dofa", today=dt.date(2026, 1, 25), within=10)
    assert [one.feast_code for one in later] == ["cn-spring-festival"]


@pytest.mark.usefixtures("_ties")
def test_a_new_post_is_news_for_half_a_month(officer):
    _post("Trương Ví Dụ", "张示例", "cn-honghe", "Châu trưởng", dt.date(2025, 11, 18))
    news = [
        one for one in queries.occasions_due(officer, "lc-dofa", within=0) if one.occasion == "appointment"
    ]
    assert [(one.party_code, one.on) for one in news] == [("cn-honghe", dt.date(2025, 11, 18))]
    assert queries.news(officer, "lc-dofa", dt.date(2025, 12, 5)) == []


@pytest.mark.usefixtures("_ties")
def test_filling_a_calendar_twice_adds_nothing(officer):
    record = _calendar(officer, 2025)
    before = Occasion.objects.filter(row=record.pk).count()
    services.fill_calendar(record, {}, actor=officer)
    assert Occasion.objects.filter(row=record.pk).count() == before
    assert Occasion.objects.get(row=record.pk, feast_code="cn-army").left_out is True


@pytest.mark.usefixtures("_ties")
def test_an_offices_own_calendar_says_what_is_due(officer):
    record = _calendar(officer, 2025)
    lines = [LineDraft({"on": dt.date(2025, 11, 28), "occasion": "anniversary", "name": "20 năm lập châu"})]
    save_lines(record, "occasions", lines, expected_version=record.version, actor=officer)
    due = queries.occasions_due(officer, "lc-dofa", within=30)
    assert [one.name for one in due if one.on.year == 2025] == ["20 năm lập châu"]


@pytest.mark.usefixtures("governor")
def test_greetings_are_prepared_from_the_calendar_with_who_holds_posts(officer):
    record = _calendar(officer, 2025)
    made = services.prepare_from_calendar(record, {"number": _line(record, "la-national-day")}, actor=officer)
    row = row_of(made)
    assert (row.occasion, row.feast_code, row.occasion_on) == (
        "national_day",
        "la-national-day",
        dt.date(2025, 12, 2),
    )
    assert [(a.full_name, a.name_native, a.title_then, a.language) for a in row.addressees.all()] == [
        ("Tua-yang Một", "ຕົວຢ່າງ ໜຶ່ງ", "Tỉnh trưởng", "lo")
    ]
    assert Occasion.objects.get(row=record.pk, feast_code="la-national-day").campaign == made.number
    assert RecordLink.objects.filter(from_record=made, to_record=record, kind="part_of").exists()


@pytest.mark.usefixtures("governor")
def test_a_line_is_prepared_once(officer):
    record = _calendar(officer, 2025)
    number = {"number": _line(record, "la-national-day")}
    services.prepare_from_calendar(record, number, actor=officer)
    with pytest.raises(BadInput):
        services.prepare_from_calendar(Record.objects.get(pk=record.pk), number, actor=officer)
    with pytest.raises(BadInput):
        services.prepare_from_calendar(Record.objects.get(pk=record.pk), {"number": 999}, actor=officer)


def test_next_years_greetings_keep_titles_as_they_were_and_take_todays_holders(officer, governor):
    record = _calendar(officer, 2025)
    first = services.prepare_from_calendar(
        record, {"number": _line(record, "la-national-day")}, actor=officer
    )
    with acting(actor=None, verb="system.factory", reason="test data"):
        Greeting.objects.filter(pk=first.pk).update(text="Lời chúc năm 2025.")
        Post.objects.filter(pk=governor.pk).update(valid_to=dt.date(2026, 5, 31))
    _post("Tua-yang Bốn", "ຕົວຢ່າງ ສີ່", "la-phongsaly", "Tỉnh trưởng", dt.date(2026, 6, 1))
    with clock.fixed(dt.datetime(2026, 11, 10, 9, tzinfo=clock.LOCAL)):
        second = services.repeat(Record.objects.get(pk=first.pk), {}, actor=officer)
    row = row_of(second)
    assert (row.occasion_on, row.last_text) == (dt.date(2026, 12, 2), "Lời chúc năm 2025.")
    assert [(a.full_name, a.title_then, a.last_text) for a in row.addressees.all()] == [
        ("Tua-yang Bốn", "Tỉnh trưởng", "Lời chúc năm 2025.")
    ]
    assert [a.full_name for a in row_of(first).addressees.all()] == ["Tua-yang Một"]
    with pytest.raises(BadInput):
        services.repeat(Record.objects.get(pk=first.pk), {}, actor=officer)


@pytest.mark.usefixtures("_ties")
def test_a_lunar_feast_falls_on_another_day_next_year(officer):
    row = {"title": "Chúc Tết Nguyên đán", "occasion": "festival", "occasion_on": "29/01/2025",
           "feast_code": "cn-spring-festival", "country": "Trung Quốc"}  # fmt: skip
    (cleaned,) = clean_many([row], kind="campaign", office_code="lc-dofa", actor=officer)
    record = create(cleaned.draft, family="greetings", office_code="lc-dofa", actor=officer)
    assert row_of(services.repeat(record, {}, actor=officer)).occasion_on == dt.date(2026, 2, 17)


def test_addressees_are_taken_from_the_posts_of_the_day_once(officer, governor):
    row = {
        "title": "Chúc mừng Bunpimay",
        "occasion": "festival",
        "occasion_on": "14/4/2026",
        "country": "Lào",
    }
    (cleaned,) = clean_many([row], kind="campaign", office_code="lc-dofa", actor=officer)
    record = create(cleaned.draft, family="greetings", office_code="lc-dofa", actor=officer)
    services.take_addressees(record, {}, actor=officer)
    assert [line.full_name for line in row_of(record).addressees.all()] == ["Tua-yang Một"]
    with pytest.raises(BadInput):
        services.take_addressees(Record.objects.get(pk=record.pk), {}, actor=officer)


def test_condolence_does_not_come_again(officer):
    row = {"title": "Chia buồn", "occasion": "condolence", "occasion_on": "14/10/2025", "country": "Lào"}
    (cleaned,) = clean_many([row], kind="campaign", office_code="lc-dofa", actor=officer)
    record = create(cleaned.draft, family="greetings", office_code="lc-dofa", actor=officer)
    with pytest.raises(BadInput):
        services.repeat(record, {}, actor=officer)


@pytest.mark.usefixtures("_ties")
def test_a_calendar_is_put_up_approved_and_closed(officer, leader):
    record = _calendar(officer, 2025)
    for code, person, state in (
        ("submit", officer, "submitted"),
        ("return_for_revision", leader, "returned_for_revision"),
        ("resubmit", officer, "submitted"),
        ("approve", leader, "approved"),
        ("close", officer, "closed"),
    ):
        fresh = Record.objects.get(pk=record.pk)
        on = dt.date(2025, 11, 20)
        step = take_step(fresh, code, on=on, expected_version=fresh.version, actor=person, note="vì")
        assert step.state == state


@pytest.mark.usefixtures("governor")
def test_the_page_shows_the_year_and_what_was_prepared(officer):
    record = _calendar(officer, 2025)
    services.prepare_from_calendar(record, {"number": _line(record, "la-national-day")}, actor=officer)
    year, due = SCHEME.panels(for_page(officer, record.pk), officer)
    shown = {row[2]: row for row in year.rows}
    made = Greeting.objects.get(kind="campaign").record
    assert shown["Quốc khánh nước Cộng hòa Dân chủ Nhân dân Lào"][5][0] == made.number
    assert list(due.heads) == ["Bắt đầu trước", "Ngày", "Dịp", "Đối tác"]


@pytest.mark.usefixtures("_ties")
def test_a_day_of_another_year_is_refused(officer):
    row = {
        "title": "Lịch",
        "year": 2025,
        "occasions": [{"on": "02/12/2026", "name": "Quốc khánh", "occasion": "quốc khánh"}],
    }
    (cleaned,) = clean_many([row], kind="calendar", office_code="lc-dofa", actor=officer)
    assert [error.column for error in cleaned.errors] == ["occasions"]
