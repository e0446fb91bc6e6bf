"""Reads of border work: what stands out in lists, what a gate's page shows, figures of months side by side."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from bonphuong.families.borders.enums import (
    CHECK_DAYS,
    ONE_SIDED_DAYS,
    PASSAGES,
    Condition,
    GateType,
    Standing,
)
from bonphuong.families.borders.models import BorderItem, GatePause, Marker, Posted
from bonphuong.families.borders.rules import grades_of, stated_by
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.numbers import format_number
from bonphuong.kit.specs import Panel
from bonphuong.records.models import Record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.utils.functional import _StrOrPromise

    from bonphuong.accounts.models import User

#: Months that a gate's page shows.
MONTHS_SHOWN = 13
_SOUND = {Condition.GOOD, Condition.REBUILT}


def one_sided(today: dt.date) -> Q:
    """Records of gates that one side decided on more than a year ago and that both have not announced."""
    before = today - dt.timedelta(days=ONE_SIDED_DAYS)
    decided = Q(borderitem__vn_decided_on__lte=before) | Q(borderitem__partner_decided_on__lte=before)
    return decided & Q(
        borderitem__kind__in=PASSAGES,
        borderitem__announced_on__isnull=True,
        borderitem__operating_on__isnull=True,
        borderitem__cancelled_on__isnull=True,
        borderitem__is_void=False,
    )


def shut(today: dt.date) -> Q:
    """Records of gates that are shut for a time, to everything or to some."""
    del today
    open_end = Exists(GatePause.objects.filter(row_id=OuterRef("pk"), until__isnull=True))
    return Q(open_end, borderitem__closed_on__isnull=True, borderitem__is_void=False)


def not_reported(today: dt.date) -> Q:
    """Records of joint work that was held and not reported within two weeks."""
    return Q(
        borderitem__kind="joint",
        borderitem__held_on__lt=today - dt.timedelta(days=14),
        borderitem__reported_on__isnull=True,
        borderitem__cancelled_on__isnull=True,
        borderitem__is_void=False,
    )


def unchecked(today: dt.date) -> Q:
    """Records of stretches with a marker that nobody has looked at for a year."""
    before = today - dt.timedelta(days=CHECK_DAYS)
    old = Marker.objects.filter(row_id=OuterRef("pk")).filter(
        Q(checked_on__isnull=True) | Q(checked_on__lt=before)
    )
    return Q(Exists(old), borderitem__left_on__isnull=True, borderitem__is_void=False)


def unsound(today: dt.date) -> Q:
    """Records of stretches with a marker that is damaged, moved or lost."""
    del today
    bad = (Condition.DAMAGED, Condition.MOVED, Condition.LOST)
    return Q(
        Exists(Marker.objects.filter(row_id=OuterRef("pk"), condition__in=bad)),
        borderitem__left_on__isnull=True,
        borderitem__is_void=False,
    )


def replaced(today: dt.date) -> Q:
    """Records of months that somebody stated anew later: none of their figures stands any more."""
    del today
    stands = Posted.objects.filter(record_uid=OuterRef("pk"))
    return Q(
        ~Exists(stands),
        borderitem__kind="traffic",
        borderitem__is_void=False,
        borderitem__cancelled_on__isnull=True,
    )


def gate_of(code: str, book: str) -> BorderItem | None:
    """The gate or opening of a book by its code; None where the register has none."""
    rows = BorderItem.objects.filter(kind__in=PASSAGES, gate_code=code, record__book=book, is_void=False)
    return rows.filter(record__duplicate_of__isnull=True).select_related("record").first() if code else None


def months_of(user: User, code: str, book: str) -> list[tuple[str, dict[str, str], str]]:
    """(month, figure → text, by whom) of a gate, the latest first; of what was stated again, the later alone."""
    seen = Record.objects.visible_to(user).live().filter(family="borders", kind="traffic", book=book)
    rows = BorderItem.objects.filter(record__in=seen, gate_code=code, since_on__isnull=False)
    found = list(rows.select_related("record").order_by("-since_on", "-pk")[: 2 * MONTHS_SHOWN])
    stands: dict[UUID, set[str]] = {}
    for uid, measure in Posted.objects.filter(record_uid__in=[row.pk for row in found]).values_list(
        "record_uid", "measure"
    ):
        stands.setdefault(uid, set()).add(measure)
    months: dict[tuple[object, object], tuple[str, dict[str, str], list[str]]] = {}
    for row in found:
        shown = {
            name: _figure(row, name) for name, measure in _SHOWN.items() if measure in stands.get(row.pk, ())
        }
        if shown:
            month = months.setdefault((row.since_on, row.until_on), (row.month, {}, []))
            month[1].update(shown)
            month[2].append(row.stated_by or row.stated_paper)
    told = [
        (month, shown, "; ".join(dict.fromkeys(filter(None, by)))) for month, shown, by in months.values()
    ]
    return told[:MONTHS_SHOWN]


def panels(row: BorderItem, user: User) -> Sequence[Panel]:
    """What a border record shows beside its fields."""
    if row.kind in PASSAGES:
        return [_two_sided(row), *_lives(row), *_months(row, user)]
    if row.kind == "section":
        return _markers(row)
    if row.kind == "traffic":
        return [_stated(row)]
    return []


def _two_sided(row: BorderItem) -> Panel:
    """Both sides' word on the opening or upgrade that runs, or ran last."""
    ours, theirs = (
        _word(row.vn_decided_on, row.vn_decision),
        _word(row.partner_decided_on, row.partner_decision),
    )
    announced = _word(row.announced_on, row.announced_paper)
    operating = _word(row.operating_on, row.operating_paper, at_latest=row.operating_at_latest)
    rows = [
        (pgettext("gate", "Decided"), ours, theirs),
        (pgettext("gate", "Announced"), announced, announced),
        (pgettext("gate", "In operation"), operating, operating),
    ]
    is_open = row.operating_on is not None
    is_one_sided = not is_open and bool(row.vn_decided_on) != bool(row.partner_decided_on)
    waits = not is_open and bool(row.vn_decided_on or row.partner_decided_on) and row.announced_on is None
    said = [_("Decided by one side alone.")] if is_one_sided else []
    said += [_("Not announced by both sides yet.")] if waits else []
    label = (
        _("Both sides: %(type)s") % {"type": GateType(row.gate_type).label}
        if row.gate_type
        else _("Both sides")
    )
    heads = ("", _("Our side"), _("The other side"))
    tone = "warn" if said else "good" if is_open else ""
    return Panel(label, heads=heads, rows=rows, text=" ".join(said), tone=tone)


def _word(day: dt.date | None, paper: str, *, at_latest: bool = False) -> str:
    if day is None:
        return paper or "–"
    shown = format_date(day, get_language() or "vi")
    if at_latest:
        shown = _("by %(day)s at the latest") % {"day": shown}
    return f"{shown} ({paper})" if paper else shown


def _lives(row: BorderItem) -> list[Panel]:
    grades = grades_of(row)
    if not grades:
        return []
    lang = get_language() or "vi"
    rows = [
        (
            GateType(span.gate_type).label,
            format_date(span.since, lang),
            format_date(span.until, lang) if span.until else "",
        )
        for span in grades
    ]
    heads = (_("Worked as"), pgettext("span", "From"), pgettext("span", "Until"))
    tone = "warn" if row.standing == Standing.PAUSED else ""
    return [Panel(_("What it has worked as"), heads=heads, rows=rows, tone=tone)]


_SHOWN = {
    "people_out": "border.people_out",
    "people_in": "border.people_in",
    "vehicles_out": "border.vehicles_out",
    "vehicles_in": "border.vehicles_in",
    "export_amount": "border.export_value",
    "import_amount": "border.import_value",
    "cases": "border.cases",
}


def _months(row: BorderItem, user: User) -> list[Panel]:
    found = months_of(user, row.gate_code, row.record.book)
    if not found:
        return []
    heads = (
        _("Month"),
        *(_label(name) for name in _SHOWN),
        _("Stated by"),
    )
    rows = [(month, *(shown.get(name, "") for name in _SHOWN), by) for month, shown, by in found]
    text = _("As the forces in charge state it; months are never added up.")
    return [Panel(_("Stated month by month"), heads=heads, rows=rows, text=text)]


def _label(name: str) -> _StrOrPromise:
    return next(field.verbose_name for field in BorderItem._meta.concrete_fields if field.name == name)


def _figure(row: BorderItem, name: str) -> str:
    value, lang = getattr(row, name), get_language() or "vi"
    if value is None:
        return ""
    if name.endswith("_amount"):
        return f"{format_number(value, lang, decimals=0)} {row.currency}"
    return format_number(value, lang)


def _markers(row: BorderItem) -> list[Panel]:
    markers = list(row.markers.all())
    if not markers:
        return []
    lang = get_language() or "vi"
    found = Counter(marker.condition for marker in markers)
    checked = [marker.checked_on for marker in markers if marker.checked_on]
    rows = [(str(Condition(code).label), str(found[code])) for code in Condition.values if found[code]]
    rows.append(
        (_("Looked at since"), format_date(min(checked), lang) if len(checked) == len(markers) else "–")
    )
    bad = [
        str(marker)
        for marker in markers
        if marker.condition not in {*_SOUND, Condition.UNKNOWN, Condition.WORN}
    ]
    text = _("To be seen to: %(markers)s") % {"markers": ", ".join(bad)} if bad else ""
    heads = (_("Condition"), _("Markers"))
    return [
        Panel(_("Markers that are listed"), heads=heads, rows=rows, text=text, tone="warn" if bad else "good")
    ]


def _stated(row: BorderItem) -> Panel:
    stands = Posted.objects.filter(record_uid=row.pk).count()
    given = len(stated_by(row))
    gate = gate_of(row.gate_code, row.record.book)
    where = gate.record.title if gate else (row.gate_code or _("the whole border of the province"))
    rows = [
        (pgettext("border", "Where"), where),
        (_("Figures given"), str(given)),
        (_("Figures that stand"), str(stands)),
    ]
    text = _("Stated anew later: the later statement stands.") if given and stands < given else ""
    if row.gate_code and gate is None:
        text = _("The register has no gate of this name yet.")
    return Panel(_("What it states"), rows=rows, text=text, tone="warn" if text else "")
