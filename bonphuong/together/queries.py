"""Reads: what a person began, who else has a page open, how far the lesson is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.kernel.crypto import Unreadable
from bonphuong.together.models import BegunForm, FirstLesson, Presence

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User


@dataclass(frozen=True)
class Typed:
    """What was typed into a form: the title of its page, and names with their values in their order."""

    title: str
    fields: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Company:
    """Somebody else who has a page open; `is_writing` where it is a form."""

    name: str
    place: str
    is_writing: bool
    seen_at: dt.datetime


def begun_forms(user: User | AnonymousUser) -> list[BegunForm]:
    """One's begun forms, the newest first."""
    return list(BegunForm.objects.visible_to(user))


def begun_form(user: User | AnonymousUser, address: str, form: str = "") -> BegunForm | None:
    """What one began at an address, in the form of that name."""
    found = BegunForm.objects.visible_to(user).filter(address=address)
    return (found.filter(form=form) if form else found).first()


def typed_in(row: BegunForm) -> Typed | None:
    """What was typed; None where the key to it is gone."""
    try:
        content = json.loads(row.content)
    except (Unreadable, ValueError):
        return None
    return Typed(content.get("title", ""), [(name, value) for name, value in content.get("fields", [])])


def company(user: User | AnonymousUser, about: UUID) -> list[Company]:
    """Others who have a page of `about` open now, each once, whoever writes first.

    Only for somebody who was found to see `about`: the caller asks that before.
    """
    rows = (
        Presence.objects.visible_to(user)
        .at(about)
        .exclude(user=user.pk)
        .select_related("user")
        .order_by("-is_writing", "-seen_at")
    )
    found: dict[object, Company] = {}
    for row in rows:
        found.setdefault(row.user_id, Company(str(row.user), row.place, row.is_writing, row.seen_at))
    return list(found.values())


def lesson_of(user: User | AnonymousUser) -> FirstLesson | None:
    """How far one is with the first lesson; None where nothing was chosen yet."""
    return FirstLesson.objects.filter(user=user.pk).first()
