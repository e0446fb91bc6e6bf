import datetime as dt

import pytest
from django.contrib.messages import get_messages

from bonphuong.families.delegations.services import create_many
from bonphuong.records.models import Record
from tests.factories.delegations import finished, outbound

D = dt.date
PAGE = "/lists/delegations/chosen"


@pytest.fixture
def register(people):
    """Two groups whose report is awaited, one still asked for."""
    drafts = [
        finished(D(2025, 11, 3), 6, head_name="Giàng A Thử"),
        finished(D(2025, 11, 10), 4, head_name="Vàng Văn Mẫu"),
        outbound(starts_on=D(2026, 1, 12), ends_on=D(2026, 1, 16), head_name="Hoàng Giả Định"),
    ]
    return create_many(drafts, office_code="lc-dofa", actor=people["canbo"])


def _ask(client, records, **more):
    return client.get(PAGE, {"r": [str(record.pk) for record in records], **more})


def test_the_page_says_which_step_moves_how_many(register, people, at_desk):
    page = _ask(at_desk(people["canbo"]), register).context["page"]
    assert len(page.lines) == 3
    assert [(choice.code, choice.count) for choice in page.choices if choice.code == "receive_report"] == [
        ("receive_report", 2)
    ]


def test_a_step_names_what_stays_and_why_before_it_is_taken(register, people, at_desk):
    client = at_desk(people["canbo"])
    page = _ask(client, register, step="receive_report").context["page"]
    assert {line.record.pk for line in page.moving} == {register[0].pk, register[1].pk}
    [staying] = page.staying
    assert (staying.record.pk, bool(staying.why)) == (register[2].pk, True)


def test_a_step_is_taken_for_each_and_a_refusal_keeps_no_other_back(register, people, at_desk):
    client = at_desk(people["canbo"])
    moving = register[:2]
    given = {
        "step": "receive_report",
        "on": "15/12/2025",
        "r": [str(record.pk) for record in register],
        # The second was seen in a version that is no longer the present one.
        "v": [f"{moving[0].pk}:{moving[0].version}", f"{moving[1].pk}:{moving[1].version + 7}"],
    }
    answer = client.post(PAGE, given)
    assert answer.status_code == 302
    states = dict(Record.objects.filter(pk__in=[r.pk for r in register]).values_list("pk", "state"))
    assert states[moving[0].pk] == "report_received"
    assert (states[moving[1].pk], states[register[2].pk]) == (moving[1].state, register[2].state)
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert any(moving[1].number in text for text in said)
    assert any("1 hồ sơ" in text for text in said)


@pytest.mark.parametrize("day", ["", "hôm qua", "32/13/2025"])
def test_a_wrong_day_is_told_and_moves_nothing(register, people, at_desk, day):
    given = {"step": "receive_report", "on": day, "r": [str(record.pk) for record in register]}
    answer = at_desk(people["canbo"]).post(PAGE, given)
    assert answer.status_code == 422
    assert Record.objects.get(pk=register[0].pk).state == register[0].state


def test_whoever_may_not_take_a_step_is_offered_none(register, people, at_desk):
    assert list(_ask(at_desk(people["kiemtra"]), register).context["page"].choices) == []


def test_nothing_of_another_province_is_shown(register, people, at_desk):
    assert _ask(at_desk(people["canbo.laocai"]), register).context["page"].lines == []


@pytest.mark.parametrize("given", [{}, {"r": ["khong-phai", ""]}, {"r": ["khong"], "step": "khong-co"}])
def test_nonsense_is_told_that_nothing_was_ticked(register, people, at_desk, given):
    answer = at_desk(people["canbo"]).get(PAGE, given)
    assert (answer.status_code, answer.context["page"].lines) == (200, [])


def test_the_ticked_rows_alone_are_taken_away(register, people, at_desk):
    address = f"/delegations/list.csv?period=all&r={register[0].pk}"
    text = b"".join(at_desk(people["canbo"]).get(address).streaming_content).decode()
    assert register[0].number in text
    assert register[1].number not in text


def test_every_line_of_a_list_can_be_ticked(register, people, at_desk):
    page = at_desk(people["canbo"]).get("/delegations/?period=all").content.decode()
    assert page.count('name="r"') == 3


def test_by_due_day_stand_those_that_have_one_the_oldest_first(register, people, at_desk):
    page = at_desk(people["canbo"]).get("/delegations/?period=all&sort=due").context["page"]
    days = [row.record.due_on for row in page.rows]
    assert days == sorted(days)
    assert None not in days
