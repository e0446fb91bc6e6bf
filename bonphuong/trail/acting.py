"""`acting(…)`: the only door through which rows may change."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol

from django.db import connection, transaction

from bonphuong.kernel import memo
from bonphuong.trail.models import Action

if TYPE_CHECKING:
    from collections.abc import Iterator


class Actor(Protocol):
    """What the trail needs to know of a person."""

    @property
    def pk(self) -> object: ...

    def get_full_name(self) -> str: ...


#: The lock of PostgreSQL that every act shares and a seal takes alone: "bptrail" in ASCII.
UNDER_WAY = 0x62707472_61696C

_open_action: ContextVar[Action | None] = ContextVar("open_action", default=None)
# Its key beside it: the triggers of SQLite ask for it twice for every row that is written.
# Emptied at the end: a thread or a task that took a copy of the context along must not write under a dead act.
_open_key: ContextVar[list[int]] = ContextVar("open_key")
_request_id: ContextVar[str] = ContextVar("request_id", default="")
_erasing: ContextVar[bool] = ContextVar("erasing", default=False)


def current_action() -> Action | None:
    """The action that is open here, if any."""
    return _open_action.get()


def current_action_id() -> int | None:
    """Read by the triggers of SQLite for each row that changes."""
    key = _open_key.get(None)
    return key[0] if key else None


def is_erasing() -> bool:
    """True only inside an erasure."""
    return _erasing.get()


@contextmanager
def acting(
    *,
    actor: Actor | None,
    verb: str,
    reason: str = "",
    office: str = "",
    obj: object = None,
    request_id: str = "",
) -> Iterator[Action]:
    """Open a transaction and an action; the database records every row that changes inside under it.

    Nested use joins the action that is already open, so that one act of a person is one entry. `actor` is None
    only for the system's own work, whose verbs begin with "system.". Raises ValueError otherwise.
    """
    outer = _open_action.get()
    if outer is not None:
        with transaction.atomic():
            yield outer
        return
    if actor is None and not verb.startswith("system."):
        raise ValueError(f"{verb} needs an actor")
    memo.forget()
    with transaction.atomic():
        action = Action.objects.create(
            verb=verb,
            actor_id="" if actor is None else str(actor.pk),
            actor_name="" if actor is None else actor.get_full_name(),
            office=office,
            reason=reason[:500],
            request_id=request_id or _request_id.get(),
            object_uid="" if obj is None else str(getattr(obj, "pk", obj))[:80],
            object_text="" if obj is None else str(obj)[:300],
        )
        key = [action.pk]
        token, key_token = _open_action.set(action), _open_key.set(key)
        _tell_database("bonphuong.action", str(action.pk), begins=True)
        try:
            yield action
            _tell_database("bonphuong.action", "")
        finally:
            key.clear()
            _open_action.reset(token)
            _open_key.reset(key_token)
            memo.forget()


@contextmanager
def within_request(request_id: str) -> Iterator[None]:
    """Every action opened inside the block is known by this request, so that one click can be followed."""
    token = _request_id.set(request_id)
    try:
        yield
    finally:
        _request_id.reset(token)


@contextmanager
def erasing() -> Iterator[None]:
    """Let the payloads of changes be removed inside the block. For `trail.services.erase_payloads` alone."""
    token = _erasing.set(True)
    _tell_database("bonphuong.erasing", "on")
    try:
        yield
        _tell_database("bonphuong.erasing", "")
    finally:
        _erasing.reset(token)


def _tell_database(name: str, value: str, *, begins: bool = False) -> None:
    # SQLite asks Python for it (see install.py); PostgreSQL keeps it for this transaction only.
    if connection.vendor == "postgresql":
        under_way = f", pg_advisory_xact_lock_shared({UNDER_WAY})" if begins else ""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT set_config(%s, %s, true){under_way}", [name, value])


def wait_for_acts_under_way() -> None:
    """Return when every act that began before has ended; new ones wait until this transaction is over.

    SQLite has one writer at a time and needs no waiting.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock({UNDER_WAY})")
