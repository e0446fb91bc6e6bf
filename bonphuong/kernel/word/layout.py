"""Measures of the official document. The form is law, so each set of measures carries its text and its dates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

# A twip is a twentieth of a point; Word counts lengths in them, and sizes of letters in half-points.
_TWIPS_PER_MM = 1440 / 25.4


def mm(length: float) -> int:
    """Millimetres as twips."""
    return round(length * _TWIPS_PER_MM)


@dataclass(frozen=True, slots=True)
class Page:
    """A page and its margins, in millimetres."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float

    @property
    def text_width(self) -> float:
        """What is left between the margins, in millimetres."""
        return self.width - self.left - self.right


@dataclass(frozen=True, slots=True)
class OfficialForm:
    """Sizes in points, lengths in millimetres."""

    source: str
    valid_from: dt.date
    portrait: Page
    landscape: Page
    national_name: str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    motto: str = "Độc lập - Tự do - Hạnh phúc"
    font: str = "Times New Roman"
    page_number: float = 13
    page_number_from_edge: float = 10
    parent: float = 13
    issuer: float = 13
    national_name_size: float = 13
    motto_size: float = 14
    number: float = 13
    place_date: float = 14
    about: float = 12
    kind: float = 14
    abstract: float = 14
    body: float = 14
    table: float = 12
    signature: float = 14
    recipients_head: float = 12
    recipients: float = 11
    annex: float = 14
    indent: float = 12.7
    spacing: float = 6
    line: float = 1.15
    issuer_column: float = 62
    addressee_word: str = "Kính gửi:"
    recipients_word: str = "Nơi nhận:"
    annex_word: str = "Phụ lục"


# Annex I of the decree. A landscape page is the portrait one turned: its binding edge is on top.
DECREE_30_2020 = OfficialForm(
    source="NĐ 30/2020/NĐ-CP, phụ lục I",
    valid_from=dt.date(2020, 3, 5),
    portrait=Page(width=210, height=297, top=20, bottom=20, left=30, right=15),
    landscape=Page(width=297, height=210, top=30, bottom=15, left=20, right=20),
)
