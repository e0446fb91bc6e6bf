"""What a measurement is, how it is timed, and how the results are shown."""

from __future__ import annotations

import gc
import statistics
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.ground import Ground

ROUNDS = 5


@dataclass(frozen=True)
class Result:
    """Seconds of ours and of the reference for the same work, and how much of it there was."""

    work: str
    reference: str
    size: int
    ours_s: float
    reference_s: float
    bar: float | None
    note: str = ""

    @property
    def ratio(self) -> float:
        """How many times the reference's time ours takes."""
        return self.ours_s / self.reference_s if self.reference_s else float("inf")

    @property
    def verdict(self) -> str:
        """Whether the bar is met; empty where there is none."""
        if self.bar is None:
            return ""
        return "met" if self.ratio <= self.bar else "MISSED"


@dataclass(frozen=True)
class Measurement:
    """A piece of work with its reference and its bar (how many times the reference's time it may take)."""

    work: str
    reference: str
    bar: float | None
    run: Callable[[Ground], tuple[float, float, str]]


REGISTRY: list[Measurement] = []


def measured(
    *, work: str, reference: str, bar: float | None = None
) -> Callable[[Callable[[Ground], tuple[float, float, str]]], Callable[[Ground], tuple[float, float, str]]]:
    """Register a function that returns (seconds of ours, seconds of the reference, a note)."""

    def register(
        run: Callable[[Ground], tuple[float, float, str]],
    ) -> Callable[[Ground], tuple[float, float, str]]:
        REGISTRY.append(Measurement(work, reference, bar, run))
        return run

    return register


def seconds(work: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """The median of some rounds, after one that is not counted."""
    work()
    return statistics.median(once(work) for _ in range(rounds))


def once(work: Callable[[], object]) -> float:
    """The time of a single run, for work that can be done only once."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def table(results: Sequence[Result]) -> str:
    """The results as people read them."""
    head = ("work", "size", "ours ms", "reference ms", "ratio", "bar", "", "note")
    rows = [head, *(_row(result) for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
    )


def _row(result: Result) -> tuple[str, ...]:
    bar = "" if result.bar is None else f"{result.bar:g}"
    return (
        f"{result.work} / {result.reference}",
        f"{result.size:,}",
        f"{result.ours_s * 1000:.2f}",
        f"{result.reference_s * 1000:.2f}",
        f"{result.ratio:.2f}",
        bar,
        result.verdict,
        result.note,
    )


def as_json(results: Sequence[Result]) -> list[dict[str, object]]:
    """The results as programs read them."""
    return [asdict(result) | {"ratio": result.ratio, "verdict": result.verdict} for result in results]
