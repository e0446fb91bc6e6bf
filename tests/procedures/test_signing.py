"""Who may decide by an authority lent to them, and who is kept as having signed."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.papers.enums import SigningMode
from bonphuong.papers.signatures import Signing
from bonphuong.procedures import queries, services
from bonphuong.procedures.models import Approval, Authority
from bonphuong.procedures.services import AuthorityDraft
from bonphuong.procedures.signing import approvals, signers_for, signing_for, signing_of, sole_signer
from tests.factories.papers import PaperFactory
from tests.factories.procedures import AuthorityFactory

MARCH_3 = dt.date(2026, 3, 3)
BY_HEAD = Signing("Lò Minh Họa", "Giám đốc Sở Ngoại vụ", SigningMode.TUQ, on_behalf_of="Chủ tịch")


def draft(people, **fields):
    given = {
        "office_code": "lai-chau",
        "signing": BY_HEAD,
        "holder": people.head,
        "valid_from": dt.date(2026, 1, 1),
        "source": "Giấy ủy quyền số 5/GUQ-UBND thử",
    }
    return AuthorityDraft(**{**given, **fields})


@pytest.fixture
def sent_up(trip, lai_chau):
    for code, person in (
        ("submit", lai_chau.clerk),
        ("take_in", lai_chau.officer),
        ("send_up", lai_chau.officer),
    ):
        services.take(trip, code, on=MARCH_3, actor=person)
    return trip


def approve(case, person, **options):
    decision = PaperFactory(kind="decision", signer="Nguyễn Văn Mẫu")
    services.take(case, "approve", on=MARCH_3, actor=person, paper_uids=[decision.pk], **options)
    return decision


def test_whoever_decides_by_role_signs_in_their_own_right(sent_up, lai_chau):
    decision = approve(sent_up, lai_chau.leader)
    signed = Approval.objects.get()
    assert (
        signed.mode,
        signed.signer,
        signed.signer_name,
        signed.signer_title,
        signed.paper,
        signed.authority,
    ) == (
        SigningMode.OWN,
        lai_chau.leader,
        "Hoàng Giả Định",
        "Chuyên viên",
        decision,
        None,
    )


def test_an_authority_lets_its_holder_decide_and_signs_with_its_mark(sent_up, lai_chau):
    with pytest.raises(NotAllowed):
        approve(sent_up, lai_chau.head)
    assert queries.waiting_cases(lai_chau.head).count() == 0
    lent = services.grant_authority(draft(lai_chau), actor=lai_chau.leader)
    assert "approve" in [way.code for way in queries.available(sent_up, lai_chau.head)]
    assert list(queries.waiting_cases(lai_chau.head)) == [sent_up]
    approve(sent_up, lai_chau.head)
    signed = approvals(sent_up)[0]
    assert (signed.authority, signed.signer, signing_of(signed).lines) == (
        lent,
        lai_chau.head,
        ["TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ NGOẠI VỤ"],
    )
    assert signing_for(sent_up) == BY_HEAD


@pytest.mark.parametrize(
    "fields",
    [
        {"procedure_code": "delegations.inbound"},
        {"valid_to": dt.date(2026, 3, 2)},
        {"valid_from": dt.date(2026, 3, 4)},
        {"office_code": "lc-dofa"},
        {"holder": None},
    ],
)
def test_an_authority_reaches_no_further_than_it_says(sent_up, lai_chau, fields):
    given = draft(lai_chau, **fields)
    AuthorityFactory(
        office_code=given.office_code,
        holder=given.holder,
        procedure_code=given.procedure_code,
        valid_from=given.valid_from,
        valid_to=given.valid_to,
    )
    with pytest.raises(NotAllowed):
        approve(sent_up, lai_chau.head)


def test_an_authority_gives_decisions_and_nothing_else(sent_up, lai_chau):
    services.grant_authority(draft(lai_chau, holder=lai_chau.clerk), actor=lai_chau.leader)
    assert [way.code for way in queries.available(sent_up, lai_chau.clerk)] == [
        "approve",
        "reject",
        "return_for_revision",
        "cancel",
    ]
    with pytest.raises(NotAllowed):
        approve(sent_up, lai_chau.officer)


def test_nobody_lends_to_themselves_what_they_do_not_have(lai_chau):
    with pytest.raises(NotAllowed):
        services.grant_authority(draft(lai_chau), actor=lai_chau.head)
    with pytest.raises(NotAllowed):
        services.grant_authority(draft(lai_chau), actor=lai_chau.officer)
    with pytest.raises(NotAllowed):
        services.grant_authority(draft(lai_chau), actor=lai_chau.stranger)
    assert Authority.objects.count() == 0


def test_what_was_lent_is_not_lent_on(lai_chau):
    AuthorityFactory(holder=lai_chau.officer)
    with pytest.raises(NotAllowed):
        services.grant_authority(draft(lai_chau, holder=lai_chau.clerk), actor=lai_chau.officer)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"source": " "}, ["source"]),
        ({"valid_to": dt.date(2025, 1, 1)}, ["valid_to"]),
        ({"signing": Signing("", "", "KT")}, ["name", "title", "on_behalf_of"]),
        ({"signing": Signing("Lò Minh Họa", "Giám đốc", "XX")}, ["mode"]),
    ],
)
def test_an_authority_says_who_for_whom_since_when_by_what(lai_chau, fields, wrong):
    with pytest.raises(BadInput) as caught:
        services.grant_authority(draft(lai_chau, **fields), actor=lai_chau.leader)
    assert list(caught.value.errors) == wrong


def test_an_authority_ends(sent_up, lai_chau):
    lent = services.grant_authority(draft(lai_chau), actor=lai_chau.leader)
    with pytest.raises(BadInput):
        services.end_authority(lent, on=dt.date(2025, 12, 31), actor=lai_chau.leader)
    services.end_authority(lent, on=dt.date(2026, 3, 2), actor=lai_chau.leader, reason="hết hạn")
    with pytest.raises(NotAllowed):
        approve(sent_up, lai_chau.head)


def test_a_decision_registered_from_its_paper_keeps_the_papers_signer(sent_up, lai_chau):
    decision = approve(sent_up, lai_chau.officer, from_decision=True)
    signed = Approval.objects.get()
    assert (signed.signer, signed.signer_name, signed.paper) == (None, "Nguyễn Văn Mẫu", decision)


def test_who_signed_may_be_told(sent_up, lai_chau):
    told = Signing("Trần Thị Thử", "Phó Chủ tịch", SigningMode.KT, "Chủ tịch", organ="Ủy ban nhân dân")
    approve(sent_up, lai_chau.officer, from_decision=True, signing=told)
    assert signing_for(sent_up).lines == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


def test_a_step_that_decides_nothing_is_signed_by_nobody(trip, lai_chau):
    services.take(trip, "submit", on=MARCH_3, actor=lai_chau.clerk)
    assert approvals(trip) == []


def test_before_the_decision_the_one_signer_named_is_printed(trip, lai_chau):
    assert signing_for(trip) is None
    own = AuthorityFactory(procedure_code="delegations.outbound")
    assert signing_for(trip) == signing_of(own)
    AuthorityFactory(holder_name="Trần Thị Thử")
    assert (sole_signer("lai-chau", "delegations.inbound").name, sole_signer("lc-dofa", "thu")) == (
        "Trần Thị Thử",
        None,
    )
    AuthorityFactory(procedure_code="delegations.outbound", holder_name="Lê Văn Ví Dụ")
    assert (next(a.pk for a in signers_for("lai-chau", "delegations.outbound")), signing_for(trip)) == (
        own.pk,
        None,
    )
