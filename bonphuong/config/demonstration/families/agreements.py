"""Agreements in every state: one public fact with its source, the rest invented and marked so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.config.demonstration.acted import acted, read
from bonphuong.config.demonstration.played import played

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from bonphuong.config.demonstration.stage import Act


def acts(today: dt.date) -> Iterator[Act]:
    """Agreements and minutes entered, walked, classified, assessed, amended."""
    rows = read("agreements.json", today)["agreements"]
    yield from played(rows)
    yield from acted(rows)
