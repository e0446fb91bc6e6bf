"""What each heading of a sheet is taken for, and which kind of records a table holds. Pure functions."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.intake.enums import MatchedBy
from bonphuong.intake.finding import ORDINALS, group_of, parts_of, plain
from bonphuong.kernel.sheets.tables import column_number
from bonphuong.kernel.text import fold
from bonphuong.records.registry import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.utils.functional import _StrOrPromise

    from bonphuong.intake.finding import FoundTable, Heading
    from bonphuong.records.registry import Family


_NEAR = 0.75
_MOST_SUGGESTIONS = 3
_TOTALS = frozenset({"tong", "tong so", "cong", "tong cong", "total", "so luong"})
_LETTER = re.compile(r"[A-Za-z]{1,3}")


def _nothing(_row: object) -> None:
    """What identifies a record is no column of its own."""


#: The number of a record in a list that was taken away: it says which one to a person; to us its id does.
NUMBER = pgettext_lazy("heading of a list", "Case number")
#: By what a row of a list that comes back names its record, and the version that the list showed.
RECORD_UID, RECORD_VERSION = "record_uid", "record_version"
IDENTITY = (
    Column(RECORD_UID, pgettext_lazy("heading of a list", "Record id, leave as it is"), _nothing, width=10),
    Column(RECORD_VERSION, pgettext_lazy("heading of a list", "Version, leave as it is"), _nothing, width=10),
)
#: The column of reasons in a file of bad rows that was handed back: nothing to read in it the next time.
REASON = _("Why it came back")
LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Matched:
    """A heading, the code of the column that it was taken for ("" for none), by what, and what it may be."""

    heading: Heading
    code: str = ""
    by: MatchedBy = MatchedBy.NONE
    suggestions: tuple[str, ...] = ()


def columns_for(family: Family, kinds: Iterable[str]) -> list[Column]:
    """The columns that may be read for these kinds (all of the family when none is given), each code once."""
    codes = list(kinds) or [kind.code for kind in family.kinds if kind.takes_import]
    found: dict[str, Column] = {}
    for code in codes:
        for column in family.columns_of(code):
            if column.takes_import and not column.restricted:
                found.setdefault(column.code, column)
    return [*found.values(), *(IDENTITY if family.update_many else ())]


def names_of(column: Column) -> list[str]:
    """Every heading by which a column is known, the surest first: label in each language, code, aliases."""
    return [*in_languages(column.label), column.code, *column.aliases]


def in_languages(label: _StrOrPromise) -> list[str]:
    """A label as each language has it."""
    words = []
    for language in LANGUAGES:
        with translation.override(language):
            words.append(str(label))
    return words


def _in_languages(label: _StrOrPromise) -> frozenset[str]:
    return frozenset(map(plain, in_languages(label)))


def fingerprint_keys(headings: Sequence[Heading]) -> list[str]:
    """The headings of a table as they are remembered."""
    return [heading.key for heading in headings if heading.text]


def match(
    headings: Sequence[Heading],
    columns: Sequence[Column],
    *,
    given: Mapping[str, str],
    remembered: Mapping[str, str],
    similar: Mapping[str, str],
) -> list[Matched]:
    """What each heading is taken for.

    What a person said of this file goes first (`given`: heading or letter of the column → code, "" to leave it
    out), then what was said of the same headings before (`remembered`), then names and aliases, then what was
    said of single headings in other files of the office (`similar`). A column is read from one place only; what
    merely looks alike is suggested and never taken.
    """
    matcher = _Matcher(columns)
    matcher.say(headings, _by_key(headings, given), MatchedBy.GIVEN)
    matcher.say(headings, remembered, MatchedBy.REMEMBERED)
    matcher.name(headings)
    matcher.say(headings, similar, MatchedBy.REMEMBERED)
    return [matcher.result(heading) for heading in headings]


def _by_key(headings: Sequence[Heading], given: Mapping[str, str]) -> dict[str, str]:
    """What a person said, by the key of the heading: they may name the heading or the letter of its column."""
    keys = {heading.key for heading in headings}
    letters = {heading.index: heading.key for heading in headings}
    found = {}
    for name, code in given.items():
        key = plain(name)
        if key not in keys and _LETTER.fullmatch(name.strip()):
            key = letters.get(column_number(name.strip().upper()), key)
        if key in keys:
            found[key] = code
    return found


class _Matcher:
    """Gives columns away, each once."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.codes = {column.code for column in columns}
        # A label of one column goes before another's alias; what a heading may be called by two columns ("Kinh phí")
        # goes to the second where a surer heading has the first ("Nguồn kinh phí").
        self.ranked: dict[str, list[tuple[int, str]]] = {}
        for column in columns:
            for rank, name in enumerate(map(plain, names_of(column))):
                claims = self.ranked.setdefault(name, [])
                if all(code != column.code for _rank, code in claims):
                    claims.append((rank, column.code))
        for claims in self.ranked.values():
            claims.sort(key=itemgetter(0))
        self.found: dict[str, Matched] = {}
        self.taken: set[str] = set()

    def say(self, headings: Sequence[Heading], words: Mapping[str, str], by: MatchedBy) -> None:
        """Take headings for what was said of them."""
        for heading in headings:
            code = words.get(heading.key)
            if code is None or heading.key in self.found or code in self.taken:
                continue
            if not code or code in self.codes:
                self._give(heading, code, by)

    def name(self, headings: Sequence[Heading]) -> None:
        """Take headings by their own names: the surest first, wherever they stand."""
        claims = []
        for heading in headings:
            if heading.key in self.found or not heading.text:
                continue
            if plain(heading.text) in ORDINALS | _in_languages(REASON) | _in_languages(NUMBER):
                self.found[heading.key] = Matched(heading, by=MatchedBy.ORDINAL)
                continue
            for place, part in enumerate(parts_of(heading.text)):
                claims += [
                    (place, rank, heading.index, heading, code) for rank, code in self.ranked.get(part, ())
                ]
        for _part, rank, _index, heading, code in sorted(claims, key=lambda claim: claim[:3]):
            if heading.key not in self.found and code not in self.taken:
                self._give(heading, code, MatchedBy.ALIAS if rank >= len(LANGUAGES) else MatchedBy.NAME)
        self._groups(headings)

    def _groups(self, headings: Sequence[Heading]) -> None:
        """A heading over several columns: the one with its total, or the only one."""
        groups: dict[str, list[Heading]] = {}
        for heading in headings:
            if group_of(heading.text):
                groups.setdefault(group_of(heading.text), []).append(heading)
        for group, members in groups.items():
            code = next((c for _rank, c in self.ranked.get(group, ()) if c not in self.taken), "")
            free = [heading for heading in members if heading.key not in self.found]
            totals = [h for h in free if plain(h.text.rpartition(" / ")[2]) in _TOTALS]
            chosen = totals or (free if len(members) == 1 else [])
            if code and chosen:
                self._give(chosen[0], code, MatchedBy.ALIAS)

    def _give(self, heading: Heading, code: str, by: MatchedBy) -> None:
        self.found[heading.key] = Matched(heading, code, by)
        if code:
            self.taken.add(code)

    def result(self, heading: Heading) -> Matched:
        """What was found for a heading, or what it may be."""
        found = self.found.get(heading.key)
        if found is not None:
            return found
        return Matched(heading, suggestions=self._suggest(heading))

    def _suggest(self, heading: Heading) -> tuple[str, ...]:
        free = {
            name: code
            for name, claims in self.ranked.items()
            if (code := next((c for _rank, c in claims if c not in self.taken), ""))
        }
        codes: dict[str, None] = {}
        for part in parts_of(heading.text) if heading.text else ():
            for name in difflib.get_close_matches(part, free, n=_MOST_SUGGESTIONS, cutoff=_NEAR):
                codes[free[name]] = None
        return tuple(codes)[:_MOST_SUGGESTIONS]


def missing(columns: Sequence[Column], codes: Iterable[str]) -> list[Column]:
    """Required columns that no heading was taken for, and nothing stands instead of."""
    there = set(codes)
    return [
        column
        for column in columns
        if column.required
        and column.code not in there
        and not any(set(names.split()) <= there for names in column.instead)
    ]


def guess_kind(family: Family, table: FoundTable, *names: str) -> str:
    """The kind of records that a table seems to hold; "" where nothing tells one kind from the others.

    The lines above it speak first, then the name of its sheet, `names` (of the file), its headings.
    """
    kinds = [kind.code for kind in family.kinds if kind.takes_import]
    if len(kinds) == 1:
        return kinds[0]
    evidence = [
        " ".join(table.titles),
        table.sheet,
        " ".join(names),
        " . ".join(h.text for h in table.headings),
    ]
    for text in evidence:
        kind = kind_in(family, text)
        if kind:
            return kind
    return ""


def kind_in(family: Family, text: str) -> str:
    """The one kind that a text speaks of; "" for none or several."""
    folded = f" {' '.join(re.findall(r'[a-z0-9]+', fold(text)))} "
    hits: dict[str, int] = {}
    for kind, phrases in _phrases(family.code, _told(family)).items():
        found = [phrase for phrase in phrases if f" {phrase} " in folded]
        if found:
            hits[kind] = len(found)
    best = sorted(hits, key=lambda kind: -hits[kind])
    if not best or (len(best) > 1 and hits[best[0]] == hits[best[1]]):
        return ""
    return best[0]


def _told(family: Family) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((kind.code, kind.hints) for kind in family.kinds if kind.takes_import)


@lru_cache(maxsize=64)
def _phrases(_family: str, told: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, tuple[str, ...]]:
    return {
        code: tuple({" ".join(re.findall(r"[a-z0-9]+", fold(hint))) for hint in hints})
        for code, hints in told
    }
