"""A partner province and prefecture, and a person with a post there."""

from __future__ import annotations

import datetime as dt

import factory

from bonphuong.kernel.text import fold, sort_key
from bonphuong.parties.enums import NameLanguage, PartyKind, PartyLevel, TieKind
from bonphuong.parties.models import AddressForm, Apart, Party, PartyAlias, PartyNote, PartyTie, Person, Post
from bonphuong.parties.queries import passport_index
from tests.factories.accounts import DepartmentFactory, OfficeFactory
from tests.factories.base import TrackedFactory
from tests.factories.reference import CountryFactory


class PartyFactory(TrackedFactory[Party]):
    """The province of Phongsaly; another one by its code."""

    class Meta:
        model = Party
        django_get_or_create = ("code",)

    code = "la-phongsaly"
    kind = PartyKind.LOCALITY
    level = PartyLevel.PROVINCE
    country = factory.SubFactory(CountryFactory)
    name_vi = "Phông Sa Lỳ"
    name_en = "Phongsaly"
    name_native = ""
    native_lang = ""
    fold = factory.LazyAttribute(
        lambda row: f"|{fold(row.name_vi)}|{fold(row.name_en)}|{fold(row.name_native)}|"
    )
    sort = factory.LazyAttribute(lambda row: sort_key(row.name_vi))
    source = "Ví dụ"


class PartyAliasFactory(TrackedFactory[PartyAlias]):
    class Meta:
        model = PartyAlias

    party = factory.SubFactory(PartyFactory)
    text = "Phong Sa Lỳ"
    lang = NameLanguage.VI
    fold = factory.LazyAttribute(lambda row: fold(row.text))


class PartyTieFactory(TrackedFactory[PartyTie]):
    class Meta:
        model = PartyTie

    party = factory.SubFactory(PartyFactory)
    office = factory.SubFactory(OfficeFactory)
    kind = TieKind.FRIENDLY
    valid_from = dt.date(2020, 1, 1)


class PartyNoteFactory(TrackedFactory[PartyNote]):
    class Meta:
        model = PartyNote

    party = factory.SubFactory(PartyFactory)
    office = factory.SubFactory(DepartmentFactory)
    text = "Ghi chú nội bộ mẫu"
    noted_at = dt.datetime(2025, 6, 11, 2, tzinfo=dt.UTC)


class PersonFactory(TrackedFactory[Person]):
    class Meta:
        model = Person

    office = factory.SubFactory(DepartmentFactory)
    full_name = "Trần Văn Thử"
    name_native = ""
    passport_no = ""
    passport_index = factory.LazyAttribute(lambda row: passport_index(row.passport_no))
    fold = factory.LazyAttribute(lambda row: f"|{fold(row.full_name)}|{fold(row.name_native)}|")
    sort = factory.LazyAttribute(lambda row: sort_key(row.full_name))


class PostFactory(TrackedFactory[Post]):
    class Meta:
        model = Post

    person = factory.SubFactory(PersonFactory)
    party = factory.SubFactory(PartyFactory)
    title_vi = "Phó Tỉnh trưởng"
    title_en = "Deputy Governor"
    valid_from = dt.date(2022, 1, 1)


class AddressFormFactory(TrackedFactory[AddressForm]):
    """How people of a country are addressed."""

    class Meta:
        model = AddressForm

    country = factory.SubFactory(CountryFactory)
    spoken = "Đồng chí {title} {name}"
    native = "ສະຫາຍ {native}"
    native_lang = NameLanguage.LO
    source = "Ví dụ"


class ApartFactory(TrackedFactory[Apart]):
    """Two provinces whose names differ by a letter, and that are two."""

    class Meta:
        model = Apart

    kind = "party"
    one = "la-phongsaly"
    other = "la-xam-nua"
