"""Choices of what all families share."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who may see a record."""

    BOOK = "book", _("everybody in the province")
    OFFICE = "office", _("its office and the focal agency")
    PERSONAL = "personal", _("those who handle personal trips")
    RESTRICTED = "restricted", _("those who may read restricted data")


class TieKind(models.TextChoices):
    """What a record is tied to by a permanent code."""

    COUNTRY = "country", _("country")
    PARTY = "party", _("partner")
    UNIT = "unit", _("administrative unit")
    FIELD = "field", _("field of cooperation")


class LinkKind(models.TextChoices):
    """How one record relates to another."""

    SAME_VISIT = "same_visit", _("the same visit in another book")
    DUPLICATE = "duplicate", _("entered twice")
    FOLLOWS = "follows", _("follows from")
    PART_OF = "part_of", _("part of")
    RELATED = "related", _("related to")


class PaperRole(models.TextChoices):
    """What a paper is to a record."""

    REQUEST = "request", _("request")
    INVITATION = "invitation", _("invitation")
    PROGRAMME = "programme", _("programme")
    SUBMISSION = "submission", _("submission")
    OPINION = "opinion", _("opinion")
    DECISION = "decision", _("decision")
    MINUTES = "minutes", _("minutes")
    REPORT = "report", _("report of results")
    SOURCE = "source", _("source")
    OTHER = "other", _("other")


class CommitmentSide(models.TextChoices):
    """Whose turn it is to act."""

    OURS = "ours", _("our side")
    THEIRS = "theirs", _("the partner's side")


class CommitmentKind(models.TextChoices):
    """What was said."""

    PROMISE = "promise", _("promise")
    OBLIGATION = "obligation", _("obligation")
    REQUEST = "request", _("request")


class CommitmentStatus(models.TextChoices):
    """How far it has come. `PROPOSED` was found by the reader and waits for a person."""

    PROPOSED = "proposed", _("proposed")
    OPEN = "open", _("open")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")
