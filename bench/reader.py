"""The reader: a crawled page into claims, beside a search for its words one by one."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from bench.measure import measured, seconds
from bonphuong.reader.extract import read
from bonphuong.reader.gazetteer import shipped
from bonphuong.reader.lexicon import lexicon
from bonphuong.reader.source import decode, source

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.ground import Ground

TIMES = 20


@measured(
    work="read a crawled article into claims",
    reference="look for each word and name of the lists by itself",
    bar=1.0,
)
def read_article(_ground: Ground) -> tuple[float, float, str]:
    """Ours: layout, words, names, dates, claims with spans. The reference finds the words and does nothing with them."""
    pages = resources.files("bonphuong.reader") / "data" / "demo"
    texts = [decode(page.read_bytes()) for page in sorted(pages.iterdir(), key=str)]
    words = [*lexicon().phrases, *shipped().spellings]

    def ours() -> None:
        for text in texts:
            read(text)

    def one_by_one() -> None:
        for text in texts:
            plain = source(text)
            for word in words:
                _ = word in plain.exact or word in plain.key

    def many(work: Callable[[], None]) -> float:
        def often() -> None:
            for _ in range(TIMES):
                work()

        return seconds(often, rounds=3) / TIMES

    mine, theirs = many(ours), many(one_by_one)
    return mine, theirs, f"{mine / len(texts) * 1000:.1f} ms an article"
