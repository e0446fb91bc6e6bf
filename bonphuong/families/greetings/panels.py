"""What the page of a greeting shows beside its fields: the calendar with what is due, the letters and their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from bonphuong.families.greetings.enums import Kind
from bonphuong.families.greetings.queries import campaigns_of, day_of_line, occasions_due, prepare_days
from bonphuong.kernel import clock
from bonphuong.kit.registering import PAGE
from bonphuong.kit.specs import Panel

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.accounts.models import User
    from bonphuong.families.greetings.models import Addressee, Greeting

_DAYS = 30


def panels(row: Greeting, user: User) -> Sequence[Panel]:
    """By kind: occasions and what was prepared, or who was greeted and who answered."""
    if row.kind == Kind.CALENDAR:
        return [_calendar(row, user), _due(row, user)]
    if row.kind == Kind.CAMPAIGN:
        return [*_texts(row), _letters(row)]
    return _received(row)


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _calendar(row: Greeting, user: User) -> Panel:
    lines = list(row.occasions.all())
    lead = prepare_days(row.record.office_code, clock.today())
    prepared = campaigns_of(user, lines)
    rows: list[Sequence[object]] = []
    for number, line in enumerate(lines, 1):
        if line.left_out:
            continue
        record = prepared.get(line.campaign)
        done: object = line.campaign
        if record is not None:
            done = (record.number, reverse(PAGE, args=[record.pk]))
        begin = day_of_line(line, lead).prepare_by
        rows.append((str(number), _day(line.on), line.name, line.get_occasion_display(), _day(begin), done))
    return Panel(
        label=_("Whom we greet this year"),
        heads=(
            pgettext_lazy("column", "No."),
            _("Day"),
            _("Occasion"),
            _("Kind"),
            _("Begin by"),
            _("Greetings prepared"),
        ),
        rows=rows,
        text=""
        if rows
        else _("Nothing is sent this year yet: fill the calendar from the feasts of the partners."),
    )


def _due(row: Greeting, user: User) -> Panel:
    found = occasions_due(user, row.record.office_code, within=_DAYS)
    return Panel(
        label=_("To be begun within 30 days"),
        heads=(_("Begin by"), _("Day"), _("Occasion"), _("Partner")),
        rows=[
            (_day(one.prepare_by), _day(one.on), one.name, one.party_text or one.country_code)
            for one in found
        ],
        text="" if found else _("Nothing is due."),
        tone="warn" if found else "",
    )


def _texts(row: Greeting) -> list[Panel]:
    found = [Panel(label=_("What was said last year"), text=row.last_text)] if row.last_text else []
    if row.text and row.text.strip() == row.last_text.strip():
        found.append(
            Panel(
                label=_("The same words"),
                text=_("It says word for word what was said last year."),
                tone="warn",
            )
        )
    return found


def _letters(row: Greeting) -> Panel:
    lines = list(row.addressees.all())
    return Panel(
        label=_("The letters and their answers"),
        heads=(
            pgettext_lazy("column", "No."),
            pgettext_lazy("greeting", "To"),
            _("Title as it was"),
            _("Signer"),
            _("Sent"),
            _("Acknowledged"),
            _("Answered"),
            _("Flowers, gifts"),
        ),
        rows=[_letter(number, row, line) for number, line in enumerate(lines, 1)],
        text="" if lines else _("Nobody is addressed yet."),
    )


def _letter(number: int, row: Greeting, line: Addressee) -> Sequence[object]:
    name = " ".join(filter(None, (line.full_name, line.name_native)))
    went = line.sent_on or row.sent_on
    title = ", ".join(filter(None, (line.title_then, line.party_text)))
    return (
        str(number),
        name,
        title,
        ", ".join(filter(None, (line.signer, line.signer_title))),
        gettext("not sent") if line.left_out else _day(went),
        _day(line.acknowledged_on),
        _day(line.replied_on),
        ", ".join(filter(None, (line.flowers, line.gift))),
    )


def _received(row: Greeting) -> list[Panel]:
    if row.answered_on:
        said = (_day(row.answered_on), row.answer_symbol, row.answer_record)
        return [Panel(label=_("Answered"), text=" · ".join(filter(None, said)), tone="good")]
    if row.needs_answer and row.cancelled_on is None:
        return [Panel(label=_("Waiting for our answer"), text=_("It has not been answered."), tone="warn")]
    return []
