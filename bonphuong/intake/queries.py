"""Reads of loaded sheets and of what was said of headings."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db.models import Count

from bonphuong.intake.enums import BatchStatus, RowStatus
from bonphuong.intake.models import Batch, BatchRow, ColumnMapping

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User
    from bonphuong.intake.models import BatchQuerySet

_SIMILAR = 50


def batches_visible_to(user: User | AnonymousUser) -> BatchQuerySet:
    """The sheets that the person may work with, the newest first."""
    return Batch.objects.visible_to(user).select_related("actor").order_by("-staged_at", "-pk")


def batch_for_page(user: User | AnonymousUser, uid: UUID) -> Batch:
    """One sheet. Raises Batch.DoesNotExist, also to a stranger."""
    return Batch.objects.visible_to(user).select_related("actor", "repeats").get(pk=uid)


def fingerprint(keys: Iterable[str]) -> str:
    """64 hexadecimal digits, the same for the same headings in whatever order."""
    return hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()


def remembered_columns(batch: Batch, kind: str, keys: Iterable[str]) -> dict[str, str]:
    """What these very headings were taken for in this office: heading → code; empty where nobody said."""
    rows = ColumnMapping.objects.filter(office_code=batch.office_code, family=batch.family)
    row = rows.filter(fingerprint=fingerprint(keys), kind__in=[kind, ""]).order_by("-used_at").first()
    return dict(row.columns) if row is not None else {}


def similar_columns(batch: Batch, kind: str) -> dict[str, str]:
    """What single headings were taken for in the office's other sheets of the kind, the newest word counting."""
    rows = ColumnMapping.objects.filter(office_code=batch.office_code, family=batch.family)
    found: dict[str, str] = {}
    for row in rows.filter(kind__in=[kind, ""]).order_by("-used_at")[:_SIMILAR]:
        for key, code in row.columns.items():
            found.setdefault(key, code)
    return {key: code for key, code in found.items() if code}


def earlier_batch(office_code: str, family: str, digest: str) -> Batch | None:
    """The last sheet of the office made from the very same file, as far as anything of it was entered."""
    rows = Batch.objects.filter(office_code=office_code, family=family, digest=digest)
    return rows.filter(status__in=[BatchStatus.POSTING, BatchStatus.POSTED]).order_by("-posted_at").first()


def count_rows(batch: Batch) -> dict[RowStatus, int]:
    """Status → number of rows, every status named."""
    rows = BatchRow.objects.filter(batch=batch).order_by().values_list("status").annotate(number=Count("pk"))
    return {**dict.fromkeys(RowStatus, 0), **{RowStatus(status): number for status, number in rows}}


def count_changing(batch: Batch) -> int:
    """How many good rows bring a stored record up to date."""
    rows = BatchRow.objects.filter(batch=batch, status=RowStatus.GOOD)
    return rows.filter(of_uid__isnull=False).count()
