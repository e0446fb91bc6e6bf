"""Terms of external work with what they mean, as data: shown where the question comes up, and on a page of their own."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bonphuong.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FILE = Path(__file__).resolve().parent / "data" / "glossary.toml"


@dataclass(frozen=True)
class Term:
    """One term in both languages; `source` is the text of law that defines it, where one does."""

    vi: str
    en: str
    means_vi: str
    means_en: str
    source: str = ""
    aka: Sequence[str] = ()

    def name(self, language: str) -> str:
        """The term in a language."""
        return self.en if language == "en" else self.vi

    def means(self, language: str) -> str:
        """What it means, in a language."""
        return self.means_en if language == "en" else self.means_vi

    @property
    def anchor(self) -> str:
        """Its place on the page of terms, the same in both languages."""
        return "-".join(fold(self.vi).replace(",", " ").split())


@cache
def terms() -> Sequence[Term]:
    """All terms in the order of the data."""
    with _FILE.open("rb") as file:
        return [Term(**row) for row in tomllib.load(file)["terms"]]


@cache
def _by_word() -> Mapping[str, Term]:
    found: dict[str, Term] = {}
    for term in terms():
        for word in (term.vi, term.en, *term.aka):
            found.setdefault(_key(word), term)
    return found


def term_for(word: str) -> Term | None:
    """The term that a word or a label is; None where it is none. Marks count: "đoàn" and "đoan" are two words."""
    return _by_word().get(_key(word))


def _key(word: str) -> str:
    return " ".join(word.casefold().split()).rstrip(".:")
