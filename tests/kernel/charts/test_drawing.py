import datetime as dt
import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from bonphuong.kernel.charts import specs
from bonphuong.kernel.charts.data import Band, Chart, Point, Series, Span, ceiling, tones
from bonphuong.kernel.charts.drawing import as_file, as_png, draw, on_page, size

YEARS = ("2023", "2024", "2025")
HOSTILE = '<script>alert("x")</script> & \'Vân\' "Nam"'


def _series(label, values, tone="chart-1", url="/figures/?period={}&office=lai-chau"):
    points = [
        Point(None if value is None else Decimal(value), f"{label}, {year}: {value}", url.format(year))
        for year, value in zip(YEARS, values, strict=True)
    ]
    return Series(label, points, tone)


@pytest.fixture(scope="module")
def chart():
    return Chart(
        YEARS,
        [_series("Vân Nam", (187, 296, 371)), _series("Lào", (118, 124, 1420), "chart-2")],
        bands=[Band("2023", "2023", "Biên giới hạn chế đi lại")],
        strong="2025",
    )


@pytest.fixture(scope="module")
def svg(chart):
    return draw(specs.columns(chart))


def _links(svg):
    return re.findall(r'<a href="([^"]*)" aria-label="([^"]*)">', svg)


def test_every_column_says_itself_and_leads_to_its_rows(svg):
    assert len(_links(svg)) == 6
    assert ("/figures/?period=2023&amp;office=lai-chau", "Vân Nam, 2023: 187") in _links(svg)
    assert svg.count("<title>") == 6


def test_the_page_s_style_sheet_colours_the_drawing_and_nothing_is_styled_in_it(svg):
    page = on_page(svg, alt="Lượt khách & nước")
    assert 'aria-label="Lượt khách &amp; nước"' in page
    assert "var(--chart-1)" in page
    assert "style=" not in page
    assert not re.search(r"#[0-9a-fA-F]{6}", page)
    ET.fromstring(page)


def test_totals_names_and_numbers_stand_on_the_chart(svg):
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    assert {"305", "420", "1.791", "Vân Nam 371", "Lào 1.420", "2.000"} <= set(texts)


@pytest.mark.parametrize("look", ["light", "dark"])
def test_a_file_stands_alone_with_its_title_and_source(svg, look):
    file = as_file(
        svg, look=look, words={"title": "Khách đến nhiều nhất", "source": "Nguồn: sổ cái", "alt": "a"}
    )
    assert "var(--" not in file
    assert "<a " not in file
    assert "Khách đến nhiều nhất" in file
    assert "Nguồn: sổ cái" in file
    assert as_png(file).startswith(b"\x89PNG")
    with pytest.raises(ValueError, match="no such look"):
        as_file(svg, look="sepia")


@pytest.mark.parametrize(
    "make",
    [
        lambda chart: specs.columns(chart, grouped=True),
        lambda chart: specs.lines(chart, target=_series("kế hoạch", (300, 350, None), "chart-3")),
        specs.share,
        lambda chart: specs.ranked(chart.series[0], labels=YEARS, lang="vi"),
    ],
)
def test_every_kind_is_drawn_with_words_and_links(chart, make):
    drawn = draw(make(chart))
    assert size(drawn)[0] > 500
    assert len(_links(drawn)) >= 3
    ET.fromstring(on_page(drawn, alt=""))


def test_validity_is_a_bar_on_a_line_of_time_and_an_open_end_is_told_apart():
    day = dt.date
    spans = [
        Span("Thỏa thuận A", day(2019, 1, 1), day(2024, 1, 1), "A: 2019 đến 2024", "/a"),
        Span("Thỏa thuận B", day(2022, 1, 1), None, "B: từ 2022"),
    ]
    spec = specs.timeline(
        spans, today=day(2023, 6, 1), since=day(2019, 1, 1), until=day(2025, 1, 1), lang="vi"
    )
    drawn = draw(spec)
    assert _links(drawn) == [("/a", "A: 2019 đến 2024")]
    assert "B: từ 2022" in drawn


def test_words_from_outside_stay_words():
    chart = Chart(YEARS, [_series(HOSTILE, (1, 2, 3)), _series("Khác", (1, 1, 1), "chart-3")], strong="x'y\\")
    page = on_page(draw(specs.columns(chart)), alt=HOSTILE)
    assert "<script" not in page
    ET.fromstring(page)
    ET.fromstring(as_file(draw(specs.columns(chart)), words={"title": HOSTILE, "alt": HOSTILE}))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//example.org/", "https://example.org/", "figures/"])
def test_a_drawing_leads_only_within_the_site(url):
    svg = draw(specs.columns(Chart(YEARS, [_series("A", (1, 2, 3), url=url)])))
    assert "<a " not in svg
    assert "example.org" not in svg
    assert "javascript" not in svg


@pytest.mark.parametrize("values", [(0, 0, 0), (None, None, None), (-1, 0, None)])
def test_nothing_is_drawn_where_there_is_nothing(values):
    chart = Chart(YEARS, [_series("A", values)])
    assert specs.columns(chart) == specs.lines(chart) == specs.share(chart) == {}
    assert specs.ranked(chart.series[0], labels=YEARS, lang="vi") == {}


@pytest.mark.parametrize(
    ("value", "top"), [(0, 0), (-3, 0), (1, 1), (5, 5), (6, 6), (612, 800), (97, 100), (Decimal("0.4"), 0.4)]
)
def test_the_grid_ends_at_a_round_number(value, top):
    assert ceiling(value) == pytest.approx(top)


def test_what_is_left_over_is_grey():
    assert tones(3, rest=True) == ["chart-1", "chart-2", "chart-3"]
    assert tones(2, rest=False) == ["chart-1", "chart-2"]
