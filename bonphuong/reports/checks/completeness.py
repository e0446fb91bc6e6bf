"""What a report still lacks: declarations, papers, lines of annexes, estimates come true, parts nobody has written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.indicators.enums import FigureStatus
from bonphuong.indicators.evidence import by_source
from bonphuong.indicators.figures import unscaled
from bonphuong.reports.checks.base import Check
from bonphuong.reports.enums import Severity
from bonphuong.reports.figurebook import COUNTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bonphuong.reports.checks.base import Matter


def registers_complete(matter: Matter) -> Iterator[Check]:
    """Somebody has declared the register complete for the main figures of the period."""
    book, ground = matter.book, matter.ground
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


def records_have_papers(matter: Matter) -> Iterator[Check]:
    """Every record of the period has at least one paper."""
    ground = matter.ground
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


def annexes_agree(matter: Matter) -> Iterator[Check]:
    """An annex lists as many records as its figure counts."""
    ground = matter.ground
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


def estimates_over(matter: Matter) -> Iterator[Check]:
    """An estimate is for a period that runs; once it is over the figures are counted."""
    ground = matter.ground
    if ground.is_open or not ground.estimates:
        return
    names = tuple(ground.estimates)
    message = _(
        "The period is over, and these were estimated while it ran; what is counted is told now: %(labels)s."
    )
    labels = "; ".join(
        f"{matter.label(name)} ({matter.book.number(unscaled(value, matter.book.figure(name).indicator))})"
        for name, value in ground.estimates.items()
    )
    yield Check("estimates_over", Severity.WARNING, message % {"labels": labels}, names)


def parts_written(matter: Matter) -> Iterator[Check]:
    """No section says that nothing has been entered for it."""
    for section in matter.sections:
        if section["state"] == FigureStatus.NOT_ENTERED:
            message = _(
                "“%(title)s” says that nothing has been entered: write it, or say that nothing happened."
            )
            title = f"{section['number']}. {section['title']}"
            yield Check(
                "parts_written", Severity.WARNING, message % {"title": title}, slots=tuple(section["slots"])
            )
