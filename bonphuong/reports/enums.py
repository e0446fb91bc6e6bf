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
    "reports.draft.begin": _("began a report"),
    "reports.draft.discard": _("threw a draft of a report away"),
    "reports.draft.estimate": _("entered an estimate for a report"),
    "reports.draft.write": _("wrote a part of a report"),
    "reports.edition.file": _("filed a signed report among the papers"),
    "reports.edition.number": _("typed back number and day of a report"),
    "reports.edition.sign": _("signed a report"),
    "reports.edition.supersede": _("began a corrected report"),
    "system.reports.load": _("loaded the definitions of reports"),
}
