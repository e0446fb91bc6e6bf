from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.accounts.enums import Role
from bonphuong.parties import queries
from bonphuong.parties.enums import PartyKind, PartyLevel, TieKind
from tests.factories.accounts import DepartmentFactory, OfficeFactory, UserFactory, officer_of
from tests.factories.parties import (
    PartyAliasFactory,
    PartyFactory,
    PartyTieFactory,
    PersonFactory,
    PostFactory,
)
from tests.factories.reference import CountryFactory

pytestmark = [pytest.mark.django_db, pytest.mark.each_case]


@pytest.fixture
def border():
    """Yunnan, Honghe prefecture and a county of the same name in it, Jinping; Phongsaly in Laos."""
    china = CountryFactory(code="CN", name_vi="Trung Quốc", name_en="China", name_lo="", name_zh="中国")
    yunnan = PartyFactory(
        code="cn-yunnan",
        country=china,
        name_vi="Vân Nam",
        name_en="Yunnan",
        name_native="云南省",
        native_lang="zh",
    )
    honghe = PartyFactory(
        code="cn-honghe",
        country=china,
        parent=yunnan,
        level=PartyLevel.PREFECTURE,
        name_vi="Hồng Hà",
        name_en="Honghe",
    )
    PartyFactory(
        code="cn-honghe-county",
        country=china,
        parent=honghe,
        level=PartyLevel.COUNTY,
        name_vi="Hồng Hà",
        name_en="Honghe",
    )
    jinping = PartyFactory(
        code="cn-jinping",
        country=china,
        parent=honghe,
        level=PartyLevel.COUNTY,
        name_vi="Kim Bình",
        name_en="Jinping",
    )
    PartyAliasFactory(party=jinping, text="金平", lang="zh")
    phongsaly = PartyFactory(name_native="ຜົ້ງສາລີ", native_lang="lo")
    PartyAliasFactory(party=phongsaly, text="Phong Sa Lỳ")
    PartyFactory(
        code="vufo", kind=PartyKind.ORGANISATION, level="", name_vi="Liên hiệp Ví Dụ", name_en="VUFO"
    )


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Kim Bình", ("cn-jinping",)),
        ("KIM BINH", ("cn-jinping",)),
        ("huyện Kim Bình", ("cn-jinping",)),
        ("Jinping County", ("cn-jinping",)),
        ("金平", ("cn-jinping",)),
        ("金平县", ("cn-jinping",)),
        ("Kim Bình (Vân Nam, Trung Quốc)", ("cn-jinping",)),
        ("huyện Kim Bình, châu Hồng Hà", ("cn-jinping",)),
        ("xã Kim Bình", ()),
        ("Kim Bình (Tuyên Quang)", ()),
        ("Kim Bình (Lào)", ()),
        ("Phongsaly", ("la-phongsaly",)),
        ("phong sa lỳ", ("la-phongsaly",)),
        ("Tỉnh Phông Sa Lỳ (Lào)", ("la-phongsaly",)),
        ("ແຂວງຜົ້ງສາລີ", ("la-phongsaly",)),
        ("云南", ()),
        ("云南省", ("cn-yunnan",)),
        ("Hồng Hà", ("cn-honghe", "cn-honghe-county")),
        ("châu Hồng Hà", ("cn-honghe",)),
        ("huyện Hồng Hà", ("cn-honghe-county",)),
        ("Hồng Hà (Trung Quốc)", ("cn-honghe", "cn-honghe-county")),
        ("VUFO", ("vufo",)),
        ("tỉnh VUFO", ()),
        ("", ()),
        ("()", ()),
        ("Sao Hỏa", ()),
    ],
)
def test_a_name_is_found_in_every_script(border, name, codes):
    assert queries.name_index().codes_of(name) == codes


def test_many_names_take_few_queries(border, django_assert_num_queries):
    with django_assert_num_queries(4):
        found = queries.resolve_many(["Kim Bình", "Hồng Hà", "Sao Hỏa", *(f"Nơi {n}" for n in range(100))])
    assert {name: [party.code for party in parties] for name, parties in list(found.items())[:3]} == {
        "Kim Bình": ["cn-jinping"],
        "Hồng Hà": ["cn-honghe", "cn-honghe-county"],
        "Sao Hỏa": [],
    }


def test_one_name_is_resolved_or_left_to_a_person(border):
    assert queries.resolve("Kim Bình").code == "cn-jinping"
    assert queries.resolve("Hồng Hà") is None
    assert queries.resolve("Sao Hỏa") is None


def test_parties_by_code_and_below(border):
    assert set(queries.parties_by_code(["cn-yunnan", "nowhere"])) == {"cn-yunnan"}
    assert queries.party_subtree("cn-yunnan") == ["cn-yunnan", "cn-honghe", "cn-honghe-county", "cn-jinping"]
    assert queries.party_subtree("nowhere") == []


def test_search_needs_no_marks_and_no_order(border):
    user = officer_of(OfficeFactory())
    assert [party.code for party in queries.search_parties(user, "binh kim")] == ["cn-jinping"]
    assert [party.code for party in queries.search_parties(user, "ສາລີ")] == ["la-phongsaly"]
    assert queries.search_parties(user, "").count() == 6
    assert not queries.search_parties(UserFactory(), "kim").exists()


def test_posts_through_time():
    office = DepartmentFactory()
    person = PersonFactory(office=office)
    old = PostFactory(person=person, valid_to=dt.date(2024, 12, 31))
    new = PostFactory(person=person, valid_from=dt.date(2025, 1, 1))
    assert queries.posts_on(person, dt.date(2024, 12, 31)) == [old]
    assert queries.posts_on(person, dt.date(2025, 1, 1)) == [new]
    user, stranger = officer_of(office), officer_of(OfficeFactory())
    assert queries.holders_on(user, "la-phongsaly", dt.date(2024, 6, 1)) == [old]
    assert queries.holders_on(stranger, "la-phongsaly", dt.date(2024, 6, 1)) == []


def test_a_passport_is_found_without_being_opened_by_those_who_may_read_it():
    office = DepartmentFactory()
    person = PersonFactory(office=office, passport_no="C1234567")
    PersonFactory(office=office)
    assert queries.persons_with_passport(officer_of(office), "c 1234567") == [person]
    assert queries.persons_with_passport(officer_of(office), "") == []
    assert queries.persons_with_passport(officer_of(office, Role.LEADER), "C1234567") == []
    assert queries.persons_with_passport(officer_of(OfficeFactory()), "C1234567") == []


def test_ties_on_a_day(border):
    office = OfficeFactory(code="lai-chau")
    yunnan = PartyFactory(code="cn-yunnan")
    friendly = PartyTieFactory(office=office, party=yunnan)
    ended = PartyTieFactory(office=office, party=yunnan, kind=TieKind.NEIGHBOUR, valid_to=dt.date(2021, 1, 1))
    assert queries.ties_on(["lai-chau"], dt.date(2020, 6, 1)) == [friendly, ended]
    assert queries.ties_on(["lai-chau"], dt.date(2025, 1, 1)) == [friendly]
    assert queries.ties_on(["lai-chau"], dt.date(2020, 6, 1), TieKind.NEIGHBOUR) == [ended]
