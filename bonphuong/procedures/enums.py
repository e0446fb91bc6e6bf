"""Choices of the procedures: who takes a step, how days are counted, what a guard watches."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Desk(models.TextChoices):
    """At whose desk a step is taken."""

    OWNER = "owner", _("the unit that owns the record")
    FOCAL = "focal", _("the focal agency")
    ROOT = "root", _("the leaders of the province")


class StateKind(models.TextChoices):
    """How a state stands in its procedure."""

    START = "start", pgettext_lazy("state", "first")
    NORMAL = "normal", pgettext_lazy("state", "on the way")
    OPTIONAL = "optional", pgettext_lazy("state", "where it is needed")
    SIDE = "side", pgettext_lazy("state", "aside")
    END = "end", pgettext_lazy("state", "last")
    STOPPED = "stopped", pgettext_lazy("state", "stopped")


class DayUnit(models.TextChoices):
    """How the days of a deadline are counted."""

    CALENDAR = "calendar", _("calendar days")
    WORKING = "working", _("working days")


class Direction(models.TextChoices):
    """Whether a deadline falls after or before the day it is counted from."""

    AFTER = "after", pgettext_lazy("deadline", "after")
    BEFORE = "before", pgettext_lazy("deadline", "before")


class StartsFrom(models.TextChoices):
    """What a deadline is counted from: reaching a state, or a date of the record."""

    STATE = "state", _("a state")
    FIELD = "field", _("a date of the record")


class GuardKind(models.TextChoices):
    """What a guard compares with its limit. A guard warns; it never blocks."""

    PEOPLE = "people", _("people in the delegation")
    DAYS = "days", _("days of the trip")
    COUNTRIES = "countries", _("countries visited")
    WORKING_DAYS = "working_days", _("working days away")
    DAYS_PER_COUNTRY = "days_per_country", _("days in one country")
    LEADER_TRIPS = "leader_trips", _("trips of the head in the year")
    KEY_LEADERS = "key_leaders", _("key leaders on one trip")
    ENTERPRISE_FUNDS = "enterprise_funds", _("trip paid by an enterprise")


class Standing(models.TextChoices):
    """How a deadline stands today. Computed, never stored."""

    LATE = "late", pgettext_lazy("deadline", "overdue")
    SOON = "soon", pgettext_lazy("deadline", "due soon")
    OK = "ok", pgettext_lazy("deadline", "in time")
    DONE = "done", pgettext_lazy("deadline", "done")


class PhaseStanding(models.TextChoices):
    """How a phase of the stepper stands."""

    DONE = "done", pgettext_lazy("phase", "done")
    DOING = "doing", pgettext_lazy("phase", "in progress")
    AHEAD = "ahead", pgettext_lazy("phase", "ahead")
    STOPPED = "stopped", pgettext_lazy("phase", "stopped")


class BodyKind(models.TextChoices):
    """What sort of body is asked for its opinion; how long it has may depend on it."""

    PARTY = "party", pgettext_lazy("body", "Party committee")
    FOREIGN_AFFAIRS = "foreign_affairs", pgettext_lazy("body", "foreign affairs agency")
    POLICE = "police", pgettext_lazy("body", "Police")
    BORDER_GUARD = "border_guard", pgettext_lazy("body", "Border Guard")
    MILITARY = "military", pgettext_lazy("body", "military command")
    DEPARTMENT = "department", pgettext_lazy("body", "department or equivalent")
    LOCAL = "local", pgettext_lazy("body", "commune or ward")
    UNION = "union", pgettext_lazy("body", "union or association")
    MINISTRY = "ministry", pgettext_lazy("body", "ministry or national body")
    OTHER = "other", pgettext_lazy("body", "another body")


class Answer(models.TextChoices):
    """What a body answered when it was asked."""

    AGREE = "agree", pgettext_lazy("opinion", "agrees")
    REMARKS = "remarks", pgettext_lazy("opinion", "agrees, with remarks")
    DISAGREE = "disagree", pgettext_lazy("opinion", "does not agree")
    NO_ANSWER = "no_answer", pgettext_lazy("opinion", "gave no answer")


#: The step by which a case takes up another version of its procedure; no version may have one of its own so named.
MOVE_VERSION = "move_version"
#: The state in which what was handed in waits for its owner to mend it, in every procedure.
RETURNED = "returned_for_revision"

VERBS = {
    "procedures.authority.end": _("ended an authority to sign"),
    "procedures.authority.grant": _("gave an authority to sign"),
    "procedures.case.move": _("moved cases to another version of their procedure"),
    "procedures.opinion.answer": _("noted an opinion"),
    "procedures.opinion.ask": _("asked for opinions"),
    "procedures.opinion.defer": _("set the due day of an opinion"),
    "procedures.opinion.withdraw": _("withdrew a question"),
    "procedures.case.open": _("opened a case"),
    "procedures.case.register": _("registered a decided case"),
    "procedures.case.remove": _("took cases back"),
    "procedures.case.take": _("took a step"),
    "procedures.deadline.set": _("set a deadline of an office"),
    "procedures.guard.set": _("set the limits of an office"),
    "procedures.opinion_rule.set": _("set the days that an office gives for opinions"),
    "procedures.rule.end": _("let a rule of an office end"),
    "system.load_procedures": _("loaded the shipped procedures"),
}
