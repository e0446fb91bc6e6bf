"""Walks the reports of a loaded demonstration in a process of its own: `python -m tests.trust.walk_demonstration`."""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bonphuong.kernel.periods import Period
    from bonphuong.reports.models import ReportDefinition

PROVINCE, DEPARTMENT, NEIGHBOUR = "lai-chau", "lc-dofa", "lao-cai"
#: Whose report a definition is walked as, by the kind of office that it is for; a new kind needs its line.
OFFICES = {"": PROVINCE, "province": PROVINCE, "union": "lc-union", "national": "vufo", "ministry": "mofa"}


def main() -> None:
    """What differs, and how many figures were looked at, as JSON; as things stood at the last posting."""
    django.setup()
    # All of these need Django.
    from bonphuong.kernel import clock  # noqa: PLC0415
    from bonphuong.ledger.models import BookHead  # noqa: PLC0415
    from bonphuong.ledger.queries import moment_of  # noqa: PLC0415
    from tests.trust.walk import Walk  # noqa: PLC0415

    last = moment_of(BookHead.objects.get(pk=PROVINCE).posted_at)
    with clock.fixed(last):
        walk = Walk(clock.today())
        said = [one for row, office, period in _reports() for one in walk.report(row, office, period)]
        said += walk.ledger(
            PROVINCE, [dt.date(year, 12, 14) for year in range(2019, walk.recounting.day.year)]
        )
        told = {"figures": walk.figures, "reports": walk.reports, "said": said, "statements": _statements()}
    json.dump(told, sys.stdout)


def _statements() -> dict[str, int]:
    """How many statements the whole report of the last closed year takes, by language."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from bonphuong.reports.composing import Frame, compose  # noqa: PLC0415
    from bonphuong.reports.gathering import gather  # noqa: PLC0415
    from bonphuong.reports.services import reading_moment  # noqa: PLC0415

    found = {}
    for row, office, period in _reports():
        if row.code == "annual" and office == PROVINCE and f"annual.{row.language}" not in found:
            with CaptureQueriesContext(connection) as captured:
                ground = gather(row, office, period)
                compose(ground, Frame(as_of=reading_moment(ground)))
            found[f"annual.{row.language}"] = len(captured)
    return found


def _reports() -> Iterator[tuple[ReportDefinition, str, Period]]:
    """Every definition: for each kind of period the last closed one, for the longest the running one too."""
    from bonphuong.kernel import clock  # noqa: PLC0415
    from bonphuong.kernel.periods import Cutoff, Period, PeriodKind  # noqa: PLC0415
    from bonphuong.reports.models import ReportDefinition  # noqa: PLC0415

    day = dt.timedelta(days=1)
    rows = ReportDefinition.objects.filter(office_code="").order_by(
        "code", "office_kind", "language", "version"
    )
    newest = {(row.code, row.office_kind, row.language): row for row in rows}
    for (_code, kind_of_office, language), row in newest.items():
        office = OFFICES[kind_of_office]
        kinds = [PeriodKind(kind) for kind in row.content.get("periods", ())] or [PeriodKind.MONTH]
        # Both languages are made of one catalogue and tell the same figures.
        if language != "vi" and row.code != "annual":
            continue
        for kind in kinds:
            running = Period.of(clock.today(), kind, Cutoff(row.cutoff))
            yield row, office, Period.of(running.since - day, kind, Cutoff(row.cutoff))
            if row.code in {"annual", "monthly"} and kind == kinds[-1]:
                yield row, office, running
        if language == "vi" and row.code == "annual" and office == PROVINCE:
            yield row, DEPARTMENT, Period.parse(f"{running.year - 1}", Cutoff(row.cutoff))
            yield row, NEIGHBOUR, Period.parse(f"{running.year - 1}", Cutoff(row.cutoff))


if __name__ == "__main__":
    main()
