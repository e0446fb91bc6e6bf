"""Days that were not like others: dated data with their source, so that nothing is compared with them unsaid."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bonphuong.kernel.periods import Period

DATA = Path(__file__).parent / "data" / "spans" / "spans.json"


@dataclass(frozen=True)
class Unusual:
    """A span of days and the indicators that it bends, by the beginning of their codes."""

    code: str
    text_vi: str
    text_en: str
    since: dt.date
    until: dt.date
    applies_to: tuple[str, ...]
    source: str
    proved: bool

    def text(self, lang: str) -> str:
        """What it was, in "vi" or "en"."""
        return self.text_en if lang.startswith("en") else self.text_vi

    def bends(self, indicator: str, period: Period) -> bool:
        """Whether half of the period's days or more fall into it."""
        if not indicator.startswith(self.applies_to):
            return False
        first, last = max(self.since, period.since), min(self.until, period.until)
        return 2 * ((last - first).days + 1) >= period.days


@lru_cache(maxsize=1)
def unusual_spans() -> tuple[Unusual, ...]:
    """All of them, as shipped."""
    return tuple(
        Unusual(
            code=row["code"],
            text_vi=row["text_vi"],
            text_en=row["text_en"],
            since=dt.date.fromisoformat(row["since"]),
            until=dt.date.fromisoformat(row["until"]),
            applies_to=tuple(row["applies_to"]),
            source=row["source"],
            proved=row["proved"],
        )
        for row in json.loads(DATA.read_text(encoding="utf-8"))
    )


def unusual(indicator: str, period: Period) -> Unusual | None:
    """What bends this indicator in this period; None where nothing does."""
    return next((span for span in unusual_spans() if span.bends(indicator, period)), None)
