"""Words for the slots that each measure names: what the slot is called, and what its codes are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.families.activities import enums as activities
from bonphuong.families.agreements import enums as agreements
from bonphuong.families.aid import enums as aid
from bonphuong.families.associations import enums as associations
from bonphuong.families.borders import enums as borders
from bonphuong.families.delegations import enums as delegations
from bonphuong.families.events import enums as events
from bonphuong.families.greetings import enums as greetings
from bonphuong.families.letters import enums as letters
from bonphuong.families.mechanisms import enums as mechanisms
from bonphuong.families.programme import enums as programme
from bonphuong.families.scholarships import enums as scholarships
from bonphuong.families.support import enums as support
from bonphuong.families.twinning import enums as twinning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

_TRIPS = {
    "head_level": [delegations.HeadLevel.choices],
    "plan_status": [delegations.PlanStatus.choices],
    "funding": [delegations.Funding.choices],
    "purpose": [delegations.Purpose.choices],
    "form": [delegations.SessionForm.choices],
    "organiser": [[("alone", _("on their own decision")), ("other", _("another body"))]],
}
_STUDENTS = {
    "school_level": [scholarships.Level.choices],
    "funding": [scholarships.Funding.choices, scholarships.Payer.choices],
    "sex": [scholarships.Gender.choices],
    "item": [scholarships.Item.choices, scholarships.CostItem.choices],
}
#: First word of a measure's code → slot → the lists that its codes are taken from.
CHOICES: dict[str, Mapping[str, list[Any]]] = {
    "activities": {"section": [activities.Section.choices]},
    "agreements": {
        "form": [agreements.Form.choices],
        "level": [agreements.Level.choices],
        "act": [[("new", _("signed anew")), ("amendment", _("amendment of an earlier one"))]],
        "origin": [[("own", _("signed by the office itself")), ("inherited", _("taken over from another"))]],
        "classified": [agreements.Classified.choices],
    },
    "aid": {
        "aid_kind": [aid.AidKind.choices],
        "donor_kind": [aid.DonorKind.choices],
        "approved_by": [aid.ApprovedBy.choices],
        "new_or_carried": [aid.Newness.choices],
        "certificate_kind": [aid.CertificateKind.choices],
    },
    "associations": {"member_kind": [associations.MemberKind.choices], "body": [associations.Kind.choices]},
    "border": {
        "gate_type": [borders.GateType.choices],
        "joint_kind": [borders.JointKind.choices],
        "side": [borders.Side.choices],
    },
    "events": {
        "form": [
            events.ConferenceForm.choices,
            events.EventForm.choices,
            events.MediaForm.choices,
            events.ProductForm.choices,
        ],
        "mode": [events.Mode.choices],
        "authority": [events.Authority.choices],
        "part": [events.Part.choices, events.Authority.choices],
        "language": [events.Language.choices],
    },
    "greetings": {
        "occasion": [greetings.OccasionKind.choices],
        "form": [greetings.Form.choices],
        "level": [greetings.Level.choices],
    },
    "inbound": _TRIPS,
    "letters": {"form": [letters.Form.choices], "direction": [letters.Kind.choices]},
    "mechanisms": {"sort": [mechanisms.Sort.choices], "form": [mechanisms.Form.choices]},
    "outbound": _TRIPS,
    "programme": {"work": [programme.Work.choices], "funding": [programme.Funding.choices]},
    "scholarships": _STUDENTS,
    "sessions": _TRIPS,
    "stipends": _STUDENTS,
    "students": _STUDENTS,
    "support": {
        "support_kind": [support.SupportKind.choices],
        "budget": [support.Budget.choices],
        "new_or_carried": [support.Newness.choices],
    },
    "twinning": {
        "level": [twinning.Level.choices],
        "side": [borders.Side.choices],
        "deed": [twinning.Deed.choices],
    },
}
#: What each dimension is called: the ledger's own, then the slots.
DIMENSION_WORDS: dict[str, _StrPromise] = {
    "country": _("Country"),
    "partner": _("Partner"),
    "field": _("Field"),
    "channel": _("Channel"),
    "unit": pgettext_lazy("of a figure", "Place"),
    "at": _("Counted at exactly this office"),
    "office": _("Office"),
    "act": pgettext_lazy("dimension", "New or amendment"),
    "aid_kind": pgettext_lazy("dimension", "Kind of aid"),
    "approved_by": pgettext_lazy("dimension", "Who approves"),
    "authority": pgettext_lazy("dimension", "Who allows"),
    "body": pgettext_lazy("dimension", "Kind of body"),
    "budget": pgettext_lazy("dimension", "Budget"),
    "certificate_kind": pgettext_lazy("dimension", "Kind of certificate"),
    "classified": pgettext_lazy("dimension", "Classified as"),
    "deed": pgettext_lazy("dimension", "Kind of activity"),
    "direction": pgettext_lazy("dimension", "Direction"),
    "donor_kind": pgettext_lazy("dimension", "Kind of donor"),
    "form": pgettext_lazy("dimension", "Form"),
    "funding": pgettext_lazy("dimension", "Funding"),
    "gate": pgettext_lazy("dimension", "Border gate"),
    "gate_type": pgettext_lazy("dimension", "Type of gate"),
    "head_level": pgettext_lazy("dimension", "Level of the head"),
    "item": pgettext_lazy("dimension", "What was paid for"),
    "joint_kind": pgettext_lazy("dimension", "Kind of joint work"),
    "language": pgettext_lazy("dimension", "Language"),
    "level": pgettext_lazy("dimension", "Level"),
    "member_kind": pgettext_lazy("dimension", "Kind of members"),
    "mode": pgettext_lazy("dimension", "Way of taking part"),
    "new_or_carried": pgettext_lazy("dimension", "New or carried over"),
    "occasion": pgettext_lazy("dimension", "Occasion"),
    "organiser": pgettext_lazy("dimension", "Organiser"),
    "origin": pgettext_lazy("dimension", "Origin"),
    "part": pgettext_lazy("dimension", "Part taken"),
    "plan_status": pgettext_lazy("dimension", "In the plan or not"),
    "purpose": pgettext_lazy("dimension", "Purpose"),
    "school_level": pgettext_lazy("dimension", "Level of study"),
    "section": pgettext_lazy("dimension", "Section of the report"),
    "sex": pgettext_lazy("dimension", "Sex"),
    "side": pgettext_lazy("dimension", "Side"),
    "sort": pgettext_lazy("dimension", "Sort"),
    "support_kind": pgettext_lazy("dimension", "Kind of support"),
    "work": pgettext_lazy("dimension", "Kind of work"),
}


def dimension_word(name: str) -> str:
    """What a dimension is called; its own code where it has no word."""
    return str(DIMENSION_WORDS.get(name, name))


def slot_words(measure: str, slot: str) -> dict[str, str]:
    """Code → word for a slot of a measure; empty where its codes are names of other tables."""
    lists = CHOICES.get(measure.partition(".")[0], {}).get(slot, [])
    found: dict[str, str] = {}
    for choices in lists:
        for code, label in choices:
            found.setdefault(str(code), str(label))
    return found
