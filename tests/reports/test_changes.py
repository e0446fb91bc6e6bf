from __future__ import annotations

import datetime as dt
import json
import random
from collections import Counter
from dataclasses import replace

import pytest
from django.db import connection

from bonphuong.families.delegations.models import Delegation
from bonphuong.families.delegations.services import correct, create, draft_of, merge, unmerge, void
from bonphuong.kernel import clock
from bonphuong.kernel.canonical import digest_of
from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.models import Posting
from bonphuong.ledger.services import declare_complete, state_figure, take_back
from bonphuong.records.models import Record
from bonphuong.records.services import mark_duplicate
from bonphuong.reports.changes import changes_since, reproduce
from bonphuong.reports.integrity import check_editions
from bonphuong.reports.models import EditionContent
from bonphuong.reports.periods import periods_of
from bonphuong.reports.rendering import page_html, render_docx, render_json, render_pdf, render_xlsx
from bonphuong.reports.services import close_report_period, reopen_report_period
from bonphuong.trail.install import install, uninstall
from tests.factories.delegations import finished, inbound
from tests.reports.conftest import DEPARTMENT, PROVINCE, content, enter, entry, sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
DAY = dt.date
SIGNED = dt.datetime(2025, 12, 20, 2, tzinfo=dt.UTC)
RENDERERS = (render_docx, render_xlsx, page_html, render_json, render_pdf)


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


class Later:
    """Everything that may come after a report was signed, one deed at a time, chosen by chance."""

    def __init__(self, officer, head, seed):
        self.officer, self.head, self.chance = officer, head, random.Random(seed)
        self.statements = []
        self.done = Counter()

    def records(self, **wanted):
        rows = Record.objects.live().filter(duplicate_of=None, is_closed=False, **wanted)
        return list(rows.filter(delegation__is_void=False).order_by("pk"))

    def day(self):
        return DAY(2025, 1, 1) + dt.timedelta(days=self.chance.randrange(340))

    def step(self):
        deeds = {
            self.correct: 70, self.late: 45, self.cancel: 15, self.merge: 15, self.unmerge: 5, self.state: 25,
            self.withdraw: 5, self.cover: 15, self.uncover: 5, self.reopen: 4,
        }  # fmt: skip
        [deed] = self.chance.choices(list(deeds), weights=list(deeds.values()))
        self.done[deed.__name__] += bool(deed())

    def correct(self):
        record = self.chance.choice(self.records())
        change(self.officer, record, self.chance.randint(2, 30))
        return True

    def late(self):
        draft = self.chance.choice([finished, inbound])(self.day(), self.chance.randint(2, 12))
        create(draft, office_code=DEPARTMENT, actor=self.officer, late_reason="Nhập bổ sung")
        return True

    def cancel(self):
        record = self.chance.choice(self.records())
        void(record, expected_version=record.version, actor=self.officer, reason="Nhập nhầm")
        return True

    def merge(self):
        keep, double = self.chance.sample(self.records(kind="inbound"), 2)
        merge(keep, double, expected_version=double.version, actor=self.officer, reason="Một đoàn")
        return True

    def unmerge(self):
        doubles = Record.objects.exclude(duplicate_of=None).order_by("pk")
        for double in doubles[:1]:
            unmerge(double, expected_version=double.version, actor=self.officer, reason="Hai đoàn")
        return bool(doubles)

    def state(self):
        measure = self.chance.choice(["outbound.groups", "outbound.person_visits", "inbound.groups"])
        period = self.chance.choice([(DAY(2024, 12, 15), DAY(2025, 12, 14)), (self.day(), DAY(2025, 12, 14))])
        self.statements.append(
            state_figure(
                actor=self.officer, office=PROVINCE, measure=measure, since=period[0], until=period[1],
                value=self.chance.randint(1, 90), kind="stated",
            )
        )  # fmt: skip
        return True

    def withdraw(self):
        if self.statements:
            take_back(actor=self.officer, statement=self.statements.pop(), reason="Đính chính văn bản")
            return True
        return False

    def cover(self, *, complete=True):
        since = self.day()
        declare_complete(
            actor=self.officer, office=PROVINCE, measures=["outbound.groups", "inbound.groups"], since=since,
            until=since + dt.timedelta(days=self.chance.randrange(200)), complete=complete,
        )  # fmt: skip
        return True

    def uncover(self):
        return self.cover(complete=False)

    def reopen(self):
        [line] = periods_of([PROVINCE])
        if line.is_closed:
            reopen_report_period(actor=self.head, closing=line.row, reason="Bổ sung")
        else:
            close_report_period(actor=self.head, office=PROVINCE, code="annual", period="2025")
        return True


@pytest.mark.parametrize("seed", [7])
def test_an_edition_outlives_two_hundred_corrections_of_every_kind(year, officer, head, seed):
    before = {render: render(json.loads(year.frozen.content)) for render in RENDERERS}
    later = Later(officer, head, seed)
    for number in range(200):
        with clock.fixed(SIGNED + dt.timedelta(days=2, hours=number)):
            later.step()
    with clock.fixed(SIGNED + dt.timedelta(days=30)):
        again = reproduce(year)
        assert again.is_same, again.differences[:3]
        assert changes_since(year)
        assert check_editions() == []
    frozen = EditionContent.objects.get(edition=year)
    assert digest_of(frozen.content) == frozen.digest
    assert {render: render(json.loads(frozen.content)) for render in RENDERERS} == before
    assert min(later.done.values()) > 0, later.done


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
