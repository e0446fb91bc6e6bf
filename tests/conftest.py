"""What every test stands on: fresh catalogues, a fixed ground, and a way to empty append-only tables."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.utils import translation

from tests.factories import flush
from tools import messages

if TYPE_CHECKING:
    from collections.abc import Iterator


def pytest_configure() -> None:
    """Compile the catalogues once (not in each worker) and let the flush of transactional tests through."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        messages.compile_all(messages.packages())
    flush.install()


def pytest_unconfigure() -> None:
    """Give Django its own flush back."""
    flush.uninstall()


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
