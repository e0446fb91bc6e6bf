"""Whatever the bytes, the reader answers: no error, right offsets, and work that grows with the length alone."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonphuong.reader.extract import read

WORDS = [
    "đón", "cử", "12", "3,5", "265.165", "đoàn", "lượt người", "tỷ", "đồng", "%", "km", "trong đó", "gồm", "năm", "2024", "tháng", "ngày 28/2", "quý III",
    "từ", "đến nay", "hai", "mươi", "lăm", "ông", "Nguyễn Văn Mẫu", "Chủ tịch", "đề nghị", "tăng cường", ";", ",", ".", "(", ")", "/", "\n", "\n\n", "Lào",
    "Phongsaly", "tỉnh", "ba", "cửa khẩu quốc tế", "Ma Lù Thàng", "nâng cấp", "thành", "làm việc với", "hội đàm", "so với", "kế hoạch", "ký", "thỏa thuận",
    "với", "lưu học sinh", "\u0301", "ເ", "云南", "-", "…", "Nguồn:", "ước", "hơn", "các lĩnh vực:", "nhóm công tác liên hợp", "do", "làm trưởng đoàn",
]  # fmt: skip


def check(text):
    document = read(text)
    ends = [(block.start, block.end) for block in document.blocks]
    assert ends == sorted(ends)
    assert all(0 <= start < end <= len(text) for start, end in ends)
    for claim in document.claims:
        assert claim.as_json()["text"] == text[claim.spans[0][0] : claim.spans[0][1]]
        assert all(0 <= start < end <= len(text) for start, end in claim.spans)
    return document


@settings(max_examples=150)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_words_in_any_order(text):
    check(text)


@settings(max_examples=60)
@given(st.text(max_size=400))
def test_any_characters(text):
    check(text)


@settings(max_examples=60)
@given(st.binary(max_size=600).map(lambda data: data.decode("utf-8", "replace")))
def test_random_bytes_claim_nothing_that_is_not_there(text):
    check(text)


@pytest.mark.parametrize(
    "piece",
    [
        "1.",
        "đoàn ",
        "cử 42 đoàn/ ",
        "ngày 1/1/2020 ",
        "ông Nguyễn Văn ",
        "Chủ tịch ",
        "đề nghị tăng cường, ",
        "ba tỉnh: A, B, ",
        "1 tỷ ",
        "\u0301\u0323",
        "a\n",
        "(",
        "hai mươi ",
    ],
)
def test_one_endless_line(piece):
    # Long enough that anything quadratic would be felt at once.
    check(piece * (120_000 // len(piece)))


def test_long_noise_is_read_to_the_end():
    noise = random.Random(7).randbytes(300_000)
    assert check(noise.decode("latin-1")).claims == ()
