from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.families.delegations.schema import clean_many
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadValue
from bonphuong.kit import cells
from bonphuong.kit.lookups import Lookups
from tests.factories.delegations import member

TODAY = dt.date(2026, 4, 30)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("12–16/01/2026", ("2026-01-12", "2026-01-16")),
        ("12-16/1/2026", ("2026-01-12", "2026-01-16")),
        ("28/12/2025 - 03/01/2026", ("2025-12-28", "2026-01-03")),
        ("28/12 - 03/01/2026", ("2025-12-28", "2026-01-03")),
        ("từ 5/3 đến 9/3/2025", ("2025-03-05", "2025-03-09")),
        ("Từ ngày 05/3/2025 đến ngày 09/3/2025", ("2025-03-05", "2025-03-09")),
        ("11/6/2024", ("2024-06-11", "2024-06-11")),
        (dt.datetime(2024, 6, 11, 0, 0), ("2024-06-11", "2024-06-11")),
    ],
)
def test_days_are_read_as_people_write_them(written, expected):
    first, last = cells.days(written, today=TODAY)
    assert (str(first), str(last)) == expected


@pytest.mark.parametrize("written", ["tháng 6", "12-16-18/1/2026", "31-35/1/2026", "hè 2025"])
def test_no_span_of_days(written):
    with pytest.raises(BadValue):
        cells.days(written, today=TODAY)


@pytest.mark.parametrize(
    ("written", "expected"),
    [(12, 12), (12.0, 12), ("12", 12), ("12 người", 12), ("08 khách", 8), ("", None), (None, None)],
)
def test_heads(written, expected):
    assert cells.heads(written) == expected


@pytest.mark.parametrize("written", ["mười hai mấy", "-3", "0", "2,5", "99999"])
def test_no_heads(written):
    with pytest.raises(BadValue):
        cells.heads(written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("123/QĐ-UBND ngày 03/3/2026", ("123/QĐ-UBND", dt.date(2026, 3, 3))),
        ("QĐ số 123/QĐ-UBND, 03/03/2026", ("123/QĐ-UBND", dt.date(2026, 3, 3))),
        ("45/QĐ-UBND", ("45/QĐ-UBND", None)),
        ("", ("", None)),
    ],
)
def test_decision(written, expected):
    assert cells.decision(written, today=TODAY) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Ông Lò Minh Họa, Phó Chủ tịch UBND tỉnh", ("Lò Minh Họa", "Phó Chủ tịch UBND tỉnh")),
        ("Lò Minh Họa - Giám đốc Sở", ("Lò Minh Họa", "Giám đốc Sở")),
        ("Dương Mẫu (Chủ nhiệm)", ("Dương Mẫu", "Chủ nhiệm")),
        ("Lò Minh Họa", ("Lò Minh Họa", "")),
    ],
)
def test_person(written, expected):
    assert cells.person(written) == expected


@pytest.fixture
def lookups(province, db) -> Lookups:
    return Lookups.load("lai-chau")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Lào (Phongsaly, Oudomxay)", [("LA", "la-phongsaly"), ("LA", "la-oudomxay")]),
        ("Vân Nam, Trung Quốc", [("CN", "cn-yunnan")]),
        ("tỉnh Vân Nam (Trung Quốc)", [("CN", "cn-yunnan")]),
        ("Lào và Thái Lan", [("LA", ""), ("TH", "")]),
        ("LÀO; thai lan", [("LA", ""), ("TH", "")]),
        ("Phông Sa Lỳ", [("LA", "la-phongsaly")]),
        ("金平", [("CN", "cn-jinping")]),
        ("Hàn Quốc", [("KR", "")]),
    ],
)
def test_places(lookups, written, expected):
    found = lookups.places(written)
    assert [(place.country_code, place.party_code) for place in found.places] == expected
    assert found.unknown == ()


def test_a_misspelt_country_is_named_with_a_proposal(lookups):
    found = lookups.places("Trung Quôcc")
    assert found.places == ()
    assert found.suggestions == {"Trung Quôcc": "Trung Quốc"}


def sheet_row(**changes):
    row = {
        "title": "Thăm và làm việc tại Phongsaly",
        "head": "Ông Lò Minh Họa, Giám đốc Sở Ngoại vụ",
        "heads": "9 người",
        "places": "Lào (Phongsaly)",
        "time": "11–15/6/2024",
        "partner": "Tỉnh Phongsaly",
        "funding": "Ngân sách tỉnh",
        "decision": "123/QĐ-UBND ngày 01/6/2024",
        "plan_status": "Trong KH",
        "report_on": "25/6/2024",
        "lead_office": "Sở Y tế",
        "happened": True,
    }
    return {**row, **changes}


@pytest.mark.django_db
@pytest.mark.usefixtures("province")
class TestGate:
    def gate(self, *rows, kind="outbound"):
        actor = None
        return clean_many(rows, kind=kind, office_code="lc-dofa", actor=actor)  # type: ignore[arg-type]

    def test_a_row_of_a_register_becomes_a_finished_draft(self):
        [found] = self.gate(sheet_row())
        draft = found.draft
        assert found.errors == ()
        assert draft is not None
        assert (draft.started_on, draft.ended_on) == (dt.date(2024, 6, 11), dt.date(2024, 6, 15))
        assert (draft.approved_heads, draft.actual_heads, draft.lead_office_code) == (9, 9, "lc-health")
        assert (draft.decision_number, draft.decided_on) == ("123/QĐ-UBND", dt.date(2024, 6, 1))
        assert (draft.plan_status, draft.funding, draft.partner_code) == ("in", "province", "la-phongsaly")
        assert (draft.head_name, draft.report_received_on) == ("Lò Minh Họa", dt.date(2024, 6, 25))

    def test_every_bad_cell_is_named_at_once(self):
        [found] = self.gate(
            sheet_row(
                places="Trung Quôcc", time="hè 2024", heads="nhiều", lead_office="Sở Không Có", title=""
            )
        )
        assert found.draft is None
        assert {error.column for error in found.errors} == {"places", "time", "heads", "lead_office", "title"}

    def test_rows_come_back_in_order(self):
        found = self.gate(sheet_row(), sheet_row(heads="x"), sheet_row())
        assert [one.index for one in found] == [0, 1, 2]
        assert [one.is_good for one in found] == [True, False, True]

    def test_a_domestic_guest_and_an_online_meeting_are_never_groups(self):
        [domestic, online] = self.gate(
            sheet_row(places="Việt Nam"), sheet_row(session_form="trực tuyến"), kind="inbound"
        )
        assert [error.column for error in domestic.errors] == ["places"]
        assert [error.column for error in online.errors] == ["kind"]

    def test_what_has_not_happened_yet_stays_planned(self):
        with clock.fixed(dt.date(2024, 6, 13)):
            [found] = self.gate(sheet_row(report_on=""))
        assert found.draft is not None
        assert (found.draft.started_on, found.draft.ended_on) == (dt.date(2024, 6, 11), None)

    def test_members_and_heads_that_differ_are_a_warning(self):
        [found] = self.gate(sheet_row(members=[member(), member("Giàng A Thử")]))
        assert found.is_good
        assert [warning.column for warning in found.warnings] == ["heads"]


@pytest.mark.parametrize(
    ("column", "value"), [("lead_office_code", "lcai-dofa"), ("cohosts", ["lcai-dofa"]), ("cohosts", ["x"])]
)
def test_offices_of_other_books_are_refused(officer, column, value):
    row = {"title": "Đoàn Phongsaly", "places": "Lào", "heads": "5", "time": "01/03/2025", column: value}
    [cleaned] = clean_many([row], kind="inbound", office_code="lc-dofa", actor=officer)
    assert [error.column for error in cleaned.errors] == [column]
