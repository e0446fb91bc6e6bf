"""Choices of reports, and the words of the trail for what is done with them."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Cutoff(models.TextChoices):
    """Where the periods of a report begin; the values are those of `kernel.periods.Cutoff`."""

    CALENDAR = "calendar", pgettext_lazy("cutoff", "calendar")
    STATUTORY = "statutory", pgettext_lazy("cutoff", "15th to 14th")
    FREE = "free", pgettext_lazy("cutoff", "free")


class LateRule(models.TextChoices):
    """What a report does with figures that came into a period after its report was signed."""

    CARRY = "carry", _("told in the next report as a line of its own")
    RESTATE = "restate", _("shown restated at their own period")


class EditionStatus(models.TextChoices):
    """How far an edition has come."""

    DRAFT = "draft", pgettext_lazy("report", "draft")
    SIGNED = "signed", pgettext_lazy("report", "signed")
    SUPERSEDED = "superseded", pgettext_lazy("report", "superseded")


class SlotState(models.TextChoices):
    """What a person says of a part that only people can write."""

    WRITTEN = "", _("written")
    NOTHING = "nothing", _("nothing happened")
    NOT_APPLICABLE = "not_applicable", _("not applicable here")


class ReviewState(models.TextChoices):
    """What came of asking somebody to review a draft."""

    ASKED = "asked", pgettext_lazy("review", "waited for")
    APPROVED = "approved", pgettext_lazy("review", "agreed")
    RETURNED = "returned", pgettext_lazy("review", "returned")
    WITHDRAWN = "withdrawn", pgettext_lazy("review", "withdrawn")


class PlaceKind(models.TextChoices):
    """What of a draft a remark is about."""

    WHOLE = "whole", pgettext_lazy("review", "the whole report")
    SECTION = "section", pgettext_lazy("review", "a section")
    SLOT = "slot", pgettext_lazy("review", "a written part")
    FIGURE = "figure", pgettext_lazy("review", "a figure")
    SENTENCE = "sentence", pgettext_lazy("review", "a sentence")


class Road(models.TextChoices):
    """How a signed report went to somebody who receives it."""

    DOCUMENTS = "documents", pgettext_lazy("sending", "document system")
    MAIL = "mail", pgettext_lazy("sending", "official mail address")
    POST = "post", pgettext_lazy("sending", "post")
    HAND = "hand", pgettext_lazy("sending", "by hand")
    PACKAGE = "package", pgettext_lazy("sending", "signed package")


class Basis(StrEnum):
    """Where a figure of an edition comes from. The values stand in frozen contents and never change."""

    COUNTED = "counted"  # found by `indicators`, with the rows under it
    PART = "part"  # the part of a counted figure that one code of a dimension has
    ESTIMATE = "estimate"  # given by a person for a period that is not over
    PUBLISHED = "published"  # as an earlier edition gave it
    DERIVED = "derived"  # computed from other figures of the edition


class Severity(StrEnum):
    """What a check of consistency means for signing."""

    PASSED = "passed"
    WARNING = "warning"  # may be signed over, with a reason
    ERROR = "error"  # cannot be signed


VERBS = {
    "reports.briefing.make": _("made a briefing book"),
    "reports.definition.adopt": _("changed the definition of a report"),
    "reports.definition.begin": _("began to change the form of a report"),
    "reports.definition.change": _("changed the draft of a form of a report"),
    "reports.definition.discard": _("threw away the draft of a form of a report"),
    "reports.definition.end": _("ended an office's own form of a report"),
    "reports.draft.begin": _("began a report"),
    "reports.draft.discard": _("threw a draft of a report away"),
    "reports.draft.estimate": _("entered an estimate for a report"),
    "reports.draft.write": _("wrote a part of a report"),
    "reports.edition.file": _("filed a signed report among the papers"),
    "reports.edition.number": _("typed back number and day of a report"),
    "reports.edition.sign": _("signed a report"),
    "reports.edition.supersede": _("began a corrected report"),
    "reports.edition.send": _("noted to whom a report was sent"),
    "reports.edition.unsend": _("took back that a report was sent"),
    "reports.review.answer": _("answered a review of a report"),
    "reports.review.ask": _("asked for a review of a report"),
    "reports.review.comment": _("remarked on a draft of a report"),
    "reports.review.reply": _("answered a remark on a draft"),
    "reports.review.settle": _("settled a remark on a draft, or opened it again"),
    "reports.review.withdraw": _("asked no longer for a review of a report"),
    "system.reports.load": _("loaded the definitions of reports"),
}
