"""What letters tell of a partner: they stand with the greetings, and those unanswered are to be raised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.families.letters.models import Letter
from bonphuong.kit.queries import rows_that_stand
from bonphuong.records.pieces import Dossier, Matter, Shelf

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from uuid import UUID

_RULE = gettext_lazy("letters that wait for an answer")


def matters_of(uids: Sequence[UUID], _today: dt.date, /) -> list[Matter]:
    """Letters either way to which an answer is expected and has not come."""
    rows = rows_that_stand(Letter, uids).filter(needs_answer=True, answered_on__isnull=True)
    rows = rows.exclude(received_on__isnull=True, sent_on__isnull=True)
    return [
        Matter(row.pk, _RULE, _("%(title)s: not answered yet.") % {"title": row.record.title}, _day(row))
        for row in rows
    ]


def _day(row: Letter) -> dt.date | None:
    return row.answer_due_on or row.received_on or row.sent_on


DOSSIER = Dossier(shelf=Shelf.COURTESY, matters=matters_of)
