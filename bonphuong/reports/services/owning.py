"""An office's own form of a report: copied, changed step by step, tried with figures, put in force from a day, ended."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import book_of
from bonphuong.indicators.own import measures_known
from bonphuong.kernel import clock
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.errors import BadInput, Conflict, ProductError
from bonphuong.kernel.languages import reader_language
from bonphuong.kernel.periods import Cutoff, Period, PeriodKind
from bonphuong.reports.composing import Frame, compose
from bonphuong.reports.enums import Cutoff as CutoffChoice
from bonphuong.reports.enums import LateRule
from bonphuong.reports.gathering import gather
from bonphuong.reports.models import FormDraft, ReportDefinition
from bonphuong.reports.queries import definition_on
from bonphuong.reports.rules import must
from bonphuong.reports.schema import read_definition
from bonphuong.reports.services.definitions import adopt_definition
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from bonphuong.accounts.models import User
    from bonphuong.reports.composing import Content

#: So much text a form may hold; the shipped ones have a tenth of it.
MOST_CHARACTERS = 1_000_000
#: What a content that only looks like a form makes the gate stumble over.
_STUMBLES = (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError)
#: Years of a report over several, where nobody names them.
_TERM = 5
_CHANGEABLE = {"content", "cutoff", "late_rule"}


def begin_form(
    *,
    actor: User,
    office: str,
    code: str,
    language: str = "vi",
    base: ReportDefinition | None = None,
    reason: str = "",
) -> FormDraft:
    """The office's draft of a form: the one that is there, else a copy of `base` or of the form in force today.

    An old version as `base` takes the place of what the draft held. Raises NotAllowed, BadInput.
    """
    must(actor, Permission.SETTINGS_CHANGE, office)
    found = FormDraft.objects.filter(office_code=office, code=code, language=language).first()
    row = base or definition_on(code, office, clock.today(), language)
    if row.office_code not in ("", office) or row.code != code or row.language != language:
        raise BadInput({"base": [_("This is no form of this report of this office.")]})
    if found is not None and base is None:
        return found
    copied = {"base": row, "content": row.content, "cutoff": row.cutoff, "late_rule": row.late_rule}
    with acting(actor=actor, verb="reports.definition.begin", office=office, reason=reason, obj=code):
        if found is None:
            return FormDraft.objects.create(
                office_code=office, code=code, language=language, changed_by=str(actor), **copied
            )
        return _saved(found, actor, copied)


def change_form(*, actor: User, draft: FormDraft, expected_version: int | None, **changes: Any) -> FormDraft:
    """Keep a change of a draft, with mistakes too: they are told beside their places and stop only putting in force.

    `changes` are of content, cutoff, late_rule. Raises NotAllowed; Conflict where somebody changed it since; BadInput.
    """
    must(actor, Permission.SETTINGS_CHANGE, draft.office_code)
    unknown = set(changes) - _CHANGEABLE
    if unknown:
        raise ValueError(f"no such part of a form: {min(unknown)}")
    _judge(changes)
    verb = "reports.definition.change"
    with acting(actor=actor, verb=verb, office=draft.office_code, obj=draft.code):
        held = FormDraft.objects.select_for_update().filter(pk=draft.pk).first()
        if held is None:
            raise Conflict(_("This draft is not there any more."))
        if expected_version is not None and held.version != expected_version:
            told = {"who": held.changed_by}
            raise Conflict(_("%(who)s changed this form in the meantime. Look at it and do it again.") % told)
        return _saved(held, actor, changes)


def _judge(changes: Mapping[str, Any]) -> None:
    wrong: dict[str, list[str]] = {}
    if changes.get("cutoff", CutoffChoice.CALENDAR) not in CutoffChoice.values:
        wrong["cutoff"] = [_("Choose where the periods are cut.")]
    if changes.get("late_rule", LateRule.CARRY) not in LateRule.values:
        wrong["late_rule"] = [_("Choose what becomes of late figures.")]
    content = changes.get("content", {})
    if not isinstance(content, dict):
        wrong["content"] = [_("A form is an object of JSON.")]
    elif not _can_be_kept(content):
        wrong["content"] = [_("The form holds characters or numbers that cannot be kept, or is too long.")]
    if wrong:
        raise BadInput(wrong)


def _can_be_kept(content: Mapping[str, Any]) -> bool:
    """Whether every database takes it: text of real characters, finite numbers, within bounds."""
    try:
        text = json.dumps(content, ensure_ascii=False, allow_nan=False)
        text.encode()
    except (UnicodeEncodeError, ValueError, RecursionError):
        return False
    return len(text) <= MOST_CHARACTERS and "\\u0000" not in text


def _saved(held: FormDraft, actor: User, changes: Mapping[str, Any]) -> FormDraft:
    for name, value in changes.items():
        setattr(held, name, value)
    held.version += 1
    held.changed_by, held.changed_at = str(actor), clock.now()
    held.save()
    return held


def discard_form(*, actor: User, draft: FormDraft) -> None:
    """Throw a draft away; what is in force stays. Raises NotAllowed."""
    must(actor, Permission.SETTINGS_CHANGE, draft.office_code)
    verb = "reports.definition.discard"
    with acting(actor=actor, verb=verb, office=draft.office_code, obj=draft.code):
        draft.delete()


def mistakes_in(content: object, office: str) -> dict[str, list[str]]:
    """Place → what is wrong there, as the gate names it; {} where the form may be put in force."""
    try:
        read_definition(content, measures_known(book_of(office)))
    except BadInput as refusal:
        return dict(refusal.errors)
    except _STUMBLES:
        return {"": [_("This is not built as a form is: a part is missing or has the wrong sort of value.")]}
    return {}


def try_form(*, actor: User, draft: FormDraft, period: str) -> Content:
    """The report as this form would tell it of a period, with the figures of now; nothing is kept.

    Raises NotAllowed, BadInput for a form with mistakes or a period that it is not written for.
    """
    must(actor, Permission.SETTINGS_CHANGE, draft.office_code)
    must(actor, Permission.FIGURE_VIEW, draft.office_code)
    kinds = draft.content.get("periods", ()) if isinstance(draft.content, dict) else ()
    span = Period.parse(period, Cutoff(draft.cutoff))
    if kinds and span.kind not in kinds:
        raise BadInput({"period": [_("This form is not written for such a period.")]})
    return _composed(draft, span)


def _composed(draft: FormDraft, span: Period) -> Content:
    wrong = mistakes_in(draft.content, draft.office_code)
    if wrong:
        raise BadInput(wrong, _("The form has mistakes: mend them first."))
    row = ReportDefinition(
        code=draft.code,
        office_code=draft.office_code,
        language=draft.language,
        version=0,
        cutoff=draft.cutoff,
        late_rule=draft.late_rule,
        content=draft.content,
    )
    try:
        return compose(gather(row, draft.office_code, span), Frame(as_of=clock.now()))
    except ProductError:
        raise
    except _STUMBLES as error:
        message = _("The report cannot be made by this form: a part has the wrong sort of value (%(error)s).")
        raise BadInput({"": [message % {"error": error}]}) from error


def adopt_form(
    *,
    actor: User,
    draft: FormDraft,
    valid_from: dt.date,
    reason: str,
    source: str = "",
    expected_version: int,
) -> ReportDefinition:
    """The draft becomes the office's form from a day on, as a version that is never rewritten; the draft is gone.

    It is tried with the last whole period first. Raises NotAllowed, Conflict, BadInput.
    """
    must(actor, Permission.SETTINGS_CHANGE, draft.office_code)
    if draft.version != expected_version:
        raise Conflict(_("This form was changed in the meantime. Look at it again."))
    if not reason.strip():
        raise BadInput({"reason": [_("Say why the form changes.")]})
    base = draft.base
    same = (base.content, base.cutoff, base.late_rule) == (draft.content, draft.cutoff, draft.late_rule)
    if same and base.office_code == draft.office_code and base.valid_to is None:
        raise BadInput({"": [_("Nothing was changed.")]})
    _composed(draft, last_period(draft))
    verb = "reports.definition.adopt"
    with acting(actor=actor, verb=verb, office=draft.office_code, reason=reason, obj=draft.code):
        made = adopt_definition(
            actor=actor,
            office=draft.office_code,
            code=draft.code,
            valid_from=valid_from,
            reason=reason,
            language=draft.language,
            content=draft.content,
            cutoff=draft.cutoff,
            late_rule=draft.late_rule,
            source=source,
        )
        draft.delete()
        return made


def last_period(draft: FormDraft) -> Period:
    """The newest period that is over, of the first kind that the form is written for; of several years the last five."""
    kinds = draft.content.get("periods") or ["month"]
    cutoff = Cutoff(draft.cutoff)
    if cutoff is Cutoff.FREE:
        cutoff = Cutoff.CALENDAR
    if kinds[0] in (PeriodKind.RANGE, PeriodKind.TERM):
        last = Period.of(clock.today(), PeriodKind.YEAR, cutoff).previous().year
        return Period.term(last - _TERM + 1, last, cutoff=cutoff)
    return Period.of(clock.today(), kinds[0], cutoff).previous()


def end_own_form(
    *, actor: User, office: str, code: str, language: str, on: dt.date, reason: str
) -> list[ReportDefinition]:
    """The office's own form holds until that day; afterwards the shipped one does again. Raises NotAllowed, BadInput."""
    must(actor, Permission.SETTINGS_CHANGE, office)
    rows = ReportDefinition.objects.filter(
        code=code, office_code=office, language=language, valid_to__isnull=True
    )
    found = list(rows)
    if not found:
        raise BadInput({"on": [_("The office has no form of its own that still holds.")]})
    late = max((row.valid_from for row in found if row.valid_from), default=None)
    if late is not None and on < late:
        told = {"day": format_date(late, reader_language())}
        raise BadInput({"on": [_("It begins on %(day)s: it cannot end before.") % told]})
    with acting(actor=actor, verb="reports.definition.end", office=office, reason=reason, obj=code):
        for row in found:
            row.valid_to = on
            row.save(update_fields=["valid_to"])
    return found
