"""A version of a procedure in memory: its states, the ways between them, the road from one to another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.kernel.memo import remembered
from bonphuong.procedures.enums import StateKind
from bonphuong.procedures.errors import WrongState
from bonphuong.trail.acting import current_action

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from bonphuong.procedures.models import Procedure, State, Transition


@dataclass(frozen=True)
class Graph:
    """States by code, in their order, and all transitions, in theirs."""

    procedure: Procedure
    states: Mapping[str, State]
    transitions: tuple[Transition, ...]
    _ways: Mapping[str, list[Transition]] = field(repr=False)
    # Batches ask for the same few roads again and again.
    _roads: dict[tuple[str, str, frozenset[str]], list[Transition]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, procedure: Procedure) -> Graph:
        """Read a version of a procedure: two queries, and none again within one act of the trail or one request."""
        action = current_action()
        if action is None:
            return remembered(("procedures.graph", procedure.pk), lambda: cls._read(procedure))
        kept: dict[int, Graph] = vars(action).setdefault("_graphs", {})
        if procedure.pk not in kept:
            kept[procedure.pk] = cls._read(procedure)
        return kept[procedure.pk]

    @classmethod
    def _read(cls, procedure: Procedure) -> Graph:
        states = {state.code: state for state in procedure.states.select_related("phase").order_by("order")}
        by_id = {state.pk: state for state in states.values()}
        transitions = tuple(procedure.transitions.order_by("order"))
        for transition in transitions:
            transition.from_state = by_id[transition.from_state_id]
            transition.to_state = by_id[transition.to_state_id]
        ways: dict[str, list[Transition]] = {code: [] for code in states}
        for transition in transitions:
            ways[transition.from_state.code].append(transition)
        return cls(procedure=procedure, states=states, transitions=transitions, _ways=ways)

    @property
    def start(self) -> State:
        """Where every case begins."""
        return next(state for state in self.states.values() if state.kind == StateKind.START)

    def state_of(self, pk: int) -> State:
        """The state by its key. Raises StopIteration for one of another procedure."""
        return next(state for state in self.states.values() if state.pk == pk)

    def leaving(self, state: str) -> list[Transition]:
        """The ways out of a state, in order."""
        return self._ways[state]

    def find(self, state: str, code: str) -> Transition:
        """The transition by its code from a state. Raises WrongState when there is none."""
        for transition in self.leaving(state):
            if transition.code == code:
                return transition
        raise WrongState(
            _("This step cannot be taken while the record is “%(state)s”.")
            % {"state": self.states[state].label}
        )

    def automatic(self, state: str) -> Iterator[Transition]:
        """The transitions that are taken by themselves, one after another, once `state` is reached."""
        while True:
            found = next((t for t in self.leaving(state) if t.automatic), None)
            if found is None:
                return
            yield found
            state = found.to_state.code

    def road(self, start: str, goal: str, through: Collection[str] = ()) -> list[Transition]:
        """The forward transitions from `start` to `goal`, through every state on the way.

        States that are there only where needed are passed by, unless they are named in `through`, are the goal, or
        no road leads there without them.
        Raises WrongState where no road leads.
        """
        if goal not in self.states:
            raise WrongState(_("This procedure has no state “%(state)s”.") % {"state": goal})
        key = (start, goal, frozenset(through))
        if key not in self._roads:
            self._roads[key] = self._find_road(start, goal, {*through, goal})
        return list(self._roads[key])

    def _find_road(self, start: str, goal: str, wanted: Collection[str]) -> list[Transition]:
        found = self._onward(start, goal, wanted, set())
        if found is None:
            # Some states can only be reached through others that are there where needed.
            found = self._onward(start, goal, frozenset(self.states), set())
        if found is None:
            raise WrongState(
                _("No way leads from “%(start)s” to “%(goal)s”.")
                % {"start": self.states[start].label, "goal": self.states[goal].label}
            )
        return found

    def _onward(
        self, here: str, goal: str, wanted: Collection[str], dead: set[str]
    ) -> list[Transition] | None:
        # The nearest state first, so that none is left out; where a procedure forks, that way may lead elsewhere.
        if here == goal:
            return []
        if here in dead:
            return None
        limit = self.states[goal].order
        ahead = [
            t
            for t in self.leaving(here)
            if t.forward
            and t.to_state.order <= limit
            and (t.to_state.kind != StateKind.OPTIONAL or t.to_state.code in wanted)
        ]
        for step in sorted(ahead, key=lambda t: t.to_state.order):
            rest = self._onward(step.to_state.code, goal, wanted, dead)
            if rest is not None:
                return [step, *rest]
        dead.add(here)
        return None
