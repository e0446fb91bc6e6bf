"""How a figure is narrowed in an address: codes, all but some codes, what is not stated; and what that is in words.

`LA,CN` are two codes, `-` is what is not stated, and `!LA,CN` is everything but these: the cell of what is left over
opens exactly its own rows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils.translation import gettext as _

from bonphuong.accounts.queries import offices_by_code
from bonphuong.families.delegations.enums import Channel
from bonphuong.indicators.partners import PARTNER
from bonphuong.indicators.queries import OFFICE
from bonphuong.indicators.series import UNIT, books_of, under
from bonphuong.ledger.measures import MEASURES
from bonphuong.ledger.queries import codes_used, heads
from bonphuong.parties.queries import parties_by_code
from bonphuong.reference.models import AdminUnit, CooperationField, Country
from bonphuong.reference.queries import formerly
from bonphuong.web.desk.pages.slots import slot_words
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bonphuong.accounts.models import User

#: The name in an address of the office that a record is counted at; `office` is whose figure it is.
AT = "at"
NOT_STATED, ALL_BUT, BETWEEN = "-", "!", ","
_A_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LONGEST = 2000
_KEPT_SECONDS = 3600


def written(codes: Sequence[str], *, but: bool = False) -> str:
    """Codes as an address writes them."""
    return (ALL_BUT if but else "") + BETWEEN.join(code or NOT_STATED for code in codes)


def readable(name: str, text: str) -> str:
    """What of a filter in an address can be read; empty where nothing can."""
    but, text = text.startswith(ALL_BUT), text.removeprefix(ALL_BUT)[:_LONGEST]
    codes = [code.strip() for code in text.split(BETWEEN)]
    if name == "country":
        codes = [code.upper()[:2] for code in codes]
    codes = [code for code in dict.fromkeys(codes) if code == NOT_STATED or _A_CODE.fullmatch(code)]
    return (ALL_BUT if but else "") + BETWEEN.join(codes) if codes else ""


def listed(text: str) -> tuple[list[str], bool]:
    """The codes that a filter names, and whether it means all but these."""
    but = text.startswith(ALL_BUT)
    codes = text.removeprefix(ALL_BUT).split(BETWEEN)
    return ["" if code == NOT_STATED else code for code in codes], but


def codes_meant(at: tuple[str, str], name: str, field: str, text: str, *, now: bool) -> tuple[str, ...]:
    """The ledger's codes for a filter; `at` is the office and the measure that are asked about.

    A partner stands for all below it, a place as it is now for what it was made of.
    """
    codes, but = listed(text)
    wide = [one for code in codes for one in _widened(name, code, now=now)]
    if not but:
        return tuple(dict.fromkeys(wide))
    shut = set(wide)
    return tuple(code for code in used(*at, [field])[field] if code not in shut)


def _widened(name: str, code: str, *, now: bool) -> Sequence[str]:
    if name == PARTNER and code:
        return under(code)
    if name == UNIT and code and now:
        return formerly(code)
    return (code,)


def used(office: str, measure: str, fields: Sequence[str]) -> dict[str, list[str]]:
    """Field of the ledger → codes that are used, kept until the next posting in the books that are read."""
    books = books_of(office)
    at = sorted((book, seq) for book, (seq, _digest) in heads(books).items())
    key = f"codes:{measure}:{','.join(fields)}:{at!r}".replace(" ", "")
    found: dict[str, list[str]] | None = cache.get(_safe(key))
    if found is None:
        found = codes_used(books, measure, fields)
        cache.set(_safe(key), found, _KEPT_SECONDS)
    return found


def _safe(key: str) -> str:
    return re.sub(r"[^A-Za-z0-9:.,_-]", "_", key)[:240]


def names_of(measure: str, name: str, codes: Iterable[str]) -> dict[str, str]:
    """The names of codes of a dimension in the page's language, in one query; unknown codes are left out."""
    lang, wanted = language(), [code for code in codes if code]
    if name == "channel":
        return {str(value): str(label) for value, label in Channel.choices}
    if name == PARTNER:
        return {code: party.name(lang) for code, party in parties_by_code(wanted).items()}
    if name in {OFFICE, AT}:
        return {code: office.name(lang) for code, office in offices_by_code(set(wanted)).items()}
    if name == UNIT:
        units = AdminUnit.objects.in_bulk(wanted)
        return {c: u.name_en if lang == "en" else u.full_name for c, u in units.items()}
    if name in {"country", "field"}:
        model = Country if name == "country" else CooperationField
        return {str(row.pk): row.name(lang) for row in model.objects.filter(pk__in=wanted)}
    words = slot_words(measure, name)
    unknown = [code for code in wanted if code not in words]
    return words | {code: party.name(lang) for code, party in parties_by_code(unknown).items()}


def filter_words(measure: str, name: str, text: str) -> str:
    """A filter in words: "Lào, Trung Quốc", "mọi mã trừ Lào"."""
    codes, but = listed(text)
    names = names_of(measure, name, codes)
    said = ", ".join(names.get(code, code) if code else _("not stated") for code in codes)
    return _("all but %(names)s") % {"names": said} if but else said


def offered(office: str, measure: str) -> dict[str, list[tuple[str, str]]]:
    """Dimension → codes that occur under the measure with their names, by name; what a filter is chosen from."""
    if measure not in MEASURES:
        return {}
    dimensions: Mapping[str, str] = MEASURES[measure].dimensions
    codes = used(office, measure, list(dimensions.values()))
    found = {}
    for name, field in dimensions.items():
        names = names_of(measure, name, codes[field])
        rows = sorted(
            ((code, names.get(code, code)) for code in codes[field] if code), key=lambda row: row[1]
        )
        blank = [(NOT_STATED, _("not stated"))] if "" in codes[field] else []
        found[name] = [*rows, *blank]
    return found


def whole_lists(user: User, measure: str) -> dict[str, list[tuple[str, str]]]:
    """Dimension → all codes that a filter may name: whole lists where they are short, else what has been used."""
    lang = language()
    found: dict[str, list[tuple[str, str]]] = {}
    books = sorted(user.access().books)
    dimensions = MEASURES[measure].dimensions
    codes = codes_used(books, measure, list(dimensions.values()))
    for name, field in dimensions.items():
        if name == "country":
            rows = [(row.pk, row.name(lang)) for row in Country.objects.all()]
        elif name == "field":
            rows = [(row.pk, row.name(lang)) for row in CooperationField.objects.all()]
        else:
            words = dict.fromkeys([*slot_words(measure, name), *codes[field]], "")
            names = names_of(measure, name, words)
            every = {**names, **words} if name == "channel" else words
            rows = [(code, names.get(code, code)) for code in every if code]
        found[name] = [*sorted(rows, key=lambda row: row[1]), (NOT_STATED, _("not stated"))]
    return found
