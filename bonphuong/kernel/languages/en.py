"""English, in the British manner: day before month, "and" before the last two digits."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bonphuong.kernel.languages.base import EN_DASH, Language, NotWords, times

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.kernel.languages.base import ReadFigures

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = [
    "thousand",
    "million",
    "billion",
    "trillion",
    "quadrillion",
    "quintillion",
    "sextillion",
    "septillion",
]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_ORDINALS = ("first", "second", "third", "fourth")
_VALUES = {word: value for value, word in enumerate(_SMALL)}
_VALUES |= {word: 20 + 10 * index for index, word in enumerate(_TENS)}
_SCALE_VALUES = {word: 1000 ** (index + 1) for index, word in enumerate(_SCALES)}
_HUNDRED = 100


def _group(value: int, *, after: bool) -> list[str]:
    """One to 999; `after` says that a larger part stands before it."""
    hundreds, rest = divmod(value, _HUNDRED)
    words = [_SMALL[hundreds], "hundred"] if hundreds else []
    if rest and (hundreds or after):
        words.append("and")
    if rest >= len(_SMALL):
        tens, ones = divmod(rest, 10)
        words.append(_TENS[tens - 2] + (f"-{_SMALL[ones]}" if ones else ""))
    elif rest:
        words.append(_SMALL[rest])
    return words


def _read_group(tokens: Sequence[str]) -> int:
    """Words of a number under 1,000."""
    words = [word for word in tokens if word != "and"]
    match words:
        case [hundreds, "hundred", *rest] if 0 < _VALUES.get(hundreds, 0) < 10:
            return _VALUES[hundreds] * _HUNDRED + (_read_group(rest) if rest else 0)
        case [tens, ones] if tens in _TENS and 0 < _VALUES.get(ones, 0) < 10:
            return _VALUES[tens] + _VALUES[ones]
        case [word] if word in _VALUES:
            return _VALUES[word]
        case _:
            raise NotWords


def _read_part(tokens: Sequence[str], figures: ReadFigures, *, after: bool) -> Decimal:
    """One part before a scale word, with its decimals."""
    if len(tokens) == 1 and (value := figures(tokens[0])) is not None:
        return value
    whole, mark, fraction = list(tokens), "", list[str]()
    if "point" in whole:
        at = whole.index("point")
        whole, mark, fraction = whole[:at], "point", whole[at + 1 :]
    if mark and (not fraction or any(_VALUES.get(word, 10) > 9 for word in fraction)):
        raise NotWords
    value = Decimal(_read_group(whole)) if whole or not (mark and after) else Decimal(0)
    if not mark:
        return value
    return value + Decimal("0." + "".join(str(_VALUES[word]) for word in fraction))


class English(Language):
    """English."""

    group_mark = ","
    decimal_mark = "."
    minus_word = "minus"
    large_units = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
    currency_words = {
        "VND": "Vietnamese dong",
        "USD": "US dollars",
        "EUR": "euros",
        "CNY": "yuan",
        "LAK": "Lao kip",
        "THB": "Thai baht",
        "JPY": "Japanese yen",
        "KRW": "Korean won",
        "GBP": "pounds sterling",
        "AUD": "Australian dollars",
    }

    def spell_whole(self, value: int) -> str:
        """As in "one billion eight hundred million", "one thousand and five"."""
        if value == 0:
            return _SMALL[0]
        words: list[str] = []
        for index in range(len(_SCALES), -1, -1):
            part, value = divmod(value, 1000**index)
            if part:
                words += _group(part, after=index == 0 and bool(words))
                words += [_SCALES[index - 1]] if index else []
        return " ".join(words)

    def spell_fraction(self, digits: str) -> str:
        """As in "point two five": digit by digit."""
        return " ".join(["point", *(_SMALL[int(digit)] for digit in digits)])

    def read_words(self, tokens: Sequence[str], figures: ReadFigures) -> Decimal:
        """Every form that `spell_whole` and `spell_fraction` write, and "1.8 billion"."""
        total, words, last = Decimal(0), list[str](), 0
        for token in (part for word in tokens for part in _parts(word)):
            scale = _SCALE_VALUES.get(token)
            if scale is None:
                words.append(token)
                continue
            if last and scale >= last:
                raise NotWords
            total += times(_read_part(words, figures, after=False), scale)
            words, last = [], scale
        if words or not last:
            total += _read_part(words, figures, after=bool(last))
        return total

    def sum_of(self, figures: str, currency: str) -> str:
        """VND 1.8 billion; USD 1,000."""
        return f"{currency} {figures}"

    def short_date(self, day: dt.date) -> str:
        """As in "5 Mar 2026": a month in letters, since 05/03 is read in two ways in English."""
        return f"{day.day} {_short(day)} {day.year}"

    def long_date(self, day: dt.date) -> str:
        """As in "5 March 2026"."""
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    def date_range(self, since: dt.date, until: dt.date) -> str:
        """As in "12–16 Jan 2026", "28 Feb – 3 Mar 2026"."""
        if (since.year, since.month) == (until.year, until.month):
            return f"{since.day}{EN_DASH}{self.short_date(until)}"
        start = f"{since.day} {_short(since)}" if since.year == until.year else self.short_date(since)
        return f"{start} {EN_DASH} {self.short_date(until)}"

    def span(self, since: dt.date, until: dt.date) -> str:
        """As in "from 5 January 2025 to 7 March 2025"."""
        return f"from {self.long_date(since)} to {self.long_date(until)}"

    def month(self, number: int, year: int) -> str:
        """As in "June 2025"."""
        return f"{MONTHS[number - 1]} {year}"

    def quarter(self, number: int, year: int) -> str:
        """As in "third quarter of 2025"."""
        return f"{_ORDINALS[number - 1]} quarter of {year}"

    def half(self, number: int, year: int) -> str:
        """As in "first half of 2025"."""
        return f"{_ORDINALS[number - 1]} half of {year}"

    def first_months(self, count: int, year: int) -> str:
        """As in "first nine months of 2025"."""
        return f"first {_SMALL[count]} months of {year}"

    def year(self, year: int) -> str:
        """As in "2025"."""
        return str(year)

    def years(self, first: int, last: int) -> str:
        """As in "2021–2025"."""
        return f"{first}{EN_DASH}{last}"


def _short(day: dt.date) -> str:
    return MONTHS[day.month - 1][:3]


def _parts(word: str) -> list[str]:
    """A hyphen joins tens and ones ("twenty-five"), but is a sign before figures."""
    return word.split("-") if word[:1].isalpha() else [word]
