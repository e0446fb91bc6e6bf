"""Every state of the two procedures, by the right person; every step out of turn is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.accounts.models import User
from bonphuong.families.mechanisms.validators import errors_of
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kit.queries import row_of
from bonphuong.procedures.errors import WrongState
from bonphuong.procedures.models import Transition
from tests.factories.mechanisms import mechanism, meeting
from tests.families.mechanisms.moving import enter, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
D = dt.date
ROADS = {
    "meeting": (
        ("postpone", "postponed", {"note": "Bạn đề nghị"}),
        ("reschedule", "scheduled", {"planned_on": D(2026, 12, 20)}),
        ("exchange_agenda", "agenda_exchanged", {}),
        ("prepare_documents", "documents_ready", {}),
        ("hold", "held", {}),
        ("sign_minutes", "minutes_signed", {}),
        ("track", "commitments_tracked", {}),
        ("carry", "next_session", {}),
    ),
    "mechanism": (
        ("found", "active", {}),
        ("pause", "paused", {"note": "Dịch bệnh"}),
        ("resume", "active", {}),
        ("end", "ended", {"note": "Hai bên thống nhất"}),
    ),
}  # fmt: skip
DRAFTS = {
    "meeting": meeting(planned_on=D(2026, 1, 5)),
    "mechanism": mechanism(founded_on=None),
}


@pytest.fixture
def clerk(db) -> User:
    """The clerk of another department."""
    return User.objects.get(username="vanthu.yte")


@pytest.mark.parametrize("kind", ["meeting", "mechanism"])
def test_the_whole_road_by_the_right_person(officer, clerk, kind):
    with clock.fixed(D(2026, 11, 20)):
        record = enter(DRAFTS[kind], officer)
        ways = set(
            Transition.objects.filter(procedure__code=f"mechanisms.{kind}").values_list(
                "from_state__code", "code"
            )
        )
        for code, state, given in ROADS[kind]:
            more = dict(given)
            note = more.pop("note", "")
            for other in {c for _s, c in ways} - {c for s, c in ways if s == record.state}:
                with pytest.raises(WrongState):
                    step(record, other, D(2026, 1, 9), officer, "x")
            with pytest.raises(NotAllowed):
                step(record, code, D(2026, 1, 9), clerk, note, **more)
            step(record, code, D(2026, 1, 9), officer, note, **more)
            assert record.state == state
        assert record.is_closed


def test_what_was_called_off_or_not_founded(officer, leader):
    one = enter(meeting(), officer)
    with pytest.raises(BadInput):
        step(one, "cancel", D(2026, 1, 9), officer)
    step(one, "cancel", D(2026, 1, 9), officer, "Bạn hoãn vô thời hạn")
    assert (one.state, row_of(one).cancel_reason) == ("cancelled", "Bạn hoãn vô thời hạn")
    two = enter(mechanism(founded_on=None), officer)
    with pytest.raises(NotAllowed):
        step(two, "reject", D(2026, 1, 9), officer, "x")
    step(two, "reject", D(2026, 1, 9), leader, "Chưa cần")
    assert two.is_closed
    three = enter(mechanism(founded_on=None, title="Cơ chế mẫu khác"), officer)
    step(three, "cancel", D(2026, 1, 9), officer, "Thôi")
    assert three.state == "cancelled"


def test_a_meeting_registered_afterwards_stands_where_its_days_say(officer):
    assert enter(meeting(held_on=D(2025, 7, 23)), officer).state == "held"
    done = {"held_on": D(2025, 7, 23), "minutes_signed_on": D(2025, 7, 23), "tracked_on": D(2025, 8, 1)}
    assert enter(meeting(title="Khác", **done), officer).state == "commitments_tracked"


def test_what_is_awaited_and_by_when(officer):
    with clock.fixed(D(2026, 1, 2)):
        record = enter(meeting(planned_on=D(2026, 1, 5)), officer)
        assert record.due_on == D(2026, 1, 8)
    step(record, "hold", D(2026, 1, 6), officer)
    assert record.due_on == D(2026, 1, 21)
    series = enter(mechanism(next_due_on=D(2026, 12, 31)), officer)
    assert series.due_on == D(2026, 12, 31)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (meeting(form=""), "form"),
        (mechanism(sort=""), "sort"),
        (meeting(form="online", held_on=D(2025, 1, 1), crossers=3), "crossers"),
        (meeting(held_on=D(2025, 1, 2), held_until=D(2025, 1, 1)), "held_until"),
        (meeting(minutes_signed_on=D(2025, 1, 2)), "minutes_signed_on"),
    ],
)
def test_what_cannot_be_is_refused(draft, field):

    assert field in {name for name, _message in errors_of(draft, D(2026, 1, 1))}
