"""Choices of greetings."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What the record is."""

    CALENDAR = "calendar", pgettext_lazy("greeting", "calendar of a year")
    CAMPAIGN = "campaign", pgettext_lazy("greeting", "greetings sent")
    RECEIVED = "received", pgettext_lazy("greeting", "greeting received")


class OccasionKind(models.TextChoices):
    """What is greeted."""

    NATIONAL_DAY = "national_day", pgettext_lazy("occasion", "national day")
    FESTIVAL = "festival", pgettext_lazy("occasion", "traditional new year or festival")
    TIES = "ties", pgettext_lazy("occasion", "anniversary of ties")
    ANNIVERSARY = "anniversary", pgettext_lazy("occasion", "other anniversary")
    APPOINTMENT = "appointment", pgettext_lazy("occasion", "appointment")
    ELECTION = "election", pgettext_lazy("occasion", "election or congress")
    CONDOLENCE = "condolence", pgettext_lazy("occasion", "condolence")
    DISASTER = "disaster", pgettext_lazy("occasion", "sympathy after a disaster")


#: What no calendar announces: it is answered at once, not prepared half a month before.
PROMPT = frozenset(
    {OccasionKind.APPOINTMENT, OccasionKind.ELECTION, OccasionKind.CONDOLENCE, OccasionKind.DISASTER}
)
#: What comes again every year.
YEARLY = frozenset(
    {OccasionKind.NATIONAL_DAY, OccasionKind.FESTIVAL, OccasionKind.TIES, OccasionKind.ANNIVERSARY}
)


class Form(models.TextChoices):
    """How it is said."""

    TELEGRAM = "telegram", pgettext_lazy("greeting", "telegram")
    LETTER = "letter", pgettext_lazy("greeting", "letter")
    CARD = "card", pgettext_lazy("greeting", "card")
    VISIT = "visit", pgettext_lazy("greeting", "in person")


class Level(models.TextChoices):
    """Who greets on our side; of a greeting received, whom it is for."""

    PARTY = "party", pgettext_lazy("level of greeting", "Provincial Party Committee")
    COUNCIL = "council", pgettext_lazy("level of greeting", "People's Council")
    COMMITTEE = "committee", pgettext_lazy("level of greeting", "People's Committee")
    FRONT = "front", pgettext_lazy("level of greeting", "Fatherland Front and mass organisations")
    DEPARTMENT = "department", pgettext_lazy("level of greeting", "department or force")
    UNION = "union", pgettext_lazy("level of greeting", "union of friendship organizations")
    COMMUNE = "commune", pgettext_lazy("level of greeting", "commune")


#: Their own head approves; all others go up to the leaders of the province.
OWN_LEVELS = frozenset({Level.DEPARTMENT, Level.UNION, Level.COMMUNE})
#: The pillar of external affairs that a greeting of a level belongs to.
CHANNELS = {Level.PARTY: "party", Level.FRONT: "people", Level.UNION: "people"}


class Way(models.TextChoices):
    """How it travelled."""

    POST = "post", pgettext_lazy("way", "post or courier")
    MISSION = "mission", pgettext_lazy("way", "through a mission")
    MINISTRY = "ministry", pgettext_lazy("way", "through the Ministry of Foreign Affairs")
    GATE = "gate", pgettext_lazy("way", "handed over at the border gate")
    HAND = "hand", pgettext_lazy("way", "handed over in person")
    ELECTRONIC = "electronic", pgettext_lazy("way", "electronically")


class Language(models.TextChoices):
    """In which language the letter goes beside Vietnamese."""

    VI = "vi", _("Vietnamese")
    EN = "en", _("English")
    ZH = "zh", _("Chinese")
    LO = "lo", _("Lao")
