"""Each of the hand-worked cases, the judges of what counts, has a test that bears its number."""

import ast
import re

from tests.contracts import source

CASES = set(range(1, 26))
NAMED = re.compile(r"test_c(\d+)_")
NUMBERED = re.compile(r"C(\d+)")


def _numbers(tree):
    """By the name of the test, or by the id of one of its parameters."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and (found := NAMED.match(node.name)):
            yield int(found[1])
        if isinstance(node, ast.keyword) and node.arg == "id" and isinstance(node.value, ast.Constant):
            found = NUMBERED.fullmatch(str(node.value.value))
            if found:
                yield int(found[1])


def test_every_hand_worked_case_has_a_test_of_its_number():
    found = {
        number
        for path in (source.ROOT / "tests").rglob("test_*.py")
        for number in _numbers(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found >= CASES, f"no test for {sorted(CASES - found)}"
