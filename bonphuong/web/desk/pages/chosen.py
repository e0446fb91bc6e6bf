"""What can be done with several records at once: which step moves which of them, and why the others stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.accounts.enums import Permission
from bonphuong.families.delegations.models import Delegation
from bonphuong.kernel import clock
from bonphuong.procedures.queries import available, cases_of
from bonphuong.records.models import Record
from bonphuong.web.desk.addresses import list_url, record_url
from bonphuong.web.desk.forms.steps import DAY_LABELS
from bonphuong.web.desk.pages.standing import StateView, state_views

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.procedures.models import Transition
    from bonphuong.records.registry import Family

#: As many as one page of a list shows.
MOST = 50
# What a step may ask for that each record of its own knows already, where it does.
_KNOWN = {"actual_heads", "approved_heads"}
# The report of a trip is noted by the step that receives it.
_NOTED = {"trip_report"}


@dataclass(frozen=True)
class Choice:
    """A step that moves some of the records: what it is called, how many of them."""

    code: str
    label: str
    count: int
    is_on: bool


@dataclass(frozen=True)
class Line:
    """One of the records; `why` says what keeps it where it is, empty where the step moves it."""

    record: Record
    state: StateView
    url: str
    way: Transition | None = None
    why: str = ""


@dataclass(frozen=True)
class ChosenPage:
    """Everything that the page shows."""

    family: Family
    title: str
    step: str
    label: str
    choices: Sequence[Choice]
    moving: Sequence[Line]
    staying: Sequence[Line]
    lines: Sequence[Line]
    back_url: str

    @property
    def uids(self) -> list[str]:
        """The records as the address names them."""
        return [str(line.record.pk) for line in self.lines]


def chosen_page(user: User, family: Family, uids: Sequence[UUID], step: str) -> ChosenPage:
    """Gather what is known of the ticked records that the person may see, in the order of their days."""
    seen = Record.objects.visible_to(user).live().filter(family=family.code, pk__in=uids[:MOST])
    records = list(seen.order_by("-begins_on", "-pk"))
    ways = ways_of(user, records)
    named = {way.code: way.label for found in ways.values() for way, why in found if not why}
    counts = {
        code: sum(any(w.code == code and not why for w, why in found) for found in ways.values())
        for code in named
    }
    step = step if any(way.code == step for found in ways.values() for way, _why in found) else ""
    lines = [
        _line(record, state, ways.get(record.pk, []), step)
        for record, state in zip(records, state_views(records, clock.today()), strict=True)
    ]
    return ChosenPage(
        family=family,
        title=ngettext("%(n)s record ticked", "%(n)s records ticked", len(lines)) % {"n": len(lines)},
        step=step,
        label=named.get(step, ""),
        choices=[Choice(code, label, counts[code], code == step) for code, label in named.items()],
        moving=[line for line in lines if step and not line.why],
        staying=[line for line in lines if step and line.why],
        lines=lines,
        back_url=list_url(family.code),
    )


def ways_of(user: User, records: Sequence[Record]) -> Mapping[UUID, list[tuple[Transition, str]]]:
    """For each record the steps that the person may take now, each with what keeps it from being taken in bulk."""
    cases = cases_of([record.pk for record in records])
    heads = _with_heads(records)
    return {
        uid: [(way, _in_bulk(way, has_heads=uid in heads)) for way in available(case, user)]
        for uid, case in cases.items()
    }


def _with_heads(records: Sequence[Record]) -> set[UUID]:
    """Delegations whose number of people is known: a step need not ask for it."""
    rows = Delegation.objects.filter(
        pk__in=[record.pk for record in records if record.family == "delegations"]
    )
    return {row.pk for row in rows.only("actual_heads", "approved_heads") if row.heads}


def _in_bulk(way: Transition, *, has_heads: bool) -> str:
    """Why a step must be taken on the record's own page; empty where a day is all that it needs."""
    if way.permission == Permission.RECORD_DECIDE:
        return _("each decision is taken by itself, with who signs it")
    if set(way.required_papers) - _NOTED:
        return _("the step rests on a paper of its own")
    days = [name for name in way.asks if name in DAY_LABELS or name.endswith("_on")]
    rest = [name for name in way.asks if name not in days[:1] and not (name in _KNOWN and has_heads)]
    return _("the step asks for more than a day") if rest else ""


def _line(record: Record, state: StateView, ways: Sequence[tuple[Transition, str]], step: str) -> Line:
    url = record_url(record)
    found = next(((way, why) for way, why in ways if way.code == step), None)
    if not step:
        return Line(record, state, url)
    if found is None:
        why = _("this step is not to be taken where it stands, or is not yours")
        return Line(record, state, url, why=why)
    return Line(record, state, url, way=found[0], why=found[1])
