"""Emptying the test database between transactional tests, which the guards rightly refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bonphuong.trail import install

if TYPE_CHECKING:
    from collections.abc import Callable


def past_the_guards(execute_sql_flush: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap Django's flush: the guards come off, the tables are emptied, the guards go on again.

    Only the tests can do this, and only because they own the database; the product has no such switch.
    """

    def flush(operations: Any, sql_list: list[str]) -> None:
        install.uninstall(operations.connection)
        try:
            execute_sql_flush(operations, sql_list)
        finally:
            install.install(operations.connection)

    return flush
