"""How a written name is taken apart: designation, name, and the place that it is said to lie in. Pure text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.kernel.text import fold
from bonphuong.parties.enums import PartyLevel

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Folded words before or after a name that say its tier; the longer first, for "thanh pho" hides "pho".
_BEFORE: Mapping[str, PartyLevel] = {
    "thanh pho": PartyLevel.PREFECTURE,
    "chau": PartyLevel.PREFECTURE,
    "tp": PartyLevel.PREFECTURE,
    "tp.": PartyLevel.PREFECTURE,
    "huyen": PartyLevel.COUNTY,
    "thi tran": PartyLevel.COMMUNE,
    "tran": PartyLevel.COMMUNE,
    "xa": PartyLevel.COMMUNE,
    "thon": PartyLevel.VILLAGE,
    "ban": PartyLevel.VILLAGE,
    "tinh": PartyLevel.PROVINCE,
    fold("ແຂວງ"): PartyLevel.PROVINCE,
    fold("ເມືອງ"): PartyLevel.COUNTY,
}
_AFTER: Mapping[str, PartyLevel] = {
    "province": PartyLevel.PROVINCE,
    "prefecture": PartyLevel.PREFECTURE,
    "city": PartyLevel.PREFECTURE,
    "county": PartyLevel.COUNTY,
    "district": PartyLevel.COUNTY,
    "town": PartyLevel.COMMUNE,
    "village": PartyLevel.VILLAGE,
    fold("省"): PartyLevel.PROVINCE,
    fold("州"): PartyLevel.PREFECTURE,
    fold("市"): PartyLevel.PREFECTURE,
    fold("县"): PartyLevel.COUNTY,
    fold("镇"): PartyLevel.COMMUNE,
    fold("村"): PartyLevel.VILLAGE,
}
_PART = re.compile(r"[(),;（），、]|\s+[-–]\s+(?=tỉnh|châu|huyện|nước)", re.IGNORECASE)
_APOSTROPHE = str.maketrans("", "", "'’‘ʼ`")
_DASH = re.compile(r"\s*[-‐‑–—]\s*")
_LAO = re.compile(r"[\u0e80-\u0eff]")


@dataclass(frozen=True)
class Reading:
    """One way to read a written name: its key, with the tier that its designation claims (empty: none)."""

    key: str
    level: str = ""


def name_key(name: str) -> str:
    """Folded, and without what people type in many ways: apostrophes gone, dashes a space ("Pu’er" is "puer")."""
    return fold(_DASH.sub(" ", name.translate(_APOSTROPHE)))


def readings(name: str) -> Iterator[Reading]:
    """The whole name first, then without the designation before or after it."""
    whole = name_key(name)
    if not whole:
        return
    yield Reading(whole)
    for word, level in _BEFORE.items():
        # Lao writes no space after the designation.
        joint = "" if _LAO.search(word) else " "
        if whole.startswith(word + joint) and len(whole) > len(word + joint):
            yield Reading(whole[len(word + joint) :].strip(), level)
    for word, level in _AFTER.items():
        if whole.endswith(f" {word}"):
            yield Reading(whole.removesuffix(f" {word}").strip(), level)


def parts_of(name: str) -> list[str]:
    """The name and the places it is said to lie in: "Kim Bình (Vân Nam, Trung Quốc)" has three parts."""
    return [part for part in (piece.strip() for piece in _PART.split(name)) if part]
