"""Kinds of official papers and the words of the trail for what is done with them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperKind(models.TextChoices):
    """What sort of paper it is."""

    SUBMISSION = "submission", _("submission")
    DECISION = "decision", _("decision")
    OFFICIAL_LETTER = "official_letter", _("official letter")
    INVITATION = "invitation", _("invitation")
    NOTE = "note", _("diplomatic note")
    PROGRAMME = "programme", _("programme")
    MINUTES = "minutes", _("minutes")
    MEMBER_LIST = "member_list", _("member list")
    TRIP_REPORT = "trip_report", _("trip report")
    GREETING = "greeting", _("greeting")
    REPORT = "report", _("report")
    NEWS_ARTICLE = "news_article", _("news article")
    OTHER = "other", _("other paper")


class PaperDirection(models.TextChoices):
    """Which way it went."""

    OUT = "out", _("sent")
    IN = "in", _("received")


VERBS = {
    "papers.paper.file": _("filed a paper"),
    "papers.paper.change": _("changed what is noted of a paper"),
    "papers.paper.number": _("typed back number and day of a paper"),
    "papers.paper.print": _("printed a paper"),
    "papers.template.add": _("changed a document template"),
}
