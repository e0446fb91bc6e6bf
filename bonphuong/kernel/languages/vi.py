"""Vietnamese: numbers read as schools teach them, dates as NĐ 30/2020/NĐ-CP writes them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bonphuong.kernel.languages.base import EN_DASH, Language, NotWords, times

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.kernel.languages.base import ReadFigures

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
BILLION = 10**9
_SCALES = {"vạn": 10**4, "nghìn": 10**3, "triệu": 10**6}
# Variants that people write for one and the same word.
_SAME = {
    "tỉ": "tỷ",
    "ngàn": "nghìn",
    "lẻ": "linh",
    "bẩy": "bảy",
    "nhăm": "lăm",
    "chục": "mươi",
    "rưởi": "rưỡi",
}
_VALUES = {word: value for value, word in enumerate(DIGITS)} | {"mốt": 1, "tư": 4, "lăm": 5}
# Digits read as one number after the mark up to this many; more are read one by one.
_READ_TOGETHER = 3
_ROMAN = ("I", "II", "III", "IV")


def _tens(tens: int, ones: int) -> list[str]:
    """Two digits that are not both zero, with the sound changes of the last one."""
    if tens == 0:
        return [DIGITS[ones]]
    words = ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    if ones == 0:
        return words
    if ones == 5:
        return [*words, "lăm"]
    if tens > 1 and ones in {1, 4}:
        return [*words, "mốt" if ones == 1 else "tư"]
    return [*words, DIGITS[ones]]


def _group(value: int, *, full: bool) -> list[str]:
    """One to 999; `full` says the empty hundred aloud because higher digits stand before it."""
    hundreds, rest = divmod(value, 100)
    words = [DIGITS[hundreds], "trăm"] if hundreds or full else []
    if rest == 0:
        return words
    tens, ones = divmod(rest, 10)
    if tens == 0 and words:
        words.append("linh")
    return words + _tens(tens, ones)


def _below_billion(value: int, *, full: bool) -> list[str]:
    words: list[str] = []
    for size, unit in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        part, value = divmod(value, size)
        if part:
            words += _group(part, full=full or bool(words))
            words += [unit] if unit else []
    return words


def _read_group(tokens: Sequence[str]) -> int:
    """The value of the words of one group of three digits."""
    match list(tokens):
        case [hundreds, "trăm", *rest] if hundreds in _VALUES:
            value = _VALUES[hundreds] * 100
            return value + (_read_below_hundred(rest, after_hundred=True) if rest else 0)
        case rest:
            return _read_below_hundred(rest, after_hundred=False)


def _read_below_hundred(tokens: Sequence[str], *, after_hundred: bool) -> int:
    match list(tokens):
        case ["linh", ones] if ones in _VALUES and after_hundred:
            return _VALUES[ones]
        case ["mười"]:
            return 10
        case ["mười", ones] if ones in _VALUES:
            return 10 + _VALUES[ones]
        case [tens, "mươi"] if tens in _VALUES:
            return _VALUES[tens] * 10
        case [tens, "mươi", ones] if tens in _VALUES and ones in _VALUES:
            return _VALUES[tens] * 10 + _VALUES[ones]
        case [ones] if ones in _VALUES and not after_hundred:
            return _VALUES[ones]
        case _:
            # "một trăm hai" is 120 to some and 102 to others: refused, never guessed.
            raise NotWords


def _read_fraction(tokens: Sequence[str]) -> Decimal:
    zeros = 0
    while zeros < len(tokens) and tokens[zeros] == DIGITS[0] and tokens[zeros + 1 : zeros + 2] != ["trăm"]:
        zeros += 1
    rest = list(tokens[zeros:])
    if all(token in _VALUES for token in rest):
        digits = "".join(str(_VALUES[token]) for token in rest)
    else:
        digits = str(_read_group(rest))
    if not zeros and not digits:
        raise NotWords
    return Decimal(f"0.{'0' * zeros}{digits}")


class _WordReader:
    """Adds up groups and their units from left to right."""

    def __init__(self, figures: ReadFigures) -> None:
        self.figures = figures
        self.total = Decimal(0)
        self.section = Decimal(0)
        self.words: list[str] = []
        self.last_unit = 0

    def read(self, words: Sequence[str]) -> Decimal:
        for word in words:
            self._take(_SAME.get(word, word))
        if self.words:
            self.section += self._group()
        elif not self.last_unit:
            raise NotWords
        return self.total + self.section

    def _take(self, word: str) -> None:
        if word == "tỷ":
            group = self._group() if self.words else Decimal(0)
            # Every "tỷ" multiplies all that was said before it: "một triệu tỷ", "một tỷ tỷ".
            self.total = times(self.total + self.section + group, BILLION)
            if not self.total:
                raise NotWords
            self.section, self.last_unit = Decimal(0), BILLION
        elif word in _SCALES:
            scale = _SCALES[word]
            if self.last_unit and scale >= self.last_unit:
                raise NotWords
            self.section += times(self._group(), scale)
            self.last_unit = scale
        elif word == "rưỡi":
            self._half()
        else:
            self.words.append(word)

    def _half(self) -> None:
        """Half of the unit just said: "một tỷ rưỡi", "hai trăm rưỡi"."""
        if not self.words and self.last_unit:
            self.section += Decimal(self.last_unit) / 2
        elif self.words and self.words[-1] == "trăm":
            self.words += ["năm", "mươi"]
        else:
            raise NotWords

    def _group(self) -> Decimal:
        words, self.words = self.words, []
        if len(words) == 1 and (value := self.figures(words[0])) is not None:
            return value
        if "phẩy" not in words:
            return Decimal(_read_group(words))
        mark = words.index("phẩy")
        if mark == 0 and not self.last_unit:
            raise NotWords
        whole = _read_group(words[:mark]) if mark else 0
        return whole + _read_fraction(words[mark + 1 :])


class Vietnamese(Language):
    """Tiếng Việt."""

    group_mark = "."
    decimal_mark = ","
    minus_word = "âm"
    large_units = ((10**9, "tỷ"), (10**6, "triệu"))
    currency_words = {
        "VND": "đồng",
        "USD": "đô la Mỹ",
        "EUR": "euro",
        "CNY": "nhân dân tệ",
        "LAK": "kíp Lào",
        "THB": "bạt Thái Lan",
        "JPY": "yên Nhật",
        "KRW": "won Hàn Quốc",
        "GBP": "bảng Anh",
        "AUD": "đô la Úc",
    }

    def spell_whole(self, value: int) -> str:
        """As in "một tỷ tám trăm triệu"; "một nghìn không trăm linh năm"."""
        return " ".join(self._whole(value, full=False)) or DIGITS[0]

    def _whole(self, value: int, *, full: bool) -> list[str]:
        high, low = divmod(value, BILLION)
        if not high:
            return _below_billion(low, full=full)
        return [*self._whole(high, full=full), "tỷ", *_below_billion(low, full=True)]

    def spell_fraction(self, digits: str) -> str:
        """As in "phẩy tám", "phẩy không năm", "phẩy hai mươi lăm", "phẩy một bốn một sáu"."""
        rest = digits.lstrip("0")
        words = [DIGITS[0]] * (len(digits) - len(rest))
        if 0 < len(rest) <= _READ_TOGETHER:
            words += _group(int(rest), full=False)
        else:
            words += [DIGITS[int(digit)] for digit in rest]
        return " ".join(["phẩy", *words])

    def read_words(self, tokens: Sequence[str], figures: ReadFigures) -> Decimal:
        """Every form that `spell_whole` and `spell_fraction` write, and what people mix: "1 tỷ 800 triệu"."""
        return _WordReader(figures).read(tokens)

    def sum_of(self, figures: str, currency: str) -> str:
        """1,8 tỷ đồng; 1.000 USD: other currencies keep their code."""
        return f"{figures} {self.currency_words[currency] if currency == 'VND' else currency}"

    def short_date(self, day: dt.date) -> str:
        """05/03/2026."""
        return f"{day.day:02}/{day.month:02}/{day.year}"

    def long_date(self, day: dt.date) -> str:
        """As in "ngày 05 tháng 3 năm 2026": NĐ 30/2020/NĐ-CP pads days under 10 and the months 1 and 2 only."""
        month = f"{day.month:02}" if day.month < 3 else str(day.month)
        return f"ngày {day.day:02} tháng {month} năm {day.year}"

    def date_range(self, since: dt.date, until: dt.date) -> str:
        """12–16/01/2026, 28/02–03/03/2026, 28/12/2025–03/01/2026."""
        if since.year != until.year:
            start = self.short_date(since)
        elif since.month != until.month:
            start = f"{since.day:02}/{since.month:02}"
        else:
            start = f"{since.day:02}"
        return f"{start}{EN_DASH}{self.short_date(until)}"

    def span(self, since: dt.date, until: dt.date) -> str:
        """As in "từ ngày 05/01/2025 đến ngày 07/03/2025"."""
        return f"từ ngày {self.short_date(since)} đến ngày {self.short_date(until)}"

    def month(self, number: int, year: int) -> str:
        """As in "tháng 6 năm 2025"."""
        return f"tháng {number} năm {year}"

    def quarter(self, number: int, year: int) -> str:
        """As in "quý III năm 2025"."""
        return f"quý {_ROMAN[number - 1]} năm {year}"

    def half(self, number: int, year: int) -> str:
        """As in "6 tháng đầu năm 2025", "6 tháng cuối năm 2025"."""
        return f"6 tháng {'đầu' if number == 1 else 'cuối'} năm {year}"

    def first_months(self, count: int, year: int) -> str:
        """As in "4 tháng đầu năm 2025"; nine months go without "đầu" in the reports' own usage."""
        return f"9 tháng năm {year}" if count == 9 else f"{count} tháng đầu năm {year}"

    def year(self, year: int) -> str:
        """As in "năm 2025"."""
        return f"năm {year}"

    def years(self, first: int, last: int) -> str:
        """As in "giai đoạn 2021-2025"."""
        return f"giai đoạn {first}-{last}"
