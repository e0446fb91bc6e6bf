"""Choices of calls for contributions, and the verbs of their acts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Asks(models.TextChoices):
    """What a question asks for."""

    TEXT = "text", pgettext_lazy("question", "text")
    FIGURE = "figure", pgettext_lazy("question", "a figure")
    TABLE = "table", pgettext_lazy("question", "a table of records")


class Via(models.TextChoices):
    """How an answer came."""

    DESK = "desk", pgettext_lazy("answer", "in the desk")
    FILE = "file", pgettext_lazy("answer", "by file")


class Standing(models.TextChoices):
    """How an addressee stands today. Computed, never stored."""

    DRAFT = "draft", pgettext_lazy("contribution", "not sent yet")
    WAITING = "waiting", pgettext_lazy("contribution", "waited for")
    LATE = "late", pgettext_lazy("contribution", "overdue")
    ANSWERED = "answered", pgettext_lazy("contribution", "received")
    RETURNED = "returned", pgettext_lazy("contribution", "returned to be completed")
    ACCEPTED = "accepted", pgettext_lazy("contribution", "accepted")


VERBS = {
    "contributions.call.draft": _("prepared a call for contributions"),
    "contributions.call.change": _("changed a call for contributions"),
    "contributions.call.send": _("sent a call for contributions"),
    "contributions.call.close": _("closed a call for contributions"),
    "contributions.call.chase": _("chased contributions"),
    "contributions.call.merge": _("merged contributions"),
    "contributions.call.state": _("entered the figures of contributions"),
    "contributions.answer.give": _("contributed to a call"),
    "contributions.answer.take_in": _("took in a contribution by file"),
    "contributions.answer.return": _("returned a contribution"),
    "contributions.answer.accept": _("accepted a contribution"),
}
