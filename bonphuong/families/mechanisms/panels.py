"""What the page of a mechanism or meeting shows beside its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from bonphuong.families.mechanisms.enums import Kind, Side
from bonphuong.families.mechanisms.queries import (
    left_undone,
    meetings_of,
    participants,
    promises_by_name,
    sessions_like,
)
from bonphuong.kernel.dates import format_date
from bonphuong.kit.names import names_of
from bonphuong.kit.registering import PAGE
from bonphuong.kit.specs import Panel
from bonphuong.records.models import Record
from bonphuong.reference.queries import as_now

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from decimal import Decimal

    from bonphuong.accounts.models import User
    from bonphuong.families.mechanisms.models import Mechanism

Cell = str | tuple[str, str]


def panels_of(row: Mechanism, user: User) -> Sequence[Panel]:
    """Of a series its meetings, members, promises, results; of a meeting who took part and what it carries on."""
    if row.kind == Kind.MECHANISM:
        found = [meetings_panel(row, user), members_panel(row), left_panel(row, user), results_panel(row)]
    else:
        found = [units_panel(row), carried_panel(row, user), twice_panel(row, user)]
    return [panel for panel in found if panel is not None]


def meetings_panel(row: Mechanism, user: User) -> Panel | None:
    """Every meeting of the series that the person may see."""
    seen = set(Record.objects.visible_to(user).filter(family="mechanisms").values_list("pk", flat=True))
    meetings = [one for one in meetings_of(row.record) if one.pk in seen]
    if not meetings:
        return None
    return Panel(
        gettext_lazy("Meetings of this mechanism"),
        (pgettext_lazy("meeting", "Meeting"), pgettext_lazy("meeting", "No."), pgettext_lazy("meeting", "Held on"), pgettext_lazy("meeting", "How they met"),
         pgettext_lazy("meeting", "Venue"), pgettext_lazy("meeting", "Promises open")),
        [
            (
                _linked(one.record),
                str(one.session_number or ""),
                _shown(one.held_on) or _("planned for %(day)s") % {"day": _shown(one.planned_on)},
                str(one.get_form_display()),
                one.venue,
                str(len(left_undone([one.record])) or ""),
            )
            for one in meetings
        ],
    )  # fmt: skip


def members_panel(row: Mechanism) -> Panel | None:
    """Members through time, as they were called then and as they are now."""
    members = list(row.members.all())
    if not members:
        return None
    codes = [member.unit_code for member in members if member.unit_code]
    heirs = as_now(codes)
    names = names_of(units=[*codes, *heirs.values()], parties=[member.party_code for member in members])
    rows = []
    for one in members:
        party = names.party(one.party_code) if one.party_code else one.party_text
        then = one.name_then or names.unit(one.unit_code) or party
        now = names.unit(heirs.get(one.unit_code, "")) or party or one.name_then
        rows.append((str(Side(one.side).label), then, now, _shown(one.since), _shown(one.until)))
    heads = (pgettext_lazy("meeting", "Side"), pgettext_lazy("meeting", "Member then"), pgettext_lazy("meeting", "Member now"),
             pgettext_lazy("meeting", "Since"), pgettext_lazy("meeting", "Until"))  # fmt: skip
    return Panel(gettext_lazy("Members then and now"), heads, rows)


def left_panel(row: Mechanism, user: User) -> Panel | None:
    """What was promised at any meeting of the series and is still open."""
    seen = Record.objects.visible_to(user).filter(pk__in=[one.pk for one in meetings_of(row.record)])
    left = left_undone(list(seen.order_by("begins_on")))
    if not left:
        return None
    names = names_of(offices={one.promise.lead_office_code for one in left})
    heads = (pgettext_lazy("meeting", "Promise"), pgettext_lazy("meeting", "Made at"), pgettext_lazy("meeting", "Led by"),
             pgettext_lazy("promise", "Due on"))  # fmt: skip
    rows = [
        (one.promise.text, one.name, names.office(one.promise.lead_office_code), _shown(one.promise.due_on))
        for one in left
    ]
    return Panel(gettext_lazy("Promises left undone"), heads, rows, tone="warn")


def results_panel(row: Mechanism) -> Panel | None:
    """What units in charge have told of each field, and what they were asked for and have not told."""
    lines = sorted(row.results.all(), key=lambda one: (-one.year, one.field_code, one.order))
    if not lines:
        return None
    names = names_of(fields={one.field_code for one in lines}, offices={one.office_code for one in lines})
    rows = []
    for one in lines:
        waiting = _("asked on %(day)s, not yet given") % {"day": _shown(one.asked_on)} if one.asked_on else ""
        told = one.text or ("" if one.given_on else waiting)
        figure = _figure(one.quantity, one.quantity_unit)
        rows.append((str(one.year), names.field(one.field_code), names.office(one.office_code), told, figure))
    heads = (pgettext_lazy("meeting", "Year"), pgettext_lazy("meeting", "Field"), pgettext_lazy("meeting", "Unit in charge"), pgettext_lazy("meeting", "Result"),
             pgettext_lazy("meeting", "Figure"))  # fmt: skip
    waits = any(one.asked_on and not one.given_on for one in lines)
    return Panel(gettext_lazy("Results by field"), heads, rows, tone="warn" if waits else "")


def units_panel(row: Mechanism) -> Panel | None:
    """The localities of ours that took part, as they were and as they are."""
    units = participants(row)
    if not units.then:
        return None
    rows = [(_("As then"), ", ".join(units.then)), (_("As now"), ", ".join(units.now))]
    return Panel(gettext_lazy("Localities of Viet Nam at this meeting"), (), rows)


def carried_panel(row: Mechanism, user: User) -> Panel | None:
    """Points of the agenda that come from earlier meetings, with how the promise stands now."""
    points = [point for point in row.agenda.all() if point.carried]
    if not points:
        return None
    known = promises_by_name([point.carried for point in points], row.record.book)
    seen = set(
        Record.objects.visible_to(user)
        .filter(pk__in=[record.pk for record, _promise in known.values()])
        .values_list("pk", flat=True)
    )
    rows: list[tuple[Cell, ...]] = []
    for point in points:
        record, promise = known.get(point.carried, (None, None))
        if record is None or promise is None or record.pk not in seen:
            rows.append((point.topic, point.carried, "", "", ""))
            continue
        status = str(promise.get_status_display())
        rows.append(
            (point.topic, _linked(record, point.carried), status, _shown(promise.due_on), promise.evidence)
        )
    heads = (pgettext_lazy("meeting", "Point"), pgettext_lazy("agenda", "From"), pgettext_lazy("meeting", "Stands now"),
             pgettext_lazy("promise", "Due on"), pgettext_lazy("meeting", "Proof"))  # fmt: skip
    return Panel(gettext_lazy("Carried from earlier meetings"), heads, rows)


def twice_panel(row: Mechanism, user: User) -> Panel | None:
    """Where this meeting may be counted a second time, or is counted instead of here."""
    if row.counted_by:
        text = _("It is counted as session %(number)s among delegations, and not a second time here.")
        return Panel(gettext_lazy("Counted once"), text=text % {"number": row.counted_by}, tone="good")
    same = sessions_like(row, user)
    if not same:
        return None
    heads = (pgettext_lazy("meeting", "Session"), pgettext_lazy("meeting", "Title"))
    text = _("The same day, the same partner: if it is the same meeting, say so, and it is counted once.")
    rows = [(_linked(one), one.title) for one in same]
    return Panel(gettext_lazy("Perhaps counted twice"), heads, rows, text=text, tone="warn")


def _linked(record: Record, text: str = "") -> Cell:
    shown = text or record.number
    try:
        return (shown, reverse(PAGE, args=[record.pk]))
    except NoReverseMatch:
        return shown


def _shown(day: dt.date | None) -> str:
    return format_date(day) if day else ""


def _figure(quantity: Decimal | None, unit: str) -> str:
    if quantity is None:
        return ""
    return f"{quantity.normalize():f} {unit}".strip()
