"""Every act that a person can do reads as words in the trail."""

import ast

from bonphuong.trail.enums import registered_verbs
from tests.contracts import source


def _verbs():
    for path, tree in source.modules().items():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if getattr(call.func, "attr", getattr(call.func, "id", "")) == "acting":
                for keyword in call.keywords:
                    if keyword.arg == "verb" and isinstance(keyword.value, ast.Constant):
                        yield path, keyword.value.value


def test_every_verb_has_words():
    known = registered_verbs()
    assert [f"{path}: {verb}" for path, verb in _verbs() if verb not in known] == []


def test_verbs_are_three_part_tags():
    astray = [verb for _, verb in _verbs() if not verb.startswith("system.") and verb.count(".") != 2]
    assert astray == []
