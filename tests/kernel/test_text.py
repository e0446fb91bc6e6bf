import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonphuong.kernel.text import SORT_KEY_LENGTH, fold, nfc, slug, sort_key, tidy

VIETNAMESE = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệừứửữự AĐÊ12", max_size=30)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đoàn", "doan"),
        ("ĐIỆN BIÊN", "dien bien"),
        ("Đắk Lắk", "dak lak"),
        ("ðường", "duong"),
        (unicodedata.normalize("NFD", "Đồng Tháp"), "dong thap"),
        ("Phông  Sa\N{NO-BREAK SPACE}Lỳ ", "phong sa ly"),
        ("云南省外事办公室", "云 南 省 外 事 办 公 室"),
        ("Kim Bình (金平)", "kim binh ( 金 平 )"),
        ("ແຂວງຫຼວງພະບາງ", "ແຂວງຫຼວງພະບາງ"),
        ("한국", unicodedata.normalize("NFD", "한국")),
        ("straße", "strasse"),
        ("ＡＢＣ（１２）", "abc(12)"),
        ("ແຂວງ\u200bຫຼວງ", "ແຂວງຫຼວງ"),
        ("ໝ", "ຫມ"),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@given(text=st.text(max_size=60))
def test_folding_twice_changes_nothing_and_forms_do_not_matter(text):
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(text=VIETNAMESE)
def test_folded_vietnamese_is_plain(text):
    assert fold(text).isascii()
    assert fold(text.upper()) == fold(text)


@pytest.mark.parametrize(
    "in_order",
    [
        ["An", "Ánh", "Ăn", "Ân", "Dầu", "Duy", "Đà", "Đức"],
        ["ba", "ba ba", "ba cây", "bà", "bà con", "bả", "bã", "bá", "bá chủ", "bạ"],
        ["Điện Biên", "Đồng Nai", "Đồng Tháp", "Em"],
        ["Lai Châu", "Lạng Sơn", "Lào Cai"],
        ["Lương", "Lượng"],
        ["Nguyễn Ái", "Nguyễn Văn An", "Nguyễn Văn Ánh"],
        ["Đoàn 2", "Đoàn 10", "Đoàn A"],
        ["e", "ê", "g", "o", "ô", "ơ", "u", "ư", "v", "y"],
        ["Zô", "金平"],
    ],
)
def test_sort_key_orders_as_dictionaries_do(in_order):
    assert sorted(set(in_order), key=sort_key) == in_order
    assert len({sort_key(text) for text in in_order}) == len(in_order)


def test_sort_key_does_not_see_case_punctuation_or_place_of_the_tone():
    assert sort_key("ĐÀ NẴNG") == sort_key("Đà-Nẵng")
    assert sort_key("hoà") == sort_key("hòa")
    assert sort_key(unicodedata.normalize("NFD", "Đồng")) == sort_key("Đồng")


def test_sort_key_takes_a_tone_on_any_letter():
    assert sort_key("q") < sort_key("q\u0301") < sort_key("qu")


@given(text=st.text(max_size=300))
def test_sort_key_is_figures_alone_and_fits_its_column(text):
    key = sort_key(text)

    assert key == "" or (key.isascii() and key.isdigit())
    assert len(key) <= SORT_KEY_LENGTH


@given(one=VIETNAMESE, more=VIETNAMESE)
def test_what_begins_a_phrase_comes_before_it(one, more):
    assert sort_key(one) <= sort_key(f"{one} {more}")


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Đoàn đi Côn Minh, 2025", "doan-di-con-minh-2025"),
        ("  SNgV/BC  ", "sngv-bc"),
        ("云南", ""),
        ("Cửa khẩu Ma Lù Thàng – 金水河", "cua-khau-ma-lu-thang"),
    ],
)
def test_slug(text, made):
    assert slug(text) == made


def test_nfc_and_tidy():
    decomposed = unicodedata.normalize("NFD", "Hồng Hà")

    assert nfc(decomposed) == "Hồng Hà"
    assert tidy(f" \ufeff{decomposed}\u200b \n Vân\tNam ") == "Hồng Hà Vân Nam"
