"""People at the desk: an officer of the focal agency, somebody of another office, a stranger."""

# Fixtures are plain by their names; factories carry no types.
# mypy: disable-error-code="no-untyped-def,no-untyped-call"

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client

from bonphuong.accounts.enums import Role
from bonphuong.accounts.models import User
from bonphuong.kernel import clock
from tests.factories.accounts import (
    DepartmentFactory,
    FocalAgencyFactory,
    OfficeFactory,
    UserFactory,
    officer_of,
)

DAY = dt.date(2025, 12, 18)


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
