"""What a report language must be able to write and to read."""

from __future__ import annotations

import abc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    # Reads one token written in figures ("1.234,5"); None when it is no such number.
    ReadFigures = Callable[[str], Decimal | None]

EN_DASH = "\N{EN DASH}"
LIMIT = 10**27


def times(value: Decimal, scale: int) -> Decimal:
    """A figure before a word for its size: 1.8 × 10^9 is 1800000000, without the zero after the mark."""
    product = value * scale
    whole = product.to_integral_value()
    return whole if product == whole else product


class NotWords(ValueError):
    """The words are no number of this language."""


class Language(abc.ABC):
    """Marks, words and orders of one language. Numbers given to it are never negative."""

    group_mark: str
    decimal_mark: str
    minus_word: str
    # Large units for short sums, the largest first.
    large_units: tuple[tuple[int, str], ...]
    currency_words: dict[str, str]

    @abc.abstractmethod
    def spell_whole(self, value: int) -> str:
        """A whole number from 0 to under 10^27 in words."""

    @abc.abstractmethod
    def spell_fraction(self, digits: str) -> str:
        """The digits after the decimal mark in words, with the word for the mark."""

    @abc.abstractmethod
    def read_words(self, tokens: Sequence[str], figures: ReadFigures) -> Decimal:
        """The number that lower-case tokens say ("một tỷ tám trăm triệu", "1,8 tỷ"); NotWords otherwise."""

    @abc.abstractmethod
    def sum_of(self, figures: str, currency: str) -> str:
        """A sum in figures with its currency (ISO 4217)."""

    def spelled_sum(self, words: str, currency: str) -> str:
        """A sum in words with its currency in words; a currency without a word keeps its code."""
        return f"{words} {self.currency_words.get(currency, currency)}"

    @abc.abstractmethod
    def short_date(self, day: dt.date) -> str:
        """A day as tables write it."""

    @abc.abstractmethod
    def long_date(self, day: dt.date) -> str:
        """A day as the running text of a letter writes it."""

    @abc.abstractmethod
    def date_range(self, since: dt.date, until: dt.date) -> str:
        """Several days, parts that repeat written once; `since` is before `until`."""

    @abc.abstractmethod
    def span(self, since: dt.date, until: dt.date) -> str:
        """Several days in words: from … to …."""

    @abc.abstractmethod
    def month(self, number: int, year: int) -> str:
        """A month of a year."""

    @abc.abstractmethod
    def quarter(self, number: int, year: int) -> str:
        """A quarter of a year."""

    @abc.abstractmethod
    def half(self, number: int, year: int) -> str:
        """The first or the second half of a year."""

    @abc.abstractmethod
    def first_months(self, count: int, year: int) -> str:
        """The first `count` months of a year."""

    @abc.abstractmethod
    def year(self, year: int) -> str:
        """A whole year."""

    @abc.abstractmethod
    def years(self, first: int, last: int) -> str:
        """A term of several whole years."""
