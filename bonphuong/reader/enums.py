"""Choices of the reader: what became of a claim, how it stands to the ledger, what people did."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ClaimStatus(models.TextChoices):
    """What a person made of a claim."""

    PROPOSED = "proposed", _("waits for a person")
    ACCEPTED = "accepted", _("entered as a stated figure")
    FOLLOWED = "followed", _("noted as a commitment")
    SET_ASIDE = "set_aside", _("left aside")


class Outcome(models.TextChoices):
    """How a claim stands to what the ledger holds."""

    MATCHES = "matches", pgettext_lazy("claim", "matches")
    DIFFERS = "differs", pgettext_lazy("claim", "differs")
    NO_RECORD = "no_record", pgettext_lazy("claim", "not in the register")
    NO_PERIOD = "no_period", pgettext_lazy("claim", "has no period")
    AMBIGUOUS = "ambiguous", pgettext_lazy("claim", "can be read in two ways")
    CONTRADICTS = "contradicts", pgettext_lazy("claim", "contradicts another source")
    NOT_COMPARED = "not_compared", pgettext_lazy("claim", "nothing to compare with")


class Beside(models.TextChoices):
    """What stands beside a claim."""

    RECORDED = "recorded", _("counted from records")
    STATED = "stated", _("stated by another paper")
    NOTHING = "", _("nothing")


VERBS = {
    "reader.document.read": _("read a document"),
    "reader.claim.accept": _("entered a claim as a stated figure"),
    "reader.claim.withdraw": _("took an entered claim back"),
    "reader.claim.set_aside": _("left claims aside"),
    "reader.claim.reopen": _("took claims up again"),
    "reader.claim.follow": _("noted a request as a commitment"),
    "system.reader.load": _("loaded known states"),
}
