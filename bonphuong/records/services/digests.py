"""The mail of the day: what is late, due and waiting, one letter for each person who has anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from bonphuong.accounts.models import User
from bonphuong.kernel import clock
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.languages import reader_language
from bonphuong.notices.models import Mail
from bonphuong.notices.services import write_mail
from bonphuong.procedures.enums import Standing
from bonphuong.records.enums import WaitingKind
from bonphuong.records.registry import get_family
from bonphuong.records.waiting import waiting_for
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.records.waiting import Waiting

#: A letter names so many things and says how many more there are.
MOST = 30


def write_digests(day: dt.date | None = None) -> int:
    """Write the mail of a day (today by default) for everybody with a mail address; gives how many letters.

    Once for a person and day, however often it is called. Nobody is written of what they may not see, and private
    trips and restricted records go by their number.
    """
    today = day or clock.today()
    written = 0
    people = User.objects.filter(is_active=True).exclude(email="").order_by("pk")
    done = set(Mail.objects.filter(key__startswith=f"digest:{today}:").values_list("user_id", flat=True))
    for user in people:
        if user.pk in done:
            continue
        items = waiting_for(user, today)
        if items:
            written += _written(user, items, today)
    return written


def _written(user: User, items: Sequence[Waiting], today: dt.date) -> int:
    with override(user.language), acting(actor=None, verb="system.notices.digest", obj=user):
        mail = write_mail(
            user, key=f"digest:{today}:{user.pk}", subject=_subject(items, today), body=_body(user, items)
        )
    return int(mail is not None)


def _subject(items: Sequence[Waiting], today: dt.date) -> str:
    said = ngettext("%(n)s thing waits for you", "%(n)s things wait for you", len(items))
    late = sum(item.standing is Standing.LATE for item in items)
    parts = [said % {"n": len(items)}]
    if late:
        parts.append(ngettext("%(n)s late", "%(n)s late", late) % {"n": late})
    return _("Bốn Phương, %(day)s: %(what)s") % {"day": _day(today), "what": ", ".join(parts)}


def _body(user: User, items: Sequence[Waiting]) -> str:
    lines = [_("To %(name)s,") % {"name": user.get_full_name()}]
    kind = ""
    for item in items[:MOST]:
        heading = _("Late") if item.standing is Standing.LATE else str(item.kind.label)
        if heading != kind:
            lines += ["", heading[:1].upper() + heading[1:]]
            kind = heading
        link = link_of(item)
        lines += [f"- {_line(item)}", *([f"  {link}"] if link else [])]
    if len(items) > MOST:
        lines += ["", _("And %(n)s more, on the first page of the desk.") % {"n": len(items) - MOST}]
    lines += ["", settings.DESK_ADDRESS + "/", _("This mail was written by the machine; it reads no answer.")]
    return "\n".join(lines) + "\n"


def _line(item: Waiting) -> str:
    """What waits, in one line; a title only of what may be named."""
    due = _(", due %(day)s") % {"day": _day(item.due_on)} if item.due_on else ""
    return f"{_what(item)}{due}"


def _what(item: Waiting) -> str:
    named = _named(item)
    if item.asked is not None:
        asked = item.kind == WaitingKind.OPINION
        said = _("opinion asked: %(what)s") if asked else _("no answer yet on %(what)s")
        return said % {"what": named}
    if item.commitment is not None:
        return _("commitment: %(what)s") % {"what": named}
    step = item.way.label if item.way is not None else str(item.kind.label)
    return f"{named}: {step[:1].lower()}{step[1:]}"


def _named(item: Waiting) -> str:
    if item.record is None:
        if item.commitment is not None:
            return item.commitment.text[:80]
        return _("a record of another office")
    return item.record.number if item.is_masked else f"{item.record.number} {item.record.title}"


def link_of(item: Waiting) -> str:
    """The full address of what waits; empty where it has no page of its own."""
    try:
        if item.asked is not None:
            return settings.DESK_ADDRESS + reverse("desk:opinion", args=[item.asked.opinion.pk])
        if item.record is not None:
            return settings.DESK_ADDRESS + reverse(
                get_family(item.record.family).url_name, args=[item.record.pk]
            )
    except (KeyError, NoReverseMatch):
        return ""
    return ""


def _day(day: dt.date) -> str:
    return format_date(day, reader_language())
