"""A database of its own with a given number of made-up delegations in the ledger."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.management import call_command
from django.db import connection

from bonphuong.kernel import clock
from bonphuong.ledger.facts import FactDraft, Standing
from bonphuong.ledger.services import settle
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = dt.date(2026, 1, 31)
FIRST_DAY = dt.date(2016, 1, 1)
DAYS = (TODAY - FIRST_DAY).days
BOOKS = tuple(f"province-{number:02}" for number in range(1, 35))
COUNTRIES = ("LA", "CN", "KR", "JP", "TH", "SG", "DE", "FR", "AU", "US")
FIELDS = ("trade", "health", "education", "culture", "security")
LEVELS = ("province", "department", "commune")
BATCH = 2000


@dataclass(frozen=True)
class Ground:
    """What a measurement stands on."""

    size: int
    seed: int

    def standings(self, number: int, *, book: str = "", start: int = 0) -> list[Standing]:
        """So many made-up delegations, the same for the same seed; each stands for three facts."""
        source = random.Random(f"{self.seed}-{start}")
        return [self._standing(source, start + n, book) for n in range(number)]

    def _standing(self, source: random.Random, number: int, book: str) -> Standing:
        chosen = book or source.choice(BOOKS)
        on = FIRST_DAY + dt.timedelta(days=source.randrange(DAYS))
        country, field, level = source.choice(COUNTRIES), source.choice(FIELDS), source.choice(LEVELS)
        amounts = {"groups": 1, "person_visits": source.randint(2, 12), "country_visits": 1}
        facts = [
            FactDraft(f"outbound.{measure}", on, value, chosen, country=country, field=field, slot1=level)
            for measure, value in amounts.items()
        ]
        return Standing(UUID(int=(self.seed << 64) + number), "delegations", chosen, 1, facts)


def prepare(size: int, seed: int) -> Ground:
    """Empty the ledger's tables and fill them with `size` delegations."""
    ground = Ground(size, seed)
    call_command("flush", interactive=False, verbosity=0)
    with clock.fixed(TODAY):
        for start in range(0, size, BATCH):
            with acting(actor=None, verb="system.bench"):
                settle(standings=ground.standings(min(BATCH, size - start), start=start))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return ground


def numbered(start: int, step: int) -> Iterator[int]:
    """Numbers for records that no earlier round has used."""
    while True:
        yield start
        start += step
