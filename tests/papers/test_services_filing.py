import datetime as dt

import pytest

from bonphuong.accounts.enums import Role
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.papers.enums import PaperDirection, PaperKind
from bonphuong.papers.errors import ClassifiedPaper, StorageUnavailable
from bonphuong.papers.models import Paper
from bonphuong.papers.services import (
    PaperNote,
    add_file,
    change_paper,
    file_paper,
    note_papers,
    number_paper,
    read_file,
)
from bonphuong.trail.models import Action
from tests.factories.accounts import DepartmentFactory, OfficeFactory, officer_of
from tests.factories.papers import PaperFactory
from tests.papers.test_validators import PDF, word

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 5, 12)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def office():
    return DepartmentFactory(code="so-ngoai-vu", belongs_to=OfficeFactory(code="vi-du"))


@pytest.fixture
def officer(office):
    return officer_of(office)


def _note(**given):
    return PaperNote(
        **{
            "kind": PaperKind.DECISION,
            "office_code": "so-ngoai-vu",
            "reference": "123/QĐ-UBND",
            "on": DAY,
            "abstract": " Cử đoàn  cán bộ ",
            "issuer": "UBND tỉnh Ví Dụ",
            "direction": PaperDirection.IN,
            **given,
        }
    )


def _kept(media):
    return sorted(path.name for path in media.rglob("*") if path.is_file()) if media.exists() else []


def test_file_paper_keeps_the_file_and_what_is_known_of_it(officer, media):
    with clock.fixed(DAY):
        filed = file_paper(
            _note(signer="Nguyễn Văn Mẫu"), actor=officer, content=PDF, file_name="C:\\quet\\QĐ 123.pdf"
        )
    paper = Paper.objects.get(pk=filed.paper.pk)
    assert (paper.number, paper.symbol, paper.reference, paper.on) == ("123", "QĐ-UBND", "123/QĐ-UBND", DAY)
    assert (paper.abstract, paper.signer, paper.issuer) == (
        "Cử đoàn cán bộ",
        "Nguyễn Văn Mẫu",
        "UBND tỉnh Ví Dụ",
    )
    assert (paper.file_name, paper.media_type, paper.size) == ("QĐ 123.pdf", "application/pdf", len(PDF))
    assert _kept(media) == [paper.digest]
    assert read_file(paper) == PDF
    assert filed.duplicates == ()
    assert Action.objects.get(verb="papers.paper.file").actor_name == "Nguyễn Thị Mẫu"


def test_placeholder_has_no_content(officer, media):
    paper = file_paper(_note(is_placeholder=True, abstract=""), actor=officer).paper
    assert (paper.is_placeholder, paper.has_file) == (True, False)
    with pytest.raises(BadInput) as caught:
        file_paper(_note(is_placeholder=True), actor=officer, content=PDF, file_name="a.pdf")
    assert list(caught.value.errors) == ["file"]
    assert _kept(media) == []


@pytest.mark.parametrize(
    "given",
    [
        {"content": word("TỐI MẬT", "Kế hoạch"), "file_name": "kh.docx"},
        {"content": PDF, "file_name": "MẬT - kh.pdf"},
        {"note": {"abstract": "Kế hoạch (Tối mật)"}},
        {"note": {"reference": "MẬT"}},
    ],
)
def test_classified_paper_is_refused_and_nothing_of_it_kept(officer, media, given):
    note = _note(**given.pop("note", {}))
    with pytest.raises(ClassifiedPaper):
        file_paper(note, actor=officer, **given)
    assert Paper.objects.count() == 0
    assert not Action.objects.filter(verb="papers.paper.file").exists()
    assert _kept(media) == []


def test_same_reference_or_same_file_is_a_warning(officer):
    first = file_paper(_note(), actor=officer, content=PDF, file_name="a.pdf").paper
    again = file_paper(_note(reference="0123/QĐ-UBND", on=dt.date(2025, 9, 1)), actor=officer)
    assert again.duplicates == (first,)
    other_year = file_paper(_note(on=dt.date(2024, 5, 12)), actor=officer)
    assert other_year.duplicates == ()
    same_file = file_paper(_note(reference="9/BC"), actor=officer, content=PDF, file_name="b.pdf")
    assert same_file.duplicates == (first,)


def test_same_reference_of_another_known_issuer_is_another_paper(officer):
    file_paper(_note(issuer_code="cn-yunnan"), actor=officer)
    assert file_paper(_note(issuer_code="cn-honghe"), actor=officer).duplicates == ()
    assert len(file_paper(_note(issuer_code="cn-yunnan"), actor=officer).duplicates) == 1


def test_duplicates_of_offices_that_one_may_not_see_stay_unseen(officer):
    file_paper(_note(), actor=officer)
    stranger = officer_of(DepartmentFactory(code="so-y-te", belongs_to=OfficeFactory(code="tinh-khac")))
    assert file_paper(_note(office_code="so-y-te"), actor=stranger).duplicates == ()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMIN])
def test_only_those_who_may_file_do(office, role, media):
    person = officer_of(office, role)
    with pytest.raises(NotAllowed):
        file_paper(_note(), actor=person, content=PDF, file_name="a.pdf")
    with pytest.raises(NotAllowed):
        note_papers([_note()], actor=person)
    for act in (
        lambda paper: add_file(paper, actor=person, content=PDF, file_name="a.pdf"),
        lambda paper: number_paper(paper, actor=person, reference="1/QĐ", on=DAY),
        lambda paper: change_paper(paper, actor=person, abstract="x"),
    ):
        with pytest.raises(NotAllowed):
            act(PaperFactory())
    assert _kept(media) == []


def test_wrong_values_are_named_by_field(officer):
    with pytest.raises(BadInput) as caught:
        file_paper(_note(kind="letter"), actor=officer)
    assert list(caught.value.errors) == ["kind"]


def test_disk_that_refuses_leaves_no_row(officer, settings, tmp_path):
    blocked = tmp_path / "tep"
    blocked.write_bytes(b"")
    settings.MEDIA_ROOT = blocked
    with pytest.raises(StorageUnavailable):
        file_paper(_note(), actor=officer, content=PDF, file_name="a.pdf")
    assert Paper.objects.count() == 0


def test_note_papers_notes_many_in_one_act(officer):
    papers = note_papers([_note(), _note(reference="7/TTr-SNgV", kind=PaperKind.SUBMISSION)], actor=officer)
    assert [paper.reference for paper in papers] == ["123/QĐ-UBND", "7/TTr-SNgV"]
    assert Action.objects.filter(verb="papers.paper.file").count() == 1
    with pytest.raises(ClassifiedPaper):
        note_papers([_note(), _note(abstract="[MẬT] x")], actor=officer)
    assert Paper.objects.count() == 2


def test_add_file_gives_a_noted_paper_its_file_once(officer):
    [paper] = note_papers([_note()], actor=officer)
    filed = add_file(paper, actor=officer, content=PDF, file_name="a.pdf")
    assert read_file(Paper.objects.get(pk=paper.pk)) == PDF
    assert filed.duplicates == ()
    with pytest.raises(Conflict):
        add_file(paper, actor=officer, content=word("x"), file_name="b.docx")
    with pytest.raises(BadInput):
        add_file(PaperFactory(is_placeholder=True), actor=officer, content=PDF, file_name="a.pdf")


def test_number_paper_types_back_number_and_day(officer):
    paper = file_paper(_note(reference="", on=None), actor=officer).paper
    twin = PaperFactory(number="15")
    filed = number_paper(paper, actor=officer, reference="15/QĐ-UBND", on=DAY, signer=" Trần Thị Thử ")
    paper = Paper.objects.get(pk=paper.pk)
    assert (paper.reference, paper.on, paper.signer) == ("15/QĐ-UBND", DAY, "Trần Thị Thử")
    assert filed.duplicates == (twin,)


def test_number_is_changed_only_with_a_reason(officer):
    paper = PaperFactory()
    number_paper(paper, actor=officer, reference=paper.reference, on=paper.on, signer="Nguyễn Văn Mẫu")
    with pytest.raises(BadInput) as caught:
        number_paper(paper, actor=officer, reference="124/QĐ-UBND", on=paper.on, reason=" ")
    assert list(caught.value.errors) == ["reason"]
    number_paper(paper, actor=officer, reference="124/QĐ-UBND", on=paper.on, reason="Gõ nhầm")
    assert Paper.objects.get(pk=paper.pk).number == "124"
    assert Action.objects.filter(verb="papers.paper.number").latest("id").reason == "Gõ nhầm"


@pytest.mark.parametrize("reference", ["", "  "])
def test_number_needs_its_symbol(officer, reference):
    with pytest.raises(BadInput) as caught:
        number_paper(PaperFactory(), actor=officer, reference=reference, on=DAY)
    assert list(caught.value.errors) == ["reference"]


def test_change_paper_corrects_what_is_noted(officer):
    paper = PaperFactory()
    change_paper(paper, actor=officer, abstract="Cử đoàn đi Lào", reason="Đính chính")
    assert Paper.objects.get(pk=paper.pk).abstract == "Cử đoàn đi Lào"
    with pytest.raises(BadInput) as caught:
        change_paper(paper, actor=officer, number="5", digest="x")
    assert sorted(caught.value.errors) == ["digest", "number"]
    with pytest.raises(ClassifiedPaper):
        change_paper(paper, actor=officer, abstract="TỐI MẬT")
