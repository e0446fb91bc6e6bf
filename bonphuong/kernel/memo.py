"""What one request has read already. Outside of a request nothing is kept, and every act forgets it all."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

T = TypeVar("T")

_kept: ContextVar[dict[Hashable, object] | None] = ContextVar("kept_in_request", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Keep, until the block ends, what `remembered` reads inside it."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def remembered(key: Hashable, read: Callable[[], T]) -> T:
    """What `read` gives, read once in a request. The key names the reader and all that its answer follows from."""
    kept = _kept.get()
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    return cast("T", kept[key])


def forget() -> None:
    """Drop what was read: something is about to change, or has."""
    kept = _kept.get()
    if kept is not None:
        kept.clear()
