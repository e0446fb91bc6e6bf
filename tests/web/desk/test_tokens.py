"""Every ink can be read on every ground that it is used on, by day and by night: counted, not looked at."""

import re

import pytest

from bonphuong.web.desk.pages import tokens
from tests.contracts import source

COMPONENTS = source.ROOT / "bonphuong/web/desk/static/desk/components.css"
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
# Decoration: hairlines, veils and the cloth's own ground carry no meaning alone.
SILENT = {"line", "veil", "shadow"}


def test_contrast_is_counted_as_the_standard_counts_it():
    assert tokens.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert tokens.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("pair", tokens.pairs(), ids=lambda pair: f"{pair.ink} on {pair.ground}")
def test_each_ink_stands_out_from_its_ground(pair):
    assert pair.day >= pair.needed
    assert pair.night >= pair.needed


def test_every_colour_is_an_ink_or_a_ground_of_some_pair():
    used = {name for pair in tokens.pairs() for name in (pair.ink, pair.ground)}
    assert set(tokens.colours()) - used - SILENT == set()


def test_rules_that_set_both_ink_and_ground_set_a_pair_that_was_counted():
    counted = {(pair.ink, pair.ground) for pair in tokens.pairs() if pair.needed == tokens.TEXT}
    text = re.sub(r"/\*.*?\*/", "", COMPONENTS.read_text(encoding="utf-8"), flags=re.DOTALL)
    astray = []
    for selector, body in RULE.findall(text):
        ink = re.search(r"(?<![-\w])color:\s*var\(--([\w-]+)\)", body)
        ground = re.search(r"background(?:-color)?:\s*var\(--([\w-]+)\)", body)
        if ink and ground and (ink[1], ground[1]) not in counted:
            astray.append((selector.strip(), ink[1], ground[1]))
    assert astray == []


def test_sheets_hold_no_colour_of_their_own_but_the_tokens():
    text = re.sub(r"/\*.*?\*/", "", COMPONENTS.read_text(encoding="utf-8"), flags=re.DOTALL)
    screen = text.partition("@layer print {")[0]
    assert re.findall(r":[^;{}]*(#[0-9a-fA-F]{3,8})\b", screen) == []
