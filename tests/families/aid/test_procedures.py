"""Every state machine of aid, walked by the right people; each forbidden step refused."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.accounts.models import User
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kit.queries import row_of
from bonphuong.kit.services import create, take_step
from bonphuong.procedures.errors import MissingPaper, WrongState
from bonphuong.procedures.models import Procedure
from tests.factories.aid import call, donor, item, money, relief

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
OFFICE = "lc-dofa"
DAY, LATER = dt.date(2026, 3, 2), dt.date(2026, 3, 12)
LEADER = {"approve", "reject", "adjust", "accept", "send_opinion", "list"}
DECISION = {"decision": "321/QĐ-UBND"}
PAPERS = {
    "approve": DECISION, "adjust": DECISION, "accept": DECISION, "list": DECISION,
    "report": {"report": "12/BC-SNgV"}, "send_opinion": {"official_letter": "77/UBND-NgV"},
}  # fmt: skip
NOTED = {"reject", "return_for_revision", "cancel", "refuse", "withdraw", "end"}
CERTIFICATE = {
    "certificate_kind": "operation",
    "certificate_number": "15/CNV-HĐ",
    "certificate_from": DAY,
    "certificate_to": dt.date(2029, 3, 1),
}
VALUES = {"issue": CERTIFICATE, "extend": CERTIFICATE, "amend": {"certificate_number": "15A/CNV-HĐ"}}


def enter(draft, actor):
    with clock.fixed(DAY):
        return create(draft, family="aid", office_code=OFFICE, actor=actor)


def leads(record, step: str) -> bool:
    """Whether the leader takes the step where the record stands."""
    if step == "return_for_revision":
        return record.state == "awaiting_decision" or record.kind != "item"
    return step in LEADER


def take(record, step: str, on: dt.date = DAY, *, actor: User | None = None, **more):
    who = actor or User.objects.get(username="lanhdao" if leads(record, step) else "canbo")
    with clock.fixed(max(on, DAY)):
        return take_step(
            record, step, on=on, expected_version=record.version, actor=who,
            values={**VALUES.get(step, {}), **more}, paper_numbers=PAPERS.get(step, {}),
            note="Lý do minh họa" if step in NOTED else "",
        )  # fmt: skip


def walk(record, *steps: str) -> list[str]:
    seen = [record.state]
    for number, step in enumerate(steps):
        take(record, step, DAY + dt.timedelta(days=number))
        seen.append(record.state)
    return seen


ITEM_ROAD = (
    "consent",
    "draft_document",
    "submit",
    "take_in",
    "send_up",
    "approve",
    "sign_agreement",
    "start",
)


def test_an_item_goes_from_approach_to_its_close(officer):
    record = enter(item(None, money("whole_life", 50_000)), officer)
    assert walk(record, *ITEM_ROAD, "adjust", "complete", "settle", "close") == [
        "approach", "donor_consent", "document_drafted", "submitted", "appraising", "awaiting_decision", "approved",
        "agreement_signed", "implementing", "adjusted", "completed", "settled", "closed",
    ]  # fmt: skip
    row = row_of(record)
    assert record.is_closed
    assert (row.consented_on, row.approved_on) == (DAY, DAY + dt.timedelta(days=5))
    assert (row.decision_number, row.closed_on) == ("321/QĐ-UBND", DAY + dt.timedelta(days=11))


def test_an_item_comes_back_for_revision_and_goes_on(officer):
    record = enter(item(), officer)
    walk(record, "consent", "draft_document", "submit", "take_in")
    assert walk(record, "return_for_revision", "resubmit", "take_in", "send_up", "return_for_revision") == [
        "appraising", "returned_for_revision", "submitted", "appraising", "awaiting_decision", "returned_for_revision",
    ]  # fmt: skip


@pytest.mark.parametrize(("step", "state"), [("reject", "rejected"), ("cancel", "cancelled")])
def test_an_item_is_refused_or_called_off(officer, step, state):
    record = enter(item(), officer)
    walk(record, "consent", "draft_document", "submit", "take_in", "send_up", step)
    assert (record.state, record.is_closed) == (state, True)


def test_the_officer_approves_nothing_and_nothing_is_approved_without_its_paper(officer, leader):
    record = enter(item(), officer)
    walk(record, "consent", "draft_document", "submit", "take_in", "send_up")
    with pytest.raises(NotAllowed):
        take(record, "approve", LATER, actor=officer)
    with pytest.raises(MissingPaper), clock.fixed(LATER):
        take_step(record, "approve", on=LATER, expected_version=record.version, actor=leader)
    assert record.state == "awaiting_decision"


@pytest.mark.parametrize("step", ["approve", "start", "complete", "settle", "close", "adjust", "take_in"])
def test_an_item_skips_no_step(officer, step):
    record = enter(item(), officer)
    with pytest.raises(WrongState):
        take(record, step)


def test_a_stranger_takes_no_step(officer):
    record = enter(item(), officer)
    with pytest.raises(NotAllowed):
        take(record, "consent", actor=User.objects.get(username="canbo.laocai"))
    with pytest.raises(NotAllowed):
        take(record, "consent", actor=User.objects.get(username="vanthu.yte"))


def test_calling_off_says_why(officer):
    record = enter(item(), officer)
    with pytest.raises(BadInput), clock.fixed(DAY):
        take_step(record, "cancel", on=DAY, expected_version=record.version, actor=officer)


def test_the_dossier_is_appraised_in_twenty_days_under_the_decree_of_its_time(officer):
    old, new = dt.date(2025, 6, 2), dt.date(2026, 3, 2)
    for day, proved in ((old, True), (new, False)):
        with clock.fixed(day):
            record = create(item(), family="aid", office_code=OFFICE, actor=officer)
            for step in ("consent", "draft_document", "submit", "take_in"):
                take_step(record, step, on=day, expected_version=record.version, actor=officer)
        assert record.due_on == day + dt.timedelta(days=20)
        assert record.due_rule.proved is proved


def test_relief_goes_its_own_way(officer):
    record = enter(relief(), officer)
    assert walk(record, "make_known", "offer", "accept", "distribute", "report", "close") == [
        "noted", "need_notice", "offered", "accepted", "distributed", "reported", "closed",
    ]  # fmt: skip


def test_relief_may_be_refused_or_sent_back_and_is_reported_with_its_paper(officer):
    record = enter(relief(), officer)
    assert walk(record, "offer", "return_for_revision", "resubmit", "reject")[-3:] == [
        "returned_for_revision", "offered", "rejected",
    ]  # fmt: skip
    other = enter(relief(), officer)
    walk(other, "offer", "accept", "distribute")
    with pytest.raises(MissingPaper), clock.fixed(LATER):
        take_step(other, "report", on=LATER, expected_version=other.version, actor=officer)


def bare_donor():
    return donor(certificate_kind="", certificate_number="", certificate_from=None, certificate_to=None)


def test_a_registration_is_answered_issued_extended_amended_and_ends(officer):
    record = enter(bare_donor(), officer)
    assert walk(record, "ask_opinion", "draft_opinion", "send_opinion", "issue") == [
        "application_known", "opinion_requested", "opinion_drafted", "opinion_sent", "active",
    ]  # fmt: skip
    assert walk(record, "watch_end", "extend", "amend", "watch_end") == [
        "active", "expiring", "active", "active", "expiring",
    ]  # fmt: skip
    assert walk(record, "expire")[-1] == "expired"
    assert row_of(record).ended_on == DAY


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        (("ask_opinion", "draft_opinion", "return_for_revision", "redraft_opinion"), "opinion_drafted"),
        (("ask_opinion", "draft_opinion", "send_opinion", "refuse"), "rejected"),
        (("issue", "withdraw"), "withdrawn"),
        (("cancel",), "cancelled"),
    ],
)
def test_a_registration_turns_aside(officer, steps, state):
    record = enter(bare_donor(), officer)
    assert walk(record, *steps)[-1] == state


def test_the_opinion_is_due_in_working_days_and_the_certificate_is_watched(officer):
    record = enter(bare_donor(), officer)
    take(record, "ask_opinion", dt.date(2026, 2, 12))
    # Ten working days from Thursday 12 February 2026; public holiday for Tết from 16 to 20 February.
    assert record.due_on == dt.date(2026, 3, 5)
    walk(record, "draft_opinion", "send_opinion", "issue")
    assert record.due_on == dt.date(2028, 9, 2)  # 180 days before 1 March 2029


def test_a_donor_that_needs_no_certificate_has_a_plain_file(officer):
    record = enter(donor(donor_kind="embassy", title="Đại sứ quán Ví Dụ", certificate_kind="", certificate_number="",
                         certificate_from=None, certificate_to=None), officer)  # fmt: skip
    assert walk(record, "activate", "end") == ["known", "active", "ended"]


def test_a_call_is_listed_approached_and_answered(officer):
    record = enter(call(), officer)
    assert walk(record, "submit", "return_for_revision", "resubmit", "list", "approach", "answer", "close") == [
        "draft", "submitted", "returned_for_revision", "submitted", "listed", "approaching", "answered", "closed",
    ]  # fmt: skip
    assert walk(enter(call(), officer), "submit", "reject")[-1] == "rejected"
    assert walk(enter(call(), officer), "submit", "list", "cancel")[-1] == "cancelled"


def test_every_transition_of_aid_was_walked():
    """What the walks above take, against what the procedures hold."""
    walked = {
        "aid.item": {*ITEM_ROAD, "adjust", "complete", "settle", "close", "reject", "cancel", "return_for_revision",
                     "resubmit"},
        "aid.relief": {"make_known", "offer", "accept", "distribute", "report", "close", "reject",
                       "return_for_revision", "resubmit", "cancel"},
        "aid.donor": {"ask_opinion", "draft_opinion", "send_opinion", "issue", "activate", "watch_end", "extend",
                      "resume", "amend", "resume_amended", "expire", "withdraw", "refuse", "return_for_revision",
                      "redraft_opinion", "cancel"},
        "aid.donor_plain": {"activate", "end", "cancel"},
        "aid.call": {"submit", "list", "approach", "answer", "close", "reject", "return_for_revision", "resubmit",
                     "cancel"},
    }  # fmt: skip
    for code, steps in walked.items():
        [procedure] = Procedure.objects.filter(code=code)
        assert set(procedure.transitions.values_list("code", flat=True)) == steps


def test_relief_and_a_plain_file_are_called_off(officer):
    assert walk(enter(relief(), officer), "cancel") == ["noted", "cancelled"]
    plain = donor(donor_kind="company", title="Công ty Ví Dụ", certificate_kind="", certificate_number="",
                  certificate_from=None, certificate_to=None)  # fmt: skip
    assert walk(enter(plain, officer), "cancel") == ["known", "cancelled"]
