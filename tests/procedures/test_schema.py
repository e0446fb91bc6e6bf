from __future__ import annotations

import copy

import pytest

from bonphuong.kernel.errors import BadInput
from bonphuong.procedures.schema import clean_many

SMALL = {
    "procedure": {"code": "thu", "version": 1, "valid_from": "2020-01-01"},
    "phases": [
        {
            "code": "only",
            "label_vi": "Một",
            "label_en": "One",
            "states": [
                {"code": "draft", "label_vi": "Đang soạn", "label_en": "Draft", "kind": "start"},
                {"code": "closed", "label_vi": "Xong", "label_en": "Closed", "kind": "end"},
            ],
        }
    ],
    "aside": [],
    "transitions": [
        {
            "code": "close",
            "label_vi": "Kết thúc",
            "label_en": "Close",
            "from": ["draft"],
            "to": "closed",
            "permission": "record.change",
            "desk": "owner",
            "forward": True,
        }
    ],
}


def changed(**transition):
    document = copy.deepcopy(SMALL)
    document["transitions"][0].update(transition)
    return document


def problems(document):
    with pytest.raises(BadInput) as caught:
        clean_many([document])
    return caught.value.errors["thu"]


def test_a_sound_definition_passes_the_gate():
    definition = clean_many([SMALL])[0]
    assert (definition.code, definition.version) == ("thu", 1)
    assert [state.code for state in definition.states] == ["draft", "closed"]
    assert definition.transitions[0].leaves == ("draft",)


def test_words_change_the_digest_but_not_the_shape():
    other = changed(label_vi="Kết thúc hồ sơ")
    first, second = clean_many([SMALL])[0], clean_many([other])[0]
    assert (first.digest == second.digest, first.shape == second.shape) == (False, True)
    assert clean_many([changed(awaited=True)])[0].shape != first.shape


@pytest.mark.parametrize(
    ("transition", "problem"),
    [
        ({"to": "gone"}, "transition close: unknown state gone"),
        ({"permission": "record.guess"}, "transition close: unknown permission record.guess"),
        ({"desk": "corridor"}, "transition close: unknown desk corridor"),
        ({"required": ["postcard"]}, "transition close: unknown kind of paper postcard"),
        ({"from": ["closed"], "to": "draft"}, "transition close: leads back from closed"),
        ({"from": ["draft", "draft"]}, "transition close leaves draft twice"),
    ],
)
def test_a_wrong_transition_is_named(transition, problem):
    assert problems(changed(**transition)) == [problem]


def test_wrong_states_are_named():
    document = copy.deepcopy(SMALL)
    document["phases"][0]["states"].append({**SMALL["phases"][0]["states"][0], "kind": "strange"})
    assert problems(document) == ["state draft is named twice", "unknown kind of state strange"]


def test_start_and_end_are_needed():
    document = copy.deepcopy(SMALL)
    for state in document["phases"][0]["states"]:
        del state["kind"]
    assert problems(document) == [
        "0 states of kind start, one is needed",
        "0 states of kind end, one is needed",
    ]


def test_a_state_without_a_way_out_is_named():
    document = copy.deepcopy(SMALL)
    document["aside"] = [{"code": "stuck", "label_vi": "Kẹt", "label_en": "Stuck", "kind": "side"}]
    assert problems(document) == ["no way out of stuck"]


def test_the_body_of_another_procedure_can_be_taken():
    twin = {"procedure": {**SMALL["procedure"], "code": "sinh-doi"}, "same_as": "thu"}
    definition = clean_many([twin, SMALL])[0]
    assert (definition.code, len(definition.transitions)) == ("sinh-doi", 1)
    with pytest.raises(BadInput) as caught:
        clean_many([twin])
    assert caught.value.errors == {"sinh-doi": ["same_as names an unknown procedure: thu"]}
