"""A province with its people, on a day in May 2025."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from bonphuong.accounts.models import User
from bonphuong.kernel import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def person(loaded_province: None, db: None) -> Iterator[Callable[[str], User]]:
    """Somebody of the demonstration by account."""
    with clock.fixed(dt.date(2025, 5, 12)):
        yield lambda name: User.objects.get(username=name)
