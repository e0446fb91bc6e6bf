"""Choices of reference data, and the words for what is done to it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """The tier of an administrative unit. Districts ended on 30 June 2025."""

    PROVINCE = "province", _("province")
    DISTRICT = "district", _("district")
    COMMUNE = "commune", _("commune")


class SuccessionKind(models.TextChoices):
    """How one unit followed another."""

    WHOLE = "whole", _("taken over whole")
    PART = "part", _("taken over in part")
    # The tier itself ended: the unit above answers for it, while its land is told by the tier below.
    TIER = "tier", _("tier ended, taken over by the unit above")


class FeastCalendar(models.TextChoices):
    """By which calendar a feast is dated. The two lunar ones differ by a day in some years (2030)."""

    SOLAR = "solar", _("solar")
    LUNAR = "lunar", _("lunar, as counted in Viet Nam")
    LUNAR_CN = "lunar_cn", _("lunar, as counted in China")


class FeastKind(models.TextChoices):
    """What is remembered."""

    NATIONAL_DAY = "national_day", _("national day")
    TIES = "ties", _("anniversary of ties")
    ANNIVERSARY = "anniversary", _("anniversary")
    FESTIVAL = "festival", _("festival")


class RateKind(models.TextChoices):
    """Who fixes a rate, and for what."""

    DAY = "day", _("rate of the day")
    ACCOUNTING = "accounting", _("monthly accounting rate of the Ministry of Finance")
    REPORT = "report", _("fixed rate of a report")


VERBS = {
    "system.load_reference": _("Load reference data"),
    "reference.currency.add": _("added a currency"),
    "reference.feast.add": _("added a feast"),
    "reference.feast.end": _("let a feast end"),
    "reference.field.add": _("added a field of cooperation"),
    "reference.field.end": _("let a field of cooperation end"),
    "reference.working_day.set": _("Set a working day or a day off"),
    "reference.rate.record": _("Record an exchange rate"),
}
