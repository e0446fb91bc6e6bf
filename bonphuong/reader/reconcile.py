"""Claims against the ledger and against each other: what matches, by how much it differs, what contradicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bonphuong.indicators.enums import FigureStatus
from bonphuong.indicators.figures import Figure, FigureRequest
from bonphuong.indicators.queries import figures
from bonphuong.kernel.periods import Period as Days
from bonphuong.ledger.enums import Shape
from bonphuong.ledger.measures import MEASURES
from bonphuong.reader.claims import Claim, Flag, Kind
from bonphuong.reader.enums import Beside, Outcome
from bonphuong.reader.gazetteer import HOME
from bonphuong.reader.queries import claims_of, known_states, told_elsewhere

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User
    from bonphuong.reader.models import KnownState, ReadDocument

GATE_STATUS = "gate.status"
UPGRADING = "upgrading"
EVENTS = frozenset({Kind.SESSION, Kind.VISIT})
# "khoảng 40" and "gần 40" are true of what lies within a tenth of it.
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Told:
    """A document's claims, as they come from a text or from the tables; `uids` name stored ones."""

    label: str
    published: dt.date | None
    claims: Sequence[Claim]
    uids: Sequence[UUID] = ()


@dataclass(frozen=True)
class Said:
    """What one source says of the state of a thing on a day."""

    label: str
    on: dt.date | None
    state: str
    target: str = ""
    claim: Claim | None = None


@dataclass(frozen=True)
class Contradiction:
    """Sources that do not agree on the state of a thing, in the order of their days.

    `known` is what the register holds; `explained_by` the entry of it that began between two of them and says
    what the later one says: then the thing has changed, and neither is wrong.
    """

    topic: str
    thing: str
    said: tuple[Said, ...]
    known: tuple[KnownState, ...] = ()
    explained_by: KnownState | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain data for programs."""
        return {
            "topic": self.topic,
            "thing": self.thing,
            "said": [
                {"source": one.label, "on": _iso(one.on), "state": one.state, "target": one.target}
                for one in self.said
            ],
            "known": [_known_json(row) for row in self.known],
            "explained_by": None if self.explained_by is None else _known_json(self.explained_by),
        }


@dataclass(frozen=True)
class Reconciled:
    """A claim and what stands beside it. `difference` is what the ledger holds less what the claim says."""

    told: Told
    claim: Claim
    outcome: Outcome
    uid: UUID | None = None
    beside: Decimal | None = None
    beside_from: Beside = Beside.NOTHING
    difference: Decimal | None = None
    is_complete: bool = False
    figure: Figure | None = None
    against: tuple[Contradiction, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The claim in its published form, with what stands beside it."""
        return {
            **self.claim.as_json(),
            "source": self.told.label,
            "outcome": str(self.outcome),
            "ledger": _text(self.beside),
            "ledger_from": str(self.beside_from),
            "differs_by": _text(self.difference),
            "register_complete": self.is_complete,
            "contradictions": [one.as_json() for one in self.against],
        }


@dataclass
class _Ground:
    """What all comparisons of one call share."""

    found: dict[int, Figure] = field(default_factory=dict)
    known: dict[str, list[KnownState]] = field(default_factory=dict)
    contradictions: list[Contradiction] = field(default_factory=list)


def reconcile(sources: Sequence[Told], *, office: str, as_of: dt.datetime | None = None) -> list[Reconciled]:
    """Each claim with the office's figure of the same period beside it, all figures in a handful of queries.

    Claims on the state of a thing are held against the other sources and what the register knows.
    """
    pairs = [(told, number) for told in sources for number in range(len(told.claims))]
    requests = {
        place: request
        for place, (told, number) in enumerate(pairs)
        if (request := _request(told.claims[number], told.published, office, as_of)) is not None
    }
    found = figures(list(requests.values())) if requests else []
    known = _known(sources)
    compared = _contradictions(sources, known)
    ground = _Ground(dict(zip(requests, found, strict=True)), known, compared)
    return [_reconciled(told, number, ground, place) for place, (told, number) in enumerate(pairs)]


def reconcile_document(
    document: ReadDocument, user: User | AnonymousUser, *, as_of: dt.datetime | None = None
) -> list[Reconciled]:
    """A stored document's claims against its book and against the other documents that the person may see."""
    own = told_by(document)
    others: dict[UUID, Told] = {}
    for row in told_elsewhere(user, document, GATE_STATUS):
        before = others.get(row.document_id)
        claims = (*(before.claims if before else ()), row.claim)
        others[row.document_id] = Told(str(row.document), row.document.published_on, claims)
    found = reconcile([own, *others.values()], office=document.book, as_of=as_of)
    return [one for one in found if one.told is own]


def told_by(document: ReadDocument) -> Told:
    """A stored document as `reconcile` takes it."""
    rows = list(claims_of(document))
    claims = tuple(row.claim for row in rows)
    return Told(str(document), document.published_on, claims, tuple(row.pk for row in rows))


# --- figures -------------------------------------------------------------------------------------------------


def dimensions_of(claim: Claim) -> dict[str, str]:
    """The filter that a claim's foreign places make: one partner, or one country; none where it names several.

    Figures of the province's profile (its border, its neighbours) list their partners and have no filter.
    """
    if claim.subject is None or not _counts_partners(claim.subject):
        return {}
    abroad = [place for place in claim.places if place.country not in {"", HOME} and place.code]
    partners = {place.code for place in abroad if place.kind != "country"}
    countries = {place.country for place in abroad}
    if len(partners) == 1:
        return {"partner": partners.pop()}
    return {"country": countries.pop()} if len(countries) == 1 and not partners else {}


def _counts_partners(subject: str) -> bool:
    return subject.partition(".")[0] in {"outbound", "inbound", "students", "agreements", "sessions", "aid"}


def _request(
    claim: Claim, published: dt.date | None, office: str, as_of: dt.datetime | None
) -> FigureRequest | None:
    days = _days(claim, published)
    if claim.subject is None or days is None or not _is_comparable(claim):
        return None
    chosen = {} if claim.kind in EVENTS else dimensions_of(claim)
    filters = {name: (code,) for name, code in chosen.items()}
    return FigureRequest(claim.subject, office, days, as_of=as_of, filters=filters)


def _is_comparable(claim: Claim) -> bool:
    """A figure inside another one can only be compared where its places say which part it is."""
    return claim.value is not None and (not claim.is_part or bool(dimensions_of(claim)))


def _days(claim: Claim, published: dt.date | None) -> Days | None:
    if claim.subject is not None and MEASURES[claim.subject].shape is Shape.TIMELESS:
        return None if published is None else Days.between(published, published)
    since, until = claim.period.since, claim.period.until
    return None if since is None or until is None else Days.between(since, until)


def _reconciled(told: Told, number: int, ground: _Ground, place: int) -> Reconciled:
    claim = told.claims[number]
    uid = told.uids[number] if told.uids else None
    if claim.kind is Kind.STATUS:
        return _state(told, claim, uid, ground)
    figure = ground.found.get(place)
    beside, beside_from = (None, Beside.NOTHING) if figure is None else _beside(claim, figure, uid)
    outcome = _outcome(claim, beside)
    compared = outcome in {Outcome.MATCHES, Outcome.DIFFERS, Outcome.AMBIGUOUS} and claim.kind not in EVENTS
    difference = beside - claim.value if compared and beside is not None and claim.value is not None else None
    return Reconciled(
        told=told,
        claim=claim,
        outcome=outcome,
        uid=uid,
        beside=beside,
        beside_from=beside_from,
        difference=difference,
        is_complete=figure is not None and figure.is_covered,
        figure=figure,
    )


def _beside(claim: Claim, figure: Figure, uid: UUID | None) -> tuple[Decimal | None, Beside]:
    """What the ledger holds, the claim's own entry left out: nothing confirms itself."""
    if claim.statement == "target" and claim.kind is Kind.FIGURE:
        target = figure.target
        own = target is not None and uid is not None and target.statement.claim_uid == uid
        return (None, Beside.NOTHING) if target is None or own else (target.value, Beside.STATED)
    stated = figure.stated
    is_own = stated is not None and uid is not None and stated.statement.claim_uid == uid
    if stated is not None and not is_own and figure.status == FigureStatus.STATED:
        return stated.value, Beside.STATED
    if figure.facts or figure.is_covered:
        return figure.recorded, Beside.RECORDED
    return None, Beside.NOTHING


def _outcome(claim: Claim, beside: Decimal | None) -> Outcome:
    if Flag.AMBIGUOUS in claim.flags:
        return Outcome.AMBIGUOUS
    if claim.subject is not None and Flag.NO_PERIOD in claim.flags:
        return Outcome.NO_PERIOD
    if claim.subject is None or claim.value is None or not _is_comparable(claim):
        return Outcome.NOT_COMPARED
    if beside is None:
        return Outcome.NO_RECORD
    if claim.kind in EVENTS:
        return Outcome.MATCHES if beside >= 1 else Outcome.NO_RECORD
    return Outcome.MATCHES if holds(claim.value, claim.bound_sense, beside) else Outcome.DIFFERS


def holds(value: Decimal, sense: str, beside: Decimal) -> bool:
    """Whether "hơn 40", "gần 40", "khoảng 40" is true of a figure. An exact claim must be met exactly."""
    near = abs(value) * TENTH
    checks: Mapping[str, Callable[[], bool]] = {
        "over": lambda: value <= beside <= value + near,
        "under": lambda: value - near <= beside <= value,
        "about": lambda: abs(beside - value) <= near,
        "estimated": lambda: beside == value,
        "at_least": lambda: beside >= value,
        "up_to": lambda: beside <= value,
    }
    return checks.get(sense, lambda: beside == value)()


# --- states in time --------------------------------------------------------------------------------------------


def contradictions(sources: Sequence[Told]) -> list[Contradiction]:
    """Things whose state the sources, or a source and the register, do not tell alike."""
    return _contradictions(sources, _known(sources))


def _known(sources: Iterable[Told]) -> dict[str, list[KnownState]]:
    """What the register holds of the things that the sources speak of; no query where they speak of none."""
    known: dict[str, list[KnownState]] = {}
    if any(claim.topic == GATE_STATUS for told in sources for claim in told.claims):
        for row in known_states(GATE_STATUS):
            known.setdefault(row.thing, []).append(row)
    return known


def _contradictions(
    sources: Iterable[Told], known: Mapping[str, Sequence[KnownState]]
) -> list[Contradiction]:
    said: dict[str, list[Said]] = {}
    for told in sources:
        for claim in told.claims:
            if claim.topic == GATE_STATUS:
                one = Said(
                    told.label,
                    claim.period.until,
                    claim.attributes["status"],
                    claim.attributes.get("target", ""),
                    claim,
                )
                for thing in claim.attributes["gates"]:
                    said.setdefault(thing, []).append(one)
    found = (_contradiction(thing, several, known.get(thing, ())) for thing, several in said.items())
    return [one for one in found if one is not None]


def _contradiction(thing: str, several: Iterable[Said], known: Sequence[KnownState]) -> Contradiction | None:
    ordered = sorted(several, key=lambda one: (one.on is None, str(one.on)))
    differ = len({one.state for one in ordered}) > 1
    if not differ and all(_agrees(one, known) for one in ordered):
        return None
    return Contradiction(GATE_STATUS, thing, tuple(ordered), tuple(known), _explanation(ordered, known))


def _agrees(one: Said, known: Sequence[KnownState]) -> bool:
    """Whether the register says the same for that day. What is being raised has not reached its goal yet."""
    row = next((row for row in known if one.on is not None and _is_on(row, one.on)), None)
    if row is None:
        return True
    return row.state != one.target if one.state == UPGRADING else row.state == one.state


def _is_on(row: KnownState, day: dt.date) -> bool:
    begun = row.valid_from is None or row.valid_from <= day
    return begun and (row.valid_to is None or day <= row.valid_to)


def _explanation(ordered: Sequence[Said], known: Sequence[KnownState]) -> KnownState | None:
    first, last = ordered[0].on, ordered[-1].on
    if first is None or last is None or not all(_agrees(one, known) for one in ordered):
        return None
    began = (row for row in known if row.valid_from is not None and first < row.valid_from <= last)
    return next((row for row in began if row.state == ordered[-1].state), None)


def _state(told: Told, claim: Claim, uid: UUID | None, ground: _Ground) -> Reconciled:
    things = set(claim.attributes.get("gates", ()))
    against = tuple(one for one in ground.contradictions if one.thing in things)
    if against:
        return Reconciled(told, claim, Outcome.CONTRADICTS, uid, against=against)
    registered = any(thing in ground.known for thing in things)
    return Reconciled(told, claim, Outcome.MATCHES if registered else Outcome.NO_RECORD, uid)


# --- plain data ------------------------------------------------------------------------------------------------


def _known_json(row: KnownState) -> dict[str, Any]:
    return {
        "thing": row.thing,
        "state": row.state,
        "since": _iso(row.valid_from),
        "until": _iso(row.valid_to),
        "source": row.source,
        "proved": row.proved,
    }


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
