"""The versions of an office's own form of a report: who made each, when and why, and what differs between two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonphuong.accounts.queries import offices_by_code
from bonphuong.reports.editing.comparing import differences
from bonphuong.reports.models import FormDraft, ReportDefinition
from bonphuong.trail.models import Action, Change
from bonphuong.trail.queries import row_key
from bonphuong.web.desk.pages.settings.kit import standing
from bonphuong.web.desk.pages.settings.report_forms import figure_labels, title_of, worded
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.reports.editing.comparing import Difference


@dataclass(frozen=True)
class Version:
    """A version: the definition, how it stands, the act that made it."""

    row: ReportDefinition
    state: str
    word: str
    act: Action | None


@dataclass(frozen=True)
class HistoryPage:
    """All versions of a form of an office with the shipped ones, and the differences of the two that are compared."""

    office: str
    office_name: str
    code: str
    language: str
    title: str
    versions: Sequence[Version]
    old: ReportDefinition | None
    new: ReportDefinition | None
    found: Sequence[Difference]
    draft: FormDraft | None

    @property
    def may_end(self) -> bool:
        """Whether an own form still holds, so that it can be ended."""
        return any(one.row.office_code and one.row.valid_to is None for one in self.versions)


def versions_of(office: str, kind: str, code: str, lang: str) -> list[ReportDefinition]:
    """The office's own versions, newest first, then the shipped ones that it may have begun from."""
    rows = ReportDefinition.objects.filter(code=code, language=lang)
    own = list(rows.filter(office_code=office).order_by("-version"))
    shipped = rows.filter(office_code="", office_kind__in=("", kind)).order_by("-office_kind", "-version")
    return [*own, *shipped]


def history_page(office: str, code: str, lang: str, compared: tuple[str, str]) -> HistoryPage | None:
    """The history; None where the office has no such report. The newest two are compared unless two are named."""
    named = offices_by_code({office}).get(office)
    rows = versions_of(office, named.kind if named else "", code, lang)
    if named is None or not rows:
        return None
    by_key = {str(row.pk): row for row in rows}
    new = by_key.get(compared[1], rows[0])
    old = by_key.get(compared[0], rows[1] if len(rows) > 1 else None)
    if old is not None and old.pk == new.pk:
        old = None
    labels = worded({**figure_labels(old.content), **figure_labels(new.content)}) if old is not None else {}
    acts = _acts(rows)
    return HistoryPage(
        office=office,
        office_name=named.name(language()),
        code=code,
        language=lang,
        title=title_of(rows[0].content, code),
        versions=[Version(row, *standing(row.valid_from, row.valid_to), acts.get(row.pk)) for row in rows],
        old=old,
        new=new,
        found=differences(old.content, new.content, labels) if old is not None else [],
        draft=FormDraft.objects.filter(office_code=office, code=code, language=lang).first(),
    )


def _acts(rows: Sequence[ReportDefinition]) -> dict[int, Action]:
    """Definition → the act that made it, in two queries."""
    keys = {row_key(row.pk): row.pk for row in rows}
    made = Change.objects.filter(table=ReportDefinition._meta.db_table, row__in=list(keys)).order_by("-id")
    first = {keys[row]: action for row, action in made.values_list("row", "action")}
    acts = Action.objects.in_bulk(set(first.values()))
    return {pk: acts[action] for pk, action in first.items() if action in acts}
