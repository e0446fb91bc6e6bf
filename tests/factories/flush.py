"""Emptying the test database between transactional tests, which the guards rightly refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.backends.base.operations import BaseDatabaseOperations

from bonphuong.trail import install as guards

if TYPE_CHECKING:
    from collections.abc import Callable

_PLAIN = BaseDatabaseOperations.execute_sql_flush


def past_the_guards(execute_sql_flush: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap Django's flush: the guards come off, the tables are emptied, the guards go on again.

    Only the tests can do this, and only because they own the database; the product has no such switch.
    """

    def flush(operations: Any, sql_list: list[str]) -> None:
        guards.uninstall(operations.connection)
        try:
            execute_sql_flush(operations, sql_list)
        finally:
            guards.install(operations.connection)

    return flush


def install() -> None:
    """Let Django's flush through from now on."""
    BaseDatabaseOperations.execute_sql_flush = past_the_guards(_PLAIN)  # type: ignore[method-assign]


def uninstall() -> None:
    """Give Django its own flush back."""
    BaseDatabaseOperations.execute_sql_flush = _PLAIN  # type: ignore[method-assign]
