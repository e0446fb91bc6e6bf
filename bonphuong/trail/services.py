"""Writes of the trail beside its triggers: sealing closed ranges, erasing what must be forgotten."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.kernel import clock
from bonphuong.kernel.dates import format_moment
from bonphuong.kernel.errors import Conflict
from bonphuong.kernel.languages import reader_language
from bonphuong.trail.acting import acting, erasing, wait_for_acts_under_way
from bonphuong.trail.enums import Operation, verb_label
from bonphuong.trail.models import Change, ChangePayload, Seal
from bonphuong.trail.queries import CHECK_BY_PERSON, CHECK_BY_SYSTEM, changes_of, row_key, seen_mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from bonphuong.trail.acting import Actor

CHUNK = 2000


def seal_trail() -> Seal | None:
    """Chain a digest over all changes since the last seal; None where nothing changed. For the nightly job."""
    with transaction.atomic():
        # Numbers of changes are given out before they are committed: none may still come into the range.
        wait_for_acts_under_way()
        last = Seal.objects.order_by("-last_change").first()
        start = last.last_change + 1 if last else 1
        end = Change.objects.order_by("-id").values_list("id", flat=True).first()
        if end is None or end < start:
            return None
        prev = last.digest if last else ""
        return Seal.objects.create(
            first_change=start, last_change=end, prev=prev, digest=_digest(prev, start, end)
        )


def broken_seals() -> list[Seal]:
    """Seals whose changes are no longer what was sealed. Empty when all is well."""
    prev, wrong = "", []
    for seal in Seal.objects.order_by("first_change"):
        if seal.prev != prev or seal.digest != _digest(prev, seal.first_change, seal.last_change):
            wrong.append(seal)
        prev = seal.digest
    return wrong


def refuse_if_changed(row: Model, seen: int | None) -> None:
    """Raise Conflict when the row changed since a page showed it; `seen` is what `seen_mark` gave, None asks nothing.

    Called inside the act, which is what keeps two of them apart on SQLite; on PostgreSQL the row is locked here.
    """
    if seen is None:
        return
    row._meta.model._default_manager.select_for_update().filter(pk=row.pk).first()
    if seen_mark(row) == seen:
        return
    last = changes_of(row._meta.db_table, row.pk).first()
    if last is None:
        raise Conflict(_("This was changed meanwhile. Open it again to see how it stands."))
    raise Conflict(
        _("%(who)s changed this at %(at)s: %(what)s. Open it again to see how it stands.")
        % {
            "who": last.action.actor_name or _("The system"),
            "at": format_moment(clock.local(last.action.at), reader_language()),
            "what": last.action.reason or verb_label(last.action.verb),
        }
    )


@dataclass(frozen=True)
class _Checked:
    """What a check of the ledger leaves in the trail: how much was wrong, as a number and in words."""

    pk: int

    def __str__(self) -> str:
        if not self.pk:
            return _("it adds up")
        return ngettext("%(n)s thing found wrong", "%(n)s things found wrong", self.pk) % {"n": self.pk}


def note_check(*, actor: Actor | None, found: int, office: str = "") -> None:
    """Keep who read the whole ledger again, when, and how much was found wrong. `queries.last_check` reads it."""
    verb = CHECK_BY_SYSTEM if actor is None else CHECK_BY_PERSON
    with acting(actor=actor, verb=verb, office=office, obj=_Checked(found)):
        pass


def _digest(prev: str, start: int, end: int) -> str:
    found = hashlib.sha256(prev.encode())
    rows = Change.objects.filter(id__gte=start, id__lte=end).order_by("id")
    values = rows.values_list("id", "action_id", "table", "row", "op", "columns", "payload_digest")
    for row in values.iterator(chunk_size=CHUNK):
        found.update(repr(row).encode())
    return found.hexdigest()


def erase_payloads(*, table: str, keys: Iterable[object], actor: Actor, reason: str) -> int:
    """Forget the old values of these rows, for a person who must be forgotten; the changes themselves stay.

    Returns the number of payloads removed. The act itself is an entry of the trail.
    """
    with acting(actor=actor, verb="trail.payload.erase", reason=reason, obj=table), erasing():
        rows = Change.objects.filter(table=table, row__in=[row_key(key) for key in keys])
        ids = rows.exclude(op=Operation.INSERT).values_list("payload_id", flat=True)
        removed, _by_model = ChangePayload.objects.filter(
            pk__in=[pk for pk in ids if pk is not None]
        ).delete()
        return removed
