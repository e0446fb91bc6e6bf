"""What a report cannot say is taken out of its definition, and nothing else."""

from __future__ import annotations

import pytest

from bonphuong.reports.pruning import pruned

FIGURES = {"out": "outbound.groups"}


def kept(*blocks: dict, **more: object) -> list[dict]:
    """The blocks that are left of a section in a report of one figure and one span."""
    content = {
        "figures": FIGURES, "spans": ["period"], "annexes": [{"code": "list"}], "macros": {},
        "sections": [{"code": "one", "figures": ["out", "gone"], "blocks": list(blocks)}], **more,
    }  # fmt: skip
    [section] = pruned(content)["sections"]
    assert section["figures"] == ["out"]
    return section["blocks"]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (["Có {out}."], ["Có {out}."]),
        (["Có {gone}."], None),
        (["Có {out@to_date}."], None),
        ([{"say": "Có {gone}."}, " ", {"say": "Có {out}."}], [" ", {"say": "Có {out}."}]),
        ([{"when": {"some": "gone"}, "say": "x"}], None),
        ([{"when": {"not": {"some": "gone"}}, "say": "x"}], [{"say": "x"}]),
        ([{"when": {"any": [{"some": "gone"}, {"some": "out"}]}, "say": "x"}], [{"say": "x", "when": {"some": "out"}}]),
        ([{"when": {"all": [{"some": "gone"}, {"some": "out"}]}, "say": "x"}], None),
        ([{"when": {"mid_year": False}, "say": "x"}], [{"say": "x"}]),
        ([{"when": {"annex": "list"}, "say": "{=annex.list}"}], [{"when": {"annex": "list"}, "say": "{=annex.list}"}]),
        ([{"when": {"annex": "other"}, "say": "x"}], None),
        ([{"first": ["{gone}", "{out}"]}], [{"first": ["{out}"]}]),
        ([{"deeds": [{"of": "gone", "say": "{x}"}, {"of": "out", "say": "{x}", "more": "{gone}"}]}],
         [{"deeds": [{"of": "out", "say": "{x}"}]}]),
        ([{"each": "country", "of": ["out", "gone"], "say": "{out}"}], [{"each": "country", "of": ["out"], "say": "{out}"}]),
        ([{"split": "gone", "by": "country"}], None),
    ],
)  # fmt: skip
def test_pieces_of_what_is_not_there_go(paragraph, expected):
    assert kept({"paragraph": paragraph}) == ([{"paragraph": expected}] if expected else [])


def test_rows_columns_and_blocks_of_what_is_not_there_go():
    table = {
        "kind": "figures",
        "caption": "x",
        "rows": ["out", "gone"],
        "columns": [{"label": "a"}, {"label": "b", "span": "to_date"}],
    }
    assert kept({"table": table}, {"table": {**table, "rows": ["gone"]}}) == [
        {"table": {**table, "rows": ["out"], "columns": [{"label": "a"}]}}
    ]
    assert kept({"records": {"figure": "gone", "say": ["{title}"]}}, {"slot": "words"}) == [{"slot": "words"}]
    assert kept({"paragraph": ["x"], "when": {"some": "gone"}}) == []
