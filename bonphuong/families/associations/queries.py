"""Reads of associations: congresses of a body, associations of a union, what was merged into it, what it took part in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from bonphuong.families.associations.enums import Kind
from bonphuong.families.associations.models import Association
from bonphuong.records.enums import LinkKind
from bonphuong.records.models import Record, RecordLink

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

    from bonphuong.accounts.models import User


def _seen(row: Association, user: User) -> QuerySet[Association]:
    seen = Record.objects.visible_to(user).live().filter(book=row.record.book, family="associations")
    return Association.objects.filter(record__in=seen, is_void=False).select_related("record")


def congresses_of(row: Association, user: User) -> QuerySet[Association]:
    """The congresses of a body whom the person may see, the latest first."""
    rows = _seen(row, user).filter(kind=Kind.CONGRESS, body_number=row.record.number)
    return rows.order_by("-held_on", "-starts_on", "pk")


def associations_of(row: Association, user: User) -> QuerySet[Association]:
    """The associations that belong to a union, by name."""
    rows = _seen(row, user).filter(kind=Kind.ASSOCIATION, union_number=row.record.number)
    return rows.prefetch_related("counts_of_members").order_by("record__title", "pk")


def merged_into(row: Association, user: User) -> QuerySet[Association]:
    """The bodies that were merged into this one."""
    return _seen(row, user).filter(merged_into=row.record.number).order_by("merged_on", "pk")


def body_of(book: str, number: str) -> Association | None:
    """The union or association of that record number; for services."""
    rows = Association.objects.filter(record__book=book, record__number=number).exclude(kind=Kind.CONGRESS)
    return rows.select_related("record").first()


def activities_of(row: Association, user: User) -> QuerySet[Record]:
    """What the body took part in: records linked to it, of other families, the latest first."""
    links = RecordLink.objects.exclude(kind=LinkKind.DUPLICATE)
    ends = links.filter(Q(from_record=row.pk) | Q(to_record=row.pk)).values_list("from_record", "to_record")
    uids = {uid for pair in ends for uid in pair} - {row.pk}
    rows = Record.objects.visible_to(user).live().filter(pk__in=uids).exclude(family="associations")
    return rows.order_by("-begins_on", "pk")


def silent_since(day: dt.date) -> Q:
    """Records of bodies that are active and to which nothing that began since the day is linked."""
    busy = RecordLink.objects.exclude(kind=LinkKind.DUPLICATE)
    out = busy.filter(to_record__begins_on__gte=day).values("from_record")
    into = busy.filter(from_record__begins_on__gte=day).values("to_record")
    return active() & ~Q(pk__in=out) & ~Q(pk__in=into)


def active() -> Q:
    """Records of bodies that were founded and have not ended."""
    return Q(
        kind__in=(Kind.UNION, Kind.ASSOCIATION),
        association__founded_on__isnull=False,
        association__merged_on__isnull=True,
        association__dissolved_on__isnull=True,
        association__is_void=False,
    )


def not_counted_since(day: dt.date) -> Q:
    """Records of active bodies whose members were not counted since the day."""
    counted = Association.objects.filter(counts_of_members__counted_on__gte=day).values("pk")
    return active() & ~Q(pk__in=counted)
