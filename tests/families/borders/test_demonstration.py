"""The demonstration of the border, twinned pairs and other activities plays whole and leaves the ledger in order."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.config.demonstration.families import activities, borders, twinning
from bonphuong.config.demonstration.stage import Stage, play
from bonphuong.families.borders.models import BorderItem
from bonphuong.families.borders.scheme import SCHEME as BORDERS
from bonphuong.families.twinning.scheme import SCHEME as TWINNING
from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.queries import statements_at
from bonphuong.records.models import Record, RecordLink
from tests.factories.borders import section
from tests.families.borders.people import TODAY, enter, level

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]


def _played(module) -> Stage:
    stage = Stage()
    other = enter(section())
    # Sessions of the register of delegations, to which joint work is linked.
    stage.records |= {"joint-inspection": other.pk, "joint-patrol": other.pk}
    play(module.acts(TODAY), stage)
    return stage


def _flagged(scheme, code: str) -> int:
    flag = next(flag for flag in scheme.flags if flag.code == code)
    return Record.objects.filter(flag.where(TODAY), family=scheme.family).count()


def test_the_border_is_played():
    stage = _played(borders)
    gate = BorderItem.objects.get(pk=stage.records["brd-mlt"])
    assert (gate.record.state, gate.standing, gate.type_now, gate.record.is_demo) == (
        "government_resolution",
        "upgrading",
        "main",
        False,
    )
    assert (gate.events.count(), RecordLink.objects.count()) == (6, 2)
    assert (level(TODAY, "main"), level(TODAY, "auxiliary"), level(TODAY, "opening")) == (1, 1, 2)
    assert {
        code: _flagged(BORDERS, code) for code in ("one_sided", "shut", "not_reported", "unsound", "replaced")
    } == {
        "one_sided": 1,
        "shut": 2,
        "not_reported": 1,
        "unsound": 1,
        "replaced": 0,
    }
    september = [
        s.value
        for s in statements_at({"lai-chau": None}, {"border.people_out"})
        if s.since == dt.date(2026, 9, 1) and "ma-lu-thang" in s.dimensions
    ]
    assert (september, check_ledger()) == ([8011], [])


def test_pairs_are_played_in_every_standing():
    _played(twinning)
    states = set(Record.objects.filter(family="twinning").values_list("state", flat=True))
    assert states >= {
        "active",
        "paused",
        "ended",
        "agreed_with_partner",
        "returned_for_revision",
        "surveyed",
        "cancelled",
    }
    assert (
        _flagged(TWINNING, "silent"),
        _flagged(TWINNING, "review_overdue"),
        _flagged(TWINNING, "paused"),
    ) == (7, 10, 1)
    assert check_ledger() == []


def test_activities_are_played_for_every_section_that_has_no_register():
    _played(activities)
    found = Record.objects.filter(family="activities")
    assert (found.count(), found.filter(state="reported").count(), check_ledger()) == (30, 26, [])
