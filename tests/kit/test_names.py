"""What codes are called on a page."""

import pytest
from django.utils import translation

from bonphuong.kit.names import Names
from bonphuong.parties.models import Party

NAMES = Names(
    parties={"la-phongsaly": Party(code="la-phongsaly", name_vi="Phông Sa Lỳ", name_en="Phongsaly")}
)


@pytest.mark.parametrize(
    ("language", "code", "text", "told"),
    [
        ("vi", "la-phongsaly", "tỉnh Phông Sa Lỳ", "tỉnh Phông Sa Lỳ"),
        ("vi", "la-phongsaly", "", "Phông Sa Lỳ"),
        ("en", "la-phongsaly", "tỉnh Phông Sa Lỳ", "Phongsaly"),
        ("en", "la-phongsaly", "Sở Ngoại vụ tỉnh Phông Sa Lỳ", "Sở Ngoại vụ tỉnh Phông Sa Lỳ"),
        ("en", "", "Hội Mẫu", "Hội Mẫu"),
        ("en", "xx-gone", "", "xx-gone"),
        ("vi", "", "", ""),
    ],
)
def test_a_partner_is_told_as_it_was_written_and_abroad_by_its_own_name(language, code, text, told):
    with translation.override(language):
        assert NAMES.told(code, text) == told
