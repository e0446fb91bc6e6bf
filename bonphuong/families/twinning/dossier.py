"""What twinned pairs tell of a partner: since when they are twinned, and which should be looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.families.twinning.enums import Standing
from bonphuong.families.twinning.models import Pair
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.languages import reader_language
from bonphuong.kit.queries import rows_that_stand
from bonphuong.records.pieces import Dossier, Matter, Shelf, Term, TermState
from bonphuong.records.pieces import Standing as Lasting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from uuid import UUID

_RULE = gettext_lazy("twinned pairs whose review is due")


def terms_of(uids: Sequence[UUID], today: dt.date, /) -> list[Term]:
    """Of each pair the days on which it is twinned."""
    return [
        Term(
            record=row.pk,
            since=row.since,
            until=row.ended_on or row.expires_on,
            is_open=row.ended_on is None and row.expires_on is None,
            state=_state(row, today),
            under=row.ours_text,
        )
        for row in rows_that_stand(Pair, uids)
    ]


def _state(row: Pair, today: dt.date) -> TermState:
    if row.ended_on is not None and row.ended_on <= today:
        return TermState.ENDED
    if row.since is None or row.since > today:
        return TermState.AHEAD
    return TermState.RUNNING


def standings_of(uids: Sequence[UUID], _today: dt.date, /) -> list[Lasting]:
    """The pairs that are twinned now."""
    rows = rows_that_stand(Pair, uids).filter(standing__in=(Standing.ACTIVE, Standing.PAUSED))
    return [Lasting(row.pk, f"{row.get_level_display()}, {row.get_standing_display()}") for row in rows]


def matters_of(uids: Sequence[UUID], today: dt.date, /) -> list[Matter]:
    """Pairs that should have been reviewed together by now."""
    rows = rows_that_stand(Pair, uids).filter(standing=Standing.ACTIVE, next_review_on__lt=today)
    return [
        Matter(
            row.pk,
            _RULE,
            _("Review %(title)s together: due since %(day)s.")
            % {"title": row.record.title, "day": format_date(row.next_review_on, reader_language())},
            row.next_review_on,
        )
        for row in rows
        if row.next_review_on is not None
    ]


DOSSIER = Dossier(shelf=Shelf.AGREEMENTS, terms=terms_of, standings=standings_of, matters=matters_of)
