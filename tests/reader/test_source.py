"""The plain twin of a text keeps its meaning and leads back to every character of the original."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonphuong.kernel.errors import BadValue
from bonphuong.reader.extract import read
from bonphuong.reader.source import decode, is_text, plain, source

SENTENCE = "Năm 2024, tỉnh đón 12 đoàn/ 80 lượt người nước ngoài đến thăm, làm việc."


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("Hoà Bình", "Hòa Bình"), ("uỷ ban", "ủy ban")],
)
def test_both_ways_of_placing_tones_meet(one, other):
    assert plain(one) == plain(other)


@pytest.mark.parametrize("word", ["quý", "Quý", "quỹ", "đoàn", "toàn", "hoạt", "thoại", "xoáy"])
def test_other_syllables_keep_their_tone(word):
    assert plain(word) == word


def test_decomposed_text_gives_the_same_claims_on_its_own_offsets():
    text = unicodedata.normalize("NFD", SENTENCE)
    found = read(text).claims
    assert [str(claim.value) for claim in found] == ["12", "80"]
    for claim in found:
        start, end = claim.spans[0]
        assert text[start:end] == claim.text
        assert unicodedata.normalize("NFC", claim.text) in SENTENCE


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_line_ends_do_not_move_offsets(newline):
    text = f"09:15 | 20/06/2025{newline}{newline}Một tiêu đề đủ dài cho bài này{newline}{newline}{SENTENCE}{newline}"
    found = read(text).claims
    assert [text[start:end] for claim in found for start, end in claim.spans] == ["12 đoàn", "80 lượt người"]


def test_byte_order_mark_counts_as_one_character():
    text = decode(b"\xef\xbb\xbf" + SENTENCE.encode())
    (first, _) = read(text).claims
    assert text[0] == "\ufeff"
    assert text[first.spans[0][0] : first.spans[0][1]] == "12 đoàn"


def test_wide_text_with_a_mark_is_read():
    assert decode(SENTENCE.encode("utf-16")) == SENTENCE


@pytest.mark.parametrize(
    "data",
    [SENTENCE.encode("cp1258", "replace") + b"\xff\xfe\x80", bytes(range(256)) * 4, b"\x00\x01\x02" * 50],
)
def test_what_is_no_text_is_refused_in_plain_words(data):
    with pytest.raises(BadValue):
        decode(data)


def test_noise_is_no_writing():
    assert is_text(SENTENCE)
    assert not is_text("7%\x00\x01\ufffd12 đoàn\x02")
    assert read("7%\x00\x01\ufffd cử 12 đoàn\x02\x03 đi nước ngoài").claims == ()


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_the_twin_has_its_length_and_its_way_back(text):
    twin = source(text)
    assert len(twin.exact) == len(twin.key)
    assert twin.spot(0) == 0
    assert twin.spot(len(twin.exact)) == len(text)
    spots = [twin.spot(place) for place in range(len(twin.exact) + 1)]
    assert spots == sorted(spots)
