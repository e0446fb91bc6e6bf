import copy
import json

import pytest

from bonphuong.kernel.errors import BadInput
from bonphuong.reports.editing.comparing import differences
from bonphuong.reports.editing.conditions import (
    ANY,
    Choice,
    Term,
    chosen,
    condition_of,
    side_words,
    term_words,
    words_of,
)
from bonphuong.reports.editing.pieces import pieces_of, plain_words
from bonphuong.reports.editing.tree import added, at, moved, put, taken_out, with_condition
from bonphuong.reports.schema import FACETS, FIGURE_TESTS, PART_TESTS, REPORT_TESTS, read_definition
from bonphuong.reports.shipped import shipped_definition, shipped_names
from tests.factories.reports import SMALL

LABELS = {"out": "Đoàn ra", "in": "Đoàn vào"}
CONTENT = {
    "sections": [
        {"code": "a", "blocks": [{"paragraph": ["một", {"when": {"some": "out"}, "say": "hai {out}"}]}]}
    ]
}
PATH = "sections.0.blocks.0.paragraph"


@pytest.mark.parametrize(
    "condition",
    [
        {"some": "out"},
        {"not": {"some": "out@to_date"}},
        {"open": True},
        {"open": False},
        {"parts": ["out", "country"]},
        {"base": ["out", 10]},
        {"annex": "out"},
        {"all": [{"zero": "out"}, {"not": {"some": "in"}}, {"open": True}]},
        {"any": [{"rise": "out"}, {"fall": "out"}]},
    ],
)
def test_a_condition_comes_back_as_it_was(condition):
    choice = chosen(condition)
    assert choice is not None
    assert condition_of(choice) == condition
    assert words_of(condition, LABELS)


def test_a_nested_condition_is_told_and_kept():
    nested = {"all": [{"some": "out"}, {"any": [{"some": "in"}, {"open": True}]}]}
    assert chosen(nested) is None
    assert words_of(nested, LABELS).count("“") == 2


def test_every_condition_of_the_shipped_forms_can_be_told_and_most_can_be_chosen():
    found = []

    def walk(node):
        if isinstance(node, dict):
            if "when" in node:
                found.append(node["when"])
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    for name in shipped_names():
        walk(shipped_definition(name)["content"]["sections"])
    shown = [one for one in found if chosen(one) is not None]
    assert len(shown) > 0.95 * len(found) > 0
    for one in found:
        assert words_of(one, {})
    for one in shown:
        again = condition_of(chosen(one))
        # One test in a list of one is the test itself.
        assert again == one or next(iter(one.values())) == [again]
        assert {test.name for test in chosen(one).tests} <= set(term_words())


def test_rows_without_a_test_say_nothing_and_one_needs_no_joining():
    assert condition_of(Choice((Term(""), Term("some", "out")), ANY)) == {"some": "out"}
    assert condition_of(Choice((Term(""),))) is None


def test_a_sentence_is_told_as_pieces_and_each_text_is_put_back_where_it_stood():
    for name in shipped_names():
        content = shipped_definition(name)["content"]
        for n, section in enumerate(content["sections"]):
            for m, block in enumerate(section["blocks"]):
                for sort in ("paragraph", "items"):
                    if sort in block:
                        path = ("sections", n, "blocks", m, sort)
                        pieces = pieces_of(block[sort], path, {})
                        assert pieces
                        for piece in pieces:
                            at(content, piece.path)
                            if piece.text_path:
                                assert at(content, piece.text_path) == piece.text


def test_texts_conditions_and_places_are_changed_without_touching_the_content_itself():
    before = copy.deepcopy(CONTENT)
    changed = put(CONTENT, f"{PATH}.1.say", "ba")
    assert at(changed, f"{PATH}.1") == {"when": {"some": "out"}, "say": "ba"}
    assert at(moved(CONTENT, f"{PATH}.1", -1), f"{PATH}.1") == "một"
    assert at(moved(CONTENT, f"{PATH}.0", -1), f"{PATH}.0") == "một"
    assert len(at(taken_out(CONTENT, f"{PATH}.0"), PATH)) == 1
    assert at(added(CONTENT, PATH, "", after=0), f"{PATH}.1") == ""
    bound = with_condition("một", Choice((Term("zero", "out"),)))
    assert bound == {"when": {"zero": "out"}, "say": "một"}
    assert with_condition(bound, Choice()) == "một"
    assert before == CONTENT


@pytest.mark.parametrize("path", ["sections.9", "nowhere.1", f"{PATH}.7.say", "sections.0.code.x"])
def test_a_place_that_is_gone_is_refused_in_words(path):
    for change in (
        lambda: put(CONTENT, path, ""),
        lambda: taken_out(CONTENT, path),
        lambda: moved(CONTENT, path, 1),
    ):
        with pytest.raises(BadInput):
            change()


def test_what_differs_is_told_by_place_before_and_after():
    new = copy.deepcopy(SMALL)
    new["title"] = "Đoàn ra trong {=period}"
    new["sections"][0]["blocks"][0]["paragraph"]["say"] = "Đã cử {out}."
    new["sections"].append({"code": "own_1", "title": "Việc khác", "blocks": []})
    new["figures"]["in"] = "inbound.groups"
    found = differences(SMALL, new, LABELS)
    told = [(one.place, one.before, one.after) for one in found]
    assert [one.place for one in found] == [
        "Tiêu đề", "Mục “Đoàn ra”, khối 1", "Mục “Việc khác”", "Chỉ tiêu “Đoàn vào”",
    ]  # fmt: skip
    assert "Có {out}." in told[1][1]
    assert "Đã cử {out}." in told[1][2]
    assert differences(SMALL, copy.deepcopy(SMALL), LABELS) == []
    for name in shipped_names():
        content = shipped_definition(name)["content"]
        assert differences(content, json.loads(json.dumps(content)), {}) == []


def test_a_sentence_reads_as_one_line():
    assert plain_words(at(CONTENT, PATH), LABELS) == "mộthai {out}"


def test_the_condition_of_a_whole_block_passes_the_gate_too():
    wrong = copy.deepcopy(SMALL)
    wrong["sections"][0]["blocks"][0]["when"] = {"some": "nowhere"}
    with pytest.raises(BadInput) as refused:
        read_definition(wrong)
    assert set(refused.value.errors) == {"sections.0.blocks.0.when"}


def test_every_text_and_test_that_the_gate_knows_can_be_told():
    known = set(term_words())
    assert {name for name in FIGURE_TESTS | PART_TESTS | REPORT_TESTS if name not in known} == set()
    assert set(FACETS) - {""} <= set(side_words())
