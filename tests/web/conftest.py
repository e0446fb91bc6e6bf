"""The people of the demonstration at their desks, over the loaded province."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from bonphuong.accounts.models import User
from bonphuong.kernel import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DAY = dt.date(2025, 12, 18)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(scope="module")
def lai_chau(loaded_province: None) -> Iterator[None]:
    """Offices, people, partners and rules on the day of the pages; each test works on a savepoint over it."""
    with clock.fixed(DAY):
        yield


@pytest.fixture
def today(lai_chau: None, db: None) -> Iterator[dt.date]:
    """The day of the pages."""
    with clock.fixed(DAY):
        yield DAY


@pytest.fixture
def canbo(today: dt.date) -> User:
    """The officer of the focal agency."""
    return User.objects.get(username="canbo")


@pytest.fixture
def sit(today: dt.date) -> Callable[[str], Client]:
    """A browser in which somebody of the demonstration has signed in; nobody for an empty name."""

    def at_desk(username: str, *, csrf: bool = False) -> Client:
        client = Client(enforce_csrf_checks=csrf)
        if username:
            client.force_login(User.objects.get(username=username), backend=BACKEND)
        return client

    return at_desk
