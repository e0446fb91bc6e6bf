from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.hashers import check_password

from bonphuong.accounts import queries, services
from bonphuong.accounts.enums import OfficeKind, Permission, ReportKind, Role, SettingKey
from bonphuong.accounts.models import Assignment, FocalAgency, Office, OfficeSetting, ReportsTo, User
from bonphuong.accounts.rules import can
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.reference.services import load_reference
from bonphuong.trail.acting import acting
from bonphuong.trail.models import Action
from tests.factories.accounts import (
    AssignmentFactory,
    DepartmentFactory,
    FocalAgencyFactory,
    OfficeFactory,
    OfficeSettingFactory,
    UserFactory,
    officer_of,
)

pytestmark = pytest.mark.django_db
PASSWORD = "rừng vàng biển bạc"
NAMES = {"name_vi": "Sở Y tế", "name_en": "Department of Health", "short_vi": "Sở Y tế"}


@pytest.fixture
def root():
    return OfficeFactory(code="lai-chau")


@pytest.fixture
def admin(root):
    return officer_of(root, Role.ADMIN, full_name="Phạm Giả Định")


@pytest.fixture
def stranger():
    return officer_of(OfficeFactory(), Role.ADMIN)


def last_verb():
    return Action.objects.latest("id").verb


def test_an_office_joins_the_book_of_the_one_above(root, admin):
    office = services.create_office(
        actor=admin,
        code="lc-health",
        belongs_to=root,
        kind=OfficeKind.DEPARTMENT,
        reason="thành lập",
        **NAMES,
    )
    assert (office.path, office.book) == ("lai-chau/lc-health/", "lai-chau")
    action = Action.objects.latest("id")
    assert (action.verb, action.reason, action.actor_name) == (
        "accounts.office.add",
        "thành lập",
        "Phạm Giả Định",
    )
    assert can(admin, Permission.USER_MANAGE, "lc-health")


def test_only_the_system_opens_a_book(admin):
    with pytest.raises(NotAllowed):
        services.create_office(actor=admin, code="son-la", kind=OfficeKind.PROVINCE, **NAMES)
    with acting(actor=None, verb="system.test"):
        office = services.create_office(actor=None, code="son-la", kind=OfficeKind.PROVINCE, **NAMES)
    assert office.path == "son-la/"


def test_a_wrong_office_is_refused_by_field(root, admin):
    with pytest.raises(BadInput) as refused:
        services.create_office(actor=admin, code="Sở Y tế", belongs_to=root, kind="palace", **NAMES)
    assert refused.value.errors.keys() == {"code", "kind"}
    with pytest.raises(BadInput) as refused:
        services.create_office(
            actor=admin, code="lai-chau", belongs_to=root, kind=OfficeKind.COMMUNE, **NAMES
        )
    assert refused.value.errors.keys() == {"code"}


def test_an_office_changes_its_name_but_not_its_place(root, admin, stranger):
    services.change_office(actor=admin, office=root, short_vi="Tỉnh", symbol="UBND")
    assert Office.objects.get(pk="lai-chau").short_vi == "Tỉnh"
    with pytest.raises(BadInput):
        services.change_office(actor=admin, office=root, path="x/")
    with pytest.raises(NotAllowed):
        services.change_office(actor=stranger, office=root, short_vi="Của tôi")


def test_an_account_is_opened_by_those_who_manage_people(admin):
    user = services.create_user(
        actor=admin, username=" CanBo.Moi ", full_name="Lò Văn Thử", password=PASSWORD, language="en"
    )
    assert (user.username, user.language, check_password(PASSWORD, user.password)) == (
        "canbo.moi",
        "en",
        True,
    )
    assert last_verb() == "accounts.user.add"
    assert not services.create_user(actor=admin, username="chua", full_name="Mẫu").has_usable_password()
    with pytest.raises(NotAllowed):
        services.create_user(actor=user, username="khac", full_name="Mẫu")


def test_a_weak_password_and_a_taken_name_are_refused_by_field(admin):
    UserFactory(username="canbo")
    with pytest.raises(BadInput) as weak:
        services.create_user(actor=admin, username="moi", full_name="Mẫu", password="12345")
    assert weak.value.errors.keys() == {"password"}
    with pytest.raises(BadInput) as taken:
        services.create_user(actor=admin, username="canbo", full_name="Mẫu", password=PASSWORD)
    assert taken.value.errors.keys() == {"username"}
    assert User.objects.filter(username="moi").count() == 0


def test_one_changes_oneself_and_a_manager_changes_their_people(root, admin, stranger):
    user = officer_of(root)
    services.change_user(actor=user, user=user, language="en")
    services.change_user(actor=admin, user=user, full_name="Tên Ví Dụ")
    user.refresh_from_db()
    assert (user.language, user.full_name) == ("en", "Tên Ví Dụ")
    with pytest.raises(NotAllowed):
        services.change_user(actor=stranger, user=user, full_name="Khác")
    with pytest.raises(BadInput) as refused:
        services.change_user(actor=admin, user=user, is_active=False)
    assert refused.value.errors.keys() == {"is_active"}


def test_a_password_is_set_by_oneself_or_a_manager_and_leaves_no_trace_of_itself(root, admin, stranger):
    user = officer_of(root)
    services.set_password(actor=user, user=user, password=PASSWORD)
    services.set_password(actor=admin, user=user, password=f"{PASSWORD} 2", reason="quên")
    user.refresh_from_db()
    assert user.check_password(f"{PASSWORD} 2")
    with pytest.raises(NotAllowed):
        services.set_password(actor=stranger, user=user, password=PASSWORD)
    with pytest.raises(BadInput):
        services.set_password(actor=user, user=user, password="ngắn")


def test_an_administrator_elsewhere_cannot_reach_through_a_shared_person(root, stranger):
    user = officer_of(root)
    other = Office.objects.exclude(pk="lai-chau").get()
    AssignmentFactory(user=user, office=other)
    with pytest.raises(NotAllowed):
        services.set_password(actor=stranger, user=user, password=PASSWORD)


def test_who_left_stays_with_those_who_managed_them_last(root, admin, stranger):
    user = AssignmentFactory(office=root, valid_to=dt.date(2020, 12, 31)).user
    with pytest.raises(NotAllowed):
        services.set_active(actor=stranger, user=user, is_active=False)
    services.set_active(actor=admin, user=user, is_active=False)
    assert not User.objects.get(pk=user.pk).is_active
    with pytest.raises(NotAllowed):
        services.set_active(actor=admin, user=admin, is_active=False)


def test_a_role_is_given_and_ended(root, admin, stranger):
    user = UserFactory()
    with clock.fixed(dt.date(2025, 5, 5)):
        row = services.assign(actor=admin, user=user, office=root, role=Role.OFFICER, title_vi="Chuyên viên")
        assert (row.valid_from, can(user, Permission.RECORD_ADD, "lai-chau")) == (dt.date(2025, 5, 5), True)
        with pytest.raises(NotAllowed):
            services.end_assignment(actor=stranger, assignment=row)
        services.end_assignment(
            actor=admin, assignment=row, on=dt.date(2025, 5, 31), reason="chuyển công tác"
        )
    with clock.fixed(dt.date(2025, 6, 1)):
        assert not can(user, Permission.RECORD_ADD, "lai-chau")
    assert last_verb() == "accounts.assignment.end"
    with pytest.raises(BadInput):
        services.end_assignment(actor=admin, assignment=row, on=dt.date(2025, 5, 1))


def test_the_same_role_is_not_given_twice_for_one_time(root, admin):
    user = UserFactory()
    given = {"actor": admin, "user": user, "office": root, "role": Role.OFFICER}
    services.assign(valid_from=dt.date(2025, 1, 1), valid_to=dt.date(2025, 6, 30), **given)
    for first, last in (("2025-06-30", None), ("2024-01-01", None), ("2024-01-01", "2025-01-01")):
        until = last and dt.date.fromisoformat(last)
        with pytest.raises(BadInput):
            services.assign(valid_from=dt.date.fromisoformat(first), valid_to=until, **given)
    services.assign(valid_from=dt.date(2025, 7, 1), **given)
    assert Assignment.objects.filter(user=user).count() == 2


def test_nobody_gives_roles_beyond_their_reach(root, admin):
    with pytest.raises(NotAllowed):
        services.assign(actor=admin, user=UserFactory(), office=OfficeFactory(), role=Role.HEAD)
    with pytest.raises(NotAllowed):
        services.assign(actor=officer_of(root, Role.HEAD), user=UserFactory(), office=root, role=Role.HEAD)


def test_nobody_gives_themselves_a_role(root, admin):
    with pytest.raises(NotAllowed):
        services.assign(actor=admin, user=admin, office=root, role=Role.LEADER)


def test_a_new_focal_agency_ends_the_one_before(root, admin):
    dofa = DepartmentFactory(code="lc-dofa", belongs_to=root)
    office = DepartmentFactory(code="lc-office", belongs_to=root)
    services.appoint_focal_agency(actor=admin, office=dofa, valid_from=dt.date(2020, 1, 1))
    services.appoint_focal_agency(actor=admin, office=office, valid_from=dt.date(2026, 7, 1), source="QĐ mẫu")
    assert queries.focal_agency("lai-chau", dt.date(2026, 6, 30)) == dofa
    assert queries.focal_agency("lai-chau", dt.date(2026, 7, 1)) == office
    with pytest.raises(BadInput) as refused:
        services.appoint_focal_agency(actor=admin, office=dofa, valid_from=dt.date(2026, 1, 1))
    assert refused.value.errors.keys() == {"valid_from"}
    with pytest.raises(NotAllowed):
        services.appoint_focal_agency(actor=officer_of(office), office=dofa, valid_from=dt.date(2027, 1, 1))


def test_an_ended_focal_agency_keeps_its_own_last_day(root, admin):
    old = FocalAgencyFactory(office=DepartmentFactory(belongs_to=root), valid_to=dt.date(2024, 12, 31))
    new = DepartmentFactory(belongs_to=root)
    services.appoint_focal_agency(actor=admin, office=new, valid_from=dt.date(2026, 1, 1))
    assert FocalAgency.objects.get(pk=old.pk).valid_to == dt.date(2024, 12, 31)


def test_reports_to_is_tied_and_ended(root, admin):
    ministry = OfficeFactory(code="mofa")
    tie = services.add_reports_to(
        actor=admin, office=root, to_office=ministry, valid_from=dt.date(2025, 1, 1), source="TT 09/2025"
    )
    assert queries.report_receivers("lai-chau", ReportKind.AID, dt.date(2025, 1, 1)) == [ministry]
    services.end_reports_to(actor=admin, tie=tie, on=dt.date(2025, 12, 31))
    assert queries.report_receivers("lai-chau", ReportKind.AID, dt.date(2026, 1, 1)) == []
    with pytest.raises(BadInput):
        services.add_reports_to(actor=admin, office=root, to_office=root, valid_from=dt.date(2025, 1, 1))


def test_a_practice_is_stated_from_a_day_and_the_past_keeps_its_own(root, admin, stranger):
    key = SettingKey.ONE_IS_A_GROUP
    first = {"actor": admin, "office": root, "key": key, "valid_from": dt.date(2024, 1, 1)}
    services.change_setting(value=False, **first)
    services.change_setting(value=True, **{**first, "valid_from": dt.date(2025, 1, 1)}, source="QĐ mẫu")
    assert queries.setting_on("lai-chau", key, dt.date(2024, 12, 31)) is False
    assert queries.setting_on("lai-chau", key, dt.date(2025, 1, 1)) is True
    with pytest.raises(BadInput):
        services.change_setting(value=False, **first)
    with pytest.raises(BadInput):
        services.change_setting(value="có", **{**first, "valid_from": dt.date(2026, 1, 1)})
    with pytest.raises(BadInput):
        services.change_setting(value=True, **{**first, "key": SettingKey.REPORT_CUTOFF})
    with pytest.raises(NotAllowed):
        services.change_setting(value=True, **{**first, "actor": stranger})
    assert OfficeSettingFactory._meta.model.objects.filter(office=root).count() == 2


def test_demonstration_offices_load_twice_to_the_same():
    load_reference()
    assert services.load_demo_offices() == Office.objects.count() > 30
    counts = [model.objects.count() for model in (Office, FocalAgency, ReportsTo, OfficeSetting)]
    actions = Action.objects.count()
    assert services.load_demo_offices() == 0
    assert [model.objects.count() for model in (Office, FocalAgency, ReportsTo, OfficeSetting)] == counts
    assert Action.objects.count() == actions + 1
    assert queries.focal_agency("lai-chau", dt.date(2025, 11, 19)).code == "lc-dofa"
    assert queries.book_of("lc-post-ma-lu-thang") == "lai-chau"
    assert {office.book for office in Office.objects.filter(code__in=["vufo", "mofa", "yb-office"])} == {
        "vufo",
        "mofa",
        "yen-bai",
    }
    receivers = queries.report_receivers("lc-border-guard", ReportKind.BORDER, dt.date(2025, 12, 25))
    assert [office.code for office in receivers] == ["border-guard-command", "lai-chau"]
    assert queries.setting_on("lc-dofa", SettingKey.ONE_IS_A_GROUP, dt.date(2025, 1, 1)) is False
    assert OfficeSetting.objects.filter(value=True).get().office_id == "tuyen-quang"


def test_demonstration_people_hold_the_roles_that_their_data_says():
    load_reference()
    services.load_demo_offices()
    people = {user.username: user for user in services.load_demo_people(password=PASSWORD)}
    assert services.load_demo_people(password="một mật khẩu khác") == list(people.values())
    assert people["canbo"].check_password(PASSWORD)
    assert can(people["canbo"], Permission.RECORD_CHANGE, "lc-health")
    assert can(people["lanhdao"], Permission.RECORD_DECIDE, "lc-dofa")
    assert not can(people["lanhdao"], Permission.RECORD_CHANGE, "lai-chau")
    assert can(people["kiemtra"], Permission.TRAIL_VIEW, "lc-union")
    assert not can(people["vanthu.yte"], Permission.RECORD_VIEW, "lc-dofa")
    assert not can(people["canbo.laocai"], Permission.RECORD_VIEW, "lai-chau")
    assert {row.office_id for row in queries.assignments_of(people["truongphong"])} == {"lc-dofa", "lc-union"}
    assert all(user.is_demo for user in people.values())
