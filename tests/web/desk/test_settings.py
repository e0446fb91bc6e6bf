"""Settings: who opens what, what the forms write, what they refuse; each table is walked by its own description."""

import datetime as dt
import re

import pytest
from django.contrib.auth import get_user

from bonphuong.accounts.enums import Role
from bonphuong.accounts.models import Assignment, Office, OfficeName, OfficeSetting, ReportsTo, User
from bonphuong.accounts.services import change_user, set_password
from bonphuong.kernel import clock
from bonphuong.procedures.models import Authority, DeadlineRule
from bonphuong.reference.models import CooperationField, DataLoad, ExchangeRate, WorkingDayOverride
from bonphuong.reference.services import load_reference
from bonphuong.trail.acting import acting
from bonphuong.trail.models import Action
from bonphuong.web.desk.pages.settings.tables import TABLES
from tests.factories.accounts import AssignmentFactory, DepartmentFactory, officer_of

DAY = dt.date(2025, 12, 18)
SOURCE = "QĐ 12/2025/QĐ-UBND, Điều 3"


@pytest.fixture
def desk(people, at_desk):
    """A browser of somebody of the demonstration, by the user name."""
    return lambda name: at_desk(people[name])


def _link(page):
    return re.search(r'value="http://testserver(/sign-in/[^"]+)"', page.content.decode())[1]


def _invite(client, **more):
    given = {
        "full_name": "Vàng A Mẫu",
        "username": "vang.a.mau",
        "language": "vi",
        "office": "lc-health",
        "role": "officer",
        "title_vi": "Chuyên viên",
        "valid_from": "18/12",
    }
    return client.post("/settings/people/new", {**given, **more})


# --- who opens what -----------------------------------------------------------------------------------


def test_an_officer_finds_only_what_is_their_own(desk):
    page = desk("canbo").get("/settings/")
    urls = [entry.url for _label, entries in page.context["groups"] for entry in entries]
    assert urls == ["/papers/templates/"]
    assert 'href="/settings/profile"' in page.content.decode()


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_table_opens_for_the_administrator_and_not_for_an_officer(desk, table):
    address = f"/settings/{table}/"
    assert desk("canbo").get(address).status_code == 404
    page = desk("quantri").get(address)
    assert page.status_code == 200
    for line in page.context["page"].sheet.rows[:2]:
        assert desk("quantri").get(f"{address}{line.key}").status_code == 200


@pytest.mark.parametrize("table", sorted(code for code, table in TABLES.items() if table.add))
def test_every_form_comes_back_with_what_is_missing(desk, table):
    client = desk("quantri")
    assert client.get(f"/settings/{table}/new").status_code == 200
    answer = client.post(f"/settings/{table}/new", {})
    assert answer.status_code == 422
    assert 'class="error-summary' in answer.content.decode()


def test_a_leader_says_who_signs_for_the_own_desk_and_keeps_no_settings(desk):
    client = desk("lanhdao")
    assert client.get("/settings/authorities/new").status_code == 200
    assert client.get("/settings/offices/").status_code == 404


@pytest.mark.parametrize(
    "key", ["lcai-dofa", "khong-co", "..", "9" * 30, "x" * 90, "0", "00000000-0000-0000-0000-000000000000"]
)
def test_rows_of_others_and_keys_of_nothing_are_not_there(desk, key):
    for table in ("offices", "people", "deadlines", "roles"):
        assert desk("quantri").get(f"/settings/{table}/{key}").status_code == 404


def test_a_list_asks_the_same_number_of_queries_for_more_rows(desk, people, django_assert_max_num_queries):
    client = desk("quantri")
    with django_assert_max_num_queries(14):
        client.get("/settings/people/")
    for _n in range(4):
        officer_of(Office.objects.get(pk="lc-health"))
    with django_assert_max_num_queries(14):
        client.get("/settings/people/")


# --- people ---------------------------------------------------------------------------------------------


def test_a_person_is_let_in_by_a_link_that_opens_once(desk, at_desk):
    shown = _invite(desk("quantri"))
    person = User.objects.get(username="vang.a.mau")
    assert shown["Cache-Control"] == "no-store"
    assert [(a.role, a.office_id, a.valid_from) for a in person.assignments.all()] == [
        (Role.OFFICER, "lc-health", DAY)
    ]
    link, door = _link(shown), at_desk()
    assert door.get(link).status_code == 200
    weak = door.post(link, {"new": "matkhau", "again": "matkhau"})
    assert weak.status_code == 422
    unlike = door.post(link, {"new": "ba con suối nhỏ", "again": "ba con suối to"})
    assert "again" in unlike.context["form"].errors
    assert door.post(link, {"new": "ba con suối nhỏ", "again": "ba con suối nhỏ"}).status_code == 302
    assert door.get(link).status_code == 404
    person.refresh_from_db()
    assert person.check_password("ba con suối nhỏ")
    assert Action.objects.filter(verb="accounts.user.invite", object_text="Vàng A Mẫu").exists()


def test_another_password_ends_the_old_one_its_sessions_and_earlier_links(desk, people, at_desk):
    officer = people["canbo"]
    working, client = at_desk(officer), desk("quantri")
    first = _link(client.post(f"/settings/people/{officer.pk}/password", {"reason": "Quên mật khẩu"}))
    second = _link(client.post(f"/settings/people/{officer.pk}/password", {"reason": "Lại quên"}))
    assert [at_desk().get(link).status_code for link in (first, second)] == [404, 200]
    assert get_user(working).is_anonymous


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"username": "canbo"}, "username"),
        ({"username": "Có Dấu"}, "username"),
        ({"office": "lcai-dofa"}, "office"),
        ({"role": "king"}, "role"),
        ({"valid_from": "32/1"}, "valid_from"),
        ({"valid_to": "1/1/2020"}, "valid_to"),
        ({"email": "không phải thư"}, "email"),
    ],
)
def test_what_is_wrong_with_a_person_stands_beside_its_field(desk, more, field):
    answer = _invite(desk("quantri"), **more)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not User.objects.filter(username="vang.a.mau").exists()


def test_nobody_raises_themselves(desk, people):
    admin = people["quantri"]
    client = desk("quantri")
    offered = [
        key for key, _name in client.get("/settings/roles/new").context["form"].fields["user_uid"].choices
    ]
    assert str(admin.pk) not in offered
    given = {"user_uid": str(admin.pk), "office": "lai-chau", "role": "leader", "valid_from": "1/1/2025"}
    assert client.post("/settings/roles/new", given).status_code == 422
    assert not Assignment.objects.filter(user=admin, role=Role.LEADER).exists()
    for deed in ("password", "close"):
        assert client.get(f"/settings/people/{admin.pk}/{deed}").status_code == 404


def test_the_same_role_is_not_given_twice_at_once(desk, people):
    given = {
        "user_uid": str(people["canbo"].pk),
        "office": "lc-dofa",
        "role": "officer",
        "valid_from": "1/6/2025",
    }
    answer = desk("quantri").post("/settings/roles/new", given)
    assert list(answer.context["form"].errors) == ["role"]


def test_the_last_administrator_stays(desk, people):
    own = Assignment.objects.get(user=people["quantri"], role=Role.ADMIN)
    client = desk("quantri")
    answer = client.post(f"/settings/roles/{own.pk}/end", {"on": "18/12/2025", "reason": "Chuyển việc"})
    assert list(answer.context["form"].errors) == ["on"]
    AssignmentFactory(user=people["canbo"], office=Office.objects.get(pk="lai-chau"), role=Role.ADMIN)
    done = client.post(f"/settings/roles/{own.pk}/end", {"on": "18/12/2025", "reason": "Chuyển việc"})
    assert done.status_code == 302
    own.refresh_from_db()
    assert own.valid_to == DAY


def test_an_administrator_of_an_office_does_not_reach_people_of_another(people, at_desk):
    health = officer_of(Office.objects.get(pk="lc-health"), Role.ADMIN)
    client = at_desk(health)
    assert client.get(f"/settings/people/{people['canbo'].pk}").status_code == 404
    shared = AssignmentFactory(
        user=people["canbo"], office=Office.objects.get(pk="lc-health"), role=Role.CLERK
    ).user
    answer = client.post(f"/settings/people/{shared.pk}/close", {"reason": "Thử"})
    assert answer.status_code == 403
    shared.refresh_from_db()
    assert shared.is_active


# --- one's own -------------------------------------------------------------------------------------------


def test_the_own_profile_is_changed_and_the_language_with_it(desk, people):
    client = desk("canbo")
    given = {
        "full_name": "Nguyễn Thị Mẫu",
        "email": "mau@example.vn",
        "language": "en",
        "first_page": "reports",
        "seen": client.get("/settings/profile").context["form"]["seen"].value(),
    }
    assert client.post("/settings/profile", given).status_code == 302
    assert 'lang="en"' in client.get("/settings/profile").content.decode()
    user = User.objects.get(username="canbo")
    assert (user.email, user.gets_mail, user.first_page) == ("mau@example.vn", False, "reports")


def test_one_begins_where_one_chose(people, at_desk):
    user = people["canbo"]
    door = at_desk()

    change_user(actor=user, user=user, first_page="reports")
    set_password(actor=user, user=user, password="ba con suối nhỏ")
    given = {"username": "canbo", "password": "ba con suối nhỏ", "next": "/"}
    assert door.post("/sign-in", given)["Location"] == "/reports/"


def test_the_own_password_needs_the_old_one(people, at_desk):

    user = people["canbo"]
    set_password(actor=user, user=user, password="ba con suối nhỏ")
    client = at_desk(user)
    wrong = client.post(
        "/settings/password", {"old": "khác", "new": "bốn con suối nhỏ", "again": "bốn con suối nhỏ"}
    )
    assert list(wrong.context["form"].errors) == ["old"]
    right = {"old": "ba con suối nhỏ", "new": "bốn con suối nhỏ", "again": "bốn con suối nhỏ"}
    assert client.post("/settings/password", right).status_code == 302
    assert client.get("/settings/profile").status_code == 200


# --- offices -----------------------------------------------------------------------------------------------


def _called(**more):
    names = {
        "name_vi": "Sở Đối ngoại tỉnh Lai Châu",
        "name_en": "Department of External Relations",
        "short_vi": "Sở Đối ngoại",
        "letterhead_name": "SỞ ĐỐI NGOẠI",
        "symbol": "SĐN",
        "valid_from": "1/12/2025",
        "source": SOURCE,
    }
    return {**names, **more}


def test_an_office_called_otherwise_keeps_its_old_name(desk):
    client = desk("truongphong")
    assert client.post("/settings/offices/lc-dofa/rename", _called()).status_code == 302
    rows = OfficeName.objects.filter(office="lc-dofa").order_by("valid_to")
    assert {(row.short_vi, row.valid_from, row.valid_to) for row in rows} == {
        ("Sở Ngoại vụ", None, dt.date(2025, 11, 30)),
        ("Sở Đối ngoại", dt.date(2025, 12, 1), None),
    }
    assert Office.objects.get(pk="lc-dofa").symbol == "SĐN"
    again = client.post("/settings/offices/lc-dofa/rename", _called(short_vi="Khác", valid_from="30/11/2025"))
    assert list(again.context["form"].errors) == ["valid_from"]


@pytest.mark.parametrize(("day", "status"), [("19/12/2025", 422), ("18/12/2025", 302), ("hôm qua", 422)])
def test_a_name_is_changed_on_its_day_and_not_before(desk, day, status):
    answer = desk("truongphong").post("/settings/offices/lc-dofa/rename", _called(valid_from=day))
    assert answer.status_code == status


def test_who_changed_it_meanwhile_is_named(desk, people):
    client = desk("truongphong")
    seen = client.get("/settings/offices/lc-health/rename").context["form"]["seen"].value()
    desk("quantri").post("/settings/offices/lc-health/rename", _called())
    answer = client.post("/settings/offices/lc-health/rename", _called(short_vi="Khác", seen=seen))
    assert answer.status_code == 422
    assert "Phạm Giả Định" in str(answer.context["form"].errors)


def test_an_office_with_offices_or_people_in_it_is_not_closed(desk):
    client = desk("quantri")
    asked = {"on": "31/12/2025", "reason": SOURCE}
    refused = client.post("/settings/offices/lc-health/end", asked)
    assert list(refused.context["form"].errors) == ["on"]
    assert client.get("/settings/offices/lai-chau/end").status_code == 404
    assert client.post("/settings/offices/lc-zone/end", asked).status_code == 302
    assert Office.objects.get(pk="lc-zone").valid_to == dt.date(2025, 12, 31)


def test_an_office_is_opened_below_ones_own_only(desk):
    given = _called(kind="commune", code="lc-xa-mau", belongs_to="lai-chau")
    assert desk("truongphong").post("/settings/offices/new", given).status_code == 302
    assert Office.objects.get(pk="lc-xa-mau").path == "lai-chau/lc-xa-mau/"
    for more in ({"belongs_to": "lao-cai", "code": "x-1"}, {"code": "lc-dofa"}, {"code": "Có Dấu"}):
        assert desk("truongphong").post("/settings/offices/new", {**given, **more}).status_code == 422


def test_a_head_of_another_office_touches_nothing_here(people, at_desk):
    other = officer_of(DepartmentFactory(code="noi-khac"), Role.HEAD)
    client = at_desk(other)
    assert client.get("/settings/offices/lc-dofa").status_code == 404
    assert client.get("/settings/offices/noi-khac").status_code == 200
    given = {
        "office": "lc-dofa",
        "value": "report.cutoff=statutory",
        "valid_from": "1/1/2026",
        "source": SOURCE,
    }
    assert client.post("/settings/practice/new", given).status_code == 422
    given = {
        "code": "linh-vuc-moi",
        "name_vi": "Lĩnh vực mới",
        "name_en": "New",
        "valid_from": "1/1/2026",
        "source": "x",
    }
    assert client.post("/settings/fields/new", given).status_code == 404


def test_a_receiver_is_named_once_at_a_time_and_ended(desk):
    client = desk("truongphong")
    given = {
        "office": "lc-union",
        "to_office": "mofa",
        "report_kind": "border",
        "valid_from": "1/1/2025",
        "source": SOURCE,
    }
    assert client.post("/settings/receivers/new", given).status_code == 302
    again = client.post("/settings/receivers/new", {**given, "valid_from": "1/2/2025"})
    assert list(again.context["form"].errors) == ["valid_from"]
    itself = client.post("/settings/receivers/new", {**given, "to_office": "lc-union"})
    assert itself.status_code == 422
    tie = ReportsTo.objects.get(office="lc-union", report_kind="border")
    early = client.post(f"/settings/receivers/{tie.pk}/end", {"on": "31/12/2024", "reason": "x"})
    assert list(early.context["form"].errors) == ["on"]
    assert (
        client.post(f"/settings/receivers/{tie.pk}/end", {"on": "31/12/2025", "reason": "x"}).status_code
        == 302
    )


def test_a_practice_is_stated_from_a_day_on(desk):
    given = {
        "office": "lc-dofa",
        "value": "report.cutoff=statutory",
        "valid_from": "1/1/2026",
        "source": SOURCE,
    }
    assert desk("truongphong").post("/settings/practice/new", given).status_code == 302
    row = OfficeSetting.objects.get(office="lc-dofa")
    assert (row.value, row.valid_from, row.source) == ("statutory", dt.date(2026, 1, 1), SOURCE)
    wild = desk("truongphong").post("/settings/practice/new", {**given, "value": "report.cutoff=never"})
    assert list(wild.context["form"].errors) == ["value"]


# --- rules and reference --------------------------------------------------------------------------------------


def test_an_authority_is_given_and_ended(desk, people):
    client = desk("truongphong")
    given = {
        "office": "lc-dofa",
        "holder": str(people["canbo"].pk),
        "title": "Chuyên viên",
        "mode": "TUQ",
        "on_behalf_of": "GIÁM ĐỐC",
        "valid_from": "1/12/2025",
        "source": "Giấy ủy quyền 05/GUQ-SNgV",
    }
    assert client.post("/settings/authorities/new", given).status_code == 302
    row = Authority.objects.get()
    assert (row.holder, row.holder_name) == (people["canbo"], "Nguyễn Thị Mẫu")
    twice = client.post("/settings/authorities/new", given)
    assert list(twice.context["form"].errors) == ["valid_from"]
    whom = client.post("/settings/authorities/new", {**given, "on_behalf_of": "", "title": "Khác"})
    assert list(whom.context["form"].errors) == ["on_behalf_of"]
    assert "TUQ. GIÁM ĐỐC" in client.get("/settings/authorities/").content.decode()
    page = client.get(f"/settings/people/{people['canbo'].pk}")
    assert page.status_code == 404  # a head gives authorities, and manages nobody
    assert (
        client.post(f"/settings/authorities/{row.pk}/end", {"on": "18/12", "reason": "x"}).status_code == 302
    )
    row.refresh_from_db()
    assert row.valid_to == DAY


def test_an_office_has_its_own_deadline_from_a_day_on(desk):
    client = desk("truongphong")
    given = {
        "office": "lc-dofa",
        "code": "delegations.outbound:trip_report",
        "days": "7",
        "unit": "working",
        "valid_from": "1/1/2026",
        "source": SOURCE,
        "proved": "on",
    }
    assert client.post("/settings/deadlines/new", given).status_code == 302
    rule = DeadlineRule.objects.get(office_code="lc-dofa")
    assert (rule.days, rule.unit, rule.proved, rule.shipped) == (7, "working", True, False)
    shipped = DeadlineRule.objects.filter(shipped=True, office_code="").first()
    assert client.get(f"/settings/deadlines/{shipped.pk}/end").status_code == 404
    ended = client.post(f"/settings/deadlines/{rule.pk}/end", {"on": "31/3/2026", "reason": "QĐ mới"})
    assert ended.status_code == 302
    for more in ({"days": "-1"}, {"days": "bảy"}, {"office": "lcai-dofa"}, {"code": "a:b"}, {"source": ""}):
        assert client.post("/settings/deadlines/new", {**given, **more}).status_code == 422


def test_a_limit_warns_with_words_that_can_be_filled(desk):
    given = {
        "office": "lc-dofa",
        "procedure": "delegations.outbound",
        "code": "people",
        "limit": "12",
        "message_vi": "Đoàn có %(value)s người, quá %(limit)s",
        "message_en": "%(value)s people, over %(limit)s",
        "valid_from": "1/1/2026",
        "source": SOURCE,
    }
    client = desk("truongphong")
    broken = client.post("/settings/limits/new", {**given, "message_vi": "Quá 100% mức %(sai)s"})
    assert list(broken.context["form"].errors) == ["message_vi"]
    assert client.post("/settings/limits/new", given).status_code == 302
    early = client.post("/settings/limits/new", {**given, "valid_from": "1/12/2025"})
    assert list(early.context["form"].errors) == ["valid_from"]


def test_a_field_is_added_once_and_ended_and_stays_ended_after_an_upgrade(desk):
    client = desk("truongphong")
    given = {
        "code": "chuyen-doi-so",
        "name_vi": "Chuyển đổi số thử",
        "name_en": "Digital change",
        "valid_from": "1/1/2026",
        "source": SOURCE,
    }
    assert client.post("/settings/fields/new", given).status_code == 302
    twin = client.post("/settings/fields/new", {**given, "code": "khac"})
    assert set(twin.context["form"].errors) <= {"name_vi", "name_en"}
    first = CooperationField.objects.order_by("order").first()
    assert (
        client.post(f"/settings/fields/{first.pk}/end", {"on": "31/12/2025", "reason": "x"}).status_code
        == 302
    )

    with acting(actor=None, verb="system.load_reference"):
        DataLoad.objects.filter(name="cooperationfield").update(digest="")
    load_reference()
    first.refresh_from_db()
    assert first.valid_to == dt.date(2025, 12, 31)


def test_a_rate_is_typed_as_people_write_it(desk):
    client = desk("truongphong")
    given = {
        "currency": "USD",
        "quote": "VND",
        "value": "25.345,5",
        "on": "17/12",
        "kind": "day",
        "source": "VCB",
    }
    assert client.post("/settings/rates/new", given).status_code == 302
    assert str(ExchangeRate.objects.get(source="VCB").value.normalize()) == "25345.5"
    for more in ({"value": "âm"}, {"value": "-3"}, {"quote": "USD"}, {"value": "0"}):
        assert client.post("/settings/rates/new", {**given, **more}).status_code == 422


def test_a_day_off_of_one_office_is_set_by_its_own_head(people, at_desk):
    office = DepartmentFactory(code="noi-khac")
    client = at_desk(officer_of(office, Role.HEAD))
    given = {"day": "6/1/2026", "working": "no", "office": "noi-khac", "source": SOURCE}
    assert client.post("/settings/working-days/new", given).status_code == 302
    assert WorkingDayOverride.objects.get(office_code="noi-khac").working is False
    whole = client.post("/settings/working-days/new", {**given, "office": ""})
    assert whole.status_code in {403, 422}
    assert not WorkingDayOverride.objects.filter(office_code="", day=dt.date(2026, 1, 6)).exists()


@pytest.mark.parametrize(
    ("calendar", "day", "month", "status"),
    [
        ("solar", "31", "4", 422),
        ("lunar", "30", "12", 302),
        ("solar", "29", "2", 302),
        ("lunar", "31", "1", 422),
    ],
)
def test_a_feast_falls_on_a_day_that_its_calendar_has(desk, calendar, day, month, status):
    given = {
        "name_vi": "Ngày hội thử",
        "name_en": "A day for trying",
        "country": "VN",
        "kind": "festival",
        "calendar": calendar,
        "day": day,
        "month": month,
        "days": "1",
        "code": "ngay-thu",
        "valid_from": "1/1/2026",
        "source": SOURCE,
    }
    assert desk("truongphong").post("/settings/feasts/new", given).status_code == status


# --- procedures -------------------------------------------------------------------------------------------------


def test_every_procedure_is_drawn_and_told(desk):
    client = desk("truongphong")
    lines = client.get("/settings/procedures/").context["lines"]
    assert len(lines) > 20
    for line in lines:
        page = client.get(f"/settings/procedures/{line.code}")
        assert page.status_code == 200
        told = page.context["page"]
        assert len(told.diagram.boxes) == told.row.states.count()
        assert {arrow.number for arrow in told.diagram.arrows} <= {step.number for step in told.steps}
        assert all(box.y + box.height <= told.diagram.height for box in told.diagram.boxes)


@pytest.mark.parametrize("address", ["khong-co", "delegations.outbound?version=99", "khong-co/move"])
def test_a_procedure_that_is_not_there_is_none(desk, address):
    assert desk("truongphong").get(f"/settings/procedures/{address}").status_code == 404


def test_cases_are_moved_with_a_reason_to_a_version_that_is_there(desk):
    client = desk("truongphong")
    page = client.get("/settings/procedures/delegations.outbound/move")
    assert page.context["page"].running == 0
    wild = client.post("/settings/procedures/delegations.outbound/move", {"to_version": "9", "reason": "x"})
    assert list(wild.context["form"].errors) == ["to_version"]
    given = {"to_version": "1", "reason": "Theo quy định mới"}
    assert client.post("/settings/procedures/delegations.outbound/move", given).status_code == 302


# --- the installation ---------------------------------------------------------------------------------------------


def test_the_installation_tells_what_is_not_well(desk, settings, tmp_path):
    client = desk("quantri")
    page = client.get("/settings/installation").context["page"]
    facts = {fact.label: fact for _label, lines in page.groups for fact in lines}
    assert facts["Lần sao lưu gần nhất"].text == "chưa biết"
    assert facts["Chốt bảo vệ của cơ sở dữ liệu"].state == "done"
    settings.BACKUP_DIR = str(tmp_path)
    copy = tmp_path / "bonphuong.sqlite3"
    copy.write_bytes(b"x")
    with clock.fixed(dt.datetime.fromtimestamp(copy.stat().st_mtime, tz=dt.UTC)):
        page = client.get("/settings/installation").context["page"]
    facts = {fact.label: fact for _label, lines in page.groups for fact in lines}
    assert facts["Lần sao lưu gần nhất"].state == "done"
