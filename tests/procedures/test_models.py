"""What a row is called where only its name is shown, as in the trail."""

from __future__ import annotations

import pytest
from django.utils import translation

from tests.factories.procedures import (
    CaseFactory,
    DeadlineRuleFactory,
    GuardRuleFactory,
    PhaseFactory,
    ProcedureFactory,
    StateFactory,
    StepFactory,
    StepPaperFactory,
    TransitionFactory,
)

pytestmark = pytest.mark.django_db


def test_rows_say_what_they_are():
    case = CaseFactory()
    paper = StepPaperFactory(step=StepFactory(case=case))
    assert str(ProcedureFactory(code="thu")) == "thu v1"
    assert str(PhaseFactory()) == "Soạn hồ sơ"
    assert str(StateFactory()) == "Đang soạn"
    assert str(TransitionFactory()) == "Gửi hồ sơ"
    assert str(DeadlineRuleFactory()) == "Nộp báo cáo kết quả chuyến đi: 15 ngày"
    assert str(GuardRuleFactory()) == "số người trong đoàn ≤ 10"
    assert str(case) == f"{case.procedure_id}: {case.record_uid}"
    assert str(paper.step) == "submit 2026-03-03"
    assert str(paper) == f"approve: {paper.paper_id}"


def test_words_follow_the_language_of_the_page():
    state = StateFactory.build(procedure=None, phase=None)
    assert state.label == "Đang soạn"
    with translation.override("en-gb"):
        assert state.label == "Draft"
    with translation.override(None):
        assert state.label == "Đang soạn"
