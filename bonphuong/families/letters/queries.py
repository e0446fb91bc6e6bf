"""Reads of letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from bonphuong.families.letters.enums import Kind
from bonphuong.kernel.errors import BadInput
from bonphuong.records.models import Record

if TYPE_CHECKING:
    import datetime as dt

    from bonphuong.accounts.models import User


def numbered(user: User, book: str, number: str, *, field: str = "answer_record") -> Record:
    """The record of that number in the book, as far as the person sees it. Raises BadInput under `field`."""
    wanted = number.strip()
    found = Record.objects.visible_to(user).live().filter(book=book, number__iexact=wanted).first()
    if found is None:
        raise BadInput({field: [_("No record has the number “%(number)s”.") % {"number": wanted[:40]}]})
    return found


def _open(kind: str) -> Q:
    return Q(
        letter__kind=kind,
        letter__needs_answer=True,
        letter__answered_on__isnull=True,
        letter__cancelled_on__isnull=True,
        letter__is_void=False,
        is_closed=False,
    )


def not_answered(today: dt.date) -> Q:
    """Letters received that wait for our answer."""
    del today
    return _open(Kind.INCOMING)


def answer_overdue(today: dt.date) -> Q:
    """Letters received whose answer is late."""
    return _open(Kind.INCOMING) & Q(letter__answer_due_on__lt=today)


def waiting_for_them(today: dt.date) -> Q:
    """Letters sent that the other side has not answered."""
    del today
    return _open(Kind.OUTGOING) & Q(letter__sent_on__isnull=False)
