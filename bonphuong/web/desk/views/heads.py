"""The record that a page is about, whatever its family."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404

from bonphuong.records.models import Record
from bonphuong.records.queries import visible_record
from bonphuong.records.rules import check_can_change

if TYPE_CHECKING:
    from uuid import UUID

    from bonphuong.accounts.models import User


@dataclass(frozen=True)
class Head:
    """What pages about one act of a record need of it."""

    record: Record


def head_or_404(user: User, uid: UUID) -> Head:
    """A record that the person may see."""
    try:
        return Head(visible_record(user, uid))
    except Record.DoesNotExist:
        raise Http404 from None


def head_to_change(user: User, uid: UUID) -> Head:
    """A record that the person may change. Raises NotAllowed, said before anything is typed."""
    head = head_or_404(user, uid)
    check_can_change(user, head.record.office_code)
    return head
