from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from bonphuong.accounts import services as accounts
from bonphuong.accounts.enums import Role
from bonphuong.accounts.models import Office
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.parties import queries, services
from bonphuong.parties.enums import PartyKind, PartyLevel, RestrictedField, TieKind
from bonphuong.parties.models import Party, PartyAlias, PartyNote, PartyTie, Person, Post
from bonphuong.reference.services import load_reference
from bonphuong.trail.models import Action
from tests.factories.accounts import DepartmentFactory, OfficeFactory, officer_of
from tests.factories.parties import PartyFactory, PartyTieFactory, PersonFactory
from tests.factories.reference import CountryFactory

pytestmark = pytest.mark.django_db
NAMES = {"name_vi": "Bò Kẹo", "name_en": "Bokeo"}


@pytest.fixture
def office():
    return DepartmentFactory()


@pytest.fixture
def actor(office):
    return officer_of(office)


@pytest.fixture
def stranger():
    return officer_of(OfficeFactory())


@pytest.fixture
def clerk(office):
    return officer_of(office, Role.CLERK)


def test_a_party_is_added_with_all_its_names(actor, clerk):
    fields = {"kind": PartyKind.LOCALITY, "level": PartyLevel.PROVINCE, "country": CountryFactory(), **NAMES}
    aliases = {"lo": ["ບໍ່ແກ້ວ"], "vi": ["Bò  Kèo", "Bo Kẹo"], "en": ["Bo Kẹo"]}
    party = services.create_party(
        actor=actor, code="la-bokeo", aliases=aliases, reason="đối tác mới", **fields
    )
    assert party.fold == "|bo keo|bokeo|ບໍ່ແກ້ວ|"
    assert set(PartyAlias.objects.values_list("text", "lang")) == {
        ("ບໍ່ແກ້ວ", "lo"),
        ("Bò Kèo", "vi"),
        ("Bo Kẹo", "vi"),
    }
    assert queries.resolve("ແຂວງບໍ່ແກ້ວ") == party
    assert Action.objects.latest("id").verb == "parties.party.add"
    with pytest.raises(BadInput) as taken:
        services.create_party(actor=actor, code="la-bokeo", **fields)
    assert taken.value.errors.keys() == {"code"}
    with pytest.raises(NotAllowed):
        services.create_party(actor=clerk, code="la-khac", **fields)


def test_a_renamed_party_is_still_found_by_its_old_name(actor):
    party = PartyFactory(code="cn-puer", name_vi="Tư Mao", name_en="Simao")
    services.change_party(actor=actor, party=party, name_vi="Phổ Nhĩ", name_en="Pu'er")
    assert queries.resolve("Tư Mao") == queries.resolve("Simao") == queries.resolve("pho nhi") == party
    assert [p.code for p in queries.search_parties(actor, "tu mao")] == ["cn-puer"]
    with pytest.raises(BadInput):
        services.change_party(actor=actor, party=party, code="cn-simao")


def test_a_name_is_added_once(actor, clerk):
    party = PartyFactory()
    alias = services.add_alias(actor=actor, party=party, text=" ຜົ້ງສາລີ ", lang="lo")
    assert services.add_alias(actor=actor, party=party, text="ຜົ້ງສາລີ", lang="lo") == alias
    assert queries.search_parties(actor, "ຜົ້ງ").get() == party
    with pytest.raises(NotAllowed):
        services.add_alias(actor=clerk, party=party, text="Khác", lang="vi")


def test_a_note_is_the_office_s_own(actor, office, stranger):
    party = PartyFactory()
    note = services.add_note(actor=actor, party=party, office=office, text=" Nên hẹn trước hai tuần. ")
    assert (note.text, note.author) == ("Nên hẹn trước hai tuần.", actor)
    with pytest.raises(NotAllowed):
        services.add_note(actor=stranger, party=party, office=office, text="Khác")
    with pytest.raises(BadInput):
        services.add_note(actor=actor, party=party, office=office, text="  ")
    assert PartyNote.objects.count() == 1


def test_a_tie_is_made_and_ended(actor, office, stranger):
    party = PartyFactory()
    tie = services.tie_party(
        actor=actor,
        party=party,
        office=office,
        kind=TieKind.FRIENDLY,
        valid_from=dt.date(2020, 1, 1),
        source="Mẫu",
    )
    with pytest.raises(BadInput):
        services.tie_party(actor=actor, party=party, office=office, kind=TieKind.FRIENDLY)
    with pytest.raises(BadInput):
        services.end_tie(actor=actor, tie=tie, on=dt.date(2019, 1, 1))
    services.end_tie(actor=actor, tie=tie, on=dt.date(2025, 6, 30))
    assert PartyTie.objects.get().valid_to == dt.date(2025, 6, 30)
    with pytest.raises(NotAllowed):
        services.end_tie(actor=stranger, tie=tie, on=dt.date(2025, 1, 1))
    with pytest.raises(NotAllowed):
        services.tie_party(actor=stranger, party=party, office=office, kind=TieKind.TWINNED)


def test_a_person_is_entered_and_changed_by_the_office_that_keeps_them(actor, office, stranger):
    person = services.create_person(
        actor=actor, office=office, full_name="Trương Ví Dụ", name_native="张示例", passport_no="E 1234567"
    )
    assert person.fold == "|truong vi du|张 示 例|"
    assert queries.persons_with_passport(actor, "E1234567") == [person]
    services.change_person(actor=actor, person=person, passport_no="E7654321", birth_date="1980-02-29")
    assert queries.persons_with_passport(actor, "E1234567") == []
    assert queries.persons_with_passport(actor, "E7654321") == [person]
    with pytest.raises(NotAllowed):
        services.change_person(actor=stranger, person=person, full_name="Khác")
    with pytest.raises(BadInput):
        services.change_person(actor=actor, person=person, office=stranger.assignments.get().office)


@pytest.mark.parametrize("text", ["1980-02-30", "30/4/1975", "2999-01-01"])
def test_a_birth_date_is_a_day_of_the_past(actor, office, text):
    with pytest.raises(BadInput) as refused:
        services.create_person(actor=actor, office=office, full_name="Mẫu", birth_date=text)
    assert refused.value.errors.keys() == {"birth_date"}


def test_a_post_is_given_and_ended(actor, office, stranger):
    person, party = PersonFactory(office=office), PartyFactory()
    post = services.add_post(
        actor=actor, person=person, party=party, title_vi="Tỉnh trưởng", valid_from=dt.date(2025, 1, 1)
    )
    services.end_post(actor=actor, post=post, on=dt.date(2025, 6, 30))
    assert queries.posts_on(person, dt.date(2025, 7, 1)) == []
    with pytest.raises(BadInput):
        services.add_post(actor=actor, person=person, title_vi="Không nơi nào")
    with pytest.raises(BadInput):
        services.end_post(actor=actor, post=post, on=dt.date(2024, 1, 1))
    for write in (
        lambda: services.add_post(actor=stranger, person=person, party=party, title_vi="Khác"),
        lambda: services.end_post(actor=stranger, post=post, on=dt.date(2025, 6, 1)),
    ):
        with pytest.raises(NotAllowed):
            write()


def test_reading_restricted_data_is_an_act_with_a_reason(actor, office, stranger):
    person = PersonFactory(office=office, passport_no="C1234567", birth_date="1975-04-30")
    for field, text in (
        (RestrictedField.PASSPORT_NO, "C1234567"),
        (RestrictedField.BIRTH_DATE, "1975-04-30"),
    ):
        assert (
            services.reveal(actor=actor, person=person, field=field, reason=" Gửi danh sách cho bạn ") == text
        )
        action = Action.objects.latest("id")
        assert (action.verb, action.reason) == (
            "parties.person.reveal",
            f"{field.value}: Gửi danh sách cho bạn",
        )
        assert (action.object_uid, action.office) == (str(person.pk), office.code)
        assert text not in f"{action.reason} {action.object_text}"
    reads = Action.objects.count()
    with pytest.raises(BadInput):
        services.reveal(actor=actor, person=person, field=RestrictedField.PASSPORT_NO, reason=" ")
    for other in (stranger, officer_of(office, Role.LEADER), officer_of(office, Role.CLERK)):
        with pytest.raises(NotAllowed):
            services.reveal(actor=other, person=person, field=RestrictedField.PASSPORT_NO, reason="Xem")
    assert Action.objects.filter(verb="parties.person.reveal").count() == 2
    assert reads <= Action.objects.count()


@pytest.mark.django_db(transaction=True)
def test_reading_restricted_data_cannot_be_taken_back_by_a_rollback():
    office = DepartmentFactory()
    person = PersonFactory(office=office, passport_no="C1234567")
    reader = officer_of(office)
    with pytest.raises(RuntimeError), transaction.atomic():
        services.reveal(actor=reader, person=person, field=RestrictedField.PASSPORT_NO, reason="Xem")
    assert not Action.objects.filter(verb="parties.person.reveal").exists()


def test_shipped_parties_load_twice_to_the_same():
    load_reference()
    assert services.load_parties() == Party.objects.count() > 60
    party = Party.objects.get(pk="la-phongsaly")
    services_before = Action.objects.count()
    assert services.load_parties() == 0
    assert Action.objects.count() == services_before
    assert party.proved
    index = queries.name_index()
    names = {
        "Phông Sa Lỳ": "la-phongsaly",
        "Phongsaly": "la-phongsaly",
        "ຜົ້ງສາລີ": "la-phongsaly",
        "tỉnh U-đôm-xay (CHDCND Lào)": "la-oudomxay",
        "Luang Prabang": "la-luang-prabang",
        "ຫຼວງພະບາງ": "la-luang-prabang",
        "Giang Thành": "cn-jiangcheng",
        "Lục Xuân": "cn-luchun",
        "Lüchun County": "cn-luchun",
        "金平": "cn-jinping",
        "huyện Kim Bình (Vân Nam)": "cn-jinping",
        "châu Hồng Hà, tỉnh Vân Nam, Trung Quốc": "cn-honghe",
        "Pu’er": "cn-puer",
        "VUFO": "vufo",
        "Liên hiệp các tổ chức hữu nghị Việt Nam": "vufo",
        "Bộ Ngoại giao": "gov-foreign-affairs",
        "COMINGO": "gov-comingo",
        "Samaritan’s Purse": "samaritans-purse",
        "Plan International Việt Nam": "plan-international",
        "Hà Khẩu": "cn-hekou",
    }
    assert {name: index.code_of(name) for name in names} == names


def test_no_shipped_name_means_two_parties():
    load_reference()
    services.load_parties()
    shared = {key: codes for key, codes in queries.name_index().by_name.items() if len(codes) > 1}
    assert shared == {}


def test_ties_and_persons_of_the_demonstration_load_twice_to_the_same():
    load_reference()
    services.load_parties()
    accounts.load_demo_offices()
    assert services.load_demo_ties() == PartyTie.objects.count() > 10
    assert services.load_demo_persons() == Person.objects.count() == 20
    assert (services.load_demo_ties(), services.load_demo_persons()) == (0, 0)
    neighbours = queries.ties_on(["lai-chau"], dt.date(2025, 1, 1), TieKind.NEIGHBOUR)
    assert {tie.party_id for tie in neighbours} == {"cn-jinping", "cn-luchun", "cn-jiangcheng", "cn-yunnan"}
    assert Post.objects.filter(person__full_name="Vương Thị Lệ").count() == 2


def test_a_tie_that_is_there_is_left_alone():
    load_reference()
    services.load_parties()
    accounts.load_demo_offices()
    PartyTieFactory(
        party=Party.objects.get(pk="cn-yunnan"),
        office=Office.objects.get(pk="lai-chau"),
        source="Riêng",
    )
    services.load_demo_ties()
    assert PartyTie.objects.filter(party="cn-yunnan", kind=TieKind.FRIENDLY).get().source == "Riêng"
