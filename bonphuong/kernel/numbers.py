"""Numbers as Vietnamese and English papers write them, in figures and in words, and reading them back."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.kernel.errors import BadValue
from bonphuong.kernel.languages import language
from bonphuong.kernel.languages.base import LIMIT, NotWords

if TYPE_CHECKING:
    from bonphuong.kernel.languages.base import Language

_LONGEST = 600
_MOST_DIGITS = 40
# Sums below this are short enough in figures.
_SHORT_FROM = 10**6
# Exact whatever the caller's own decimal context is.
_EXACT = Context(prec=2 * _MOST_DIGITS, rounding=ROUND_HALF_UP)
# Thousands parted by spaces ("1 234 567"), which is sure to be grouping.
_SPACED = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?: \d{3})+(?!\d)", re.ASCII)
_PLAIN = re.compile(r"\d+(?:D\d+)?", re.ASCII)
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:G\d{3})+(?:D\d+)?", re.ASCII)
_MINUS = "-\N{MINUS SIGN}\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class ParsedNumber:
    """What a written number says.

    `alternatives` holds the other reading where marks can be read in two ways ("265.165" is 265165 in
    Vietnamese and 265 point 165 in English); `ambiguous` says that nothing known to the reader decides.
    """

    value: Decimal
    ambiguous: bool = False
    alternatives: tuple[Decimal, ...] = ()


def format_number(value: int | Decimal, lang: str = "vi", decimals: int | None = None) -> str:
    """As in "1.234,5" in Vietnamese, "1,234.5" in English.

    `decimals` rounds half up to so many; without it a number keeps the decimals that it has.
    """
    number = _finite(value)
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), context=_EXACT)
    words = language(lang)
    whole, _dot, fraction = f"{abs(number):,f}".partition(".")
    text = whole.replace(",", words.group_mark) + (words.decimal_mark + fraction if fraction else "")
    return f"-{text}" if number < 0 else text


def format_percent(value: int | Decimal, lang: str = "vi", decimals: int | None = None) -> str:
    """A number that already counts hundredths: 9.0 becomes "9,0%"."""
    return f"{format_number(value, lang, decimals)}%"


def spell(value: int | Decimal, lang: str = "vi") -> str:
    """In words: "một tỷ tám trăm triệu", "một phẩy tám", "âm năm". Under 10^27 either way."""
    number = _finite(value)
    if abs(number) >= LIMIT:
        raise BadValue(_("This number is too large to be written in words."))
    words = language(lang)
    whole, _dot, fraction = f"{abs(number):f}".partition(".")
    parts = [words.minus_word] if number < 0 else []
    parts.append(words.spell_whole(int(whole)))
    if fraction:
        parts.append(words.spell_fraction(fraction))
    return " ".join(parts)


def short_amount(value: int | Decimal, lang: str = "vi", decimals: int = 2) -> str:
    """A large sum by its large unit: "1,8 tỷ", "1.8 billion"; rounded half up to `decimals` at most.

    Below a million the figures themselves. Never feed this back as data: it may be rounded.
    """
    number = _finite(value)
    words = language(lang)
    step = Decimal(1).scaleb(-decimals)
    for size, unit in words.large_units if abs(number) >= _SHORT_FROM else ():
        scaled = _EXACT.divide(number, Decimal(size)).quantize(step, context=_EXACT)
        # 999,999,999 rounds up to one of the larger unit, never to "1.000 triệu".
        if abs(scaled) >= 1:
            return f"{format_number(_trimmed(scaled), lang)} {unit}"
    return format_number(_trimmed(number.quantize(step, context=_EXACT)), lang)


def parse_number(text: str, lang: str = "vi", *, whole: bool = False) -> ParsedNumber:
    """Read "1.234,5", "1,8", "1,8 tỷ", "1 tỷ 800 triệu", "hai mươi lăm"; BadValue (a ValueError) otherwise.

    Marks are read in the manner of `lang`; where that makes no sense, in the other manner ("9.5", "1,234,567"
    in Vietnamese text). Where both make sense the first is the value, the second an alternative, and the
    number is ambiguous. `whole` tells that only a whole number can be meant (people, groups): that decides
    between readings, and a number with decimals is refused.
    """
    cleaned, negative = _prepare(text, language(lang))
    home = _read(cleaned, lang, swapped=False)
    other = _read(cleaned, lang, swapped=True)
    readings = [-value if negative else value for value in (home, other) if value is not None]
    if not readings:
        raise _unreadable(text)
    if len(readings) > 1 and readings[0] == readings[1]:
        readings.pop()
    if not whole:
        return ParsedNumber(readings[0], len(readings) > 1, tuple(readings[1:]))
    fitting = [value for value in readings if value == value.to_integral_value()]
    if not fitting:
        raise BadValue(_("“%(text)s” must be a whole number.") % {"text": text[:40]})
    rest = tuple(value for value in readings if value != fitting[0])
    return ParsedNumber(fitting[0], ambiguous=len(fitting) > 1, alternatives=rest)


def _prepare(text: str, words: Language) -> tuple[str, bool]:
    """Lower case, ASCII digits, single spaces, thousands parted by spaces joined; and whether it is negative."""
    if len(text) > _LONGEST:
        raise _unreadable(text)
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in plain)
    plain = " ".join(plain.split())
    if plain[:1] and plain[0] in _MINUS:
        return _SPACED.sub(_joined, plain[1:].strip()), True
    first, _space, rest = plain.partition(" ")
    if first == words.minus_word and rest:
        return _SPACED.sub(_joined, rest), True
    return _SPACED.sub(_joined, plain), False


def _joined(found: re.Match[str]) -> str:
    return found[0].replace(" ", "")


def _read(text: str, lang: str, *, swapped: bool) -> Decimal | None:
    """One reading, with the marks of the language or with its two marks exchanged."""
    words = language(lang)
    marks = {words.group_mark: "G", words.decimal_mark: "D"}
    if swapped:
        marks = {words.group_mark: "D", words.decimal_mark: "G"}
    table = str.maketrans(marks)

    def figures(token: str) -> Decimal | None:
        shape = token.translate(table)
        if sum(map(str.isdigit, token)) > _MOST_DIGITS or not token.isascii():
            return None
        if not (_PLAIN.fullmatch(shape) or _GROUPED.fullmatch(shape)):
            return None
        return Decimal(shape.replace("G", "").replace("D", "."))

    try:
        with localcontext(_EXACT):
            value = words.read_words(text.split(), figures)
    except NotWords:
        return None
    return value if value < LIMIT else None


def _finite(value: int | Decimal) -> Decimal:
    if not isinstance(value, int | Decimal):
        raise TypeError("quantities are whole numbers or Decimal, never floats")
    number = Decimal(value)
    if not number.is_finite():
        raise BadValue(_("This is not a number."))
    if abs(number.adjusted()) > _MOST_DIGITS or len(number.as_tuple().digits) > _MOST_DIGITS:
        raise BadValue(_("This number has too many digits."))
    return number


def _trimmed(number: Decimal) -> Decimal:
    """Without zeros at the end of the decimals, and never in powers of ten."""
    whole = number.to_integral_value()
    return whole.quantize(Decimal(1), context=_EXACT) if number == whole else number.normalize(_EXACT)


def _unreadable(text: str) -> BadValue:
    return BadValue(_("“%(text)s” is no number.") % {"text": text[:40]})
