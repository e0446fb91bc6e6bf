import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from bonphuong.accounts.models import Office
from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.models import Indicator
from bonphuong.indicators.own import IndicatorDraft, indicators_for, measures_known
from bonphuong.indicators.queries import figure
from bonphuong.indicators.services import end_indicator, load_indicators, make_indicator, renew_indicator
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.kernel.periods import Period
from bonphuong.trail.acting import acting
from tests.factories.accounts import AssignmentFactory, DepartmentFactory, OfficeFactory, UserFactory
from tests.factories.ledger import BOOK, draft, post

D = dt.date
YEAR = Period.parse("2025")


@pytest.fixture
def province(db):
    root = OfficeFactory(code=BOOK)
    DepartmentFactory(code="lc-dofa", belongs_to=root)
    return root


@pytest.fixture
def keeper(province):
    return _keeper("lc-dofa")


def _keeper(office):
    user = UserFactory()
    AssignmentFactory(user=user, office_id=office, role="admin")
    AssignmentFactory(user=user, office_id=office, role="officer")
    return user


def _draft(**changed):
    given = {
        "label_vi": "Đoàn cấp tỉnh đi Lào",
        "label_en": "Provincial trips to Laos",
        "kind": "sum",
        "valid_from": D(2025, 1, 1),
        "measure": "outbound.groups",
        "filters": {"country": ["LA"], "head_level": ["province"]},
    }
    return IndicatorDraft(**{**given, **changed})


def _make(actor, name="doan-lao", office="lc-dofa", **changed):
    return make_indicator(actor=actor, office=office, name=name, draft=_draft(**changed))


def _value(code):
    return figure(FigureRequest(code, BOOK, YEAR)).value


def test_an_own_indicator_counts_what_its_filters_let_through(keeper):
    row = _make(keeper)
    post(draft(on=D(2025, 3, 3), country="LA", slot1="province"))
    post(draft(on=D(2025, 3, 3), country="LA", slot1="department"))
    post(draft(on=D(2025, 3, 3), country="CN", slot1="province"))
    assert (row.code, row.filters) == ("own.lc-dofa.doan-lao.1", {"country": ["LA"], "slot1": ["province"]})
    assert _value(row.code) == 1


def test_a_new_version_leaves_what_the_earlier_one_counts(keeper):
    first = _make(keeper)
    post(draft(on=D(2025, 3, 3), country="CN", slot1="province"))
    second = renew_indicator(
        actor=keeper,
        code=first.code,
        draft=_draft(valid_from=D(2025, 6, 1), filters={"country": ["LA", "CN"]}),
    )
    first.refresh_from_db()
    assert (second.code, second.version) == ("own.lc-dofa.doan-lao.2", 2)
    assert first.valid_to == D(2025, 5, 31)
    assert (_value(first.code), _value(second.code)) == (None, 1)
    with pytest.raises(Conflict):
        renew_indicator(actor=keeper, code=first.code, draft=_draft(valid_from=D(2025, 7, 1)))
    with pytest.raises(BadInput, match="01/06/2025"):
        renew_indicator(actor=keeper, code=second.code, draft=_draft(valid_from=D(2025, 6, 1)))


def test_two_offices_cannot_take_each_other_s_code(keeper):
    DepartmentFactory(code="lc-health", belongs_to=Office.objects.get(pk=BOOK))
    other = _keeper("lc-health")
    assert _make(keeper).code != _make(other, office="lc-health").code
    with pytest.raises(BadInput, match="phiên bản mới"):
        _make(keeper)
    with pytest.raises(NotAllowed):
        _make(other)
    with pytest.raises(NotAllowed):
        end_indicator(actor=other, code="own.lc-dofa.doan-lao.1", on=D(2025, 12, 1))
    with acting(actor=None, verb="system.test"), pytest.raises(IntegrityError), transaction.atomic():
        Indicator.objects.create(code="outbound.mine", kind="sum", office_code="lc-dofa", book=BOOK)
    with acting(actor=None, verb="system.test"), pytest.raises(IntegrityError), transaction.atomic():
        Indicator.objects.create(code="own.of.nobody.1", kind="sum")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"label_en": "  "}, "label_en"),
        ({"kind": "timeless"}, "kind"),
        ({"kind": "level"}, "kind"),
        ({"measure": "border.length"}, "kind"),
        ({"measure": "outbound.nothing"}, "measure"),
        ({"filters": {"school_level": ["college"]}}, "filters"),
        ({"split_by": "unit"}, "split_by"),
        ({"kind": "ratio"}, "measure"),
        ({"kind": "ratio", "measure": "", "filters": {}}, "numerator"),
    ],
)
def test_what_is_wrong_is_told_in_words_beside_its_field(keeper, changed, field):
    with pytest.raises(BadInput) as refused:
        _make(keeper, **changed)
    assert field in refused.value.errors
    assert not Indicator.objects.filter(office_code="lc-dofa").exists()


@pytest.mark.parametrize("name", ["", "Đoàn", "a.b", "a b", "x" * 70, "-a"])
def test_a_name_that_cannot_stand_in_a_code_is_refused(keeper, name):
    with pytest.raises(BadInput) as refused:
        _make(keeper, name=name)
    assert "name" in refused.value.errors


def test_a_ratio_is_made_of_two_that_are_counted(keeper):
    load_indicators()
    own = _make(keeper, filters={"country": ["LA"]})
    two = {"measure": "", "filters": {}, "numerator": own.code, "denominator": "outbound.groups"}
    row = _make(keeper, name="ty-le", kind="percent", **two)
    for country in ("LA", "CN", "CN", "CN"):
        post(draft(on=D(2025, 3, 3), country=country))
    assert _value(row.code) == 25
    with pytest.raises(BadInput, match="đếm trực tiếp"):
        _make(keeper, name="nua", kind="percent", **{**two, "numerator": row.code})


def test_an_office_s_own_is_known_in_its_book_alone(keeper):
    load_indicators()
    row = _make(keeper)
    OfficeFactory(code="lao-cai")
    elsewhere = _keeper("lao-cai")
    assert row.code in measures_known(BOOK)
    assert row.code not in measures_known("lao-cai")
    assert row in indicators_for(keeper)
    assert row not in indicators_for(elsewhere)
    assert "outbound.groups" in measures_known("lao-cai")


def test_loading_the_shipped_ones_leaves_own_ones_alone(keeper):
    load_indicators()
    row = _make(keeper)
    assert load_indicators() == 0
    assert Indicator.objects.get(pk=row.pk).label_vi == "Đoàn cấp tỉnh đi Lào"


def test_an_ended_one_is_no_longer_offered_and_still_counts(keeper):
    row = _make(keeper)
    post(draft(on=D(2025, 3, 3), country="LA", slot1="province"))
    end_indicator(actor=keeper, code=row.code, on=D(2025, 4, 1), reason="Không dùng nữa")
    assert row not in indicators_for(keeper).offered()
    assert _value(row.code) == 1
    with pytest.raises(BadInput):
        end_indicator(actor=keeper, code=row.code, on=D(2024, 4, 1))
