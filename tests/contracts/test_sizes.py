"""Small modules and small functions; ruff counts statements, this counts what a reader has to scroll."""

import ast

from tests.contracts import source

MODULE_LINES = 600
FUNCTION_LINES = 40
POSITIONAL = 5


def _functions(tree):
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _body_lines(function):
    first = function.body[0]
    is_docstring = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and len(function.body) > 1
    )
    start = function.body[1] if is_docstring else first
    return function.body[-1].end_lineno - start.lineno + 1


def test_modules_are_short():
    long = {}
    for path in source.modules():
        lines = len((source.ROOT / path).read_text(encoding="utf-8").splitlines())
        if lines > MODULE_LINES:
            long[path] = lines
    assert long == {}


def test_functions_fit_a_screen():
    long = [
        f"{path}:{function.lineno} {function.name} has {_body_lines(function)} lines"
        for path, tree in source.modules().items()
        for function in _functions(tree)
        if _body_lines(function) > FUNCTION_LINES
    ]
    assert long == []


def test_no_catch_all_module():
    names = {"utils", "helpers", "common", "misc"}
    assert [path for path in source.modules() if path.removesuffix(".py").split("/")[-1] in names] == []
