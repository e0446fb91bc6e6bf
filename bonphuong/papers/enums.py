"""Kinds of official papers, of templates, and the words of the trail for what is done with them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class SigningMode(models.TextChoices):
    """By which authority somebody signs; the mark stands before whoever is signed for."""

    OWN = "OWN", pgettext_lazy("signing", "in one's own right")
    TM = "TM", pgettext_lazy("signing", "TM., on behalf of the body")
    KT = "KT", pgettext_lazy("signing", "KT., a deputy for the head")
    TL = "TL", pgettext_lazy("signing", "TL., by order of the head")
    TUQ = "TUQ", pgettext_lazy("signing", "TUQ., by authorisation of the head")


class TemplateCode(models.TextChoices):
    """A paper that the product prints from a Word template. Codes are for ever."""

    OUTBOUND_SUBMISSION = "outbound_submission", _("submission to send a delegation abroad")
    OUTBOUND_DECISION = "outbound_decision", _("decision to send a delegation abroad")
    INDIVIDUAL_DECISION = "individual_decision", _("decision to let a person go abroad")
    INBOUND_SUBMISSION = "inbound_submission", _("submission to receive a foreign delegation")
    INBOUND_DECISION = "inbound_decision", _("letter that permits to receive a foreign delegation")
    MEMBER_LIST = "member_list", _("list of members of a delegation")
    GUEST_LIST = "guest_list", _("list of members of a foreign delegation")
    GREETING_LETTERS = "greeting_letters", _("letters of greeting, one for each addressee")
    RECORD_SUBMISSION = "record_submission", pgettext_lazy("template", "submission")
    RECORD_DECISION = "record_decision", pgettext_lazy("template", "decision")
    OPINION_LETTER = "opinion_letter", _("letter that asks for opinions")
    INVITATION = "invitation", pgettext_lazy("template", "invitation")
    NOTE_DRAFT = "note_draft", _("draft of a diplomatic note")
    PROGRAMME = "programme", pgettext_lazy("template", "programme by the hour")
    MINUTES = "minutes", pgettext_lazy("template", "minutes")
    RESULT_REPORT = "result_report", _("report on results")
    TRIP_REPORT = "trip_report", _("report on a trip or visit")


# What filing a printed paper would make of it.
KIND_OF_TEMPLATE = {
    TemplateCode.OUTBOUND_SUBMISSION: PaperKind.SUBMISSION,
    TemplateCode.OUTBOUND_DECISION: PaperKind.DECISION,
    TemplateCode.INDIVIDUAL_DECISION: PaperKind.DECISION,
    TemplateCode.INBOUND_SUBMISSION: PaperKind.SUBMISSION,
    TemplateCode.INBOUND_DECISION: PaperKind.OFFICIAL_LETTER,
    TemplateCode.MEMBER_LIST: PaperKind.MEMBER_LIST,
    TemplateCode.GUEST_LIST: PaperKind.MEMBER_LIST,
    TemplateCode.GREETING_LETTERS: PaperKind.GREETING,
    TemplateCode.RECORD_SUBMISSION: PaperKind.SUBMISSION,
    TemplateCode.RECORD_DECISION: PaperKind.DECISION,
    TemplateCode.OPINION_LETTER: PaperKind.OFFICIAL_LETTER,
    TemplateCode.INVITATION: PaperKind.INVITATION,
    TemplateCode.NOTE_DRAFT: PaperKind.NOTE,
    TemplateCode.PROGRAMME: PaperKind.PROGRAMME,
    TemplateCode.MINUTES: PaperKind.MINUTES,
    TemplateCode.RESULT_REPORT: PaperKind.REPORT,
    TemplateCode.TRIP_REPORT: PaperKind.TRIP_REPORT,
}

VERBS = {
    "papers.paper.file": _("filed a paper"),
    "papers.paper.change": _("changed what is noted of a paper"),
    "papers.paper.number": _("typed back number and day of a paper"),
    "papers.paper.remove": _("took back what was noted of papers"),
    "papers.template.add": _("changed a document template"),
    "papers.template.end": _("ended a document template"),
}
