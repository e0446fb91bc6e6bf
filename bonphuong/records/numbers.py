"""Internal numbers of records: one running series for each book, prefix and year, without gaps or doubles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from bonphuong.records.models import NumberSeries

if TYPE_CHECKING:
    from collections.abc import Sequence


def take_numbers(book: str, prefix: str, year: int, count: int) -> Sequence[str]:
    """The next `count` numbers of a series ("ĐR-2025-031"), taken for good if the surrounding action succeeds.

    The update locks the series' row until then: whoever comes second waits and takes the next number, and an
    action that fails gives its numbers back. These are ours alone: numbers of official papers are never made here.
    """
    series, _created = NumberSeries.objects.get_or_create(book=book, prefix=prefix, year=year)
    NumberSeries.objects.filter(pk=series.pk).update(last=F("last") + count)
    series.refresh_from_db(fields=["last"])
    return [f"{prefix}-{year}-{number:03d}" for number in range(series.last - count + 1, series.last + 1)]
