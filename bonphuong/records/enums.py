"""Choices of what all families share."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Visibility(models.TextChoices):
    """Who may see a record."""

    BOOK = "book", pgettext_lazy("visibility", "everybody in the province")
    OFFICE = "office", pgettext_lazy("visibility", "its office and the focal agency")
    PERSONAL = "personal", pgettext_lazy("visibility", "those who handle personal trips")
    RESTRICTED = "restricted", pgettext_lazy("visibility", "those who may read restricted data")


class TieKind(models.TextChoices):
    """What a record is tied to by a permanent code."""

    COUNTRY = "country", pgettext_lazy("tie", "country")
    PARTY = "party", pgettext_lazy("tie", "partner")
    UNIT = "unit", pgettext_lazy("tie", "administrative unit")
    FIELD = "field", pgettext_lazy("tie", "field of cooperation")


class LinkKind(models.TextChoices):
    """How one record relates to another."""

    SAME_VISIT = "same_visit", pgettext_lazy("link", "the same visit in another book")
    DUPLICATE = "duplicate", pgettext_lazy("link", "entered twice")
    DISTINCT = "distinct", pgettext_lazy("link", "looks like it and is another")
    FOLLOWS = "follows", pgettext_lazy("link", "follows from")
    PART_OF = "part_of", pgettext_lazy("link", "part of")
    RELATED = "related", pgettext_lazy("link", "related to")


class PaperRole(models.TextChoices):
    """What a paper is to a record."""

    REQUEST = "request", pgettext_lazy("paper", "request")
    INVITATION = "invitation", pgettext_lazy("paper", "invitation")
    PROGRAMME = "programme", pgettext_lazy("paper", "programme")
    SUBMISSION = "submission", pgettext_lazy("paper", "submission")
    OPINION = "opinion", pgettext_lazy("paper", "opinion")
    DECISION = "decision", pgettext_lazy("paper", "decision")
    MINUTES = "minutes", pgettext_lazy("paper", "minutes")
    REPORT = "report", pgettext_lazy("paper", "report of results")
    SOURCE = "source", pgettext_lazy("paper", "source")
    OTHER = "other", pgettext_lazy("paper", "other")


# What a paper of a kind usually is to the record that it is filed with.
ROLE_OF_KIND = {
    "submission": PaperRole.SUBMISSION,
    "decision": PaperRole.DECISION,
    "official_letter": PaperRole.REQUEST,
    "invitation": PaperRole.INVITATION,
    "programme": PaperRole.PROGRAMME,
    "minutes": PaperRole.MINUTES,
    "trip_report": PaperRole.REPORT,
    "news_article": PaperRole.SOURCE,
}


class CommitmentSide(models.TextChoices):
    """Whose turn it is to act."""

    OURS = "ours", pgettext_lazy("commitment", "our side")
    THEIRS = "theirs", pgettext_lazy("commitment", "the partner's side")


class CommitmentKind(models.TextChoices):
    """What was said."""

    PROMISE = "promise", pgettext_lazy("commitment", "promise")
    OBLIGATION = "obligation", pgettext_lazy("commitment", "obligation")
    REQUEST = "request", pgettext_lazy("commitment", "request")


class CommitmentStatus(models.TextChoices):
    """How far it has come. `PROPOSED` was found by the reader and waits for a person."""

    PROPOSED = "proposed", pgettext_lazy("commitment", "proposed")
    OPEN = "open", pgettext_lazy("commitment", "open")
    DONE = "done", pgettext_lazy("commitment", "done")
    DROPPED = "dropped", pgettext_lazy("commitment", "dropped")


class CalendarSort(models.TextChoices):
    """What a day in a calendar is about, in the order of its filters. Codes are for ever: feeds keep them."""

    OUT = "out", pgettext_lazy("calendar", "trips abroad")
    IN = "in", pgettext_lazy("calendar", "guests from abroad")
    MEETING = "meeting", pgettext_lazy("calendar", "meetings and talks")
    EVENT = "event", pgettext_lazy("calendar", "events")
    WORK = "work", pgettext_lazy("calendar", "other work")
    DEADLINE = "deadline", pgettext_lazy("calendar", "deadlines")
    PROMISE = "promise", pgettext_lazy("calendar", "promises due")
    REPORT = "report", pgettext_lazy("calendar", "reports")
    ENDS = "ends", pgettext_lazy("calendar", "what runs out")
    GREETING = "greeting", pgettext_lazy("calendar", "greetings")
    FEAST = "feast", pgettext_lazy("calendar", "feasts and national days")


class WaitingKind(models.TextChoices):
    """Why something waits for a person, the most pressing first."""

    DECIDE = "decide", pgettext_lazy("waiting", "to be decided")
    RETURNED = "returned", pgettext_lazy("waiting", "returned for revision")
    DESK = "desk", pgettext_lazy("waiting", "next step")
    OPINION = "opinion", pgettext_lazy("waiting", "opinion asked of you")
    CHASE = "chase", pgettext_lazy("waiting", "opinion overdue")
    COMMITMENT = "commitment", pgettext_lazy("waiting", "commitment falling due")


VERBS = {
    "records.commitment.add": _("noted a commitment"),
    "records.commitment.change": _("changed a commitment"),
    "records.record.advance": _("moved a record on"),
    "records.record.attach": _("attached papers to a record"),
    "records.record.create": _("created a record"),
    "records.record.link": _("linked records"),
    "records.record.mark_duplicate": _("marked a record as entered twice"),
    "records.record.remove": _("took records back"),
    "records.record.unmark_duplicate": _("said that a record was not entered twice"),
    "records.record.update": _("changed a record"),
}
