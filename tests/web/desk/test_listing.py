"""What stands above every list: the filters that are asked for most, and the others where one asks for more."""

from bonphuong.records.registry import get_family
from bonphuong.web.desk.forms.records import RecordFilter
from bonphuong.web.desk.pages.facets import Facets
from bonphuong.web.desk.pages.listing import QUICK
from bonphuong.web.desk.pages.record_list import shelf_of


def test_quick_filters_fit_one_row_and_the_others_stand_under_more(db):
    shelf = shelf_of(get_family("agreements"))
    facets = Facets(flags=dict.fromkeys(shelf.flags, 2))
    assert len(shelf.flags) > QUICK
    quick = shelf.offered(facets, RecordFilter())
    assert [chip.label for chip in quick[:2]] == [str(shelf.flags["late"]), str(shelf.flags["open"])]
    rest = shelf.more([], facets, RecordFilter())[0]
    assert [chip.label for chip in [*quick, *rest.chips]] == [
        str(word) for word in sorted(shelf.flags.values(), key=lambda word: word not in _common(shelf))
    ]
    assert len(quick) == QUICK


def test_a_filter_that_finds_nothing_is_not_offered(db):
    shelf = shelf_of(get_family("agreements"))
    assert shelf.offered(Facets(), RecordFilter()) == []
    assert shelf.more([], Facets(), RecordFilter()) == []


def _common(shelf):
    return {shelf.flags["late"], shelf.flags["open"]}
