from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from bonphuong.accounts import queries
from bonphuong.accounts.enums import Permission, ReportKind, Role, SettingKey
from bonphuong.accounts.models import Office
from tests.factories.accounts import (
    AssignmentFactory,
    DepartmentFactory,
    FocalAgencyFactory,
    OfficeFactory,
    OfficeSettingFactory,
    ReportsToFactory,
    officer_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    return OfficeFactory(code="lai-chau")


@pytest.fixture
def dofa(root):
    return DepartmentFactory(code="lc-dofa", belongs_to=root)


def test_subtree_and_book(root, dofa):
    DepartmentFactory(code="lc-post", belongs_to=DepartmentFactory(code="lc-guard", belongs_to=root))
    assert queries.office_subtree("lai-chau") == ["lai-chau", "lc-dofa", "lc-guard", "lc-post"]
    assert queries.office_subtree("lc-guard") == ["lc-guard", "lc-post"]
    assert queries.office_subtree("nowhere") == []
    assert queries.book_of("lc-post") == queries.book_of("lai-chau") == "lai-chau"
    with pytest.raises(Office.DoesNotExist):
        queries.book_of("nowhere")


def test_codes_and_books_of_owner_colleague_and_stranger(root, dofa):
    health = DepartmentFactory(code="lc-health", belongs_to=root)
    FocalAgencyFactory(office=dofa)
    owner, colleague, stranger = officer_of(dofa), officer_of(health, Role.CLERK), officer_of(OfficeFactory())
    assert queries.office_codes_for(owner, Permission.RECORD_VIEW) == {"lai-chau", "lc-dofa", "lc-health"}
    assert queries.office_codes_for(colleague, Permission.RECORD_VIEW) == {"lc-health"}
    assert queries.office_codes_for(colleague, Permission.RECORD_IMPORT) == set()
    assert not queries.office_codes_for(stranger, Permission.RECORD_VIEW) & {
        "lai-chau",
        "lc-dofa",
        "lc-health",
    }
    assert queries.office_codes_for(AnonymousUser(), Permission.RECORD_VIEW) == set()
    assert queries.books_of(colleague) == {"lai-chau"}
    assert queries.books_of(AnonymousUser()) == set()
    assert set(Office.objects.visible_to(colleague)) == {root, dofa, health}


def test_offices_by_code_takes_one_query(root, dofa, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert queries.offices_by_code({"lc-dofa", "nowhere"}) == {"lc-dofa": dofa}
    assert queries.offices_by_code() == {"lai-chau": root, "lc-dofa": dofa}


def test_the_focal_agency_is_a_role_with_dates(root, dofa):
    office = DepartmentFactory(code="lc-office", belongs_to=root)
    FocalAgencyFactory(office=dofa, valid_to=dt.date(2026, 6, 30))
    FocalAgencyFactory(office=office, valid_from=dt.date(2026, 7, 1))
    assert queries.focal_agency("lai-chau", dt.date(2026, 6, 30)) == dofa
    assert queries.focal_agency("lai-chau", dt.date(2026, 7, 1)) == office
    assert queries.focal_agency("lai-chau", dt.date(2019, 1, 1)) is None


def test_assignments_on_a_day(dofa):
    old = AssignmentFactory(office=dofa, valid_to=dt.date(2024, 12, 31))
    new = AssignmentFactory(user=old.user, office=dofa, role=Role.HEAD, valid_from=dt.date(2025, 1, 1))
    assert list(queries.assignments_of(old.user, dt.date(2024, 12, 31))) == [old]
    assert list(queries.assignments_of(old.user, dt.date(2025, 1, 1))) == [new]


def test_one_report_goes_to_several_masters(root, dofa):
    ministry, union = OfficeFactory(code="mofa"), OfficeFactory(code="vufo")
    ReportsToFactory(office=dofa, to_office=root)
    ReportsToFactory(office=dofa, to_office=ministry, report_kind=ReportKind.EXTERNAL_AFFAIRS)
    ReportsToFactory(office=dofa, to_office=union, report_kind=ReportKind.PEOPLE_DIPLOMACY)
    day = dt.date(2025, 1, 1)
    assert queries.report_receivers("lc-dofa", ReportKind.EXTERNAL_AFFAIRS, day) == [root, ministry]
    assert queries.report_receivers("lc-dofa", ReportKind.AID, day) == [root]
    assert queries.report_receivers("lc-dofa", ReportKind.AID, dt.date(2019, 1, 1)) == []


def test_a_setting_comes_from_the_nearest_office_that_states_it(root, dofa, django_assert_num_queries):
    key, day = SettingKey.ONE_IS_A_GROUP, dt.date(2025, 1, 1)
    assert queries.setting_on("lc-dofa", key, day) is False
    OfficeSettingFactory(office=root, key=key, value=True, valid_to=dt.date(2025, 6, 30))
    with django_assert_num_queries(2):
        assert queries.setting_on("lc-dofa", key, day) is True
    own = OfficeSettingFactory(office=dofa, key=key, value=False)
    assert queries.setting_on("lc-dofa", key, day) is False
    assert queries.setting_on("lai-chau", key, day) is True
    assert queries.setting_on("lai-chau", key, dt.date(2025, 7, 1)) is False
    assert queries.setting_row("lc-dofa", key, day) == own
    assert queries.setting_row("nowhere", key, day) is None
    assert queries.setting_on("nowhere", SettingKey.REPORT_CUTOFF) == "calendar"
