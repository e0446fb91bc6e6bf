"""Bodies, their members, mergers and congresses: each step by the right person, and what it counts as."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.accounts.models import User
from bonphuong.families.associations.panels import panels_of
from bonphuong.families.associations.queries import activities_of
from bonphuong.families.associations.scheme import SCHEME, clean_many, create_many
from bonphuong.families.associations.services import take_office
from bonphuong.families.associations.validators import errors_of, warnings_of
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kit.drafts import LineDraft
from bonphuong.kit.queries import draft_of, row_of
from bonphuong.kit.services import correct, create, save_lines, take_step, void
from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.models import Fact
from bonphuong.ledger.queries import Where, sum_facts
from bonphuong.procedures.errors import MissingPaper, WrongState
from bonphuong.procedures.queries import case_of, deadlines
from bonphuong.records.models import Record
from bonphuong.records.services import link
from tests.factories.associations import body, congress, counted
from tests.factories.records import RecordFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
NOW = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
TODAY = NOW.date()
OFFICE = "lc-union"
OFFICER = "canbo.hunghi"
FOUNDED, COUNTED, MERGED = dt.date(2015, 3, 10), dt.date(2024, 12, 31), dt.date(2025, 10, 1)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(NOW):
        yield


def user(name: str) -> User:
    return User.objects.get(username=name)


def enter(draft, actor=OFFICER) -> Record:
    return create(draft, family="associations", office_code=OFFICE, actor=user(actor), reason="nhập sổ")


def step(record: Record, code: str, on: dt.date = TODAY, actor=OFFICER, note="", **values) -> Record:
    numbers = values.pop("numbers", None)
    return take_step(
        record, code, on=on, expected_version=record.version, actor=user(actor), values=values,
        paper_numbers=numbers, note=note,
    )  # fmt: skip


def at(measure: str, on: dt.date = TODAY, since: dt.date | None = None) -> int:
    return sum_facts([Where((("lai-chau", None),), measure, on, since)])[0].value


def founded(title: str, members: int = 0, **values) -> Record:
    lines = values.pop("lines", {})
    if members:
        lines = {**lines, "counts_of_members": (counted(COUNTED, members, 2),)}
    return enter(body(title, founded_on=values.pop("founded_on", FOUNDED), lines=lines, **values))


PERMIT = {"decision_number": "12/QĐ-UBND", "numbers": {"decision": "12/QĐ-UBND"}}


@pytest.mark.parametrize("kind", ["association", "union"])
def test_the_whole_road_of_a_body(kind):
    record = enter(body(kind=kind))
    seen = [record.state]
    for code, actor, values in (
        ("submit", OFFICER, {}),
        ("permit", "lanhdao", PERMIT),
        ("found", OFFICER, {}),
        ("pause", OFFICER, {"note": "thiếu người"}),
        ("restart", OFFICER, {}),
        ("dissolve", OFFICER, {"note": "hết nhiệm vụ"}),
    ):
        step(record, code, actor=actor, **values)
        seen.append(record.state)
    assert seen == ["preparing", "submitted", "permitted", "active", "paused", "active", "ended"]
    assert record.is_closed
    facts = Fact.objects.filter(source_uid=record.pk, measure="associations.active").values_list(
        "value", flat=True
    )
    assert sorted(facts) == ([-1, 1] if kind == "association" else [])


def test_forbidden_steps_of_a_body_are_refused():
    record = enter(body())
    everything = {way.code for way in case_of(record.pk).procedure.transitions.all()}
    for code in sorted(everything - {"submit", "cancel"}):
        with pytest.raises(WrongState):
            step(record, code, actor="lanhdao", note="thử")
    step(record, "submit")
    with pytest.raises(NotAllowed):
        step(record, "permit", **PERMIT)
    with pytest.raises(MissingPaper):
        step(record, "permit", actor="lanhdao", decision_number="12/QĐ-UBND")
    with pytest.raises(NotAllowed):
        step(record, "return_for_revision", note="thiếu điều lệ")
    step(record, "return_for_revision", actor="canbo", note="thiếu điều lệ")
    assert step(record, "resubmit").state == "submitted"
    assert step(record, "reject", actor="lanhdao", note="chưa cần").state == "rejected"
    assert Fact.objects.filter(source_uid=record.pk).count() == 0


def test_founding_counts_once_and_only_when_it_happened():
    record = enter(body())
    step(record, "submit")
    step(record, "permit", actor="lanhdao", **PERMIT)
    assert at("associations.active") == 0
    step(record, "found", dt.date(2026, 3, 1))
    assert (at("associations.active"), at("associations.founded", TODAY, dt.date(2026, 1, 1))) == (1, 1)


def test_members_are_a_level_that_moves_by_the_difference_of_counts():
    record = founded("Hội Mẫu", 120)
    lines = [counted(COUNTED, 120, 2), counted(dt.date(2025, 12, 31), 150, 2)]
    save_lines(record, "counts_of_members", lines, expected_version=record.version, actor=user(OFFICER))
    facts = Fact.objects.filter(source_uid=record.pk, measure="associations.members", slot1="individual")
    assert sorted((fact.on, fact.value) for fact in facts) == [(COUNTED, 120), (dt.date(2025, 12, 31), 30)]
    assert at("associations.members", dt.date(2025, 6, 30)) == 122
    assert at("associations.members", dt.date(2025, 12, 31)) == 152


def test_a_merger_moves_members_and_branches_and_founds_nothing():
    branch = LineDraft({"name": "Chi hội Mẫu", "founded_on": dt.date(2016, 1, 1), "members": 20})
    one = founded("Hội Một", 100, lines={"branches": (branch,)})
    two = founded("Hội Hai", 40)
    before = [at(m) for m in ("associations.members", "associations.branches", "associations.active")]
    new = enter(body("Hội Mới", founded_on=MERGED, is_successor=True))
    for old in (one, two):
        step(old, "merge_into", MERGED, merged_into=new.number, note="sắp xếp tổ chức")
    after = [at(m) for m in ("associations.members", "associations.branches", "associations.active")]
    assert (before, after) == ([144, 1, 2], [144, 1, 1])
    assert at("associations.members", MERGED - dt.timedelta(days=1)) == 144
    assert at("associations.founded", TODAY, dt.date(2025, 1, 1)) == 0
    row = row_of(new)
    assert [(line.moved_from, line.individuals, line.organisations) for line in row.counts_of_members.all()] == [
        (one.number, 100, 2), (two.number, 40, 2),
    ]  # fmt: skip
    assert [(line.name, line.founded_on) for line in row.branches.all()] == [("Chi hội Mẫu", MERGED)]
    assert (one.state, step(Record.objects.get(pk=one.pk), "settle").state) == ("merged", "ended")
    assert check_ledger() == []


def test_a_later_count_after_a_merger_is_again_the_whole():
    one, new = founded("Hội Một", 100), founded("Hội Mới", 30)
    step(one, "merge_into", MERGED, merged_into=new.number, note="sắp xếp tổ chức")
    fresh = Record.objects.get(pk=new.pk)
    lines = [*draft_of(row_of(fresh)).lines["counts_of_members"], counted(dt.date(2026, 6, 30), 125, 4)]
    save_lines(fresh, "counts_of_members", lines, expected_version=fresh.version, actor=user(OFFICER))
    assert at("associations.members", dt.date(2026, 6, 29)) == 134
    assert at("associations.members", dt.date(2026, 6, 30)) == 129


def test_a_merger_entered_by_mistake_gives_the_members_back():
    one, new = founded("Hội Một", 100), founded("Hội Mới", 30)
    step(one, "merge_into", MERGED, merged_into=new.number, note="sắp xếp tổ chức")
    row = row_of(one)
    draft = draft_of(row)
    fixed = type(draft)(**{**vars(draft), "values": {**draft.values, "merged_on": None, "merged_into": ""}})
    correct(one, fixed, expected_version=one.version, actor=user(OFFICER), reason="ghi nhầm hội")
    assert list(row_of(new).counts_of_members.values_list("moved_from", flat=True)) == [""]
    assert (at("associations.members"), at("associations.active")) == (134, 2)
    assert check_ledger() == []


def test_a_merger_names_another_body_that_is_there():
    one = founded("Hội Một", 100)
    for number in ("HHN-1999-009", one.number):
        with pytest.raises(BadInput):
            step(
                Record.objects.get(pk=one.pk),
                "merge_into",
                MERGED,
                merged_into=number,
                note="sắp xếp tổ chức",
            )
    gone = founded("Hội Cũ", 10, dissolved_on=dt.date(2020, 1, 1))
    with pytest.raises(BadInput):
        step(Record.objects.get(pk=one.pk), "merge_into", MERGED, merged_into=gone.number, note="sắp xếp")


def test_the_whole_road_of_a_congress_and_who_was_elected_takes_office():
    led = LineDraft({"full_name": "Vàng Văn Mẫu", "post": "Chủ tịch", "since": dt.date(2021, 4, 1)})
    home = founded("Hội Mẫu", lines={"leaders": (led,)})
    elected = LineDraft({"full_name": "Lò Thị Thử", "post": "Chủ tịch", "job": "Phó Giám đốc Sở (ví dụ)"})
    record = enter(congress(body_number=home.number, lines={"officers": (elected,)}))
    seen = [record.state]
    with pytest.raises(BadInput):
        take_office(record, {}, actor=user(OFFICER))
    for code, actor, values in (
        ("submit", OFFICER, {}),
        ("permit", "lanhdao", {"decision_number": "9/UBND", "numbers": {"official_letter": "9/UBND"}}),
        ("hold", OFFICER, {"on": dt.date(2026, 5, 20), "delegates": 90}),
        ("recognise", OFFICER, {"result": "Bầu ban chấp hành"}),
        ("close", OFFICER, {}),
    ):
        step(record, code, values.pop("on", TODAY), actor, **values)
        seen.append(record.state)
    assert seen == ["planned", "submitted", "permitted", "held", "recognised", "closed"]
    assert at("associations.congresses", TODAY, dt.date(2026, 1, 1)) == 1
    take_office(record, {}, actor=user(OFFICER))
    row = row_of(home)
    assert [(one.full_name, one.since, one.until) for one in row.leaders.all()] == [
        ("Vàng Văn Mẫu", dt.date(2021, 4, 1), dt.date(2026, 5, 19)),
        ("Lò Thị Thử", dt.date(2026, 5, 20), dt.date(2031, 5, 19)),
    ]
    assert (row.term, row.term_to) == ("2026-2031", dt.date(2031, 5, 19))
    panels = {str(panel.label): panel for panel in panels_of(row, user(OFFICER))}
    assert len(panels["Các đại hội"].rows) == 1


def test_forbidden_steps_of_a_congress_are_refused_and_it_is_asked_for_after_its_day():
    record = enter(congress(body_number="HHN-2015-001"))
    for code in ("permit", "hold", "recognise", "close"):
        with pytest.raises(WrongState):
            step(record, code, actor="lanhdao")
    step(record, "submit")
    with pytest.raises(NotAllowed):
        step(record, "permit", decision_number="9/UBND", numbers={"official_letter": "9/UBND"})
    step(record, "permit", actor="lanhdao", decision_number="9/UBND", numbers={"official_letter": "9/UBND"})
    due = [one.due_on for one in deadlines(case_of(record.pk), {"begins_on": dt.date(2026, 5, 20)})]
    assert due == [dt.date(2026, 5, 23)]
    assert Fact.objects.filter(source_uid=record.pk).count() == 0


def test_sheets_name_bodies_by_number_or_name():
    home = founded("Hội hữu nghị Việt Nam - Lào (ví dụ)")
    rows = [
        {"title": "Đại hội II", "body_number": "Hội hữu nghị Việt Nam - Lào (ví dụ)", "held_on": "12/5/2021",
         "delegates": "80"},
        {"title": "Đại hội III", "body_number": home.number, "starts_on": "20/12/2026"},
        {"title": "Đại hội ?", "body_number": "Hội không có"},
    ]  # fmt: skip
    cleaned = clean_many(rows, kind="congress", office_code=OFFICE, actor=user(OFFICER))
    assert [[error.column for error in one.errors] for one in cleaned] == [[], [], ["body_number"]]
    good = [one.draft for one in cleaned if one.is_good]
    made = create_many(good, kind="congress", office_code=OFFICE, actor=user(OFFICER), reason="nhập")
    assert [(record.number, record.state) for record in made] == [
        ("DH-2021-001", "held"),
        ("DH-2026-001", "planned"),
    ]
    assert [row_of(record).country_code for record in made] == ["LA", "LA"]


def test_everybody_in_the_province_sees_them_and_nobody_elsewhere():
    record = founded("Hội Mẫu")
    assert Record.objects.visible_to(user("vanthu.yte")).filter(pk=record.pk).exists()
    assert not Record.objects.visible_to(user("canbo.laocai")).filter(pk=record.pk).exists()


def test_activities_linked_are_listed_and_the_silent_found():
    record, other = founded("Hội Mẫu"), founded("Hội Im Lặng")
    trip = RecordFactory(office_code=OFFICE, begins_on=dt.date(2026, 9, 2))
    link(trip, record, "related", actor=user(OFFICER))
    assert [one.pk for one in activities_of(row_of(record), user(OFFICER))] == [trip.pk]
    flags = {flag.code: flag for flag in SCHEME.flags}
    assert [one.pk for one in Record.objects.filter(flags["silent"].where(TODAY))] == [other.pk]
    assert Record.objects.filter(flags["not_counted"].where(TODAY)).count() == 2
    assert Record.objects.filter(flags["term_over"].where(TODAY)).count() == 0


def test_a_body_struck_out_counts_for_nothing():
    record = founded("Hội Mẫu", 100)
    void(record, expected_version=record.version, actor=user(OFFICER), reason="nhầm")
    assert (at("associations.active"), at("associations.members")) == (0, 0)


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"founded_on": TODAY + dt.timedelta(days=1)}, "founded_on"),
        ({"founded_on": FOUNDED, "merged_on": MERGED}, "merged_into"),
        ({"dissolved_on": MERGED}, "founded_on"),
        ({"founded_on": MERGED, "dissolved_on": FOUNDED}, "dissolved_on"),
        ({"term_from": MERGED, "term_to": FOUNDED}, "term_to"),
        ({"lines": {"counts_of_members": (counted(COUNTED, 1), counted(COUNTED, 2))}}, "counts_of_members"),
        ({"lines": {"leaders": (LineDraft({"since": MERGED, "until": FOUNDED}),)}}, "leaders"),
    ],
)
def test_what_cannot_be_is_refused_by_field(values, column):
    assert [name for name, _message in errors_of(body(**values), TODAY)] == [column]


def test_what_is_unusual_is_only_said():
    draft = body(country_code="", term_from=FOUNDED, term_to=dt.date(2024, 3, 10))
    assert [name for name, _message in warnings_of(draft, TODAY)] == ["term_to", "country", "term_to"]
    late = congress(held_on=dt.date(2026, 5, 20), recognised_on=dt.date(2026, 5, 1), delegates=10, women=12)
    assert [name for name, _message in errors_of(late, TODAY)] == ["recognised_on", "women"]
