import datetime as dt
import io

import docx
import pytest

from bonphuong.accounts.enums import Role
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.papers.enums import TemplateCode
from bonphuong.papers.errors import ClassifiedPaper
from bonphuong.papers.models import DocumentTemplate
from bonphuong.papers.placeholders import OF_TEMPLATE, sample
from bonphuong.papers.services import add_template, end_template, print_paper, shipped_template, template_file
from tests.factories.accounts import DepartmentFactory, OfficeFactory, officer_of
from tests.papers.test_validators import PDF, word
from tools import word_templates

pytestmark = pytest.mark.django_db
DECISION = TemplateCode.OUTBOUND_DECISION
JANUARY, JUNE = dt.date(2026, 1, 1), dt.date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def office():
    return DepartmentFactory(code="so-ngoai-vu", belongs_to=OfficeFactory(code="vi-du"))


@pytest.fixture
def officer(office):
    return officer_of(office)


def _add(officer, **given):
    return add_template(
        **{
            "actor": officer,
            "code": DECISION,
            "office_code": "so-ngoai-vu",
            "content": word("Cử {{ ten_doan }} gồm {{ head_count }} người"),
            "file_name": "quyet-dinh.docx",
            "valid_from": JANUARY,
            **given,
        }
    )


def _texts(printed):
    document = docx.Document(io.BytesIO(printed.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def test_own_template_prints_from_its_first_day_on(officer):
    template = _add(officer)
    context = {"delegation": "đoàn tỉnh Ví Dụ", "head_count": 12}
    printed = print_paper(
        DECISION, office_code="so-ngoai-vu", context=context, on=JUNE, title="Đoàn thăm Lào"
    )
    assert _texts(printed) == ["Cử đoàn tỉnh Ví Dụ gồm 12 người"]
    assert (printed.template, printed.file_name) == (template, "outbound-decision-doan-tham-lao.docx")
    before = print_paper(DECISION, office_code="so-ngoai-vu", context=context, on=dt.date(2025, 12, 31))
    assert (before.template, before.file_name) == (None, "outbound-decision.docx")


def test_office_below_prints_with_the_template_above_it(officer, office):
    DepartmentFactory(code="phong", belongs_to=office)
    template = _add(officer)
    assert template_file(DECISION, office_code="phong", on=JUNE)[1] == template


def test_new_version_ends_the_one_before(officer):
    first = _add(officer)
    second = _add(officer, content=word("Mới {{ ten_doan }}"), valid_from=JUNE, note="Quy chế mới")
    first.refresh_from_db()
    assert (first.version, first.valid_to, second.version) == (1, dt.date(2026, 5, 31), 2)
    with pytest.raises(BadInput) as caught:
        _add(officer, valid_from=dt.date(2026, 3, 1))
    assert list(caught.value.errors) == ["valid_from"]


def test_ended_template_gives_way_to_the_shipped_one(officer):
    template = end_template(_add(officer), actor=officer, on=JANUARY, reason="Dùng lại mẫu chung")
    assert template_file(DECISION, office_code="so-ngoai-vu", on=JANUARY)[1] == template
    assert template_file(DECISION, office_code="so-ngoai-vu", on=JUNE) == (shipped_template(DECISION), None)
    with pytest.raises(BadInput):
        end_template(template, actor=officer, on=dt.date(2025, 1, 1))


@pytest.mark.parametrize(
    ("content", "word_in_it"),
    [
        (word("{{ ten_doan_khac }}"), "ten_doan_khac"),
        (word("{% for m in thanh_vien %}{{ m.tuoi }}{% endfor %}"), "tuoi"),
        (word("{{ ten_doan"), "ten_doan"),
        (word("{{ ten_doan.__class__ }}"), "__class__"),
        (PDF, "PDF"),
        (b"PK\x03\x04", ""),
        (b"", ""),
    ],
)
def test_template_that_does_not_print_is_not_taken(officer, tmp_path, content, word_in_it):
    with pytest.raises(BadInput) as caught:
        _add(officer, content=content)
    assert word_in_it.lower() in " ".join(caught.value.errors["file"]).lower()
    assert DocumentTemplate.objects.count() == 0
    assert list(tmp_path.iterdir()) == []


def test_template_has_the_right_kind_and_paper(officer):
    with pytest.raises(BadInput) as caught:
        _add(officer, file_name="mau.doc")
    assert list(caught.value.errors) == ["file"]
    with pytest.raises(BadInput) as caught:
        _add(officer, code="khac")
    assert list(caught.value.errors) == ["code"]
    with pytest.raises(ClassifiedPaper):
        _add(officer, content=word("TỐI MẬT", "{{ ten_doan }}"))


def test_only_those_who_may_change_templates_do(office, officer):
    template = _add(officer)
    clerk = officer_of(office, Role.CLERK)
    with pytest.raises(NotAllowed):
        _add(clerk)
    with pytest.raises(NotAllowed):
        end_template(template, actor=clerk, on=JUNE)


# --- the templates that are shipped ----------------------------------------------------------------------


@pytest.mark.parametrize("code", TemplateCode)
def test_shipped_template_prints_a_whole_paper(code):
    context = _english(OF_TEMPLATE[code], sample(code))
    if "members" in context:
        context["members"] = [{"full_name": "Lò Văn Mẫu"}, {"full_name": "Trần Thị Thử"}]
    if "letters" in context:
        context["letters"] = [
            {"signer": "Trần Thị Thử", "body": ["Chúc mừng."], "translation": ["祝贺。"]}
        ] * 2
    with clock.fixed(JANUARY):
        printed = print_paper(code, office_code="so-ngoai-vu", context=context)
        again = print_paper(code, office_code="so-ngoai-vu", context=context)
    assert printed.content == again.content
    text = "\n".join(_texts(printed))
    assert "{" not in text
    assert ("Lò Văn Mẫu" in text) is ("members" in context)


def _english(placeholders, filled):
    return {
        one.name: [_english(one.entries, line) for line in filled[one.name]]
        if one.entries
        else filled[one.name]
        for one in placeholders
    }


def test_tables_of_a_record_have_the_columns_that_it_has():
    rows = [{"cells": ["Lò Văn Mẫu", "Giám đốc", "Ví Dụ"]}, {"cells": ["Trần Thị Thử", "", "Ví Dụ"]}]
    tables = [
        {"caption": "Các bên ký", "heads": ["Tên", "Chức vụ", "Nơi"], "rows": rows},
        {"caption": "Năm", "heads": ["Năm"], "rows": [{"cells": ["2026"]}]},
    ]
    printed = print_paper("record_submission", office_code="so-ngoai-vu", context={"tables": tables})
    document = docx.Document(io.BytesIO(printed.content))
    found = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    assert found[-2:] == [[tables[0]["heads"], *(row["cells"] for row in rows)], [["Năm"], ["2026"]]]


@pytest.mark.parametrize("code", TemplateCode)
def test_shipped_template_prints_as_a_draft_too(code):
    text = "\n".join(_texts(print_paper(code, office_code="so-ngoai-vu", context={})))
    assert "……" in text


@pytest.mark.parametrize("code", TemplateCode)
def test_shipped_template_may_be_taken_as_ones_own(code, officer):
    assert _add(officer, code=code, content=shipped_template(code)).version == 1


def test_shipped_templates_are_what_their_source_says():
    assert word_templates.outdated() == []
    assert sorted(word_templates.BUILDERS) == sorted(TemplateCode.values)


def test_the_manual_names_every_placeholder():
    assert word_templates.outdated_pages() == []
