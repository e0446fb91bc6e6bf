"""The tables follow the models, by named migrations that outlive the code around them."""

import ast
import io

import pytest
from django.core.management import call_command

from tests.contracts import source

# Code that changes with the product; a migration must mean the same in ten years.
LIVING = ("services", "queries", "forms", "schema", "columns", "tasks")


def _migrations():
    return sorted(path for path in source.PRODUCT.rglob("migrations/0*.py"))


@pytest.mark.django_db
def test_no_migration_is_pending():
    out = io.StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=out, no_color=True)
    except SystemExit:
        pytest.fail(out.getvalue())


def test_every_migration_is_named():
    assert [path.name for path in _migrations() if "_auto_" in path.name] == []


def test_no_migration_imports_living_code():
    living = [
        f"{path.parent.parent.name}/{path.name}: {name}"
        for path in _migrations()
        for name in source.imported_modules(ast.parse(path.read_text(encoding="utf-8")))
        if name.startswith("bonphuong.") and name.split(".")[-1] in LIVING
    ]
    assert living == []


def test_migrations_are_linear():
    numbers = [(path.parent, path.name[:4]) for path in _migrations()]
    assert len(set(numbers)) == len(numbers)
