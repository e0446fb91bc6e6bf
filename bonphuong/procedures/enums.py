"""Choices of the procedures: who takes a step, how days are counted, what a guard watches."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Desk(models.TextChoices):
    """At whose desk a step is taken."""

    OWNER = "owner", _("the unit that owns the record")
    FOCAL = "focal", _("the focal agency")
    ROOT = "root", _("the leaders of the province")


class StateKind(models.TextChoices):
    """How a state stands in its procedure."""

    START = "start", _("first")
    NORMAL = "normal", _("on the way")
    OPTIONAL = "optional", _("where it is needed")
    SIDE = "side", _("aside")
    END = "end", _("last")
    STOPPED = "stopped", _("stopped")


class DayUnit(models.TextChoices):
    """How the days of a deadline are counted."""

    CALENDAR = "calendar", _("calendar days")
    WORKING = "working", _("working days")


class Direction(models.TextChoices):
    """Whether a deadline falls after or before the day it is counted from."""

    AFTER = "after", _("after")
    BEFORE = "before", _("before")


class StartsFrom(models.TextChoices):
    """What a deadline is counted from: reaching a state, or a date of the record."""

    STATE = "state", _("a state")
    FIELD = "field", _("a date of the record")


class GuardKind(models.TextChoices):
    """What a guard compares with its limit. A guard warns; it never blocks."""

    PEOPLE = "people", _("people in the delegation")
    DAYS = "days", _("days of the trip")
    COUNTRIES = "countries", _("countries visited")
    DAYS_PER_COUNTRY = "days_per_country", _("days in one country")
    LEADER_TRIPS = "leader_trips", _("trips of the head in the year")
    KEY_LEADERS = "key_leaders", _("key leaders on one trip")
    ENTERPRISE_FUNDS = "enterprise_funds", _("trip paid by an enterprise")


class Standing(models.TextChoices):
    """How a deadline stands today. Computed, never stored."""

    LATE = "late", _("overdue")
    SOON = "soon", _("due soon")
    OK = "ok", _("in time")
    DONE = "done", _("done")


class PhaseStanding(models.TextChoices):
    """How a phase of the stepper stands."""

    DONE = "done", _("done")
    DOING = "doing", _("in progress")
    AHEAD = "ahead", _("ahead")
    STOPPED = "stopped", _("stopped")
