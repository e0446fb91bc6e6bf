"""Ready-made filters of the list of mechanisms and meetings."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from bonphuong.families.mechanisms.enums import AHEAD, Kind
from bonphuong.families.mechanisms.models import Result
from bonphuong.kit.specs import Flag
from bonphuong.records.enums import CommitmentStatus, LinkKind, TieKind
from bonphuong.records.models import Commitment, Record, RecordLink, RecordTie

_SOON = dt.timedelta(days=60)
_YEAR = dt.timedelta(days=365)
_MINUTES = dt.timedelta(days=15)


def _promise_late(today: dt.date) -> Q:
    late = Commitment.objects.filter(record=OuterRef("pk"), status=CommitmentStatus.OPEN, due_on__lt=today)
    return Q(Exists(late))


def _left_undone(_today: dt.date) -> Q:
    left = Commitment.objects.filter(record=OuterRef("pk"), status=CommitmentStatus.OPEN)
    return Q(mechanism__held_on__isnull=False) & Q(Exists(left))


def _next_due(today: dt.date) -> Q:
    return Q(state="active", mechanism__next_due_on__lte=today + _SOON)


def _silent(today: dt.date) -> Q:
    lately = RecordLink.objects.filter(
        to_record=OuterRef("pk"), kind=LinkKind.PART_OF, from_record__mechanism__held_on__gt=today - _YEAR
    )
    begun = Q(kind=Kind.MECHANISM, state="active", mechanism__founded_on__lte=today - _YEAR)
    return begun & Q(~Exists(lately))


def _results_missing(today: dt.date) -> Q:
    asked = Result.objects.filter(row__record=OuterRef("pk"), asked_on__isnull=False, given_on__isnull=True)
    return Q(Exists(asked.filter(due_on__lt=today)))


def _without_minutes(today: dt.date) -> Q:
    waits = Q(kind=Kind.MEETING, state="held", mechanism__minutes_signed_on__isnull=True)
    return waits & Q(mechanism__held_on__lt=today - _MINUTES, mechanism__is_void=False)


def maybe_twice(_today: dt.date) -> Q:
    """Meetings that a session among delegations, of the same day and partner, may count a second time."""
    parties = RecordTie.objects.filter(record=OuterRef(OuterRef("pk")), kind=TieKind.PARTY).values("code")
    same = Record.objects.filter(
        family="delegations",
        kind="session",
        book=OuterRef("book"),
        duplicate_of__isnull=True,
        begins_on=OuterRef("mechanism__held_on"),
        ties__kind=TieKind.PARTY,
        ties__code__in=parties,
    )
    return Q(kind=Kind.MEETING, mechanism__counted_by="", mechanism__is_void=False) & Q(Exists(same))


FLAGS = (
    Flag("promise_late", _("A promise is overdue"), _promise_late),
    Flag("left_undone", _("Promises left undone"), _left_undone),
    Flag("next_due", _("Next meeting due"), _next_due),
    Flag("silent", _("No meeting for a year"), _silent),
    Flag(
        "to_confirm",
        _("Day passed, not confirmed"),
        lambda today: Q(kind=Kind.MEETING, state__in=AHEAD, mechanism__planned_on__lt=today),
    ),
    Flag("without_minutes", _("Held without minutes"), _without_minutes),
    Flag("results_missing", _("Results asked for have not come"), _results_missing),
    Flag("maybe_twice", _("Perhaps counted twice"), maybe_twice),
)
