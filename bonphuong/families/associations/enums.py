"""Choices of associations. Their values stand in facts and never change."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """A body, or a congress of one."""

    UNION = "union", _("union of friendship organisations")
    ASSOCIATION = "association", _("friendship association")
    CONGRESS = "congress", _("term congress")


#: Kinds that have members, leaders and terms.
BODIES = (Kind.UNION.value, Kind.ASSOCIATION.value)


class MemberKind(models.TextChoices):
    """Who is a member."""

    ORGANISATION = "organisation", _("organisations")
    INDIVIDUAL = "individual", _("individuals")
