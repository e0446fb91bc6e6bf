import datetime as dt
import io
import zipfile
from collections import UserDict
from decimal import Decimal

import docx
import pytest

from bonphuong.kernel.archives import ArchiveError
from bonphuong.kernel.word import (
    OfficialDocument,
    TableColumn,
    TemplateError,
    placeholders,
    render_template,
    sandbox,
    templates,
    validate_template,
)
from bonphuong.kernel.word.sandbox import plain

CREATED = dt.datetime(2026, 1, 5, 3, 0, tzinfo=dt.UTC)
MEMBERS = [{"full_name": "Nguyễn Văn Mẫu", "post": "Giám đốc"}, {"full_name": "Trần Thị Thử", "post": "Phó"}]
CONTEXT = {
    "name": "Đoàn thăm <Lào> & Vân Nam",
    "on": dt.date(2026, 3, 5),
    "members": MEMBERS,
    "trip": {"days": 3},
}


def _template(*paragraphs, header="", table=None):
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if table:
        grid = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = text
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _render(template, context=CONTEXT):
    return docx.Document(io.BytesIO(render_template(template, context, created=CREATED)))


def _texts(template, context=CONTEXT):
    return [paragraph.text for paragraph in _render(template, context).paragraphs]


def _refusal(template, context=CONTEXT):
    with pytest.raises(TemplateError) as caught:
        render_template(template, context, created=CREATED)
    return caught.value


def _changed(template, part, change):
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            archive.writestr(name, change(content) if name == part else content)
    return target.getvalue()


def _with_part(template, name, content=b"x"):
    target = io.BytesIO(template)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(name, content)
    return target.getvalue()


def test_values_conditions_and_repetitions():
    template = _template(
        "Tên: {{ name }}",
        "{%p if trip.days > 2 %}",
        "Dài ngày ({{ trip['days'] }})",
        "{%p else %}",
        "Ngắn ngày",
        "{%p endif %}",
        "{%p for m in members %}",
        "{{ loop.index }}. {{ m.full_name }}{% if not loop.last %};{% endif %}",
        "{%p endfor %}",
        "{{ members[0].post ~ '!' }}",
        header="Ngày {{ on }}",
    )
    result = _render(template)
    assert [paragraph.text for paragraph in result.paragraphs] == [
        "Tên: Đoàn thăm <Lào> & Vân Nam",
        "Dài ngày (3)",
        "1. Nguyễn Văn Mẫu;",
        "2. Trần Thị Thử",
        "Giám đốc!",
    ]
    assert result.sections[0].header.paragraphs[0].text == "Ngày 05/03/2026"


def test_table_rows_are_repeated():
    template = _template(
        table=[
            ["Họ tên", "Chức vụ"],
            ["{%tr for m in members %}", ""],
            ["{{ m.full_name }}", "{{ m.post }}"],
            ["{%tr endfor %}", ""],
        ]
    )
    [table] = _render(template).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Họ tên", "Chức vụ"],
        ["Nguyễn Văn Mẫu", "Giám đốc"],
        ["Trần Thị Thử", "Phó"],
    ]


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("{{ a|upper }}|{{ a|lower }}|{{ a|sentence_case }}", "ĐOÀN|đoàn|Đoàn"),
        ("{{ on }} {{ on|long_date }}", "05/03/2026 ngày 05 tháng 3 năm 2026"),
        ("{{ year }} {{ sum }} {{ sum|number }} {{ part }}", "2026 345000000 345.000.000 1,5"),
        ("[{{ nothing }}] {{ missing|default('chưa có') }}", "[] chưa có"),
        ("{{ yes }} {{ no }}", "có không"),
        ("{{ names|join(', ') }} ({{ names|length }}) {{ names|first }} {{ names|last }}", "a, b (2) a b"),
        ("{% if missing is defined %}x{% else %}y{% endif %}{{ 'z' if 'a' in names else '' }}", "yz"),
        ("{{ spaces|trim }}", "x"),
        ("{{ lines }}", "một\nhai"),
    ],
)
def test_how_values_look(expression, shown):
    context = {
        "a": "đoàn",
        "on": dt.datetime(2026, 3, 5, 10, tzinfo=dt.UTC),
        "year": 2026,
        "sum": 345_000_000,
        "part": Decimal("1.5"),
        "nothing": None,
        "yes": True,
        "no": False,
        "names": ("a", "b"),
        "spaces": " x\x00 ",
        "lines": "một\nhai",
    }
    assert _texts(_template(expression), context) == [shown]


def test_same_input_gives_the_same_bytes():
    template = _template("{{ name }}")
    first = render_template(template, CONTEXT, created=CREATED)
    assert first == render_template(template, CONTEXT, created=CREATED)
    properties = docx.Document(io.BytesIO(first)).core_properties
    assert properties.created == properties.modified == CREATED


def test_content_is_never_read_as_a_template():
    assert _texts(_template("{{ name }}"), {"name": "{{ 7 }}{% raise %}</w:t>"}) == [
        "{{ 7 }}{% raise %}</w:t>"
    ]


def test_unknown_name_is_named():
    error = _refusal(_template("{{ name }} {{ nguoi_ky }}"))
    assert error.code == "template_unknown_name"
    assert "nguoi_ky" in error.message
    assert "days_left" in _refusal(_template("{{ trip.days_left }}")).message
    assert "khach" in _refusal(_template("{% for k in khach %}{{ k }}{% endfor %}")).message
    assert "khach" in _refusal(_template("{% if khach %}x{% endif %}")).message


@pytest.mark.parametrize(
    "attack",
    [
        "{{ name.__class__ }}",
        "{{ name['__class__'] }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ members.append }}",
        "{{ members.append(1) }}",
        "{{ self }}",
        "{{ self._TemplateReference__context }}",
        "{{ loop }}",
        "{{ cycler }}",
        "{{ range(9) }}",
        "{{ lipsum() }}",
        "{{ name.format(1) }}",
        "{{ '%s' % name }}",
        "{{ 'a' * 99999999 }}",
        "{{ 2 ** 99999 }}",
        "{{ [1, 2] }}",
        "{{ members[0:1] }}",
        "{{ members|map(attribute='x') }}",
        "{{ name|attr('x') }}",
        "{{ name|center(99999999) }}",
        "{{ name|replace('a', 'b') }}",
        "{% set x = name %}",
        "{% macro f() %}{% endmacro %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% block b %}{% endblock %}",
        "{% filter upper %}x{% endfilter %}",
        "{% with x = 1 %}{% endwith %}",
        "{% for m in members recursive %}{{ loop(members) }}{% endfor %}",
        "{% for c in name %}{{ c }}{% endfor %}",
        "{% for k in trip %}{{ k }}{% endfor %}",
        "{% for m in members %}{{ loop.cycle('a') }}{% endfor %}",
        "{% for m in members %}{{ loop._iterable }}{% endfor %}",
        "{% for m in members %}{{ loop }}{% endfor %}",
        "{% do members.append(1) %}",
        "{{ members }}",
        "{{ trip }}",
        "{{ name|number }}",
        "{{ name|long_date }}",
        "{{r name }}",
        "{{p name }}",
        "{{ name",
        "{% if name %}",
        "{{ name | }}",
    ],
)
def test_nothing_but_showing_choosing_and_repeating(attack):
    assert _refusal(_template(attack)).message


def test_repetition_has_a_budget(monkeypatch):
    monkeypatch.setattr(sandbox, "MAX_TURNS", 30)
    template = _template(
        "{% for a in members %}{% for b in members %}{% for c in members %}{% for d in members %}x{% endfor %}{% endfor %}{% endfor %}{% endfor %}"
    )
    assert _texts(template) == ["x" * 16]
    assert _refusal(template, {"members": MEMBERS * 2}).code == "template_limit"


def test_paper_has_a_largest_size(monkeypatch):
    monkeypatch.setattr(sandbox, "MAX_OUTPUT", 15_000)
    assert (
        _refusal(
            _template("{% for a in members %}{{ name }}{% endfor %}"),
            {"name": "x" * 9_000, "members": MEMBERS},
        ).code
        == "template_limit"
    )


@pytest.mark.parametrize("value", [object(), 1.5, {1, 2}, b"x", {"a": {"b": object()}}, CREATED.time()])
def test_only_plain_values_reach_a_template(value):
    with pytest.raises(TypeError):
        render_template(_template("x"), {"value": value}, created=CREATED)


def test_clever_subclasses_are_reduced_to_their_content():
    class Clever(str):
        __slots__ = ()

        def __html__(self):
            return "<w:p/>"

        def __str__(self):
            return "khác"

    reduced = plain({"a": Clever("x"), "b": UserDict({Clever("k"): (True, 1)})})
    assert reduced == {"a": "x", "b": {"k": [True, 1]}}
    assert type(reduced["a"]) is str


def test_content_without_end_is_refused():
    endless = {}
    endless["again"] = endless
    with pytest.raises(TypeError):
        plain(endless)


# --- files that are no templates -------------------------------------------------------------------------


def test_other_files_are_refused():
    with pytest.raises(ArchiveError):
        render_template(b"%PDF", CONTEXT, created=CREATED)
    sheet = io.BytesIO()
    with zipfile.ZipFile(sheet, "w") as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
    assert _refusal(sheet.getvalue()).code == "template"
    only_a_name = io.BytesIO()
    with zipfile.ZipFile(only_a_name, "w") as archive:
        archive.writestr("word/document.xml", b"<a/>")
    assert _refusal(only_a_name.getvalue()).code == "template"
    with pytest.raises(TemplateError):
        placeholders(only_a_name.getvalue())


@pytest.mark.parametrize(
    "part", ["word/vbaProject.bin", "word/embeddings/oleObject1.bin", "word/activeX/activeX1.xml"]
)
def test_macros_and_objects_are_refused(part):
    assert _refusal(_with_part(_template("x"), part)).code == "template_macros"


@pytest.mark.parametrize(
    ("part", "change"),
    [
        (
            "word/document.xml",
            lambda xml: xml.replace(b"<w:document", b"<!DOCTYPE a [<!ENTITY x 'y'>]><w:document", 1),
        ),
        ("word/document.xml", lambda xml: xml[:-20]),
        ("word/document.xml", lambda xml: xml.decode().encode("utf-16")),
        ("word/styles.xml", lambda _xml: b"<broken"),
    ],
)
def test_damaged_parts_are_refused(part, change):
    assert _refusal(_changed(_template("x"), part, change)).code == "template"


def test_torn_part_is_refused():
    template = bytearray(_template("x" * 5_000))
    with zipfile.ZipFile(io.BytesIO(bytes(template))) as archive:
        info = archive.getinfo("word/document.xml")
    central = template.index(b"PK\x01\x02", template.rindex(b"word/document.xml") - 46)
    template[central + 16 : central + 20] = b"\x00\x00\x00\x00"
    assert info.CRC
    assert _refusal(bytes(template)).code == "template"


def test_fetching_from_elsewhere_is_refused():
    relation = b'<Relationship Id="rId99" Type="http://x/attachedTemplate" Target="http://x/a.dotm" TargetMode="&#69;xternal"/></Relationships>'
    template = _changed(
        _template("x"), "word/_rels/document.xml.rels", lambda xml: xml.replace(b"</Relationships>", relation)
    )
    assert _refusal(template).code == "template_external"


def test_link_to_the_web_is_kept():
    relation = b'<Relationship Id="rId99" Type="http://x/hyperlink" Target="https://example.org" TargetMode="External"/></Relationships>'
    template = _changed(
        _template("x"), "word/_rels/document.xml.rels", lambda xml: xml.replace(b"</Relationships>", relation)
    )
    assert _texts(template) == ["x"]


@pytest.mark.parametrize(
    "field",
    [
        b"<w:r><w:instrText> DDE</w:instrText></w:r><w:r><w:instrText>AUTO c:\\cmd </w:instrText></w:r>",
        b'<w:fldSimple w:instr=" includepicture http://x "><w:r><w:t>x</w:t></w:r></w:fldSimple>',
    ],
)
def test_fields_that_fetch_or_run_are_refused(field):
    template = _changed(
        _template("x"), "word/document.xml", lambda xml: xml.replace(b"<w:r>", field + b"<w:r>", 1)
    )
    assert _refusal(template).code == "template_field"


def test_page_numbers_are_no_danger():
    document = OfficialDocument(title="x", creator="y", created=CREATED)
    document.paragraph("{{ name }}")
    assert "Đoàn thăm <Lào> & Vân Nam" in _texts(document.save())


def test_size_is_limited(monkeypatch):
    template = _template("x")
    monkeypatch.setattr(templates, "_MAX_TEXT_PART", 100)
    assert _refusal(template).code == "template_limit"
    monkeypatch.setattr(templates, "MAX_TEMPLATE_BYTES", 100)
    assert _refusal(template).code == "template_limit"


def test_number_of_placeholders_is_limited(monkeypatch):
    monkeypatch.setattr(templates, "_MAX_TAGS", 3)
    assert _refusal(_template("{{ name }}" * 4)).code == "template_limit"


# --- checking a template before it is used ---------------------------------------------------------------


def test_placeholders_are_found_with_their_places():
    template = _template(
        "{{ name|upper }} {{ trip['days'] }} {{ members[0].post }}",
        "{%p for m in members if m.post %}",
        "{% if m.full_name and loop.first %}{{ m.full_name ~ name }}{% else %}{{ other }}{% endif %}",
        "{%p else %}",
        "{{ nobody }}",
        "{%p endfor %}",
        header="{{ number }}",
    )
    assert placeholders(template) == {
        "members",
        "members[].full_name",
        "members[].post",
        "name",
        "nobody",
        "number",
        "other",
        "trip.days",
    }


def test_good_template_has_no_problems():
    document = OfficialDocument(title="x", creator="y", created=CREATED)
    document.table(
        [TableColumn("a", 1)], [["{%tr for m in members %}"], ["{{ m.post }}"], ["{%tr endfor %}"]]
    )
    assert validate_template(document.save(), CONTEXT, created=CREATED) == []


def test_each_unknown_name_is_a_problem_of_its_own():
    template = _template(
        "{{ so }} {% if false %}{{ trip.ngay }}{% endif %}",
        "{%p for m in members %}",
        "{{ m.ten }}",
        "{%p endfor %}",
    )
    problems = validate_template(template, CONTEXT, created=CREATED)
    assert [problem.name for problem in problems] == ["members.ten", "so", "trip.ngay"]
    assert "members.ten" in problems[0].message


@pytest.mark.parametrize(
    "text", ["{{ name", "{{ f() }}", "{{ name|center(9) }}", "{{ members }}", "{% if name %}"]
)
def test_a_problem_of_form_is_said(text):
    [problem] = validate_template(_template(text), CONTEXT, created=CREATED)
    assert problem.message
