"""Choices of the delegations family. Their values stand in facts and never change."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What sort of contact it is: each counts in its own way."""

    OUTBOUND = "outbound", _("outbound delegation")
    INDIVIDUAL = "individual", _("individual on duty")
    PERSONAL = "personal", _("personal trip")
    DAY_CONTACT = "day_contact", _("border day contact")
    INBOUND = "inbound", _("inbound delegation")
    SESSION = "session", _("session")


#: Kinds whose people leave the country on a decision.
OUTWARD = frozenset({Kind.OUTBOUND, Kind.INDIVIDUAL, Kind.PERSONAL})
#: Kinds that come with a decision before they happen.
DECIDED = OUTWARD | {Kind.INBOUND}


class SessionForm(models.TextChoices):
    """How the two sides meet. Online and at the boundary line nobody crosses: a session, never a group."""

    PLACE = "place", _("in person")
    ONLINE = "online", _("online")
    BOUNDARY = "boundary", _("at the boundary line")


class HeadLevel(models.TextChoices):
    """The level of the head of a delegation."""

    CENTRAL = "central", _("central level")
    PROVINCE = "province", _("provincial leaders")
    DEPARTMENT = "department", _("department level")
    DISTRICT = "district", _("district level")
    COMMUNE = "commune", _("commune level")
    EXPERT = "expert", _("experts and staff")


class PlanStatus(models.TextChoices):
    """Whether the annual external-affairs programme foresaw it."""

    IN = "in", _("in the plan")
    OFF = "off", _("off the plan")


class Funding(models.TextChoices):
    """Who pays."""

    PROVINCE = "province", _("provincial budget")
    CENTRAL = "central", _("central budget")
    HOST = "host", _("the inviting side")
    PROJECT = "project", _("a project or donor")
    OWN = "own", _("the travellers themselves")
    MIXED = "mixed", _("several sources")


class Purpose(models.TextChoices):
    """What it is for."""

    VISIT = "visit", _("visit and working session")
    TALKS = "talks", _("talks")
    CONFERENCE = "conference", _("conference or workshop")
    CONGRATULATION = "congratulation", _("congratulation and feast")
    EXCHANGE = "exchange", _("culture, sport and people-to-people exchange")
    TRAINING = "training", _("training and study")
    TRADE = "trade", _("trade and investment promotion")
    EXPERT = "expert", _("professional exchange")
    BORDER = "border", _("border work")
    AID = "aid", _("aid and projects")
    COURTESY = "courtesy", _("courtesy call or transit")


class Channel(models.TextChoices):
    """The pillar of external affairs."""

    PARTY = "party", pgettext_lazy("channel", "Party")
    STATE = "state", pgettext_lazy("channel", "state")
    PEOPLE = "people", pgettext_lazy("channel", "people")


class MemberRole(models.TextChoices):
    """What a member is in the delegation."""

    HEAD = "head", _("head of delegation")
    DEPUTY = "deputy", _("deputy head")
    MEMBER = "member", _("member")
    SECRETARY = "secretary", _("secretary")
    INTERPRETER = "interpreter", _("interpreter")


class Gender(models.TextChoices):
    """As the member list gives it."""

    FEMALE = "f", _("female")
    MALE = "m", _("male")
