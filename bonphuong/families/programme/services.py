"""Acts of programmes and the profile: linking what was done, declaring targets, carrying lines over, stating figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.families.programme.enums import Figure, Kind, Standing
from bonphuong.families.programme.measured import measure_of
from bonphuong.families.programme.queries import (
    days_of,
    dimensions_of,
    doings_of,
    key_of,
    off_plan_of,
    profile_figures,
    targets_stated,
    work_of,
)
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, BadValue
from bonphuong.kernel.money import to_scaled
from bonphuong.kernel.numbers import parse_number
from bonphuong.kernel.periods import Period, PeriodKind
from bonphuong.kernel.text import fold
from bonphuong.kit.drafts import LineDraft
from bonphuong.kit.queries import draft_of, row_of
from bonphuong.kit.services import save_lines
from bonphuong.ledger.enums import Shape, StatementKind
from bonphuong.ledger.measures import MEASURES
from bonphuong.ledger.services import state_figure, take_back
from bonphuong.papers.enums import PaperKind
from bonphuong.papers.services import PaperNote, note_papers
from bonphuong.records.enums import LinkKind
from bonphuong.records.models import Record
from bonphuong.records.services import attach_papers, link, unlink
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.families.programme.models import PlannedWork, Programme
    from bonphuong.ledger.measures import Measure
    from bonphuong.ledger.models import Statement

_CARRIED = frozenset({Standing.AHEAD, Standing.LATE})
_LINE = (
    "work", "title", "purpose", "time", "country_code", "partner_code", "partner_text", "heads", "cost", "funding",
    "lead_office_code",
)  # fmt: skip


def link_done(record: Record, values: Mapping[str, Any], *, actor: User) -> None:
    """Say that a record is the doing of a line: `number` is the plan number, `record_number` the record's.

    Raises BadInput where either is unknown or they are of different work, NotAllowed.
    """
    row: Programme = row_of(record)
    line = _line(row, values["number"])
    done = _record(record, values["record_number"], actor)
    if work_of(done) != line.work:
        raise BadInput({"record_number": [_("That record is another kind of work than the line plans.")]})
    link(done, record, LinkKind.PART_OF, actor=actor, note=line.number)


def unlink_done(record: Record, values: Mapping[str, Any], *, actor: User) -> None:
    """Take the word back that a record is the doing of a line. Raises BadInput, NotAllowed."""
    done = _record(record, values["record_number"], actor)
    if not unlink(done, record, LinkKind.PART_OF, actor=actor):
        raise BadInput({"record_number": [_("That record was not linked to this programme.")]})


def find_done(record: Record, values: Mapping[str, Any], *, actor: User) -> None:
    """Link every record of the year that bears the plan number or the very name of a line of its work.

    Raises BadInput where none is found, NotAllowed.
    """
    del values
    row: Programme = row_of(record)
    by_name = {(line.work, fold(line.title)): line for line in row.works.all()}
    by_number = [(fold(line.number), line) for line in row.works.all()]
    with acting(actor=actor, verb="programme.programme.find", office=record.office_code, obj=record):
        found = 0
        for done in off_plan_of(row, actor):
            work, title = work_of(done), fold(done.title)
            line = by_name.get((work, title)) or _numbered(by_number, work, f"{title} {fold(done.summary)}")
            if line is not None:
                link(done, record, LinkKind.PART_OF, actor=actor, note=line.number)
                found += 1
        if not found:
            raise BadInput({"": [_("No record of the year bears the number or the name of a line.")]})


def _numbered(lines: list[tuple[str, PlannedWork]], work: str, text: str) -> PlannedWork | None:
    words = set(text.replace("(", " ").replace(")", " ").replace(",", " ").split())
    return next((line for number, line in lines if line.work == work and number in words), None)


def _line(row: Programme, number: str) -> PlannedWork:
    found = next((line for line in row.works.all() if fold(line.number) == fold(number)), None)
    if found is None:
        message = _("The programme has no line with the number %(number)s.") % {"number": number}
        raise BadInput({"number": [message]})
    return found


def _record(record: Record, number: str, actor: User) -> Record:
    rows = Record.objects.visible_to(actor).live().filter(book=record.book, number__iexact=number.strip())
    found = rows.exclude(pk=record.pk).first()
    if found is None:
        message = _("No record has the number %(number)s.") % {"number": number}
        raise BadInput({"record_number": [message]})
    return found


def declare_targets(record: Record, values: Mapping[str, Any], *, actor: User) -> None:
    """Enter the targets as stated figures of kind target, for exactly the programme's year.

    What stands already stays; what changed is replaced; what a line no longer says is taken back. Raises
    NotAllowed, and BadInput where nothing differs or the programme is not approved.
    """
    del values
    row: Programme = row_of(record)
    if row.approved_on is None:
        raise BadInput({"": [_("Targets are declared once the programme is approved.")]})
    there, wanted, done = dict(targets_stated(row)), set(), 0
    with acting(actor=actor, verb="programme.targets.declare", office=record.office_code, obj=record):
        for target in row.targets.all():
            measure = measure_of(target.measure)
            if measure is None:
                continue
            key = key_of(target, measure)
            wanted.add(key)
            scaled = to_scaled(target.value, measure.exponent)
            old = there.get(key)
            if old is None or old.value != scaled:
                _declare(row, measure, scaled, dimensions_of(target), old, actor)
                done += 1
        for key, old in there.items():
            if key not in wanted and old.text.startswith(record.number):
                take_back(actor=actor, statement=old, reason=record.number)
                done += 1
        if not done:
            raise BadInput({"": [_("The ledger holds these targets already.")]})


def _declare(  # noqa: PLR0917 - the parts of a target
    row: Programme,
    measure: Measure,
    scaled: int,
    dimensions: dict[str, str],
    old: Statement | None,
    actor: User,
) -> None:
    since, until = days_of(row, measure)
    state_figure(
        actor=actor,
        office=row.record.book,
        reason=row.record.number,
        measure=measure.code,
        since=since,
        until=until,
        value=scaled,
        kind=StatementKind.TARGET,
        dimensions=dimensions,
        paper_uid=_approval(row),
        replaces=old.uid if old else None,
        text=f"{row.record.number} {row.record.title}",
    )


def _approval(row: Programme) -> UUID | None:
    papers = row.record.papers.filter(paper__kind=PaperKind.DECISION).order_by("pk")
    return papers.values_list("paper_id", flat=True).first()


def carry_over(record: Record, values: Mapping[str, Any], *, actor: User) -> Record:
    """Copy the lines that were not begun into another programme, named by its record number. Raises BadInput."""
    into = _record(record, values["record_number"], actor)
    if (into.family, into.kind) != (record.family, Kind.PROGRAMME):
        raise BadInput({"record_number": [_("That is not an annual programme.")]})
    row: Programme = row_of(record)
    kept = [d.line for d in doings_of(row, actor, clock.today()) if d.standing in _CARRIED]
    before = draft_of(row_of(into)).lines["works"]
    taken = {fold(line.get("number")) for line in before}
    new = [line for line in kept if fold(line.number) not in taken]
    if not new:
        raise BadInput({"record_number": [_("There is no line to carry over.")]})
    note = _("Carried over from %(number)s") % {"number": record.number}
    made = [
        LineDraft({**{name: getattr(line, name) for name in _LINE}, "number": line.number, "note": note})
        for line in new
    ]
    verb = "programme.programme.carry_over"
    with acting(actor=actor, verb=verb, office=record.office_code, obj=record):
        lines = [*before, *made]
        save_lines(into, "works", lines, expected_version=into.version, actor=actor, reason=note)
    return into


def state(record: Record, values: Mapping[str, Any], *, actor: User) -> None:
    """State a figure of the province's profile, as a paper gives it.

    `values`: figure, value and period as written, bound, reference, paper_on, issuer, text. The same figure of the
    same period is replaced. Raises BadInput, NotAllowed.
    """
    measure = MEASURES[values["figure"]]
    since, until = _span(measure, values.get("period") or "")
    scaled = _scaled(measure, values["value"])
    kind = StatementKind.TARGET if measure.code == Figure.GROWTH_PLAN else StatementKind.STATED
    old = _standing(record.book, measure.code, since, until)
    if not (values.get("reference") or values.get("text")):
        raise BadInput({"reference": [_("Name the paper, or say where the figure comes from.")]})
    with acting(actor=actor, verb="programme.profile.state", office=record.office_code, obj=record):
        state_figure(
            actor=actor,
            office=record.book,
            measure=measure.code,
            since=since,
            until=until,
            value=scaled,
            kind=kind,
            bound=values.get("bound") or "",
            paper_uid=_paper(record, values, actor),
            replaces=old.uid if old else None,
            text=values.get("text") or "",
        )


def take_figure_back(record: Record, values: Mapping[str, Any], *, actor: User) -> None:
    """Take a figure of the profile back, with the reason. Raises BadInput where none stands, NotAllowed."""
    measure = MEASURES[values["figure"]]
    since, until = _span(measure, values.get("period") or "")
    old = _standing(record.book, measure.code, since, until)
    if old is None:
        raise BadInput({"period": [_("No such figure is stated for that period.")]})
    take_back(actor=actor, statement=old, reason=values["reason"])


def _standing(book: str, measure: str, since: dt.date | None, until: dt.date | None) -> Statement | None:
    found = [
        one for one in profile_figures(book)
        if (one.measure, one.since, one.until, one.dimensions) == (measure, since, until, "")
    ]  # fmt: skip
    return found[-1] if found else None


def _span(measure: Measure, text: str) -> tuple[dt.date | None, dt.date | None]:
    if measure.shape is Shape.TIMELESS:
        return None, None
    try:
        period = Period.parse(text)
    except BadValue as error:
        raise BadInput({"period": [str(error)]}) from error
    if measure.shape is Shape.LEVEL and period.kind is not PeriodKind.DAY:
        return period.until, period.until
    return period.since, period.until


def _scaled(measure: Measure, text: str) -> int:
    written = str(text).strip().removesuffix("%").strip()
    try:
        value = parse_number(written).value
        scaled = to_scaled(value, measure.exponent)
    except BadValue as error:
        raise BadInput({"value": [str(error)]}) from error
    # Growth may be below nought; what is counted may not.
    if scaled < 0 and not measure.code.startswith("economy."):
        raise BadInput({"value": [_("%(number)s cannot be right.") % {"number": value}]})
    return scaled


def _paper(record: Record, values: Mapping[str, Any], actor: User) -> UUID | None:
    if not values.get("reference"):
        return None
    note = PaperNote(
        kind=PaperKind.REPORT,
        office_code=record.office_code,
        reference=values["reference"],
        on=values.get("paper_on"),
        abstract=values.get("text") or record.title,
        issuer=values.get("issuer") or "",
        direction="in",
        is_demo=record.is_demo,
    )
    paper = note_papers([note], actor=actor)[0]
    attach_papers(record, [paper.pk], actor=actor, role="source")
    return paper.pk
