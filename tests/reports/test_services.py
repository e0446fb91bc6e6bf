from __future__ import annotations

import datetime as dt
import hashlib
import json
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from bonphuong.accounts.models import User
from bonphuong.kernel import clock
from bonphuong.kernel.canonical import canonical, digest_of
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.ledger.models import Statement
from bonphuong.ledger.queries import closed_periods, heads
from bonphuong.reports.changes import reproduce
from bonphuong.reports.models import DraftText, Edition, EditionContent, ReportDefinition
from bonphuong.reports.rendering import render_pdf
from bonphuong.reports.schema import read_definition
from bonphuong.reports.services import (
    NotReady,
    adopt_definition,
    build_draft,
    discard_draft,
    draft_content,
    file_edition,
    load_report_definitions,
    set_estimate,
    sign_edition,
    type_back,
    write_text,
)
from bonphuong.reports.shipped import shipped_definition, shipped_names
from bonphuong.trail.acting import acting
from bonphuong.trail.models import Action
from tests.factories.delegations import finished
from tests.reports.conftest import DEPARTMENT, PROVINCE, content, declare, enter, sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
DAY = dt.date
JUNE = DAY(2025, 6, 17)


@pytest.fixture
def june(officer):
    """A trip in June's period, and its draft."""
    enter(officer, finished(DAY(2025, 6, 2), 6, days=3), at=JUNE)
    with clock.fixed(JUNE):
        return build_draft(actor=officer, office=PROVINCE, code="monthly", period="2025-06")


def test_loading_twice_writes_once():
    assert load_report_definitions() == 0
    shipped = ReportDefinition.objects.filter(office_code="").values_list("code", "office_kind", "language")
    assert sorted(shipped) == sorted(
        (row["code"], row["office_kind"], row["language"]) for row in map(shipped_definition, shipped_names())
    )
    assert not ReportDefinition.objects.filter(proved=True).exists()


def test_one_draft_for_a_period(june, officer):
    with clock.fixed(JUNE):
        again = build_draft(actor=officer, office=PROVINCE, code="monthly", period="2025-06")
    assert again == june
    assert (june.number, june.since, june.until) == (1, DAY(2025, 5, 15), DAY(2025, 6, 14))


def test_who_may_begin_and_sign(june, officer, leader):
    stranger = User.objects.get(username="canbo.laocai")
    clerk = User.objects.get(username="vanthu.yte")
    with clock.fixed(JUNE):
        for person in (stranger, clerk, leader):
            with pytest.raises(NotAllowed):
                build_draft(actor=person, office=PROVINCE, code="monthly", period="2025-05")
        for person in (stranger, clerk, officer):
            with pytest.raises(NotAllowed):
                sign_edition(actor=person, edition=june, reason="thử")
    assert list(Edition.objects.visible_to(stranger)) == []
    assert list(Edition.objects.visible_to(clerk)) == []
    assert list(Edition.objects.visible_to(officer)) == [june]
    assert list(Edition.objects.visible_to(leader)) == [june]


def test_auditors_see_what_was_signed_and_no_drafts(june, officer, leader):
    auditor = User.objects.get(username="kiemtra")
    assert not Edition.objects.visible_to(auditor).exists()
    with clock.fixed(JUNE):
        sign_edition(actor=leader, edition=june, reason="đã rà soát")
    assert list(Edition.objects.visible_to(auditor)) == [june]


def test_warnings_need_a_reason(june, leader):
    with clock.fixed(JUNE), pytest.raises(NotReady) as caught:
        sign_edition(actor=leader, edition=june)
    assert {check["code"] for check in caught.value.checks} == {"registers_complete", "parts_written"}
    assert Edition.objects.get(pk=june.pk).is_draft
    assert not EditionContent.objects.exists()


def test_a_report_without_warnings_needs_none(officer, leader):
    enter(officer, finished(DAY(2025, 6, 2), 6, days=3), at=JUNE)
    declare(officer, DAY(2024, 12, 15), DAY(2025, 6, 14), at=JUNE)
    with clock.fixed(JUNE):
        draft = build_draft(actor=officer, office=PROVINCE, code="monthly", period="2025-06")
        for slot in read_definition(draft.definition.content).slots:
            write_text(actor=officer, edition=draft, slot=slot, body="", state="nothing")
        assert [c for c in draft_content(draft)["checks"] if c["severity"] != "passed"] == []
    edition = sign(officer, leader, "monthly", "2025-06", at=JUNE, reason="")
    assert edition.status == "signed"


def test_what_is_signed_is_frozen_whole(june, leader):
    with clock.fixed(JUNE):
        sign_edition(
            actor=leader, edition=june, reason="đã rà soát", paper_number="52/BC-UBND", paper_on=JUNE
        )
    frozen = june.frozen
    told = json.loads(frozen.content)
    assert canonical(told) == frozen.content
    assert digest_of(frozen.content) == frozen.digest
    assert told["edition"]["status"] == "signed"
    assert told["marks"] == ["Dữ liệu minh họa, không phải số liệu thật"]
    assert told["head"]["number"] == "Số: 52/BC-UBND"
    assert told["head"]["place_date"] == "Lai Châu, ngày 17 tháng 6 năm 2025"
    assert told["signature"] == {
        "lines": ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        "name": "Trần Minh Họa",
    }
    assert told["heads"] == frozen.heads
    assert [row["name"] for row in told["figures"] if not row["period"]["until"]] == []


def test_the_database_refuses_to_change_it(june, leader):
    with clock.fixed(JUNE):
        sign_edition(actor=leader, edition=june, reason="đã rà soát")
    for change in (
        lambda: EditionContent.objects.update(content="{}"),
        lambda: EditionContent.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), acting(actor=None, verb="system.test"), transaction.atomic():
            change()
    assert june.frozen.content.startswith("{")


def test_heads_are_those_that_the_figures_were_read_at(june, officer, leader):
    before = heads([PROVINCE])[PROVINCE]
    with clock.fixed(JUNE):
        sign_edition(actor=leader, edition=june, reason="đã rà soát")
    assert june.frozen.heads == {PROVINCE: list(before)}
    # Closing the period was posted after that, and a later posting at the same tick of the clock later still.
    assert heads([PROVINCE])[PROVINCE][0] == before[0] + 1
    enter(officer, finished(DAY(2025, 6, 4), 3, days=2), at=JUNE, late_reason="Nhập bổ sung")
    with clock.fixed(JUNE):
        assert reproduce(june).is_same


def test_signing_closes_a_period_that_is_over(june, officer, leader):
    with clock.fixed(JUNE):
        sign_edition(actor=leader, edition=june, reason="đã rà soát")
    assert [(c.report, c.period, c.by) for c in closed_periods(PROVINCE)] == [
        ("monthly", "2025-06", "Trần Minh Họa")
    ]
    sign(officer, leader, "monthly", "2025-07", at=DAY(2025, 7, 1))
    sign(officer, leader, "monthly", "2025-05", at=DAY(2025, 7, 1), close=False)
    assert len(closed_periods(PROVINCE)) == 1


def test_another_edition_takes_the_place_of_the_first(june, officer, leader):
    with clock.fixed(JUNE):
        sign_edition(actor=leader, edition=june, reason="đã rà soát")
        with pytest.raises(BadInput) as caught:
            build_draft(actor=officer, office=PROVINCE, code="monthly", period="2025-06")
        assert list(caught.value.errors) == ["reason"]
        second = build_draft(
            actor=officer, office=PROVINCE, code="monthly", period="2025-06", reason="Thiếu một đoàn"
        )
        assert (second.number, second.reason) == (2, "Thiếu một đoàn")
        sign_edition(actor=leader, edition=second, reason="đã bổ sung")
    june.refresh_from_db()
    assert (june.status, second.status) == ("superseded", "signed")
    assert june.frozen.digest != second.frozen.digest
    assert Action.objects.filter(verb="reports.edition.supersede", reason="Thiếu một đoàn").exists()


def test_texts_are_carried_into_the_next_report(june, officer, leader):
    with clock.fixed(JUNE):
        write_text(actor=officer, edition=june, slot="tasks", body="Chuẩn bị hội nghị.")
        write_text(actor=officer, edition=june, slot="people", body="", state="not_applicable")
        sign_edition(actor=leader, edition=june, reason="đã rà soát")
    with clock.fixed(DAY(2025, 7, 16)):
        july = build_draft(actor=officer, office=PROVINCE, code="monthly", period="2025-07")
        told = draft_content(july)
    carried = july.texts.order_by("slot").values_list("slot", "body", "state", "is_carried")
    assert list(carried) == [
        ("people", "", "not_applicable", True),
        ("tasks", "Chuẩn bị hội nghị.", "", True),
    ]
    tasks = next(section for section in told["sections"] if section["code"] == "tasks")
    assert tasks["blocks"][0]["is_carried"]


def test_no_silent_overwrite(june, officer, head):
    with clock.fixed(JUNE):
        first = write_text(actor=officer, edition=june, slot="tasks", body="Một", expected_version=0)
        with pytest.raises(Conflict):
            write_text(actor=head, edition=june, slot="tasks", body="Hai", expected_version=0)
        write_text(actor=head, edition=june, slot="tasks", body="Ba", expected_version=first.version)
    assert DraftText.objects.get(edition=june).body == "Ba"


def test_a_signed_report_is_no_draft_any_more(june, officer, leader):
    with clock.fixed(JUNE):
        sign_edition(actor=leader, edition=june, reason="đã rà soát")
        for change in (
            lambda: write_text(actor=officer, edition=june, slot="tasks", body="x"),
            lambda: discard_draft(actor=officer, edition=june),
            lambda: sign_edition(actor=leader, edition=june, reason="lần nữa"),
        ):
            with pytest.raises(Conflict):
                change()


def test_a_draft_is_thrown_away_with_its_texts(june, officer):
    with clock.fixed(JUNE):
        write_text(actor=officer, edition=june, slot="tasks", body="x")
        discard_draft(actor=officer, edition=june, reason="Lập nhầm")
    assert not Edition.objects.exists()
    assert not DraftText.objects.exists()


def test_what_cannot_be_written_or_estimated(june, officer):
    with clock.fixed(JUNE):
        for act, field in (
            (lambda: write_text(actor=officer, edition=june, slot="poem", body="x"), "slot"),
            (
                lambda: set_estimate(actor=officer, edition=june, figure="sessions", value=Decimal(1)),
                "figure",
            ),
            (
                lambda: set_estimate(actor=officer, edition=june, figure="out.groups", value=Decimal(1)),
                "value",
            ),
        ):
            with pytest.raises(BadInput) as caught:
                act()
            assert list(caught.value.errors) == [field]
    with clock.fixed(DAY(2025, 6, 10)), pytest.raises(BadInput):
        set_estimate(actor=officer, edition=june, figure="out.groups", value=Decimal(-1))


def test_an_estimate_can_be_taken_away_and_replaced(officer, leader):
    with clock.fixed(DAY(2025, 12, 5)):
        draft = build_draft(actor=officer, office=PROVINCE, code="annual", period="2025")
        for given in (Decimal(40), None, Decimal(45)):
            set_estimate(actor=officer, edition=draft, figure="out.groups", value=given)
        sign_edition(actor=leader, edition=draft, reason="số ước")
        second = build_draft(actor=officer, office=PROVINCE, code="annual", period="2025", reason="Ước lại")
        set_estimate(actor=officer, edition=second, figure="out.groups", value=Decimal(44))
        sign_edition(actor=leader, edition=second, reason="số ước")
    first, last = Statement.objects.filter(kind="estimate").order_by("seq")
    assert (first.value, last.value, last.replaces) == (45, 44, first.uid)
    told = content("annual", "2026", at=DAY(2026, 12, 20))
    trued = [f for f in told["figures"] if f["key"] == "out.groups@same:period:estimate"]
    assert [f["value"] for f in trued] in ([], ["44"])


def test_number_and_day_are_typed_back(june, officer, leader):
    with clock.fixed(JUNE):
        with pytest.raises(BadInput):
            type_back(actor=officer, edition=june, number="52/BC-UBND", on=JUNE)
        sign_edition(actor=leader, edition=june, reason="đã rà soát")
        type_back(actor=officer, edition=june, number=" 52/BC-UBND ", on=JUNE)
    june.refresh_from_db()
    assert (june.paper_number, june.paper_on) == ("52/BC-UBND", JUNE)


def test_a_signed_report_is_filed_among_the_papers(june, officer, leader, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with clock.fixed(JUNE):
        with pytest.raises(BadInput):
            file_edition(actor=officer, edition=june)
        sign_edition(actor=leader, edition=june, reason="rà soát", paper_number="52/BC-UBND", paper_on=JUNE)
        files = file_edition(actor=officer, edition=june)
        assert file_edition(actor=officer, edition=june) == files
    paper = files[0].paper
    assert [one.ending for one in files] == ["pdf", "docx", "xlsx"]
    assert (paper.kind, paper.reference, paper.on) == ("report", "52/BC-UBND", JUNE)
    assert paper.abstract.startswith("Kết quả công tác đối ngoại tháng 6 năm 2025")
    assert paper.digest == hashlib.sha256(render_pdf(json.loads(june.frozen.content))).hexdigest()


def test_only_a_sound_definition_is_adopted(officer, head):
    with clock.fixed(JUNE):
        with pytest.raises(NotAllowed):
            adopt_definition(
                actor=User.objects.get(username="vanthu.yte"),
                office=DEPARTMENT,
                code="monthly",
                valid_from=JUNE,
            )
        with pytest.raises(BadInput):
            adopt_definition(
                actor=head,
                office=DEPARTMENT,
                code="monthly",
                valid_from=JUNE,
                content={"figures": {"a": "x"}},
            )
    assert not ReportDefinition.objects.filter(office_code=DEPARTMENT).exists()
