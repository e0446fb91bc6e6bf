from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.records import services
from bonphuong.records.enums import CommitmentKind, CommitmentSide, CommitmentStatus
from bonphuong.records.models import Commitment
from bonphuong.records.services import CommitmentDraft

PROMISE = CommitmentDraft(
    text="Gửi danh sách 10 cán bộ học tiếng Trung",
    lead_office_code="lc-health",
    party_code="cn-honghe",
    due_on=dt.date(2026, 5, 20),
)


@pytest.fixture
def promise(lai_chau):
    return services.add_commitment(PROMISE, actor=lai_chau.clerk)


def change(commitment, person, version=1, **changes):
    return services.change_commitment(commitment, expected_version=version, actor=person, **changes)


def test_a_commitment_is_noted_alone_or_at_a_record(promise, lai_chau, draft):
    assert (promise.book, promise.side, promise.kind, promise.status) == (
        "lai-chau",
        CommitmentSide.OURS,
        CommitmentKind.PROMISE,
        CommitmentStatus.OPEN,
    )
    assert promise.fold == "gui danh sach 10 can bo hoc tieng trung"
    record = services.create_header(draft(), actor=lai_chau.clerk)
    noted = services.add_commitment(PROMISE, actor=lai_chau.clerk, record=record)
    assert record.commitments.get() == noted


def test_commitments_are_noted_by_those_who_may(lai_chau):
    with pytest.raises(NotAllowed):
        services.add_commitment(PROMISE, actor=lai_chau.stranger)
    with pytest.raises(BadInput) as caught:
        services.add_commitment(CommitmentDraft(text="", lead_office_code="lc-health"), actor=lai_chau.clerk)
    assert list(caught.value.errors) == ["text"]


def test_what_is_done_needs_day_and_proof(promise, lai_chau):
    with pytest.raises(BadInput) as caught:
        change(promise, lai_chau.clerk, status=CommitmentStatus.DONE)
    assert list(caught.value.errors) == ["settled_on", "evidence"]
    promise.refresh_from_db()
    change(
        promise,
        lai_chau.clerk,
        status=CommitmentStatus.DONE,
        settled_on=dt.date(2026, 4, 29),
        evidence="Công văn gửi Hồng Hà",
    )
    stored = Commitment.objects.get()
    assert (stored.status, stored.version) == (CommitmentStatus.DONE, 2)


def test_nothing_is_overwritten_unseen(promise, lai_chau):
    change(promise, lai_chau.clerk, text="Gửi danh sách 12 cán bộ")
    with pytest.raises(Conflict):
        change(promise, lai_chau.officer, text="Gửi danh sách 8 cán bộ")
    with pytest.raises(NotAllowed):
        change(promise, lai_chau.stranger, version=2, text="?")
    with pytest.raises(NotAllowed):
        change(promise, lai_chau.clerk, version=2, lead_office_code="lc-dofa")
    assert Commitment.objects.get().fold == "gui danh sach 12 can bo"
