"""Choices of the agreements family. Their values stand in facts and never change."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What is entered: what the law calls an international agreement, or a paper of work."""

    AGREEMENT = "agreement", _("international agreement")
    MINUTES = "minutes", _("minutes or memorandum")


class Form(models.TextChoices):
    """What the paper calls itself."""

    AGREEMENT = "agreement", pgettext_lazy("form of an agreement", "agreement")
    MEMORANDUM = "memorandum", pgettext_lazy("form of an agreement", "memorandum")
    PROGRAMME = "programme", pgettext_lazy("form of an agreement", "programme or plan of cooperation")
    LETTER = "letter", pgettext_lazy("form of an agreement", "letter of intent")
    EXCHANGE = "exchange", pgettext_lazy("form of an agreement", "exchange of letters")
    MINUTES = "minutes", pgettext_lazy("form of an agreement", "minutes")
    OTHER = "other", pgettext_lazy("form of an agreement", "another form")


class Level(models.TextChoices):
    """On whose behalf it is signed, as Law 70/2020/QH14 and Decree 64/2021/NĐ-CP tell them apart."""

    PROVINCE = "province", pgettext_lazy("level of an agreement", "provincial")
    DEPARTMENT = "department", pgettext_lazy("level of an agreement", "departmental")
    COMMUNE = "commune", pgettext_lazy("level of an agreement", "border commune")
    UNION = "union", pgettext_lazy("level of an agreement", "provincial body of an organisation")
    # Until 30 June 2025 only.
    DISTRICT = "district", pgettext_lazy("level of an agreement", "former district")


class Classified(models.TextChoices):
    """What a person has found a paper to be in law."""

    AGREEMENT = "agreement", _("international agreement")
    MINUTES = "minutes", _("minutes of work")
    MEMORANDUM = "memorandum", _("memorandum that is no international agreement")
    AID = "aid", _("agreement on aid of a foreign non-governmental organisation")
    CONTRACT = "contract", _("contract")


class Renewal(models.TextChoices):
    """What the text says of the day on which it runs out."""

    NONE = "none", _("ends on its day")
    AUTOMATIC = "automatic", _("renewed by itself")
    CONSENT = "consent", _("renewed if both sides agree")


class Channel(models.TextChoices):
    """The pillar of external affairs."""

    PARTY = "party", pgettext_lazy("channel", "Party")
    STATE = "state", pgettext_lazy("channel", "state")
    PEOPLE = "people", pgettext_lazy("channel", "people")


class Side(models.TextChoices):
    """On which side a signatory stands."""

    OURS = "ours", pgettext_lazy("side", "Viet Nam")
    THEIRS = "theirs", pgettext_lazy("side", "the partner")


class Language(models.TextChoices):
    """Languages in which agreements are drawn up."""

    VI = "vi", pgettext_lazy("language", "Vietnamese")
    ZH = "zh", pgettext_lazy("language", "Chinese")
    LO = "lo", pgettext_lazy("language", "Lao")
    EN = "en", pgettext_lazy("language", "English")
    OTHER = "other", pgettext_lazy("language", "another language")


class Progress(models.TextChoices):
    """How an agreement was carried out in a year."""

    WELL = "well", pgettext_lazy("assessment", "well carried out")
    PARTLY = "partly", pgettext_lazy("assessment", "carried out in part")
    LITTLE = "little", pgettext_lazy("assessment", "hardly carried out")
    NOTHING = "nothing", pgettext_lazy("assessment", "not carried out")


class Proposal(models.TextChoices):
    """What is to become of it."""

    KEEP = "keep", pgettext_lazy("proposal", "go on")
    RENEW = "renew", pgettext_lazy("proposal", "renew")
    AMEND = "amend", pgettext_lazy("proposal", "amend")
    REPLACE = "replace", pgettext_lazy("proposal", "replace")
    SUSPEND = "suspend", pgettext_lazy("proposal", "suspend")
    END = "end", pgettext_lazy("proposal", "end")


#: States in which an agreement is being applied, whether or not its own day has passed.
LIVE = (
    "in_force",
    "renewed",
    "amended",
    "inherited",
    "name_updated",
    "reviewed",
    "kept",
    "applied_after_expiry",
)
