"""Adding a family takes one folder and at most three edits elsewhere: a toy one is dropped into a copy of the product."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TOY = HERE / "toy"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What the story of the toy printed, played in a copy of the product."""
    place = tmp_path_factory.mktemp("toy")
    shutil.copytree(ROOT / "bonphuong", place / "bonphuong", ignore=shutil.ignore_patterns("__pycache__"))
    for path in _files():
        goal = place / "bonphuong" / path.relative_to(TOY)
        goal.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, goal)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BONPHUONG_")}
    env = {**clean, "PYTHONPATH": str(place), "DJANGO_SETTINGS_MODULE": "bonphuong.config.settings"}
    done = subprocess.run(
        [sys.executable, "-P", str(TOY / "story.py")],
        env={**env, "BONPHUONG_DATA": str(place / "data")},
        cwd=place,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    yield json.loads(done.stdout.splitlines()[-1])
    shutil.rmtree(place, ignore_errors=True)


def _files() -> list[Path]:
    return [
        path
        for path in sorted(TOY.rglob("*"))
        if path.is_file() and path.parent != TOY and "__pycache__" not in path.parts
    ]


def test_a_family_is_one_folder_and_at_most_three_files_elsewhere() -> None:
    elsewhere = [path for path in _files() if not path.is_relative_to(TOY / "families" / "bridges")]
    assert len(elsewhere) <= 3
    # New files all of them: nothing of the product was edited.
    assert [path for path in _files() if (ROOT / "bonphuong" / path.relative_to(TOY)).exists()] == []


def test_the_gate_names_what_is_wrong_by_column(told: dict[str, Any]) -> None:
    assert told["errors"] == [
        ["country", "Không có nước nào tên “Atlantis”."],
        ["metres", "Cần điền ô này."],
        ["metres", "No bridge has thirteen metres."],
        ["opened_on", "Ngày này chưa tới."],
    ]
    assert told["cost"] == 150_000_000


def test_a_record_is_entered_counted_changed_and_taken_back(told: dict[str, Any]) -> None:
    assert told["number"] == "CAU-2024-001"
    assert told["refused"] == "MissingPaper"
    assert (told["state"], told["counts_on"]) == ("open", "2024-05-01")
    assert told["standing"] == [0, 1]
    assert told["gone"] == [1, 0]
    assert told["lines"] == [["thép", 150_000_000], ["đá", 5]]
    assert (told["revealed"], told["left"]) == ("kín", 2)
    assert told["problems"] == []


def test_sums_are_told_in_whole_units_and_years_plainly(told: dict[str, Any]) -> None:
    assert told["refused_year"] == ["“26” không phải là năm."]
    assert told["sums"] == [
        [["year", "worth"], 123_450, "USD"],
        ["2026", "1234.5", "USD"],
        [[], 123_450, "USD"],
        [["worth"], 2_000, "USD"],
        [["worth", "currency"], 20, "VND"],
    ]


def test_a_record_that_another_stands_beside_is_not_taken_back(told: dict[str, Any]) -> None:
    kept, copy, message = told["undo_refused"]
    assert message == f"{copy} đã được gộp vào {kept}. Hãy tách hai hồ sơ trước."


def test_a_sheet_brings_a_record_up_to_date_unless_it_moved_since(told: dict[str, Any]) -> None:
    assert (told["changed"], told["metres"], told["stale"]) == (["metres"], 1300, 1)
    assert told["probe"] == "cau vi du"
