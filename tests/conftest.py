"""What every test stands on: fresh catalogues, a fixed ground, and a way to empty append-only tables."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.utils import translation

from tests.factories import flush
from tests.ground import GROUND, settle
from tests.loaded import Loaded, load_once
from tests.tables import note_migrations
from tools import messages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from pytest_django.plugin import DjangoDbBlocker

    from tests.ground import Ground

#: Files that take longest, which begin first: whatever begins last makes the other worker wait.
_FIRST = ("test_postgres_demonstration.py", "test_demonstration.py", "test_access.py")
#: The files whose tests stand on the loaded province.
_ON_GROUND: pytest.StashKey[set[Path]] = pytest.StashKey()


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
    """Note which files stand on the loaded province; keep, where asked, only what reaches the database."""
    config.stash[_ON_GROUND] = {item.path for item in items if "loaded_province" in _fixtures_of(item)}
    items.sort(key=lambda item: item.path.name not in _FIRST)
    if not config.getoption("--only-database"):
        return
    kept = _two_of_each([item for item in items if _reaches_database(item)])
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _two_of_each(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """The first and the last of cases that differ by their values only; all of those that ask for it."""
    tables: dict[str, list[pytest.Item]] = {}
    for item in items:
        tables.setdefault(item.nodeid.split("[")[0], []).append(item)
    chosen = {
        item
        for cases in tables.values()
        for item in (cases if cases[0].get_closest_marker("each_case") else (cases[0], cases[-1]))
    }
    return [item for item in items if item in chosen]


def _reaches_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("any_database"):
        return False
    names = _fixtures_of(item)
    return (
        item.get_closest_marker("django_db") is not None
        or "django_db_setup" in names
        or "postgres" in item.keywords
    )


def _fixtures_of(item: pytest.Item) -> Collection[str]:
    """The fixtures that a test asks for, itself or by another one."""
    names: Collection[str] = getattr(item, "fixturenames", ())
    return names


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Take the loaded province away before a file that does not stand on it."""
    if item.path not in item.config.stash[_ON_GROUND]:
        GROUND.leave()


def pytest_collection_finish() -> None:
    """Let no collection of garbage walk over what stays anyway: that took a tenth of the whole time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def pytest_report_header() -> str:
    """Say in one line which database the run is on."""
    return f"database: {'PostgreSQL' if os.environ.get('BONPHUONG_TEST_DATABASE_URL') else 'SQLite'}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Tables made from the models (`--no-migrations`) count as migrated."""
    with django_db_blocker.unblock():
        note_migrations()


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


@pytest.fixture(scope="session")
def _ground(django_db_setup: None) -> Iterator[Ground]:
    """What is loaded, taken away before the database is."""
    yield GROUND
    GROUND.leave()


@pytest.fixture(scope="module")
def loaded_province(_ground: Ground, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The province of the demonstration without records; what the file adds is taken back at its end."""
    from tests.families.conftest import load_province  # noqa: PLC0415 - apps are not ready earlier

    _ground.stand(load_province, django_db_blocker)
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def shipped_procedures(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The shipped procedures, once for each file; each test works on a savepoint inside this transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        from bonphuong.procedures.services import load_procedures  # noqa: PLC0415 - apps are not ready earlier

        load_procedures()
        settle()
        yield
        transaction.set_rollback(True)
