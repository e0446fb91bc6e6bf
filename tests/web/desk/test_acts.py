"""Small acts on a record: struck out, restricted data read, something promised noted and settled."""

import datetime as dt

import pytest

from bonphuong.families.delegations.models import Delegation
from bonphuong.families.delegations.services import create
from bonphuong.ledger.queries import postings_of
from bonphuong.records.models import Commitment
from bonphuong.trail.models import Action
from tests.factories.delegations import finished, member

D = dt.date


@pytest.fixture
def trip(people):
    draft = finished(D(2025, 10, 6), 12, members=(member(passport_no="C1234417", birth_date="1980-05-01"),))
    return create(draft, office_code="lc-dofa", actor=people["canbo"])


def test_what_was_entered_by_mistake_counts_for_nothing_and_stays_to_be_seen(trip, people, at_desk):
    client = at_desk(people["canbo"])
    url = f"/records/item/{trip.pk}/mistake"
    version = client.get(url).context["form"]["version"].value()
    assert client.post(url, {"version": version}).status_code == 422
    assert client.post(url, {"version": version + 7, "reason": "Nhập nhầm"}).status_code == 422
    assert client.post(url, {"version": version, "reason": "Nhập nhầm"}).url == f"/delegations/{trip.pk}"
    assert Delegation.objects.get(pk=trip.pk).is_void
    assert sum(fact.value for fact in postings_of(trip.pk)) == 0
    assert "Nhập nhầm" in client.get(f"/delegations/{trip.pk}").content.decode()


def test_a_passport_is_read_in_full_for_a_reason_that_is_kept(trip, people, at_desk):
    row = Delegation.objects.get(pk=trip.pk).members.get()
    url = f"/delegations/{trip.pk}/members/{row.pk}"
    client = at_desk(people["canbo"])
    assert b"C1234417" not in client.post(url, {"field": "passport_no"}).content
    answer = client.post(url, {"field": "passport_no", "reason": "Làm công hàm"})
    assert "C1234417" in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert Action.objects.filter(verb="delegations.member.reveal").get().reason == "passport_no: Làm công hàm"
    assert at_desk(people["lanhdao"]).get(url).status_code == 404
    assert client.get(f"/delegations/{trip.pk}/members/{trip.pk}").status_code == 404


def test_a_promise_is_noted_at_the_record_and_settled_with_what_shows_it(trip, people, at_desk):
    client = at_desk(people["canbo"])
    page = f"/delegations/{trip.pk}"
    said = {"text": "Gửi danh sách lưu học sinh", "side": "ours", "kind": "promise", "due_on": "1/12/2025"}
    assert client.post(f"/records/item/{trip.pk}/promises/new", said).status_code == 422
    assert (
        client.post(f"/records/item/{trip.pk}/promises/new", said | {"lead_office_code": "lc-dofa"}).url
        == page
    )
    [line] = client.get(page).context["page"].parts.commitments
    assert (line.state, line.word, line.row.due_on) == ("late", "Quá hạn", D(2025, 12, 1))
    url = f"/records/item/{trip.pk}/promises/{line.row.pk}"
    form = client.get(url).context["form"]
    given = {name: form[name].value() or "" for name in form.fields} | {"due_on": "1/12/2025"}
    refused = client.post(url, given | {"status": "done"})
    assert set(refused.context["form"].errors) == {"settled_on", "evidence"}
    done = {"status": "done", "settled_on": "15/12/2025", "evidence": "Công văn 12/SNgV"}
    assert client.post(url, given | done).url == page
    assert Commitment.objects.get().settled_on == D(2025, 12, 15)
    assert client.get(page).context["page"].parts.commitments[0].state == "done"


def test_each_click_is_known_by_its_own_request(trip, people, at_desk):
    client, url = at_desk(people["canbo"]), f"/records/item/{trip.pk}/mistake"
    client.post(url, {"version": trip.version, "reason": "Nhập nhầm"})
    struck = Action.objects.get(verb="delegations.delegation.void")
    assert len(struck.request_id) == 36
    assert Action.objects.filter(request_id=struck.request_id).count() == 1
    assert Action.objects.get(verb="delegations.delegation.register").request_id == ""
