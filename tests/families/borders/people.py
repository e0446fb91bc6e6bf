"""Who does what in the tests of border work."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from bonphuong.accounts.models import User
from bonphuong.kit.services import create, take_step
from bonphuong.ledger.facts import counted
from bonphuong.ledger.queries import Where, live_facts, sum_facts
from bonphuong.procedures.queries import case_of
from tests.factories.papers import PaperFactory

if TYPE_CHECKING:
    from bonphuong.kit.drafts import Draft
    from bonphuong.papers.models import Paper
    from bonphuong.records.models import Record

NOW = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
TODAY = NOW.date()


def user(name: str) -> User:
    return User.objects.get(username=name)


def enter(draft: Draft, actor: str = "canbo", **more: Any) -> Record:
    return create(
        draft,
        family="borders",
        office_code=draft.lead_office_code,
        actor=user(actor),
        reason="nhập sổ",
        **more,
    )


def step(
    record: Record, code: str, on: dt.date = TODAY, actor: str = "canbo", note: str = "", **values: Any
) -> Record:
    papers = values.pop("papers", ())
    return take_step(
        record,
        code,
        on=on,
        expected_version=record.version,
        actor=user(actor),
        values=values,
        note=note,
        paper_uids=[paper.pk for paper in papers],
    )


def decision() -> Paper:
    return PaperFactory(kind="decision", office_code="lc-border-guard")


def live(record: Record) -> dict[str, int]:
    found = counted(live_facts([record.pk]).get(record.pk, ()))
    return {code: value for code, value in found.items() if value}


def level(on: dt.date, *types: str) -> int:
    dimensions = (("slot1", types),) if types else ()
    where = Where((("lai-chau", None),), "border.gates_operating", on, dimensions=dimensions)
    return sum_facts([where])[0].value


def everything(record: Record) -> set[str]:
    return {t.code for t in case_of(record.pk).procedure.transitions.all()}


def allowed(record: Record) -> set[str]:
    case = case_of(record.pk)
    return {t.code for t in case.procedure.transitions.filter(from_state=case.state_id)}
