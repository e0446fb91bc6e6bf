"""What papers alone state, what was declared complete, what earlier editions told: read from what people entered."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bonphuong.kernel.periods import Period
    from tests.trust.recount.sql import Recount

#: No record counts for any of these, and nothing is ever added up.
STATED = (
    "border.length", "border.neighbour_counties", "border.markers", "border.people_out", "border.people_in",
    "border.vehicles_out", "border.vehicles_in", "border.export_value", "border.import_value", "border.cases",
    "border.case_people", "partners.lao_provinces", "economy.growth", "economy.growth_plan",
    "economy.growth_over_plan", "population.ethnic_groups", "population.people", "territory.area",
    "territory.communes",
)  # fmt: skip
FLOWS: Recount = dict.fromkeys(STATED, ())

# A statement stands until another takes its place or it is taken back; the last one entered speaks.
_STATEMENTS = """
    SELECT s.office, s.measure, s.kind, s.since, s.until, s.filter, s.value FROM ledger_statement s
    WHERE NOT s.withdrawn AND NOT EXISTS (SELECT 1 FROM ledger_statement n WHERE n.replaces = s.uid AND n.book = s.book)
    ORDER BY s.seq, s.line
"""
_COVERAGE = """
    SELECT c.office, c.measure, c.since, c.until, c.complete FROM ledger_coverage c ORDER BY c.book, c.seq, c.line
"""


class Papers:
    """Statements and declarations as they stand now."""

    def __init__(self, day: dt.date) -> None:
        self.day = day
        self._statements: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
        for office, measure, kind, since, until, dimensions, value in _rows(_STATEMENTS):
            narrowed = {name: set(codes.split(",")) for name, codes in json.loads(dimensions or "{}").items()}
            said = (kind, _day(since), _day(until), narrowed, int(value))
            self._statements[office, measure].append(said)
        self._coverage = [(*row[:2], _day(row[2]), _day(row[3]), row[4]) for row in _rows(_COVERAGE)]
        self._above = {code: [part for part in path.split("/") if part] for code, path in _rows(_OFFICES)}
        self._complete: dict[tuple[str, str], set[dt.date]] = {}
        self._editions: dict[str, Mapping[str, Mapping[str, Any]]] = {}

    def about(
        self,
        measure: str,
        office: str | None,
        period: Period,
        filters: Mapping[str, Collection[str]],
        kind: str,
    ) -> dict[str, int]:
        """What is stated, estimated or aimed at for exactly this: its own office, its own days, its own filter."""
        wanted = {name: set(codes) for name, codes in filters.items()}
        return {
            sort: value
            for sort, since, until, said, value in self._statements.get((office or "", measure), ())
            if said == wanted and _is_for(since, until, period, kind)
        }

    def is_covered(self, measure: str, office: str | None, period: Period, kind: str) -> bool:
        """Whether somebody declared every day complete; the last word on a day counts."""
        if office is None or kind == "timeless":
            return False
        last = min(period.until, self.day)
        first = last if kind == "level" else period.since
        return first <= last and self._complete_days(measure, office).issuperset(_days(first, last))

    def _complete_days(self, measure: str, office: str) -> set[dt.date]:
        """Day by day, on purpose: nothing of how spans are cut up elsewhere."""
        if (measure, office) not in self._complete:
            days: set[dt.date] = set()
            for declared_by, declared, since, until, complete in self._coverage:
                if declared == measure and declared_by in self._above[office]:
                    days = (
                        days.union(_days(since, until)) if complete else days.difference(_days(since, until))
                    )
            self._complete[measure, office] = days
        return self._complete[measure, office]

    def as_one(self, codes: Collection[str]) -> set[str]:
        """Partners with those that were entered a second time and merged into them."""
        doubles = {code for code, stays in _rows(_DOUBLES) if stays in codes}
        return {*codes, *doubles}

    def reporting_to(self, office: str, period: Period) -> list[str]:
        """Provinces that have a tie to a national office, or to one below it, on some day of the period."""
        query = """
            SELECT DISTINCT r.code FROM accounts_reportsto t
            JOIN accounts_office s ON s.code = t.office_id JOIN accounts_office n ON n.code = t.to_office_id
            JOIN accounts_office r ON r.belongs_to_id IS NULL AND s.path LIKE r.path || '%%'
            JOIN accounts_office o ON o.code = %s AND n.path LIKE o.path || '%%'
            WHERE r.kind = 'province' AND t.valid_from <= %s AND COALESCE(t.valid_to >= %s, TRUE)
              AND COALESCE(r.valid_from <= %s, TRUE) AND COALESCE(r.valid_to >= %s, TRUE)
        """
        days = [period.until, period.since, period.until, period.since]
        return sorted(row[0] for row in _rows(query, [office, *days]))

    def journeys(self) -> list[set[str]]:
        """Records of several provinces that are one visit, each linked to another of them."""
        groups: list[set[str]] = []
        for one, other in _rows(_LINKS):
            pair = {str(one).replace("-", ""), str(other).replace("-", "")}
            touched = [group for group in groups if group & pair]
            groups = [group for group in groups if not group & pair]
            groups.append(pair.union(*touched))
        return groups

    def published(self, edition: str, figure: Mapping[str, Any]) -> Decimal | None:
        """The figure in the frozen text of an edition, under the key that it had there."""
        if edition not in self._editions:
            query = "SELECT content FROM reports_editioncontent WHERE REPLACE(CAST(edition_id AS text), '-', '') = %s"
            [[text]] = _rows(query, [edition.replace("-", "")])
            self._editions[edition] = {told["key"]: told for told in json.loads(text)["figures"]}
        name, rest = figure["key"].split("@", 1)
        span = rest.split(":published")[0]
        then = span.removeprefix("same:") if span.startswith("same:") else "period"
        scope = rest.split(":published")[1]
        told = self._editions[edition].get(f"{name}@{then}{scope}")
        return None if told is None else Decimal(told["value"])


_DOUBLES = "SELECT code, merged_into_id FROM parties_party WHERE merged_into_id IS NOT NULL"
_LINKS = "SELECT from_record_id, to_record_id FROM records_recordlink WHERE kind = 'same_visit'"
_OFFICES = "SELECT code, path FROM accounts_office"


def _is_for(since: dt.date | None, until: dt.date | None, period: Period, kind: str) -> bool:
    if kind == "timeless":
        return True
    if kind == "level":
        return since == until == period.until
    return (since, until) == (period.since, period.until)


def _rows(query: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]


def _day(value: dt.date | str | None) -> Any:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
