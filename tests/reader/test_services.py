"""A claim enters the ledger only with a period that a person gives, once, and can be taken back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from bonphuong.accounts.enums import Role
from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.queries import figure
from bonphuong.indicators.services import load_indicators
from bonphuong.kernel.errors import BadInput, BadValue, Conflict, NotAllowed
from bonphuong.kernel.periods import Period
from bonphuong.ledger.models import Statement
from bonphuong.papers.enums import PaperKind
from bonphuong.papers.errors import ClassifiedPaper
from bonphuong.papers.models import Paper
from bonphuong.papers.services import PaperNote
from bonphuong.reader.enums import ClaimStatus
from bonphuong.reader.extract import VERSION
from bonphuong.reader.models import KnownState, ReadDocument, StoredClaim
from bonphuong.reader.services import (
    Acceptance,
    accept_claim,
    file_and_read,
    follow_request,
    load_known_states,
    read_document,
    set_aside,
    take_up,
    withdraw_claim,
)
from bonphuong.records.models import Commitment
from bonphuong.trail.acting import acting
from bonphuong.trail.models import Action
from tests.factories.accounts import DepartmentFactory, OfficeFactory, officer_of
from tests.factories.papers import PaperFactory
from tests.reader.articles import OURS

pytestmark = pytest.mark.django_db
YEAR = {"since": dt.date(2019, 1, 1), "until": dt.date(2019, 12, 31)}
FIRST = (OURS / "2020-02-13-bien-gioi.txt").read_bytes()
SECOND = (OURS / "2023-02-28-thon-ban.txt").read_bytes()


@pytest.fixture
def dofa():
    load_indicators()
    return DepartmentFactory(code="lc-dofa", belongs_to=OfficeFactory(code="lai-chau"))


@pytest.fixture
def officer(dofa):
    # One who works for the whole province, as the focal agency's officers do.
    return officer_of(dofa.belongs_to)


def note(**more):
    return PaperNote(kind=PaperKind.NEWS_ARTICLE, office_code="lc-dofa", **more)


@pytest.fixture
def document(officer):
    return file_and_read(note(abstract="Bài minh họa"), content=FIRST, file_name="bai.txt", actor=officer)


def claim(document, topic):
    return StoredClaim.objects.get(document=document, topic=topic)


# --- reading -------------------------------------------------------------------------------------------------


def test_a_text_is_filed_and_read_in_one_act(document, officer):
    assert document.paper.has_file
    assert (document.published_on, document.book, document.office_code) == (
        dt.date(2020, 2, 13),
        "lai-chau",
        "lc-dofa",
    )
    assert document.title.startswith("Giữ nhịp hợp tác")
    assert sorted({role for role, _, _ in document.layout["blocks"]} & {"lead", "body"}, reverse=True) == [
        "lead",
        "body",
    ]
    rows = list(document.claims.all())
    assert [row.number for row in rows] == list(range(1, 15))
    assert {row.status for row in rows} == {ClaimStatus.PROPOSED}
    assert Action.objects.filter(verb="reader.document.read").count() == 1


def test_a_stored_claim_is_the_claim_that_was_read(document):
    for row in document.claims.all():
        assert row.claim.as_json() == row.content
        start, end = row.claim.spans[0]
        assert document.text[start:end] == row.text


def test_the_same_text_of_a_paper_is_kept_once(document, officer):
    again = read_document(document.paper, actor=officer)
    assert (again.pk, ReadDocument.objects.count(), StoredClaim.objects.count()) == (document.pk, 1, 14)


def test_a_newer_reader_keeps_what_people_decided(document, officer):
    accept_claim(claim(document, "outbound.groups"), Acceptance(**YEAR), actor=officer)
    with acting(actor=None, verb="system.test"):
        ReadDocument.objects.filter(pk=document.pk).update(reader_version=0)
    again = read_document(document.paper, actor=officer)
    assert again.reader_version == VERSION
    assert StoredClaim.objects.filter(document=again).count() == 14
    assert claim(again, "outbound.groups").status == ClaimStatus.ACCEPTED


def test_a_paper_without_a_file_needs_its_text(officer):
    paper = PaperFactory(office_code="lc-dofa")
    with pytest.raises(BadInput) as refused:
        read_document(paper, actor=officer)
    assert "paper" in refused.value.errors
    document = read_document(paper, text="Năm 2024, tỉnh đón 12 đoàn khách nước ngoài.", actor=officer)
    assert (document.published_on, document.claims.count()) == (dt.date(2025, 5, 12), 1)


def test_nothing_is_kept_of_what_cannot_be_read(officer):
    with pytest.raises(BadValue):
        file_and_read(note(), content=b"\xff\xfe\x00" + bytes(range(256)), file_name="bai.txt", actor=officer)
    with pytest.raises(ClassifiedPaper):
        file_and_read(
            note(),
            content="TUYỆT MẬT\n\nNăm 2024, tỉnh đón 12 đoàn.".encode(),
            file_name="bai.txt",
            actor=officer,
        )
    assert (Paper.objects.count(), ReadDocument.objects.count()) == (0, 0)


def test_only_who_may_use_the_reader_reads(dofa):
    for role in (Role.CLERK, Role.AUDITOR, Role.LEADER):
        with pytest.raises(NotAllowed):
            file_and_read(note(), content=FIRST, file_name="bai.txt", actor=officer_of(dofa, role))
    with pytest.raises(NotAllowed):
        read_document(
            PaperFactory(office_code="lc-dofa"), text="x", actor=officer_of(OfficeFactory(code="other"))
        )


# --- entering ------------------------------------------------------------------------------------------------


def test_a_flow_enters_with_the_period_of_a_person(document, officer):
    stored = claim(document, "outbound.groups")
    statement = accept_claim(stored, Acceptance(**YEAR, reason="Theo báo cáo năm"), actor=officer)
    assert (statement.measure, statement.value, statement.kind, statement.bound) == (
        "outbound.groups",
        42,
        "stated",
        "",
    )
    assert (statement.since, statement.until, statement.office) == (*YEAR.values(), "lai-chau")
    assert (statement.paper_uid, statement.claim_uid, statement.text) == (
        document.paper_id,
        stored.pk,
        "42 đoàn",
    )
    assert (stored.status, stored.statement_uid, stored.since) == (
        ClaimStatus.ACCEPTED,
        statement.uid,
        YEAR["since"],
    )
    found = figure(FigureRequest("outbound.groups", "lai-chau", Period.parse("2019")))
    assert (found.status, found.value) == ("stated", 42)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "since"),
        ({"since": YEAR["since"]}, "until"),
        ({"since": YEAR["until"], "until": YEAR["since"]}, "until"),
        ({"since": dt.date(2020, 1, 1), "until": dt.date(2020, 12, 31)}, "until"),
        ({**YEAR, "value": Decimal(43)}, "value"),
        ({**YEAR, "office": "elsewhere"}, "office"),
    ],
)
def test_what_is_missing_is_named(document, officer, given, field):
    OfficeFactory(code="elsewhere")
    with pytest.raises(BadInput) as refused:
        accept_claim(claim(document, "outbound.groups"), Acceptance(**given), actor=officer)
    assert field in refused.value.errors
    assert Statement.objects.count() == 0


def test_an_ambiguous_figure_needs_its_reading_chosen(document, officer):
    stored = claim(document, "border.length")
    with pytest.raises(BadInput) as refused:
        accept_claim(stored, Acceptance(), actor=officer)
    assert list(refused.value.errors) == ["value"]
    statement = accept_claim(stored, Acceptance(value=Decimal("265.165")), actor=officer)
    assert (statement.value, statement.since, statement.until) == (265165, None, None)


def test_a_level_holds_on_one_day_and_for_its_partner(document, officer):
    statement = accept_claim(
        claim(document, "students.present"), Acceptance(until=dt.date(2020, 2, 13)), actor=officer
    )
    assert (statement.since, statement.until) == (dt.date(2020, 2, 13), dt.date(2020, 2, 13))
    assert statement.dimensions == '{"partner":"la-phongsaly"}'


def test_a_claim_is_entered_once_and_can_be_taken_back(document, officer):
    stored = claim(document, "inbound.groups")
    accept_claim(stored, Acceptance(**YEAR), actor=officer)
    with pytest.raises(Conflict):
        accept_claim(stored, Acceptance(**YEAR), actor=officer)
    with pytest.raises(BadInput):
        withdraw_claim(stored, actor=officer, reason=" ")
    withdraw_claim(stored, actor=officer, reason="Nhầm năm")
    assert (stored.status, stored.statement_uid, stored.since) == (ClaimStatus.PROPOSED, None, None)
    assert figure(FigureRequest("inbound.groups", "lai-chau", Period.parse("2019"))).value is None
    with pytest.raises(Conflict):
        withdraw_claim(stored, actor=officer, reason="Lần nữa")


def test_only_figures_enter(document, officer):
    with pytest.raises(BadInput):
        accept_claim(claim(document, "gate.status"), Acceptance(**YEAR), actor=officer)


def test_without_the_permission_nothing_enters(document, dofa):
    with pytest.raises(NotAllowed):
        accept_claim(
            claim(document, "outbound.groups"), Acceptance(**YEAR), actor=officer_of(dofa, Role.CLERK)
        )


def test_parts_need_their_partner_and_sums_their_currency(officer):
    text = (
        "20/06/2025\n\nNăm 2024, tỉnh cử 45 đoàn đi công tác nước ngoài, trong đó khối đảng 10 đoàn. "
        "Năm 2024, viện trợ giải ngân 29,3 tỷ đồng."
    )
    document = read_document(PaperFactory(office_code="lc-dofa"), text=text, actor=officer)
    part = document.claims.get(topic="outbound.groups", value="10")
    period = {"since": dt.date(2024, 1, 1), "until": dt.date(2024, 12, 31)}
    with pytest.raises(BadInput) as refused:
        accept_claim(part, Acceptance(**period), actor=officer)
    assert list(refused.value.errors) == ["dimensions"]
    statement = accept_claim(part, Acceptance(**period, dimensions={"channel": "party"}), actor=officer)
    assert statement.dimensions == '{"channel":"party"}'
    with pytest.raises(BadInput) as refused:
        accept_claim(document.claims.get(topic="aid.disbursed"), Acceptance(**period), actor=officer)
    assert list(refused.value.errors) == ["value"]


def test_claims_left_aside_can_be_taken_up_again(document, officer, dofa):
    rows = list(document.claims.filter(topic="cooperation"))
    assert set_aside(rows, actor=officer, reason="Không phải số") == 2
    assert set_aside(rows, actor=officer) == 0
    assert take_up(rows, actor=officer) == 2
    with pytest.raises(NotAllowed):
        set_aside(rows, actor=officer_of(dofa, Role.CLERK))


# --- requests ------------------------------------------------------------------------------------------------


def test_a_request_becomes_a_proposed_commitment(officer):
    document = file_and_read(note(), content=SECOND, file_name="bai.txt", actor=officer)
    stored = document.claims.filter(topic="request").first()
    made = follow_request(stored, lead_office_code="lc-dofa", actor=officer, due_on=dt.date(2023, 12, 31))
    assert (made.kind, made.status, made.side, made.field_code) == (
        "request",
        "proposed",
        "ours",
        "friendship",
    )
    assert (made.made_on, made.source_paper_id, made.text) == (
        dt.date(2023, 2, 28),
        document.paper_id,
        stored.text,
    )
    assert (stored.status, stored.commitment) == (ClaimStatus.FOLLOWED, made)
    with pytest.raises(Conflict):
        follow_request(stored, lead_office_code="lc-dofa", actor=officer)
    with pytest.raises(BadInput):
        follow_request(claim(document, "economy.growth"), lead_office_code="lc-dofa", actor=officer)
    assert Commitment.objects.count() == 1


def test_derived_plan_enters_as_a_target(officer):
    document = file_and_read(note(), content=SECOND, file_name="bai.txt", actor=officer)
    period = {"since": dt.date(2022, 1, 1), "until": dt.date(2022, 12, 31)}
    statement = accept_claim(claim(document, "economy.growth_plan"), Acceptance(**period), actor=officer)
    assert (statement.value, statement.kind) == (770, "target")


# --- known states --------------------------------------------------------------------------------------------


def test_known_states_are_loaded_once():
    assert load_known_states() == 2
    assert load_known_states() == 0
    assert [row.state for row in KnownState.objects.on(dt.date(2023, 2, 28))] == ["international"]
    assert [row.proved for row in KnownState.objects.on(dt.date(2020, 2, 13))] == [False]
