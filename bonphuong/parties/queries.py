"""Reads: names to parties, who holds which post on a day, what ties an office to a party."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.kernel import clock
from bonphuong.kernel.crypto import blind_index
from bonphuong.kernel.fulltext import Asked, Phrase, matching, phrases_of
from bonphuong.kernel.fulltext.words import words_in
from bonphuong.kernel.text import fold
from bonphuong.parties.enums import RestrictedField, TieKind
from bonphuong.parties.models import AddressForm, Party, PartyAlias, PartyTie, Person, Post
from bonphuong.parties.rules import name_key, parts_of, readings
from bonphuong.reference.queries import country_index

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Mapping

    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User
    from bonphuong.parties.models import PartyQuerySet


# A name has so many words at most, and so many letters at least; more parties than this no text can mean.
NAME_WORDS, SHORTEST_NAME, MOST_NAMED = 6, 4, 60


@dataclass(frozen=True)
class _Place:
    """What telling parties of one name apart needs to know of each."""

    level: str
    country: str
    parent: str


@dataclass(frozen=True)
class NameIndex:
    """All names of all parties in memory, for as many look-ups as one likes without a query.

    `by_name` maps a name's key (`rules.name_key`) to the codes of the parties that bear it, in order.
    """

    by_name: Mapping[str, tuple[str, ...]]
    places: Mapping[str, _Place]
    countries: Mapping[str, str]

    def codes_of(self, name: str) -> tuple[str, ...]:
        """Codes of the parties that may be meant: none, one, or several where the name is ambiguous.

        Marks, case and script do not count. A designation ("tỉnh", "County", "县") must agree with the tier.
        What stands in brackets or after a comma must be a party above it or its country: an unknown place
        there means that another is meant, and nothing is found.
        """
        whole = self._plain(name)
        if whole:
            return whole
        head, *around = parts_of(name) or [""]
        return tuple(code for code in self._plain(head) if self._lies_in(code, around)) if around else ()

    def code_of(self, name: str) -> str | None:
        """The code of the one party that is meant; None when there is none, or more than one."""
        codes = self.codes_of(name)
        return codes[0] if len(codes) == 1 else None

    def _plain(self, name: str) -> tuple[str, ...]:
        for reading in readings(name):
            codes = self.by_name.get(reading.key, ())
            if reading.level:
                codes = tuple(code for code in codes if self.places[code].level == reading.level)
            if codes:
                return codes
        return ()

    def _lies_in(self, code: str, around: Iterable[str]) -> bool:
        above = set(self._above(code))
        country = self.places[code].country
        return all(
            self.countries.get(fold(part)) == country or above.intersection(self._plain(part))
            for part in around
        )

    def _above(self, code: str) -> Iterable[str]:
        while parent := self.places[code].parent:
            yield parent
            code = parent


def name_index() -> NameIndex:
    """Read all names, in three queries."""
    found: dict[str, set[str]] = defaultdict(set)
    places = {}
    parties = list(Party.objects.all())
    kept = {party.code: party.merged_into_id for party in parties if party.merged_into_id}
    for party in parties:
        places[party.code] = _Place(party.level, party.country_id or "", party.parent_id or "")
        for text in (party.name_vi, party.name_en, party.name_native):
            found[name_key(text)].add(kept.get(party.code, party.code))
    for code, text in PartyAlias.objects.values_list("party_id", "text"):
        found[name_key(text)].add(kept.get(code, code))
    found.pop("", None)
    by_name = {key: tuple(sorted(codes)) for key, codes in found.items()}
    return NameIndex(by_name=by_name, places=places, countries=country_index())


def kept_codes() -> dict[str, str]:
    """Code of each party that was entered twice → the one that stays."""
    return dict(Party.objects.filter(merged_into__isnull=False).values_list("code", "merged_into_id"))


def codes_as_one(codes: Iterable[str], kept: Mapping[str, str] | None = None) -> list[str]:
    """These codes, and with each those of the same party entered twice: what is known under any is found by all.

    Whoever asks often hands over `kept_codes()`, read once.
    """
    wanted = list(dict.fromkeys(codes))
    if kept is None:
        kept = kept_codes()
    if not kept:
        return wanted
    heads = {kept.get(code, code) for code in wanted}
    return list(
        dict.fromkeys([*wanted, *sorted(heads), *sorted(c for c, head in kept.items() if head in heads)])
    )


def resolve(name: str) -> Party | None:
    """The one party that is meant; None when there is none, or more than one. For many names: `resolve_many`."""
    code = name_index().code_of(name)
    return Party.objects.get(pk=code) if code else None


def resolve_many(names: Iterable[str]) -> dict[str, list[Party]]:
    """Each name with the parties that may be meant: none, one, or several. Four queries, however many names."""
    index = name_index()
    codes = {name: index.codes_of(name) for name in names}
    parties = Party.objects.in_bulk([code for several in codes.values() for code in several])
    return {name: [parties[code] for code in several] for name, several in codes.items()}


def parties_by_code(codes: Collection[str]) -> dict[str, Party]:
    """Parties keyed by code, in one query; unknown codes are left out. For names in lists."""
    return dict(Party.objects.in_bulk(list(codes)))


def party_subtree(code: str) -> list[str]:
    """The party's code and the codes of all below it, a query for each tier; empty if there is none such."""
    found = list(Party.objects.filter(pk=code).values_list("code", flat=True))
    tier = found
    while tier:
        tier = list(Party.objects.filter(parent__in=tier).order_by("code").values_list("code", flat=True))
        found = found + tier
    return found


def spellings(text: str) -> dict[tuple[str, ...], list[str]]:
    """Words of `text` that are a name of a party → all names that it bears, folded. One query at most.

    So "Phong Sa Lỳ" finds what was written down as Phongsaly or ຜົ້ງສາລີ.
    """
    phrases = phrases_of(text)
    runs = {
        tuple(word for phrase in phrases[start:end] for word in phrase.words)
        for start in range(len(phrases))
        for end in range(start + 1, min(start + NAME_WORDS, len(phrases)) + 1)
    }
    runs = {run for run in runs if len("".join(run)) >= SHORTEST_NAME or not run[0].isascii()}
    if not runs:
        return {}
    wanted = Asked((tuple(Phrase(run) for run in sorted(runs)),))
    found: dict[tuple[str, ...], list[str]] = {}
    for names in Party.objects.filter(matching(Party, wanted)).values_list("fold", flat=True)[:MOST_NAMED]:
        parts = [name for name in names.split("|") if name]
        for run in runs & {tuple(words_in(name)) for name in parts}:
            found.setdefault(run, []).extend(parts)
    return found


def search_parties(user: User | AnonymousUser, text: str) -> PartyQuerySet:
    """Parties with all words of `text` in any of their names, in any script, without marks."""
    rows = Party.objects.visible_to(user).filter(merged_into__isnull=True)
    for word in fold(text).split():
        rows = rows.filter(fold__contains=word)
    return rows.select_related("country")


def persons_with_passport(user: User | AnonymousUser, passport_no: str) -> list[Person]:
    """Persons with exactly this passport, without opening any; only where the person may read restricted data."""
    offices = office_codes_for(user, Permission.RESTRICTED_READ)
    index = passport_index(passport_no)
    return list(Person.objects.filter(office__in=offices, passport_index=index)) if index else []


def passport_index(passport_no: str) -> str:
    """What a passport number is found by; empty for none."""
    return blind_index(passport_no, RestrictedField.PASSPORT_NO)


def posts_on(person: Person, day: dt.date | None = None) -> list[Post]:
    """The posts that a person holds on `day` (today by default), the latest first."""
    same = Q(person=person) | Q(person__merged_into=person)
    rows = Post.objects.filter(same).on(day or clock.today()).select_related("party", "office")
    return list(rows.order_by("-valid_from", "pk"))


def holders_on(user: User | AnonymousUser, party_code: str, day: dt.date | None = None) -> list[Post]:
    """The posts of a party that are held on `day` (today by default), with the persons, as far as one may see."""
    rows = Post.objects.visible_to(user).filter(party__in=codes_as_one([party_code])).on(day or clock.today())
    return list(rows.select_related("person", "party").order_by("person__sort", "pk"))


def ties_on(
    office_codes: Collection[str], day: dt.date | None = None, kind: TieKind | None = None
) -> list[PartyTie]:
    """Ties of these offices in force on `day` (today by default), of one kind or of all, with their parties."""
    wanted = Q(kind=kind) if kind else Q()
    rows = PartyTie.objects.filter(wanted, office__in=office_codes).on(day or clock.today())
    return list(rows.select_related("party").order_by("kind", "party__sort", "pk"))


def address_forms(day: dt.date | None = None) -> list[AddressForm]:
    """The forms of address in force on a day, the most particular first; for any number of people at once."""
    rows = list(AddressForm.objects.on(day or clock.today()))
    # A country says most, then a word of the title, then the sex; of two alike the later one holds.
    return sorted(
        rows,
        key=lambda row: (
            bool(row.country_id),
            len(row.title_word),
            bool(row.gender),
            row.valid_from.toordinal() if row.valid_from else 0,
        ),
        reverse=True,
    )


def address_of(person: Person, title: str, forms: Iterable[AddressForm]) -> AddressForm | None:
    """How a person with this title is addressed; `forms` as `address_forms` gives them."""
    folded = fold(title)
    for row in forms:
        fits = row.country_id in {None, person.nationality_id} and row.gender in {"", person.gender}
        if fits and row.title_word in folded:
            return row
    return None
