from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

from bonphuong.config.cli import main
from bonphuong.config.loading import load_shipped
from tests.ground import settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker


@dataclass
class Answer:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def bonphuong(capsys):
    def run(*argv: str) -> Answer:
        capsys.readouterr()
        status = main(argv)
        captured = capsys.readouterr()
        return Answer(status, captured.out, captured.err)

    return run


@pytest.fixture(scope="module")
def _shipped(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_shipped()
        settle()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def shipped(_shipped: None, db: None) -> None:
    """The product's own data, loaded once for each file; each test works on a savepoint over it."""
