"""The hand-worked cases that touch delegations (C1 to C11, C16, C21, C22), each as it is written there."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from bonphuong.accounts.models import User
from bonphuong.families.delegations.queries import (
    not_carried_out,
    participants,
    probe_of_draft,
    twins_of_drafts,
    with_all,
)
from bonphuong.families.delegations.schema import PlaceDraft
from bonphuong.families.delegations.services import (
    StepValues,
    correct,
    create,
    draft_of,
    link_same_visit,
    merge,
    take_step,
)
from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.queries import figure, national_total, split
from bonphuong.kernel import clock
from bonphuong.kernel.periods import Cutoff, Period
from bonphuong.records.models import Record
from tests.factories.delegations import finished, inbound, outbound

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
OFFICE = "lc-dofa"


def count(
    indicator: str, period: str, office: str | None = "lai-chau", cutoff: Cutoff = Cutoff.CALENDAR, **more
) -> int:
    found = figure(FigureRequest(indicator, office, Period.parse(period, cutoff), **more))
    return int(found.recorded or 0)


@pytest.mark.parametrize(
    ("left_on", "heads", "calendar", "statutory"),
    [
        pytest.param(dt.date(2024, 6, 11), 9, "2024-06", "2024-06", id="C1"),
        pytest.param(dt.date(2024, 6, 15), 6, "2024-06", "2024-07", id="C2"),
        pytest.param(dt.date(2024, 12, 20), 5, "2024-12", "2025-01", id="C3"),
    ],
)
def test_counts_once_on_its_departure(officer, left_on, heads, calendar, statutory):
    create(finished(left_on, heads, days=15), office_code=OFFICE, actor=officer)
    months = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]
    for cutoff, expected in ((Cutoff.CALENDAR, calendar), (Cutoff.STATUTORY, statutory)):
        assert [m for m in months if count("outbound.groups", m, cutoff=cutoff)] == [expected]
        assert count("outbound.groups", expected[:4], cutoff=cutoff) == 1
        assert count("outbound.person_visits", expected[:4], cutoff=cutoff) == heads


def test_c4_several_countries_are_one_group_on_the_main_one(officer):
    places = (PlaceDraft("LA", text="Viêng Chăn"), PlaceDraft("TH", text="Udon Thani"))
    create(finished(dt.date(2025, 3, 4), 10, places=places), office_code=OFFICE, actor=officer)

    year = Period.parse("2025")
    ask = {name: split(FigureRequest(f"outbound.{name}", "lai-chau", year), "country") for name in _MEASURES}
    assert ask == {"groups": {"LA": 1}, "person_visits": {"LA": 10}, "country_visits": {"LA": 1, "TH": 1}}
    assert figure(FigureRequest("outbound.groups", "lai-chau", year)).indicator.is_additive
    assert not figure(FigureRequest("outbound.country_visits", "lai-chau", year)).indicator.is_additive


def test_a_body_without_a_country_and_a_stop_at_home_are_no_visits(officer):
    places = (
        PlaceDraft("LA", text="Viêng Chăn"),
        PlaceDraft("", party_code="mrc", text="Ủy hội sông Mê Công"),
        PlaceDraft("VN", unit_code="vn-dien-bien", text="Điện Biên"),
        PlaceDraft("LA", party_code="la-phongsaly", text="Phongsaly"),
    )
    create(finished(dt.date(2025, 3, 4), 10, places=places), office_code=OFFICE, actor=officer)
    asked = FigureRequest("outbound.country_visits", "lai-chau", Period.parse("2025"))
    assert split(asked, "country") == {"LA": 1}


_MEASURES = ("groups", "person_visits", "country_visits")


def test_c5_approved_and_actual_are_two_measures(officer, leader):
    with clock.fixed(dt.date(2025, 2, 20)):
        draft = outbound(approved_heads=12, starts_on=dt.date(2025, 3, 20), ends_on=dt.date(2025, 3, 24))
        record = create(draft, office_code=OFFICE, actor=officer)
        for step in ("submit", "take_in", "send_up"):
            take(record, step, officer, dt.date(2025, 2, 20))
    with clock.fixed(dt.date(2025, 3, 3)):
        take(record, "approve", leader, dt.date(2025, 3, 3), decision_number="45/QĐ-UBND")
        assert count("outbound.approved_groups", "2025-03-03") == 1
        assert count("outbound.approved_person_visits", "2025-03-03") == 12
    with clock.fixed(dt.date(2025, 3, 19)):
        assert count("outbound.groups", "2025") == 0
    with clock.fixed(dt.date(2025, 3, 21)):
        take(record, "depart", officer, dt.date(2025, 3, 20), actual_heads=10)
        assert (count("outbound.groups", "2025-03-20"), count("outbound.person_visits", "2025-03-20")) == (
            1,
            10,
        )
        assert count("outbound.approved_person_visits", "2025") == 12


def take(record: Record, step: str, actor: User, on: dt.date, **values) -> None:
    take_step(
        record, step, on=on, expected_version=record.version, actor=actor, values=StepValues(**values)
    )  # fmt: skip


def test_c6_called_off_stays_among_the_decisions(officer, leader):
    with clock.fixed(dt.date(2025, 3, 18)):
        draft = outbound(
            decided_on=dt.date(2025, 3, 3), decision_number="45/QĐ-UBND", starts_on=dt.date(2025, 3, 20),
            ends_on=dt.date(2025, 3, 22),
        )  # fmt: skip
        record = create(draft, office_code=OFFICE, actor=officer)
        take(record, "cancel", officer, dt.date(2025, 3, 18), note="Phía bạn xin hoãn")
        assert count("outbound.approved_groups", "2025") == 1
        assert count("outbound.groups", "2025") == 0
        listed = not_carried_out(officer, dt.date(2025, 1, 1), dt.date(2025, 12, 31))
        assert [row.pk for row in listed] == [record.pk]
    assert record.state == "cancelled"


def test_c7_people_inside_another_bodys_delegation_are_individuals(officer):
    draft = finished(
        dt.date(2025, 4, 7), 3, kind="individual", title="Tham gia đoàn công tác của Bộ Ngoại giao",
        organiser_code="mofa", organiser_text="Bộ Ngoại giao",
    )  # fmt: skip
    record = create(draft, office_code=OFFICE, actor=officer)
    found = split(FigureRequest("outbound.individuals", "lai-chau", Period.parse("2025")), "slot1")
    assert found == {"mofa": 3}
    assert (count("outbound.groups", "2025"), count("outbound.person_visits", "2025")) == (0, 0)
    assert with_all().get(pk=record.pk).organiser_text == "Bộ Ngoại giao"


def test_c8_the_same_guests_entered_by_two_offices_count_once(officer):
    union = User.objects.get(username="canbo.hunghi")
    start = dt.date(2025, 5, 12)
    kept = create(inbound(start, 8), office_code=OFFICE, actor=officer)
    second = inbound(start, 8, lead_office_code="lc-union", title="Đoàn Hồng Hà giao lưu hữu nghị")
    [[twin]] = twins_of_drafts([second], "lai-chau")
    assert twin.uid == kept.pk
    double = create(second, office_code="lc-union", actor=union)
    assert count("inbound.groups", "2025") == 2

    merge(kept, double, expected_version=double.version, actor=officer, reason="Cùng một đoàn khách")
    assert (count("inbound.groups", "2025"), count("inbound.person_visits", "2025")) == (1, 8)
    assert count("inbound.groups", "2025", "lc-union") == 0
    assert count("inbound.cohosted", "2025", "lc-union") == 1
    assert Record.objects.visible_to(union).filter(pk=kept.pk).exists()


def test_whoever_only_typed_it_in_hosts_nobody(officer):
    # The focal agency enters for two offices; it received nobody itself.
    start = dt.date(2025, 5, 12)
    kept = create(inbound(start, 8, lead_office_code="lc-health"), office_code=OFFICE, actor=officer)
    double = create(inbound(start, 8, lead_office_code="lc-union"), office_code=OFFICE, actor=officer)
    merge(kept, double, expected_version=double.version, actor=officer, reason="Cùng một đoàn khách")
    assert count("inbound.cohosted", "2025", OFFICE) == 0
    assert count("inbound.cohosted", "2025", "lc-union") == 1


def session(day: dt.date, **changes):
    return finished(
        day, 12, days=1, kind="session", session_form=changes.pop("session_form", "place"), decided_on=None,
        decision_number="", approved_heads=None, **changes,
    )  # fmt: skip


def test_c9_a_domestic_guest_is_a_session(officer):
    draft = session(
        dt.date(2023, 2, 28), title="Làm việc với VUFO", is_domestic=True, places=(PlaceDraft("VN", text="VUFO"),),
        partner_code="vufo",
    )  # fmt: skip
    create(draft, office_code=OFFICE, actor=officer)
    assert (count("sessions.held", "2023"), count("inbound.groups", "2023")) == (1, 0)


def test_c10_an_online_conference_is_a_session(officer):
    draft = session(dt.date(2021, 5, 18), session_form="online", title="Hội nghị Bí thư lần thứ nhất")
    create(draft, office_code=OFFICE, actor=officer)
    assert [count(name, "2021") for name in ("sessions.held", "outbound.groups", "inbound.groups")] == [
        1,
        0,
        0,
    ]
    assert count("sessions.online", "2021") == 1


@pytest.mark.parametrize(("crossers", "contacts"), [(0, 0), (4, 1)])
def test_c11_a_meeting_at_the_line(officer, crossers, contacts):
    draft = session(
        dt.date(2025, 6, 3),
        session_form="boundary",
        title="Hội đàm đồn, trạm hai bên tại mốc 66",
        crossers=crossers,
    )
    create(draft, office_code=OFFICE, actor=officer)
    assert (count("sessions.held", "2025"), count("border.day_contacts", "2025")) == (1, contacts)
    assert (count("border.day_contact_people", "2025"), count("outbound.groups", "2025")) == (crossers, 0)


def test_c16_a_correction_reverses_at_the_trips_own_date(officer):
    with clock.fixed(dt.date(2025, 10, 1)):
        record = create(finished(dt.date(2025, 9, 10), 12), office_code=OFFICE, actor=officer)
    with clock.fixed(dt.date(2025, 10, 10)):
        row = with_all().get(pk=record.pk)
        changed = draft_of(row).__class__(**{**vars(draft_of(row)), "actual_heads": 11})
        correct(record, changed, expected_version=record.version, actor=officer, reason="Đếm lại danh sách")
        ninth = dt.datetime(2025, 10, 9, 16, tzinfo=dt.UTC)
        assert count("outbound.person_visits", "2025", as_of=ninth) == 12
        assert count("outbound.person_visits", "2025") == 11
        assert count("outbound.person_visits", "2025-09-10") == 11
        assert count("outbound.person_visits", "2025-10") == 0


def test_c21_the_working_group_as_then_and_as_now(officer):
    first = ("vn-lai-chau", "vn-dien-bien", "vn-lao-cai", "vn-ha-giang")
    later = ("vn-lai-chau", "vn-dien-bien", "vn-lao-cai-2025", "vn-tuyen-quang-2025")

    def held(day: dt.date, units: tuple[str, ...]):
        places = (
            PlaceDraft("CN", party_code="cn-yunnan", text="Vân Nam"),
            *(PlaceDraft("VN", unit_code=u) for u in units),
        )
        record = create(
            session(day, title="Nhóm công tác liên hợp", places=places), office_code=OFFICE, actor=officer
        )
        return participants(with_all().get(pk=record.pk))

    in_2024, in_2025 = held(dt.date(2024, 6, 12), first), held(dt.date(2025, 10, 29), later)
    assert in_2024.then == ("Lai Châu", "Điện Biên", "Lào Cai", "Hà Giang")
    assert in_2024.now == ("Lai Châu", "Điện Biên", "Lào Cai", "Tuyên Quang")
    assert in_2025.then == in_2025.now == ("Lai Châu", "Điện Biên", "Lào Cai", "Tuyên Quang")


def test_c22_a_guest_of_three_provinces_counts_once_when_linked(officer):
    start = dt.date(2025, 4, 14)
    lao_cai = User.objects.get(username="canbo.laocai")
    one = create(inbound(start, 8), office_code=OFFICE, actor=officer)
    two = create(inbound(start, 8, lead_office_code="lcai-dofa"), office_code="lcai-dofa", actor=lao_cai)
    groups = FigureRequest("inbound.groups", None, Period.parse("2025"))
    assert [count("inbound.groups", "2025", office) for office in ("lai-chau", "lao-cai")] == [1, 1]
    assert national_total(groups) == (Decimal(2), Decimal(2))

    link_same_visit(one, two, actor=officer)
    assert national_total(groups) == (Decimal(2), Decimal(1))
    people = FigureRequest("inbound.person_visits", None, Period.parse("2025"))
    assert national_total(people) == (Decimal(16), Decimal(8))


def test_alone_is_a_group_where_the_office_says_so(officer):
    from_day = probe_of_draft(finished(dt.date(2025, 4, 7), 1), "lai-chau")
    assert from_day is not None
    draft = finished(dt.date(2025, 4, 7), 1, kind="individual")
    create(draft, office_code=OFFICE, actor=officer)
    assert (count("outbound.individuals", "2025"), count("outbound.groups", "2025")) == (1, 0)
