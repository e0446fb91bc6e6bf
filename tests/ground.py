"""The province that most files stand on, loaded once for all of them that come one after another.

It lies in a transaction that stays open from file to file; what a file adds lies in a savepoint of its own, and what a
test adds in another. A file that stands on an empty database takes the ground away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django.plugin import DjangoDbBlocker


def settle() -> None:
    """Judge now what waits for the end of the transaction, which PostgreSQL would judge anew after every test."""
    connection.check_constraints()


class Ground:
    """What is loaded at the moment, if anything."""

    def __init__(self) -> None:
        self._held: transaction.Atomic | None = None
        self._blocker: DjangoDbBlocker | None = None

    def stand(self, load: Callable[[], None], blocker: DjangoDbBlocker) -> None:
        """Load, unless it lies there."""
        if self._held is not None:
            return
        with blocker.unblock():
            held = transaction.atomic()
            held.__enter__()
            self._held, self._blocker = held, blocker
            try:
                load()
                settle()
            except BaseException:
                self.leave()
                raise

    def leave(self) -> None:
        """Take it away, if it lies there."""
        held, self._held = self._held, None
        if held is None or self._blocker is None:
            return
        with self._blocker.unblock():
            transaction.set_rollback(True)
            held.__exit__(None, None, None)


GROUND = Ground()
