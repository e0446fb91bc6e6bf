"""Definitions of reports: the shipped ones, and an office's own."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.models import Office
from bonphuong.indicators.models import Indicator
from bonphuong.indicators.own import measures_known
from bonphuong.reports.models import ReportDefinition
from bonphuong.reports.queries import definition_on
from bonphuong.reports.rules import must
from bonphuong.reports.schema import read_definition
from bonphuong.reports.shipped import shipped_definition, shipped_names
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from bonphuong.accounts.models import User


def load_report_definitions() -> int:
    """Bring the shipped definitions up to date; returns how many rows were written, 0 when nothing changed."""
    measures = dict(Indicator.objects.values_list("code", "measure"))
    written = 0
    for name in shipped_names():
        row = shipped_definition(name)
        read_definition(row["content"], measures or None)
        key = {field: row[field] for field in ("code", "office_kind", "language", "version")} | {
            "office_code": ""
        }
        found = ReportDefinition.objects.filter(**key).first()
        if found is None or any(getattr(found, field) != value for field, value in row.items()):
            with acting(actor=None, verb="system.reports.load"):
                ReportDefinition.objects.update_or_create(**key, defaults=row)
            written += 1
    return written


def adopt_definition(
    *, actor: User, office: str, code: str, valid_from: dt.date, reason: str = "", **changes: Any
) -> ReportDefinition:
    """An office's own version of a report from a day on: another cut-off, rule for late figures, or content.

    What `changes` does not name stays as in the definition in force on that day. Raises NotAllowed, BadInput.
    """
    must(actor, Permission.SETTINGS_CHANGE, office)
    language = changes.get("language", "vi")
    base = definition_on(code, office, valid_from, language)
    content = changes.get("content", base.content)
    read_definition(content, measures_known(Office.objects.get(pk=office).book))
    with acting(actor=actor, verb="reports.definition.adopt", office=office, reason=reason, obj=code):
        own = ReportDefinition.objects.filter(code=code, office_code=office, language=language)
        for row in own.filter(valid_to__isnull=True):
            # One that was to begin later, or on the same day, is passed over: of two the newest version holds.
            first = row.valid_from or valid_from
            row.valid_to = max(valid_from - dt.timedelta(days=1), first)
            row.save(update_fields=["valid_to"])
        return ReportDefinition.objects.create(
            code=code,
            office_code=office,
            language=language,
            version=max(own.values_list("version", flat=True), default=0) + 1,
            cutoff=changes.get("cutoff", base.cutoff),
            late_rule=changes.get("late_rule", base.late_rule),
            content=content,
            valid_from=valid_from,
            source=changes.get("source", base.source),
            proved=changes.get("proved", False),
        )
