"""Made-up delegations: drafts as an officer would type them, in the proportions of a border province."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from bonphuong.config.synth import words
from bonphuong.families.delegations.schema import DelegationDraft, MemberDraft
from bonphuong.kit.places import PlaceDraft

if TYPE_CHECKING:
    import random

    from bonphuong.config.synth.offices import Province

MEMBERS = 8
_KINDS = (
    ("outbound",) * 35 + ("inbound",) * 40 + ("individual",) * 10 + ("session",) * 8 + ("day_contact",) * 5
)
_PARTIES = {
    "LA": ("la-phongsaly", "la-oudomxay", "la-luang-prabang"),
    "CN": ("cn-yunnan", "cn-honghe", "cn-jinping"),
}
_LEVELS = ("province", "department", "department", "commune", "expert")
_PURPOSES = ("visit", "talks", "conference", "exchange", "training", "trade", "expert", "border", "aid")
_FIELDS = ("trade", "health", "education", "culture", "security", "agriculture", "tourism", "")


def delegation(
    source: random.Random,
    province: Province,
    month: dt.date,
    *,
    known: frozenset[str],
    fields: tuple[str, ...],
) -> DelegationDraft:
    """One delegation that began in the month; some decided ones never leave, a few are still only asked for."""
    kind = source.choice(_KINDS)
    country = source.choice(words.COUNTRIES)
    starts = month + dt.timedelta(days=source.randrange(28))
    ends = starts + dt.timedelta(days=source.choice((0, 1, 2, 3, 4, 4, 5, 6, 9)))
    office = province.focal if source.random() < 0.5 else source.choice(province.offices)
    title, partner = _title(source, kind), _partner(source, country, known)
    went = source.random() > 0.01
    heads = 1 if kind == "individual" else source.randint(2, 2 * MEMBERS - 2)
    meeting = kind in {"session", "day_contact"}
    members = _members(source, kind, country, heads)
    decided = None if meeting else starts - dt.timedelta(days=source.randint(3, 25))
    return DelegationDraft(
        kind=kind,
        title=title,
        lead_office_code=office,
        session_form=source.choice(("place", "online", "boundary")) if kind == "session" else "",
        purpose=source.choice(_PURPOSES),
        content=f"{title} về {source.choice(words.SUBJECTS)}",
        field_code=source.choice(fields) if fields else "",
        channel=source.choice(("state", "state", "party", "people")),
        head_level=source.choice(_LEVELS),
        head_name=members[0].full_name if members else words.person(source),
        head_title=source.choice(words.POSTS),
        plan_status="in" if source.random() < 0.8 else "off",
        funding=source.choice(("province", "host", "central", "project")),
        cost_vnd=source.randrange(20, 400) * 1_000_000 if kind == "outbound" else None,
        partner_code=partner,
        partner_text="" if partner else source.choice(words.BODIES),
        approved_heads=None if meeting else heads,
        actual_heads=heads if went else None,
        decided_on=decided,
        decision_number=f"{source.randrange(1, 3000)}/QĐ-UBND" if decided else "",
        starts_on=starts,
        ends_on=ends,
        started_on=starts if went or meeting else None,
        ended_on=ends if went or meeting else None,
        result=source.choice(words.RESULTS) if went else "",
        places=(_place(country, partner), *_ours(kind, province, starts)),
        members=members,
    )


def _title(source: random.Random, kind: str) -> str:
    work, subject = source.choice(words.WORKS), source.choice(words.SUBJECTS)
    return f"{work} {subject} ({source.choice(words.GIVEN)} {source.randrange(10_000)})" if kind else work


def _partner(source: random.Random, country: str, known: frozenset[str]) -> str:
    code = source.choice(_PARTIES[country]) if country in _PARTIES else ""
    return code if code in known else ""


def _place(country: str, partner: str) -> PlaceDraft:
    return PlaceDraft(country, party_code=partner, text="")


def _ours(kind: str, province: Province, day: dt.date) -> tuple[PlaceDraft, ...]:
    # A session names the province under the code that it had on that day: before the mergers another.
    return (PlaceDraft("VN", unit_code=province.unit_on(day)),) if kind == "session" else ()


def _members(source: random.Random, kind: str, country: str, heads: int) -> tuple[MemberDraft, ...]:
    if kind in {"session", "day_contact"}:
        return ()
    inbound = kind == "inbound"
    made = []
    for number in range(min(heads, MEMBERS * 2)):
        name, native = words.guest(source, country) if inbound else (words.person(source), "")
        born = dt.date(1960 + source.randrange(40), source.randint(1, 12), source.randint(1, 28))
        made.append(
            MemberDraft(
                full_name=name,
                name_native=native,
                gender=source.choice(("f", "m")),
                post_then=source.choice(words.POSTS),
                unit_then=source.choice(words.BODIES),
                role="head" if number == 0 else "member",
                nationality=country if inbound else "VN",
                passport_no=f"X{source.randrange(10**7):07d}",
                birth_date=born.isoformat(),
            )
        )
    return tuple(made)
