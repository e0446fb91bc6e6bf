"""What greetings tell of a partner: gifts that went with them, and which are being prepared or wait for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.families.greetings.enums import Kind
from bonphuong.families.greetings.models import Addressee, Greeting
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.languages import reader_language
from bonphuong.kit.queries import rows_that_stand
from bonphuong.records.pieces import Dossier, Gift, Matter, Shelf

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from uuid import UUID

_DUE = gettext_lazy("greetings that are being prepared")
_ANSWER = gettext_lazy("greetings received that wait for an answer")


def gifts_of(uids: Sequence[UUID], _today: dt.date, /) -> list[Gift]:
    """Flowers and gifts that went with a greeting, or came with one."""
    received = Greeting.objects.filter(pk__in=uids, kind=Kind.RECEIVED, is_void=False)
    found = [
        Gift(row.pk, row.received_on, is_ours=False, what=what, person=row.sender_name)
        for row in received.exclude(flowers="", gift="")
        for what in (row.gift, row.flowers)
        if what
    ]
    sent = Addressee.objects.filter(row__in=uids, row__kind=Kind.CAMPAIGN, row__is_void=False)
    return found + [
        Gift(line.row_id, line.went_on, is_ours=True, what=what, person=line.full_name or line.title_then)
        for line in sent.exclude(flowers="", gift="").select_related("row")
        for what in (line.gift, line.flowers)
        if what and line.went_on
    ]


def matters_of(uids: Sequence[UUID], today: dt.date, /) -> list[Matter]:
    """Occasions ahead that are being greeted, and greetings from them that nobody has answered."""
    rows = rows_that_stand(Greeting, uids)
    due = rows.filter(kind=Kind.CAMPAIGN, sent_on__isnull=True, occasion_on__gte=today)
    waits = rows.filter(kind=Kind.RECEIVED, needs_answer=True, answered_on__isnull=True)
    found = []
    for row in rows.filter(Q(pk__in=due) | Q(pk__in=waits)):
        if row.kind == Kind.CAMPAIGN:
            text = _("%(title)s: the day is %(day)s.") % {
                "title": row.record.title,
                "day": format_date(row.occasion_on, reader_language()) if row.occasion_on else "",
            }
            found.append(Matter(row.pk, _DUE, text, row.occasion_on))
        else:
            text = _("%(title)s: not answered yet.") % {"title": row.record.title}
            found.append(Matter(row.pk, _ANSWER, text, row.received_on))
    return found


DOSSIER = Dossier(shelf=Shelf.COURTESY, gifts=gifts_of, matters=matters_of)
