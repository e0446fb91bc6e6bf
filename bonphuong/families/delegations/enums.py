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


VERBS = {
    "delegations.delegation.enter": _("entered a delegation"),
    "delegations.delegation.register": _("registered a finished case"),
    "delegations.delegation.correct": _("corrected a delegation"),
    "delegations.delegation.void": _("struck out what was entered by mistake"),
    "delegations.delegation.merge": _("merged what was entered twice"),
    "delegations.delegation.unmerge": _("parted what had been merged"),
    "delegations.delegation.undo": _("took entered delegations back"),
    "delegations.delegation.submit": _("submitted a request"),
    "delegations.delegation.resubmit": _("submitted a request again"),
    "delegations.delegation.take_in": _("took a request in for appraisal"),
    "delegations.delegation.consult": _("asked for opinions"),
    "delegations.delegation.reopen_consulting": _("asked for opinions anew"),
    "delegations.delegation.ask_party": _("asked the Party committee"),
    "delegations.delegation.ask_police": _("asked the Police"),
    "delegations.delegation.send_up": _("put a request up for decision"),
    "delegations.delegation.approve": _("approved a request"),
    "delegations.delegation.reject": _("rejected a request"),
    "delegations.delegation.return_for_revision": _("returned a request for revision"),
    "delegations.delegation.documents_ready": _("confirmed travel documents"),
    "delegations.delegation.get_border_permit": _("confirmed the border permit"),
    "delegations.delegation.support_visa": _("confirmed the visa"),
    "delegations.delegation.finalise_programme": _("made the programme final"),
    "delegations.delegation.depart": _("confirmed a departure"),
    "delegations.delegation.come_back": _("confirmed a return"),
    "delegations.delegation.declare_return": _("declared a return"),
    "delegations.delegation.receive": _("confirmed an arrival"),
    "delegations.delegation.leave": _("confirmed the leaving of guests"),
    "delegations.delegation.hold": _("confirmed a session"),
    "delegations.delegation.receive_report": _("received a report of results"),
    "delegations.delegation.close": _("closed a record"),
    "delegations.delegation.cancel": _("called off"),
    "delegations.member.reveal": _("read restricted data of a member"),
}
