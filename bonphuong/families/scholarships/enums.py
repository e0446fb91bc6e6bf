"""Choices of scholarships. Their values stand in facts and never change."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """A programme of scholarships, or one student of it."""

    SCHEME = "scheme", _("scholarship programme")
    STUDENT = "student", _("scholarship student")


class Funding(models.TextChoices):
    """Who pays for the studies."""

    FULL = "full", _("fully funded")
    PART = "part", _("partly funded")
    OWN = "own", _("at their own cost")


class Payer(models.TextChoices):
    """Whose money it is."""

    PROVINCE = "province", _("provincial budget")
    CENTRAL = "central", _("central budget")
    PARTNER = "partner", _("the sending side")
    SCHOOL = "school", _("the school")
    SPONSOR = "sponsor", _("a sponsor")
    FAMILY = "family", _("the student's family")


class Course(models.TextChoices):
    """A course that ends with a certificate, or one that ends with a degree."""

    SHORT = "short", _("short course")
    DEGREE = "degree", _("degree course")


class Level(models.TextChoices):
    """The level of the school."""

    GENERAL = "general", _("general school")
    PRIMARY = "primary", _("elementary vocational level")
    INTERMEDIATE = "intermediate", _("intermediate level")
    COLLEGE = "college", _("college")
    UNIVERSITY = "university", _("university")
    POSTGRADUATE = "postgraduate", _("postgraduate")
    TRAINING = "training", _("short training")


class Gender(models.TextChoices):
    """As the list of the sending side gives it."""

    FEMALE = "f", _("female")
    MALE = "m", _("male")


class Item(models.TextChoices):
    """What is paid for a student."""

    KIT = "kit", _("initial kit")
    TUITION = "tuition", _("tuition")
    LIVING = "living", _("living allowance")
    TRAVEL = "travel", _("travel")
    HOLIDAYS = "holidays", _("holidays and feasts")
    OTHER = "other", _("other support")


class Per(models.TextChoices):
    """For how long one rate is paid."""

    MONTH = "month", _("a month")
    YEAR = "year", _("a school year")
    ONCE = "once", _("once")


class CostItem(models.TextChoices):
    """What is spent beside the regular stipends."""

    INSURANCE = "insurance", _("insurance and health care")
    HOUSING = "housing", _("housing and equipment")
    BOOKS = "books", _("books and study materials")
    LANGUAGE = "language", _("teaching Vietnamese")
    RECEPTION = "reception", _("reception and feasts")
    PAPERS = "papers", _("visas and papers")
    OTHER = "other", _("other costs")


class Grade(models.TextChoices):
    """The grade of a school year or of the diploma."""

    EXCELLENT = "excellent", pgettext_lazy("grade", "excellent")
    VERY_GOOD = "very_good", pgettext_lazy("grade", "very good")
    GOOD = "good", pgettext_lazy("grade", "good")
    AVERAGE = "average", pgettext_lazy("grade", "average")
    WEAK = "weak", pgettext_lazy("grade", "weak")
    FAILED = "failed", pgettext_lazy("grade", "failed")
