"""What the search finds."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a result is."""

    RECORD = "record", pgettext_lazy("search", "records")
    PAPER = "paper", pgettext_lazy("search", "papers")
    PARTY = "party", pgettext_lazy("search", "partners")
    PERSON = "person", pgettext_lazy("search", "people")
    DOCUMENT = "document", pgettext_lazy("search", "documents read")
    COMMITMENT = "commitment", pgettext_lazy("search", "commitments")
    UNIT = "unit", pgettext_lazy("search", "administrative units")
