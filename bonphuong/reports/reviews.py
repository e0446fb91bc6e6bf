"""Reads of reviews: who may be asked, what waits for a person, what is still open before signing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.accounts.enums import Permission, Role
from bonphuong.accounts.models import Assignment, FocalAgency, Office
from bonphuong.accounts.rules import MATRIX, can
from bonphuong.kernel import clock
from bonphuong.reports.enums import EditionStatus, ReviewState, Severity
from bonphuong.reports.models import Edition, Review, ReviewComment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from bonphuong.accounts.models import User


@dataclass(frozen=True)
class Seat:
    """A role in an office, held by one or more people today."""

    role: Role
    office: str
    people: tuple[User, ...]


def may_review(user: User | AnonymousUser, edition: Edition) -> bool:
    """Whether the person reads remarks and may make them: who drafts or signs, and who was asked."""
    works = any(
        can(user, needed, edition.office_code) for needed in (Permission.REPORT_DRAFT, Permission.REPORT_SIGN)
    )
    return works or asked_of(user, edition).exists()


def asked_of(user: User | AnonymousUser, edition: Edition) -> QuerySet[Review]:
    """What the person is, or was, asked to review of this edition, and may still see."""
    if not can(user, Permission.REPORT_VIEW, edition.office_code):
        return Review.objects.none()
    return Review.objects.asked_of(user).filter(edition=edition)


def seats_for(office_code: str) -> list[Seat]:
    """The roles whose holders see reports of the office, with who holds them today; the nearest office first.

    These sit in the office itself, in one above it, or in the focal agency of its book. Three queries.
    """
    path = Office.objects.values_list("path", flat=True).filter(pk=office_code).first() or ""
    above = path.strip("/").split("/")
    focal = FocalAgency.objects.filter(book=above[0]).on(clock.today()).values_list("office_id", flat=True)
    offices = list(dict.fromkeys([*reversed(above), *sorted(focal)]))
    roles = [role for role, held in MATRIX.items() if Permission.REPORT_VIEW in held]
    rows = Assignment.objects.filter(office__in=offices, role__in=roles, user__is_active=True)
    held: dict[tuple[str, Role], list[User]] = {}
    for row in rows.on(clock.today()).select_related("user").order_by("user__full_name", "user__pk"):
        people = held.setdefault((row.office_id, Role(row.role)), [])
        if row.user not in people:
            people.append(row.user)
    order = sorted(held, key=lambda key: (offices.index(key[0]), list(Role).index(key[1])))
    return [Seat(role, office, tuple(held[office, role])) for office, role in order]


def people_of(seats: Iterable[Seat]) -> list[User]:
    """Everybody in these seats, each once."""
    return list({person.pk: person for seat in seats for person in seat.people}.values())


def reviews_waiting(user: User) -> QuerySet[Review]:
    """Drafts that wait for this person's review, the nearest due first."""
    seen = user.access().codes_for(Permission.REPORT_VIEW)
    rows = Review.objects.asked_of(user).waiting()
    drafts = rows.filter(edition__status=EditionStatus.DRAFT, edition__office_code__in=seen)
    return drafts.select_related("edition", "edition__definition").order_by("due_on", "uid")


def comments_of(edition: Edition) -> list[ReviewComment]:
    """Every remark on an edition with its answers, the oldest first; two queries."""
    return list(edition.comments.prefetch_related("replies").order_by("at", "uid"))


def review_checks(edition: Edition) -> list[dict[str, Any]]:
    """What of the review warns before signing, in the shape of the content's checks; it never enters the content."""
    latest: dict[tuple[object, ...], Review] = {}
    for row in edition.reviews.exclude(state=ReviewState.WITHDRAWN):
        latest[row.person_id, row.role, row.seat] = row
    waiting = sum(row.is_waiting for row in latest.values())
    returned = [row for row in latest.values() if row.state == ReviewState.RETURNED]
    remarks = edition.comments.filter(settled_at=None).count()
    found = []
    if waiting:
        found.append(
            ngettext(
                "One person who was asked to review the draft has not answered.",
                "%(n)s of those asked to review the draft have not answered.",
                waiting,
            )
            % {"n": waiting}
        )
    found += [
        _("%(name)s returned the draft: %(why)s") % {"name": row.answered_name, "why": row.said}
        for row in returned
    ]
    if remarks:
        found.append(ngettext("One remark is open.", "%(n)s remarks are open.", remarks) % {"n": remarks})
    return [
        {"code": "review", "severity": str(Severity.WARNING), "message": text, "figures": [], "records": []}
        for text in found
    ]


def is_asked(edition: Edition) -> bool:
    """Whether anybody has been asked to review the edition or has remarked on it."""
    asked = edition.reviews.filter(~Q(state=ReviewState.WITHDRAWN)).exists()
    return asked or edition.comments.exists()
