"""What a measure is, and the words that measures share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.ledger.enums import Shape

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_SLOTS = ("", "", "")
_EVERY = ("country", "partner", "unit", "field", "channel")
_PLACED = ("country", "partner", "unit", "field")
_MET = ("country", "partner", "field", "channel")
_GIVEN = ("country", "partner", "field")
#: Which of the ledger's own dimensions the facts of a measure carry, by the longest beginning of its code.
CARRIED = {
    "activities.": _EVERY,
    "agreements.": _EVERY,
    "aid.": _PLACED,
    "associations.": ("country", "partner", "channel"),
    "border.": _PLACED,
    "border.day_contact": _MET,
    "events.": _EVERY,
    "events.media_products": ("country", "partner", "channel"),
    "greetings.": ("country", "partner", "channel"),
    "inbound.": _MET,
    "letters.": _GIVEN,
    "mechanisms.": _MET,
    "outbound.": _MET,
    "outbound.personal_trips": ("country",),
    "programme.": ("country", "partner"),
    "scholarships.": _GIVEN,
    "sessions.": _MET,
    "stipends.": _GIVEN,
    "students.": _GIVEN,
    "support.": _GIVEN,
    "twinning.": _PLACED,
}


@dataclass(frozen=True)
class Measure:
    """One countable thing. `exponent` is the number of decimals that its integers carry."""

    code: str
    label_vi: str
    label_en: str
    unit_vi: str
    unit_en: str
    counts_by_vi: str
    counts_by_en: str
    definition_vi: str
    definition_en: str
    version: int = 1
    exponent: int = 0
    shape: Shape = Shape.FLOW
    slots: tuple[str, str, str] = NO_SLOTS

    @property
    def dimensions(self) -> Mapping[str, str]:
        """By what it can be parted and narrowed: the name that people know → the ledger's own field."""
        begins = max((one for one in CARRIED if self.code.startswith(one)), key=len, default="")
        own = {name: f"slot{n}" for n, name in enumerate(self.slots, 1) if name}
        return {**{name: name for name in CARRIED.get(begins, ())}, **own}

    def label(self, lang: str) -> str:
        """The label in "vi" or "en"."""
        return self.label_en if lang == "en" else self.label_vi

    def unit(self, lang: str) -> str:
        """The counting word in "vi" or "en"."""
        return self.unit_en if lang == "en" else self.unit_vi

    def definition(self, lang: str) -> str:
        """The definition in "vi" or "en"."""
        return self.definition_en if lang == "en" else self.definition_vi

    def counts_by(self, lang: str) -> str:
        """The date it counts by, in words."""
        return self.counts_by_en if lang == "en" else self.counts_by_vi


DEPARTURE = ("ngày khởi hành", "the day of departure")
ARRIVAL = ("ngày đến", "the day of arrival")
DECISION = ("ngày quyết định", "the day of the decision")
SIGNATURE = ("ngày ký", "the day of signature")
EVENT = ("ngày diễn ra", "the day it takes place")
STATED = ("theo văn bản nêu", "as the paper states")


GROUPS = ("đoàn", "groups")
VISITS = ("lượt người", "person-visits")
PEOPLE = ("người", "people")
SESSIONS = ("cuộc", "sessions")
MONEY_NOTE = (
    "Tiền giữ nguyên tệ, kèm đồng Việt Nam và đô la Mỹ.",
    "Money in its own currency, VND and USD beside.",
)


def define(
    code: str,
    label: tuple[str, str],
    unit: tuple[str, str],
    counts_by: tuple[str, str],
    definition: tuple[str, str],
    *,
    exponent: int = 0,
    shape: Shape = Shape.FLOW,
    slots: tuple[str, str, str] = NO_SLOTS,
) -> Measure:
    """A measure, its words in pairs: Vietnamese, English."""
    return Measure(
        code=code,
        label_vi=label[0],
        label_en=label[1],
        unit_vi=unit[0],
        unit_en=unit[1],
        counts_by_vi=counts_by[0],
        counts_by_en=counts_by[1],
        definition_vi=definition[0],
        definition_en=definition[1],
        exponent=exponent,
        shape=shape,
        slots=slots,
    )
