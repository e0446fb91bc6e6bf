"""Kinds of guards that the database itself holds over a table, and the verbs of the trail."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrOrPromise


class Guard(StrEnum):
    """What the database refuses or records for a table. A model names its own as `guard = Guard.…`."""

    TRACKED = "tracked"  # every change is recorded; a write without an open action is refused
    APPEND_ONLY = "append_only"  # rows are added and never changed, removed or replaced
    HEAD = "head"  # rows are added and changed, never removed
    ERASABLE = "erasable"  # rows are added; only an erasure may remove them
    NONE = "none"  # the model says why in `guard_reason`


class Operation(models.TextChoices):
    """What happened to a row."""

    INSERT = "I", _("added")
    UPDATE = "U", _("changed")
    DELETE = "D", _("removed")


_VERBS: dict[str, _StrOrPromise] = {
    "ledger.book.check": _("checked the whole ledger"),
    "system.ledger.check": _("checked the whole ledger"),
    "trail.payload.erase": _("erased earlier values"),
}


def register_verbs(labels: Mapping[str, _StrOrPromise]) -> None:
    """Give typed tags (`app.thing.verb`) the words that people read. Tags are for ever; words may change."""
    _VERBS.update(labels)


def verb_label(tag: str) -> _StrOrPromise:
    """The words for a tag, or the tag itself where none were registered."""
    return _VERBS.get(tag, tag)


def registered_verbs() -> Mapping[str, _StrOrPromise]:
    """All tags that have words."""
    return dict(_VERBS)
