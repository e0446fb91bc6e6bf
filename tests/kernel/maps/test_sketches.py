import copy
import json
import re
from xml.etree import ElementTree as ET

import pytest

from bonphuong.kernel.charts.drawing import as_file, on_page
from bonphuong.kernel.maps.drawing import COUNT, GATE, Mark, Name, draw_map
from bonphuong.kernel.maps.sketches import DATA, read_sketch, sketches

COUNTRY = DATA / "viet-nam.json"
#: Degrees of latitude: a map that reaches from one to the other shows the whole country.
SOUTH, NORTH = 10, 22
HOSTILE = "<script>alert(1)</script>&'\""


def _whole():
    return [one for one in sketches().values() if one.whole_country]


def _raw(path=COUNTRY):
    return json.loads(path.read_text("utf-8"))


def test_there_is_a_map_of_the_country():
    assert [one.code for one in _whole()] == ["viet-nam"]


@pytest.mark.parametrize("path", sorted(DATA.glob("*.json")), ids=lambda path: path.stem)
def test_a_map_that_reaches_over_the_whole_country_says_so(path):
    raw = _raw(path)
    heights = [point[1] for ring in raw.get("rings", ()) for point in ring]
    if heights and min(heights) < SOUTH and max(heights) > NORTH:
        assert raw["whole_country"]
    assert raw["source"]


@pytest.mark.parametrize("sketch", _whole(), ids=lambda one: one.code)
@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("vi", ("Quần đảo Hoàng Sa", "Quần đảo Trường Sa", "(Việt Nam)")),
        ("en", ("Hoàng Sa archipelago", "Trường Sa archipelago", "(Viet Nam)")),
    ],
)
def test_the_whole_country_is_never_shown_without_its_islands(sketch, lang, names):
    drawn = draw_map(sketch, {}, lang=lang)
    everywhere = (on_page(drawn, alt="x"), as_file(drawn), as_file(drawn, look="dark", words={"title": "x"}))
    for svg in everywhere:
        for name in names:
            assert name in svg
        for code in ("hoang-sa", "truong-sa"):
            group = re.search(rf'<g data-islands="{code}">(.*?)</g>', svg)[1]
            assert group.count("<circle") >= 5
        _inside(svg, sketch)


def _inside(svg, sketch):
    """Every island lies within the drawing."""
    for x, y in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="2.6"', svg):
        assert 0 < float(x) < sketch.width
        assert 0 < float(y) < sketch.height


@pytest.mark.parametrize("code", ["hoang-sa", "truong-sa"])
@pytest.mark.parametrize("spoil", ["gone", "dotless", "nameless"])
def test_a_map_of_the_country_without_its_islands_is_not_read(code, spoil):
    raw = copy.deepcopy(_raw())
    one = next(one for one in raw["islands"] if one["code"] == code)
    if spoil == "gone":
        raw["islands"].remove(one)
    elif spoil == "dotless":
        one["points"] = []
    else:
        one["name_vi"] = ""
    with pytest.raises(ValueError, match=code):
        read_sketch(raw)


def test_every_province_of_today_has_its_place():
    assert len(sketches()["viet-nam"].places) == 34


def test_a_sketch_is_moved_to_its_corner_and_keeps_its_shapes():
    sketch = sketches()["lai-chau"]
    for area in sketch.areas:
        numbers = [float(one) for one in re.findall(r"-?[\d.]+", area.path)]
        assert min(numbers) > 0
        assert max(numbers) < max(sketch.width, sketch.height)
    assert sketch.place("ma-lu-thang") is not None
    assert sketch.place("khong-co") is None


def test_marks_say_themselves_and_lead_only_within_the_site():
    sketch = sketches()["lai-chau"]
    marks = [
        Mark(GATE, "ma-lu-thang", f"Cửa khẩu {HOSTILE}", "/records/1", text="1", theirs=False),
        Mark(COUNT, "vn-lai-chau", "đếm", "javascript:alert(1)", text="3"),
        Mark(COUNT, "vn-lai-chau", "đếm nữa", "//example.org", text="4"),
        Mark(COUNT, "khong-co", "không có chỗ", "/x"),
    ]
    drawn = draw_map(sketch, {"cn-jinping": Name(HOSTILE, HOSTILE, HOSTILE, "/partners/a", HOSTILE)}, marks)
    ET.fromstring(on_page(drawn, alt=HOSTILE))
    ET.fromstring(as_file(drawn, words={"title": HOSTILE}))
    assert re.findall(r'<a href="([^"]*)"', drawn) == ["/partners/a", "/records/1"]
    assert "<script" not in drawn
    assert "không có chỗ" not in drawn


def test_names_carry_their_language_and_a_partner_is_set_apart():
    sketch = sketches()["lai-chau"]
    names = {"la-phongsaly": Name("Phông Sa Lỳ", "ຜົ້ງສາລີ", "lo")}
    drawn = draw_map(sketch, names, picked={"la-phongsaly"})
    assert re.search(r'lang="lo">ຜົ້ງສາລີ<', drawn)
    assert drawn.count('stroke-width="4"') == 1
