import datetime as dt
import unicodedata
from decimal import Decimal

import pytest

from bonphuong.kernel.canonical import canonical, digest_of, moment_text


def decomposed(text):
    return unicodedata.normalize("NFD", text)


def test_equal_data_are_one_text_whatever_their_order_and_however_letters_are_composed():
    written = canonical({"tỉnh": "Ví Dụ", "an": [1, "1", None, True], "an-b": {}})

    assert written == '{"an":[1,"1",null,true],"an-b":{},"tỉnh":"Ví Dụ"}'
    assert (
        canonical({"an-b": {}, "an": (1, "1", None, True), decomposed("tỉnh"): decomposed("Ví Dụ")})
        == written
    )


@pytest.mark.parametrize("value", [Decimal(1), dt.date(2026, 1, 1), {"a"}, b"a"])
def test_what_json_does_not_know_is_refused(value):
    with pytest.raises(TypeError):
        canonical({"a": value})


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_refused(value):
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical({"a": value})


def test_a_digest_is_that_of_the_bytes():
    known = "24942d00864b6aad4228ed5147a763729129e6b213fd6918511df496c0a987a1"

    assert [digest_of("Bốn Phương"), digest_of("Bốn Phương".encode())] == [known, known]


def test_a_moment_is_told_in_utc_to_the_microsecond():
    vietnam = dt.timezone(dt.timedelta(hours=7))

    assert moment_text(dt.datetime(2026, 1, 2, 3, 4, tzinfo=vietnam)) == "2026-01-01T20:04:00.000000+00:00"
    assert moment_text(None) == ""
