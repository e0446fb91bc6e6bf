"""How long things at a desk are kept, and how much of them."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import pgettext_lazy

# A form that nobody took up again for so long is forgotten.
KEPT_FOR = dt.timedelta(days=30)
# A person who began more forms than this loses the oldest.
MOST_FORMS = 60
# Letters of one form's content: a member list of 500 lines fits.
MOST_LETTERS = 400_000
# Whoever was not heard of for so long has closed the page.
HERE_FOR = dt.timedelta(seconds=70)
# A page that tells of itself more often than this writes nothing.
TOLD_EVERY = dt.timedelta(seconds=15)


class Lesson(models.TextChoices):
    """How far somebody is with the first lesson."""

    OFFERED = "offered", pgettext_lazy("lesson", "offered")
    DOING = "doing", pgettext_lazy("lesson", "begun")
    DONE = "done", pgettext_lazy("lesson", "done")
    LEFT = "left", pgettext_lazy("lesson", "declined")
