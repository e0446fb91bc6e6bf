"""Replay = ledger: what every record stands for by its own rows is exactly what is live in the ledger."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.ledger.checks import Problem
from bonphuong.ledger.facts import total
from bonphuong.ledger.models import Fact
from bonphuong.ledger.queries import live_facts
from bonphuong.papers.queries import broken_files
from bonphuong.records.models import Record
from bonphuong.records.queries import standings
from bonphuong.records.registry import families

if TYPE_CHECKING:
    from uuid import UUID

    from bonphuong.ledger.facts import Standing

CHUNK = 500


def check_replay() -> list[Problem]:
    """Records whose facts are not those of the ledger, and facts whose record is gone but still counts."""
    problems: list[Problem] = []
    rows = standings()
    while chunk := list(islice(rows, CHUNK)):
        problems += _differing(chunk)
    return problems + _orphans()


def check_files() -> list[Problem]:
    """Papers and templates whose file is missing or no longer what was filed."""
    message = _("The file of a paper is missing or is no longer what was filed.")
    return [Problem(f"{found.label} {found.uid}", "file", message) for found in broken_files()]


def _differing(chunk: list[Standing]) -> list[Problem]:
    live = live_facts([standing.source_uid for standing in chunk])
    wrong = [s.source_uid for s in chunk if total(s.facts) != total(live.get(s.source_uid, ()))]
    names = dict(Record.objects.filter(pk__in=wrong).values_list("pk", "number"))
    message = _("What the record stands for is not what the ledger holds.")
    return [Problem(names.get(uid, str(uid)), "replay", message) for uid in wrong]


def _orphans() -> list[Problem]:
    codes = [family.code for family in families()]
    gone = Fact.objects.filter(family__in=codes).exclude(source_uid__in=Record.objects.values("pk"))
    uids: list[UUID] = list(gone.order_by().values_list("source_uid", flat=True).distinct())
    message = _("The record is gone, and the ledger still counts it.")
    return [Problem(str(uid), "orphan", message) for uid, facts in live_facts(uids).items() if total(facts)]
