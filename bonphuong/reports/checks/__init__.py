"""Checks of consistency before a report is signed: what cannot be right, and what a person should look at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from bonphuong.reports.checks import completeness, counts, editions, money, texts
from bonphuong.reports.checks.base import Check, Matter, key_of
from bonphuong.reports.enums import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from django.utils.functional import _StrOrPromise

__all__ = ["Check", "Matter", "check", "key_of"]

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.PASSED: 2}


def check(matter: Matter) -> list[Check]:
    """Every check, those that found something first; one that found nothing is told as passed."""
    found: list[Check] = []
    for code, (look, passed) in _CHECKS.items():
        found += list(look(matter)) or [Check(code, Severity.PASSED, str(passed))]
    return sorted(found, key=lambda one: _ORDER[one.severity])


def _estimates_over(matter: Matter) -> Iterator[Check]:
    yield from completeness.estimates_over(matter)
    yield from texts.estimates_of_over(matter)


_CHECKS: Mapping[str, tuple[Callable[[Matter], Iterator[Check]], _StrOrPromise]] = {
    "rows_make_figure": (counts.rows_make_figure, gettext_lazy("The rows under each figure come to it.")),
    "month_in_year": (counts.month_in_year, gettext_lazy("No period is more than its year to date.")),
    "parts_make_total": (counts.parts_make_total, gettext_lazy("Parts come to their totals.")),
    "part_in_whole": (counts.part_in_whole, gettext_lazy("No part is more than the whole that it lies in.")),
    "computed_again": (
        counts.computed_again, gettext_lazy("Percentages and differences come out the same when computed again."),
    ),
    "plausible_sizes": (counts.plausible_sizes, gettext_lazy("Delegations are of a size that delegations have.")),
    "hosted_once": (counts.hosted_once, gettext_lazy("A delegation received by two offices is counted once.")),
    "rate_in_band": (money.rate_in_band, gettext_lazy("Sums imply rates near to the rates of their days.")),
    "disbursed_in_committed": (
        money.disbursed_in_committed, gettext_lazy("No more was disbursed than was committed."),
    ),
    "year_grows": (editions.year_grows, gettext_lazy("No figure of the year is below what was reported before.")),
    "told_alike": (
        editions.told_alike, gettext_lazy("Figures that another report has told for the same days are the same."),
    ),
    "late_told": (editions.late_told, gettext_lazy("Nothing came late into a period that was reported.")),
    "no_gap": (editions.no_gap, gettext_lazy("No period between the reports is missing.")),
    "texts_bound": (texts.texts_bound, gettext_lazy("Every figure that a written part names can be told.")),
    "texts_agree": (texts.texts_agree, gettext_lazy("Numbers typed by hand agree with the figures.")),
    "never_added": (texts.never_added, gettext_lazy("No number adds what must not be added.")),
    "percent_agrees": (texts.percent_agrees, gettext_lazy("Percentages typed by hand are right.")),
    "texts_of_now": (texts.texts_of_now, gettext_lazy("No number of the last report was taken over.")),
    "papers_agree": (counts.papers_agree, gettext_lazy("Papers and records agree.")),
    "registers_complete": (completeness.registers_complete, gettext_lazy("The registers are declared complete.")),
    "records_have_papers": (completeness.records_have_papers, gettext_lazy("Every record has a paper.")),
    "annexes_agree": (completeness.annexes_agree, gettext_lazy("The annexes list what the figures count.")),
    "estimates_over": (
        _estimates_over, gettext_lazy("No estimate is left for a period that is over."),
    ),
    "parts_written": (completeness.parts_written, gettext_lazy("Every section has something to tell.")),
}  # fmt: skip
