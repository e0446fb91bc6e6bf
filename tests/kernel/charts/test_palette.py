import re
from pathlib import Path

import pytest

from bonphuong.kernel.charts.palette import COLOURS, SERIES, WORDS, coloured, token

TOKENS = Path(__file__).parents[3] / "bonphuong/web/desk/static/desk/tokens.css"


def test_pictures_that_leave_the_page_have_the_colours_of_the_page():
    text = TOKENS.read_text(encoding="utf-8")
    pairs = re.findall(r"--([a-z0-9-]+):\s*light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", text)
    known = {name: (light, dark) for name, light, dark in pairs}
    known |= {name: (one, one) for name, one in re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});", text)}
    assert {name: known.get(name) for name in COLOURS} == COLOURS


def _light(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", [0, 1])
@pytest.mark.parametrize("name", [*SERIES, "chart-3"])
def test_marks_stand_out_from_paper_and_their_words_can_be_read(name, look):
    paper = COLOURS["paper"][look]
    assert _contrast(COLOURS[name][look], paper) >= 3
    assert _contrast(COLOURS[WORDS[name]][look], paper) >= 4.5


def test_only_colours_of_the_palette_are_known():
    with pytest.raises(ValueError, match="unknown token"):
        token("brand-new")
    assert coloured('<p fill="var(--chart-1)"/>', "dark") == '<p fill="#8f97ee"/>'
