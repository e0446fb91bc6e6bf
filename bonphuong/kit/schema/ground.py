"""What all rows of a batch are judged by: names, words and the present day, each read once."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadValue
from bonphuong.kernel.money import minor_units, to_scaled
from bonphuong.kernel.numbers import parse_number
from bonphuong.kernel.text import fold, nfc
from bonphuong.kit import cells
from bonphuong.kit.lookups import Lookups
from bonphuong.kit.specs import Holds
from bonphuong.reference.models import AdminUnit

if TYPE_CHECKING:
    from collections.abc import Callable

    from bonphuong.kit.fields import Known

_YES = frozenset({"x", "co", "yes", "true", "1", "dung", "v", "✓"})
_NO = frozenset({"", "khong", "no", "false", "0", "sai", "-"})
_UNIT_TITLES = ("xa ", "phuong ", "thi tran ", "huyen ", "thanh pho ", "thi xa ", "tinh ")
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_CALLED = {"đồng": "VND", "vnđ": "VND", "đ": "VND", "đô la": "USD", "đô la mỹ": "USD", "$": "USD", "nhân dân tệ": "CNY",
           "tệ": "CNY", "kíp": "LAK", "ơ-rô": "EUR", "€": "EUR"}  # fmt: skip
MOST = 2**62
_FIRST_YEAR, _LAST_YEAR = 1800, 2200


class Ground:
    """Reads one cell by what its field holds; nothing is looked up twice for a batch."""

    def __init__(self, book: str) -> None:
        self.book = book
        self.today = clock.today()
        self._words: dict[Known, cells.Vocabulary] = {}

    @cached_property
    def lookups(self) -> Lookups:
        """Countries, partners, offices, fields by their names."""
        return Lookups.load(self.book)

    @cached_property
    def units(self) -> dict[str, str]:
        """Administrative units by name and code, the newest of a name first to count."""
        found: dict[str, str] = {}
        for unit in AdminUnit.objects.order_by("valid_to", "code").only("code", "name_vi", "name_en"):
            for name in (unit.name_vi, unit.name_en):
                found[_bare(fold(name))] = unit.code
            found[unit.code] = unit.code
        return found

    def read(self, known: Known, value: object, *, year: int | None = None) -> tuple[object, ...]:
        """The values of the field's columns, in their order. Raises BadValue, also for text that its column cannot hold."""
        found = self._read(known, value, year)
        if known.longest and isinstance(found[-1], str) and len(found[-1]) > known.longest:
            raise BadValue(_("It is longer than %(limit)s characters.") % {"limit": known.longest})
        return found

    def _read(self, known: Known, value: object, year: int | None) -> tuple[object, ...]:
        if known.holds == Holds.PARTY:
            text = cells.text(value)
            return (self.lookups.party(text) if text else "", text)
        if known.holds == Holds.DAY:
            return (cells.day(value, today=self.today, year=year),)
        if known.holds == Holds.CHOICE:
            return (self._vocabulary(known).read(value),)
        return (self._plain[known.holds](value),)

    @cached_property
    def _plain(self) -> dict[Holds, Callable[[Any], object]]:
        return {
            Holds.TEXT: cells.text,
            Holds.LONG_TEXT: _long_text,
            Holds.WHOLE: whole,
            Holds.YEAR: year,
            Holds.DECIMAL: decimal,
            Holds.DONG: cells.amount,
            # Scaled by the currency of the same line, which is known when the whole line is read.
            Holds.MINOR: decimal,
            Holds.CENTS: decimal,
            Holds.FLAG: flag,
            Holds.COUNTRY: self._country,
            Holds.OFFICE: self._office,
            Holds.FIELD: self._field,
            Holds.UNIT: self._unit,
            Holds.CURRENCY: _currency,
        }

    def _vocabulary(self, known: Known) -> cells.Vocabulary:
        found = self._words.get(known)
        if found is None:
            choices = [(code, str(label)) for code, label in known.choices if code]
            found = self._words[known] = cells.Vocabulary.of(choices, known.spec.words)
        return found

    def _country(self, value: object) -> str:
        text = cells.text(value)
        found = self.lookups.countries.get(fold(text)) or (
            text if text in self.lookups.countries.values() else ""
        )
        if text and not found:
            raise BadValue(_("No country is called “%(name)s”.") % {"name": text[:60]})
        return found

    def _office(self, value: object) -> str:
        text = cells.text(value)
        found = text if text in self.lookups.office_codes else self.lookups.office(text) if text else ""
        if text and not found:
            raise BadValue(_("No office of the province is called “%(name)s”.") % {"name": text[:60]})
        return found

    def _field(self, value: object) -> str:
        text = cells.text(value)
        found = self.lookups.field(text) if text else ""
        if text and not found:
            raise BadValue(_("No field of cooperation is called “%(name)s”.") % {"name": text[:60]})
        return found

    def _unit(self, value: object) -> str:
        text = cells.text(value)
        found = self.units.get(text) or self.units.get(_bare(fold(text)), "") if text else ""
        if text and not found:
            raise BadValue(_("No administrative unit is called “%(name)s”.") % {"name": text[:60]})
        return found


def _bare(folded: str) -> str:
    for title in _UNIT_TITLES:
        if folded.startswith(title):
            return folded.removeprefix(title)
    return folded


def _long_text(value: object) -> str:
    """Text that keeps its lines."""
    if not isinstance(value, str):
        return cells.text(value)
    lines = [cells.text(line) for line in nfc(value).replace("\r\n", "\n").split("\n")]
    return "\n".join(lines).strip()


def whole(value: object) -> int | None:
    """A whole number, not negative; None for an empty cell."""
    if isinstance(value, bool):
        raise BadValue(_("“%(text)s” is no number.") % {"text": value})
    if isinstance(value, int):
        number: Decimal | int = value
    else:
        written = cells.text(value)
        if not written:
            return None
        number = parse_number(written, whole=True).value
    if not 0 <= number < MOST:
        raise BadValue(_("%(number)s cannot be right.") % {"number": number})
    return int(number)


def year(value: object) -> int | None:
    """A year in four digits; None for an empty cell."""
    number = whole(value)
    if number is not None and not _FIRST_YEAR <= number <= _LAST_YEAR:
        raise BadValue(_("“%(text)s” is no year.") % {"text": number})
    return number


def decimal(value: object) -> Decimal | None:
    """An exact number, not negative; None for an empty cell."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        number = Decimal(str(value))
    else:
        written = cells.text(value)
        if not written:
            return None
        number = parse_number(written).value
    if not number.is_finite() or not 0 <= number < MOST:
        raise BadValue(_("%(number)s cannot be right.") % {"number": number})
    return number


def flag(value: object) -> bool:
    """Yes or no, as "x", "có", an empty cell."""
    if isinstance(value, bool):
        return value
    written = fold(cells.text(value))
    if written in _YES:
        return True
    if written in _NO:
        return False
    raise BadValue(_("Write “x” for yes, or leave the cell empty."))


def _currency(value: object) -> str:
    text = cells.text(value)
    code = _CALLED.get(text.lower(), text.upper())
    if code and not _CURRENCY.fullmatch(code):
        raise BadValue(_("“%(code)s” is no currency code, such as VND or USD.") % {"code": text[:20]})
    return code


def in_minor_units(value: object, currency: str) -> int | None:
    """A sum in whole units of its currency as its smallest units; a whole number that is stored already stays."""
    return None if value is None else to_scaled(Decimal(str(value)), minor_units(currency or "VND"))
