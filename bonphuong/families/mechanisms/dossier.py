"""What mechanisms tell of a partner: which run, whom we met there, which points wait for the next meeting."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bonphuong.families.mechanisms.enums import AHEAD, Kind, ProtocolSort, Role, Side
from bonphuong.families.mechanisms.models import AgendaItem, Mechanism, Participant, ProtocolItem
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.languages import reader_language
from bonphuong.kit.queries import rows_that_stand
from bonphuong.records.enums import LinkKind
from bonphuong.records.models import RecordLink
from bonphuong.records.pieces import Dossier, Matter, Met, Note, Standing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from uuid import UUID

_AGENDA = gettext_lazy("points on the agendas of meetings that are being prepared")
_NEXT = gettext_lazy("mechanisms whose next meeting is due within half a year")
_SOON_DAYS = 183


def met_at(uids: Sequence[UUID], _today: dt.date, /) -> list[Met]:
    """Heads and participants of the other side at meetings that were held."""
    rows = list(
        Mechanism.objects.filter(pk__in=uids, is_void=False, held_on__isnull=False).exclude(is_domestic=True)
    )
    days = {row.pk: row.held_on for row in rows}
    found = [
        Met(row.pk, row.held_on, row.their_head, post_then=row.their_head_post, is_head=True)
        for row in rows
        if row.their_head
    ]
    heads = {(one.record, one.full_name) for one in found}
    people = Participant.objects.filter(row__in=list(days), side=Side.THEIRS)
    found += [
        Met(
            one.row_id,
            days[one.row_id],
            one.full_name,
            post_then=one.post_then,
            body=one.unit_then,
            is_head=one.role == Role.HEAD,
        )
        for one in people
        if (one.row_id, one.full_name) not in heads
    ]
    return found


def standings_of(uids: Sequence[UUID], _today: dt.date, /) -> list[Standing]:
    """Mechanisms that have not ended, each with how often it met."""
    rows = list(rows_that_stand(Mechanism, uids).filter(kind=Kind.MECHANISM, ended_on__isnull=True))
    parts = RecordLink.objects.filter(to_record__in=[row.pk for row in rows], kind=LinkKind.PART_OF)
    held = parts.filter(
        from_record__mechanism__held_on__isnull=False,
        from_record__mechanism__is_void=False,
        from_record__duplicate_of__isnull=True,
    )
    times = Counter(held.values_list("to_record", flat=True))
    return [Standing(row.pk, _lasting(row, times[row.pk])) for row in rows]


def _lasting(row: Mechanism, times: int) -> str:
    met = ngettext("%(n)s meeting", "%(n)s meetings", times) % {"n": times} if times else ""
    since = _("since %(year)s") % {"year": row.founded_on.year} if row.founded_on else ""
    often = row.get_frequency_display() if row.frequency else ""
    return ", ".join(part for part in (often, met, since) if part)


def matters_of(uids: Sequence[UUID], today: dt.date, /) -> list[Matter]:
    """Points without outcome of meetings ahead, and mechanisms whose next meeting is near."""
    rows = rows_that_stand(Mechanism, uids)
    ahead = rows.filter(kind=Kind.MEETING, held_on__isnull=True, record__state__in=AHEAD)
    points = AgendaItem.objects.filter(row__in=ahead, outcome="").select_related("row__record")
    found = [
        Matter(
            point.row_id,
            _AGENDA,
            _("%(point)s (agenda of %(meeting)s)")
            % {"point": point.topic.rstrip("."), "meeting": point.row.record.title},
            point.row.planned_on,
        )
        for point in points
    ]
    until = today.fromordinal(today.toordinal() + _SOON_DAYS)
    due = rows.filter(kind=Kind.MECHANISM, ended_on__isnull=True, next_due_on__lte=until)
    return found + [
        Matter(
            row.pk,
            _NEXT,
            _("Agree on the next meeting of %(title)s, due by %(day)s.")
            % {"title": row.record.title, "day": format_date(row.next_due_on, reader_language())},
            row.next_due_on,
        )
        for row in due.select_related("record")
        if row.next_due_on is not None
    ]


def notes_of(uids: Sequence[UUID], _today: dt.date, /) -> list[Note]:
    """What protocol minded at the meetings, precedence and welcome before all."""
    sorts = (ProtocolSort.RECEPTION, ProtocolSort.SEATING, ProtocolSort.OTHER)
    rows = ProtocolItem.objects.filter(row__in=uids, row__is_void=False, sort__in=sorts)
    return [Note(row.row_id, row.what) for row in rows.order_by("-row__held_on", "order")]


DOSSIER = Dossier(met=met_at, standings=standings_of, matters=matters_of, notes=notes_of)
