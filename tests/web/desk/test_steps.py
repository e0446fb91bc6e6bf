import datetime as dt

import pytest

from bonphuong.families.delegations.models import Delegation
from bonphuong.families.delegations.services import create
from tests.factories.delegations import finished, outbound

D = dt.date


@pytest.fixture
def request_(people):
    draft = outbound(starts_on=D(2025, 12, 10), ends_on=D(2025, 12, 12), approved_heads=6)
    return create(draft, office_code="lc-health", actor=people["canbo"])


def _take(client, record, code, **given):
    record.refresh_from_db()
    body = {"version": record.version, "on": "18/12/2025", **given}
    return client.post(f"/delegations/{record.pk}/steps/{code}", body)


def test_a_request_goes_its_way_through_the_desks(request_, people, at_desk):
    clerk, head, leader = (at_desk(people[name]) for name in ("vanthu.yte", "truongphong", "lanhdao"))
    assert _take(clerk, request_, "submit").status_code == 302
    assert _take(head, request_, "take_in").status_code == 302
    assert _take(head, request_, "send_up").status_code == 302
    given = {"approved_heads": "5", "decision_number": "45/QĐ-UBND"}
    assert _take(leader, request_, "approve", **given).status_code == 302
    assert _take(head, request_, "depart", on="10/12/2025", actual_heads="5").status_code == 302
    row = Delegation.objects.get(pk=request_.pk)
    assert (row.decision_number, row.approved_heads, row.actual_heads, row.started_on) == (
        "45/QĐ-UBND",
        5,
        5,
        D(2025, 12, 10),
    )


def test_a_step_that_belongs_to_another_desk_is_refused_with_a_reason(request_, people, at_desk):
    answer = at_desk(people["vanthu.yte"]).get(f"/delegations/{request_.pk}/steps/approve")
    assert answer.status_code == 403
    assert "không thuộc quyền của anh chị" in answer.content.decode()


def test_what_the_step_asks_for_comes_back_beside_its_field(request_, people, at_desk):
    head = at_desk(people["truongphong"])
    _take(head, request_, "submit")
    _take(head, request_, "take_in")
    _take(head, request_, "send_up")
    answer = _take(at_desk(people["lanhdao"]), request_, "approve", on="hôm qua", decision_number="")
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"on", "approved_heads", "decision_number"}


def test_two_people_on_one_step_are_one_step_and_one_conflict(request_, people, at_desk):
    head = at_desk(people["truongphong"])
    body = {"version": request_.version, "on": "18/12/2025"}
    address = f"/delegations/{request_.pk}/steps/submit"
    assert head.post(address, body).status_code == 302
    assert head.post(address, body).status_code == 403


def test_whoever_keeps_the_register_notes_what_was_decided_on_paper(request_, people, at_desk):
    officer = at_desk(people["canbo"])
    for code in ("submit", "take_in", "send_up"):
        _take(officer, request_, code)
    page = officer.get(f"/delegations/{request_.pk}").context["page"]
    assert [way.code for way in page.parts.case.registrable] == ["approve"]
    given = {"approved_heads": "6", "decision_number": "46/QĐ-UBND"}
    assert _take(officer, request_, "approve", **given).status_code == 302


def test_a_day_still_to_come_is_refused(people, at_desk):
    draft = finished(D(2025, 11, 20), 10)
    record = create(draft, office_code="lc-dofa", actor=people["canbo"])
    answer = _take(at_desk(people["canbo"]), record, "receive_report", on="19/12/2025")
    assert answer.status_code == 422
    assert "Ngày này chưa tới" in answer.content.decode() or "on" in answer.context["form"].errors
