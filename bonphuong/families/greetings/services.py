"""Greetings prepared from the calendar or from last year's, their addressees, and the answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.families.greetings.enums import YEARLY, Form, Kind, Level
from bonphuong.families.greetings.mailmerge import print_letters
from bonphuong.families.greetings.models import Greeting
from bonphuong.families.greetings.queries import (
    OccasionDay,
    day_of_line,
    last_campaign,
    leaders_on,
    numbered,
    prepare_days,
    same_day,
    yearly,
)
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.kit.drafts import Draft, LineDraft
from bonphuong.kit.queries import draft_of, row_of
from bonphuong.kit.services import change, create, save_lines, take_step
from bonphuong.papers.enums import PaperKind
from bonphuong.papers.services import PaperNote, file_paper
from bonphuong.procedures.queries import available, case_of
from bonphuong.records.enums import LinkKind
from bonphuong.records.services import attach_papers, link
from bonphuong.reference.calendars import feasts_on
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.parties.models import Post
    from bonphuong.records.models import Record

FAMILY = "greetings"
_LANGUAGES = {"CN": "zh", "LA": "lo"}
# What an addressee keeps from one year to the next; what happened then belongs to then.
_KEPT = ("party_code", "party_text", "country_code", "full_name", "name_native", "title_then", "address", "language",
         "level", "signer", "signer_title")  # fmt: skip


# --- the calendar ----------------------------------------------------------------------------------------


def fill_calendar(record: Record, values: Mapping[str, Any], *, actor: User) -> Record | None:
    """Put the feasts of the partners' countries and the anniversaries of our ties into the calendar of its year.

    What stands there stays; what is not usually greeted on comes in left out. Raises NotAllowed, BadInput, Conflict.
    """
    del values
    row = _row(record)
    there = {_key(line.on, line.feast_code, line.party_code) for line in row.occasions.all()}
    days = yearly(record.office_code, row.year or 0, 0)
    lines = [*draft_of(row).lines["occasions"]]
    lines += [_line_of(one) for one in days if _key(one.on, one.feast_code, one.party_code) not in there]
    lines.sort(key=lambda line: (line.get("on"), line.get("name")))
    verb, reason = "greetings.calendar.fill", _("filled from the calendars of the partners")
    with acting(actor=actor, verb=verb, office=record.office_code, obj=record, reason=reason):
        save_lines(record, "occasions", lines, expected_version=record.version, actor=actor, reason=reason)
    return None


def _key(on: dt.date, feast: str, party: str) -> tuple[dt.date, str, str]:
    return (on, feast, party)


def _line_of(one: OccasionDay) -> LineDraft:
    return LineDraft({
        "on": one.on,
        "occasion": one.occasion,
        "name": one.name[:200],
        "feast_code": one.feast_code,
        "country_code": one.country_code,
        "party_code": one.party_code,
        "party_text": one.party_text,
        "left_out": not one.usual,
    })  # fmt: skip


def prepare_from_calendar(record: Record, values: Mapping[str, Any], *, actor: User) -> Record | None:
    """Prepare the greetings of one line of a calendar, named by its number; gives their record.

    Raises NotAllowed, BadInput (no such line, or prepared already), Conflict.
    """
    row = _row(record)
    lines = list(row.occasions.all())
    number = int(values.get("number") or 0)
    if not 1 <= number <= len(lines):
        raise BadInput({"number": [_("The calendar has no line of that number.")]})
    line = lines[number - 1]
    if line.campaign:
        raise BadInput({"number": [_("Already prepared: %(number)s.") % {"number": line.campaign}]})
    verb = "greetings.campaign.prepare"
    with acting(actor=actor, verb=verb, office=record.office_code, obj=record, reason=line.name):
        occasion = day_of_line(line, prepare_days(record.office_code, clock.today()))
        made = prepare_campaign(
            occasion, office_code=record.office_code, actor=actor, level=row.level, is_demo=record.is_demo
        )
        drafts = [
            replace(one, values={**one.values, "campaign": made.number}) if one.uid == line.pk else one
            for one in draft_of(row).lines["occasions"]
        ]
        save_lines(record, "occasions", drafts, expected_version=record.version, actor=actor)
        link(made, record, LinkKind.PART_OF, actor=actor)
        return made


def prepare_campaign(
    occasion: OccasionDay, *, office_code: str, actor: User, level: str = "", is_demo: bool = False
) -> Record:
    """Enter greetings for an occasion with their addressees: those of the last time, else whoever holds posts now.

    Titles are those of the parties' posts on the day of preparing. Raises NotAllowed, BadInput.
    """
    meant = replace(occasion, level=occasion.level or level)
    last = last_campaign(office_code, meant)
    return _prepare(meant, last, office_code=office_code, actor=actor, level=meant.level, is_demo=is_demo)


def _prepare(
    occasion: OccasionDay,
    last: Greeting | None,
    *,
    office_code: str,
    actor: User,
    level: str,
    is_demo: bool,
) -> Record:
    today = clock.today()
    posts = leaders_on(
        actor, office_code, country=occasion.country_code, party=occasion.party_code, day=today
    )
    lines = _again(last, posts) if last else [_addressee(post) for post in posts]
    draft = Draft(
        kind=Kind.CAMPAIGN,
        title=(
            _("Greetings for %(occasion)s, %(year)s") % {"occasion": occasion.name, "year": occasion.on.year}
        )[:300],
        lead_office_code=last.lead_office_code if last else office_code,
        values={
            "occasion": occasion.occasion,
            "occasion_name": occasion.name,
            "occasion_on": occasion.on,
            "feast_code": occasion.feast_code,
            "country_code": occasion.country_code,
            "partner_code": occasion.party_code,
            "partner_text": occasion.party_text,
            "level": level or (last.level if last else Level.COMMITTEE),
            "form": last.form if last else Form.LETTER,
            "last_text": last.text if last else "",
            "translation_language": last.translation_language
            if last
            else _LANGUAGES.get(occasion.country_code, ""),
        },
        lines={"addressees": tuple(lines)},
    )
    made = create(draft, family=FAMILY, office_code=office_code, actor=actor, is_demo=is_demo)
    if last:
        link(made, last.record, LinkKind.FOLLOWS, actor=actor)
    return made


def _again(last: Greeting, posts: Sequence[Post]) -> list[LineDraft]:
    """Last year's addressees with whoever holds the post now; last year's words beside."""
    holders = {(post.party_id, post.title_vi): post for post in posts}
    found = []
    for line in last.addressees.all():
        if line.left_out:
            continue
        values = {name: getattr(line, name) for name in _KEPT}
        post = holders.get((line.party_code, line.title_then))
        if post is not None:
            values |= _person(post)
        found.append(LineDraft({**values, "last_text": line.text or last.text}))
    return found


def _addressee(post: Post) -> LineDraft:
    country = (post.party.country_id or "") if post.party else ""
    return LineDraft({
        "party_code": post.party_id or "",
        "party_text": post.party.name("vi") if post.party else post.where,
        "country_code": country,
        "title_then": post.title_vi,
        "language": _LANGUAGES.get(country, "en"),
        **_person(post),
    })  # fmt: skip


def _person(post: Post) -> dict[str, str]:
    return {"full_name": post.person.full_name, "name_native": post.person.name_native}


# --- one year to the next -------------------------------------------------------------------------------


def repeat(record: Record, values: Mapping[str, Any], *, actor: User) -> Record | None:
    """Prepare the greetings of the same occasion a year later, with these addressees; gives their record."""
    del values
    row = _row(record)
    if row.occasion_on is None or row.occasion not in YEARLY:
        raise BadInput({"occasion": [_("This occasion does not come again every year.")]})
    on = _next_day(row, row.occasion_on)
    if Greeting.objects.filter(
        kind=Kind.CAMPAIGN, record__links_out__to_record=record, occasion_on=on, is_void=False
    ).exists():
        raise BadInput({"occasion_on": [_("The greetings of the next year are prepared already.")]})
    occasion = OccasionDay(
        on=on,
        name=row.occasion_name or record.title,
        occasion=row.occasion,
        prepare_by=on,
        country_code=row.country_code,
        feast_code=row.feast_code,
        party_code=row.partner_code,
        party_text=row.partner_text,
        level=row.level,
    )
    verb = "greetings.campaign.repeat"
    with acting(actor=actor, verb=verb, office=record.office_code, obj=record):
        return _prepare(
            occasion,
            row,
            office_code=record.office_code,
            actor=actor,
            level=row.level,
            is_demo=record.is_demo,
        )


def _next_day(row: Greeting, on: dt.date) -> dt.date:
    year = on.year + 1
    if row.feast_code:
        found = [one.on for one in feasts_on(year, [row.country_code]) if one.feast.code == row.feast_code]
        if found:
            return found[0]
    return same_day(on, year)


# --- addressees and answers -----------------------------------------------------------------------------


def take_addressees(record: Record, values: Mapping[str, Any], *, actor: User) -> Record | None:
    """Add whoever holds posts today with the partner, or with the partners tied to us in the country."""
    del values
    row = _row(record)
    there = {(line.party_code, line.title_then) for line in row.addressees.all()}
    posts = leaders_on(
        actor, record.office_code, country=row.country_code, party=row.partner_code, day=clock.today()
    )
    new = [_addressee(post) for post in posts if (post.party_id or "", post.title_vi) not in there]
    if not new:
        raise BadInput({"": [_("The posts known today are all among the addressees.")]})
    verb = "greetings.campaign.address"
    with acting(actor=actor, verb=verb, office=record.office_code, obj=record):
        _save(record, [*draft_of(row).lines["addressees"], *new], actor)
    return None


def note_reply(record: Record, values: Mapping[str, Any], *, actor: User) -> Record | None:
    """Note that one addressee, named by its number, acknowledged receipt or answered; the case follows an answer."""
    row = _row(record)
    lines = list(draft_of(row).lines["addressees"])
    number = int(values.get("number") or 0)
    if not 1 <= number <= len(lines):
        raise BadInput({"number": [_("There is no addressee of that number.")]})
    said = {name: values[name] for name in ("acknowledged_on", "replied_on", "reply") if values.get(name)}
    if not said:
        raise BadInput({"replied_on": [_("Say when they acknowledged receipt or answered.")]})
    late = str(values.get("late_reason") or "")
    lines[number - 1] = replace(lines[number - 1], values={**lines[number - 1].values, **said})
    verb = "greetings.campaign.reply"
    with acting(actor=actor, verb=verb, office=record.office_code, obj=record):
        _save(record, lines, actor, late)
        replied = said.get("replied_on")
        if replied and _may(record, "receive_reply", actor):
            take_step(
                record,
                "receive_reply",
                on=replied,
                expected_version=record.version,
                actor=actor,
                late_reason=late,
            )
    return None


def file_letters(record: Record, values: Mapping[str, Any], *, actor: User) -> Record | None:
    """Print the letters, of all addressees or of the one named by its number, and file them in the dossier.

    Raises NotAllowed, BadInput, TemplateError, StorageUnavailable.
    """
    lines = list(_row(record).addressees.all())
    number = int(values.get("number") or 0)
    if number > len(lines) or not lines:
        raise BadInput({"number": [_("There is no addressee of that number.")]})
    only = lines[number - 1] if number else None
    printed = print_letters(record, only=only.pk if only else None)
    about = str(only) if only else record.title
    with acting(actor=actor, verb="greetings.campaign.print", office=record.office_code, obj=record):
        note = PaperNote(
            PaperKind.GREETING, record.office_code, abstract=about, direction="out", is_demo=record.is_demo
        )
        filed = file_paper(note, actor=actor, content=printed.content, file_name=printed.file_name)
        attach_papers(record, [filed.paper.pk], actor=actor)
    return None


def answer_received(record: Record, values: Mapping[str, Any], *, actor: User) -> Record | None:
    """Note that we answered a greeting, by which paper and by which record; the two records are linked."""
    on, late = values.get("answered_on") or clock.today(), str(values.get("late_reason") or "")
    said = {name: values[name] for name in ("answer_symbol", "answer_record") if values.get(name)}
    verb = "greetings.received.answer"
    with acting(actor=actor, verb=verb, office=record.office_code, obj=record):
        if said.get("answer_record"):
            answer = numbered(actor, record.book, str(said["answer_record"]))
            said["answer_record"] = answer.number
            link(answer, record, LinkKind.FOLLOWS, actor=actor, note=_("answer"))
        if _may(record, "answer", actor):
            symbol = said.get("answer_symbol") or said.get("answer_record") or _("no number")
            take_step(
                record,
                "answer",
                on=on,
                expected_version=record.version,
                actor=actor,
                values={"answer_symbol": symbol},
                late_reason=late,
            )
        change(
            record,
            {**said, "answered_on": on},
            expected_version=record.version,
            actor=actor,
            reason=_("answered"),
            verb=verb,
            late_reason=late,
        )
    return None


def _may(record: Record, step: str, actor: User) -> bool:
    return any(way.code == step for way in available(case_of(record.pk), actor))


def _save(record: Record, lines: Iterable[LineDraft], actor: User, late: str = "") -> None:
    save_lines(
        record,
        "addressees",
        list(lines),
        expected_version=record.version,
        actor=actor,
        late_reason=late,
    )


def _row(record: Record) -> Greeting:
    row: Greeting = row_of(record)
    return row
