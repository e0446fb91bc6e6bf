"""Figures against each other and against their rows: parts and wholes, sizes, doubles, papers."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.indicators.evidence import by_source
from bonphuong.indicators.figures import growth, share, unscaled
from bonphuong.reports.checks.base import Check
from bonphuong.reports.enums import Basis, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bonphuong.indicators.evidence import FactRow
    from bonphuong.reports.checks.base import Matter
    from bonphuong.reports.figurebook import Entry
    from bonphuong.reports.ground import Ground

#: Measures that lie inside another one, as their definitions say: told beside it and never added to it.
INSIDE: Mapping[str, str] = {
    "aid.in_kind": "aid.approved",
    "twinning.paused": "twinning.active",
}
_TENTH = Decimal("0.1")


def month_in_year(matter: Matter) -> Iterator[Check]:
    """A month can never exceed its year to date."""
    book, ground = matter.book, matter.ground
    if "to_date" not in ground.definition.spans:
        return
    for name, spec in ground.definition.figures.items():
        period, year = book.figure(name), book.figure(name, "to_date")
        if not spec.indicator or not matter.is_flow(name) or period.value is None or year.value is None:
            continue
        if period.value > year.value:
            message = _("%(label)s: %(period)s in the period is more than %(year)s since the year began.") % {
                "label": period.indicator.label(ground.language),
                "period": book.number(period.value),
                "year": book.number(year.value),
            }
            yield Check("month_in_year", Severity.ERROR, message, (name,))


def rows_make_figure(matter: Matter) -> Iterator[Check]:
    """What the rows come to is what the ledger says."""
    ground = matter.ground
    for (name, span), figure in ground.counted.found.items():
        if figure.recorded is None or not figure.indicator.measure or figure.where is None:
            continue
        rows = ground.counted.rows[name, span]
        if unscaled(sum(row.value for row in rows), figure.indicator) != figure.recorded:
            message = _("%(label)s: the rows do not come to the figure.") % {
                "label": figure.indicator.label(ground.language)
            }
            yield Check("rows_make_figure", Severity.ERROR, message, (name,))


def parts_make_total(matter: Matter) -> Iterator[Check]:
    """Parts sum to their total, and each record has a part."""
    book, ground = matter.book, matter.ground
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


def plausible_sizes(matter: Matter) -> Iterator[Check]:
    """The average of a group, and each group, is of a size that groups have."""
    book, ground = matter.book, matter.ground
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


def hosted_once(matter: Matter) -> Iterator[Check]:
    """The same delegation hosted by two offices is counted once."""
    ground = matter.ground
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


def papers_agree(matter: Matter) -> Iterator[Check]:
    """What papers state is what the register holds."""
    book, ground = matter.book, matter.ground
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


def part_in_whole(matter: Matter) -> Iterator[Check]:
    """What lies inside a total is never more than it."""
    book = matter.book
    for inner, outer in insides(matter):
        for span in matter.ground.definition.spans:
            part, whole = book.figure(inner, span).value, book.figure(outer, span).value
            if part is not None and whole is not None and part > whole:
                message = _("%(part)s: %(number)s is more than %(whole)s, %(total)s, in which it lies.") % {
                    "part": matter.label(inner, span),
                    "number": book.number(part),
                    "whole": matter.label(outer),
                    "total": book.number(whole),
                }
                names = (f"{inner}@{span}", f"{outer}@{span}")
                yield Check("part_in_whole", Severity.ERROR, message, names)


def insides(matter: Matter) -> list[tuple[str, str]]:
    """(part, whole) for every two figures of the report of which one lies inside the other."""
    filters = {name: _filters(matter, name) for name in matter.ground.definition.figures}
    return [
        (inner, outer)
        for inner, (one, narrow) in filters.items()
        for outer, (other, wide) in filters.items()
        if inner != outer and one and _lies_in(one, narrow, other, wide)
    ]


def _filters(matter: Matter, name: str) -> tuple[str, dict[str, frozenset[str]]]:
    indicator = matter.book.figure(name).indicator
    spec = matter.ground.definition.figures[name]
    both = {**indicator.filters, **spec.filters}
    return indicator.measure, {key: frozenset(codes) for key, codes in both.items()}


def _lies_in(
    one: str, narrow: Mapping[str, frozenset[str]], other: str, wide: Mapping[str, frozenset[str]]
) -> bool:
    if one != other:
        return INSIDE.get(one) == other and not wide
    if narrow == wide:
        return False
    return all(key in narrow and narrow[key] <= codes for key, codes in wide.items())


def computed_again(matter: Matter) -> Iterator[Check]:
    """Growth, differences and percentages are what their operands give."""
    book = matter.book
    for entry in list(book.entries.values()):
        if entry.basis != Basis.DERIVED or len(entry.operands) != 2:
            continue
        first, second = (book.entries[key] for key in entry.operands)
        again = _again(entry, first, second)
        if again is not None and again != entry.value:
            message = _("%(label)s: %(told)s is told, %(again)s comes out when it is computed again.") % {
                "label": entry.label,
                "told": book.number(entry.value),
                "again": book.number(again),
            }
            yield Check("computed_again", Severity.ERROR, message, (entry.key,))


def _again(entry: Entry, first: Entry, second: Entry) -> Decimal | None:
    """What the two operands give; None for a side that is not made of two figures alone."""
    if entry.told is not None or not second.value:
        return first.value - second.value if entry.key.endswith(":gap") else None
    match entry.key.rpartition("]")[2].partition(":")[2]:
        case "growth":
            return growth(first.value, second.value)
        case "gap":
            return first.value - second.value
        case "times":
            return (first.value / second.value).quantize(_TENTH, rounding=ROUND_DOWN)
        case "":
            return share(first.value, second.value) if entry.unit == "%" else None
    return None
