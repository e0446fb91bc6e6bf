"""Made-up rows of every kind of every family: its own gate takes a good part of them, whatever was added lately."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import pytest

from bonphuong.config.synth.families import enter, kinds, made
from bonphuong.config.synth.offices import open_provinces
from bonphuong.kernel import clock
from bonphuong.ledger.checks import check_ledger
from bonphuong.records.checks import check_replay

ROWS = 30
MONTHS = (dt.date(2024, 3, 1), dt.date(2025, 4, 1), dt.date(2025, 9, 1))


@pytest.mark.any_database
def test_the_gate_takes_a_third_of_what_is_made_up_of_every_kind(shipped):
    [place] = open_provinces(1, dt.date(2023, 1, 1))
    few: dict[str, object] = {}
    for family, kind in kinds():
        source = random.Random(f"{family}.{kind}")
        with clock.fixed(dt.date(2026, 1, 20)):
            some = [made(source, family, kind, place, month, number=ROWS // 3) for month in MONTHS]
            good = sum(enter(family, kind, place, one.drafts, reason="Nhập bù") for one in some if one.drafts)
        if good < ROWS / 3:
            refused = [row for one in some for row in one.refused]
            why = Counter((error.column, error.message) for one in refused for error in one.errors)
            few[f"{family}.{kind}"] = (good, why.most_common(8))
    assert few == {}
    assert check_replay() == []
    assert check_ledger() == []
