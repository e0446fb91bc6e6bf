"""Letters about packages: questions, returns and acceptances as the province takes them in, and its answers back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from bonphuong.accounts.queries import people_at
from bonphuong.accounts.rules import can
from bonphuong.exchange.enums import LetterKind, ReceivedState, SentState
from bonphuong.exchange.envelope import Envelope, open_envelope, seal
from bonphuong.exchange.errors import PackageError
from bonphuong.exchange.models import LineQuery, ReceivedPackage, SentPackage
from bonphuong.exchange.rules import HANDLE, must
from bonphuong.exchange.services.receiving import LETTER, check_key, told_of
from bonphuong.exchange.signing import own_key
from bonphuong.kernel import clock
from bonphuong.kernel.canonical import canonical, moment_text
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.notices.enums import NoticeKind
from bonphuong.notices.services import Telling, tell
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from bonphuong.accounts.models import User

_STATES = {
    LetterKind.QUERY: SentState.QUERIED,
    LetterKind.RETURN: SentState.RETURNED,
    LetterKind.ACCEPT: SentState.ACCEPTED,
}


def take_in_letter(data: bytes, *, actor: User) -> SentPackage | ReceivedPackage:
    """Take in a letter about a package: to a province what the receiver says, to the receiver the province's answers.

    The same letter twice changes nothing. Raises PackageError, NotAllowed.
    """
    if not can(actor, HANDLE):
        raise NotAllowed(_("You may not take in packages."))
    envelope = open_envelope(data)
    if not can(actor, HANDLE, envelope.receiver):
        message = _("The package is for “%(office)s”, where you do not take in packages.")
        raise PackageError(message % {"office": envelope.receiver[:80]}, code="not_ours")
    if envelope.kind == LetterKind.REPORT or envelope.kind not in LetterKind.values:
        raise PackageError(_("This file is a package of a report, not a letter about one."), code="kind")
    check_key(envelope)
    body = envelope.read_json(LETTER)
    try:
        if envelope.kind == LetterKind.ANSWER:
            return _take_answers(envelope, body, actor)
        return _take_word(envelope, body, actor)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PackageError(_("The letter is damaged."), code="bad_letter") from error


def answer_query(query: LineQuery, *, text: str, actor: User) -> LineQuery:
    """Answer a question on a figure of a package made here. Raises NotAllowed, BadInput."""
    sent = query.sent
    if sent is None:
        raise BadInput({"": [_("This question is answered where the package was made.")]})
    must(actor, HANDLE, sent.office_code)
    if not text.strip():
        raise BadInput({"answer": [_("Write an answer.")]})
    with acting(actor=actor, verb="exchange.query.answer", office=sent.office_code, obj=sent, reason=text):
        row = LineQuery.objects.select_for_update().get(pk=query.pk)
        row.answer, row.answered_by, row.answered_at = text.strip()[:2000], actor.get_full_name(), clock.now()
        row.save(update_fields=["answer", "answered_by", "answered_at"])
        if sent.state == SentState.QUERIED and not sent.queries.filter(answered_at__isnull=True).exists():
            SentPackage.objects.filter(pk=sent.pk).update(state=SentState.ANSWERED)
            sent.refresh_from_db()
        return row


def answer_file(package: SentPackage, *, actor: User) -> bytes:
    """The signed answers to the questions on a package. Raises NotAllowed, BadInput where nothing is answered."""
    must(actor, HANDLE, package.office_code)
    answered = package.queries.filter(answered_at__isnull=False).order_by("asked_at", "uid")
    answers = [
        {"uid": str(one.pk), "answer": one.answer, "by": one.answered_by, "at": moment_text(one.answered_at)}
        for one in answered
    ]
    if not answers:
        raise BadInput({"": [_("No question has been answered yet.")]})
    body = {"package": package.file_digest, "answers": answers}
    return seal(
        LetterKind.ANSWER,
        {"about": package.file_digest, "title": str(package)},
        {LETTER: canonical(body).encode()},
        sender=package.office_code,
        receiver=package.to_office,
        key=own_key(package.office_code),
    )


def _take_word(envelope: Envelope, body: dict[str, Any], actor: User) -> SentPackage:
    sent = SentPackage.objects.filter(
        file_digest=body["package"], office_code=envelope.receiver, to_office=envelope.sender
    ).first()
    if sent is None:
        raise PackageError(_("The letter is about a package that was not made here."), code="unknown_package")
    kind = LetterKind(envelope.kind)
    with acting(actor=actor, verb="exchange.letter.take_in", office=sent.office_code, obj=sent):
        row = SentPackage.objects.select_for_update().get(pk=sent.pk)
        before = row.state
        for one in body["queries"]:
            _keep_query(row, one)
        state = _STATES[kind]
        if kind == LetterKind.QUERY and not row.queries.filter(answered_at__isnull=True).exists():
            state = SentState.ANSWERED
        # What was decided stands: a letter with questions that was under way longer does not undo it.
        if kind != LetterKind.QUERY or before not in {SentState.ACCEPTED, SentState.RETURNED}:
            row.state, row.reason = state, str(body["reason"])[:500]
            row.decided_at = dt.datetime.fromisoformat(body["at"]) if body["at"] else None
            row.save(update_fields=["state", "reason", "decided_at"])
        if row.state != before:
            others = [user for user in people_at([row.office_code], HANDLE) if user.pk != actor.pk]
            tell(
                others,
                Telling(NoticeKind.LETTER_CAME, row.pk, "desk:package-sent", told_of(row, row.to_office)),
            )
    return row


def _keep_query(row: SentPackage, one: dict[str, Any]) -> None:
    query, made = LineQuery.objects.get_or_create(
        pk=UUID(one["uid"]),
        defaults={
            "sent": row,
            "key": str(one["key"])[:200],
            "label": str(one["label"])[:300],
            "value": str(one["value"])[:200],
            "text": str(one["text"])[:1000],
            "asked_by": str(one["by"])[:200],
            "asked_at": dt.datetime.fromisoformat(one["at"]),
        },
    )
    if not made and query.sent_id is None:
        # Both offices keep their books here: the question is one row for both.
        query.sent = row
        query.save(update_fields=["sent"])


def _take_answers(envelope: Envelope, body: dict[str, Any], actor: User) -> ReceivedPackage:
    package = ReceivedPackage.objects.filter(
        file_digest=body["package"], office_code=envelope.sender, to_office=envelope.receiver
    ).first()
    if package is None:
        raise PackageError(
            _("The letter is about a package that was not taken in here."), code="unknown_package"
        )
    with acting(actor=actor, verb="exchange.letter.take_in", office=package.to_office, obj=package):
        row = ReceivedPackage.objects.select_for_update().get(pk=package.pk)
        queries = {str(one.pk): one for one in row.queries.select_for_update()}
        for one in body["answers"]:
            query = queries.get(one["uid"])
            if query is None:
                raise PackageError(
                    _("The letter answers a question that was not asked."), code="unknown_query"
                )
            query.answer, query.answered_by = str(one["answer"])[:2000], str(one["by"])[:200]
            query.answered_at = dt.datetime.fromisoformat(one["at"])
            query.save(update_fields=["answer", "answered_by", "answered_at"])
        if row.state == ReceivedState.QUERIED and not any(one.is_open for one in queries.values()):
            row.state = ReceivedState.RECEIVED
            row.save(update_fields=["state"])
        others = [user for user in people_at([row.to_office], HANDLE) if user.pk != actor.pk]
        tell(others, Telling(NoticeKind.LETTER_CAME, row.pk, "desk:package", told_of(row, row.office_code)))
    return row
