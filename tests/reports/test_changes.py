from __future__ import annotations

import datetime as dt
import json
import random
from dataclasses import replace

import pytest
from django.db import connection

from bonphuong.families.delegations.models import Delegation
from bonphuong.families.delegations.services import correct, create, draft_of
from bonphuong.kernel import clock
from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.models import Posting
from bonphuong.records.models import Record
from bonphuong.records.services import mark_duplicate
from bonphuong.reports.changes import changes_since, reproduce
from bonphuong.reports.integrity import check_editions
from bonphuong.reports.models import EditionContent
from bonphuong.trail.install import install, uninstall
from tests.factories.delegations import finished, inbound
from tests.reports.conftest import DEPARTMENT, content, enter, entry, sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
DAY = dt.date
SIGNED = DAY(2025, 12, 20)


@pytest.fixture
def year(officer, leader):
    """The report of 2025, over twelve trips and five visits."""
    trips = [finished(DAY(2025, 1, 6) + dt.timedelta(days=25 * n), 4 + n, days=3) for n in range(12)]
    visits = [inbound(DAY(2025, 2, 3) + dt.timedelta(days=40 * n), 5 + n) for n in range(5)]
    enter(officer, *trips, *visits, at=DAY(2025, 12, 15))
    return sign(officer, leader, "annual", "2025", at=SIGNED)


def change(officer, record: Record, heads: int) -> None:
    row = Delegation.objects.get(pk=record.pk)
    correct(
        record, replace(draft_of(row), actual_heads=heads), actor=officer, expected_version=record.version,
        reason="Đính chính số người", late_reason="Đính chính sau khi chốt",
    )  # fmt: skip


def test_a_correction_is_listed_with_its_record_and_the_edition_stands(year, officer):
    record = Record.objects.filter(kind="outbound").order_by("begins_on").first()
    with clock.fixed(DAY(2026, 2, 1)):
        change(officer, record, 3)
        changed = {one.key: one for one in changes_since(year)}
        again = reproduce(year)
    assert again.is_same
    assert again.asked > 40
    visits = changed["out.visits@period"]
    assert (visits.then, visits.now, visits.difference) == (114, 113, -1)
    [row] = visits.rows
    assert (row.uid, row.number, row.then, row.now, row.difference) == (record.pk, record.number, 4, 3, -1)
    assert "out.groups@period" not in changed


@pytest.mark.parametrize("seed", range(6))
def test_it_reproduces_after_any_later_corrections(year, officer, seed):
    chance = random.Random(seed)
    for step in range(8):
        with clock.fixed(SIGNED + dt.timedelta(days=5 + 9 * step)):
            record = chance.choice(list(Record.objects.live().order_by("pk")))
            if chance.random() < 0.5:
                change(officer, record, chance.randint(2, 30))
            else:
                day = DAY(2025, 1, 1) + dt.timedelta(days=chance.randrange(340))
                create(
                    finished(day, 5, days=2),
                    office_code=DEPARTMENT,
                    actor=officer,
                    late_reason="Nhập bổ sung",
                )
        assert reproduce(year).is_same
    assert check_editions() == []


def test_what_was_entered_twice_leaves_the_old_edition_alone(year, officer):
    one, other = Record.objects.filter(kind="inbound").order_by("begins_on")[:2]
    with clock.fixed(DAY(2026, 1, 10)):
        mark_duplicate(other, one, expected_version=other.version, actor=officer, reason="Một đoàn")
    assert reproduce(year).is_same


def test_a_report_of_today_has_no_changes(year):
    with clock.fixed(SIGNED):
        assert changes_since(year) == []


def test_sound_editions_pass_the_check(year):
    assert check_editions() == []
    assert [problem for problem in check_ledger() if problem.code.startswith("edition")] == []


def tampered(sql: str, *values: object) -> None:
    """Change rows behind the back of the guards, as only the owner of the file could."""
    uninstall(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    install(connection)


def test_a_changed_content_is_found(year):
    told = json.loads(year.frozen.content)
    entry(told, "out.groups@period")["value"] = "99"
    tampered("UPDATE reports_editioncontent SET content = %s", json.dumps(told))
    assert [problem.code for problem in check_editions()] == ["edition_changed"]


def test_a_cut_tail_is_found(year):
    frozen = EditionContent.objects.get()
    [(book, (seq, _digest))] = frozen.heads.items()
    tampered("UPDATE ledger_posting SET digest = %s WHERE book = %s AND seq = %s", "0" * 64, book, seq)
    assert Posting.objects.filter(digest="0" * 64).exists()
    assert [problem.code for problem in check_editions()] == ["edition_head"]


def test_a_fact_changed_under_an_edition_is_found(year):
    tampered("UPDATE ledger_fact SET value = value + 1 WHERE measure = %s", "outbound.person_visits")
    [found] = check_editions()
    assert found.code == "edition_differs"
    assert "Lượt người đi theo đoàn" in found.message


def test_a_content_that_is_gone_is_found(year):
    tampered("DELETE FROM reports_editioncontent")
    assert [problem.code for problem in check_editions()] == ["edition_empty"]


def test_the_same_ground_gives_the_same_content(year):
    at = DAY(2026, 1, 5)
    assert content("annual", "2025", at=at) == content("annual", "2025", at=at)
