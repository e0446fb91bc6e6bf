"""Tables as plain text that Excel opens as they are meant."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING

from bonphuong.kernel.dates import format_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# What a spreadsheet program would take for a formula when a text file is opened in it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """A text that Excel must not take for a formula; the mark before it is passed over when the file comes back."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_text(lines: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with its mark, so that Excel reads it; numbers plain, days as people write them, texts no formulas."""
    target = io.StringIO()
    csv.writer(target, lineterminator="\r\n").writerows([_plain(value) for value in line] for line in lines)
    return ("\ufeff" + target.getvalue()).encode()


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return format_date(value, "vi")
    return guarded(value) if isinstance(value, str) else str(value)
