"""Drafts: begun, written, estimated, thrown away, and read as things are now."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import book_of
from bonphuong.indicators.models import Indicator
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, Conflict
from bonphuong.kernel.money import to_scaled
from bonphuong.ledger.models import BookHead
from bonphuong.ledger.queries import moment_of
from bonphuong.reports.composing import Frame, compose
from bonphuong.reports.enums import EditionStatus, SlotState
from bonphuong.reports.gathering import gather
from bonphuong.reports.models import DraftEstimate, DraftText, Edition
from bonphuong.reports.queries import definition_and_period
from bonphuong.reports.references import check_references
from bonphuong.reports.rules import must
from bonphuong.reports.schema import read_definition
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from decimal import Decimal

    from bonphuong.accounts.models import User
    from bonphuong.reports.composing import Content
    from bonphuong.reports.ground import Ground

_STEP = dt.timedelta(microseconds=1)


def build_draft(
    *, actor: User, office: str, code: str, period: str, language: str = "vi", reason: str = ""
) -> Edition:
    """The draft of a report for a period: the one that is there, or a new one with the last edition's texts.

    Where a signed edition of the period exists, the new one will take its place; that needs a reason. Raises
    NotAllowed, BadInput.
    """
    must(actor, Permission.REPORT_DRAFT, office)
    definition, span = definition_and_period(code, office, period, language)
    series = Edition.objects.of(code, office).filter(
        language=language, period_code=span.code, cutoff=str(span.cutoff)
    )
    draft = series.filter(status=EditionStatus.DRAFT).first()
    if draft is not None:
        return draft
    last = series.last()
    if last is not None and not reason.strip():
        raise BadInput({"reason": [_("This report has been signed. Say why there is to be another.")]})
    verb = "reports.draft.begin" if last is None else "reports.edition.supersede"
    with acting(actor=actor, verb=verb, office=office, reason=reason, obj=f"{code} {span.code}"):
        edition = Edition.objects.create(
            definition=definition,
            code=code,
            office_code=office,
            book=book_of(office),
            language=language,
            period_code=span.code,
            cutoff=str(span.cutoff),
            since=span.since,
            until=span.until,
            number=1 if last is None else last.number + 1,
            reason=reason[:500],
        )
        _carry_texts(edition)
        return edition


def _carry_texts(edition: Edition) -> None:
    """Begin with what was written last time: people change a report more often than they write one."""
    earlier = Edition.objects.of(edition.code, edition.office_code).filter(
        language=edition.language, until__lte=edition.until
    )
    last = earlier.exclude(pk=edition.pk).last()
    if last is not None:
        DraftText.objects.bulk_create(
            DraftText(edition=edition, slot=t.slot, body=t.body, state=t.state, is_carried=True)
            for t in last.texts.all()
        )


def write_text(
    *,
    actor: User,
    edition: Edition,
    slot: str,
    body: str,
    state: str = "",
    expected_version: int | None = None,
) -> DraftText:
    """Write a part of a draft, or say that nothing happened or that it is not applicable.

    Figures of the report may be named in braces. `expected_version` is that of the text which the person saw (0 for
    none); Conflict where somebody else wrote since. Raises NotAllowed, BadInput.
    """
    must(actor, Permission.REPORT_DRAFT, edition.office_code)
    if slot not in read_definition(edition.definition.content).slots:
        raise BadInput({"slot": [_("The report has no part “%(name)s”.") % {"name": slot}]})
    body = unicodedata.normalize("NFC", body.replace("\r\n", "\n")).strip()
    wrong = wrong_references(edition, body)
    if wrong:
        raise BadInput({"body": wrong})
    verb = "reports.draft.write"
    with acting(actor=actor, verb=verb, office=edition.office_code, obj=edition):
        lock_draft(edition)
        text = DraftText.objects.select_for_update().filter(edition=edition, slot=slot).first()
        known = 0 if text is None else text.version
        if expected_version is not None and expected_version != known:
            raise Conflict(
                _("Somebody else has written this part since you opened it. Nothing was overwritten.")
            )
        text = text or DraftText(edition=edition, slot=slot)
        text.body, text.state = body, SlotState(state)
        text.is_carried, text.version = False, known + 1
        text.updated_by, text.updated_at = actor.get_full_name(), clock.now()
        text.save()
        return text


def wrong_references(edition: Edition, body: str) -> list[str]:
    """What is wrong with the figures that a text names, in words; no query for a text without braces."""
    if "{" not in body:
        return []
    definition = read_definition(edition.definition.content)
    used = {spec.indicator for spec in definition.figures.values()}
    labels = {row.code: row.label(edition.language) for row in Indicator.objects.filter(pk__in=used)}
    return check_references(body, definition, labels)


def set_estimate(
    *, actor: User, edition: Edition, figure: str, value: Decimal | None, note: str = ""
) -> DraftEstimate | None:
    """Give the figure that is expected by the end of a period that is not over; None takes it away.

    Only main figures of the report may be estimated. Raises NotAllowed, BadInput.
    """
    must(actor, Permission.REPORT_DRAFT, edition.office_code)
    spec = read_definition(edition.definition.content).figures.get(figure)
    if spec is None or not spec.headline:
        raise BadInput({"figure": [_("This figure cannot be estimated.")]})
    if value is not None and clock.today() > edition.until:
        raise BadInput({"value": [_("The period is over: its figures are counted, not estimated.")]})
    if value is not None and value < 0:
        raise BadInput({"value": [_("An estimate is not below zero.")]})
    verb = "reports.draft.estimate"
    with acting(actor=actor, verb=verb, office=edition.office_code, reason=note, obj=edition):
        lock_draft(edition)
        if value is None:
            DraftEstimate.objects.filter(edition=edition, figure=figure).delete()
            return None
        measure = Indicator.objects.get(pk=spec.indicator).get_measure()
        found, _made = DraftEstimate.objects.update_or_create(
            edition=edition,
            figure=figure,
            defaults={
                "value": to_scaled(value, measure.exponent),
                "note": note[:300],
                "entered_by": actor.get_full_name(),
            },
        )
        return found


def discard_draft(*, actor: User, edition: Edition, reason: str = "") -> None:
    """Throw a draft away with its texts. Raises NotAllowed, Conflict for one that is signed."""
    must(actor, Permission.REPORT_DRAFT, edition.office_code)
    verb = "reports.draft.discard"
    with acting(actor=actor, verb=verb, office=edition.office_code, reason=reason, obj=edition):
        lock_draft(edition).delete()


def draft_content(edition: Edition) -> Content:
    """The content of a draft as things are now. Nothing is written."""
    ground = gather(edition.definition, edition.office_code, edition.period, edition)
    return compose(ground, frame_of(edition, as_of=reading_moment(ground)))


def reading_moment(ground: Ground) -> dt.datetime:
    """The moment that the ground stands at: no later posting can come to lie at it or before it."""
    heads = BookHead.objects.filter(pk__in=ground.counted.heads).values_list("posted_at", flat=True)
    return max([clock.now() - _STEP, *(moment_of(posted_at) for posted_at in heads)])


def lock_draft(edition: Edition) -> Edition:
    """The draft's row, locked until the transaction ends. Raises Conflict where it has been signed."""
    row = Edition.objects.select_for_update(of=("self",)).select_related("definition").get(pk=edition.pk)
    if not row.is_draft:
        raise Conflict(_("This report has been signed meanwhile; it can no longer be changed."))
    return row


def frame_of(
    edition: Edition, *, as_of: dt.datetime, status: str = EditionStatus.DRAFT, **more: Any
) -> Frame:
    """What a content says of the edition itself."""
    return Frame(as_of=as_of, uid=str(edition.pk), number=edition.number, status=status, **more)
