"""A province with its people, on a day in May 2025."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from bonphuong.accounts.models import User
from bonphuong.accounts.services import load_demo_offices, load_demo_people
from bonphuong.kernel import clock
from bonphuong.reference.services import load_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def person(db: None) -> Iterator[Callable[[str], User]]:
    """Somebody of the demonstration by account."""
    load_reference()
    load_demo_offices()
    load_demo_people(password="minhhoa-2026")
    with clock.fixed(dt.date(2025, 5, 12)):
        yield lambda name: User.objects.get(username=name)
