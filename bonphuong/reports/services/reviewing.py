"""The review of a draft: asking, remarking, answering, settling. A signed edition takes none of it any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.notices.enums import NoticeKind
from bonphuong.notices.services import Telling, overtake, tell
from bonphuong.papers.validators import check_texts
from bonphuong.reports.enums import ReviewState
from bonphuong.reports.models import CommentReply, Review, ReviewComment
from bonphuong.reports.places import MOST_QUOTED, WHOLE
from bonphuong.reports.reviews import asked_of, may_review, people_of, seats_for
from bonphuong.reports.rules import must
from bonphuong.reports.services.drafting import lock_draft
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from bonphuong.accounts.enums import Role
    from bonphuong.accounts.models import User
    from bonphuong.reports.models import Edition
    from bonphuong.reports.places import Place
    from bonphuong.reports.reviews import Seat

PAGE = "desk:report-review"
_LONG = 4000
_TOLD = 120


def ask_review(
    *,
    actor: User,
    edition: Edition,
    due_on: dt.date,
    people: Sequence[User] = (),
    seats: Sequence[tuple[Role, str]] = (),
    question: str = "",
) -> list[Review]:
    """Ask people by name, and roles of offices whoever holds them, to review a draft until a day.

    Who is asked already and has not answered is not asked twice. Raises NotAllowed, BadInput, Conflict,
    ClassifiedPaper.
    """
    must(actor, Permission.REPORT_DRAFT, edition.office_code)
    known = seats_for(edition.office_code)
    _refuse_asking(known, people, seats, due_on)
    check_texts(question)
    verb = "reports.review.ask"
    with acting(actor=actor, verb=verb, office=edition.office_code, obj=edition):
        row = lock_draft(edition)
        waiting = {(one.person_id, one.role, one.seat) for one in row.reviews.waiting()}
        asked: list[tuple[User | None, str, str]] = [(person, "", "") for person in people]
        asked += [(None, str(role), office) for role, office in seats]
        made = [
            Review(
                edition=row,
                person=person,
                role=role,
                seat=seat,
                question=question.strip()[:1000],
                due_on=due_on,
                asked_by=actor,
                asked_name=actor.get_full_name(),
                asked_at=clock.now(),
            )
            for person, role, seat in asked
            if (None if person is None else person.pk, role, seat) not in waiting
        ]
        Review.objects.bulk_create(made)
        for one in made:
            _tell(_asked(one, known), one.edition, NoticeKind.REVIEW_ASKED, actor)
        return made


def _refuse_asking(
    known: Sequence[Seat], people: Sequence[User], seats: Sequence[tuple[Role, str]], due_on: dt.date
) -> None:
    errors: dict[str, list[str]] = {}
    if not people and not seats:
        errors["people"] = [_("Choose who is to review it.")]
    reached = {person.pk for person in people_of(known)}
    if any(person.pk not in reached for person in people):
        errors["people"] = [_("Only people who see reports of the office can review them.")]
    if not set(seats) <= {(seat.role, seat.office) for seat in known}:
        errors["seats"] = [_("Nobody holds that role there.")]
    if due_on < clock.today():
        errors["due_on"] = [_("This day is over.")]
    if errors:
        raise BadInput(errors)


def withdraw_review(*, actor: User, review: Review, reason: str = "") -> Review:
    """Ask no longer. Raises NotAllowed; Conflict where it was answered meanwhile or the report was signed."""
    must(actor, Permission.REPORT_DRAFT, review.edition.office_code)
    office = review.edition.office_code
    with acting(
        actor=actor, verb="reports.review.withdraw", office=office, reason=reason, obj=review.edition
    ):
        row = _locked(review)
        row.state, row.said = ReviewState.WITHDRAWN, reason.strip()[:1000]
        row.save(update_fields=["state", "said"])
        people = _asked(row, seats_for(office))
        _tell(people, row.edition, NoticeKind.REVIEW_WITHDRAWN, actor)
        return row


def answer_review(*, actor: User, review: Review, approve: bool, said: str = "") -> Review:
    """Agree to a draft, or return it with a reason, for oneself or for a role that one holds.

    Raises NotAllowed, BadInput; Conflict where somebody answered for the role meanwhile, or it was withdrawn, or
    the report was signed.
    """
    edition = review.edition
    if not asked_of(actor, edition).filter(pk=review.pk).exists():
        raise NotAllowed(_("This review was not asked of you."))
    if not approve and not said.strip():
        raise BadInput({"said": [_("Say why it is returned.")]})
    check_texts(said)
    verb = "reports.review.answer"
    with acting(actor=actor, verb=verb, office=edition.office_code, reason=said, obj=edition):
        row = _locked(review)
        row.state = ReviewState.APPROVED if approve else ReviewState.RETURNED
        row.said, row.answered_name, row.answered_at = said.strip()[:1000], actor.get_full_name(), clock.now()
        row.save(update_fields=["state", "said", "answered_name", "answered_at"])
        words = {lang: _answer_words(lang, approve=approve, said=row.said) for lang in ("vi", "en")}
        if not row.edition.reviews.waiting().exists():
            overtake(edition.pk, (NoticeKind.REVIEW_ASKED,))
        _tell([row.asked_by], edition, NoticeKind.REVIEW_ANSWERED, actor, answer=words)
        return row


def _answer_words(language: str, *, approve: bool, said: str) -> str:
    with override(language):
        word = _("agrees") if approve else _("returns it")
    return f"{word}: {Truncator(said).chars(_TOLD)}" if said else word


def add_comment(*, actor: User, edition: Edition, body: str, place: Place = WHOLE) -> ReviewComment:
    """Remark on a place of a draft (see `places`). Raises NotAllowed, BadInput, Conflict, ClassifiedPaper."""
    _refuse_stranger(actor, edition)
    text = _worded(body)
    verb = "reports.review.comment"
    with acting(actor=actor, verb=verb, office=edition.office_code, obj=edition):
        row = lock_draft(edition)
        made = ReviewComment.objects.create(
            edition=row,
            kind=place.kind,
            section=place.section,
            ref=place.ref,
            quote=place.quote[:MOST_QUOTED],
            body=text,
            author=actor,
            author_name=actor.get_full_name(),
            at=clock.now(),
        )
        _tell_remark(_askers(row), row, actor, text)
        return made


def reply_comment(*, actor: User, comment: ReviewComment, body: str) -> CommentReply:
    """Answer a remark. Raises NotAllowed, BadInput, Conflict, ClassifiedPaper."""
    edition = comment.edition
    _refuse_stranger(actor, edition)
    text = _worded(body)
    verb = "reports.review.reply"
    with acting(actor=actor, verb=verb, office=edition.office_code, obj=edition):
        row = lock_draft(edition)
        made = CommentReply.objects.create(
            comment=comment, body=text, author=actor, author_name=actor.get_full_name(), at=clock.now()
        )
        others = [reply.author for reply in comment.replies.select_related("author")]
        _tell_remark([comment.author, *others, *_askers(row)], row, actor, text)
        return made


def settle_comment(
    *, actor: User, comment: ReviewComment, expected_version: int, settled: bool = True
) -> ReviewComment:
    """Settle a remark, or open it again: whoever made it and whoever drafts.

    Raises NotAllowed; Conflict where somebody else did so since `expected_version`, or the report was signed.
    """
    edition = comment.edition
    _refuse_stranger(actor, edition)
    if comment.author_id != actor.pk and not can(actor, Permission.REPORT_DRAFT, edition.office_code):
        raise NotAllowed(_("Only who made the remark and who drafts the report settle it."))
    verb = "reports.review.settle"
    with acting(actor=actor, verb=verb, office=edition.office_code, obj=edition):
        lock_draft(edition)
        rows = ReviewComment.objects.filter(pk=comment.pk, version=expected_version)
        done = rows.update(
            settled_name=actor.get_full_name() if settled else "",
            settled_at=clock.now() if settled else None,
            version=F("version") + 1,
        )
        if not done:
            raise Conflict(_("Somebody else has settled or opened this remark since you opened the page."))
        comment.refresh_from_db()
        return comment


def _refuse_stranger(actor: User, edition: Edition) -> None:
    if not may_review(actor, edition):
        raise NotAllowed(_("This review was not asked of you."))


def _worded(body: str) -> str:
    text = body.strip()
    if not text:
        raise BadInput({"body": [_("Write something.")]})
    if len(text) > _LONG:
        raise BadInput({"body": [_("Keep it under %(n)s letters.") % {"n": _LONG}]})
    check_texts(text)
    return text


def _locked(review: Review) -> Review:
    """The review's row, locked, still waiting, of an edition that is still a draft."""
    edition = lock_draft(review.edition)
    row = Review.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=review.pk)
    row.edition = edition
    if not row.is_waiting:
        raise Conflict(_("This review was answered or withdrawn meanwhile."))
    return row


def _asked(review: Review, known: Iterable[Seat]) -> list[User]:
    if review.person is not None:
        return [review.person]
    return people_of(seat for seat in known if (seat.role, seat.office) == (review.role, review.seat))


def _askers(edition: Edition) -> list[User]:
    return [row.asked_by for row in edition.reviews.select_related("asked_by")]


def _tell_remark(people: Iterable[User], edition: Edition, actor: User, text: str) -> None:
    _tell(people, edition, NoticeKind.REVIEW_REMARK, actor, words=Truncator(text).chars(_TOLD))


def _tell(people: Iterable[User], edition: Edition, kind: str, actor: User, **params: object) -> None:
    others = [person for person in people if person.pk != actor.pk]
    told = {"name": actor.get_full_name(), "report": _called(edition), **params}
    tell(others, Telling(kind, edition.pk, PAGE, told))


def _called(edition: Edition) -> dict[str, str]:
    """What a report is called in each language of the interface."""
    found = {}
    for language in ("vi", "en"):
        with override(language):
            found[language] = _("the report for %(period)s") % {"period": edition.period.label(language)}
    return found
