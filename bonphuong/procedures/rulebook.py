"""All dated rules in memory, so that ten thousand records cost no more queries than one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from bonphuong.accounts.models import Office
from bonphuong.procedures.models import DeadlineRule, GuardRule
from bonphuong.reference.calendars import work_calendar

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from bonphuong.procedures.models import Begun
    from bonphuong.reference.calendars import WorkCalendar

R = TypeVar("R", DeadlineRule, GuardRule)


@dataclass(frozen=True)
class GuardWarning:
    """A limit that a trip passes. Shown beside the form; nothing is refused for it."""

    rule: GuardRule
    value: int

    @property
    def message(self) -> str:
        """The warning in the language of the page."""
        return self.rule.message % {"value": self.value, "limit": self.rule.limit}


def holds_on(rule: Begun, day: dt.date) -> bool:
    """Whether a dated rule holds on `day`, both ends included."""
    return rule.valid_from <= day and (rule.valid_to is None or rule.valid_to >= day)


class RuleBook:
    """Deadline rules, guards and the offices' chains, read once: three queries."""

    def __init__(self) -> None:
        self.chains: dict[str, list[str]] = {
            code: path.strip("/").split("/") for code, path in Office.objects.values_list("code", "path")
        }
        self._deadlines: dict[str, list[DeadlineRule]] = _by_procedure(DeadlineRule.objects.order_by("pk"))
        self._guards: dict[str, list[GuardRule]] = _by_procedure(GuardRule.objects.order_by("pk"))
        self._calendars: dict[tuple[str, ...], WorkCalendar] = {}
        # Sorted once for a batch: its records differ by the day only.
        self._ranked: dict[tuple[str, str], list[DeadlineRule]] = {}

    def chain(self, office: str) -> list[str]:
        """The office's codes from the root of its book down to itself; itself alone when it is unknown."""
        return self.chains.get(office, [office])

    def calendar(self, office: str) -> WorkCalendar:
        """The working days of an office, decisions of its province included; read once for each chain."""
        chain = tuple(self.chain(office))
        if chain not in self._calendars:
            self._calendars[chain] = work_calendar("VN", offices=chain)
        return self._calendars[chain]

    def deadline_rules(self, procedure: str, office: str, day: dt.date) -> list[DeadlineRule]:
        """The rules in force on `day`: for each code the one of the nearest office, else the one for everybody."""
        if (procedure, office) not in self._ranked:
            self._ranked[procedure, office] = self._by_nearness(self._deadlines.get(procedure, ()), office)
        nearest: dict[str, DeadlineRule] = {}
        for rule in self._ranked[procedure, office]:
            if holds_on(rule, day):
                nearest.setdefault(rule.code, rule)
        return sorted(nearest.values(), key=lambda rule: rule.code)

    def guard_rules(self, procedure: str, office: str, day: dt.date, level: str = "") -> list[GuardRule]:
        """The guards in force on `day`: per code the nearest office's, for the head's `level` before for all."""
        rules = [r for r in self._guards.get(procedure, ()) if r.level in {"", level}]
        nearest: dict[str, GuardRule] = {}
        for rule in sorted(self._nearest(rules, office, day), key=lambda r: r.level == ""):
            nearest.setdefault(rule.code, rule)
        return sorted(nearest.values(), key=lambda rule: rule.code)

    def evaluate(
        self, values: Mapping[str, int], office: str, on: dt.date, *, procedure: str, level: str = ""
    ) -> list[GuardWarning]:
        """The guards that `values` (kind of guard → number) pass, for an office on a day."""
        return [
            GuardWarning(rule=rule, value=values[rule.kind])
            for rule in self.guard_rules(procedure, office, on, level)
            if values.get(rule.kind, 0) > rule.limit
        ]

    def _nearest(self, rules: Sequence[R], office: str, day: dt.date) -> list[R]:
        return [rule for rule in self._by_nearness(rules, office) if holds_on(rule, day)]

    def _by_nearness(self, rules: Sequence[R], office: str) -> list[R]:
        # An office's own rule first, then its province's, then the one for everybody; the newest of each.
        rank = {code: index for index, code in enumerate([*reversed(self.chain(office)), ""])}
        own = [rule for rule in rules if rule.office_code in rank]
        return sorted(own, key=lambda rule: (rank[rule.office_code], -rule.valid_from.toordinal()))


def _by_procedure(rules: Iterable[R]) -> dict[str, list[R]]:
    found: dict[str, list[R]] = defaultdict(list)
    for rule in rules:
        found[rule.procedure_code].append(rule)
    return dict(found)


def evaluate_guards(
    values: Mapping[str, int],
    office: str,
    on: dt.date,
    *,
    procedure: str = "delegations.outbound",
    level: str = "",
) -> list[GuardWarning]:
    """The limits that a trip passes, in the office's own rules of that day; see `RuleBook.evaluate`.

    `values` maps kinds of guards to numbers: people, days, countries, the head's trips in the year. A kind that
    is not given is not judged. Warnings only: nothing is ever refused here.
    """
    return RuleBook().evaluate(values, office, on, procedure=procedure, level=level)
