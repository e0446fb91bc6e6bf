"""The page of the sweep for what was entered twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from bonphuong.kit.names import names_of
from bonphuong.parties.alike import Pair, Why, alike_parties, alike_persons
from bonphuong.parties.models import Party, Person
from bonphuong.records.registry import families, kind_label
from bonphuong.records.sweeping import doubles_among
from bonphuong.records.twins import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.utils.functional import _StrOrPromise

    from bonphuong.accounts.models import User
    from bonphuong.records.models import Record


@dataclass(frozen=True)
class RecordPair:
    """Two records that look like one."""

    one: Record
    other: Record
    kind: _StrOrPromise
    offices: tuple[str, str]
    why: str


@dataclass(frozen=True)
class BodyPair:
    """Two parties or persons that look like one."""

    pair: Pair
    why: str
    about: tuple[str, str]


@dataclass(frozen=True)
class DoublesPage:
    """Everything that the page shows."""

    records: Sequence[RecordPair]
    parties: Sequence[BodyPair]
    persons: Sequence[BodyPair]
    merged_parties: Sequence[Party]
    merged_persons: Sequence[Person]
    families: Sequence[tuple[str, _StrOrPromise]]
    family: str

    @property
    def count(self) -> int:
        """How many pairs look like one."""
        return len(self.records) + len(self.parties) + len(self.persons)

    @property
    def is_empty(self) -> bool:
        """Whether nothing looks like anything else."""
        return not (self.records or self.parties or self.persons)


def doubles_page(user: User, *, family: str = "") -> DoublesPage:
    """Gather pairs of all sorts; queries do not grow with the pairs."""
    known = [(one.code, one.plural) for one in families()]
    wanted = family if family in dict(known) else ""
    return DoublesPage(
        records=_records(user, wanted),
        parties=[
            BodyPair(pair, _why(pair), (_party_about(pair.one), _party_about(pair.other)))
            for pair in alike_parties(user)
        ],
        persons=[
            BodyPair(pair, _why(pair), (_person_about(pair.one), _person_about(pair.other)))
            for pair in alike_persons(user)
        ],
        merged_parties=list(
            Party.objects.visible_to(user)
            .filter(merged_into__isnull=False)
            .select_related("merged_into", "country")[:100]
        ),
        merged_persons=list(
            Person.objects.visible_to(user)
            .filter(merged_into__isnull=False)
            .select_related("merged_into")[:100]
        ),
        families=known,
        family=wanted,
    )


def _records(user: User, family: str) -> list[RecordPair]:
    pairs = doubles_among(user, family=family)
    names = names_of(offices={record.office_code for pair in pairs for record in (pair.one, pair.other)})
    return [
        RecordPair(
            one=pair.one,
            other=pair.other,
            kind=kind_label(pair.one.family, pair.one.kind),
            offices=(names.office(pair.one.office_code), names.office(pair.other.office_code)),
            why=_words(_REASONS[reason] for reason in sorted(pair.reasons)),
        )
        for pair in pairs
    ]


def _why(pair: Pair) -> str:
    return _words(_WHY[why] for why in sorted(pair.why))


def _party_about(party: Party) -> str:
    return ", ".join(text for text in (party.code, party.name_native) if text)


def _person_about(person: Person) -> str:
    return ", ".join(text for text in (person.name_native, person.passport_masked) if text)


def _words(words: Iterable[object]) -> str:
    return ", ".join(str(word) for word in words)


_REASONS = {
    Reason.DAYS: gettext_lazy("the days"),
    Reason.HEAD: gettext_lazy("the name"),
    Reason.PARTY: gettext_lazy("the partner"),
    Reason.COUNTRY: gettext_lazy("the country"),
}
_WHY = {
    Why.NAME: gettext_lazy("the name"),
    Why.SPELLING: gettext_lazy("the spelling"),
    Why.PASSPORT: gettext_lazy("the passport"),
    Why.PLACE: gettext_lazy("the place"),
}
