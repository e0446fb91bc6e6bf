"""Vietnamese text for search and for sorting, the same on every database."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Length that a column for `sort_key` needs.
SORT_KEY_LENGTH = 200

_TO_D = {"đ": "d", "ð": "d"}  # eth is what some keyboards type for đ
_FIRST_MARK, _LAST_MARK = "\u0300", "\u036f"
_FIRST_HAN, _LAST_HAN = "\u3400", "\u9fff"
_LAST_PLANE_ZERO = 0xFFFF
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
# Zero-width and soft marks that a paste brings along and nobody sees.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_UNSEEN = re.compile("[\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff]")


class _FoldTable(dict[int, str]):
    """What each decomposed character becomes; filled as characters turn up."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if _FIRST_HAN <= char <= _LAST_HAN:
            folded = f" {char} "
        elif code in _INVISIBLE:
            folded = ""
        else:
            folded = "".join(_TO_D.get(c, c) for c in char.casefold() if not _FIRST_MARK <= c <= _LAST_MARK)
        if code <= _LAST_PLANE_ZERO:  # the rest is rare and must not fill the memory
            self[code] = folded
        return folded


_FOLD = _FoldTable()


def nfc(text: str) -> str:
    """Composed Unicode: one form for text that looks the same."""
    return unicodedata.normalize("NFC", text)


def tidy(text: str) -> str:
    """One typed or pasted line made clean: composed, no invisible characters, single spaces, trimmed."""
    if text.isascii():
        return " ".join(text.split())
    return " ".join(_UNSEEN.sub("", nfc(text)).split())


def fold(text: str) -> str:
    """Text for search without case and marks: "Đoàn Điện Biên" becomes "doan dien bien".

    Latin marks go, those of Lao stay (they are vowels). Each Chinese character is a word of its own, so that
    a phrase finds it. Variants of one character (full width, Lao ligatures) become the same. Single spaces,
    no invisible characters, and folding twice changes nothing.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKD", text).translate(_FOLD).split())


# A sheet or a register says the same few names again and again.
_SHORT = 120
_fold_short = lru_cache(maxsize=65536)(_fold)


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens, for codes and file names; empty when no Latin letter is left."""
    return _NOT_SLUG.sub("-", fold(text)).strip("-")


# --- Sorting ---------------------------------------------------------------------------------------------
# The key is made of decimal digits alone: every collation of every database sorts those alike, while letters
# fall under contractions of some ("ch", "ng"). A letter is two digits from 20 up, a run of figures begins with
# 1, other scripts with 9, and the end of a syllable with 0 and its tone. So letters of a syllable decide
# first, then its tone, then the next syllable, as in dictionaries.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTERS = {letter: str(20 + place) for place, letter in enumerate(_ALPHABET)}
# In the order of dictionaries: level, then grave, hook, tilde, acute, dot.
_TONES = {mark: str(place) for place, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", 1)}
_SHAPES = {"\u0306", "\u0302", "\u031b"}  # breve, circumflex, horn: they make letters of their own
_MOST_FIGURES = 99
_PARTS = re.compile(r"[0-9]+|[^0-9]")
_SYLLABLE = re.compile(r"[^\W_]+")


def sort_key(text: str) -> str:
    """A key that sorts as Vietnamese dictionaries do, whatever the database: An, Ánh, Ăn, Ân, Dầu, Duy, Đà, Đức.

    Case and punctuation do not count, figures sort by their value. At most SORT_KEY_LENGTH characters.
    """
    lowered = nfc(text).casefold().replace("ð", "đ")
    # A mark that NFC could not compose (a dot under Lao, say) must not part the word it stands in.
    return "".join(map(_syllable_key, _words(lowered)))[:SORT_KEY_LENGTH]


def _words(text: str) -> list[str]:
    """Runs of letters, figures and marks."""
    if text.isascii():
        return _SYLLABLE.findall(text)
    return "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text).split()


def _syllable_key(syllable: str) -> str:
    key: list[str] = []
    tone = "0"
    for part in _PARTS.findall(syllable):
        if part.isascii() and part.isdigit():
            key.append(_figures_key(part))
            continue
        letter, found = _letter_key(part)
        key.append(letter)
        tone = found if tone == "0" else tone
    return f"{''.join(key)}0{tone}"


def _figures_key(figures: str) -> str:
    """Figures after their count, so that 9 comes before 10."""
    plain = (figures.lstrip("0") or "0")[:_MOST_FIGURES]
    return f"1{len(plain):02}{plain}"


@lru_cache(maxsize=4096)
def _letter_key(char: str) -> tuple[str, str]:
    """The two digits of a letter, or eight for other scripts, and its tone."""
    parts = unicodedata.normalize("NFD", char)
    tone = next((_TONES[mark] for mark in parts if mark in _TONES), "0")
    letter = nfc(parts[0] + "".join(mark for mark in parts[1:] if mark in _SHAPES))
    known = _LETTERS.get(letter) or _LETTERS.get(parts[0])
    if known is not None:
        return known, tone
    if char in _TONES or char in _SHAPES:
        return "", tone
    return f"9{ord(char):07}", "0"
