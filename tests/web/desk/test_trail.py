import datetime as dt
from dataclasses import replace

from bonphuong.accounts.models import Office
from bonphuong.families.delegations.models import Delegation
from bonphuong.families.delegations.services import correct, create, draft_of, undo_many
from bonphuong.kernel import clock
from bonphuong.trail.acting import acting
from bonphuong.trail.models import Action
from tests.factories.accounts import DepartmentFactory
from tests.factories.delegations import finished


def _rename(user, office, name, reason="Đổi tên theo quyết định"):
    with acting(
        actor=user, verb="accounts.office.change", reason=reason, office=office.pk, obj=office
    ) as action:
        Office.objects.filter(pk=office.pk).update(short_vi=name)
    return action


def test_acts_of_ones_offices_are_listed_the_latest_first(officer, agency, at_desk):
    with clock.fixed(dt.date(2025, 12, 16)):
        _rename(officer, agency, "SNV")
    _rename(officer, agency, "Sở NV")
    page = at_desk(officer).get("/trail/")
    assert [action.reason for action in page.context["actions"]] == ["Đổi tên theo quyết định"] * 2
    assert "Thứ Năm, 18/12/2025" in page.content.decode()


def test_acts_of_other_books_are_not_shown(officer, agency, at_desk):
    elsewhere = DepartmentFactory(code="noi-khac")
    action = _rename(officer, elsewhere, "x")
    page = at_desk(officer).get("/trail/")
    assert page.context["actions"] == []
    assert at_desk(officer).get(f"/trail/{action.uid}").status_code == 404


def test_before_and_after_of_each_act_stand_side_by_side(officer, agency, at_desk):
    first = _rename(officer, agency, "SNV")
    second = _rename(officer, agency, "Sở NV")
    told = [at_desk(officer).get(f"/trail/{a.uid}").context["told"].rows[0].lines[0] for a in (first, second)]
    assert [(line.before, line.after) for line in told] == [("Sở Ngoại vụ", "SNV"), ("SNV", "Sở NV")]


def test_an_act_opens_as_a_fragment_too(officer, agency, at_desk):
    action = _rename(officer, agency, "SNV")
    page = at_desk(officer).get(f"/trail/{action.uid}", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert "SNV" in page


def test_filters_narrow_by_person_reason_and_day(officer, agency, at_desk):
    with clock.fixed(dt.date(2025, 12, 1)):
        _rename(officer, agency, "A", reason="lần một")
    _rename(officer, agency, "B", reason="lần hai")
    client = at_desk(officer)
    found = {
        query: [action.reason for action in client.get(f"/trail/?{query}").context["actions"]]
        for query in ("who=không+có", "what=lần+một", "since=10/12/2025", "until=2/12/2025", "since=hôm+qua")
    }
    assert found == {
        "who=không+có": [],
        "what=lần+một": ["lần một"],
        "since=10/12/2025": ["lần hai"],
        "until=2/12/2025": ["lần một"],
        "since=hôm+qua": ["lần hai", "lần một"],
    }


def test_pages_go_back_by_number(officer, agency, at_desk):
    for n in range(42):
        _rename(officer, agency, f"S{n}")
    client = at_desk(officer)
    first = client.get("/trail/")
    second = client.get(f"/trail/?before={first.context['older_than']}")
    assert (len(first.context["actions"]), len(second.context["actions"])) == (40, 2)
    assert second.context["older_than"] is None


def test_the_ledger_is_checked_on_demand(head, at_desk):
    answer = at_desk(head).post("/trail/check")
    assert answer.context["problems"] == []
    assert "Sổ cái khớp" in answer.content.decode()


def test_the_number_of_queries_does_not_grow(officer, agency, at_desk, django_assert_num_queries):
    client = at_desk(officer)
    for n in range(3):
        _rename(officer, agency, f"S{n}")
    client.get("/trail/")  # the number beside the desk is kept from here on
    with django_assert_num_queries(9):
        client.get("/trail/")


def test_whose_personal_trip_it_was_is_not_read_from_the_trail(people, at_desk):
    draft = finished(
        dt.date(2025, 2, 3),
        1,
        kind="personal",
        title="Vàng Văn Mẫu đi thăm người thân",
        head_name="Vàng Văn Mẫu",
    )
    record = create(draft, office_code="lc-dofa", actor=people["canbo"])
    row = Delegation.objects.get(pk=record.pk)
    changed = replace(draft_of(row), title="Vàng Văn Thử đi chữa bệnh")
    correct(record, changed, expected_version=record.version, actor=people["canbo"], reason="Sửa tên")
    act = Action.objects.get(verb="delegations.delegation.correct")
    told = {
        name: "Vàng Văn" in at_desk(people[name]).get(f"/trail/{act.uid}").content.decode()
        for name in ("canbo", "kiemtra")
    }
    assert told == {"canbo": True, "kiemtra": False}
    undo_many([record.pk], actor=people["canbo"], reason="Nhập nhầm")
    undone = Action.objects.get(verb="delegations.delegation.undo")
    assert "Vàng Văn" not in at_desk(people["kiemtra"]).get(f"/trail/{undone.uid}").content.decode()
