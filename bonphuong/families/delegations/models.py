"""Delegations: one row beside the record's header, with its places, members and co-hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bonphuong.families.delegations.enums import (
    Channel,
    Funding,
    Gender,
    HeadLevel,
    Kind,
    MemberRole,
    PlanStatus,
    Purpose,
    SessionForm,
)
from bonphuong.kernel.crypto import EncryptedTextField
from bonphuong.kernel.models import Tracked, UidModel

if TYPE_CHECKING:
    from uuid import UUID

CODE = 80


class Delegation(Tracked):
    """A delegation out or in, individuals on duty, a personal trip, a day contact or a session.

    `starts_on`/`ends_on` are as planned; `started_on`/`ended_on` are what happened: departure and return,
    arrival and leaving, or the day a session was held. Nothing actual counts before `started_on` is confirmed.
    """

    record = models.OneToOneField(
        "records.Record", on_delete=models.CASCADE, primary_key=True, related_name="delegation"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    session_form = models.CharField(max_length=10, choices=SessionForm, blank=True)
    is_domestic = models.BooleanField(default=False)
    purpose = models.CharField(max_length=16, choices=Purpose, blank=True)
    content = models.TextField(blank=True)
    field_code = models.CharField(max_length=CODE, blank=True)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.STATE)
    lead_office_code = models.CharField(max_length=CODE)
    head_level = models.CharField(max_length=12, choices=HeadLevel, blank=True)
    head_name = models.CharField(max_length=120, blank=True)
    head_title = models.CharField(max_length=200, blank=True)
    plan_status = models.CharField(max_length=4, choices=PlanStatus, blank=True)
    funding = models.CharField(max_length=12, choices=Funding, blank=True)
    cost_vnd = models.BigIntegerField(null=True, blank=True)
    main_country = models.CharField(max_length=2, blank=True)
    # Of the foreign side: who invites, whom we receive, whom we meet.
    partner_code = models.CharField(max_length=CODE, blank=True)
    partner_text = models.CharField(max_length=200, blank=True)
    # Individuals inside another body's delegation: that body, by its code where it is known.
    organiser_code = models.CharField(max_length=CODE, blank=True)
    organiser_text = models.CharField(max_length=200, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    interpreter = models.CharField(max_length=120, blank=True)
    approved_heads = models.PositiveIntegerField(null=True, blank=True)
    actual_heads = models.PositiveIntegerField(null=True, blank=True)
    # Of ours who crossed the line for the day in a session held there.
    crossers = models.PositiveIntegerField(default=0)
    # The office's own dated definition, as it stood on the counting date: one person alone is a group of one.
    alone_is_group = models.BooleanField(default=False)
    decided_on = models.DateField(null=True, blank=True)
    decision_number = models.CharField(max_length=60, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    report_received_on = models.DateField(null=True, blank=True)
    result = models.TextField(blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    # Entered by mistake: it never stood for anything, not even a decision.
    is_void = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="delegation_plan_in_order",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | (Q(started_on__isnull=False) & Q(ended_on__gte=F("started_on"))),
                name="delegation_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | Q(started_on__isnull=True),
                name="delegation_cancelled_never_started",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.SESSION) | ~Q(session_form=""), name="delegation_session_has_form"
            ),
            models.CheckConstraint(
                condition=Q(is_domestic=False) | Q(kind=Kind.SESSION), name="delegation_domestic_is_session"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "started_on"], name="delegation_kind_day"),
            models.Index(fields=["main_country", "started_on"], name="delegation_country_day"),
        ]

    def __str__(self) -> str:
        return str(self.record)

    @property
    def uid(self) -> UUID:
        """The record's own uid."""
        return self.record_id

    @property
    def heads(self) -> int:
        """Actual head count where it is known, else the approved one, else none."""
        if self.actual_heads is not None:
            return self.actual_heads
        return self.approved_heads or 0


class Place(Tracked):
    """A place that it goes to, or comes from, in order; exactly one is the main one."""

    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="places")
    order = models.PositiveSmallIntegerField()
    country_code = models.CharField(max_length=2)
    party_code = models.CharField(max_length=CODE, blank=True)
    # A unit of Viet Nam that takes part or is visited, by the code that it had on that day.
    unit_code = models.CharField(max_length=CODE, blank=True)
    text = models.CharField(max_length=200, blank=True)
    is_main = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["delegation", "order"]
        constraints = [
            models.UniqueConstraint(fields=["delegation", "order"], name="place_order_once"),
            models.UniqueConstraint(fields=["delegation"], condition=Q(is_main=True), name="place_one_main"),
        ]

    def __str__(self) -> str:
        return self.text or self.party_code or self.unit_code or self.country_code


class Member(UidModel):
    """A member with the post and unit held at the time. Passport and birth date are stored encrypted."""

    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="members")
    order = models.PositiveSmallIntegerField()
    full_name = models.CharField(max_length=120)
    name_native = models.CharField(max_length=120, blank=True)
    gender = models.CharField(max_length=1, choices=Gender, blank=True)
    post_then = models.CharField(max_length=200, blank=True)
    unit_then = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=12, choices=MemberRole, default=MemberRole.MEMBER)
    nationality = models.CharField(max_length=2, blank=True)
    passport_no = EncryptedTextField(blank=True, default="")
    birth_date = EncryptedTextField(blank=True, default="")
    # Allowed and did not go: stays in the list, counts in nothing actual.
    withdrew = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(
        "parties.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["delegation", "order"]
        constraints = [models.UniqueConstraint(fields=["delegation", "order"], name="member_order_once")]

    def __str__(self) -> str:
        return self.full_name


class CoHost(Tracked):
    """An office that hosts beside the lead."""

    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="cohosts")
    office_code = models.CharField(max_length=CODE)

    class Meta:
        verbose_name = _("co-host")
        verbose_name_plural = _("co-hosts")
        constraints = [models.UniqueConstraint(fields=["delegation", "office_code"], name="cohost_once")]

    def __str__(self) -> str:
        return self.office_code
