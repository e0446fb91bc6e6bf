import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from bonphuong.accounts.enums import Role
from bonphuong.papers import storage
from bonphuong.papers.enums import TemplateCode
from bonphuong.papers.models import DocumentTemplate, Paper
from bonphuong.papers.queries import FileProblem, broken_files, find_duplicates, same_file, template_in_force
from tests.factories.accounts import DepartmentFactory, OfficeFactory, officer_of
from tests.factories.papers import DocumentTemplateFactory, PaperFactory

pytestmark = pytest.mark.django_db
DECISION = TemplateCode.OUTBOUND_DECISION


@pytest.fixture
def department():
    return DepartmentFactory(code="so-ngoai-vu", belongs_to=OfficeFactory(code="vi-du"))


def test_papers_are_seen_by_those_of_their_office(department):
    paper = PaperFactory(office_code="so-ngoai-vu")
    stranger = officer_of(OfficeFactory(code="tinh-khac"))
    leader = officer_of(department.belongs_to, Role.LEADER)
    assert list(Paper.objects.visible_to(officer_of(department))) == [paper]
    assert list(Paper.objects.visible_to(leader)) == [paper]
    assert list(Paper.objects.visible_to(stranger)) == []
    assert list(Paper.objects.visible_to(AnonymousUser())) == []


def test_templates_are_seen_by_those_who_print_or_change_them(department):
    template = DocumentTemplateFactory(office_code="so-ngoai-vu")
    assert list(DocumentTemplate.objects.visible_to(officer_of(department))) == [template]
    assert list(DocumentTemplate.objects.visible_to(officer_of(department, Role.ADMIN))) == [template]
    assert list(DocumentTemplate.objects.visible_to(officer_of(OfficeFactory(code="tinh-khac")))) == []
    assert list(DocumentTemplate.objects.visible_to(AnonymousUser())) == []


def test_duplicates_are_looked_for_by_whole_references_only(department):
    officer = officer_of(department)
    paper = PaperFactory(number="05", office_code="so-ngoai-vu")
    assert list(find_duplicates(officer, number="5", symbol="QĐ-UBND", year=2025)) == [paper]
    assert list(find_duplicates(officer, number="005", symbol="QĐ-UBND", year=None)) == [paper]
    assert list(find_duplicates(officer, number="5", symbol="", year=2025)) == []
    assert list(find_duplicates(officer, number="", symbol="QĐ-UBND", year=2025)) == []
    assert list(same_file(paper, officer)) == []


def test_template_of_the_nearest_office_on_the_day(department):
    above = DocumentTemplateFactory(office_code="vi-du", valid_from=dt.date(2024, 1, 1))
    own = DocumentTemplateFactory(
        office_code="so-ngoai-vu", valid_from=dt.date(2025, 1, 1), valid_to=dt.date(2025, 6, 30)
    )
    DocumentTemplateFactory(office_code="tinh-khac", valid_from=dt.date(2020, 1, 1))
    found = [
        template_in_force(DECISION, "so-ngoai-vu", day)
        for day in (dt.date(2023, 1, 1), dt.date(2024, 5, 1), dt.date(2025, 6, 30), dt.date(2025, 7, 1))
    ]
    assert found == [None, above, own, above]
    assert template_in_force(TemplateCode.MEMBER_LIST, "so-ngoai-vu", dt.date(2025, 2, 1)) is None
    assert template_in_force(DECISION, "khong-co", dt.date(2025, 2, 1)) is None


def test_broken_files_are_found(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    stored = storage.store(b"noi dung")
    whole = {"file": stored.name, "digest": stored.digest}
    PaperFactory(**whole)
    PaperFactory()
    missing = DocumentTemplateFactory()
    changed = PaperFactory(file=stored.name, digest="1" * 64)
    assert list(broken_files()) == [
        FileProblem("papers.Paper", str(changed.pk), "changed"),
        FileProblem("papers.DocumentTemplate", str(missing.pk), "missing"),
    ]
