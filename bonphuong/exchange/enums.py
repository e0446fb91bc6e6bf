"""What a feed takes in, and the words of the trail."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Scope(models.TextChoices):
    """Whose days a calendar feed holds."""

    ALL = "all", pgettext_lazy("feed", "everything that I may see")
    OFFICE = "office", pgettext_lazy("feed", "one office")
    DESK = "desk", pgettext_lazy("feed", "only what waits at my desk")


VERBS = {
    "exchange.feed.make": _("made an address for a calendar"),
    "exchange.feed.revoke": _("revoked the address of a calendar"),
}
