"""Choices of other activities. Codes of sections are those of the report definitions that are shipped."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class Section(models.TextChoices):
    """Which part of a report tells it."""

    CONTEXT = "context", pgettext_lazy("section", "direction and guidance")
    RELATIONS = "relations", pgettext_lazy("section", "relations with partners")
    ECONOMIC = "economic", pgettext_lazy("section", "economic diplomacy")
    CULTURAL = "cultural", pgettext_lazy("section", "cultural diplomacy")
    BORDER = "border", pgettext_lazy("section", "border and territory")
    CONSULAR = "consular", pgettext_lazy("section", "consular work")
    # Told in the section of consular work; kept apart because it is asked for apart.
    PROTECTION = "protection", pgettext_lazy("section", "protection of citizens")
    OVERSEAS = "overseas", pgettext_lazy("section", "overseas Vietnamese")
    PEOPLE = "people", pgettext_lazy("section", "people-to-people diplomacy")
    INFORMATION = "information", pgettext_lazy("section", "external information")
    PROTOCOL = "protocol", pgettext_lazy("section", "diplomatic protocol")
    TRAINING = "training", pgettext_lazy("section", "training")
    OTHER = "other", pgettext_lazy("section", "other work")


class Channel(models.TextChoices):
    """Which of the three pillars it belongs to."""

    PARTY = "party", pgettext_lazy("channel", "Party")
    STATE = "state", pgettext_lazy("channel", "state")
    PEOPLE = "people", pgettext_lazy("channel", "people")


#: Sections of a report by the sections of activities that they tell, where these are not of one name.
TOLD_IN = {Section.PROTECTION: "consular"}
#: How many quantities an activity may carry.
QUANTITIES = (1, 2, 3)
