import re

import pytest
from django.core.cache import cache
from django.template import Context, Template
from django.test import RequestFactory

from bonphuong.families.borders.models import BorderItem
from bonphuong.parties.models import Party
from bonphuong.records.enums import Visibility
from bonphuong.records.models import Record
from bonphuong.trail.acting import acting
from bonphuong.web.desk.addresses import record_url
from bonphuong.web.desk.pages.maps import MapState
from tests.factories.borders import BorderItemFactory
from tests.factories.records import RecordFactory
from tests.factories.twinning import PairFactory

SECRET = "Cửa khẩu không ai được biết"


def _record(family, kind, title, **more):
    return RecordFactory(
        family=family,
        kind=kind,
        title=title,
        office_code="lc-dofa",
        book="lai-chau",
        number=f"{kind}-{title}"[:40],
        **{"visibility": Visibility.BOOK, **more},
    )


@pytest.fixture
def ground_of_the_map(people):
    """Two gates, one of which few may see, and a twinned pair."""
    known = _record("borders", "gate", "Ma Lù Thàng – Kim Thủy Hà")
    BorderItemFactory(
        record=known,
        kind="gate",
        gate_code="ma-lu-thang",
        gate_type="main",
        type_now="main",
        standing="operating",
    )
    hidden = _record("borders", "opening", SECRET, visibility=Visibility.RESTRICTED)
    BorderItemFactory(
        record=hidden,
        kind="opening",
        gate_code="po-to",
        gate_type="opening",
        type_now="opening",
        standing="operating",
    )
    pair = _record("twinning", "pair", "Pô Tô – Cửa Cải")
    PairFactory(record=pair, partner_code="cn-cua-cai", level="village", standing="active")
    return known, hidden, pair


def test_the_map_and_the_lists_beside_it_say_the_same(ground_of_the_map, people, at_desk):
    answer = at_desk(people["lanhdao"]).get("/map/")
    page, text = answer.context["page"], answer.content.decode()
    assert page.title.startswith("Lai Châu và các địa phương bạn: 8 đối tác, 1 cửa khẩu, lối mở")
    listed = {layer.code: [entry.name for entry in layer.entries] for layer in page.layers}
    assert listed["gates"] == ["Ma Lù Thàng – Kim Thủy Hà"]
    assert listed["twins"] == ["Pô Tô – Cửa Cải"]
    for name in listed["gates"] + listed["twins"]:
        assert text.count(name) >= 2
    assert record_url(ground_of_the_map[2]) in text
    assert 'lang="lo"' in text
    assert 'lang="zh-Hans"' in text


@pytest.mark.parametrize("address", ["/map/", "/map/?layers=gates", "/map/picture.svg", "/map/?map=viet-nam"])
def test_a_restricted_record_leaves_no_mark(ground_of_the_map, people, at_desk, address):
    for user in people.values():
        may = Record.objects.visible_to(user).filter(pk=ground_of_the_map[1].pk).exists()
        answer = at_desk(user).get(address)
        if answer.status_code == 200 and not may:
            assert SECRET not in answer.content.decode()
    assert not Record.objects.visible_to(people["lanhdao"]).filter(pk=ground_of_the_map[1].pk).exists()


def test_another_province_s_gates_are_not_on_it(ground_of_the_map, people, at_desk):
    text = at_desk(people["canbo.laocai"]).get("/map/").content.decode()
    assert "Ma Lù Thàng" not in text
    assert "Cửa Cải" not in text


def test_layers_are_taken_off_and_put_on(ground_of_the_map, people, at_desk):
    client = at_desk(people["lanhdao"])
    page = client.get("/map/?layers=twins").context["page"]
    assert [layer.code for layer in page.layers] == ["twins"]
    chips = {chip.label: chip for chip in page.chips}
    assert [chip.is_on for chip in page.chips] == [False, False, True, False, False]
    both = client.get(chips["Cửa khẩu"].url).context["page"]
    assert [layer.code for layer in both.layers] == ["gates", "twins"]


def test_all_layers_again_is_the_plain_address():
    state = MapState("lai-chau", ("partners", "gates", "twins", "aid"))
    assert state.with_layer("students").url() == "/map/"
    assert MapState("lai-chau", ("aid",)).with_layer("aid").layers == ()


@pytest.mark.parametrize(
    "query",
    [
        "?map=../../etc&layers=x,,y",
        "?layers=%3Cscript%3E",
        "?map=viet-nam&layers=gates",
        "?layers=" + "a," * 500,
    ],
)
def test_what_cannot_be_read_falls_back(people, at_desk, query):
    client = at_desk(people["canbo"])
    answer = client.get(f"/map/{query}")
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()
    assert client.get(f"/map/picture.png{query}").content.startswith(b"\x89PNG")
    assert client.get(f"/map/picture.pdf{query}").status_code == 404


def test_the_country_has_its_islands_on_the_page_and_in_files(people, at_desk):
    client = at_desk(people["lanhdao"])
    for address in ("/map/?map=viet-nam", "/map/picture.svg?map=viet-nam"):
        text = client.get(address).content.decode()
        assert "Quần đảo Hoàng Sa" in text
        assert "Quần đảo Trường Sa" in text


def test_a_map_costs_a_bounded_number_of_queries(
    ground_of_the_map, people, at_desk, django_assert_max_num_queries
):
    client = at_desk(people["lanhdao"])
    for n in range(12):
        record = _record("borders", "opening", f"Lối mở Mẫu {n}")
        BorderItemFactory(
            record=record, kind="opening", gate_type="opening", type_now="opening", standing="planned"
        )
    cache.clear()
    with django_assert_max_num_queries(60):
        client.get("/map/")
    with django_assert_max_num_queries(30):
        client.get("/map/")
    with django_assert_max_num_queries(20):
        client.get("/map/?map=viet-nam")


def _gate_fill(text):
    return re.findall(
        r'<path d="M[^"]*Z" fill="var\(--(brocade-fill|paper)\)" stroke="var\(--brocade\)', text
    )


@pytest.mark.parametrize(
    ("standing", "decided", "halves"),
    [
        ("operating", {}, ["brocade-fill", "brocade-fill"]),
        ("planned", {}, ["paper", "paper"]),
        ("upgrading", {"vn_decided_on": "2020-05-07"}, ["paper", "brocade-fill"]),
        ("planned", {"partner_decided_on": "2020-05-07"}, ["brocade-fill", "paper"]),
    ],
)
def test_a_gate_shows_which_side_has_said_yes(ground_of_the_map, people, at_desk, standing, decided, halves):
    with acting(actor=None, verb="system.test"):
        BorderItem.objects.filter(record=ground_of_the_map[0]).update(standing=standing, **decided)
    text = at_desk(people["lanhdao"]).get("/map/?layers=gates").content.decode()
    assert _gate_fill(text) == halves


def test_a_partner_s_page_takes_the_sketch_with_it(ground_of_the_map, people):
    request = RequestFactory().get("/")
    request.user = people["lanhdao"]
    tag = Template("{% load maps %}{% map_of party %}")

    def shown(code):
        return tag.render(Context({"request": request, "party": Party.objects.get(pk=code)}))

    county = shown("cn-jinping")
    assert 'stroke-width="4"' in county
    assert "Ma Lù Thàng" in county
    assert SECRET not in county
    # A body counts with the place that it belongs to; one from elsewhere has no place on the sketch.
    assert 'stroke-width="4"' in shown("cn-jinping-government")
    assert shown("jica").strip() == ""
