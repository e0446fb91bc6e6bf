"""How often a case was sent back to be mended, when, by whom and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.procedures.enums import RETURNED

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.procedures.history import Passed
    from bonphuong.procedures.models import State


@dataclass(frozen=True)
class Return:
    """One time that a case was sent back: from where, on which day, why, by whom, and when it came again."""

    number: int
    on: dt.date
    from_state: State
    reason: str
    by: str
    again_on: dt.date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still waits to be handed in again."""
        return self.again_on is None


@dataclass(frozen=True)
class Rounds:
    """The rounds of a case: the first one, and one more for each time that it was handed in again."""

    returns: tuple[Return, ...] = ()

    @property
    def number(self) -> int:
        """Which round it is in, from 1."""
        return 1 + sum(not one.is_open for one in self.returns)

    @property
    def times_returned(self) -> int:
        """How often it was sent back."""
        return len(self.returns)

    @property
    def last(self) -> Return | None:
        """The last time that it was sent back."""
        return self.returns[-1] if self.returns else None


def rounds(passed: Sequence[Passed]) -> Rounds:
    """The rounds of a case from its history; pure."""
    found: list[Return] = []
    for place, entry in enumerate(passed):
        if entry.state.code != RETURNED or place == 0 or passed[place - 1].state.code == RETURNED:
            continue
        step = entry.step
        again = next((later.on for later in passed[place + 1 :] if later.state.code != RETURNED), None)
        found.append(
            Return(
                number=len(found) + 1,
                on=entry.on,
                from_state=passed[place - 1].state,
                reason=step.note if step is not None else "",
                by=step.actor.get_full_name() if step is not None and step.actor is not None else "",
                again_on=again,
            )
        )
    return Rounds(tuple(found))
