"""What agreements tell of a partner: how long they hold, and which of them run out soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.families.agreements.models import Agreement
from bonphuong.families.agreements.queries import SOON
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.languages import reader_language
from bonphuong.kit.queries import rows_that_stand
from bonphuong.records.pieces import Dossier, Matter, Shelf, Term, TermState

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from uuid import UUID

_RULE = gettext_lazy("agreements that run out within six months, or have run out and are still applied")


def terms_of(uids: Sequence[UUID], today: dt.date, /) -> list[Term]:
    """Of each agreement the days on which it holds."""
    return [
        Term(
            record=row.pk,
            since=row.effective_on or row.signed_on,
            until=row.ended_on or row.expires_on,
            is_open=row.has_no_end,
            state=_state(row, today),
            under=row.our_side,
        )
        for row in rows_that_stand(Agreement, uids)
    ]


def _state(row: Agreement, today: dt.date) -> TermState:
    if row.ended_on is not None and row.ended_on <= today:
        return TermState.ENDED
    since = row.effective_on or row.signed_on
    if since is None:
        return TermState.UNCLEAR if row.is_in_force or row.inherited_on else TermState.AHEAD
    if since > today:
        return TermState.AHEAD
    return TermState.RUNNING if row.has_no_end or row.expires_on else TermState.UNCLEAR


def matters_of(uids: Sequence[UUID], today: dt.date, /) -> list[Matter]:
    """Agreements whose end is near or past: renew them, or let them end."""
    rows = rows_that_stand(Agreement, uids).filter(
        ended_on__isnull=True, effective_on__isnull=False, expires_on__lte=today + SOON
    )
    return [
        Matter(
            row.pk,
            _RULE,
            _("%(title)s: %(day)s is the last day. Renew it or let it end?")
            % {"title": row.record.title, "day": format_date(row.expires_on, reader_language())},
            row.expires_on,
        )
        for row in rows
        if row.expires_on is not None
    ]


DOSSIER = Dossier(shelf=Shelf.AGREEMENTS, terms=terms_of, matters=matters_of)
