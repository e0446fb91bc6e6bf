"""Choices of twinned pairs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class Level(models.TextChoices):
    """Who is twinned with whom."""

    VILLAGE = "village", pgettext_lazy("twinning", "villages, residents' clusters")
    COMMUNE = "commune", pgettext_lazy("twinning", "communes, towns")
    # Until 30 June 2025; what they signed is the province's since.
    DISTRICT = "district", pgettext_lazy("twinning", "districts (until mid-2025)")
    POST = "post", pgettext_lazy("twinning", "border posts")
    DEPARTMENT = "department", pgettext_lazy("twinning", "departments, associations")
    PROVINCE = "province", pgettext_lazy("twinning", "provinces")


class Standing(models.TextChoices):
    """Where a pair stands; always worked out from its days, never typed."""

    PREPARING = "preparing", pgettext_lazy("twinning", "being prepared")
    ACTIVE = "active", pgettext_lazy("twinning", "active")
    PAUSED = "paused", pgettext_lazy("twinning", "paused")
    ENDED = "ended", pgettext_lazy("twinning", "ended")
    DROPPED = "dropped", pgettext_lazy("twinning", "not carried through")


class Deed(models.TextChoices):
    """What the two sides did together."""

    EXCHANGE = "exchange", pgettext_lazy("twinning", "exchange, feast")
    TALKS = "talks", pgettext_lazy("twinning", "meeting, exchange of news")
    PUBLICITY = "publicity", pgettext_lazy("twinning", "telling people of the law")
    PATROL = "patrol", pgettext_lazy("twinning", "watching over line and markers")
    HELP = "help", pgettext_lazy("twinning", "help in need")
    WORK = "work", pgettext_lazy("twinning", "work and trade")
    HEALTH = "health", pgettext_lazy("twinning", "health, prevention of disease")
    GREETING = "greeting", pgettext_lazy("twinning", "greetings, visits on feasts")
    OTHER = "other", pgettext_lazy("twinning", "other")


class ReviewKind(models.TextChoices):
    """Which look back it is."""

    YEARLY = "yearly", pgettext_lazy("twinning", "of a year")
    THREE_YEARS = "three_years", pgettext_lazy("twinning", "of three years")
    WHOLE = "whole", pgettext_lazy("twinning", "of the whole time")


#: So many days without activity or review make a pair silent.
SILENT_DAYS = 365
#: How often a pair is looked back at where its minutes do not say.
REVIEW_MONTHS = 12

VERBS = {
    "twinning.pair.note_activity": pgettext_lazy("verb", "noted an activity of a twinned pair"),
}
