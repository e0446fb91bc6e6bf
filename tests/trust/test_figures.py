"""Reports are right: every figure equals an independent recount of the records that it is said to be made of."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from bonphuong.config.loading import load_shipped
from bonphuong.config.synth.running import Order
from bonphuong.config.synth.running import run as play
from bonphuong.kernel import clock
from bonphuong.kernel.periods import Cutoff, Period
from bonphuong.ledger.measures import MEASURES
from bonphuong.records.models import Record
from bonphuong.reports.models import ReportDefinition
from tests.loaded import run
from tests.trust.recount import FLOWS, LEVELS
from tests.trust.walk import Walk

SMALL = Order(provinces=2, years=1, delegations=90, seed=11, others=120, until=dt.date(2025, 12, 31))
TODAY = dt.date(2026, 4, 20)


def test_every_measure_has_a_recount_of_its_own():
    assert set(MEASURES) == set(FLOWS) | set(LEVELS)
    assert not set(FLOWS) & set(LEVELS)


def test_every_figure_of_the_demonstration_equals_its_recount(demo):
    answer = run(demo[0], module="tests.trust.walk_demonstration")
    assert answer.stderr == ""
    told = json.loads(answer.stdout)
    assert told["said"] == []
    assert told["reports"] >= 2 * 4
    assert told["figures"] > 200 * told["reports"]
    # A dozen families with their lines and the names of what they point to, however many records there are.
    assert max(told["statements"].values()) <= 130


def test_every_report_comes_out_the_same_to_the_byte_on_another_machine(demo):
    module = "tests.trust.render_demonstration"
    here = run(demo[0], module=module, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")
    there = run(demo[0], module=module, PYTHONHASHSEED="4242", TZ="America/St_Johns", LC_ALL="C.UTF-8")
    assert (here.stderr, there.stderr) == ("", "")
    assert len(json.loads(here.stdout)) >= 4
    assert json.loads(there.stdout) == json.loads(here.stdout)


@pytest.fixture
def made_up(db):
    load_shipped()
    play(SMALL)
    with clock.fixed(TODAY):
        yield


def test_every_figure_of_a_made_up_province_equals_its_recount(made_up, monkeypatch):
    walk = Walk(TODAY)
    books = sorted(set(Record.objects.values_list("book", flat=True)))
    assert len(books) == 2
    rows = ReportDefinition.objects.filter(language="vi", office_kind="").order_by("code")
    said = []
    for row in rows:
        kind = (row.content.get("periods") or ["year"])[0]
        period = Period.of(dt.date(2025, 6, 1), kind, Cutoff(row.cutoff))
        said += [one for book in books for one in walk.report(row, book, period)]
    days = [dt.date(2024, 12, 31), dt.date(2025, 3, 31), dt.date(2025, 6, 30), dt.date(2025, 12, 14)]
    said += [one for book in books for one in walk.ledger(book, days)]
    assert said == []
    # And it would have noticed: one delegation counted twice, a measure that nobody recounts.
    monkeypatch.setitem(FLOWS, "outbound.groups", FLOWS["outbound.groups"] * 2)
    assert any("outbound.groups" in one for one in Walk(TODAY).ledger(books[0], days))
    monkeypatch.delitem(FLOWS, "outbound.groups")
    with pytest.raises(AssertionError, match="nobody wrote a recount"):
        list(Walk(TODAY).ledger(books[0], days))
