"""Composes and renders every kind of report of a loaded demonstration: `python -m tests.trust.render_demonstration`.

Prints what each came to as JSON: report → what → SHA-256.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sys
from typing import TYPE_CHECKING, Any

import django

from tests.trust.walk_demonstration import OFFICES, PROVINCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bonphuong.reports.models import ReportDefinition


def main() -> None:
    """As things stood at the last posting, whatever the machine's own clock and tongue."""
    django.setup()
    from bonphuong.kernel import clock  # noqa: PLC0415 - needs Django
    from bonphuong.ledger.models import BookHead  # noqa: PLC0415
    from bonphuong.ledger.queries import moment_of  # noqa: PLC0415

    with clock.fixed(moment_of(BookHead.objects.get(pk=PROVINCE).posted_at)):
        found = {
            f"{row.code}.{row.office_kind}.{row.language}": dict(_written(_content(row)))
            for row in _definitions()
        }
    json.dump(found, sys.stdout)


def _definitions() -> list[ReportDefinition]:
    """The newest version of each report; that of the year for every kind of office, and in English too."""
    from bonphuong.reports.models import ReportDefinition  # noqa: PLC0415

    rows = ReportDefinition.objects.filter(office_code="").order_by(
        "code", "office_kind", "language", "version"
    )
    newest = {(row.code, row.office_kind, row.language): row for row in rows}
    wanted = [key for key in newest if key[2] == "vi" and (not key[1] or key[0] == "annual")]
    return [newest[key] for key in [*wanted, ("annual", "", "en")]]


def _content(row: ReportDefinition) -> Mapping[str, Any]:
    """What the report tells of its last closed period of the longest kind."""
    from bonphuong.kernel import clock  # noqa: PLC0415
    from bonphuong.kernel.periods import Cutoff, Period, PeriodKind  # noqa: PLC0415
    from bonphuong.reports.composing import Frame, compose  # noqa: PLC0415
    from bonphuong.reports.gathering import gather  # noqa: PLC0415
    from bonphuong.reports.services import reading_moment  # noqa: PLC0415

    kind = PeriodKind((row.content.get("periods") or ["month"])[-1])
    running = Period.of(clock.today(), kind, Cutoff(row.cutoff))
    closed = Period.of(running.since - dt.timedelta(days=1), kind, Cutoff(row.cutoff))
    ground = gather(row, OFFICES[row.office_kind], closed)
    return compose(ground, Frame(as_of=reading_moment(ground)))


def _written(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """By whatever the renderings are that the package offers."""
    from bonphuong.kernel.canonical import canonical  # noqa: PLC0415
    from bonphuong.reports import rendering  # noqa: PLC0415

    text = canonical(content)
    yield "content", _digest(text)
    for name in sorted(rendering.__all__):
        made = getattr(rendering, name)(json.loads(text))
        yield name, _digest(made)


def _digest(made: str | bytes) -> str:
    return hashlib.sha256(made.encode() if isinstance(made, str) else made).hexdigest()


if __name__ == "__main__":
    main()
