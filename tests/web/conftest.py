"""The people of the demonstration at their desks, over a province that is loaded once for each file."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.test import Client

from bonphuong.accounts.models import User
from bonphuong.kernel import clock
from tests.families.conftest import load_province

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django.plugin import DjangoDbBlocker

DAY = dt.date(2025, 12, 18)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(scope="module")
def lai_chau(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Offices, people, partners and rules; each test works on a savepoint inside this transaction."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.fixed(DAY):
        load_province()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def today(lai_chau: None, db: None) -> Iterator[dt.date]:
    """The day of the pages."""
    with clock.fixed(DAY):
        yield DAY


@pytest.fixture
def sit(today: dt.date) -> Callable[[str], Client]:
    """A browser in which somebody of the demonstration has signed in; nobody for an empty name."""

    def at_desk(username: str, *, csrf: bool = False) -> Client:
        client = Client(enforce_csrf_checks=csrf)
        if username:
            client.force_login(User.objects.get(username=username), backend=BACKEND)
        return client

    return at_desk
