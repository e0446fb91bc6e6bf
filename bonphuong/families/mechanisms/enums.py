"""Choices of the mechanisms family. Their values stand in facts and never change."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """The series, or one meeting."""

    MECHANISM = "mechanism", _("mechanism of cooperation")
    MEETING = "meeting", _("meeting of a mechanism")


class Sort(models.TextChoices):
    """What sort of mechanism it is."""

    WORKING_GROUP = "working_group", _("joint working group")
    SECRETARIES = "secretaries", _("conference of secretaries")
    TALKS = "talks", _("regular talks")
    WORKING = "working", _("working sessions")
    FORUM = "forum", _("forum of localities")
    OTHER = "other", _("another mechanism")


class Form(models.TextChoices):
    """How the sides meet. Online and at the boundary line nobody crosses: a session, never a group."""

    PLACE = "place", pgettext_lazy("form of a meeting", "in person")
    BOUNDARY = "boundary", pgettext_lazy("form of a meeting", "at the boundary line")
    ONLINE = "online", pgettext_lazy("form of a meeting", "online")


class Level(models.TextChoices):
    """Whose mechanism it is on our side."""

    PROVINCE = "province", pgettext_lazy("level of a mechanism", "provincial")
    DEPARTMENT = "department", pgettext_lazy("level of a mechanism", "departmental")
    COMMUNE = "commune", pgettext_lazy("level of a mechanism", "commune")
    FORCE = "force", pgettext_lazy("level of a mechanism", "border forces")
    UNION = "union", pgettext_lazy("level of a mechanism", "union and mass organisations")
    # Until 30 June 2025 only.
    DISTRICT = "district", pgettext_lazy("level of a mechanism", "former district")


class Frequency(models.TextChoices):
    """How often it meets."""

    TWICE = "twice", pgettext_lazy("frequency", "twice a year")
    YEARLY = "yearly", pgettext_lazy("frequency", "every year")
    TWO_YEARS = "two_years", pgettext_lazy("frequency", "every two years")
    NEED = "need", pgettext_lazy("frequency", "when needed")


class Channel(models.TextChoices):
    """The pillar of external affairs."""

    PARTY = "party", pgettext_lazy("channel", "Party")
    STATE = "state", pgettext_lazy("channel", "state")
    PEOPLE = "people", pgettext_lazy("channel", "people")


class Purpose(models.TextChoices):
    """What a meeting is for; the same words as for sessions elsewhere, for both stand in one figure."""

    VISIT = "visit", pgettext_lazy("purpose", "visit and working session")
    TALKS = "talks", pgettext_lazy("purpose", "talks")
    CONFERENCE = "conference", pgettext_lazy("purpose", "conference or workshop")
    EXCHANGE = "exchange", pgettext_lazy("purpose", "people-to-people exchange")
    TRADE = "trade", pgettext_lazy("purpose", "trade and investment promotion")
    EXPERT = "expert", pgettext_lazy("purpose", "professional exchange")
    BORDER = "border", pgettext_lazy("purpose", "border work")
    AID = "aid", pgettext_lazy("purpose", "aid and projects")


class Side(models.TextChoices):
    """On which side a member or a person is."""

    OURS = "ours", pgettext_lazy("side", "our side")
    THEIRS = "theirs", pgettext_lazy("side", "the partner")


class Role(models.TextChoices):
    """What somebody is at a meeting."""

    HEAD = "head", pgettext_lazy("role at a meeting", "head")
    DEPUTY = "deputy", pgettext_lazy("role at a meeting", "deputy head")
    MEMBER = "member", pgettext_lazy("role at a meeting", "member")
    SECRETARY = "secretary", pgettext_lazy("role at a meeting", "secretary")
    INTERPRETER = "interpreter", pgettext_lazy("role at a meeting", "interpreter")


class ProtocolSort(models.TextChoices):
    """What protocol has to see to."""

    RECEPTION = "reception", pgettext_lazy("protocol of a meeting", "welcome and reception")
    SEATING = "seating", pgettext_lazy("protocol of a meeting", "precedence and seating")
    INTERPRETER = "interpreter", pgettext_lazy("protocol of a meeting", "interpreter")
    GIFT = "gift", pgettext_lazy("protocol of a meeting", "gift")
    VEHICLE = "vehicle", pgettext_lazy("protocol of a meeting", "vehicles")
    LODGING = "lodging", pgettext_lazy("protocol of a meeting", "lodging")
    PRESS = "press", pgettext_lazy("protocol of a meeting", "press")
    OTHER = "other", pgettext_lazy("protocol of a meeting", "other")


#: Before a meeting is held.
AHEAD = ("scheduled", "agenda_exchanged", "documents_ready", "postponed")
