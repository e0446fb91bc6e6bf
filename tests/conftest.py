"""What every test stands on: fresh catalogues, a fixed ground, and a way to empty append-only tables."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.utils import translation

from tests.factories import flush
from tests.loaded import Loaded, load_once
from tools import messages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker


def pytest_configure() -> None:
    """Compile the catalogues once (not in each worker) and let the flush of transactional tests through."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        messages.compile_all(messages.packages())
    flush.install()


def pytest_unconfigure() -> None:
    """Give Django its own flush back."""
    flush.uninstall()


def pytest_addoption(parser: pytest.Parser) -> None:
    """A second run, on another database, need not repeat what no database has a part in."""
    parser.addoption("--only-database", action="store_true", help="only tests that reach the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep, where asked, what reaches the database by its mark or by a fixture."""
    if not config.getoption("--only-database"):
        return
    kept = [item for item in items if _reaches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _reaches_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("any_database"):
        return False
    names = getattr(item, "fixturenames", ())
    return (
        item.get_closest_marker("django_db") is not None
        or "django_db_setup" in names
        or "postgres" in item.keywords
    )


def pytest_report_header() -> str:
    """Say in one line which database the run is on."""
    return f"database: {'PostgreSQL' if os.environ.get('BONPHUONG_TEST_DATABASE_URL') else 'SQLite'}"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The data directory of a loaded demonstration and what the loading said; only to be looked at."""
    return load_once(tmp_path_factory.getbasetemp())


@pytest.fixture(autouse=True)
def _vietnamese() -> Iterator[None]:
    # A test that switches the language must not hand it to the next one.
    with translation.override("vi"):
        yield


@pytest.fixture(autouse=True)
def _only_where_it_can_run(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")


@pytest.fixture(scope="module")
def shipped_procedures(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The shipped procedures, once for each file; each test works on a savepoint inside this transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        from bonphuong.procedures.services import load_procedures  # noqa: PLC0415 - apps are not ready earlier

        load_procedures()
        yield
        transaction.set_rollback(True)
