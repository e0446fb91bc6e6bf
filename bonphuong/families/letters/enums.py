"""Choices of letters."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """Which way it went."""

    INCOMING = "incoming", pgettext_lazy("letter", "letter received")
    OUTGOING = "outgoing", pgettext_lazy("letter", "letter sent")


class Form(models.TextChoices):
    """What sort of writing it is."""

    NOTE_VERBALE = "note_verbale", pgettext_lazy("letter", "diplomatic note")
    OFFICIAL_LETTER = "official_letter", pgettext_lazy("letter", "official letter")
    LETTER = "letter", pgettext_lazy("letter", "letter of a leader")
    INVITATION = "invitation", pgettext_lazy("letter", "letter of invitation")
    MEMO = "memo", pgettext_lazy("letter", "exchange note or minutes sent over")
    EMAIL = "email", pgettext_lazy("letter", "electronic mail")


class Way(models.TextChoices):
    """How it travelled."""

    POST = "post", pgettext_lazy("way", "post or courier")
    MISSION = "mission", pgettext_lazy("way", "through a mission")
    MINISTRY = "ministry", pgettext_lazy("way", "through the Ministry of Foreign Affairs")
    GATE = "gate", pgettext_lazy("way", "handed over at the border gate")
    HAND = "hand", pgettext_lazy("way", "handed over in person")
    ELECTRONIC = "electronic", pgettext_lazy("way", "electronically")


class Language(models.TextChoices):
    """In which language it is written."""

    VI = "vi", _("Vietnamese")
    EN = "en", _("English")
    ZH = "zh", _("Chinese")
    LO = "lo", _("Lao")
    OTHER = "other", pgettext_lazy("language", "another language")


class Urgency(models.TextChoices):
    """As the sender asks."""

    NORMAL = "normal", pgettext_lazy("urgency", "ordinary")
    URGENT = "urgent", pgettext_lazy("urgency", "urgent")
    EXPRESS = "express", pgettext_lazy("urgency", "express")
