"""What the pages of associations show beside fields and lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from bonphuong.families.associations.enums import Kind
from bonphuong.families.associations.facts import in_order, members_at_end
from bonphuong.families.associations.queries import (
    activities_of,
    associations_of,
    body_of,
    congresses_of,
    merged_into,
)
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.languages import reader_language
from bonphuong.kernel.numbers import format_number
from bonphuong.kit.specs import Panel
from bonphuong.records.models import Record
from bonphuong.records.registry import get_family, kind_label

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.accounts.models import User
    from bonphuong.families.associations.models import Association

_MOST = 50


def panels_of(row: Association, user: User) -> Sequence[Panel]:
    """Of a body: members through time, congresses, activities, mergers; of a congress: its body."""
    if row.kind == Kind.CONGRESS:
        return _body(row, user)
    return [
        *_members(row),
        *(_associations(row, user) if row.kind == Kind.UNION else ()),
        *_congresses(row, user),
        *_activities(row, user),
        *_mergers(row, user),
    ]


def _number(value: int | None) -> str:
    return "" if value is None else format_number(value, reader_language())


def _day(day: dt.date | None) -> str:
    return format_date(day, reader_language()) if day else ""


def _linked(record: Record) -> object:
    text = f"{record.number} {record.title}"
    try:
        return (text, reverse(get_family(record.family).url_name, args=[record.pk]))
    except (KeyError, NoReverseMatch):
        return text


def _body(row: Association, user: User) -> list[Panel]:
    body = body_of(row.record.book, row.body_number)
    if body is None or not Record.objects.visible_to(user).filter(pk=body.pk).exists():
        return []
    rows: list[list[object]] = [[_linked(body.record)]]
    earlier = [one for one in congresses_of(body, user) if one.pk != row.pk]
    panels = [Panel(_("Union or association"), rows=rows)]
    if earlier:
        panels.append(Panel(_("Other congresses of it"), _CONGRESS, [_congress(one) for one in earlier]))
    return panels


def _members(row: Association) -> list[Panel]:
    lines = in_order(row.counts_of_members.all())
    rows, so_far = [], [0, 0]
    for line in lines:
        pair = (line.organisations, line.individuals)
        so_far = [
            number + (before if line.moved_from else 0) for number, before in zip(pair, so_far, strict=True)
        ]
        rows.append([_day(line.counted_on), *(_number(number) for number in so_far), line.source])
    heads = [_("Day"), _("Organisations"), _("Individuals"), _("Source")]
    return [Panel(_("Members through time"), heads, rows)] if rows else []


def _associations(row: Association, user: User) -> list[Panel]:
    rows: list[list[object]] = []
    for one in associations_of(row, user)[:_MOST]:
        _organisations, individuals = members_at_end(one.counts_of_members.all())
        rows.append(
            [_linked(one.record), _day(one.founded_on), _number(individuals), one.term, _day(one.ended_on)]
        )
    heads = [_("Association"), _("Founded"), _("Individual members"), _("Term"), _("Ended")]
    return [Panel(_("Friendship associations of the union"), heads, rows)] if rows else []


_CONGRESS = (_("Congress"), _("Day"), _("Term"), _("Delegates"))


def _congress(one: Association) -> list[object]:
    return [_linked(one.record), _day(one.held_on or one.starts_on), one.term, _number(one.delegates)]


def _congresses(row: Association, user: User) -> list[Panel]:
    rows = [_congress(one) for one in congresses_of(row, user)]
    return [Panel(_("Congresses"), _CONGRESS, rows)] if rows else []


def _activities(row: Association, user: User) -> list[Panel]:
    records = activities_of(row, user)[:_MOST]
    rows: list[list[object]] = [
        [_linked(one), kind_label(one.family, one.kind), _day(one.begins_on)] for one in records
    ]
    heads = [_("Activity"), _("Kind"), _("Day")]
    text = (
        "" if rows else _("Link delegations, events and exchanges that it took part in, and they stand here.")
    )
    return [Panel(_("Activities"), heads, rows, text=text)]


def _mergers(row: Association, user: User) -> list[Panel]:
    rows: list[list[object]] = [[_linked(one.record), _day(one.merged_on)] for one in merged_into(row, user)]
    panels = [Panel(_("Merged into it"), [_("Body"), _("Day")], rows)] if rows else []
    target = body_of(row.record.book, row.merged_into) if row.merged_into else None
    if target and Record.objects.visible_to(user).filter(pk=target.pk).exists():
        panels.append(Panel(_("It went into"), rows=[[_linked(target.record), _day(row.merged_on)]]))
    return panels
