"""Every state of the two procedures is reached by the right person, and every step out of turn is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.accounts.models import User
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kit.queries import row_of
from bonphuong.kit.services import take_step
from bonphuong.procedures.errors import MissingPaper, WrongState
from bonphuong.procedures.models import Procedure, Transition
from bonphuong.procedures.queries import case_of
from tests.factories.agreements import agreement, in_force, of_district
from tests.families.agreements.moving import enter, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
D = dt.date
TODAY = D(2026, 11, 20)

# Step, who takes it, what it is given.
ROAD = (
    ("start_drafting", "officer", {}),
    ("consult", "officer", {}),
    ("receive_opinions", "officer", {"has_objection": True}),
    ("ask_pm", "officer", {}),
    ("receive_pm_opinion", "officer", {}),
    ("approve", "leader", {}),
    ("sign", "officer", {"signed_at": "Lai Châu"}),
    ("report", "officer", {"copy_sent_on": D(2026, 1, 12)}),
    ("take_effect", "officer", {}),
    ("amend", "officer", {}),
    ("renew", "officer", {"expires_on": D(2031, 1, 1)}),
    ("suspend", "leader", {"note": "Ví dụ"}),
    ("resume", "leader", {}),
    ("inherit", "officer", {"inherited_from": "Cơ quan Ví Dụ", "inherited_basis": "Ví dụ", "heir_office": "lai-chau",
                            "heir_level": "province"}),
    ("update_names", "officer", {}),
    ("review", "officer", {"review": "Tiếp tục"}),
    ("keep", "leader", {}),
    ("apply_after_expiry", "officer", {"note": "Ví dụ", "expires_on": D(2026, 1, 12)}),
    ("expire", "officer", {}),
)  # fmt: skip
STATES = [
    "drafting", "consulting", "consulted", "pm_opinion", "decision", "approved", "signed", "reported", "in_force",
    "amended", "renewed", "suspended", "in_force", "inherited", "name_updated", "reviewed", "kept",
    "applied_after_expiry", "expired",
]  # fmt: skip
FOUND = {
    "classified_as": "minutes", "classified_by": "Lò Thị Mẫu", "classification_reason": "Chỉ ghi nội dung trao đổi",
}  # fmt: skip


@pytest.fixture
def clerk(db) -> User:
    """The clerk of another department."""
    return User.objects.get(username="vanthu.yte")


def test_the_whole_road_by_the_right_roles(officer, leader, clerk):
    people = {"officer": officer, "leader": leader}
    with clock.fixed(TODAY):
        record = enter(agreement(), officer)
        reached = []
        for code, who, given in ROAD:
            more = dict(given)
            note = str(more.pop("note", ""))
            with pytest.raises(NotAllowed):
                step(record, code, D(2026, 1, 12), clerk, note or "x", **more)
            step(record, code, D(2026, 1, 12), people[who], note, **more)
            reached.append(record.state)
    assert reached == STATES
    assert record.is_closed


@pytest.mark.parametrize("code", [code for code, who, _given in ROAD if who == "leader"])
def test_what_leaders_decide_no_officer_does(officer, leader, code):
    people = {"officer": officer, "leader": leader}
    with clock.fixed(TODAY):
        record = enter(agreement(), officer)
        for name, who, given in ROAD:
            more = dict(given)
            note = str(more.pop("note", ""))
            if name == code:
                with pytest.raises(NotAllowed):
                    step(record, name, D(2026, 1, 12), officer, note or "x", **more)
                return
            step(record, name, D(2026, 1, 12), people[who], note, **more)


def codes_from(procedure: str) -> set[tuple[str, str]]:
    return set(Transition.objects.filter(procedure__code=procedure).values_list("from_state__code", "code"))


@pytest.mark.parametrize("state", ["idea", "signed", "in_force", "inherited", "kept", "expired"])
def test_every_step_out_of_turn_is_refused(officer, leader, state):
    days = {
        "idea": agreement(),
        "signed": agreement(decided_on=D(2025, 1, 2), signed_on=D(2025, 1, 3)),
        "in_force": in_force(D(2025, 1, 3)),
        "inherited": of_district(inherited_on=D(2025, 7, 1), heir_office_code="lai-chau"),
        "kept": of_district(
            inherited_on=D(2025, 7, 1), heir_office_code="lai-chau", names_updated_on=D(2025, 7, 2),
            reviewed_on=D(2025, 7, 3), kept_on=D(2025, 7, 4),
        ),
        "expired": in_force(D(2020, 1, 3), ended_on=D(2025, 1, 3)),
    }  # fmt: skip
    record = enter(days[state], officer)
    assert record.state == state
    ways = codes_from("agreements.agreement")
    for code in {code for _state, code in ways} - {code for here, code in ways if here == state}:
        with pytest.raises(WrongState):
            step(record, code, D(2026, 1, 1), leader, "x")


@pytest.mark.parametrize(
    ("code", "goal", "who"),
    [
        ("replace", "replaced", "leader"),
        ("terminate", "terminated", "leader"),
        ("keep", "kept", "leader"),
        ("suspend", "suspended", "leader"),
        ("expire", "expired", "officer"),
    ],
)
def test_a_review_of_what_was_inherited_ends_in_one_of_its_ways(officer, leader, code, goal, who):
    record = enter(
        of_district(
            inherited_on=D(2025, 7, 1), heir_office_code="lai-chau", names_updated_on=D(2025, 7, 2),
            reviewed_on=D(2025, 7, 3), review="Ví dụ",
        ),
        officer,
        "lai-chau",
    )  # fmt: skip
    assert record.state == "reviewed"
    step(record, code, D(2025, 8, 1), leader if who == "leader" else officer, "Ví dụ")
    assert record.state == goal
    assert row_of(record).end_reason == ("Ví dụ" if goal in {"replaced", "terminated", "expired"} else "")


def test_sent_back_rejected_and_called_off(officer, leader):
    with clock.fixed(TODAY):
        record = enter(agreement(), officer)
        for code in ("start_drafting", "consult"):
            step(record, code, D(2026, 1, 12), officer)
        step(record, "return_for_revision", D(2026, 1, 13), officer, "Thiếu bản dịch")
        assert record.state == "returned_for_revision"
        step(record, "resubmit", D(2026, 1, 14), officer)
        for code in ("consult", "receive_opinions", "send_up"):
            step(record, code, D(2026, 1, 15), officer)
        step(record, "consult_again", D(2026, 1, 16), officer, "Nội dung thay đổi")
        assert (row_of(record).consulting_on, row_of(record).consulted_on) == (D(2026, 1, 16), None)
        for code in ("receive_opinions", "send_up"):
            step(record, code, D(2026, 1, 19), officer)
        step(record, "reject", D(2026, 1, 20), leader, "Chưa cần thiết")
        assert (record.state, record.is_closed) == ("rejected", True)
        other = enter(agreement(title="Thỏa thuận mẫu khác"), officer)
        with pytest.raises(BadInput):
            step(other, "cancel", D(2026, 1, 12), officer)
        step(other, "cancel", D(2026, 1, 12), officer, "Bạn thôi không ký")
        assert (other.state, row_of(other).cancel_reason) == ("cancelled", "Bạn thôi không ký")


def test_a_decision_needs_its_paper(officer, leader):
    with clock.fixed(TODAY):
        record = enter(agreement(), officer)
        for code in ("start_drafting", "consult", "receive_opinions", "send_up"):
            step(record, code, D(2026, 1, 12), officer, papers=False)
        from_service = {"on": D(2026, 1, 12), "expected_version": record.version, "actor": leader}
        with pytest.raises(MissingPaper):
            take_step(record, "approve", **from_service)


def test_minutes_are_classified_by_a_person_with_a_reason(officer, clerk):
    with clock.fixed(TODAY):
        record = enter(agreement(kind="minutes", level="", form="minutes"), officer)
        with pytest.raises(WrongState):
            step(record, "classify", D(2026, 1, 12), officer)
        step(record, "sign", D(2026, 1, 12), officer, signed_at="Mốc 66")
        assert record.due_on == D(2026, 1, 27)
        with pytest.raises(BadInput):
            step(record, "classify", D(2026, 1, 13), officer, classified_as="minutes", classified_by="Lò Mẫu")
        with pytest.raises(NotAllowed):
            step(record, "classify", D(2026, 1, 13), clerk, **FOUND)
        step(record, "classify", D(2026, 1, 13), officer, **FOUND)
        step(record, "close", D(2026, 1, 14), officer)
        assert (record.state, record.is_closed) == ("closed", True)


@pytest.mark.parametrize(
    ("level", "code"),
    [("province", "agreements.agreement"), ("department", "agreements.unit"), ("commune", "agreements.unit"),
     ("union", "agreements.unit"), ("district", "agreements.agreement")],
)  # fmt: skip
def test_each_level_has_its_procedure(officer, level, code):
    record = enter(agreement(level=level), officer)
    assert case_of(record.pk).procedure.code == code


def test_the_two_procedures_of_agreements_have_one_shape(officer):
    ways = [codes_from(code) for code in ("agreements.agreement", "agreements.unit")]
    assert ways[0] == ways[1]
    assert Procedure.objects.filter(family="agreements").count() == 3
