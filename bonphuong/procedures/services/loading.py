"""Brings the shipped procedures, deadlines and guards into their tables."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils.translation import gettext as _

from bonphuong.kernel.errors import BadInput
from bonphuong.procedures.models import (
    Case,
    DeadlineRule,
    GuardRule,
    OpinionRule,
    Phase,
    Procedure,
    State,
    Transition,
)
from bonphuong.procedures.schema import clean_many
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bonphuong.procedures.schema import Definition

DATA = Path(__file__).resolve().parent.parent / "data"
_RULES = {"deadlines", "guards", "opinions"}

R = TypeVar("R", DeadlineRule, GuardRule, OpinionRule)


def load_procedures() -> int:
    """Bring the tables to what the product ships; gives the number of definitions and rules that changed.

    May be called at every start. A version that cases run through takes new words only: anything else needs a
    new version, and raises BadInput. Rules that an office set itself are never touched.
    """
    documents = [_read(path) for path in sorted(DATA.rglob("*.json")) if path.stem not in _RULES]
    definitions = clean_many(documents)
    known = {(p.code, p.version): p for p in Procedure.objects.all()}
    changed = [
        d
        for d in definitions
        if (d.code, d.version) not in known or known[d.code, d.version].digest != d.digest
    ]
    deadlines = _changed_rules(DeadlineRule, list(_deadlines()))
    guards = _changed_rules(GuardRule, list(_guards()))
    opinions = _changed_rules(OpinionRule, list(_opinions()))
    if changed or deadlines or guards or opinions:
        with acting(actor=None, verb="system.load_procedures"):
            for definition in changed:
                _bring(definition, known.get((definition.code, definition.version)))
            for rule in (*deadlines, *guards, *opinions):
                rule.full_clean()
                rule.save()
    return len(changed) + len(deadlines) + len(guards) + len(opinions)


def _rows(name: str) -> Iterator[dict[str, Any]]:
    """Rules of every family: those of a folder beside its procedures."""
    for path in sorted(DATA.rglob(f"{name}.json")):
        yield from _read(path)[name]


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _bring(definition: Definition, known: Procedure | None) -> None:
    if known is None:
        _build(Procedure(), definition)
    elif known.shape == definition.shape:
        _reword(known, definition)
    elif Case.objects.filter(procedure=known).exists():
        raise BadInput(
            {
                definition.code: [
                    _("Cases run through version %(version)s: give the change a new version.")
                    % {"version": definition.version}
                ]
            }
        )
    else:
        known.delete()
        _build(Procedure(), definition)


def _header(procedure: Procedure, definition: Definition) -> None:
    for name, value in definition.header.items():
        setattr(procedure, name, value)
    procedure.digest, procedure.shape = definition.digest, definition.shape
    procedure.full_clean()
    procedure.save()


def _build(procedure: Procedure, definition: Definition) -> None:
    _header(procedure, definition)
    phases = {
        code: Phase(procedure=procedure, code=code, label_vi=label_vi, label_en=label_en, order=order)
        for order, (code, label_vi, label_en) in enumerate(definition.phases, start=1)
    }
    Phase.objects.bulk_create(phases.values())
    states = {
        draft.code: State(
            procedure=procedure,
            phase=phases.get(draft.phase),
            code=draft.code,
            label_vi=draft.label_vi,
            label_en=draft.label_en,
            kind=draft.kind,
            order=order,
        )
        for order, draft in enumerate(definition.states, start=1)
    }
    State.objects.bulk_create(states.values())
    Transition.objects.bulk_create(_transitions(procedure, definition, states))


def _transitions(
    procedure: Procedure, definition: Definition, states: Mapping[str, State]
) -> Iterator[Transition]:
    for order, draft in enumerate(definition.transitions, start=1):
        for start in draft.leaves:
            yield Transition(
                procedure=procedure,
                code=draft.code,
                label_vi=draft.label_vi,
                label_en=draft.label_en,
                from_state=states[start],
                to_state=states[draft.to],
                order=order,
                permission=draft.permission,
                desk=draft.desk,
                required_papers=list(draft.required),
                expected_papers=list(draft.expected),
                asks=list(draft.asks),
                on_change_of=list(draft.on_change_of),
                forward=draft.forward,
                awaited=draft.awaited,
                automatic=draft.automatic,
            )


def _reword(procedure: Procedure, definition: Definition) -> None:
    _header(procedure, definition)
    for code, label_vi, label_en in definition.phases:
        procedure.phases.filter(code=code).update(label_vi=label_vi, label_en=label_en)
    for state in definition.states:
        procedure.states.filter(code=state.code).update(label_vi=state.label_vi, label_en=state.label_en)
    for draft in definition.transitions:
        rows = procedure.transitions.filter(code=draft.code, from_state__code__in=draft.leaves)
        rows.update(label_vi=draft.label_vi, label_en=draft.label_en)


def _deadlines() -> Iterator[dict[str, Any]]:
    for raw in _rows("deadlines"):
        values = {name: value for name, value in raw.items() if name != "procedures"}
        for procedure in raw["procedures"]:
            yield {**values, "procedure_code": procedure, "office_code": raw.get("office", ""), **_dates(raw)}


def _guards() -> Iterator[dict[str, Any]]:
    for raw in _rows("guards"):
        values = {name: value for name, value in raw.items() if name not in {"procedure", "office"}}
        yield {**values, "procedure_code": raw["procedure"], "office_code": raw["office"], **_dates(raw)}


def _opinions() -> Iterator[dict[str, Any]]:
    for raw in _rows("opinions"):
        values = {
            name: value for name, value in raw.items() if name not in {"procedures", "bodies", "office"}
        }
        for procedure in raw.get("procedures", [""]):
            for body in raw.get("bodies", [""]):
                names = {"procedure_code": procedure, "body_kind": body, "office_code": raw.get("office", "")}
                yield {**values, **names, **_dates(raw)}


def _dates(raw: Mapping[str, Any]) -> dict[str, dt.date | None]:
    until = raw.get("valid_to")
    return {
        "valid_from": dt.date.fromisoformat(raw["valid_from"]),
        "valid_to": dt.date.fromisoformat(until) if until else None,
    }


def _key(values: Mapping[str, Any]) -> tuple[Any, ...]:
    names = ("procedure_code", "code", "body_kind", "office_code", "level", "valid_from")
    return tuple(values.get(name, "") for name in names)


def _changed_rules(model: type[R], shipped: Sequence[dict[str, Any]]) -> list[R]:
    known = {_key(vars(rule)): rule for rule in model._default_manager.filter(shipped=True)}
    changed = []
    for values in shipped:
        rule = known.get(_key(values))
        if rule is None or any(getattr(rule, name) != value for name, value in values.items()):
            rule = rule or model(shipped=True)
            for name, value in values.items():
                setattr(rule, name, value)
            changed.append(rule)
    return changed
