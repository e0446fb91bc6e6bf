"""What a page shows of a change: the columns that a person knows, before and after, nothing restricted."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils import translation
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.kernel.dates import format_date, format_moment
from bonphuong.kernel.numbers import format_number
from bonphuong.records.enums import Visibility
from bonphuong.records.models import Record, RecordTie
from bonphuong.records.registry import families
from bonphuong.trail.ddl_sqlite import HIDDEN
from bonphuong.trail.enums import Operation
from bonphuong.trail.models import Change, ChangePayload
from bonphuong.trail.queries import changes_under
from bonphuong.web.desk.forms.delegations import DelegationForm
from bonphuong.web.desk.forms.members import MemberForm
from bonphuong.web.desk.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from django.db.models import Field, Model

    from bonphuong.accounts.models import User
    from bonphuong.trail.models import Action
    from bonphuong.trail.queries import ChangeView

# Kept by the machine for itself: no news to a person.
_SILENT = {
    "uid",
    "id",
    "version",
    "updated_at",
    "created_at",
    "fold",
    "head_fold",
    "digest",
    "book",
    "row",
    "order",
}
# Columns that nobody fills in under their own name.
_CALLED = {
    "record": gettext_lazy("Record"),
    "kind": gettext_lazy("Kind"),
    "state": gettext_lazy("State"),
    "office_code": gettext_lazy("Office"),
    "partner_code": gettext_lazy("Partner"),
    "partner_text": gettext_lazy("Inviting or visiting body"),
    "organiser_text": gettext_lazy("In the delegation of"),
    "main_country": gettext_lazy("Country"),
    "country_code": gettext_lazy("Country"),
    "party_code": gettext_lazy("Partner"),
    "cancel_reason": gettext_lazy("Why"),
    "signer": gettext_lazy("Signer"),
    "abstract": gettext_lazy("Abstract"),
    "file": gettext_lazy("File"),
}
# What closes a record to most.
_HEADERS = "records_record"
_CLOSED = {Visibility.PERSONAL, Visibility.RESTRICTED}
# Set anew by the machine from a record's own columns whenever it is saved: tells a person nothing more.
_DERIVED = {RecordTie._meta.db_table}
_SHOWN_CHANGES = 60
_LONG_TEXT = 160
_MASK = "••••••"


@dataclass(frozen=True)
class Line:
    """One column of one row: what it is called, what stood there, what stands there since."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class RowChange:
    """What happened to one row under an act."""

    what: str
    operation: str
    is_update: bool
    is_forgotten: bool
    lines: Sequence[Line]


@dataclass(frozen=True)
class Told:
    """The changes of an act that fit on a page, and how many there are in all."""

    rows: Sequence[RowChange]
    total: int

    @property
    def hidden(self) -> int:
        """How many rows are not shown."""
        return self.total - len(self.rows)


def tell(action: Action, user: User) -> Told:
    """The changes made under one act, for its page or for the fold under its line.

    Of an act on a record that the person may not see, only that rows changed: seeing the trail of an office is
    not seeing whose personal trip it was.
    """
    views = [view for view in changes_under(action) if _is_told(view)]
    shown = views[:_SHOWN_CHANGES]
    masked = _is_closed_to(user, views)
    after = {} if masked else _later_values(view.change for view in shown)
    labels = Labels(user, _values(shown, after) if not masked else ())
    rows = [_row_change(view, after.get(view.change.pk, {}), labels, masked=masked) for view in shown]
    # A row of which only a stamp of the machine moved is no change to a person.
    told = [row for row in rows if row.lines or masked or row.is_forgotten or not row.is_update]
    return Told(rows=told, total=len(views) - len(rows) + len(told))


def _is_told(view: ChangeView) -> bool:
    return view.change.table not in _DERIVED and _model(view.change.table) is not None


def _values(
    views: Iterable[ChangeView], after: Mapping[int, Mapping[str, Any]]
) -> Iterator[tuple[Field[Any, Any], Any]]:
    """Every value that will be shown, with the column that it stands in."""
    for view in views:
        model = _model(view.change.table)
        for field in model._meta.concrete_fields if model is not None else ():
            column = field.column or ""
            if column in (view.old or {}) and not getattr(field, "is_restricted", False):
                yield field, (view.old or {})[column]
                yield field, after.get(view.change.pk, {}).get(column)


def _is_closed_to(user: User, views: Sequence[ChangeView]) -> bool:
    # Tables whose rows are named by a record's uid.
    tables = {_HEADERS, *(family.get_model()._meta.db_table for family in families())}
    changes = [view for view in views if view.change.table in tables]
    uids = {UUID(view.change.row) for view in changes}
    seen = Record.objects.visible_to(user).filter(pk__in=uids)
    if Record.objects.filter(pk__in=uids).exclude(pk__in=seen.values("pk")).exists():
        return True
    # Of a record that was taken back, the trail itself remembers for whom it was.
    return any(
        (view.old or {}).get("visibility") in _CLOSED
        for view in changes
        if view.change.op == Operation.DELETE
    )


def _model(table: str) -> type[Model] | None:
    return next((model for model in apps.get_models() if model._meta.db_table == table), None)


def _later_values(changes: Iterable[Change]) -> dict[int, dict[str, Any]]:
    """Change → what its row became: what stands now, with every later change of that row undone."""
    return {change.pk: _row_after(change) for change in changes if change.op == Operation.UPDATE}


def _row_after(change: Change) -> dict[str, Any]:
    model = _model(change.table)
    if model is None:
        return {}
    row: dict[str, Any] = {}
    standing = model._default_manager.filter(pk=model._meta.pk.to_python(change.row)).first()
    if standing is not None:
        row = {field.column or "": field.value_from_object(standing) for field in model._meta.concrete_fields}
    later = Change.objects.filter(table=change.table, row=change.row, id__gt=change.pk).order_by("-id")
    payloads = ChangePayload.objects.in_bulk([c.payload_id for c in later if c.payload_id is not None])
    for one in later:
        payload = payloads.get(one.payload_id or 0)
        if payload is not None:
            row.update(json.loads(payload.old))
    return row


def _row_change(view: ChangeView, after: Mapping[str, Any], labels: Labels, *, masked: bool) -> RowChange:
    model = _model(view.change.table)
    operation = Operation(view.change.op)
    is_told = model is not None and view.old is not None and not masked
    return RowChange(
        what=str(model._meta.verbose_name) if model is not None else view.change.table,
        operation=str(operation.label),
        is_update=operation is Operation.UPDATE,
        is_forgotten=view.old is None and operation is not Operation.INSERT,
        lines=_lines(model, view, after, labels) if model is not None and is_told else (),
    )


def _lines(model: type[Model], view: ChangeView, after: Mapping[str, Any], labels: Labels) -> list[Line]:
    lines = []
    old = view.old or {}
    for field in model._meta.concrete_fields:
        column = field.column or ""
        if column not in old or field.name in _SILENT:
            continue
        before = _named(field, old[column], labels)
        became = "" if view.change.op == Operation.DELETE else _named(field, after.get(column), labels)
        if before or became:
            lines.append(Line(label=_called(field), before=before, after=became))
    return lines


def _called(field: Field[Any, Any]) -> str:
    """A column as the page calls it on which it is filled in."""
    if field.name in _CALLED:
        return str(_CALLED[field.name])
    for form in (DelegationForm, MemberForm):
        if field.name in form.base_fields:
            return str(form.base_fields[field.name].label)
    return str(field.verbose_name)


def _named(field: Field[Any, Any], value: Any, labels: Labels) -> str:
    """A stored value by the name of what it stands for, where it stands for something; else as people write it."""
    if getattr(field, "is_restricted", False) or value == HIDDEN:
        return _written(field, value)
    return labels.of(field, value) or _written(field, value)


def _written(field: Field[Any, Any], value: Any) -> str:
    """A stored value as people write it; what is restricted only as being there."""
    if value is None or value == "":
        return ""
    if getattr(field, "is_restricted", False) or value == HIDDEN:
        return _MASK
    language = translation.get_language() or "vi"
    if isinstance(field, models.BooleanField):
        return _("yes") if value in {True, "1", "t", "true"} else _("no")
    choices = dict(field.flatchoices)
    if choices:
        return str(choices.get(value, value))
    if isinstance(field, models.DateTimeField):
        moment = value if isinstance(value, dt.datetime) else parse_datetime(str(value))
        # SQLite keeps moments in UTC without saying so.
        return (
            format_moment(moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC), language)
            if moment
            else ""
        )
    if isinstance(field, models.DateField):
        day = value if isinstance(value, dt.date) else parse_date(str(value))
        return format_date(day, language) if day else str(value)
    if isinstance(value, int) and isinstance(field, models.IntegerField):
        return format_number(value, language)
    return Truncator(str(value)).chars(_LONG_TEXT)
