from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from bonphuong.accounts.models import Assignment, FocalAgency, Office, OfficeSetting, ReportsTo, User
from bonphuong.kernel import clock
from bonphuong.trail.acting import acting
from tests.factories.accounts import (
    AssignmentFactory,
    DepartmentFactory,
    FocalAgencyFactory,
    OfficeFactory,
    OfficeSettingFactory,
    ReportsToFactory,
    UserFactory,
    officer_of,
)

pytestmark = pytest.mark.django_db


def test_a_user_is_made_with_a_hashed_password_and_can_log_in(rf):
    with acting(actor=None, verb="system.test"):
        user = User.objects.create_user("CanBo.Moi", "rừng vàng biển bạc", full_name="Nguyễn Văn Thử")
    assert user.username == "canbo.moi"
    assert user.password != "rừng vàng biển bạc"
    assert authenticate(rf.post("/"), username="canbo.moi", password="rừng vàng biển bạc") == user
    assert str(user) == user.get_full_name() == "Nguyễn Văn Thử"
    assert str(User(username="vo.danh")) == "vo.danh"


def test_a_login_writes_no_row(client):
    user = UserFactory()
    client.force_login(user)
    assert not any(field.name == "last_login" for field in User._meta.fields)


@pytest.mark.parametrize("username", ["Cán Bộ", "a b", ".a", "a..b", ""])
def test_a_username_is_plain(username):
    with pytest.raises(ValidationError):
        User(username=username, full_name="X", password="x").full_clean()


def test_access_is_read_once_in_three_queries(django_assert_num_queries):
    root = OfficeFactory()
    focal = FocalAgencyFactory(office=DepartmentFactory(belongs_to=root)).office
    DepartmentFactory.create_batch(3, belongs_to=root)
    user = officer_of(focal)
    with django_assert_num_queries(3):
        user.access()
        user.access()


def test_access_of_a_person_without_roles_costs_one_query(django_assert_num_queries):
    user = UserFactory()
    with django_assert_num_queries(1):
        assert user.access().holdings == ()


def test_a_role_holds_from_its_first_day_to_its_last():
    row = AssignmentFactory(valid_from=dt.date(2025, 3, 1), valid_to=dt.date(2025, 3, 31))
    held = {}
    for day in (dt.date(2025, 2, 28), dt.date(2025, 3, 1), dt.date(2025, 3, 31), dt.date(2025, 4, 1)):
        with clock.fixed(day):
            held[day.day, day.month] = bool(row.user.access().holdings)
    assert held == {(28, 2): False, (1, 3): True, (31, 3): True, (1, 4): False}


def test_a_focal_agency_of_yesterday_is_an_office_like_others_today():
    root = OfficeFactory()
    old, new = DepartmentFactory(belongs_to=root), DepartmentFactory(belongs_to=root)
    FocalAgencyFactory(office=old, valid_to=dt.date(2025, 6, 30))
    FocalAgencyFactory(office=new, valid_from=dt.date(2025, 7, 1))
    of_old, of_new = officer_of(old), officer_of(new)
    with clock.fixed(dt.date(2025, 7, 1)):
        assert of_old.access().holdings[0].codes == {old.code}
        assert of_new.access().holdings[0].codes == {root.code, old.code, new.code}


def test_the_database_refuses_a_path_that_does_not_follow_the_chain():
    root = OfficeFactory(code="tinh-a")
    for belongs_to, path in ((None, "tinh-a/so-x/"), (root, "so-x/"), (root, "tinh-a/so-y/")):
        with pytest.raises(IntegrityError), transaction.atomic():
            DepartmentFactory(code="so-x", belongs_to=belongs_to, path=path)


@pytest.mark.parametrize(
    "factory", [AssignmentFactory, FocalAgencyFactory, OfficeSettingFactory, ReportsToFactory]
)
def test_the_database_refuses_an_end_before_the_beginning(factory):
    with pytest.raises(IntegrityError), transaction.atomic():
        factory(valid_from=dt.date(2025, 2, 1), valid_to=dt.date(2025, 1, 1))


def test_an_office_does_not_report_to_itself():
    office = OfficeFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportsToFactory(office=office, to_office=office)


def test_names_in_two_languages():
    office = DepartmentFactory(belongs_to=OfficeFactory(code="tinh-a"), code="so-a")
    assert (office.name(), office.name("en")) == (office.name_vi, office.name_en)
    assert (str(office), office.book) == (office.name_vi, "tinh-a")
    row = AssignmentFactory(office=office)
    assert (row.title(), row.title("en")) == ("Chuyên viên", "Officer")
    assert str(row) == f"{row.user_id} · officer · so-a"
    assert str(FocalAgencyFactory(office=office)) == "tinh-a: so-a"
    assert str(ReportsToFactory(office=office, to_office=office.belongs_to)) == "so-a → tinh-a (all)"
    assert str(OfficeSettingFactory(office=office)) == "so-a: delegation.one_is_a_group = True"


def test_owner_and_colleague_see_the_book_and_a_stranger_sees_nothing_of_it():
    office = DepartmentFactory()
    FocalAgencyFactory(office=office)
    setting, tie = OfficeSettingFactory(office=office), ReportsToFactory(office=office)
    owner = officer_of(office)
    colleague = officer_of(DepartmentFactory(belongs_to=office.belongs_to))
    stranger = officer_of(DepartmentFactory())
    for person in (owner, colleague):
        assert set(Office.objects.visible_to(person)) >= {office, office.belongs_to}
        assert list(OfficeSetting.objects.visible_to(person)) == [setting]
        assert list(ReportsTo.objects.visible_to(person)) == [tie]
        assert FocalAgency.objects.visible_to(person).count() == 1
        assert Assignment.objects.visible_to(person).count() == 2
        assert set(User.objects.visible_to(person)) == {owner, colleague}
    for person in (stranger, UserFactory(), AnonymousUser()):
        assert not Office.objects.visible_to(person).filter(pk=office.pk).exists()
        assert not OfficeSetting.objects.visible_to(person).exists()
        assert not Assignment.objects.visible_to(person).filter(office=office).exists()
        assert owner not in User.objects.visible_to(person)
    assert list(User.objects.visible_to(stranger)) == [stranger]
