import datetime as dt
from dataclasses import replace

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bonphuong.accounts.models import Office
from bonphuong.families.delegations.models import Delegation
from bonphuong.families.delegations.services import correct, create, draft_of, undo_many
from bonphuong.kernel import clock
from bonphuong.trail.acting import acting
from bonphuong.trail.models import Action
from bonphuong.trail.queries import newest_acts, row_key
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
    assert [action.reason for action in page.context["page"].actions] == ["Đổi tên theo quyết định"] * 2
    assert "Thứ Năm, 18/12/2025" in page.content.decode()


def test_acts_of_other_books_are_not_shown(officer, agency, at_desk):
    elsewhere = DepartmentFactory(code="noi-khac")
    action = _rename(officer, elsewhere, "x")
    page = at_desk(officer).get("/trail/")
    assert page.context["page"].actions == []
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
        query: [action.reason for action in client.get(f"/trail/?{query}").context["page"].actions]
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
    second = client.get(f"/trail/?before={first.context['page'].older_than}")
    assert (len(first.context["page"].actions), len(second.context["page"].actions)) == (40, 2)
    assert second.context["page"].older_than is None


def test_the_ledger_is_checked_on_demand(head, at_desk):
    answer = at_desk(head).post("/trail/check")
    assert answer.context["problems"] == []
    assert "Sổ cái khớp" in answer.content.decode()


def test_the_number_of_queries_does_not_grow(officer, agency, at_desk, django_assert_num_queries):
    client = at_desk(officer)
    for n in range(3):
        _rename(officer, agency, f"S{n}")
    client.get("/trail/")  # the number beside the desk is kept from here on
    with django_assert_num_queries(14):
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


def _texts(client, query):
    return [action.reason for action in client.get(f"/trail/?{query}").context["page"].actions]


def test_filters_narrow_by_office_thing_verb_record_and_request(officer, agency, at_desk):
    below = DepartmentFactory(code="so-ngoai-vu-con", belongs_to=agency)
    mine = _rename(officer, agency, "A", reason="một")
    _rename(officer, below, "B", reason="hai")
    with acting(actor=officer, verb="records.record.link", reason="ba", office=agency.pk, obj="x"):
        pass
    client = at_desk(officer)
    found = {
        query: _texts(client, query)
        for query in (
            f"office={below.pk}",
            "thing=records",
            "verb=records.record.link",
            f"record={agency.pk}",
            f"actor={officer.pk}&thing=accounts",
            "office=lcai-dofa",
            "before=abc",
            "before=99999999999999999999999",
        )
    }
    every = ["ba", "hai", "một"]
    assert found == {
        f"office={below.pk}": ["hai"],
        "thing=records": ["ba"],
        "verb=records.record.link": ["ba"],
        f"record={agency.pk}": ["một"],
        f"actor={officer.pk}&thing=accounts": ["hai", "một"],
        "office=lcai-dofa": every,
        "before=abc": every,
        "before=99999999999999999999999": every,
    }
    page = client.get(f"/trail/{mine.uid}").context["page"]
    assert (page.office, page.of_object_url) == ("Sở Ngoại vụ tỉnh Ví Dụ", f"/trail/?record={agency.pk}")


def test_each_filter_that_is_on_can_be_taken_off_alone(officer, agency, at_desk):
    _rename(officer, agency, "A")
    page = (
        at_desk(officer)
        .get(f"/trail/?who=Mẫu&verb=accounts.office.change&office={agency.pk}")
        .context["page"]
    )
    assert [chip.label for chip in page.chips] == ["Ai: Mẫu", "sửa cơ quan", "Sở Ngoại vụ tỉnh Ví Dụ"]
    assert page.chips[1].url == f"/trail/?who=M%E1%BA%ABu&office={agency.pk}"


def test_an_act_leads_to_its_record_and_to_what_was_posted_under_it(people, at_desk):
    record = create(finished(dt.date(2025, 2, 3), 4), office_code="lc-dofa", actor=people["canbo"])
    act = Action.objects.filter(changes__row=row_key(record.pk)).earliest("id")
    page = at_desk(people["canbo"]).get(f"/trail/{act.uid}").context["page"]
    assert page.record_url == f"/delegations/{record.pk}"
    assert sum(posting.n_facts for posting in page.postings) > 0


def test_codes_are_told_by_their_names(people, at_desk):
    record = create(finished(dt.date(2025, 2, 3), 4), office_code="lc-dofa", actor=people["canbo"])
    undo_many([record.pk], actor=people["canbo"], reason="Nhập nhầm")
    act = Action.objects.get(verb="delegations.delegation.undo")
    answer = at_desk(people["canbo"]).get(f"/trail/{act.uid}")
    told = {line.before for change in answer.context["told"].rows for line in change.lines}
    assert {"Lào", "Sở Ngoại vụ tỉnh Lai Châu"} <= told
    lines = [line for change in answer.context["told"].rows for line in change.lines]
    assert [line for line in lines if line.before in {"LA", "lc-dofa"}] == []


def test_a_step_is_told_by_the_names_of_its_states_and_without_what_the_machine_sets_anew(people, at_desk):
    record = create(finished(dt.date(2025, 2, 3), 4), office_code="lc-dofa", actor=people["canbo"])
    undo_many([record.pk], actor=people["canbo"], reason="Nhập nhầm")
    code = record.state
    answer = at_desk(people["canbo"]).get(f"/trail/{Action.objects.get(verb__endswith='undo').uid}")
    told = answer.context["told"].rows
    states = {line.before for change in told for line in change.lines if line.label == "Trạng thái"}
    assert states
    assert code not in states
    assert "gắn kết của hồ sơ" not in {change.what for change in told}
    assert "delegations.delegation.undo" not in answer.content.decode()


def test_the_trail_is_taken_away_as_a_file_with_the_filters(officer, agency, at_desk):
    _rename(officer, agency, "A", reason="=HYPERLINK(1)")
    _rename(officer, agency, "B", reason="hai")
    answer = at_desk(officer).get("/trail/acts.csv?what=HYPER")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = text.strip().split("\r\n")
    assert len(lines) == 2
    assert lines[0].startswith("Giờ, ngày") or "," in lines[0]
    assert "'=HYPERLINK(1)" in lines[1]
    assert "Sở Ngoại vụ tỉnh Ví Dụ" in lines[1]


def test_a_file_is_cut_where_nobody_reads_on(officer, agency, at_desk, monkeypatch):
    monkeypatch.setattr("bonphuong.web.desk.pages.trail.MOST", 2)
    monkeypatch.setattr("bonphuong.web.desk.pages.trail._PIECE", 2)
    for n in range(3):
        _rename(officer, agency, f"S{n}")
    answer = at_desk(officer).get("/trail/acts.csv")
    assert len(b"".join(answer.streaming_content).decode().strip().split("\r\n")) == 4


def test_who_checked_the_ledger_last_stands_on_the_page(head, at_desk):
    client = at_desk(head)
    assert client.get("/trail/").context["page"].health.check is None
    client.post("/trail/check")
    health = client.get("/trail/").context["page"].health
    assert (health.check.actor_name, health.is_well) == ("Lò Văn Thử", True)


def test_the_newest_acts_of_many_offices_are_found_by_the_index(officer, agency):
    offices = {agency.pk, *(f"o-{n}" for n in range(150))}
    _rename(officer, agency, "A")
    with CaptureQueriesContext(connection) as asked:
        found = newest_acts(Action.objects.all(), offices, size=5)
    assert [act.object_uid for act in found] == [agency.pk]
    assert len(asked) == 3
    with connection.cursor() as cursor:
        explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
        cursor.execute("SET enable_seqscan = off" if connection.vendor == "postgresql" else "SELECT 1")
        cursor.execute(explain + asked[0]["sql"])
        plan = "\n".join(" ".join(map(str, row)) for row in cursor.fetchall())
    # A few rows are read by PostgreSQL along any index; it must only not read the whole table.
    assert "action_office" in plan if connection.vendor == "sqlite" else "Seq Scan" not in plan
    assert "TEMP B-TREE" not in plan
