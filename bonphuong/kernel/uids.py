"""Identifiers that never collide, made in the order of time."""

from __future__ import annotations

from uuid import UUID

import uuid_utils


def new_uid() -> UUID:
    """A UUIDv7 as the standard library's type (Django and psycopg know no other)."""
    return UUID(int=uuid_utils.uuid7().int)
