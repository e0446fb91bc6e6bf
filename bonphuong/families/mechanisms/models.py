"""Mechanisms and meetings: one table for both, with members, agenda, people, programme, protocol and results."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from bonphuong.families.mechanisms.enums import (
    Channel,
    Form,
    Frequency,
    Kind,
    Level,
    ProtocolSort,
    Purpose,
    Role,
    Side,
    Sort,
)
from bonphuong.kit.models import CODE, FamilyLine, FamilyRow


class Mechanism(FamilyRow):
    """A mechanism of cooperation, or one of its meetings.

    A meeting is tied to its series by a link "part of"; `series_number` is the number of the series' record, as
    people write it. `planned_on` is what was meant, `held_on` what happened: nothing counts before. `counted_by` is
    the number of a session entered among delegations that counts this same meeting: it is then counted there alone.
    """

    sort = models.CharField(
        pgettext_lazy("mechanism", "kind of mechanism"), max_length=14, choices=Sort, blank=True
    )
    form = models.CharField(
        pgettext_lazy("mechanism", "how they meet"), max_length=10, choices=Form, blank=True
    )
    level = models.CharField(pgettext_lazy("mechanism", "level"), max_length=12, choices=Level, blank=True)
    channel = models.CharField(
        pgettext_lazy("mechanism", "channel"), max_length=10, choices=Channel, default=Channel.STATE
    )
    purpose = models.CharField(
        pgettext_lazy("meeting", "purpose"), max_length=16, choices=Purpose, blank=True
    )
    field_code = models.CharField(
        pgettext_lazy("mechanism", "field of cooperation"), max_length=CODE, blank=True
    )
    partner_code = models.CharField(
        pgettext_lazy("mechanism", "code of the partner"), max_length=CODE, blank=True
    )
    partner_text = models.CharField(pgettext_lazy("mechanism", "partner"), max_length=300, blank=True)
    country_code = models.CharField(pgettext_lazy("mechanism", "country"), max_length=2, blank=True)
    # Guests from Viet Nam, such as the national union.
    is_domestic = models.BooleanField(pgettext_lazy("mechanism", "domestic guests"), default=False)
    content = models.TextField(pgettext_lazy("mechanism", "content"), blank=True)
    source = models.CharField(
        pgettext_lazy("mechanism", "where it is known from"), max_length=300, blank=True
    )
    # --- the series
    basis = models.CharField(pgettext_lazy("mechanism", "founded by"), max_length=300, blank=True)
    frequency = models.CharField(
        pgettext_lazy("mechanism", "how often"), max_length=10, choices=Frequency, blank=True
    )
    founded_on = models.DateField(pgettext_lazy("mechanism", "active since"), null=True, blank=True)
    next_due_on = models.DateField(pgettext_lazy("mechanism", "next meeting due by"), null=True, blank=True)
    paused_on = models.DateField(pgettext_lazy("mechanism", "paused since"), null=True, blank=True)
    inherited_on = models.DateField(pgettext_lazy("mechanism", "inherited on"), null=True, blank=True)
    inherited_from = models.CharField(
        pgettext_lazy("mechanism", "inherited from"), max_length=300, blank=True
    )
    ended_on = models.DateField(pgettext_lazy("mechanism", "ended on"), null=True, blank=True)
    # --- a meeting
    series_number = models.CharField(
        pgettext_lazy("mechanism", "number of the series"), max_length=40, blank=True
    )
    session_number = models.PositiveSmallIntegerField(
        pgettext_lazy("mechanism", "number of the meeting"), null=True, blank=True
    )
    planned_on = models.DateField(pgettext_lazy("mechanism", "planned for"), null=True, blank=True)
    planned_until = models.DateField(pgettext_lazy("mechanism", "planned until"), null=True, blank=True)
    venue = models.CharField(pgettext_lazy("mechanism", "venue"), max_length=200, blank=True)
    hosted_by = models.CharField(
        pgettext_lazy("mechanism", "hosted by"), max_length=6, choices=Side, blank=True
    )
    agenda_on = models.DateField(pgettext_lazy("mechanism", "agenda exchanged on"), null=True, blank=True)
    documents_on = models.DateField(pgettext_lazy("mechanism", "documents ready on"), null=True, blank=True)
    held_on = models.DateField(pgettext_lazy("mechanism", "held on"), null=True, blank=True)
    held_until = models.DateField(pgettext_lazy("mechanism", "held until"), null=True, blank=True)
    our_head = models.CharField(pgettext_lazy("mechanism", "head on our side"), max_length=120, blank=True)
    our_head_post = models.CharField(
        pgettext_lazy("mechanism", "post of our head"), max_length=200, blank=True
    )
    their_head = models.CharField(
        pgettext_lazy("mechanism", "head on the other side"), max_length=120, blank=True
    )
    their_head_post = models.CharField(
        pgettext_lazy("mechanism", "post of their head"), max_length=200, blank=True
    )
    our_count = models.PositiveIntegerField(
        pgettext_lazy("mechanism", "people on our side"), null=True, blank=True
    )
    their_count = models.PositiveIntegerField(
        pgettext_lazy("mechanism", "people on the other side"), null=True, blank=True
    )
    crossers = models.PositiveIntegerField(
        pgettext_lazy("mechanism", "of ours who crossed for the day"), default=0
    )
    minutes_signed_on = models.DateField(
        pgettext_lazy("mechanism", "minutes signed on"), null=True, blank=True
    )
    minutes_number = models.CharField(
        pgettext_lazy("mechanism", "number of the minutes"), max_length=100, blank=True
    )
    tracked_on = models.DateField(pgettext_lazy("mechanism", "promises noted on"), null=True, blank=True)
    result = models.TextField(pgettext_lazy("mechanism", "what came of it"), blank=True)
    counted_by = models.CharField(pgettext_lazy("mechanism", "counted as session"), max_length=40, blank=True)

    class Meta(FamilyRow.Meta):
        verbose_name = pgettext_lazy("mechanism", "mechanism or meeting")
        verbose_name_plural = pgettext_lazy("mechanism", "mechanisms and meetings")
        constraints = [
            models.CheckConstraint(
                condition=Q(held_until__isnull=True)
                | (Q(held_on__isnull=False) & Q(held_until__gte=F("held_on"))),
                name="meeting_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | Q(held_on__isnull=True),
                name="meeting_cancelled_never_held",
            ),
            models.CheckConstraint(condition=~Q(kind=Kind.MEETING) | ~Q(form=""), name="meeting_has_form"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(ended_on__gte=F("founded_on")),
                name="mechanism_ends_after_founding",
            ),
        ]
        indexes = [
            models.Index(fields=["series_number"], name="meeting_series"),
            models.Index(
                fields=["next_due_on"], name="mechanism_next", condition=Q(next_due_on__isnull=False)
            ),
        ]


class Member(FamilyLine):
    """A locality or body that belongs to the mechanism from a day to a day, or takes part in one meeting.

    `unit_code` is that of the unit as it was then; what it is now follows from the succession of units.
    """

    row = models.ForeignKey(
        Mechanism,
        verbose_name=pgettext_lazy("mechanism", "mechanism"),
        on_delete=models.CASCADE,
        related_name="members",
    )
    side = models.CharField(pgettext_lazy("mechanism", "side"), max_length=6, choices=Side, default=Side.OURS)
    unit_code = models.CharField(pgettext_lazy("mechanism", "unit of Viet Nam"), max_length=CODE, blank=True)
    party_code = models.CharField(
        pgettext_lazy("mechanism", "code of the partner"), max_length=CODE, blank=True
    )
    party_text = models.CharField(pgettext_lazy("mechanism", "partner"), max_length=300, blank=True)
    office_code = models.CharField(pgettext_lazy("mechanism", "our office"), max_length=CODE, blank=True)
    name_then = models.CharField(pgettext_lazy("mechanism", "name then"), max_length=300, blank=True)
    since = models.DateField(pgettext_lazy("mechanism", "since"), null=True, blank=True)
    until = models.DateField(pgettext_lazy("mechanism", "until"), null=True, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = pgettext_lazy("mechanism", "member of a mechanism")
        verbose_name_plural = pgettext_lazy("mechanism", "members of a mechanism")

    def __str__(self) -> str:
        return self.name_then or self.unit_code or self.party_text or self.party_code


class AgendaItem(FamilyLine):
    """A point of the agenda.

    `carried` names what an earlier meeting left undone: the number of that meeting's record, a dot, and which of its
    promises it is, counted from 1 in the order in which they were noted.
    """

    row = models.ForeignKey(
        Mechanism,
        verbose_name=pgettext_lazy("mechanism", "meeting"),
        on_delete=models.CASCADE,
        related_name="agenda",
    )
    topic = models.TextField(pgettext_lazy("mechanism", "point"))
    field_code = models.CharField(
        pgettext_lazy("mechanism", "field of cooperation"), max_length=CODE, blank=True
    )
    office_code = models.CharField(pgettext_lazy("mechanism", "prepared by"), max_length=CODE, blank=True)
    carried = models.CharField(pgettext_lazy("mechanism", "carried from"), max_length=60, blank=True)
    outcome = models.TextField(pgettext_lazy("mechanism", "outcome"), blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = pgettext_lazy("mechanism", "point of an agenda")
        verbose_name_plural = pgettext_lazy("mechanism", "points of an agenda")

    def __str__(self) -> str:
        return self.topic[:80]


class Participant(FamilyLine):
    """Somebody who took part, with the post and unit held at the time."""

    row = models.ForeignKey(
        Mechanism,
        verbose_name=pgettext_lazy("mechanism", "meeting"),
        on_delete=models.CASCADE,
        related_name="participants",
    )
    side = models.CharField(pgettext_lazy("mechanism", "side"), max_length=6, choices=Side, default=Side.OURS)
    full_name = models.CharField(pgettext_lazy("mechanism", "full name"), max_length=150)
    post_then = models.CharField(pgettext_lazy("mechanism", "post then"), max_length=200, blank=True)
    unit_then = models.CharField(pgettext_lazy("mechanism", "unit then"), max_length=200, blank=True)
    role = models.CharField(
        pgettext_lazy("mechanism", "role"), max_length=12, choices=Role, default=Role.MEMBER
    )

    class Meta(FamilyLine.Meta):
        verbose_name = pgettext_lazy("mechanism", "participant")
        verbose_name_plural = pgettext_lazy("mechanism", "participants")

    def __str__(self) -> str:
        return self.full_name


class ProgrammeItem(FamilyLine):
    """A point of the programme by the hour."""

    row = models.ForeignKey(
        Mechanism,
        verbose_name=pgettext_lazy("mechanism", "meeting"),
        on_delete=models.CASCADE,
        related_name="programme",
    )
    on = models.DateField(pgettext_lazy("mechanism", "day"), null=True, blank=True, db_column="on_day")
    hours = models.CharField(pgettext_lazy("mechanism", "hours"), max_length=40, blank=True)
    what = models.CharField(pgettext_lazy("mechanism", "what"), max_length=300)
    place = models.CharField(pgettext_lazy("mechanism", "place"), max_length=200, blank=True)
    who = models.CharField(pgettext_lazy("mechanism", "in charge"), max_length=200, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = pgettext_lazy("mechanism", "point of a programme")
        verbose_name_plural = pgettext_lazy("mechanism", "points of a programme")

    def __str__(self) -> str:
        return self.what


class ProtocolItem(FamilyLine):
    """Something that protocol has to see to."""

    row = models.ForeignKey(
        Mechanism,
        verbose_name=pgettext_lazy("mechanism", "meeting"),
        on_delete=models.CASCADE,
        related_name="protocol",
    )
    sort = models.CharField(
        pgettext_lazy("protocol of a meeting", "kind"), max_length=12, choices=ProtocolSort
    )
    what = models.CharField(pgettext_lazy("mechanism", "what"), max_length=300)
    who = models.CharField(pgettext_lazy("mechanism", "in charge"), max_length=200, blank=True)
    is_done = models.BooleanField(pgettext_lazy("mechanism", "done"), default=False)

    class Meta(FamilyLine.Meta):
        verbose_name = pgettext_lazy("mechanism", "point of protocol")
        verbose_name_plural = pgettext_lazy("mechanism", "points of protocol")

    def __str__(self) -> str:
        return self.what


class Result(FamilyLine):
    """What came of a mechanism in a field and year, as the unit in charge tells it; asked for before it is given."""

    row = models.ForeignKey(
        Mechanism,
        verbose_name=pgettext_lazy("mechanism", "mechanism"),
        on_delete=models.CASCADE,
        related_name="results",
    )
    year = models.PositiveSmallIntegerField(pgettext_lazy("mechanism", "year"))
    field_code = models.CharField(
        pgettext_lazy("mechanism", "field of cooperation"), max_length=CODE, blank=True
    )
    office_code = models.CharField(pgettext_lazy("mechanism", "unit in charge"), max_length=CODE, blank=True)
    text = models.TextField(pgettext_lazy("mechanism", "result"), blank=True)
    quantity = models.DecimalField(
        pgettext_lazy("mechanism", "figure"), max_digits=18, decimal_places=3, null=True, blank=True
    )
    quantity_unit = models.CharField(
        pgettext_lazy("mechanism", "unit of the figure"), max_length=60, blank=True
    )
    asked_on = models.DateField(pgettext_lazy("mechanism", "asked on"), null=True, blank=True)
    due_on = models.DateField(pgettext_lazy("mechanism", "due on"), null=True, blank=True)
    given_on = models.DateField(pgettext_lazy("mechanism", "given on"), null=True, blank=True)
    given_by = models.CharField(pgettext_lazy("mechanism", "given by"), max_length=200, blank=True)

    class Meta(FamilyLine.Meta):
        verbose_name = pgettext_lazy("mechanism", "result by field")
        verbose_name_plural = pgettext_lazy("mechanism", "results by field")

    def __str__(self) -> str:
        return f"{self.year} {self.field_code}"
