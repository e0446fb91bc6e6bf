import datetime as dt
from dataclasses import replace

import pytest

from bonphuong.families.delegations.models import Delegation, Member
from bonphuong.families.delegations.queries import for_page
from bonphuong.families.delegations.services import correct, create, draft_of
from bonphuong.ledger.queries import postings_of
from bonphuong.records.models import Record
from tests.factories.delegations import finished, member, outbound

D = dt.date
NO_MEMBERS = {"members-TOTAL_FORMS": "0", "members-INITIAL_FORMS": "0"}


def _given(**more):
    return {
        "title": "Sở Nội vụ thăm Vân Nam",
        "places": "Trung Quốc (Vân Nam)",
        "approved_heads": "5",
        "starts_on": "5/3",
        "ends_on": "9/3",
        "channel": "state",
        "lead_office_code": "lc-dofa",
        **NO_MEMBERS,
        **more,
    }


def test_a_request_is_entered_with_names_as_people_write_them(people, at_desk):
    answer = at_desk(people["canbo"]).post("/delegations/new?kind=outbound", _given())
    row = Delegation.objects.get()
    assert answer["Location"] == f"/delegations/{row.pk}"
    assert (row.main_country, row.approved_heads, row.starts_on) == ("CN", 5, D(2025, 3, 5))
    assert [place.party_code for place in row.places.all()] == ["cn-yunnan"]
    assert row.record.state == "draft"


def test_a_finished_case_passes_every_state_at_once(people, at_desk):
    given = _given(
        decision_number="77/QĐ-UBND", decided_on="20/2", started_on="5/3", ended_on="9/3", actual_heads="4"
    )
    at_desk(people["canbo"]).post("/delegations/new?kind=outbound&as=finished", given)
    record = Record.objects.get()
    assert record.state == "report_due"
    assert {(fact.measure, fact.value) for fact in postings_of(record.pk)} >= {
        ("outbound.groups", 1),
        ("outbound.person_visits", 4),
        ("outbound.approved_person_visits", 5),
    }


def test_what_cannot_be_is_told_beside_each_field_and_nothing_typed_is_lost(people, at_desk):
    given = _given(
        places="Vân Nama", started_on="5/3", ended_on="3/3", decided_on="20/2", decision_number="7"
    )
    answer = at_desk(people["canbo"]).post("/delegations/new?kind=outbound&as=finished", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"places", "ended_on"}
    assert 'value="Vân Nama"' in page
    assert "Sở Nội vụ thăm Vân Nam" in page
    assert Record.objects.count() == 0


def test_members_are_entered_with_the_delegation(people, at_desk):
    given = _given(
        **{
            "members-TOTAL_FORMS": "3",
            "members-0-full_name": "Nguyễn Văn Mẫu",
            "members-0-role": "head",
            "members-0-passport_no": "C7654321",
            "members-0-birth_date": "5/3/1980",
            "members-1-full_name": "Trần Thị Ví Dụ",
            "members-1-DELETE": "on",
            "members-2-role": "member",
        }
    )
    at_desk(people["canbo"]).post("/delegations/new?kind=outbound", given)
    found = [(m.full_name, m.role, m.passport_no, m.birth_date) for m in Member.objects.all()]
    assert found == [("Nguyễn Văn Mẫu", "head", "C7654321", "1980-03-05")]


def test_a_nationality_is_taken_by_name_or_letters_and_a_wrong_one_is_told_on_top(people, at_desk):
    names = {"members-0-full_name": "Nguyễn Văn Mẫu", "members-1-full_name": "Trần Thị Ví Dụ"}
    given = _given(**names | {"members-TOTAL_FORMS": "2", "members-0-nationality": "Việt Nam"})
    refused = at_desk(people["canbo"]).post("/delegations/new", given | {"members-1-nationality": "Lào lào"})
    assert refused.status_code == 422
    summary = refused.content.decode().split('class="error-summary')[1].split("</ul>")[0]
    assert '<a href="#id_members-1-nationality">2. ' in summary
    at_desk(people["canbo"]).post("/delegations/new", given | {"members-1-nationality": "la"})
    assert [m.nationality for m in Member.objects.order_by("order")] == ["VN", "LA"]


def test_what_looks_like_it_is_there_already_must_be_looked_at_first(people, at_desk):
    create(
        outbound(starts_on=D(2025, 3, 5), ends_on=D(2025, 3, 9)), office_code="lc-dofa", actor=people["canbo"]
    )
    client = at_desk(people["canbo"])
    given = _given(places="Lào (Phongsaly)", head_name="Lò Minh Họa", partner="Phongsaly")
    answer = client.post("/delegations/new?kind=outbound", given)
    assert (answer.status_code, len(answer.context["twins"])) == (422, 1)
    assert client.post("/delegations/new?kind=outbound", {**given, "not_the_same": "on"}).status_code == 302
    assert Record.objects.count() == 2


@pytest.fixture
def trip(people):
    draft = finished(D(2025, 10, 6), 12, members=(member(passport_no="C1234417", birth_date="1980-05-01"),))
    return create(draft, office_code="lc-dofa", actor=people["canbo"])


def _form_of(client, record):
    """What the browser would send back unchanged."""
    form = client.get(f"/delegations/{record.pk}/edit").context["form"]
    found = {}
    for bound in form:
        value = bound.value()
        if value not in (None, "", [], False):
            found[bound.name] = (
                bound.field.prepare_value(value) if hasattr(bound.field, "to_python") else value
            )
    return found


def test_a_correction_reverses_at_the_old_date(trip, people, at_desk):
    client = at_desk(people["canbo"])
    given = {**_form_of(client, trip), "actual_heads": "11", "reason": "Một người không đi"}
    answer = client.post(f"/delegations/{trip.pk}/edit", given)
    assert answer.status_code == 302, answer.context["form"].errors
    visits = [fact.value for fact in postings_of(trip.pk) if fact.measure == "outbound.person_visits"]
    assert visits == [12, -12, 11] or sum(visits) == 11
    row = Delegation.objects.get(pk=trip.pk)
    assert (row.actual_heads, row.decided_on, row.members.count()) == (11, D(2025, 9, 26), 1)
    assert [place.party_code for place in row.places.all()] == ["la-phongsaly"]


def test_an_answer_about_twins_is_kept_while_something_else_is_asked(people, at_desk):
    client = at_desk(people["canbo"])
    client.post("/delegations/new", _given())
    refused = client.post("/delegations/new", _given(ends_on="31/2", not_the_same="on")).content.decode()
    assert '<input type="hidden" name="not_the_same" value="on"' in refused
    fresh = client.get("/delegations/new").content.decode()
    assert '<input type="hidden" name="not_the_same" id=' in fresh
    assert Record.objects.count() == 1
    client.post("/delegations/new", _given(not_the_same=""))
    assert Record.objects.count() == 1


def test_a_correction_keeps_the_partner_that_the_places_gave(people, at_desk):
    client = at_desk(people["canbo"])
    client.post("/delegations/new", _given(partner="Sở Tư pháp tỉnh Vân Nam"))
    row = Delegation.objects.get()
    assert (row.partner_code, row.partner_text) == ("cn-yunnan", "Sở Tư pháp tỉnh Vân Nam")
    assert "Sở Tư pháp tỉnh Vân Nam" in client.get(f"/delegations/{row.pk}").content.decode()
    given = {**_form_of(client, row.record), "approved_heads": "6", "reason": "Thêm một người"}
    assert client.post(f"/delegations/{row.pk}/edit", given).status_code == 302
    row.refresh_from_db()
    assert (row.approved_heads, row.partner_code) == (6, "cn-yunnan")


def test_a_correction_is_told_in_the_words_of_the_form(trip, people, at_desk):
    client = at_desk(people["canbo"])
    given = {**_form_of(client, trip), "actual_heads": "11", "reason": "Một người không đi"}
    client.post(f"/delegations/{trip.pk}/edit", given)
    action = client.get("/trail/").context["page"].actions[0]
    told = client.get(f"/trail/{action.uid}").context["told"]
    lines = {(line.label, line.before, line.after) for row in told.rows for line in row.lines}
    assert ("Số người thực tế", "12", "11") in lines


def test_a_correction_needs_a_reason(trip, people, at_desk):
    client = at_desk(people["canbo"])
    answer = client.post(f"/delegations/{trip.pk}/edit", _form_of(client, trip))
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"reason"})


def test_nothing_is_overwritten_in_silence(trip, people, at_desk):
    client = at_desk(people["canbo"])
    mine = {**_form_of(client, trip), "title": "Tên của tôi", "reason": "Sửa tên"}
    fresh = Record.objects.get(pk=trip.pk)
    theirs = draft_of(Delegation.objects.get(pk=trip.pk))
    correct(
        fresh,
        theirs.__class__(**{**vars(theirs), "title": "Tên của họ"}),
        expected_version=fresh.version,
        actor=people["truongphong"],
        reason="Sửa tên",
    )
    answer = client.post(f"/delegations/{trip.pk}/edit", mine)
    assert answer.status_code == 422
    assert ("Tên của họ", "Tên của tôi") in [(d.theirs, d.mine) for d in answer.context["differences"]]
    again = {**mine, "version": answer.context["form"]["version"].value()}
    assert client.post(f"/delegations/{trip.pk}/edit", again).status_code == 302
    assert Record.objects.get(pk=trip.pk).title == "Tên của tôi"


def test_the_member_list_is_saved_whole_and_masked_values_stay(trip, people, at_desk):
    client = at_desk(people["canbo"])
    page = client.get(f"/delegations/{trip.pk}/members")
    first = page.context["members"].forms[0].initial
    assert (first["passport_no"], first["birth_date"]) == ("•••••• 417", "••••••")
    given = {
        "version": page.context["version"],
        "members-TOTAL_FORMS": "2",
        "members-INITIAL_FORMS": "1",
        **{f"members-0-{name}": value for name, value in first.items() if value},
        "members-1-full_name": "Lý Thị Thử",
        "members-1-role": "interpreter",
        "members-1-withdrew": "on",
    }
    assert client.post(f"/delegations/{trip.pk}/members", given).status_code == 302
    found = [(m.full_name, m.passport_no, m.withdrew) for m in Member.objects.order_by("order")]
    assert found == [("Trần Thị Ví Dụ", "C1234417", False), ("Lý Thị Thử", "", True)]


def test_a_version_that_is_no_number_is_an_older_one(trip, people, at_desk):
    answer = at_desk(people["canbo"]).post(
        f"/delegations/{trip.pk}/members",
        {"version": "x", "members-TOTAL_FORMS": "0", "members-INITIAL_FORMS": "0"},
    )
    assert answer.status_code == 422


def test_a_clerk_of_another_office_may_not_correct(trip, people, at_desk):
    assert at_desk(people["vanthu.yte"]).get(f"/delegations/{trip.pk}/edit").status_code == 404
    assert at_desk(people["kiemtra"]).get(f"/delegations/{trip.pk}/edit").status_code == 404


def test_a_list_is_read_into_the_table_below_what_was_typed_and_saved_only_then(trip, people, at_desk):
    client = at_desk(people["canbo"])
    url = f"/delegations/{trip.pk}/members"
    first = client.get(url).context["members"].forms[0].initial
    typed = {
        "version": "1",
        "members-TOTAL_FORMS": "4",
        "members-INITIAL_FORMS": "4",
        **{f"members-0-{name}": value for name, value in first.items() if value},
        "members-1-full_name": "Lý Thị Thử",
        "read": "1",
        "list-text": "Họ và tên\tNgày sinh\tSố hộ chiếu\nÔng Lò Văn Thử\t12/3/1975\tC1234568\nBà Vàng Thị Mẫu\t31/2/1980\t",
    }
    page = client.post(url, typed)
    rows = [form["full_name"].value() for form in page.context["members"].forms]
    assert rows == [first["full_name"], "Lý Thị Thử", "Lò Văn Thử", "Vàng Thị Mẫu"]
    assert [problem.startswith("Dòng 3, B3, ") for problem in page.context["unread"]] == [True]
    assert draft_of(for_page(people["canbo"], trip.pk)).members[1:] == ()
    nothing = client.post(url, typed | {"list-text": ""})
    assert nothing.context["read"] == 0


def test_a_correction_leaves_alone_what_the_form_does_not_offer(people, at_desk):
    draft = finished(
        D(2025, 2, 3), 9, venue="Thành phố Lai Châu", interpreter="Giàng Thị Mẫu", partner_text="Hội Ví Dụ",
        partner_code="la-phongsaly", cohosts=("lc-union",),
    )  # fmt: skip
    record = create(draft, office_code="lc-dofa", actor=people["canbo"])
    before = draft_of(Delegation.objects.get(pk=record.pk))
    client = at_desk(people["canbo"])
    given = {**_form_of(client, record), "actual_heads": "8", "reason": "Đếm lại"}
    answer = client.post(f"/delegations/{record.pk}/edit", given)
    assert answer.status_code == 302, answer.context["form"].errors
    assert draft_of(Delegation.objects.get(pk=record.pk)) == replace(before, actual_heads=8)
