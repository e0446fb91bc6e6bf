"""Steps that decide say who signed; those who may are offered where the book has named them."""

# Fixtures are plain by their names.
# mypy: disable-error-code="no-untyped-def,no-untyped-call"

import datetime as dt

import pytest

from bonphuong.families.delegations.services import create
from bonphuong.kit.services import create as enter
from bonphuong.papers.enums import SigningMode
from bonphuong.papers.signatures import Signing
from bonphuong.procedures.models import Approval
from bonphuong.procedures.services import AuthorityDraft, grant_authority
from bonphuong.records.registry import get_family
from tests.factories.delegations import outbound

D = dt.date
DEPUTY = Signing(
    "Giàng A Giả Định", "Phó Chủ tịch", SigningMode.KT, on_behalf_of="Chủ tịch", organ="Ủy ban nhân dân"
)
SECOND = Signing(
    "Vàng Thị Thử", "Phó Chủ tịch", SigningMode.KT, on_behalf_of="Chủ tịch", organ="Ủy ban nhân dân"
)


def lend(people, signing):
    draft = AuthorityDraft(
        office_code="lai-chau",
        signing=signing,
        valid_from=D(2025, 1, 1),
        source="Thông báo phân công số 1 (ví dụ)",
    )
    return grant_authority(draft, actor=people["lanhdao"])


def take(client, record, code, **given):
    record.refresh_from_db()
    body = {"version": record.version, "on": "18/12/2025", **given}
    return client.post(f"/delegations/{record.pk}/steps/{code}", body)


@pytest.fixture
def sent_up(people, at_desk):
    draft = outbound(starts_on=D(2026, 1, 10), ends_on=D(2026, 1, 12), approved_heads=6)
    record = create(draft, office_code="lc-health", actor=people["canbo"])
    take(at_desk(people["vanthu.yte"]), record, "submit")
    for code in ("take_in", "send_up"):
        assert take(at_desk(people["truongphong"]), record, code).status_code == 302
    return record


def test_where_nobody_is_named_nothing_is_asked(sent_up, people, at_desk):
    form = at_desk(people["lanhdao"]).get(f"/delegations/{sent_up.pk}/steps/approve").context["form"]
    assert "signed_by" not in form.fields


def test_the_only_one_stands_first_where_a_paper_is_registered(sent_up, people, at_desk):
    lent = lend(people, DEPUTY)
    url = f"/delegations/{sent_up.pk}/steps/approve"
    officer = at_desk(people["canbo"])
    form = officer.get(url).context["form"]
    assert form["signed_by"].value() == str(lent.pk)
    assert [label for _key, label in form.fields["signed_by"].choices][1:] == [
        "Giàng A Giả Định (TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH)"
    ]
    given = {"approved_heads": "6", "decision_number": "45/QĐ-UBND", "signed_by": str(lent.pk)}
    assert take(officer, sent_up, "approve", **given).status_code == 302
    signed = Approval.objects.get()
    assert (signed.signer_name, signed.signer_title, signed.mode) == (
        DEPUTY.name,
        "Phó Chủ tịch",
        SigningMode.KT,
    )


def test_whoever_decides_in_their_own_right_signs_unless_another_is_chosen(sent_up, people, at_desk):
    lend(people, DEPUTY)
    second = lend(people, SECOND)
    leader = at_desk(people["lanhdao"])
    form = leader.get(f"/delegations/{sent_up.pk}/steps/approve").context["form"]
    assert (form["signed_by"].value(), len(form.fields["signed_by"].choices)) == ("", 3)
    given = {"approved_heads": "6", "decision_number": "45/QĐ-UBND"}
    assert take(leader, sent_up, "approve", **given, signed_by="nobody").status_code == 422
    assert take(leader, sent_up, "approve", **given, signed_by=str(second.pk)).status_code == 302
    assert Approval.objects.get().signer_name == SECOND.name


def test_steps_of_every_family_ask_the_same(people, at_desk):
    lent = lend(people, DEPUTY)
    said = {"title": "Pô Tô – Cửa Cải", "level": "village", "ours_text": "Bản Pô Tô", "partner": "Thôn Cửa Cải",
            "country": "CN", "proposed_on": "1/12/2025"}  # fmt: skip
    gate = get_family("twinning").get_clean_many()
    [cleaned] = gate([said], kind="pair", office_code="lc-dofa", actor=people["canbo"])
    record = enter(cleaned.draft, family="twinning", office_code="lc-dofa", actor=people["canbo"])
    client, url = at_desk(people["lanhdao"]), f"/records/item/{record.pk}/steps/authorise"
    assert client.get(url).context["form"]["signed_by"].value() == ""
    body = {"version": record.version, "on": "18/12/2025", "signed_by": str(lent.pk)}
    assert client.post(url, body).status_code == 302
    signed = Approval.objects.get()
    assert (signed.signer_name, signed.signer_title, signed.mode) == (
        DEPUTY.name,
        "Phó Chủ tịch",
        SigningMode.KT,
    )
