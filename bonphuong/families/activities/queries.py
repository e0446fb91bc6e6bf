"""Reads of activities: by section of the report, for pages and for whoever writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from bonphuong.families.activities.enums import TOLD_IN, Section
from bonphuong.families.activities.models import Activity
from bonphuong.families.activities.rules import quantities_of
from bonphuong.kernel.dates import format_date
from bonphuong.kit.specs import Panel
from bonphuong.records.models import Record

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User


def by_section(user: User | AnonymousUser, since: dt.date, until: dt.date) -> dict[str, list[Activity]]:
    """Code of a section of the report → what was held in these days and the person may see, by day."""
    records = Record.objects.visible_to(user).live().filter(family="activities")
    rows = Activity.objects.filter(record__in=records, held_on__range=(since, until), is_void=False)
    found: dict[str, list[Activity]] = {}
    for row in rows.filter(cancelled_on__isnull=True).select_related("record").order_by("held_on", "pk"):
        section = Section(row.section)
        found.setdefault(TOLD_IN.get(section, section.value), []).append(row)
    return found


def told(row: Activity, lang: str = "") -> str:
    """The activity as one line of a report: day, title, its quantities."""
    lang = lang or get_language() or "vi"
    numbers = "; ".join(quantity.text(lang) for quantity in quantities_of(row))
    day = format_date(row.held_on, lang) if row.held_on else ""
    title = f"{row.record.title} ({numbers})" if numbers else row.record.title
    return f"{day}: {title}" if day else title


def not_said(today: dt.date) -> Q:
    """Records of activities whose day is over while nobody has said that they were held."""
    return Q(
        activity__planned_on__lt=today,
        activity__held_on__isnull=True,
        activity__cancelled_on__isnull=True,
        activity__is_void=False,
    )


def without_numbers(today: dt.date) -> Q:
    """Records of activities that were held and carry no quantity: a report may want one."""
    del today
    return Q(
        activity__held_on__isnull=False,
        activity__is_void=False,
        activity__quantity1_value__isnull=True,
        activity__quantity2_value__isnull=True,
        activity__quantity3_value__isnull=True,
    )


def panels(row: Activity, user: User) -> Sequence[Panel]:
    """How a report would tell it."""
    del user
    if row.held_on is None:
        return []
    section = Section(row.section).label
    return [
        Panel(_("In the report"), rows=[(_("Section"), section), (pgettext("activity", "Line"), told(row))])
    ]
