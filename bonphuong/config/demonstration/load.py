"""Loading the demonstration: all of it or nothing, once."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from bonphuong.accounts.models import User
from bonphuong.accounts.services import load_demo_offices, load_demo_people
from bonphuong.config.demonstration import tidying
from bonphuong.config.demonstration.articles import reading_acts
from bonphuong.config.demonstration.editions import edition_acts
from bonphuong.config.demonstration.entries import DATA, acts_of, day_of, read_register
from bonphuong.config.demonstration.families import family_acts
from bonphuong.config.demonstration.nation import nation_acts
from bonphuong.config.demonstration.partners import partner_acts
from bonphuong.config.demonstration.plans import plan_acts
from bonphuong.config.demonstration.public_facts import fact_acts, promise
from bonphuong.config.demonstration.reviewing import review_acts
from bonphuong.config.demonstration.rhythm import declaring_acts
from bonphuong.config.demonstration.stage import FIRST_DAY, Act, Stage, moment, play
from bonphuong.config.operators import COMMAND_LINE
from bonphuong.kernel import clock
from bonphuong.kernel.errors import ProductError
from bonphuong.notices.models import Notice
from bonphuong.notices.services import mark_read
from bonphuong.parties.services import load_demo_persons, load_demo_ties
from bonphuong.records.models import Record
from bonphuong.trail.services import seal_trail

if TYPE_CHECKING:
    from collections.abc import Iterator

#: For all accounts of the demonstration. It protects nothing: everything there is invented or public.
PASSWORD = "minhhoa-2026"  # noqa: S105 - printed by the command that loads it
#: Notices younger than this are still new in the demonstration.
RECENT_DAYS = 10
REGISTER, CURRENT = "register.json", "current.json"


class NotForRealData(ProductError):
    """The database holds somebody's own work."""

    code = "not_for_real_data"


def is_loaded() -> bool:
    """Whether the demonstration is there already."""
    return Record.objects.filter(is_demo=True).exists()


def load() -> int:
    """Load everything; gives how many acts were played. Raises NotForRealData beside anybody's own data.

    The tables must be there, and the product's own data in them. One transaction: killed on its way it leaves
    nothing behind.
    """
    own = User.objects.filter(is_demo=False).exclude(username=COMMAND_LINE).exists()
    if own or Record.objects.exists():
        raise NotForRealData(
            _(
                "This database holds data of your own. Choose another directory by BONPHUONG_DATA for the demonstration."
            )
        )
    # What is stored as text (abstracts, sentences of reports) is in the language of the province's papers.
    with translation.override("vi"), transaction.atomic():
        with clock.fixed(moment(FIRST_DAY, 7, 30)):
            load_demo_offices()
            load_demo_people(password=PASSWORD)
            load_demo_ties()
            load_demo_persons()
        played = play(acts(clock.today()), Stage())
        _read_old_notices()
        seal_trail()
        return played


def _read_old_notices() -> None:
    """Nobody who opens the demonstration should find the news of two years unread."""
    last = clock.now() - dt.timedelta(days=RECENT_DAYS)
    for user in User.objects.filter(is_demo=True):
        old = Notice.objects.filter(user=user, at__lt=last, read_at__isnull=True)
        uids = list(old.values_list("pk", flat=True))
        if uids:
            mark_read(user, uids)


def acts(today: dt.date) -> Iterator[Act]:
    """Every act of the demonstration, in no order."""
    yield from fact_acts()
    yield from reading_acts()
    for entry in (*read_register(REGISTER), *read_register(CURRENT, today)):
        yield from acts_of(entry)
    yield from _promises(today)
    yield from declaring_acts()
    yield from family_acts(today)
    yield from tidying.acts(today)
    yield from partner_acts(today)
    yield from plan_acts()
    yield from edition_acts()
    yield from review_acts(today)
    yield from nation_acts()


def _promises(today: dt.date) -> Iterator[Act]:
    for row in _commitments(today):
        # Written down with the minutes, when the visit itself has been entered.
        noted = (day_of(row["made"], today) or today) + dt.timedelta(days=7)
        yield Act(moment(noted, 17), partial(promise, row=row, is_demo=True))


def _commitments(today: dt.date) -> Iterator[dict[str, Any]]:
    for row in json.loads((DATA / CURRENT).read_text(encoding="utf-8"))["commitments"]:
        due = day_of(row["due"], today)
        yield {**row, "due": due.isoformat() if due else ""}
