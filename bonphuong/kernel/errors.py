"""Errors that are shown to people. Each carries a plain message that says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class ProductError(Exception):
    """Base of every error with a message fit for a person; `code` is stable, for programs."""

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class NotAllowed(ProductError):
    """The person may not do this, here or now."""

    code = "not_allowed"


class Conflict(ProductError):
    """Somebody else changed the same thing since it was read."""

    code = "conflict"


class BadInput(ProductError):
    """What was given cannot be taken; `errors` names each field ("" for the whole) and what is wrong."""

    code = "bad_input"

    def __init__(self, errors: Mapping[str, Sequence[str]], message: str = "") -> None:
        self.errors = {field: list(messages) for field, messages in errors.items()}
        first = next((m for messages in self.errors.values() for m in messages), "")
        super().__init__(message or first)


class BadValue(ProductError, ValueError):
    """One value that cannot be understood (a date, a number, a period); also a ValueError for plain code."""

    code = "bad_value"
