"""Reads of opinions together with the records that they are about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F

from bonphuong.accounts.enums import Permission
from bonphuong.procedures.models import Opinion
from bonphuong.procedures.opinions import standings
from bonphuong.procedures.rules import desks_of
from bonphuong.records.models import Record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User
    from bonphuong.procedures.models import OpinionQuerySet
    from bonphuong.procedures.opinions import Asked

#: A page of the list shows so many on each side.
MOST = 200


@dataclass(frozen=True)
class About:
    """An opinion, and the record that it is about where the person may see it."""

    asked: Asked
    record: Record | None

    @property
    def opinion(self) -> Opinion:
        """The opinion itself."""
        return self.asked.opinion


def visible_opinion(user: User | AnonymousUser, uid: UUID) -> About:
    """An opinion that the person may see: asked of their offices, or about a record that they see.

    Raises Opinion.DoesNotExist, as for one that is not there.
    """
    found = standings(Opinion.objects.filter(pk=uid))
    if not found:
        raise Opinion.DoesNotExist
    record = Record.objects.visible_to(user).filter(pk=found[0].opinion.case_id).first()
    if record is None and not Opinion.objects.visible_to(user).filter(pk=uid).exists():
        raise Opinion.DoesNotExist
    return About(found[0], record)


def asked_of(user: User) -> list[About]:
    """What was asked of the offices where the person sits: what waits first, the nearest day on top."""
    seats = desks_of(user, Permission.RECORD_VIEW)
    return _about(user, Opinion.objects.filter(office_code__in=seats, withdrawn_on__isnull=True))


def asked_by(user: User) -> list[About]:
    """What the offices where the person sits have asked, of records that the person sees."""
    seats = desks_of(user, Permission.RECORD_VIEW)
    found = _about(user, Opinion.objects.filter(asked_by__in=seats, withdrawn_on__isnull=True))
    return [one for one in found if one.record is not None]


def _about(user: User, rows: OpinionQuerySet) -> list[About]:
    newest = rows.order_by(F("answered_on").desc(nulls_first=True), "-asked_on", "-pk")[:MOST]
    found = standings(newest)
    records = records_of(user, [one.opinion for one in found])
    pairs = [About(one, records.get(one.opinion.case_id)) for one in found]
    waiting = [one for one in pairs if one.opinion.is_waiting]
    done = [one for one in pairs if not one.opinion.is_waiting]
    return [*sorted(waiting, key=lambda one: one.asked.due_on or dt.date.max), *done]


def records_of(user: User, opinions: Sequence[Opinion]) -> dict[UUID, Record]:
    """The records that these are about, as far as the person may see them."""
    return Record.objects.visible_to(user).in_bulk([opinion.case_id for opinion in opinions])
