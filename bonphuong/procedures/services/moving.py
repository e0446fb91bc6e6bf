"""Running cases taken to another version of their procedure, on somebody's word and with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.procedures.enums import MOVE_VERSION, StateKind
from bonphuong.procedures.errors import WrongState
from bonphuong.procedures.graph import Graph
from bonphuong.procedures.models import Case, Procedure, Step
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from django.db.models import QuerySet

    from bonphuong.accounts.models import User
    from bonphuong.procedures.models import State


def move_case(
    case: Case, to_version: int, *, actor: User, reason: str, state_map: Mapping[str, str] | None = None
) -> Step:
    """Take a running case to another version of its procedure and under the rules of days that hold today.

    Its state must be there by its own code or by the one that `state_map` (old → new) gives; earlier states keep
    their names where the new version does not have them. The same version is right too: the case then only comes
    under today's rules. `case` is brought up to date. Raises NotAllowed, BadInput (no reason, no such version, a
    state that is not there), WrongState for a case that is over, Conflict when somebody moved it meanwhile.
    """
    _check(actor, case, reason)
    with acting(
        actor=actor,
        verb="procedures.case.move",
        office=case.office_code,
        obj=case.record_uid,
        reason=reason,
    ):
        target = version_of(case.procedure.code, to_version)
        return _moved(case, Graph.of(target), dict(state_map or {}), actor, reason)


def running_cases(
    procedure_code: str, *, except_version: int = 0, offices: Collection[str] = ()
) -> QuerySet[Case]:
    """Cases of a procedure that are not over and run through another version; of these offices, or of all."""
    rows = Case.objects.filter(procedure__code=procedure_code).exclude(procedure__version=except_version)
    rows = rows.exclude(state__kind__in=(StateKind.END, StateKind.STOPPED))
    return rows.filter(office_code__in=offices) if offices else rows


def version_of(procedure_code: str, version: int) -> Procedure:
    """A version of a procedure. Raises BadInput when there is none such."""
    found = Procedure.objects.filter(code=procedure_code, version=version).first()
    if found is None:
        raise BadInput({"to_version": [_("This procedure has no version %(n)s.") % {"n": version}]})
    return found


def _check(actor: User, case: Case, reason: str) -> None:
    if not can(actor, Permission.SETTINGS_CHANGE, case.office_code):
        raise NotAllowed(_("You may not change the settings of this office."))
    if not reason.strip():
        raise BadInput({"reason": [_("Say why.")]})
    if case.state.is_end:
        raise WrongState(_("The case is over: it keeps the procedure that it went through."))


def _moved(case: Case, graph: Graph, state_map: dict[str, str], actor: User, reason: str) -> Step:
    before = case.state
    wanted = state_map.get(before.code, before.code)
    goal = graph.states.get(wanted)
    if goal is None:
        raise BadInput(
            {
                "state_map": [
                    _("The version has no state “%(state)s”: say which one it is.") % {"state": wanted}
                ]
            }
        )
    astray = [new for new in state_map.values() if new not in graph.states]
    if astray:
        raise BadInput(
            {"state_map": [_("The version has no state “%(state)s”.") % {"state": ", ".join(astray)}]}
        )
    _write(case, graph.procedure, goal)
    return Step.objects.create(
        case=case,
        seq=case.version,
        transition_code=MOVE_VERSION,
        from_state=before,
        to_state=goal,
        on=clock.today(),
        actor=actor,
        office_code=case.office_code,
        note=reason[:500],
        renamed={old: new for old, new in state_map.items() if old != new},
    )


def _write(case: Case, procedure: Procedure, goal: State) -> None:
    today = clock.today()
    rows = Case.objects.filter(pk=case.pk, state=case.state_id, version=case.version)
    # It has stood in its state since the day it came there, whatever that state is now called.
    if not rows.update(procedure=procedure, state=goal, rules_on=today, version=F("version") + 1):
        raise Conflict(_("Somebody else has moved this record on. Open it again to see where it stands."))
    case.procedure, case.state, case.rules_on, case.version = procedure, goal, today, case.version + 1
