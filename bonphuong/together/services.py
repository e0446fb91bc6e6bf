"""Writes: keeping what is typed, forgetting it, noting who is here and how far a lesson is.

Outside the trail, as the models say: none of it is an act of the office.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.together.enums import HERE_FOR, MOST_FORMS, MOST_LETTERS, TOLD_EVERY, Lesson
from bonphuong.together.models import BegunForm, FirstLesson, Presence

if TYPE_CHECKING:
    from uuid import UUID

    from bonphuong.accounts.models import User
    from bonphuong.together.queries import Typed


def keep_form(user: User, *, address: str, form: str, typed: Typed) -> BegunForm:
    """Keep what was typed over what was kept before. Raises BadInput where it is too much."""
    content = json.dumps({"title": typed.title[:200], "fields": list(typed.fields)}, ensure_ascii=False)
    if len(content) > MOST_LETTERS or len(address) > 300 or len(form) > 120:
        raise BadInput({"": [_("This form holds too much to be kept as one types.")]})
    row = _kept(user, address, form, content)
    BegunForm.objects.outlived().delete()
    surplus = BegunForm.objects.filter(user=user).order_by("-kept_at", "-uid").values_list("pk", flat=True)
    BegunForm.objects.filter(pk__in=list(surplus[MOST_FORMS : MOST_FORMS + 20])).delete()
    return row


def _kept(user: User, address: str, form: str, content: str) -> BegunForm:
    for _try in range(2):
        row = BegunForm.objects.filter(user=user, address=address, form=form).first()
        row = row or BegunForm(user=user, address=address, form=form)
        row.content, row.kept_at = content, clock.now()
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            continue  # Two tabs began the same form at one moment: the second writes over the first.
        return row
    raise BadInput({"": [_("This form is being kept by another page of yours.")]})


def forget_form(user: User, *, address: str, form: str = "") -> int:
    """Forget what was begun at an address: it was saved, or it is not wanted. Gives how many forms."""
    rows = BegunForm.objects.filter(user=user, address=address)
    return (rows.filter(form=form) if form else rows).delete()[0]


def forget_begun(user: User, uid: UUID) -> int:
    """Forget one begun form of one's own."""
    return BegunForm.objects.filter(user=user, pk=uid).delete()[0]


def note_presence(user: User, *, about: UUID, place: str, is_writing: bool) -> None:
    """Note that somebody has a page open. At most one small write in a while, whatever the page asks."""
    now = clock.now()
    row = Presence.objects.filter(about=about, user=user, place=place[:80]).first()
    if row is not None:
        if now - row.seen_at >= TOLD_EVERY or row.is_writing != is_writing:
            Presence.objects.filter(pk=row.pk).update(seen_at=now, is_writing=is_writing)
        return
    Presence.objects.filter(seen_at__lte=now - HERE_FOR).delete()
    # Two tabs of one person may tell of themselves at one moment: once is enough.
    Presence.objects.bulk_create(
        [Presence(about=about, user=user, place=place[:80], is_writing=is_writing, seen_at=now)],
        ignore_conflicts=True,
    )


def leave(user: User, *, about: UUID) -> None:
    """Note that somebody has closed what they had open of a record or report: they saved it."""
    Presence.objects.filter(about=about, user=user).delete()


def note_lesson(user: User, *, state: Lesson, step: int = 1) -> FirstLesson:
    """Note how far somebody is with the first lesson."""
    row, _is_new = FirstLesson.objects.update_or_create(
        user=user, defaults={"state": state, "step": step, "at": clock.now()}
    )
    return row


def note_step(user: User, *, step: int) -> None:
    """Note the step one is at, while one is at the lesson: in one statement, as the end may come at the same moment."""
    doing = FirstLesson.objects.filter(user=user, state=Lesson.DOING)
    doing.update(step=step, at=clock.now())


def end_lesson(user: User) -> None:
    """Whoever has entered a delegation needs the lesson no more."""
    doing = FirstLesson.objects.filter(user=user, state=Lesson.DOING)
    doing.update(state=Lesson.DONE, at=clock.now())
