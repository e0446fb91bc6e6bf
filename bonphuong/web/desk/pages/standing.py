"""How a record stands, as every page shows it: one colour, one icon, one word, and a line under it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.kernel.dates import format_date
from bonphuong.procedures.deadlines import standing_of
from bonphuong.procedures.enums import Standing, StateKind
from bonphuong.procedures.models import Case, DeadlineRule, State
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bonphuong.records.models import Record


@dataclass(frozen=True)
class StateView:
    """A badge: its state (see `templatetags.desk.STATE_ICONS`), its word, and what stands under it."""

    state: str
    word: str
    under: str = ""


def state_view(record: Record, case: Case | None, today: dt.date) -> StateView:
    """The badge of a record in a list or at its head."""
    return _view(record, case.state if case is not None else None, today)


def state_views(records: Sequence[Record], today: dt.date) -> list[StateView]:
    """The badges of a list in its order, in three queries: states and rules are few, and each is read once."""
    cases = dict(Case.objects.filter(pk__in=[r.pk for r in records]).values_list("record_uid", "state_id"))
    states = State.objects.in_bulk(set(cases.values()))
    rules = DeadlineRule.objects.in_bulk({r.due_rule_id for r in records if r.due_rule_id is not None})
    views = []
    for record in records:
        if record.due_rule_id is not None:
            record.due_rule = rules[record.due_rule_id]
        views.append(_view(record, states.get(cases.get(record.pk, 0)), today))
    return views


def _view(record: Record, state: State | None, today: dt.date) -> StateView:
    if record.duplicate_of_id is not None:
        return StateView("gone", _("Entered twice"))
    if state is None:
        return StateView("next", record.state or _("No procedure"))
    label = state.label
    if state.kind == StateKind.STOPPED:
        return StateView("gone", label)
    if state.kind == StateKind.END or record.is_closed:
        return StateView("done", label)
    standing = _due_standing(record, today)
    if standing is Standing.LATE and record.due_on is not None:
        late = (today - record.due_on).days
        word = ngettext("%(days)s day overdue", "%(days)s days overdue", late) % {"days": late}
        return StateView("late", word, _under(label, record.due_on))
    if standing is Standing.SOON and record.due_on is not None:
        return StateView("soon", label, _("due %(day)s") % {"day": format_date(record.due_on, language())})
    return StateView("soon" if state.kind == StateKind.SIDE else "doing", label)


def head_view(record: Record, case: Case | None, today: dt.date) -> StateView:
    """As `state_view`, but naming the state: at the head of a page the deadline stands beside it."""
    view = state_view(record, case, today)
    return StateView("late", case.state.label) if case is not None and view.state == "late" else view


def _due_standing(record: Record, today: dt.date) -> Standing | None:
    if record.due_on is None:
        return None
    return standing_of(record.due_on, today, record.due_rule.soon_days if record.due_rule else 3)


def _under(label: str, due: dt.date) -> str:
    return _("%(state)s, due %(day)s") % {"state": label, "day": format_date(due, language())}
