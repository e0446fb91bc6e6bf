"""The way of a case so far: every state that it came to, and the phases that the stepper shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bonphuong.procedures.enums import MOVE_VERSION, PhaseStanding, StateKind
from bonphuong.procedures.graph import Graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bonphuong.procedures.models import Case, Phase, State, Step


@dataclass(frozen=True)
class Passed:
    """A state that the case came to: when, by which step, and what was missing if registered afterwards."""

    state: State
    on: dt.date
    transition: str = ""
    step: Step | None = None
    missing: tuple[str, ...] = ()

    @property
    def from_decision(self) -> bool:
        """Registered from a paper rather than taken here."""
        return self.step is not None and self.step.from_decision


@dataclass(frozen=True)
class PhaseView:
    """A phase as the stepper shows it. `stopped_as` is the state aside that the case fell into within it."""

    phase: Phase
    standing: PhaseStanding
    entered_on: dt.date | None = None
    left_on: dt.date | None = None
    states: tuple[Passed, ...] = ()
    stopped_as: State | None = None


def history(case: Case, graph: Graph | None = None, steps: Iterable[Step] | None = None) -> list[Passed]:
    """Every state that the case came to, in order, the first one included; a passage gives all of its states.

    States of an earlier version of the procedure are those of the present one where it has them, by their own name
    or by the one that the move gave them; else they stay as they were.
    """
    graph = graph or Graph.of(case.procedure)
    taken = list(case.steps.select_related("actor").order_by("seq") if steps is None else steps)
    states = _states_for(graph, taken)
    found = [Passed(state=graph.start, on=case.opened_on)]
    for step, now in zip(taken, states, strict=True):
        if step.passed:
            found += [_entry(step, entry, now) for entry in step.passed]
        else:
            state = now.by_id(step.to_state_id)
            found.append(Passed(state=state, on=step.on, transition=step.transition_code, step=step))
    return found


def _entry(step: Step, entry: Mapping[str, Any], now: _Then) -> Passed:
    return Passed(
        state=now.by_code(entry["state"]),
        on=dt.date.fromisoformat(entry["on"]),
        transition=entry["transition"],
        step=step,
        missing=tuple(entry["missing"]),
    )


@dataclass(frozen=True)
class _Then:
    """The version that a step was taken in, and what became of its states since."""

    graph: Graph
    then: Graph
    renamed: Mapping[str, str]

    def by_id(self, pk: int) -> State:
        return self.by_code(self.then.state_of(pk).code)

    def by_code(self, code: str) -> State:
        now = self.graph.states.get(self.renamed.get(code, code))
        return now or self.then.states[code]


def _states_for(graph: Graph, steps: Sequence[Step]) -> list[_Then]:
    """For each step the version that it led into; read from the last one back, as names change at each move."""
    found: list[_Then] = []
    then, renamed = graph, dict[str, str]()
    for step in reversed(steps):
        found.append(_Then(graph, then, dict(renamed)))
        if step.transition_code == MOVE_VERSION:
            before = step.from_state.procedure_id
            renamed = {
                **renamed,
                **{old: renamed.get(new, new) for old, new in step.renamed.items()},
            }
            then = then if before == then.procedure.pk else Graph.of(step.from_state.procedure)
    return found[::-1]


def stepper(case: Case) -> list[PhaseView]:
    """The phases from first to last, each done, in progress, ahead, or the one where the case was stopped."""
    graph = Graph.of(case.procedure)
    passed = history(case, graph)
    phases = {state.phase_id: state.phase for state in graph.states.values() if state.phase is not None}
    here = passed[-1].state
    on_road = [entry for entry in passed if entry.state.phase_id in phases]
    current = on_road[-1].state.phase_id
    order = list(phases)
    views = []
    for index, (pk, phase) in enumerate(phases.items()):
        inside = tuple(entry for entry in on_road if entry.state.phase_id == pk)
        views.append(
            PhaseView(
                phase=phase,
                standing=_standing(index - order.index(current), here),
                entered_on=inside[0].on if inside else None,
                left_on=_left_on(passed, pk) if index < order.index(current) or here.is_end else None,
                states=inside,
                stopped_as=here if pk == current and here.phase_id is None else None,
            )
        )
    return views


def _standing(distance: int, here: State) -> PhaseStanding:
    if distance > 0:
        return PhaseStanding.AHEAD
    if distance < 0 or here.kind == StateKind.END:
        return PhaseStanding.DONE
    return PhaseStanding.STOPPED if here.phase_id is None else PhaseStanding.DOING


def _left_on(passed: Sequence[Passed], phase_id: int | None) -> dt.date | None:
    last = max((i for i, entry in enumerate(passed) if entry.state.phase_id == phase_id), default=None)
    if last is None:
        return None
    return passed[last + 1].on if last + 1 < len(passed) else passed[last].on
