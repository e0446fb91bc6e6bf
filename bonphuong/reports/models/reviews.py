"""The review of a draft: who is asked to read it, what they remark on which place, what is answered.

Nothing of this enters the content of an edition or its files. It stays with the edition when that is signed, to be
read; `services` then lets nobody change it any more.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.accounts.enums import Role
from bonphuong.kernel import clock
from bonphuong.kernel.models import UidModel
from bonphuong.reports.enums import PlaceKind, ReviewState

if TYPE_CHECKING:
    import datetime as dt

    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User

CODE = 80
_ONE_PERSON = Q(person__isnull=False, role="", seat="")
_ONE_SEAT = Q(person__isnull=True) & ~Q(role="") & ~Q(seat="")


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reviews."""

    def asked_of(self, user: User | AnonymousUser) -> Self:
        """Those asked of the person by name or of a role that the person holds today, except withdrawn ones."""
        if not user.is_authenticated:
            return self.none()
        held = {(str(holding.role), holding.office) for holding in user.access().holdings}
        seats = (Q(role=role, seat=office) for role, office in sorted(held))
        return self.exclude(state=ReviewState.WITHDRAWN).filter(reduce(or_, seats, Q(person=user)))

    def waiting(self) -> Self:
        """Not answered yet."""
        return self.filter(state=ReviewState.ASKED)


class Review(UidModel):
    """A person, or whoever holds a role in an office (`seat`), asked to read a draft until a day; what they said.

    Whoever answers for a role is named in `answered_name`. Somebody who returned the draft is asked anew by
    another row.
    """

    edition = models.ForeignKey("reports.Edition", on_delete=models.CASCADE, related_name="reviews")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField(pgettext_lazy("review", "role"), max_length=10, choices=Role, blank=True)
    seat = models.CharField(pgettext_lazy("review", "office of the role"), max_length=CODE, blank=True)
    question = models.CharField(pgettext_lazy("review", "what to look at"), max_length=1000, blank=True)
    due_on = models.DateField(pgettext_lazy("review", "until"))
    state = models.CharField(
        pgettext_lazy("review", "state"), max_length=10, choices=ReviewState, default=ReviewState.ASKED
    )
    said = models.CharField(pgettext_lazy("review", "what was said"), max_length=1000, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField(default=clock.now)
    answered_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager.from_queryset(ReviewQuerySet)()

    class Meta:
        verbose_name = _("review of a draft")
        verbose_name_plural = _("reviews of drafts")
        ordering = ["asked_at", "uid"]
        constraints = [
            models.CheckConstraint(condition=_ONE_PERSON | _ONE_SEAT, name="review_of_person_or_role"),
            models.UniqueConstraint(
                fields=["edition", "person"],
                condition=Q(state=ReviewState.ASKED, person__isnull=False),
                name="review_person_waits_once",
            ),
            models.UniqueConstraint(
                fields=["edition", "role", "seat"],
                condition=Q(state=ReviewState.ASKED) & ~Q(role=""),
                name="review_role_waits_once",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "state"], name="review_person"),
            models.Index(fields=["seat", "role", "state"], name="review_seat"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.state}"

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is waited for."""
        return self.state == ReviewState.ASKED

    def is_late(self, today: dt.date) -> bool:
        """Whether its day is over without an answer."""
        return self.is_waiting and self.due_on < today


class ReviewComment(UidModel):
    """A remark on one place of a draft.

    `section` is its code and `ref` the slot or the key of the figure: both outlive a change of the draft. `quote` is
    what stood there when it was written, so that a sentence is found again, or is seen to be gone.
    """

    edition = models.ForeignKey("reports.Edition", on_delete=models.CASCADE, related_name="comments")
    kind = models.CharField(pgettext_lazy("review", "place"), max_length=10, choices=PlaceKind)
    section = models.CharField(max_length=60, blank=True)
    ref = models.CharField(max_length=200, blank=True)
    quote = models.CharField(max_length=1000, blank=True)
    body = models.TextField(pgettext_lazy("review", "remark"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)
    settled_name = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("remark on a draft")
        verbose_name_plural = _("remarks on drafts")
        ordering = ["at", "uid"]
        indexes = [models.Index(fields=["edition", "at"], name="comment_edition")]

    def __str__(self) -> str:
        return self.body[:80]

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it yet."""
        return self.settled_at is None


class CommentReply(UidModel):
    """An answer to a remark."""

    comment = models.ForeignKey(ReviewComment, on_delete=models.CASCADE, related_name="replies")
    body = models.TextField(pgettext_lazy("review", "answer"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("answer to a remark")
        verbose_name_plural = _("answers to remarks")
        ordering = ["at", "uid"]

    def __str__(self) -> str:
        return self.body[:80]
