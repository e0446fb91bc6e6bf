import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bonphuong.contributions.services import draft_call, send_call
from bonphuong.families.delegations.services import create, create_many
from bonphuong.kernel import clock
from bonphuong.kit.services import create as enter
from bonphuong.parties.models import PartyTie
from bonphuong.procedures.services import Body
from bonphuong.records.services import ask_opinions
from bonphuong.trail.acting import acting
from tests.factories.contributions import call_draft
from tests.factories.delegations import finished, inbound, outbound
from tests.factories.mechanisms import meeting

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
    assert [task.item.way.code for task in page.waiting] == ["receive_report"]
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


def test_calls_and_greetings_stand_on_the_desk_and_lead_on(people, at_desk):
    call = draft_call(call_draft(due_on=D(2025, 12, 19)), office_code="lc-dofa", actor=people["canbo"])
    send_call(call, on=D(2025, 12, 18), expected_version=1, actor=people["canbo"])
    page = at_desk(people["vanthu.yte"]).get("/").context["page"]
    [asked] = page.calls
    assert (asked.title, asked.is_late, page.calls_total) == (call.title, False, 1)
    assert at_desk(people["vanthu.yte"]).get(asked.url).status_code == 200


def test_occasions_to_greet_on_lead_to_a_form_that_knows_them(people, at_desk):
    with acting(actor=None, verb="system.factory", reason="test data"):
        PartyTie.objects.create(party_id="la-phongsaly", office_id="lai-chau", kind="friendly")
    client = at_desk(people["canbo"])
    with clock.fixed(D(2025, 11, 20)):
        due = client.get("/").context["page"].greetings
    assert (due[0].on, due[0].is_late, due[0].who) == (D(2025, 12, 2), True, "Lào")
    assert sorted(one.on for one in due) == [one.on for one in due]
    form = client.get(due[0].url).context["form"]
    assert (form["title"].value(), form["occasion_on"].value()) == (due[0].name, f"{due[0].on:%d/%m/%Y}")


def test_opinions_asked_of_ones_office_wait_like_any_step(people, at_desk):
    record = create(
        outbound(starts_on=D(2026, 1, 12), ends_on=D(2026, 1, 16)),
        office_code="lc-dofa",
        actor=people["canbo"],
    )
    body = Body("department", office_code="lc-health")
    ask_opinions(
        record, [body], question="Đề nghị cho ý kiến về y tế", on=D(2025, 12, 18), actor=people["canbo"]
    )
    tasks = at_desk(people["vanthu.yte"]).get("/").context["page"].waiting
    [task] = [task for task in tasks if task.item.kind == "opinion"]
    assert at_desk(people["vanthu.yte"]).get(task.act_url).status_code == 200


def test_long_lists_say_how_many_there_are_and_lead_to_them(people, at_desk):
    drafts = [finished(D(2025, 9, 1 + n), 6, head_name=f"Giàng A Thử {n}") for n in range(9)]
    create_many(drafts, office_code="lc-dofa", actor=people["canbo"])
    client = at_desk(people["truongphong"])
    answer = client.get("/")
    page = answer.context["page"]
    assert (len(page.waiting), page.waiting_total, page.unfiled_total) == (6, 9, 9)
    assert 'href="/to-do#waiting"' in answer.content.decode().replace("/to-do/", "/to-do")
    assert len(client.get(reverse("desk:to-do")).context["page"].waiting) == 9


# On PostgreSQL whatever another worker of the tests writes at the same time changes the mark that counts are kept by.
@pytest.mark.any_database
def test_the_desk_asks_no_more_of_the_database_however_much_waits(people, at_desk):
    client = at_desk(people["truongphong"])

    def queries():
        client.get("/")
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/").status_code == 200
        return len(caught)

    create_many([finished(D(2025, 9, 1), 6)], office_code="lc-dofa", actor=people["canbo"])
    few = queries()
    drafts = [finished(D(2025, 9, 2 + n), 6, head_name=f"Giàng A Thử {n}") for n in range(5)]
    create_many(drafts, office_code="lc-dofa", actor=people["canbo"])
    assert queries() <= few + 2
    assert few < 120


def test_the_strip_shows_few_and_leads_to_the_calendar_for_the_rest(people, at_desk):
    drafts = [
        outbound(starts_on=D(2025, 12, 19 + n % 2), ends_on=D(2025, 12, 21), head_name=f"Vàng Văn Mẫu {n}")
        for n in range(8)
    ]
    create_many(drafts, office_code="lc-dofa", actor=people["canbo"])
    answer = at_desk(people["canbo"]).get("/")
    strip = answer.context["page"].strip
    due = [event for event in strip.events if event.state.startswith("is-due")]
    assert {event.line for event in strip.events} <= {1, 2, 3, 4}
    assert len(due) <= 4
    assert all(event.since >= D(2025, 12, 18) for event in due)
    assert strip.hidden > 0
    assert f"Còn {strip.hidden} mục nữa trong lịch" in answer.content.decode()


def test_a_single_day_has_room_for_its_words_and_papers_stand_elsewhere(people, at_desk):
    draft = meeting(planned_on=D(2025, 12, 19))
    enter(draft, family="mechanisms", office_code="lc-dofa", actor=people["canbo"])
    strip = at_desk(people["canbo"]).get("/").context["page"].strip
    [event] = [event for event in strip.events if event.state.startswith("is-point")]
    assert (event.at, event.span, event.line) == (5, 4, 1)
