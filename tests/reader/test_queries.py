"""Names come from the tables; documents and claims are seen by those who may see their papers."""

from __future__ import annotations

import pytest

from bonphuong.parties.services import load_parties
from bonphuong.reader.extract import read
from bonphuong.reader.models import KnownState, ReadDocument, StoredClaim
from bonphuong.reader.queries import gazetteer
from bonphuong.reference.services import load_reference
from tests.factories.accounts import DepartmentFactory, OfficeFactory, officer_of
from tests.factories.parties import PartyFactory
from tests.factories.reader import KnownStateFactory, ReadDocumentFactory, StoredClaimFactory

pytestmark = pytest.mark.django_db


def test_names_of_the_tables_are_known():
    load_reference()
    load_parties()
    names = gazetteer()
    assert [names.resolve(name).code for name in ("Phông Sa Lỳ", "ຜົ້ງສາລີ", "金平", "VUFO", "Lào")] == [
        "la-phongsaly",
        "la-phongsaly",
        "cn-jinping",
        "vufo",
        "LA",
    ]


def test_new_party_is_known_at_once():
    assert gazetteer().resolve("Huyện Mẫu Xa") is None
    PartyFactory(code="cn-mau-xa", name_vi="Huyện Mẫu Xa")
    (claim,) = read("Năm 2024, tỉnh đón 2 đoàn của Huyện Mẫu Xa đến thăm.", gazetteer=gazetteer()).claims[:1]
    assert [place.code for place in claim.places] == ["cn-mau-xa"]


def test_offices_are_known_by_their_names():
    DepartmentFactory(code="vd-dofa", name_vi="Sở Ngoại vụ tỉnh Ví Dụ")
    assert gazetteer().resolve("Sở Ngoại vụ tỉnh Ví Dụ").code == "vd-dofa"


def test_documents_are_seen_with_their_papers():
    office = DepartmentFactory(code="so-ngoai-vu")
    stored = StoredClaimFactory()
    own, stranger = officer_of(office), officer_of(OfficeFactory())
    assert list(ReadDocument.objects.visible_to(own)) == [stored.document]
    assert list(ReadDocument.objects.visible_to(stranger)) == []
    assert list(StoredClaim.objects.visible_to(own)) == [stored]
    assert list(StoredClaim.objects.visible_to(stranger)) == []


def test_rows_read_as_words():
    document = ReadDocumentFactory(title="")
    assert str(document) == str(document.paper)
    assert str(StoredClaimFactory()) == "3 đoàn"
    assert str(KnownStateFactory()) == "Cửa khẩu Ví Dụ: international"
    assert KnownState(note_vi="a", note_en="b").note("en-gb") == "b"
    assert ReadDocument._meta.verbose_name == "tài liệu đã đọc"
