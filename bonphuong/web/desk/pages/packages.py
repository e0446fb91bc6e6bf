"""Packages on their pages: what came and was made, what a new version changed, what is asked and answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.accounts.models import Office
from bonphuong.accounts.queries import office_codes_for
from bonphuong.accounts.rules import can
from bonphuong.exchange.enums import KeyState, ReceivedState, SentState
from bonphuong.exchange.models import PartnerKey, ReceivedPackage, SentPackage
from bonphuong.exchange.queries import changed_lines, version_before
from bonphuong.exchange.rules import HANDLE, TRUST
from bonphuong.exchange.signing import fingerprint_of, has_key, own_key, public_of, spaced
from bonphuong.reports.nation.practice import received_practices
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User
    from bonphuong.exchange.models import LineQuery, ReceivedFigure
    from bonphuong.exchange.queries import Changed
    from bonphuong.reports.nation.practice import Practice

SHOWN = 120
RECEIVED_TONES = {
    ReceivedState.RECEIVED: "doing",
    ReceivedState.QUERIED: "soon",
    ReceivedState.RETURNED: "soon",
    ReceivedState.ACCEPTED: "done",
    ReceivedState.SUPERSEDED: "gone",
}
SENT_TONES = {
    SentState.MADE: "doing",
    SentState.QUERIED: "late",
    SentState.ANSWERED: "doing",
    SentState.RETURNED: "late",
    SentState.ACCEPTED: "done",
}


@dataclass(frozen=True)
class PackageLine:
    """A package in a list: whose, for whom, how far."""

    package: ReceivedPackage | SentPackage
    office: str
    tone: str


@dataclass(frozen=True)
class PackagesPage:
    """Both lists."""

    received: Sequence[PackageLine]
    sent: Sequence[PackageLine]
    may_handle: bool

    @property
    def to_decide(self) -> int:
        """How many wait here for a decision."""
        waiting = {ReceivedState.RECEIVED, ReceivedState.QUERIED}
        return sum(line.package.state in waiting for line in self.received)

    @property
    def to_answer(self) -> int:
        """How many were asked about or sent back."""
        waiting = {SentState.QUERIED, SentState.RETURNED}
        return sum(line.package.state in waiting for line in self.sent)


@dataclass(frozen=True)
class ReceivedPage:
    """A package that came."""

    package: ReceivedPackage
    office: str
    tone: str
    figures: Sequence[ReceivedFigure]
    before: ReceivedPackage | None
    changed: Sequence[Changed]
    queries: Sequence[LineQuery]
    practice: Sequence[Practice]
    documents: Sequence[str]
    may_decide: bool

    @property
    def has_letter(self) -> bool:
        """Whether there is something to tell the province."""
        return self.package.state not in {ReceivedState.RECEIVED, ReceivedState.SUPERSEDED}


@dataclass(frozen=True)
class SentPage:
    """A package made here."""

    package: SentPackage
    office: str
    to_office: str
    tone: str
    queries: Sequence[LineQuery]
    may_answer: bool

    @property
    def has_answers(self) -> bool:
        """Whether any question was answered."""
        return any(not one.is_open for one in self.queries)


@dataclass(frozen=True)
class OwnKey:
    """The key with which an office signs here; no fingerprint while it has none."""

    office: Office
    name: str
    fingerprint: str


@dataclass(frozen=True)
class KeyLine:
    """The key of another office."""

    key: PartnerKey
    name: str
    fingerprint: str
    is_trusted: bool


@dataclass(frozen=True)
class KeysPage:
    """Keys of our own and of others."""

    own: Sequence[OwnKey]
    others: Sequence[KeyLine]
    may_trust: bool


def packages_page(user: User) -> PackagesPage:
    """Gather the newest packages of both ways."""
    received = list(ReceivedPackage.objects.visible_to(user)[:SHOWN])
    sent = list(SentPackage.objects.visible_to(user)[:SHOWN])
    names = _names({row.office_code for row in received} | {row.to_office for row in sent})
    return PackagesPage(
        [
            PackageLine(
                row, names.get(row.office_code, row.office_code), RECEIVED_TONES[ReceivedState(row.state)]
            )
            for row in received
        ],
        [
            PackageLine(row, names.get(row.to_office, row.to_office), SENT_TONES[SentState(row.state)])
            for row in sent
        ],
        can(user, HANDLE),
    )


def received_page(user: User, package: ReceivedPackage, documents: Sequence[str]) -> ReceivedPage:
    """Gather the page of a package that came; of a later version only what it changed stands first."""
    before = version_before(package)
    is_open = package.state in {ReceivedState.RECEIVED, ReceivedState.QUERIED}
    return ReceivedPage(
        package=package,
        office=_names({package.office_code}).get(package.office_code, package.office_code),
        tone=RECEIVED_TONES[ReceivedState(package.state)],
        figures=list(package.figures.filter(is_told=True, is_part=False)),
        before=before,
        changed=changed_lines(package, before) if before is not None else [],
        queries=list(package.queries.all()),
        practice=received_practices(package.practice),
        documents=documents,
        may_decide=is_open and can(user, HANDLE, package.to_office),
    )


def sent_page(user: User, package: SentPackage) -> SentPage:
    """Gather the page of a package made here."""
    names = _names({package.office_code, package.to_office})
    return SentPage(
        package=package,
        office=names.get(package.office_code, package.office_code),
        to_office=names.get(package.to_office, package.to_office),
        tone=SENT_TONES[SentState(package.state)],
        queries=list(package.queries.all()),
        may_answer=can(user, HANDLE, package.office_code),
    )


def keys_page(user: User) -> KeysPage:
    """Gather the keys of offices for which one handles packages, and those that are believed here.

    Of these offices: where one sits, the province itself, in whose name its reports are signed, and whichever else
    has a key.
    """
    lang = language()
    seats = {holding.office for holding in user.access().holdings}
    mine = [
        office
        for office in Office.objects.filter(pk__in=office_codes_for(user, HANDLE))
        if office.code in seats or office.path == f"{office.code}/" or has_key(office.code)
    ]
    own = [
        OwnKey(
            office,
            office.name(lang),
            spaced(fingerprint_of(public_of(own_key(office.code)))) if has_key(office.code) else "",
        )
        for office in mine
    ]
    keys = list(PartnerKey.objects.all())
    names = _names({key.office_code for key in keys})
    others = [
        KeyLine(
            key,
            names.get(key.office_code, key.office_code),
            spaced(key.fingerprint),
            key.state == KeyState.TRUSTED,
        )
        for key in keys
    ]
    return KeysPage(own, others, can(user, TRUST))


def _names(codes: set[str]) -> dict[str, str]:
    lang = language()
    return {office.code: office.name(lang) for office in Office.objects.filter(pk__in=codes)}
