"""People at the desk: an officer of the focal agency, somebody of another office, a stranger."""

# Fixtures are plain by their names; factories carry no types.
# mypy: disable-error-code="no-untyped-def,no-untyped-call"

import datetime as dt
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from bonphuong.accounts.enums import Role
from bonphuong.accounts.models import User
from bonphuong.families.delegations.services import create
from bonphuong.kernel import clock
from bonphuong.reports.services import build_draft, sign_edition
from tests.factories.accounts import (
    DepartmentFactory,
    FocalAgencyFactory,
    OfficeFactory,
    UserFactory,
    officer_of,
)
from tests.factories.delegations import finished, inbound
from tests.web.desk.asking import SIGNED_ON

DAY = dt.date(2025, 12, 18)
HERE = Path(__file__).parent
#: About pages that read by queries of their own: asked of the second database too. The others stand on what their
#: packages read and write, and the table of access asks every address there.
READING = {
    "test_calendar", "test_closing", "test_delegations", "test_doubles", "test_exports", "test_figure_views",
    "test_figures", "test_home", "test_indicators", "test_listing", "test_maps", "test_nation", "test_partners",
    "test_permissions", "test_records", "test_search", "test_speed", "test_trail", "test_views_kept",
}  # fmt: skip


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.parent == HERE and item.path.stem not in READING:
            item.add_marker(pytest.mark.any_database)


@pytest.fixture(autouse=True)
def _fixed_day():
    cache.clear()
    with clock.fixed(DAY):
        yield


@pytest.fixture
def people(loaded_province, db):
    """The people of the demonstration by their user names."""
    return {user.username: user for user in User.objects.all()}


@pytest.fixture
def province(db):
    return OfficeFactory(code="vi-du", name_vi="Ủy ban nhân dân tỉnh Ví Dụ")


@pytest.fixture
def agency(province):
    office = DepartmentFactory(code="so-ngoai-vu", belongs_to=province)
    FocalAgencyFactory(office=office, book=province)
    return office


@pytest.fixture
def officer(agency):
    return officer_of(agency)


@pytest.fixture
def head(agency):
    return officer_of(agency, Role.HEAD, full_name="Lò Văn Thử")


@pytest.fixture
def stranger(db):
    return UserFactory(full_name="Người Lạ")


@pytest.fixture
def at_desk():
    """A browser in which the person has signed in; nobody has when there is none."""

    def sit(user=None):
        client = Client()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sit


@pytest.fixture
def register(canbo):
    """One group of seven out and one of five in, within the report's November, entered before it was signed."""
    with clock.fixed(dt.date(2025, 11, 18)):
        out = create(finished(dt.date(2025, 10, 20), 7), office_code="lc-dofa", actor=canbo)
        create(inbound(dt.date(2025, 11, 3), 5), office_code="lc-dofa", actor=canbo)
    return out


@pytest.fixture
def draft(canbo, register):
    """November's report."""
    return build_draft(actor=canbo, office="lai-chau", code="monthly", period="2025-11")


@pytest.fixture
def signed(canbo, register):
    """November's report, signed on 20 November."""
    with clock.fixed(SIGNED_ON):
        edition = build_draft(actor=canbo, office="lai-chau", code="monthly", period="2025-11")
        head = User.objects.get(username="lanhdao")
        return sign_edition(actor=head, edition=edition, reason="Đủ hồ sơ", paper_number="338/BC-UBND")
