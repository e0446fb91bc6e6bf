"""Checks of consistency before a report is signed: what cannot be right, and what a person should look at again."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bonphuong.indicators.enums import FigureStatus
from bonphuong.indicators.evidence import by_source
from bonphuong.indicators.figures import unscaled
from bonphuong.ledger.enums import Shape
from bonphuong.reports.enums import Basis, Severity
from bonphuong.reports.figurebook import COUNTED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from uuid import UUID

    from django.utils.functional import _StrOrPromise

    from bonphuong.indicators.evidence import FactRow
    from bonphuong.reports.evidence import Register
    from bonphuong.reports.figurebook import FigureBook
    from bonphuong.reports.ground import Ground


_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, what came out, and where: names of figures, uids of records."""

    code: str
    severity: Severity
    message: str
    figures: tuple[str, ...] = ()
    records: tuple[UUID, ...] = field(default=())

    def as_json(self, register: Register) -> dict[str, Any]:
        """The check as plain data, records by their numbers in the register."""
        known = register.identifiers
        return {
            "code": self.code,
            "severity": str(self.severity),
            "message": self.message,
            "figures": [known[key] for name in self.figures if (key := f"{name}@period") in known],
            "records": sorted(register.numbers[uid] for uid in self.records if uid in register.numbers),
        }


def check(book: FigureBook) -> list[Check]:
    """Every check, those that found something first; one that found nothing is told as passed."""
    found: list[Check] = []
    for code, (look, passed) in _CHECKS.items():
        found += list(look(book)) or [Check(code, Severity.PASSED, str(passed))]
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.PASSED: 2}
    return sorted(found, key=lambda one: order[one.severity])


def _month_in_year(book: FigureBook) -> Iterator[Check]:
    """A month can never exceed its year to date."""
    ground = book.ground
    if "to_date" not in ground.definition.spans:
        return
    for name, spec in ground.definition.figures.items():
        period, year = book.figure(name), book.figure(name, "to_date")
        if not spec.indicator or _is_level(book, name) or period.value is None or year.value is None:
            continue
        if period.value > year.value:
            message = _("%(label)s: %(period)s in the period is more than %(year)s since the year began.") % {
                "label": period.indicator.label(ground.language),
                "period": book.number(period.value),
                "year": book.number(year.value),
            }
            yield Check("month_in_year", Severity.ERROR, message, (name,))


def _is_level(book: FigureBook, name: str) -> bool:
    indicator = book.figure(name).indicator
    return not indicator.measure or indicator.get_measure().shape is not Shape.FLOW


def _rows_make_figure(book: FigureBook) -> Iterator[Check]:
    """What the rows come to is what the ledger says."""
    ground = book.ground
    for (name, span), figure in ground.counted.found.items():
        if figure.recorded is None or not figure.indicator.measure or figure.where is None:
            continue
        rows = ground.counted.rows[name, span]
        if unscaled(sum(row.value for row in rows), figure.indicator) != figure.recorded:
            message = _("%(label)s: the rows do not come to the figure.") % {
                "label": figure.indicator.label(ground.language)
            }
            yield Check("rows_make_figure", Severity.ERROR, message, (name,))


def _parts_make_total(book: FigureBook) -> Iterator[Check]:
    """Parts sum to their total, and each record has a part."""
    ground = book.ground
    seen: set[tuple[str, str, str]] = set()
    for entry in list(book.entries.values()):
        if entry.basis != Basis.PART or entry.scope is None:
            continue
        span = entry.key.split("@")[1].split("[")[0]
        key = (entry.name, span, entry.scope.dimension)
        if key in seen:
            continue
        seen.add(key)
        parts = book.parts(*key)
        lost = parts.get("", [])
        if lost and "" not in ground.definition.words.get(entry.scope.dimension, {}):
            uids = tuple(by_source(lost))
            message = ngettext(
                "%(label)s: one record does not say its part, so the parts do not come to the total.",
                "%(label)s: %(number)s records do not say their part, so the parts do not come to the total.",
                len(uids),
            ) % {"label": entry.figure.indicator.label(ground.language), "number": len(uids)}
            yield Check("parts_make_total", Severity.WARNING, message, (entry.name,), uids)


def _plausible_sizes(book: FigureBook) -> Iterator[Check]:
    """The average of a group, and each group, is of a size that groups have."""
    ground = book.ground
    for rule in ground.definition.plausible:
        whole, groups = book.figure(rule.figure), book.figure(rule.per)
        if (
            groups.value
            and whole.value is not None
            and not rule.low <= whole.value / groups.value <= rule.high
        ):
            message = _("%(label)s: %(average)s on average, not between %(low)s and %(high)s.") % {
                "label": whole.indicator.label(ground.language),
                "average": book.number((whole.value / groups.value).quantize(_TENTH)),
                "low": rule.low,
                "high": rule.high,
            }
            yield Check("plausible_sizes", Severity.WARNING, message, (rule.figure, rule.per))
        sizes = by_source(ground.counted.rows[rule.figure, "period"])
        heads = by_source(ground.counted.rows[rule.per, "period"])
        odd = tuple(uid for uid in heads if not rule.low <= sizes.get(uid, 0) <= rule.high)
        if odd:
            message = ngettext(
                "%(label)s: one record has fewer than %(low)s or more than %(high)s.",
                "%(label)s: %(number)s records have fewer than %(low)s or more than %(high)s.",
                len(odd),
            ) % {
                "label": whole.indicator.label(ground.language),
                "number": len(odd),
                "low": rule.low,
                "high": rule.high,
            }
            yield Check("plausible_sizes", Severity.WARNING, message, (rule.figure,), odd)


def _hosted_once(book: FigureBook) -> Iterator[Check]:
    """The same delegation hosted by two offices is counted once."""
    ground = book.ground
    name = ground.definition.hosted
    if not name:
        return
    live = by_source(ground.counted.rows[name, "period"])
    rows = [row for row in ground.counted.rows[name, "period"] if row.value > 0 and row.source in live]
    for one, other in _alike(rows, ground):
        numbers = [ground.records[row.source].number for row in (one, other) if row.source in ground.records]
        message = _(
            "%(records)s may be one delegation that two offices received: it would be counted twice."
        ) % {"records": ", ".join(numbers)}
        yield Check("hosted_once", Severity.WARNING, message, (name,), (one.source, other.source))


def _alike(rows: Sequence[FactRow], ground: Ground) -> Iterator[tuple[FactRow, FactRow]]:
    """Pairs of different offices, a day apart at most, from one country, with the same head or the same partner."""
    ordered = sorted(rows, key=lambda row: (row.on, str(row.source)))
    for index, one in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if (other.on - one.on).days > 1:
                break
            if (
                one.office != other.office
                and one.country == other.country
                and _same_guest(one, other, ground)
            ):
                yield one, other


def _same_guest(one: FactRow, other: FactRow, ground: Ground) -> bool:
    heads = [ground.records[row.source].head_fold for row in (one, other) if row.source in ground.records]
    if len(heads) == 2 and all(heads):
        return heads[0] == heads[1]
    return bool(one.partner) and one.partner == other.partner


def _papers_agree(book: FigureBook) -> Iterator[Check]:
    """What papers state is what the register holds."""
    ground = book.ground
    for name, spec in ground.definition.figures.items():
        for span in ground.definition.spans:
            figure = book.figure(name, span)
            label = f"{figure.indicator.label(ground.language)}, {ground.spans[span].label(ground.language)}"
            if figure.difference:
                stated = figure.stated.value if figure.stated else figure.difference
                message = _("%(label)s: %(recorded)s recorded, %(stated)s stated by a paper.") % {
                    "label": label,
                    "recorded": book.number(figure.recorded or figure.difference),
                    "stated": book.number(stated),
                }
                yield Check("papers_agree", Severity.WARNING, message, (name,))
            elif figure.entered is not None and spec.headline:
                message = _("%(label)s: %(entered)s of %(stated)s entered; the paper's figure is told.") % {
                    "label": label,
                    "entered": book.number(figure.entered[0]),
                    "stated": book.number(figure.entered[1]),
                }
                yield Check("papers_agree", Severity.WARNING, message, (name,))


def _registers_complete(book: FigureBook) -> Iterator[Check]:
    """Somebody has declared the register complete for the main figures of the period."""
    ground = book.ground
    open_ones = [
        figure.indicator.label(ground.language)
        for name, spec in ground.definition.figures.items()
        if spec.headline
        and (figure := book.figure(name)).status in (*COUNTED, FigureStatus.NOT_ENTERED)
        and not figure.is_covered
    ]
    if open_ones:
        message = _("Nobody has declared the register complete for the period: %(labels)s.") % {
            "labels": "; ".join(open_ones)
        }
        yield Check("registers_complete", Severity.WARNING, message)


def _records_have_papers(book: FigureBook) -> Iterator[Check]:
    """Every record of the period has at least one paper."""
    ground = book.ground
    uids = {
        uid
        for name, spec in ground.definition.figures.items()
        if spec.headline
        for uid in by_source(ground.counted.rows[name, "period"])
    }
    bare = tuple(sorted(uid for uid in uids if uid in ground.records and not ground.records[uid].has_paper))
    if bare:
        message = ngettext(
            "One record of the period has no paper.",
            "%(number)s records of the period have no paper.",
            len(bare),
        ) % {"number": len(bare)}
        yield Check("records_have_papers", Severity.WARNING, message, (), bare)


def _annexes_agree(book: FigureBook) -> Iterator[Check]:
    """An annex lists as many records as its figure counts."""
    ground = book.ground
    for annex in ground.annexes:
        spec = annex.spec
        if spec.rule != "figure" or spec.lines:
            continue
        wanted = len(
            {uid for name in spec.figures for uid in by_source(ground.counted.rows[name, spec.span])}
        )
        if wanted != len(annex.uids):
            message = _("%(title)s: %(rows)s rows for %(records)s records.") % {
                "title": spec.code,
                "rows": len(annex.uids),
                "records": wanted,
            }
            yield Check("annexes_agree", Severity.WARNING, message, spec.figures)


_CHECKS: Mapping[str, tuple[Callable[[FigureBook], Iterator[Check]], _StrOrPromise]] = {
    "rows_make_figure": (_rows_make_figure, gettext_lazy("The rows under each figure come to it.")),
    "month_in_year": (_month_in_year, gettext_lazy("No period is more than its year to date.")),
    "parts_make_total": (_parts_make_total, gettext_lazy("Parts come to their totals.")),
    "plausible_sizes": (_plausible_sizes, gettext_lazy("Delegations are of a size that delegations have.")),
    "hosted_once": (_hosted_once, gettext_lazy("A delegation received by two offices is counted once.")),
    "papers_agree": (_papers_agree, gettext_lazy("Papers and records agree.")),
    "registers_complete": (_registers_complete, gettext_lazy("The registers are declared complete.")),
    "records_have_papers": (_records_have_papers, gettext_lazy("Every record has a paper.")),
    "annexes_agree": (_annexes_agree, gettext_lazy("The annexes list what the figures count.")),
}
