from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from bonphuong.accounts.enums import Permission, Role
from bonphuong.accounts.rules import MATRIX, can, can_manage
from tests.factories.accounts import (
    AssignmentFactory,
    DepartmentFactory,
    FocalAgencyFactory,
    OfficeFactory,
    UserFactory,
    officer_of,
)

pytestmark = pytest.mark.django_db


def test_permissions_and_roles_stand_in_the_order_of_the_alphabet():
    for choices in (Permission, Role):
        assert list(choices.names) == sorted(choices.names)
        assert list(choices.values) == sorted(choices.values)


def test_every_role_has_a_row_and_every_permission_a_holder():
    assert set(MATRIX) == set(Role)
    assert frozenset().union(*MATRIX.values()) == set(Permission)


@pytest.mark.parametrize(
    ("permission", "holders"),
    [
        (Permission.PERIOD_CLOSE, {Role.HEAD}),
        (Permission.PERSONAL_TRIP_VIEW, {Role.HEAD, Role.LEADER, Role.OFFICER}),
        (Permission.RECORD_ADD, {Role.CLERK, Role.HEAD, Role.OFFICER}),
        (Permission.RECORD_DECIDE, {Role.HEAD, Role.LEADER}),
        (Permission.REPORT_SIGN, {Role.HEAD, Role.LEADER}),
        (Permission.RESTRICTED_READ, {Role.HEAD, Role.OFFICER}),
        (Permission.TRAIL_VIEW, {Role.ADMIN, Role.AUDITOR, Role.HEAD, Role.LEADER, Role.OFFICER}),
        (Permission.USER_MANAGE, {Role.ADMIN}),
    ],
)
def test_who_holds_what_is_sensitive(permission, holders):
    assert {role for role in Role if permission in MATRIX[role]} == holders


def test_auditor_changes_nothing():
    assert MATRIX[Role.AUDITOR] == {
        Permission.FIGURE_VIEW,
        Permission.LEDGER_CHECK,
        Permission.PAPER_VIEW,
        Permission.PARTY_VIEW,
        Permission.RECORD_VIEW,
        Permission.REPORT_VIEW,
        Permission.TRAIL_VIEW,
    }


def test_an_officer_works_in_their_own_office_only():
    office, other = DepartmentFactory(), DepartmentFactory()
    user = officer_of(office)
    assert can(user, Permission.RECORD_ADD)
    assert can(user, Permission.RECORD_ADD, office.code)
    assert not can(user, Permission.RECORD_ADD, other.code)
    assert not can(user, Permission.RECORD_ADD, "no-such-office")
    assert not can(user, Permission.RECORD_ADD, "")
    assert not can(user, Permission.RECORD_DECIDE)


def test_a_role_reaches_down_and_not_up():
    root = OfficeFactory()
    department = DepartmentFactory(belongs_to=root)
    post = DepartmentFactory(belongs_to=department)
    user = officer_of(department)
    assert can(user, Permission.RECORD_VIEW, post.code)
    assert not can(user, Permission.RECORD_VIEW, root.code)


def test_the_focal_agency_works_in_the_whole_book_and_in_no_other():
    root, stranger = OfficeFactory(), OfficeFactory()
    focal = FocalAgencyFactory(office=DepartmentFactory(belongs_to=root)).office
    health = DepartmentFactory(belongs_to=root)
    user = officer_of(focal)
    assert user.access().codes_for(Permission.RECORD_CHANGE) == {root.code, focal.code, health.code}
    assert not can(user, Permission.RECORD_CHANGE, stranger.code)


def test_leader_and_auditor_of_the_root_see_the_whole_book_and_change_nothing():
    root = OfficeFactory()
    department = DepartmentFactory(belongs_to=root)
    for role in (Role.LEADER, Role.AUDITOR):
        user = officer_of(root, role)
        assert can(user, Permission.RECORD_VIEW, department.code)
        assert not can(user, Permission.RECORD_CHANGE, department.code)


def test_a_code_that_begins_like_another_is_another_office():
    root = OfficeFactory(code="lao")
    OfficeFactory(code="lao-cai")
    assert officer_of(root).access().codes_for(Permission.RECORD_VIEW) == {"lao"}


def test_two_hats_add_up_and_each_stays_in_its_office():
    department, union = DepartmentFactory(), DepartmentFactory()
    user = officer_of(department, Role.LEADER)
    AssignmentFactory(user=user, office=union, role=Role.CLERK)
    assert can(user, Permission.RECORD_DECIDE, department.code)
    assert not can(user, Permission.RECORD_DECIDE, union.code)
    assert can(user, Permission.RECORD_ADD, union.code)
    assert not can(user, Permission.RECORD_ADD, department.code)
    assert user.access().roles == {Role.LEADER, Role.CLERK}


def test_nobody_without_a_live_account_may_do_anything():
    assert not can(AnonymousUser(), Permission.RECORD_VIEW)
    assert not can(UserFactory(), Permission.RECORD_VIEW)
    closed = officer_of(DepartmentFactory())
    closed.is_active = False
    closed.forget_access()
    assert not can(closed, Permission.RECORD_VIEW)


def test_a_manager_manages_people_of_their_own_offices_alone():
    root, stranger = OfficeFactory(), OfficeFactory()
    admin = officer_of(root, Role.ADMIN)
    assert can_manage(admin, {root.code})
    assert can_manage(admin, set())
    assert not can_manage(admin, {root.code, stranger.code})
    assert not can_manage(officer_of(root), set())
