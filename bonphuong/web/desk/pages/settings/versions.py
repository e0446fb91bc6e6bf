"""Procedures: every version with its states, its steps and who takes them, its deadlines, and what runs through it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.http import Http404
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.papers.enums import PaperKind
from bonphuong.procedures.enums import Desk, StateKind
from bonphuong.procedures.models import Case, DeadlineRule, Procedure, State, Transition
from bonphuong.procedures.queries import procedure_on
from bonphuong.procedures.services import running_cases
from bonphuong.records.registry import get_family
from bonphuong.web.desk.pages.settings.diagram import Diagram, diagram_of
from bonphuong.web.desk.pages.settings.kit import Line, line_of, standing
from bonphuong.web.desk.pages.settings.procedures import DEADLINES, chain_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User

_OVER = (StateKind.END, StateKind.STOPPED)


@dataclass(frozen=True)
class VersionLine:
    """A version of a procedure, and how many of one's own running cases go through it."""

    row: Procedure
    state: str
    word: str
    running: int


@dataclass(frozen=True)
class ProcedureLine:
    """A procedure in the list."""

    code: str
    label: str
    family: str
    version: int
    versions: int
    source: str
    is_proved: bool


@dataclass(frozen=True)
class StepLine:
    """A step as the list tells it."""

    number: int
    label: str
    starts: str
    goal: str
    desk: str
    permission: str
    papers: str
    expected: str


@dataclass(frozen=True)
class ProcedurePage:
    """One version of a procedure."""

    row: Procedure
    versions: Sequence[VersionLine]
    diagram: Diagram
    steps: Sequence[StepLine]
    deadlines: Sequence[Line]
    family: str
    to_move: int


@dataclass(frozen=True)
class MovePage:
    """What is asked before running cases are taken to another version."""

    code: str
    label: str
    versions: Sequence[tuple[int, str]]
    states: Sequence[State]
    goals: Sequence[State]
    running: int


def procedure_list() -> list[ProcedureLine]:
    """Every procedure by its newest version."""
    newest: dict[str, list[Procedure]] = {}
    for row in Procedure.objects.order_by("code", "-version"):
        newest.setdefault(row.code, []).append(row)
    return [
        ProcedureLine(
            code=code,
            label=rows[0].label,
            family=_family(rows[0].family),
            version=rows[0].version,
            versions=len(rows),
            source=rows[0].source,
            is_proved=rows[0].proved,
        )
        for code, rows in newest.items()
    ]


def procedure_page(user: User, code: str, version: int = 0) -> ProcedurePage:
    """One version: the one asked for, else the one in force today. Raises Http404."""
    versions = list(Procedure.objects.filter(code=code).order_by("-version"))
    if not versions:
        raise Http404
    row = _chosen(versions, version, code)
    states = list(row.states.select_related("phase").order_by("order"))
    ways = list(
        row.transitions.select_related("from_state", "to_state").order_by("order", "from_state__order")
    )
    numbers = {step: place for place, step in enumerate(dict.fromkeys(way.code for way in ways), start=1)}
    rules = list(
        DeadlineRule.objects.on(clock.today())
        .filter(procedure_code=code, office_code__in=chain_of(user))
        .order_by("code", "office_code")
    )
    DEADLINES.prepare(user, rules)
    counts = _running(user, versions)
    return ProcedurePage(
        row=row,
        versions=[_version_line(one, counts) for one in versions],
        diagram=diagram_of(states, ways, numbers),
        steps=_steps(ways, numbers),
        deadlines=[line_of(DEADLINES, rule) for rule in rules],
        family=_family(row.family),
        to_move=sum(n for pk, n in counts.items() if pk != row.pk) if len(versions) > 1 else 0,
    )


def move_page(user: User, code: str) -> MovePage:
    """What could be moved: states in which cases of one's offices stand, and those of the newest version."""
    versions = list(Procedure.objects.filter(code=code).order_by("-version"))
    if not versions:
        raise Http404
    offices = office_codes_for(user, Permission.SETTINGS_CHANGE)
    cases = running_cases(code, except_version=versions[0].version, offices=offices)
    states = State.objects.filter(pk__in=cases.values("state")).order_by("order")
    goals = list(versions[0].states.order_by("order"))
    codes = {state.code for state in goals}
    return MovePage(
        code=code,
        label=versions[0].label,
        versions=[(one.version, _("version %(n)s") % {"n": one.version}) for one in versions],
        # Of a name in several versions one question is enough.
        states=list({state.code: state for state in states if state.code not in codes}.values()),
        goals=goals,
        running=cases.count(),
    )


def _chosen(versions: Sequence[Procedure], version: int, code: str) -> Procedure:
    if version:
        found = next((one for one in versions if one.version == version), None)
        if found is None:
            raise Http404
        return found
    try:
        return procedure_on(code, clock.today())
    except BadInput:
        return versions[0]


def _running(user: User, versions: Sequence[Procedure]) -> dict[int, int]:
    """Version → running cases of the offices whose settings the person keeps; by the index of states and offices."""
    states = State.objects.filter(procedure__in=versions).exclude(kind__in=_OVER)
    offices = office_codes_for(user, Permission.SETTINGS_CHANGE)
    rows = Case.objects.filter(state__in=states, office_code__in=offices)
    return dict(rows.values_list("procedure").annotate(n=Count("pk")).order_by("procedure"))


def _version_line(row: Procedure, counts: dict[int, int]) -> VersionLine:
    state, word = standing(row.valid_from, row.valid_to)
    return VersionLine(row, state, word, counts.get(row.pk, 0))


def _steps(ways: Sequence[Transition], numbers: dict[str, int]) -> list[StepLine]:
    """One line for each step, with all the states from which it is taken."""
    together: dict[str, list[Transition]] = {}
    for way in ways:
        together.setdefault(way.code, []).append(way)
    found = []
    for code, same in together.items():
        way = same[0]
        found.append(
            StepLine(
                number=numbers[code],
                label=way.label,
                starts="; ".join(one.from_state.label for one in same),
                goal=way.to_state.label,
                desk=str(_("by itself")) if way.automatic else str(Desk(way.desk).label),
                permission="" if way.automatic else str(Permission(way.permission).label),
                papers=_papers(way.required_papers),
                expected=_papers(way.expected_papers),
            )
        )
    return found


def _papers(kinds: Sequence[str]) -> str:
    return ", ".join(str(PaperKind(kind).label) if kind in PaperKind.values else kind for kind in kinds)


def _family(code: str) -> str:
    try:
        return str(get_family(code).plural)
    except KeyError:
        return code
