"""Mail merge: what each letter of a campaign is filled with, and the letters printed, all in one file or alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils import translation

from bonphuong.accounts.models import Office
from bonphuong.families.greetings.enums import Level
from bonphuong.kit.queries import row_of
from bonphuong.papers.enums import TemplateCode
from bonphuong.papers.placeholders import place_date
from bonphuong.papers.services import print_paper

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from bonphuong.families.greetings.models import Addressee, Greeting
    from bonphuong.papers.services import PrintedPaper
    from bonphuong.records.models import Record

_MARK = re.compile(r"\[([^\[\]\n]{2,20})\]")
#: The bodies that provincial leaders sign for; all others sign for the record's own office.
_PROVINCIAL = frozenset({Level.PARTY, Level.COUNCIL, Level.COMMITTEE})
_HEADS = {
    Level.PARTY: "TỈNH ỦY {province}",
    Level.COUNCIL: "HỘI ĐỒNG NHÂN DÂN\nTỈNH {province}",
    Level.COMMITTEE: "ỦY BAN NHÂN DÂN\nTỈNH {province}",
    Level.FRONT: "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM\nTỈNH {province}",
}


def letters_of(record: Record, *, only: UUID | None = None) -> list[dict[str, Any]]:
    """One letter for each addressee, by the English names of `papers.placeholders.LETTERS`, in their order.

    Those left out have none. `only` gives the letter of one addressee. Official papers are Vietnamese: the words of
    the letter are, and its translation follows where there is one in the addressee's language.
    """
    row: Greeting = row_of(record)
    office = Office.objects.select_related("belongs_to").get(pk=record.office_code)
    book = Office.objects.get(pk=record.book)
    chosen = [line for line in row.addressees.all() if not line.left_out and only in {None, line.pk}]
    with translation.override("vi"):
        return [_letter(row, line, office, book) for line in chosen]


def print_letters(record: Record, *, only: UUID | None = None) -> PrintedPaper:
    """The letters as one Word file: of all addressees, or of one. Raises TemplateError, StorageUnavailable."""
    letters = letters_of(record, only=only)
    title = letters[0]["addressees"][0] if only and letters else record.title
    return print_paper(
        TemplateCode.GREETING_LETTERS,
        office_code=record.office_code,
        context={"letters": letters},
        title=str(title),
    )


def print_context(row: Greeting) -> Mapping[str, Any]:
    """What the template of greetings is filled with."""
    return {"letters": letters_of(row.record)}


def _letter(row: Greeting, line: Addressee, office: Office, book: Office) -> dict[str, Any]:
    level = line.level or row.level
    issuer, parent = _head(level, office, book)
    on = line.sent_on or row.sent_on
    marks = _marks(row, line)
    title = [text for text in (line.signer_title,) if text]
    return {
        "parent": parent,
        "issuer": issuer,
        "number": line.symbol,
        "place_date": _dated(row, book if level in _PROVINCIAL else office, on),
        "addressees": _to(line),
        "body": _paragraphs(line.text or row.text, marks),
        "translation": _paragraphs(_translation(row, line), marks),
        "signer_lines": [text.upper() for text in title],
        "signer": line.signer,
    }


def _head(level: str, office: Office, book: Office) -> tuple[str, str]:
    province = book.name("vi").partition(" tỉnh ")[2].upper()
    if level in _HEADS and province:
        return _HEADS[Level(level)].format(province=province), ""
    return office.letterhead_name or office.name("vi").upper(), office.letterhead_parent


def _dated(row: Greeting, place: Office, on: dt.date | None) -> str:
    year = on.year if on else row.occasion_on.year if row.occasion_on else 0
    return place_date(place.place_name, on, year)


def _to(line: Addressee) -> list[str]:
    name = " ".join(filter(None, (line.address, line.full_name)))
    if line.name_native:
        name = f"{name} ({line.name_native})" if name else line.name_native
    where = ", ".join(filter(None, (line.title_then, line.party_text)))
    return [text for text in (name, where) if text]


def _translation(row: Greeting, line: Addressee) -> str:
    if line.translation:
        return line.translation
    return row.translation if row.translation_language and row.translation_language == line.language else ""


def _marks(row: Greeting, line: Addressee) -> dict[str, str]:
    year = str(row.occasion_on.year) if row.occasion_on else ""
    native = line.name_native or line.full_name
    return {
        "họ tên": line.full_name,
        "tên bản ngữ": native,
        "chức danh": line.title_then,
        "địa phương": line.party_text,
        "dịp": row.occasion_name,
        "năm": year,
        "xưng hô": line.address,
        "name": native,
        "title": line.title_then,
        "place": line.party_text,
        "occasion": row.occasion_name,
        "year": year,
    }


def _paragraphs(text: str, marks: Mapping[str, str]) -> Sequence[str]:
    filled = _MARK.sub(lambda found: marks.get(found[1].strip().lower(), found[0]), text)
    return [line.strip() for line in filled.split("\n") if line.strip()]
