"""Signing: the whole content is frozen, estimates enter the ledger, the period is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import assignments_of
from bonphuong.kernel import clock
from bonphuong.kernel.canonical import canonical, digest_of
from bonphuong.kernel.errors import ProductError
from bonphuong.ledger.enums import Bound, StatementKind
from bonphuong.ledger.models import BookHead
from bonphuong.ledger.services import close_period, post_statement
from bonphuong.reports.checks import key_of
from bonphuong.reports.composing import compose
from bonphuong.reports.enums import EditionStatus, Severity
from bonphuong.reports.gathering import gather
from bonphuong.reports.models import Edition, EditionContent
from bonphuong.reports.reviews import review_checks
from bonphuong.reports.rules import must
from bonphuong.reports.services.drafting import frame_of, lock_draft, reading_moment
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.reports.composing import Content
    from bonphuong.reports.ground import Ground


class NotReady(ProductError):
    """A report that cannot be signed as it is: checks that fail, or warnings without a reason."""

    code = "not_ready"

    def __init__(self, message: str, checks: list[dict[str, Any]]) -> None:
        super().__init__(message)
        self.checks = checks


def sign_edition(
    *,
    actor: User,
    edition: Edition,
    reason: str = "",
    reasons: Mapping[str, str] | None = None,
    paper_number: str = "",
    paper_on: dt.date | None = None,
    close: bool = True,
) -> Edition:
    """Sign a draft: its whole content is frozen as it stands now.

    Checks that fail refuse; warnings, those of the review too, need a reason: `reason` for all, or one for each in
    `reasons` by `checks.key_of`. Estimates enter the ledger as statements of the signer. With `close` a period that is
    over is closed for this report. An edition signed before for the same period is superseded. Raises NotAllowed,
    NotReady, Conflict.
    """
    office = edition.office_code
    must(actor, Permission.REPORT_SIGN, office)
    own = {key: text.strip() for key, text in (reasons or {}).items() if text.strip()}
    said = "; ".join(dict.fromkeys(filter(None, [reason.strip(), *own.values()])))
    with acting(actor=actor, verb="reports.edition.sign", office=office, reason=said, obj=edition):
        row = lock_draft(edition)
        _supersede(row)
        # Held until the end: nobody posts between the figures that are read and their freezing.
        heads = BookHead.objects.select_for_update().order_by("pk")
        list(heads if row.definition.content.get("collects") else heads.filter(pk=row.book))
        ground = gather(row.definition, office, row.period, row)
        moment = reading_moment(ground)
        frame = frame_of(
            row,
            as_of=moment,
            status=EditionStatus.SIGNED,
            signer=actor.get_full_name(),
            title=_title(actor, office, ground.language),
            paper_number=paper_number,
            paper_on=paper_on,
            reason=reason,
        )
        content = compose(ground, frame)
        _accept([*content["checks"], *review_checks(row)], reason.strip(), own)
        _freeze(row, content, moment, actor)
        _post_estimates(row, ground, actor)
        if close and ground.day > row.until:
            _close(row, actor)
        row.status, row.sign_reason = EditionStatus.SIGNED, said[:500]
        row.paper_number, row.paper_on = paper_number, paper_on
        row.is_demo = ground.is_demo
        row.save(update_fields=["status", "sign_reason", "paper_number", "paper_on", "is_demo"])
    edition.refresh_from_db()
    return edition


def _accept(checks: Sequence[dict[str, Any]], reason: str, reasons: Mapping[str, str]) -> None:
    """Refuse what fails and what nobody has given a reason for; the reason stands beside its warning from then on.

    A warning that came up after the person saw the page has no reason of its own.
    """
    bad = [check for check in checks if check["severity"] == Severity.ERROR]
    if bad:
        raise NotReady(_("The report cannot be signed: %(what)s") % {"what": bad[0]["message"]}, bad)
    doubtful = [check for check in checks if check["severity"] == Severity.WARNING]
    bare = [check for check in doubtful if not reasons.get(key_of(check), reason)]
    if bare and reasons:
        raise NotReady(_("Say too why it is signed over this: %(what)s") % {"what": bare[0]["message"]}, bare)
    if bare:
        raise NotReady(_("Some checks warn. Say why the report is signed nevertheless."), bare)
    for check in doubtful:
        check["reason"] = reasons.get(key_of(check), reason)


def _freeze(row: Edition, content: Content, moment: dt.datetime, actor: User) -> None:
    text = canonical(content)
    EditionContent.objects.create(
        edition=row,
        content=text,
        digest=digest_of(text),
        as_of=moment,
        heads=content["heads"],
        signed_id=str(actor.pk),
        signed_name=actor.get_full_name(),
        signed_at=clock.now(),
    )


def _post_estimates(row: Edition, ground: Ground, actor: User) -> None:
    if not ground.is_open:
        return
    for name, value in ground.estimates.items():
        figure = ground.counted.found[name, "period"]
        post_statement(
            book=row.book,
            office=row.office_code,
            measure=figure.indicator.measure,
            since=row.since,
            until=row.until,
            value=value,
            kind=StatementKind.ESTIMATE,
            bound=Bound.ESTIMATED,
            dimensions={key: ",".join(codes) for key, codes in figure.indicator.filters.items()},
            edition_uid=row.pk,
            replaces=figure.estimate.statement.uid if figure.estimate is not None else None,
            signer=actor.get_full_name(),
        )


def _close(row: Edition, actor: User) -> None:
    close_period(
        book=row.book,
        office=row.office_code,
        report=row.code,
        period=row.period_code,
        since=row.since,
        until=row.until,
        by=actor.get_full_name(),
    )


def _supersede(row: Edition) -> None:
    signed = Edition.objects.select_for_update().filter(
        code=row.code,
        office_code=row.office_code,
        language=row.language,
        period_code=row.period_code,
        cutoff=row.cutoff,
        status=EditionStatus.SIGNED,
    )
    for earlier in signed:
        earlier.status = EditionStatus.SUPERSEDED
        earlier.save(update_fields=["status"])


def _title(actor: User, office: str, language: str) -> str:
    titles = [a for a in assignments_of(actor) if a.office_id == office] or list(assignments_of(actor))
    return titles[0].title(language) if titles else ""
