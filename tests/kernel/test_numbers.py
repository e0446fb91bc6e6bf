from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonphuong.kernel.numbers import (
    ParsedNumber,
    format_number,
    format_percent,
    parse_number,
    short_amount,
    spell,
)

LANGS = st.sampled_from(["vi", "en"])
WHOLE = st.integers(-(10**27) + 1, 10**27 - 1)
DECIMALS = st.decimals(-(10**15), 10**15, allow_nan=False, allow_infinity=False, places=4)


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (0, None, "0", "0"),
        (1234, None, "1.234", "1,234"),
        (-1234567, None, "-1.234.567", "-1,234,567"),
        (Decimal("1234.5"), None, "1.234,5", "1,234.5"),
        (Decimal("9.0"), None, "9,0", "9.0"),
        (Decimal("1E+6"), None, "1.000.000", "1,000,000"),
        (Decimal("2.345"), 2, "2,35", "2.35"),
        (Decimal("-0.001"), 2, "0,00", "0.00"),
        (12, 1, "12,0", "12.0"),
    ],
)
def test_format_number(value, decimals, vi, en):
    assert (format_number(value, "vi", decimals), format_number(value, "en", decimals)) == (vi, en)


def test_percent_counts_hundredths_already():
    assert (format_percent(Decimal("9.0")), format_percent(25, "en", 1)) == ("9,0%", "25.0%")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh bốn"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (555, "năm trăm năm mươi lăm"),
        (1_000, "một nghìn"),
        (1_005, "một nghìn không trăm linh năm"),
        (1_050, "một nghìn không trăm năm mươi"),
        (10_000, "mười nghìn"),
        (345_200, "ba trăm bốn mươi lăm nghìn hai trăm"),
        (1_000_001, "một triệu không trăm linh một"),
        (1_001_000, "một triệu không trăm linh một nghìn"),
        (1_800_000_000, "một tỷ tám trăm triệu"),
        (27_300_000_000, "hai mươi bảy tỷ ba trăm triệu"),
        (1_000_000_005, "một tỷ không trăm linh năm"),
        (3_300_000_000_000, "ba nghìn ba trăm tỷ"),
        (1_000_001 * 10**9, "một triệu không trăm linh một tỷ"),
        (10**18, "một tỷ tỷ"),
        (-5, "âm năm"),
        (Decimal("1.8"), "một phẩy tám"),
        (Decimal("1.05"), "một phẩy không năm"),
        (Decimal("7.25"), "bảy phẩy hai mươi lăm"),
        (Decimal("9.0"), "chín phẩy không"),
        (Decimal("-0.5"), "âm không phẩy năm"),
        (Decimal("3.1416"), "ba phẩy một bốn một sáu"),
    ],
)
def test_spell_in_vietnamese(value, words):
    assert spell(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "zero"),
        (25, "twenty-five"),
        (105, "one hundred and five"),
        (1_005, "one thousand and five"),
        (1_150, "one thousand one hundred and fifty"),
        (1_800_000_000, "one billion eight hundred million"),
        (-30, "minus thirty"),
        (Decimal("1.05"), "one point zero five"),
    ],
)
def test_spell_in_english(value, words):
    assert spell(value, "en") == words


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (1_800_000_000, "1,8 tỷ", "1.8 billion"),
        (1_170_000, "1,17 triệu", "1.17 million"),
        (2_000_000, "2 triệu", "2 million"),
        (345_200, "345.200", "345,200"),
        (999_999, "999.999", "999,999"),
        (999_999_999, "1 tỷ", "1 billion"),
        (3_300_000_000_000, "3.300 tỷ", "3.3 trillion"),
        (-1_800_000_000, "-1,8 tỷ", "-1.8 billion"),
        (10_000_000_000, "10 tỷ", "10 billion"),
        (Decimal("12.5"), "12,5", "12.5"),
        (0, "0", "0"),
    ],
)
def test_short_amount(value, vi, en):
    assert (short_amount(value, "vi"), short_amount(value, "en")) == (vi, en)


@pytest.mark.parametrize(
    ("text", "value", "alternatives"),
    [
        ("265.165", "265165", ["265.165"]),
        ("345.200", "345200", ["345.200"]),
        ("1,800", "1.800", ["1800"]),
        ("3.300 tỷ", "3300000000000", ["3300000000"]),
        ("1,8", "1.8", []),
        ("9,0", "9.0", []),
        ("9.5", "9.5", []),
        ("12", "12", []),
        ("0.165", "0.165", []),
        ("0,165", "0.165", []),
        ("1.234.567", "1234567", []),
        ("1,234,567", "1234567", []),
        ("1.234,5", "1234.5", []),
        ("1,234.5", "1234.5", []),
        ("1 234 567", "1234567", []),
        ("1\N{NO-BREAK SPACE}234,5", "1234.5", []),
        ("-7", "-7", []),
        ("\N{MINUS SIGN}7", "-7", []),
        ("１２", "12", []),
        ("໑໒", "12", []),
        ("1,8 tỷ", "1800000000", []),
        ("1,8 TỈ", "1800000000", []),
        ("1 tỷ 800 triệu", "1800000000", []),
        ("một tỷ rưỡi", "1500000000", []),
        ("hai trăm rưỡi", "250", []),
        ("hai triệu rưởi", "2500000", []),
        ("ba chục", "30", []),
        ("hai vạn", "20000", []),
        ("một nghìn lẻ", None, []),
        ("một nghìn linh năm", None, []),
        ("một trăm lẻ năm", "105", []),
        ("Hai mươi bốn", "24", []),
        ("năm ngàn", "5000", []),
        ("một phẩy hai lăm", "1.25", []),
        ("một phẩy tám triệu", "1800000", []),
        ("âm một phẩy tám", "-1.8", []),
    ],
)
def test_parse_number(text, value, alternatives):
    if value is None:
        with pytest.raises(ValueError, match="“"):
            parse_number(text)
        return
    expected = ParsedNumber(Decimal(value), bool(alternatives), tuple(map(Decimal, alternatives)))
    assert parse_number(text) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,8", "1.8"),
        ("1.8 billion", "1800000000"),
        ("1,234,567", "1234567"),
        ("twenty five", "25"),
        ("two hundred and five thousand", "205000"),
        ("one point eight million", "1800000"),
        ("one million point five", "1000000.5"),
    ],
)
def test_parse_number_in_english(text, value):
    assert parse_number(text, "en").value == Decimal(value)


def test_whole_decides_between_readings():
    assert parse_number("345.200", whole=True) == ParsedNumber(
        Decimal(345200), alternatives=(Decimal("345.200"),)
    )
    assert parse_number("345,200", whole=True) == ParsedNumber(
        Decimal(345200), alternatives=(Decimal("345.200"),)
    )
    assert parse_number("1,8 tỷ", whole=True).value == 1_800_000_000
    assert parse_number("12.0", whole=True).value == 12
    with pytest.raises(ValueError, match="1,8"):
        parse_number("1,8", whole=True)


@pytest.mark.parametrize(
    "text",
    ["", "-", "abc", "1.2.3", "1.23.456", "12 34", "1,2,3", "0.123.456", "một trăm hai", "tỷ", "nghìn", "phẩy năm",
     "rưỡi", "một phẩy", "một phẩy linh", "linh năm", "hai hai", "một nghìn hai nghìn", "không tỷ", "1/2", "9" * 60, "a" * 700,
     "1e5", "NaN", "Infinity", "1_000", "một nghìn hai triệu", "+5 -3"],
)  # fmt: skip
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="“"):
        parse_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "point five",
        "one hundred hundred",
        "one thousand million",
        "twenty eleven",
        "and",
        "one point",
        "one point ten",
    ],
)
def test_what_is_no_english_number_is_refused(text):
    with pytest.raises(ValueError, match="“"):
        parse_number(text, "en")


def test_numbers_too_large_for_words_and_no_numbers_are_refused():
    with pytest.raises(ValueError, match=r"\w"):
        spell(10**27)
    for value in ("NaN", "Infinity", "1E+900000", "1E-900000", "1" * 90):
        with pytest.raises(ValueError, match=r"\w"):
            format_number(Decimal(value))
    with pytest.raises(TypeError):
        format_number(1.5)  # type: ignore[arg-type]


def test_an_unknown_language_is_the_callers_mistake():
    with pytest.raises(LookupError, match="xx"):
        format_number(1, "xx")


@given(value=WHOLE | DECIMALS, lang=LANGS)
def test_figures_read_back(value, lang):
    parsed = parse_number(format_number(value, lang), lang)

    assert parsed.value == value


@given(value=WHOLE | DECIMALS, lang=LANGS)
def test_words_read_back(value, lang):
    assert parse_number(spell(value, lang), lang) == ParsedNumber(Decimal(value))


@given(value=DECIMALS, lang=LANGS)
def test_a_short_amount_is_near(value, lang):
    near = parse_number(short_amount(value, lang), lang)

    assert any(
        abs(reading - value) <= max(abs(value) / 100, Decimal("0.005"))
        for reading in (near.value, *near.alternatives)
    )


@given(text=st.text(max_size=40) | st.text("0123456789., ", max_size=20), lang=LANGS)
def test_any_text_is_a_number_or_is_refused(text, lang):
    try:
        parsed = parse_number(text, lang)
    except ValueError as error:
        assert str(error)  # noqa: PT017 - either outcome is right, an empty message is not
    else:
        assert parsed.value.is_finite()
        assert parsed.ambiguous == bool(parsed.alternatives)
