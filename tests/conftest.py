"""What every test stands on: fresh catalogues, a fixed ground, and a way to empty append-only tables."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils import translation

from tests.factories import flush
from tools import messages

if TYPE_CHECKING:
    from collections.abc import Iterator


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues once (not in each worker) and let the flush of transactional tests through."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        messages.compile_all(messages.packages())
    config.stash[_FLUSH] = BaseDatabaseOperations.execute_sql_flush
    BaseDatabaseOperations.execute_sql_flush = flush.past_the_guards(  # type: ignore[method-assign]
        BaseDatabaseOperations.execute_sql_flush
    )


def pytest_unconfigure(config: pytest.Config) -> None:
    """Give Django its own flush back."""
    BaseDatabaseOperations.execute_sql_flush = config.stash[_FLUSH]  # type: ignore[method-assign]


_FLUSH = pytest.StashKey[Any]()


def pytest_report_header() -> str:
    """Say in one line which database the run is on."""
    return f"database: {'PostgreSQL' if os.environ.get('BONPHUONG_TEST_DATABASE_URL') else 'SQLite'}"


@pytest.fixture(autouse=True)
def _vietnamese() -> Iterator[None]:
    # A test that switches the language must not hand it to the next one.
    with translation.override("vi"):
        yield


@pytest.fixture(autouse=True)
def _only_where_it_can_run(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
