"""Choices of support. Codes stand in the ledger and are for ever."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a record of support is: one way through one procedure, whatever is given."""

    SUPPORT = "support", _("support to a partner")


class SupportKind(models.TextChoices):
    """What is given."""

    WORKS = "works", pgettext_lazy("support", "works")
    GOODS = "goods", pgettext_lazy("support", "goods and equipment")
    MONEY = "money", pgettext_lazy("support", "money")
    EXPERTS = "experts", pgettext_lazy("support", "experts")
    COURSE = "course", pgettext_lazy("support", "short course")
    EXCHANGE = "exchange", pgettext_lazy("support", "professional exchange")


class Budget(models.TextChoices):
    """Whose money it is."""

    PROVINCE = "province", pgettext_lazy("budget", "the province's budget")
    CENTRAL = "central", pgettext_lazy("budget", "the central budget")
    RAISED = "raised", pgettext_lazy("budget", "raised from society")


class Series(models.TextChoices):
    """Series of money. They are never added to one another."""

    PROMISED = "promised", pgettext_lazy("money", "promised")
    WHOLE_LIFE = "whole_life", pgettext_lazy("money", "whole life")
    APPROVED = "approved", pgettext_lazy("money", "approved")
    YEAR_PLAN = "year_plan", pgettext_lazy("money", "planned for a coming year")
    YEAR_SLICE = "year_slice", pgettext_lazy("money", "set aside for the year")
    DISBURSED = "disbursed", pgettext_lazy("money", "disbursed")
    COUNTERPART = "counterpart", pgettext_lazy("money", "the partner's own part")


#: Series that are for a year.
YEARLY = (Series.YEAR_PLAN, Series.YEAR_SLICE)


class Newness(models.TextChoices):
    """Whether an item is new in the year of a sum, where its approval does not tell."""

    NEW = "new", pgettext_lazy("support", "new")
    CARRIED = "carried", pgettext_lazy("support", "carried over")


class Role(models.TextChoices):
    """In what part people take part."""

    EXPERT = "expert", pgettext_lazy("support", "expert sent")
    TRAINEE = "trainee", pgettext_lazy("support", "partner's people trained")
    EXCHANGE = "exchange", pgettext_lazy("support", "taking part in an exchange")
