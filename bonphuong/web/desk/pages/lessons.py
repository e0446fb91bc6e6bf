"""The first lesson: entering a request for a delegation in the real form, step by step, as a draft that counts for nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise  # noqa: TC002 - the fields below are read at run time by nobody but people
from django.utils.translation import gettext_lazy as _

ADDRESS = "/delegations/new?kind=outbound"


@dataclass(frozen=True)
class Step:
    """One step: what to do, why, and the place on the form that is lit meanwhile."""

    target: str
    title: Promise
    text: Promise
    example: Promise | str = ""


STEPS = (
    Step(
        "id_title",
        _("Say in one sentence who goes where, and what for"),
        _("It becomes the title of the record: a leader who reads nothing else should understand it."),
        _("Practice: the Department of Foreign Affairs works with the authorities of Phongsaly"),
    ),
    Step(
        "id_places",
        _("Write the country and the place"),
        _("The main one first. You need no codes: the page finds them, with or without marks."),
        "Lào (Phongsaly)",
    ),
    Step(
        "id_head_name",
        _("Say who leads, and how many go"),
        _("A name, the post, the number of people asked for. What is not known yet stays empty."),
        _("Nguyễn Văn Mẫu, Director, 5 people"),
    ),
    Step(
        "id_starts_on",
        _("Write the days as you speak them"),
        _("5/3 is enough: the page adds the year. The deadlines follow from these days, each with its rule."),
        "5/3",
    ),
    Step(
        "id_members-0-full_name",
        _("List the members"),
        _(
            "Type a few, or copy rows in Excel and paste them into the first cell: the columns find their places."
        ),
        "Lò Văn Mẫu",
    ),
    Step(
        "lesson-end",
        _("That was all. Keep it or throw it away"),
        _(
            "All this was only a draft: no number was given, nothing counts, nobody was told. Throw it away; or mend it and press Save, and it becomes a real record."
        ),
    ),
)
