"""Acts on mechanisms and meetings beside the steps of their procedures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.families.mechanisms.enums import Form, Kind
from bonphuong.families.mechanisms.models import Mechanism
from bonphuong.families.mechanisms.queries import (
    ahead_of,
    left_undone,
    meetings_of,
    members_on,
    series_of,
)
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.kit.drafts import Draft, LineDraft
from bonphuong.kit.lookups import Lookups
from bonphuong.kit.queries import draft_of, row_of
from bonphuong.kit.services import change, create, save_lines, take_step
from bonphuong.records.enums import CommitmentKind, CommitmentSide, LinkKind
from bonphuong.records.models import Record, RecordLink
from bonphuong.records.services import CommitmentDraft, add_commitment, link, unlink
from bonphuong.reference.queries import as_now
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User

FAMILY = "mechanisms"
# What the next meeting has from the series or from the meeting before it.
_SAME = ("sort", "level", "channel", "purpose", "field_code", "partner_code", "partner_text", "country_code",
         "is_domestic", "our_head", "our_head_post")  # fmt: skip
_TITLE = 300


def prepare_next(record: Record, values: Mapping[str, Any], *, actor: User) -> Record:
    """Schedule the next meeting of a series, with what earlier ones left undone on its agenda.

    `record` is the series or a meeting of it. The meeting that goes before is carried on if it waits for that. Raises
    NotAllowed, Conflict, and BadInput (no day, or the next meeting is prepared already).
    """
    planned = values.get("planned_on")
    if planned is None:
        raise BadInput({"planned_on": [_("Say for which day it is planned.")]})
    is_series = record.kind == Kind.MECHANISM
    series = record if is_series else series_of(record)
    held = [one.record for one in meetings_of(series)] if series else [record]
    last = record if not is_series else held[0] if held else None
    there = ahead_of(last) if last else None
    if there is not None:
        raise BadInput({"planned_on": [_("It is prepared already: %(number)s.") % {"number": there.number}]})
    verb = "mechanisms.meeting.schedule"
    with acting(actor=actor, verb=verb, office=record.office_code, obj=record):
        draft = _next_draft(series, last, held, values)
        made = create(
            draft, family=FAMILY, office_code=record.office_code, actor=actor, is_demo=record.is_demo
        )
        _tie(made, series, last, planned, actor)
        return made


def _next_draft(
    series: Record | None, last: Record | None, held: Sequence[Record], values: Mapping[str, Any]
) -> Draft:
    like: Mechanism = row_of(last or _known(series))
    planned: dt.date = values["planned_on"]
    numbers = [row.session_number or 0 for row in Mechanism.objects.filter(record__in=[r.pk for r in held])]
    number = max(numbers, default=0) + 1
    whose = series.title if series else like.record.title
    title = str(values.get("title") or "") or _("Meeting %(number)s: %(series)s") % {
        "number": number,
        "series": whose,
    }
    given = {name: getattr(like, name) for name in _SAME}
    given |= {
        "form": str(values.get("form") or like.form or Form.PLACE),
        "venue": str(values.get("venue") or ""),
        "planned_on": planned,
        "session_number": number,
        "series_number": series.number if series else "",
    }
    agenda = tuple(
        LineDraft(
            {
                "topic": left.promise.text,
                "field_code": left.promise.field_code,
                "office_code": left.promise.lead_office_code,
                "carried": left.name,
            }
        )
        for left in left_undone(sorted(held, key=lambda one: (one.begins_on or planned, one.number)))
    )
    lines = {"agenda": agenda, "members": _members(series, like, planned)}
    return Draft(Kind.MEETING, title[:_TITLE], like.lead_office_code, given, lines)


def _known(series: Record | None) -> Record:
    if series is None:
        raise BadInput({"": [_("There is no meeting that another could follow.")]})
    return series


def _members(series: Record | None, like: Mechanism, day: dt.date) -> tuple[LineDraft, ...]:
    """Who takes part: the members of the series on that day; of a lone meeting, those of the last as they are now."""
    whole = like if series is None else row_of(series)
    members = members_on(whole, day if series else None)
    heirs = as_now([member.unit_code for member in members if member.unit_code], day)
    found: dict[tuple[str, str, str], LineDraft] = {}
    for member in members:
        unit = heirs.get(member.unit_code, "")
        same = unit == member.unit_code
        values = {name: getattr(member, name) for name in ("side", "party_code", "party_text", "office_code")}
        values |= {"unit_code": unit, "name_then": member.name_then if same else ""}
        found.setdefault((member.side, unit or member.name_then, member.party_code), LineDraft(values))
    return tuple(found.values())


def _tie(made: Record, series: Record | None, last: Record | None, planned: dt.date, actor: User) -> None:
    if last is not None:
        link(made, last, LinkKind.FOLLOWS, actor=actor)
        if last.state == "commitments_tracked":
            today = clock.today()
            take_step(last, "carry", on=today, expected_version=last.version, actor=actor, note=made.number)
    if series is not None:
        series.refresh_from_db()
        reason = _("next meeting: %(number)s") % {"number": made.number}
        change(
            series,
            {"next_due_on": planned},
            expected_version=series.version,
            actor=actor,
            reason=reason,
            verb="mechanisms.meeting.schedule",
        )


def promise(record: Record, values: Mapping[str, Any], *, actor: User) -> Record:
    """Note what was promised at a meeting, one promise a line. Raises NotAllowed, BadInput."""
    texts = _lines(values, "promises")
    if not texts:
        raise BadInput({"promises": [_("Write at least one promise.")]})
    row: Mechanism = row_of(record)
    side = str(values.get("side") or CommitmentSide.OURS)
    with acting(actor=actor, verb="mechanisms.meeting.promise", office=record.office_code, obj=record):
        for text in texts:
            draft = CommitmentDraft(
                text=text,
                lead_office_code=_code(values, "office") or row.lead_office_code,
                side=side,
                kind=CommitmentKind.PROMISE,
                field_code=_code(values, "field") or row.field_code,
                party_code=row.partner_code,
                made_on=row.held_on,
                due_on=values.get("due_on"),
                is_demo=record.is_demo,
            )
            add_commitment(draft, actor=actor, record=record)
        return record


def join_series(record: Record, values: Mapping[str, Any], *, actor: User) -> Record:
    """Put a meeting into a series by the number of its record. Raises NotAllowed, BadInput, Conflict."""
    number = str(values.get("number") or "").strip()
    if not number:
        raise BadInput({"number": [_("Write the number of the mechanism's record.")]})
    verb = "mechanisms.meeting.join"
    said = {"series_number": number}
    return change(record, said, expected_version=record.version, actor=actor, reason=number, verb=verb)


def count_elsewhere(record: Record, values: Mapping[str, Any], *, actor: User) -> Record:
    """Say that a session among delegations is this same meeting: it is counted there, and not here.

    With no number the meeting counts for itself again. Raises NotAllowed, BadInput, Conflict.
    """
    number = str(values.get("number") or "").strip()
    verb = "mechanisms.meeting.same"
    with acting(actor=actor, verb=verb, office=record.office_code, obj=record, reason=number):
        if number:
            rows = Record.objects.visible_to(actor).live().filter(family="delegations", kind="session")
            same = rows.filter(book=record.book, number__iexact=number).first()
            if same is None:
                message = _("No session among delegations has the number “%(number)s”.")
                raise BadInput({"number": [message % {"number": number}]})
            link(record, same, LinkKind.RELATED, actor=actor, note=_("the same meeting"))
            number = same.number
        return change(
            record,
            {"counted_by": number},
            expected_version=record.version,
            actor=actor,
            reason=number or _("counts for itself"),
            verb=verb,
        )


def ask_results(record: Record, values: Mapping[str, Any], *, actor: User) -> Record:
    """Ask units for what came of the mechanism in a year; each sees the record from now on.

    `offices` are names or codes, one a line. Who was asked for the same year and field before is not asked twice.
    Raises NotAllowed, BadInput, Conflict.
    """
    names = _lines(values, "offices")
    if not names:
        raise BadInput({"offices": [_("Name at least one unit.")]})
    year = int(values.get("year") or clock.today().year)
    field = _code(values, "field")
    codes = _offices(names, record.book)
    with acting(actor=actor, verb="mechanisms.mechanism.ask", office=record.office_code, obj=record):
        before = draft_of(row_of(record)).lines["results"]
        there = {(one.get("year"), one.get("field_code"), one.get("office_code")) for one in before}
        asked = {"year": year, "field_code": field, "asked_on": clock.today(), "due_on": values.get("due_on")}
        new = [
            LineDraft({**asked, "office_code": code}) for code in codes if (year, field, code) not in there
        ]
        return save_lines(record, "results", [*before, *new], expected_version=record.version, actor=actor)


def _offices(names: Sequence[str], book: str) -> list[str]:
    lookups = Lookups.load(book)
    codes = [name if name in lookups.office_codes else lookups.office(name) for name in names]
    unknown = [name for name, code in zip(names, codes, strict=True) if not code]
    if unknown:
        message = _("No office of the province is called “%(name)s”.")
        raise BadInput({"offices": [message % {"name": name} for name in unknown]})
    return list(dict.fromkeys(codes))


def after_write(rows: Sequence[Mechanism], actor: User) -> None:
    """Tie every meeting to the series whose number it bears. Inside an open action. Raises BadInput."""
    for row in rows:
        # One that stands for nothing keeps its tie: it can be struck out when its series is gone.
        if row.kind == Kind.MEETING and row.counts:
            _follow_number(row, actor)


def _follow_number(row: Mechanism, actor: User) -> None:
    links = RecordLink.objects.filter(from_record=row.record_id, kind=LinkKind.PART_OF)
    tied = list(links.filter(to_record__family=FAMILY).select_related("to_record"))
    if [one.to_record.number for one in tied] == [row.series_number] or not (tied or row.series_number):
        return
    for one in tied:
        unlink(row.record, one.to_record, LinkKind.PART_OF, actor=actor)
    if row.series_number:
        series = Record.objects.filter(book=row.record.book, family=FAMILY, kind=Kind.MECHANISM)
        found = series.filter(number=row.series_number).first()
        if found is None:
            message = _("No mechanism has the number “%(number)s”.") % {"number": row.series_number}
            raise BadInput({"series_number": [message]})
        link(row.record, found, LinkKind.PART_OF, actor=actor)


def _lines(values: Mapping[str, Any], name: str) -> list[str]:
    return [text.strip() for text in str(values.get(name) or "").splitlines() if text.strip()]


def _code(values: Mapping[str, Any], name: str) -> str:
    return str(values.get(name) or values.get(f"{name}_code") or "")
