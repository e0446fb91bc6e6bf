from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from bonphuong.config.cli import main
from bonphuong.config.loading import load_shipped


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


@pytest.fixture
def shipped(db):
    load_shipped()
