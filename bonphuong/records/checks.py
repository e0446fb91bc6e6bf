"""What must always be true of records: replayed, they give exactly what is live in the ledger."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.ledger.checks import Problem
from bonphuong.ledger.facts import difference, total
from bonphuong.ledger.models import Fact
from bonphuong.ledger.queries import live_facts
from bonphuong.records.models import Record
from bonphuong.records.queries import standings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bonphuong.ledger.facts import Standing

CHUNK = 500


def check_replay() -> list[Problem]:
    """Records whose own rows do not stand for what is posted, and postings of records that are gone."""
    problems: list[Problem] = []
    for chunk in _chunks(standings()):
        live = live_facts([standing.source_uid for standing in chunk])
        wrong = [s for s in chunk if difference(s.facts, live.get(s.source_uid, ()))]
        numbers = Record.objects.in_bulk([s.source_uid for s in wrong])
        problems += [
            Problem(
                f"{standing.book} {numbers[standing.source_uid].number}",
                "replay",
                _("This record does not stand for what is posted for it."),
            )
            for standing in wrong
        ]
    return problems + _orphans()


def _chunks(found: Iterator[Standing]) -> Iterator[list[Standing]]:
    while chunk := list(islice(found, CHUNK)):
        yield chunk


def _orphans() -> list[Problem]:
    gone = Fact.objects.exclude(source_uid__in=Record.objects.values("pk"))
    sources = list(gone.values_list("source_uid", "book").distinct())
    live = live_facts([uid for uid, _book in sources])
    left = ((uid, book) for uid, book in sources if total(live[uid]))
    return [
        Problem(f"{book} {uid}", "orphan", _("Something is posted for a record that is gone."))
        for uid, book in left
    ]
