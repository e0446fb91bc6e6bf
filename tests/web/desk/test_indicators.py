"""An office makes an indicator of its own in the desk, and asks for it at once."""

import datetime as dt

import pytest

from bonphuong.indicators.models import Indicator
from bonphuong.indicators.services import load_indicators
from tests.factories.ledger import BOOK, draft, post

D = dt.date
OF = "/settings/indicators/new?of=outbound.groups"
GIVEN = {
    "office": "lc-dofa",
    "label_vi": "Đoàn cấp tỉnh đi Lào",
    "label_en": "Provincial trips to Laos",
    "by_country": ["LA"],
    "by_head_level": ["province", "-"],
    "split_by": "field",
    "valid_from": "1/1/2025",
    "reason": "Theo yêu cầu của Ví Dụ",
}


@pytest.fixture
def desk(people, at_desk):
    """A browser of somebody of the demonstration, by the user name."""
    return lambda name: at_desk(people[name])


@pytest.fixture
def keeper(desk):
    load_indicators()
    return desk("truongphong")


def _made(client, **changed):
    return client.post(OF, {**GIVEN, **changed})


def test_it_is_made_of_what_is_counted_and_asked_for_at_once(keeper, desk):
    for country, level in (("LA", "province"), ("LA", ""), ("LA", "commune"), ("CN", "province")):
        post(draft(on=D(2025, 3, 3), country=country, slot1=level, field="trade"), book=BOOK)
    assert _made(keeper).status_code == 302
    row = Indicator.objects.get(office_code="lc-dofa")
    assert row.code == "own.lc-dofa.doan-cap-tinh-di-lao.1"
    page = keeper.get(f"/figures/?indicator={row.code}&period=2025&office={BOOK}").context["page"]
    assert (page.found.value, page.state.split) == (2, "field")
    assert "Chỉ tiêu riêng của các đơn vị" in keeper.get("/figures/").content.decode()
    assert (
        desk("canbo.laocai").get(f"/figures/?indicator={row.code}").context["page"].state.indicator
        != row.code
    )


def test_a_new_version_and_an_end_are_made_there_too(keeper):
    _made(keeper)
    code = "own.lc-dofa.doan-cap-tinh-di-lao.1"
    page = keeper.get(f"/settings/indicators/{code}/change")
    assert page.context["form"]["by_head_level"].initial == ["-", "province"]
    changed = {**GIVEN, "by_country": ["LA", "CN"], "valid_from": "1/6/2025"}
    assert keeper.post(f"/settings/indicators/{code}/change", changed).status_code == 302
    versions = dict(
        Indicator.objects.filter(office_code="lc-dofa").values_list("version", "filters__country")
    )
    assert versions == {1: ["LA"], 2: ["CN", "LA"]}
    shown = keeper.get(f"/settings/indicators/{code[:-1]}2").content.decode()
    assert "Lào" in shown
    ended = keeper.post(f"/settings/indicators/{code[:-1]}2/end", {"on": "18/12/2025", "reason": "Thôi dùng"})
    assert ended.status_code == 302
    assert Indicator.objects.get(version=2, office_code="lc-dofa").valid_to == D(2025, 12, 18)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"label_vi": ""}, "label_vi"),
        ({"by_country": ["XX"]}, "by_country"),
        ({"split_by": "unit"}, "split_by"),
        ({"name": "Đoàn ra!"}, "name"),
        ({"valid_from": "31/31/2025"}, "valid_from"),
        ({"office": "lcai-dofa"}, "office"),
    ],
)
def test_wrong_input_is_told_beside_its_field(keeper, changed, field):
    answer = _made(keeper, **changed)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {field})
    assert not Indicator.objects.filter(office_code="lc-dofa").exists()


def test_what_cannot_be_counted_is_not_asked_about(keeper):
    assert keeper.get("/settings/indicators/new?of=border.length").status_code == 422
    page = keeper.get("/settings/indicators/new?of=two:percent")
    assert {"numerator", "denominator"} <= set(page.context["form"].fields)
    two = {**GIVEN, "numerator": "outbound.groups", "denominator": "outbound.groups"}
    answer = keeper.post("/settings/indicators/new?of=two:percent", two)
    assert set(answer.context["form"].errors) == {"denominator"}
