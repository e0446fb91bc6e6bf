from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonphuong.ledger.facts import FactDraft, Line, counted, difference, total
from tests.factories.ledger import draft

drafts = st.lists(
    st.builds(
        draft,
        measure=st.sampled_from(["outbound.groups", "outbound.person_visits"]),
        value=st.integers(-5, 5),
        country=st.sampled_from(["LA", "CN"]),
    ),
    max_size=6,
)


@given(wanted=drafts, live=drafts)
def test_difference_turns_live_into_wanted(wanted: list[FactDraft], live: list[FactDraft]):
    assert total([*live, *difference(wanted, live)]) == total(wanted)


@given(facts=drafts)
def test_nothing_changes_nothing(facts):
    assert difference(facts, facts) == []


def test_unknown_measure_is_refused():
    with pytest.raises(ValueError, match="unknown measure"):
        draft("outbound.grops")


def test_counted_adds_by_measure():
    assert counted([draft(), draft(), draft("outbound.person_visits", value=4)]) == {
        "outbound.groups": 2,
        "outbound.person_visits": 4,
    }


def test_line_is_canonical():
    line = Line("lai-chau", 1, 5, "a", "settle", facts=[(0, "lc-dofa", "outbound.groups", 1)])
    assert line.text() == '[1,"lai-chau",1,5,"a","settle",[[0,"lc-dofa","outbound.groups",1]],[],[],[]]'
    assert line.digest("") != line.digest("0")
