"""Other activities by section of the report: all of them invented."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bonphuong.config.demonstration.entries import DATA
from bonphuong.config.demonstration.played import played

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from bonphuong.config.demonstration.stage import Act


def acts(today: dt.date) -> Iterator[Act]:
    """Entered and walked on their days."""
    del today
    yield from played(json.loads((DATA / "activities.json").read_text(encoding="utf-8"))["activities"])
