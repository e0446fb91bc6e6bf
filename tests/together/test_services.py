"""What is typed is kept and passes; who is here is heard of and forgotten."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput
from bonphuong.kernel.uids import new_uid
from bonphuong.together.enums import HERE_FOR, KEPT_FOR, MOST_FORMS, MOST_LETTERS, Lesson
from bonphuong.together.models import BegunForm, Presence
from bonphuong.together.queries import Typed, begun_form, begun_forms, company, lesson_of, typed_in
from bonphuong.together.services import (
    forget_begun,
    forget_form,
    keep_form,
    leave,
    note_lesson,
    note_presence,
    note_step,
)
from tests.factories.accounts import UserFactory
from tests.factories.together import BegunFormFactory, FirstLessonFactory, PresenceFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2025, 12, 18, 14, 5, tzinfo=dt.UTC)


def keep(user, text="Đoàn Mẫu", **named):
    place = {"address": "/delegations/new", "form": "new", **named}
    return keep_form(user, typed=Typed("Lập đoàn", [("title", text)]), **place)


def test_a_form_is_kept_over_what_was_kept_before_and_nothing_of_it_can_be_read_in_the_table():
    user = UserFactory()
    keep(user, "Hộ chiếu P0000417")
    row = keep(user, "Hộ chiếu P0000418")
    assert begun_forms(user) == [row]
    assert typed_in(BegunForm.objects.get()) == Typed("Lập đoàn", [("title", "Hộ chiếu P0000418")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM together_begunform")
        assert "P0000418" not in cursor.fetchone()[0]


def test_ones_forms_are_ones_own():
    mine, theirs = BegunFormFactory(), BegunFormFactory()
    assert begun_form(mine.user, mine.address) == mine
    assert begun_forms(AnonymousUser()) == []
    assert forget_begun(mine.user, theirs.pk) == 0
    assert forget_form(mine.user, address=mine.address, form="other") == 0
    assert forget_form(mine.user, address=mine.address, form=mine.form) == 1
    assert BegunForm.objects.get() == theirs


def test_what_nobody_takes_up_is_forgotten_and_nobody_piles_up_forms():
    user = UserFactory()
    with clock.fixed(NOW - KEPT_FOR):
        keep(user, address="/old")
    with clock.fixed(NOW):
        assert begun_forms(user) == []
        keep(user)
        assert BegunForm.objects.count() == 1, "the old one is gone from the table too"
        for number in range(MOST_FORMS + 2):
            keep(user, address=f"/records/{number}")
        assert len(begun_forms(user)) == MOST_FORMS


def test_what_is_too_much_is_refused_in_words():
    with pytest.raises(BadInput, match="quá nhiều"):
        keep(UserFactory(), "x" * MOST_LETTERS)


def test_what_cannot_be_read_any_more_is_nothing():
    row = BegunFormFactory(content="{")
    assert typed_in(row) is None


def test_who_is_here_is_heard_of_for_a_minute_whoever_writes_first():
    about, me = new_uid(), UserFactory()
    reader = UserFactory(full_name="Người Đọc Mẫu")
    writer = UserFactory(full_name="Người Viết Mẫu")
    with clock.fixed(NOW):
        note_presence(reader, about=about, place="page", is_writing=False)
        note_presence(writer, about=about, place="page", is_writing=False)
        note_presence(writer, about=about, place="edit", is_writing=True)
        note_presence(me, about=about, place="page", is_writing=False)
        PresenceFactory()
        found = company(me, about)
    assert [(one.name, one.is_writing) for one in found] == [
        ("Người Viết Mẫu", True),
        ("Người Đọc Mẫu", False),
    ]
    with clock.fixed(NOW + HERE_FOR):
        assert company(me, about) == []
        note_presence(me, about=about, place="edit", is_writing=True)
        assert Presence.objects.filter(about=about).count() == 1, "who has gone is no row any more"


def test_a_page_that_asks_often_writes_seldom(django_assert_num_queries):
    about, me = new_uid(), UserFactory()
    with clock.fixed(NOW):
        note_presence(me, about=about, place="page", is_writing=False)
        with django_assert_num_queries(1):
            note_presence(me, about=about, place="page", is_writing=False)
    with clock.fixed(NOW + dt.timedelta(seconds=20)), django_assert_num_queries(2):
        note_presence(me, about=about, place="page", is_writing=False)


def test_whoever_saved_is_not_there_any_more():
    row = PresenceFactory()
    leave(row.user, about=row.about)
    assert not Presence.objects.exists()


def test_a_lesson_is_remembered():
    user = FirstLessonFactory().user
    note_lesson(user, state=Lesson.DOING, step=3)
    assert (lesson_of(user).state, lesson_of(user).step) == ("doing", 3)
    assert lesson_of(UserFactory()) is None


def test_a_step_that_comes_late_undoes_no_end():
    user = FirstLessonFactory(state=Lesson.DOING).user
    note_step(user, step=4)
    assert (lesson_of(user).state, lesson_of(user).step) == ("doing", 4)
    note_lesson(user, state=Lesson.DONE, step=6)
    note_step(user, step=5)
    assert (lesson_of(user).state, lesson_of(user).step) == ("done", 6)
    stranger = UserFactory()
    note_step(stranger, step=2)
    assert lesson_of(stranger) is None
