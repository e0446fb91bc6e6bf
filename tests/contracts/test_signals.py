"""Signals hide the flow: only what Django offers no other door for may listen, and it is named here."""

import ast

from tests.contracts import source

# The guards and the search indexes must follow every connection and every migration; login attempts are counted by django-axes itself.
LISTENERS = {"bonphuong/kernel/apps.py", "bonphuong/trail/apps.py", "bonphuong/ledger/apps.py"}


def test_nobody_else_listens_to_signals():
    found = {
        path
        for path, tree in source.modules().items()
        for signals in [_signals_imported(tree)]
        for node in ast.walk(tree)
        if _connects(node, signals) or _receives(node)
    }
    assert found - LISTENERS == set()


def test_the_list_of_listeners_holds_no_stale_name():
    assert {path for path in LISTENERS if path not in source.modules()} == set()


def _signals_imported(tree):
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(("signals", "dispatch"))
        for alias in node.names
    }


def _connects(node, signals):
    if not (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "connect"
    ):
        return False
    owner = node.func.value
    return (isinstance(owner, ast.Name) and owner.id in signals) or (
        isinstance(owner, ast.Attribute) and isinstance(owner.value, ast.Name) and owner.value.id == "signals"
    )


def _receives(node):
    return (
        isinstance(node, ast.ImportFrom)
        and node.module == "django.dispatch"
        and any(alias.name == "receiver" for alias in node.names)
    )
