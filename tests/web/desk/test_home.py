import datetime as dt

from bonphuong.families.delegations.services import create, create_many
from tests.factories.delegations import finished, inbound, outbound

D = dt.date


def test_a_quiet_day_says_so(people, at_desk):
    page = at_desk(people["canbo"]).get("/").context["page"]
    assert page.title == "Không có việc chờ, không có hạn nào quá"
    assert page.strip.since == D(2025, 12, 15)


def test_what_needs_a_person_stands_first_with_its_button(people, at_desk):
    create(
        outbound(starts_on=D(2026, 1, 12), ends_on=D(2026, 1, 16)),
        office_code="lc-health",
        actor=people["canbo"],
    )
    create(
        finished(D(2025, 11, 20), 10, head_name="Hoàng Giả Định"),
        office_code="lc-dofa",
        actor=people["canbo"],
    )
    page = at_desk(people["truongphong"]).get("/").context["page"]
    assert page.title == "Một việc chờ anh chị, một hạn đã quá"
    assert sorted(step.code for item in page.waiting for step in item.steps) == ["receive_report"]
    assert [item.record.number for item in page.due] == ["ĐR-2025-001"]
    assert [record.number for record in page.unfiled] == ["ĐR-2025-001"]


def test_the_strip_lays_visits_so_that_none_covers_another(people, at_desk):
    drafts = [
        inbound(D(2025, 12, 16), decided_on=D(2025, 12, 1)),
        outbound(starts_on=D(2025, 12, 17), ends_on=D(2025, 12, 20), head_name="Vàng Văn Mẫu"),
        outbound(starts_on=D(2025, 12, 23), ends_on=D(2026, 1, 5), head_name="Giàng A Thử"),
    ]
    create_many(drafts, office_code="lc-dofa", actor=people["canbo"])
    strip = at_desk(people["canbo"]).get("/").context["page"].strip
    visits = [
        (event.state, event.at, event.span, event.line) for event in strip.events if event.state != "is-due"
    ]
    assert visits == [("is-in", 2, 2, 1), ("is-out", 3, 4, 2), ("is-out", 9, 6, 1)]


def test_tiles_stand_beside_the_same_days_a_year_earlier(people, at_desk):
    drafts = [
        finished(D(2025, 3, 3), 6),
        finished(D(2025, 4, 7), 5, head_name="Giàng A Thử"),
        finished(D(2024, 3, 3), 7, head_name="Vàng Văn Mẫu"),
        finished(D(2024, 12, 27), 4, days=2, head_name="Lý Thị Thử"),
    ]
    create_many(drafts, office_code="lc-dofa", actor=people["canbo"])
    tile = at_desk(people["lanhdao"]).get("/").context["page"].year.tiles[0]
    assert (tile.label, tile.value, tile.beside) == ("Đoàn ra", "2", "đoàn, 11 lượt người")
    assert (tile.change, tile.then) == ("+1 đoàn", "cùng kỳ 1")
    assert tile.months[:4] == (0, 0, 1, 1)


def test_tiles_are_kept_until_the_next_posting(people, at_desk, django_assert_num_queries):
    client = at_desk(people["lanhdao"])
    create(finished(D(2025, 3, 3), 6), office_code="lc-dofa", actor=people["canbo"])
    assert client.get("/").context["page"].year.tiles[0].value == "1"
    create(finished(D(2025, 4, 3), 6, head_name="Giàng A Thử"), office_code="lc-dofa", actor=people["canbo"])
    assert client.get("/").context["page"].year.tiles[0].value == "2"
