"""What the demonstration reads: two articles, and a monthly report made up to be compared with the register."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import bonphuong
from bonphuong.config.demonstration.entries import DATA

#: Beside a working copy the two real articles may lie; a clone elsewhere has two of the product's own.
REAL = Path(bonphuong.__file__).resolve().parents[1].parent / "shared" / "documents"
ILLUSTRATION = DATA / "report-2025-06.txt"


def articles() -> list[Path]:
    """The articles, by day: the real ones where they are at hand."""
    real = sorted(REAL.glob("*.txt")) if REAL.is_dir() else []
    return real or own_articles()


def own_articles() -> list[Path]:
    """The product's own two articles."""
    folder = resources.files("bonphuong.reader").joinpath("data", "demo")
    return sorted(Path(str(entry)) for entry in folder.iterdir() if entry.name.endswith(".txt"))


def are_real() -> bool:
    """Whether the articles are the real ones."""
    return REAL.is_dir() and any(REAL.glob("*.txt"))
