"""The province of the demonstration, its officer, and today in January 2026."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.accounts.models import User
from bonphuong.kernel import clock
from tests.families.conftest import officer, province

__all__ = ["clerk", "january", "officer", "province", "stranger"]


@pytest.fixture(autouse=True)
def january():
    with clock.fixed(dt.date(2026, 1, 10)):
        yield


@pytest.fixture
def stranger(db) -> User:
    """An officer of another province."""
    return User.objects.get(username="canbo.laocai")


@pytest.fixture
def clerk(db) -> User:
    """A clerk of a department, who may add a request but load no sheet."""
    return User.objects.get(username="vanthu.yte")
