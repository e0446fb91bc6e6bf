"""What stands behind every cell of a figure's table, row by row, and how the table was made: sheets of its workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.indicators.evidence import by_source, facts_under
from bonphuong.indicators.figures import unscaled
from bonphuong.indicators.series import books_of, heads_of
from bonphuong.kernel import sheets as workbook
from bonphuong.kernel.dates import format_moment
from bonphuong.ledger.queries import heads
from bonphuong.records.models import Record
from bonphuong.web.desk.pages.figure_filters import filter_words, listed
from bonphuong.web.desk.pages.figure_rows import papers_behind
from bonphuong.web.desk.pages.figure_state import NOW, end_of
from bonphuong.web.desk.pages.figure_words import last_posting
from bonphuong.web.desk.pages.slots import dimension_word
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.indicators.evidence import FactRow
    from bonphuong.indicators.series import Step
    from bonphuong.kernel.sheets.writing import Written
    from bonphuong.papers.models import Paper
    from bonphuong.web.desk.pages.figures import FigurePage

#: Excel takes a million rows; who needs more than these takes a narrower view.
MOST_ROWS = 50_000


def evidence_sheets(page: FigurePage, user: User, link: str) -> list[workbook.SheetSpec]:
    """The rows behind every cell, and how the table was made."""
    return [_rows_sheet(page, user), _account_sheet(page, link)]


def _rows_sheet(page: FigurePage, user: User) -> workbook.SheetSpec:
    steps = page.steps[::-1]
    facts = facts_under([step.now.where for step in steps])
    uids = {fact.source for some in facts for fact in some}
    visible = Record.objects.visible_to(user).in_bulk(sorted(uids))
    papers = papers_behind(visible, user)
    rows = [
        line
        for step, some in zip(steps, facts, strict=True)
        for line in _lines(page, step, some, (visible, papers))
    ]
    hidden = len(uids) - len(visible)
    notes = []
    if hidden:
        notes.append(
            _("Records that are counted and are not for this person to open: %(n)s.") % {"n": hidden}
        )
    if len(rows) > MOST_ROWS:
        message = _("Only the first %(most)s of %(all)s rows stand here: narrow the view for the others.")
        notes.append(message % {"most": MOST_ROWS, "all": len(rows)})
    if any(step.now.stated is not None for step in steps):
        notes.append(_("What only a paper states has no rows: the paper stands in the account of the table."))
    return workbook.SheetSpec(
        name=_("Evidence"),
        columns=[
            workbook.Column(_("Period"), width=24),
            workbook.Column(_("Part"), width=22),
            workbook.Column(_("Record"), width=16),
            workbook.Column(_("Title"), width=52),
            workbook.Column(_("Counts on"), width=12, kind=workbook.Kind.DATE),
            workbook.Column(_("Contributes"), width=14, kind=workbook.Kind.DECIMAL),
            workbook.Column(_("Papers"), width=44),
        ],
        rows=rows[:MOST_ROWS],
        title=[_("The records behind every cell"), page.title],
        notes=notes,
    )


Known = tuple["Mapping[UUID, Record]", "Mapping[UUID, Sequence[Paper]]"]


def _lines(
    page: FigurePage, step: Step, facts: Sequence[FactRow], known: Known
) -> Iterator[Sequence[Written]]:
    """The rows of one period, part by part; a record that counts in two parts has a row in each."""
    visible, papers = known
    by_part: dict[str, list[FactRow]] = {}
    state = page.state
    codes = {_code(fact, page) for fact in facts} - {""}
    tops = heads_of(codes, state.split, now=state.places == NOW)
    for fact in facts:
        code = _code(fact, page)
        label = _part_label(page, tops.get(code, code))
        by_part.setdefault(label, []).append(fact)
    for label, some in by_part.items():
        days = {fact.source: fact.on for fact in some}
        for uid, value in by_source(some).items():
            record = visible.get(uid)
            yield [
                step.period.label(language()),
                label,
                record.number if record else "",
                record.title if record else _("not for this person to open"),
                days[uid],
                unscaled(value, step.now.indicator),
                "; ".join(str(paper) for paper in papers.get(uid, ())) if record else "",
            ]


def _code(fact: FactRow, page: FigurePage) -> str:
    field = page.state.parted_by
    return str(getattr(fact, field)) if field and field != "currency" else ""


def _part_label(page: FigurePage, code: str) -> str:
    """The column in which a code stands: its own, or that of all that is left over."""
    if not page.table.parts:
        return ""
    for part in page.table.parts:
        if part.code and part.code == code:
            return part.label
    return next((part.label for part in page.table.parts if not part.code and part.narrow), "")


def _account_sheet(page: FigurePage, link: str) -> workbook.SheetSpec:
    """What was asked, of which ledger, read up to where: enough to ask for the same again years later."""
    state, lang = page.state, language()
    indicator = page.found.indicator
    moment = end_of(state.as_of) or last_posting(state.office)
    lines: list[tuple[str, str]] = [
        (_("Indicator"), indicator.label(lang)),
        (_("Code"), indicator.code),
        (_("Definition"), indicator.definition(lang)),
        (_("Office"), page.office),
        (_("Days"), page.found.request.period.label(lang)),
    ]
    lines += [
        (dimension_word(name), filter_words(state.measure, name, text))
        for name, text in state.filters.items()
        if listed(text)[0]
    ]
    lines.append((_("As of"), format_moment(moment, lang) if moment else ""))
    for book, (seq, digest) in sorted(heads(books_of(state.office)).items()):
        lines.append((_("Ledger of %(book)s, last posting now") % {"book": book}, f"{seq} · {digest}"))
    for paper in page.papers:
        lines.append((_("Stated by"), str(paper)))
    lines += [(_("Note"), note) for note in page.table.notes]
    lines.append((_("Where it stands"), link))
    return workbook.SheetSpec(
        name=_("How it was made"),
        columns=[workbook.Column(_("What"), width=34), workbook.Column(_("Value"), width=110)],
        rows=lines,
        title=[_("How this table was made")],
    )
