from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from bonphuong.accounts.enums import Role
from bonphuong.parties.enums import TieKind
from bonphuong.parties.models import Party, PartyAlias, PartyNote, PartyTie, Person, Post
from tests.factories.accounts import (
    DepartmentFactory,
    FocalAgencyFactory,
    OfficeFactory,
    UserFactory,
    officer_of,
)
from tests.factories.parties import (
    PartyAliasFactory,
    PartyFactory,
    PartyNoteFactory,
    PartyTieFactory,
    PersonFactory,
    PostFactory,
)

pytestmark = pytest.mark.django_db


def test_names_in_each_language():
    party = PartyFactory(name_native="ຜົ້ງສາລີ", native_lang="lo")
    names = {language: party.name(language) for language in ("vi", "en", "lo", "zh")}
    assert names == {"vi": "Phông Sa Lỳ", "en": "Phongsaly", "lo": "ຜົ້ງສາລີ", "zh": "Phông Sa Lỳ"}
    assert str(party) == "Phông Sa Lỳ"
    with translation.override("en"):
        assert str(party) == "Phongsaly"
    assert str(PartyAliasFactory(party=party)) == "Phong Sa Lỳ"
    assert (
        str(PartyTieFactory(party=party, office=OfficeFactory(code="tinh-a")))
        == "tinh-a · friendly · la-phongsaly"
    )
    assert str(PartyNoteFactory(party=party, office=OfficeFactory(code="tinh-a"))) == "la-phongsaly · tinh-a"


def test_a_post_is_in_a_party_an_office_or_a_unit_by_its_name():
    office = DepartmentFactory(name_vi="Sở Ví Dụ")
    posts = [
        PostFactory(),
        PostFactory(party=None, office=office),
        PostFactory(party=None, unit_text="Xã Mẫu"),
    ]
    assert [post.where for post in posts] == ["Phông Sa Lỳ", "Sở Ví Dụ", "Xã Mẫu"]
    assert str(posts[0]) == "Phó Tỉnh trưởng, Phông Sa Lỳ"
    assert (posts[0].title(), posts[0].title("en")) == ("Phó Tỉnh trưởng", "Deputy Governor")
    assert PostFactory(title_en="").title("en") == "Phó Tỉnh trưởng"
    for nowhere in ({"party": None}, {"office": office}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PostFactory(**nowhere)


def test_restricted_data_is_sealed_in_the_database_and_masked_on_the_page():
    person = PersonFactory(passport_no="C1234567", birth_date="1975-04-30")
    with connection.cursor() as cursor:
        cursor.execute("SELECT passport_no, birth_date, passport_index FROM parties_person")
        stored = " ".join(cursor.fetchone())
    assert "C1234567" not in stored
    assert "1975" not in stored
    person = Person.objects.get(pk=person.pk)
    assert (person.passport_masked, person.birth_date_masked) == ("•••••• 567", "••••••")
    assert (person.passport_no, person.birth_date) == ("C1234567", "1975-04-30")
    nobody = PersonFactory()
    assert (nobody.passport_masked, nobody.birth_date_masked, str(nobody)) == ("", "", "Trần Văn Thử")


def test_one_tie_of_a_kind_at_a_time():
    tie = PartyTieFactory(valid_to=dt.date(2021, 1, 1))
    PartyTieFactory(party=tie.party, office=tie.office)
    PartyTieFactory(party=tie.party, office=tie.office, kind=TieKind.TWINNED)
    with pytest.raises(IntegrityError), transaction.atomic():
        PartyTieFactory(party=tie.party, office=tie.office)


@pytest.fixture
def people():
    """Owner, colleague in another office of the book, focal officer, stranger."""
    root = OfficeFactory()
    own, other = DepartmentFactory(belongs_to=root), DepartmentFactory(belongs_to=root)
    focal = FocalAgencyFactory(office=DepartmentFactory(belongs_to=root)).office
    return {
        "office": own,
        "owner": officer_of(own),
        "colleague": officer_of(other, Role.CLERK),
        "focal": officer_of(focal),
        "stranger": officer_of(OfficeFactory()),
    }


def test_places_are_open_to_everybody_with_a_role_in_any_book(people):
    alias = PartyAliasFactory()
    for name in ("owner", "colleague", "focal", "stranger"):
        assert list(Party.objects.visible_to(people[name])) == [alias.party]
        assert list(PartyAlias.objects.visible_to(people[name])) == [alias]
    for nobody in (UserFactory(), AnonymousUser()):
        assert not Party.objects.visible_to(nobody).exists()
        assert not PartyAlias.objects.visible_to(nobody).exists()


def test_a_note_stays_in_its_office(people):
    note = PartyNoteFactory(office=people["office"])
    seen = {name: PartyNote.objects.visible_to(people[name]).exists() for name in people if name != "office"}
    assert seen == {"owner": True, "colleague": False, "focal": True, "stranger": False}
    assert not PartyNote.objects.visible_to(AnonymousUser()).exists()
    assert note.author is None


def test_persons_posts_and_ties_stay_in_their_book(people):
    post = PostFactory(person__office=people["office"])
    PartyTieFactory(office=people["office"])
    for model in (Person, Post, PartyTie):
        seen = {name: model.objects.visible_to(people[name]).exists() for name in people if name != "office"}
        assert seen == {"owner": True, "colleague": True, "focal": True, "stranger": False}
        assert not model.objects.visible_to(AnonymousUser()).exists()
        assert not model.objects.visible_to(UserFactory()).exists()
    assert post.person.office == people["office"]
