"""What the contract tests read: the product's source, its layers and its models."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import apps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "bonphuong"


@cache
def layers() -> dict[str, int]:
    """Package → its row in the stack, from the same list that import-linter reads; higher is higher."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    stack = next(c for c in config["tool"]["importlinter"]["contracts"] if c["id"] == "stack")
    rows = list(reversed(stack["layers"]))
    return {name.strip(" ()"): row for row, names in enumerate(rows) for name in names.split("|")}


def row_of(module: str) -> int:
    """The row of a dotted module of the product."""
    return layers()[module.split(".")[1]]


@cache
def modules() -> dict[str, ast.Module]:
    """Each module of the product but migrations, by its path from the root, parsed."""
    found = {}
    for path in sorted(PRODUCT.rglob("*.py")):
        if "migrations" not in path.parts:
            found[path.relative_to(ROOT).as_posix()] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def dotted(path: str) -> str:
    """`bonphuong/papers/models.py` → `bonphuong.papers.models`."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imported_modules(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported anywhere in the tree; `from a import b` gives both `a` and `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def own_models() -> list[type[Model]]:
    """The product's own models, without those that Django makes for many-to-many fields."""
    return [model for model in apps.get_models() if model.__module__.startswith("bonphuong.")]


@cache
def committed_files() -> tuple[Path, ...]:
    """What the repository holds, or would hold after the next commit."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())
