"""The shipped data, loaded once for each file of tests and taken back afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from bonphuong.reference.services import load_reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture(scope="module")
def shipped(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, int]]:
    """What `load_reference` wrote; each test works on a savepoint inside this transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_reference()
        transaction.set_rollback(True)
