"""What a feed takes in, how far a package has come, and the words of the trail."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Scope(models.TextChoices):
    """Whose days a calendar feed holds."""

    ALL = "all", pgettext_lazy("feed", "everything that I may see")
    OFFICE = "office", pgettext_lazy("feed", "one office")
    DESK = "desk", pgettext_lazy("feed", "only what waits at my desk")


class KeyState(models.TextChoices):
    """Whether an office's key is believed."""

    TRUSTED = "trusted", pgettext_lazy("key", "trusted")
    REPLACED = "replaced", pgettext_lazy("key", "replaced")


class SentState(models.TextChoices):
    """How far a package has come, as its maker knows."""

    MADE = "made", pgettext_lazy("package", "made")
    QUERIED = "queried", pgettext_lazy("package", "questions to answer")
    ANSWERED = "answered", pgettext_lazy("package", "answered")
    RETURNED = "returned", pgettext_lazy("package", "returned")
    ACCEPTED = "accepted", pgettext_lazy("package", "accepted")


class ReceivedState(models.TextChoices):
    """How far a package has come where it was taken in."""

    RECEIVED = "received", pgettext_lazy("package", "received")
    QUERIED = "queried", pgettext_lazy("package", "waiting for answers")
    RETURNED = "returned", pgettext_lazy("package", "returned")
    ACCEPTED = "accepted", pgettext_lazy("package", "accepted")
    SUPERSEDED = "superseded", pgettext_lazy("package", "superseded")


class LetterKind(models.TextChoices):
    """What an envelope between two servers holds. The values stand in files and never change."""

    REPORT = "report", pgettext_lazy("package", "package of a report")
    QUERY = "query", pgettext_lazy("package", "questions")
    ANSWER = "answer", pgettext_lazy("package", "answers")
    RETURN = "return", pgettext_lazy("package", "return")
    ACCEPT = "accept", pgettext_lazy("package", "acceptance")


VERBS = {
    "exchange.feed.make": _("made an address for a calendar"),
    "exchange.feed.revoke": _("revoked the address of a calendar"),
    "exchange.key.make": _("made the key of an office"),
    "exchange.key.trust": _("confirmed the key of an office"),
    "exchange.letter.take_in": _("took in an answer to a package"),
    "exchange.package.accept": _("accepted a package"),
    "exchange.package.make": _("made a package of a report"),
    "exchange.package.return": _("returned a package"),
    "exchange.package.take_in": _("took in a package"),
    "exchange.query.answer": _("answered a question on a figure"),
    "exchange.query.ask": _("asked about a figure of a package"),
    "system.exchange.load": _("loaded the days by which reports are due"),
}
