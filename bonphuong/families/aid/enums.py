"""Choices of foreign aid. Codes stand in the ledger and are for ever."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a record of aid is."""

    ITEM = "item", _("aid item")
    RELIEF = "relief", _("emergency relief")
    DONOR = "donor", _("donor")
    CALL = "call", _("project that calls for aid")


#: Kinds that hold money received.
RECEIVED = (Kind.ITEM, Kind.RELIEF)


class AidKind(models.TextChoices):
    """What sort of item it is, as decrees part them."""

    PROGRAMME = "programme", pgettext_lazy("aid", "programme")
    PROJECT = "project", pgettext_lazy("aid", "project")
    NON_PROJECT = "non_project", pgettext_lazy("aid", "non-project aid")
    RELIEF = "relief", pgettext_lazy("aid", "emergency relief")


class DonorKind(models.TextChoices):
    """What sort of donor it is."""

    FOREIGN_NGO = "foreign_ngo", _("foreign non-governmental organisation")
    EMBASSY = "embassy", _("embassy or consulate")
    LOCALITY = "locality", _("foreign locality")
    INTERNATIONAL = "international", _("international organisation")
    COMPANY = "company", _("company")
    PERSON = "person", _("private person")
    OTHER = "other", pgettext_lazy("donor", "another donor")


class ApprovedBy(models.TextChoices):
    """Who approved it. What a ministry or the Prime Minister approved is carried out here all the same."""

    PROVINCE = "province", pgettext_lazy("approved by", "the province")
    PRIME_MINISTER = "prime_minister", pgettext_lazy("approved by", "the Prime Minister")
    MINISTRY = "ministry", pgettext_lazy("approved by", "a ministry or central body")
    ORGANISATION = "organisation", pgettext_lazy("approved by", "a central mass organisation")


class Series(models.TextChoices):
    """Series of money. They are never added to one another."""

    PLEDGED = "pledged", pgettext_lazy("money", "pledged")
    WHOLE_LIFE = "whole_life", pgettext_lazy("money", "whole life")
    APPROVED = "approved", pgettext_lazy("money", "approved")
    YEAR_PLAN = "year_plan", pgettext_lazy("money", "planned for a coming year")
    YEAR_SLICE = "year_slice", pgettext_lazy("money", "committed for the year")
    DISBURSED = "disbursed", pgettext_lazy("money", "disbursed")
    COUNTERPART = "counterpart", pgettext_lazy("money", "counterpart fund")
    TARGET = "target", pgettext_lazy("money", "target of the call")


#: Series that are for a year.
YEARLY = (Series.YEAR_PLAN, Series.YEAR_SLICE)


class Share(models.TextChoices):
    """Whose share of a project over several provinces a sum is. Only our own counts."""

    OWN = "own", pgettext_lazy("share", "our province")
    WHOLE = "whole", pgettext_lazy("share", "the whole project")
    OTHER = "other", pgettext_lazy("share", "another province")


class Newness(models.TextChoices):
    """Whether an item is new in the year of a slice or of a disbursement, where its approval does not tell."""

    NEW = "new", pgettext_lazy("aid", "new")
    CARRIED = "carried", pgettext_lazy("aid", "carried over")


class CertificateKind(models.TextChoices):
    """Registration certificates of foreign NGOs. Project offices ended with the decree of 2012 and stay legible."""

    OPERATION = "operation", _("operation")
    REPRESENTATIVE_OFFICE = "representative_office", _("representative office")
    PROJECT_OFFICE = "project_office", _("project office (until 2022)")


class Outcome(models.TextChoices):
    """What came of an approach to a donor."""

    WAITING = "waiting", pgettext_lazy("approach", "no answer yet")
    INTERESTED = "interested", pgettext_lazy("approach", "interested")
    PROMISED = "promised", pgettext_lazy("approach", "promised")
    DECLINED = "declined", pgettext_lazy("approach", "declined")


class Cover(models.TextChoices):
    """How an item stands to its donor's certificate on the day of its approval."""

    FITS = "fits", _("The certificate covers kind of donor, place and field.")
    NO_FILE = "no_file", _("The donor has no file here, so the certificate cannot be checked.")
    NO_CERTIFICATE = "no_certificate", _("The donor had no certificate in force on the day of approval.")
    NO_SCOPE = "no_scope", _("Places and fields of the certificate have not been entered.")
    PLACE = "place", _("The place lies outside the certificate.")
    FIELD = "field", _("The field lies outside the certificate.")
    KIND = "kind", _("The certificate does not cover this kind of aid.")
