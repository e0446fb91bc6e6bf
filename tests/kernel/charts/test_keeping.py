import pytest
from django.core.cache import caches

from bonphuong.kernel.charts import keeping, specs
from bonphuong.kernel.charts.data import Chart, Point, Series


def _spec(value):
    return specs.columns(Chart(("2025",), [Series("A", [Point(value)])]))


@pytest.fixture(autouse=True)
def _empty():
    caches[keeping.CACHE].clear()


def test_a_drawing_is_found_again_by_what_it_shows():
    spec = _spec(5)
    assert keeping.kept(spec) is None
    drawn = keeping.drawn(spec)
    assert keeping.kept(_spec(5)) == drawn
    assert keeping.kept(_spec(6)) is None


def test_another_version_draws_anew(monkeypatch):
    keeping.drawn(_spec(5))
    monkeypatch.setattr(keeping, "VERSION", keeping.VERSION + 1)
    assert keeping.kept(_spec(5)) is None


def test_drawings_are_bounded_and_shared_by_processes(settings):
    kept = settings.CACHES[keeping.CACHE]
    assert kept["BACKEND"].endswith("FileBasedCache")
    assert kept["OPTIONS"]["MAX_ENTRIES"] <= 5000
