import datetime as dt
import io
import zipfile
import zlib
from pathlib import Path

import docx
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from bonphuong.kernel.contents import has_macros, media_type, words
from bonphuong.kernel.pdftext import pdf_lines
from bonphuong.kernel.word import OfficialDocument

DATA = Path(__file__).parent / "data"


def _word(*lines, header="", box=""):
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.sections[0].header.paragraphs[0].text = header
    target = io.BytesIO()
    document.save(target)
    content = target.getvalue()
    if not box:
        return content
    inner = (
        f"<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>{box}</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    )
    return _changed(
        content, "word/document.xml", lambda xml: xml.replace(b"<w:r>", inner.encode() + b"<w:r>", 1)
    )


def _changed(content, part, change):
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, change(source.read(name)) if name == part else source.read(name))
    return target.getvalue()


def _sheet(text, header=""):
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    sheet.write("A1", text)
    sheet.set_header(header)
    book.close()
    return target.getvalue()


def _zip(parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"II*\x00", "image/tiff"),
        (b"{\\rtf1", "application/rtf"),
        ("Văn bản".encode(), "text/plain"),
        ("Văn bản".encode("utf-16"), "text/plain"),
        (b"MZ\x90\x00\x03", ""),
        (_word("x"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (_sheet("x"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ((DATA / "marked.doc").read_bytes(), "application/msword"),
        ((DATA / "old.xls").read_bytes(), "application/vnd.ms-excel"),
        ((DATA / "open.ods").read_bytes(), "application/vnd.oasis.opendocument.spreadsheet"),
        (_zip({"a.txt": b"x"}), ""),
        (_zip({"mimetype": b"application/epub+zip"}), ""),
        (b"PK\x03\x04 torn", ""),
    ],
)
def test_kind_is_told_by_content(content, kind):
    assert media_type(content) == kind


def test_macros_are_seen():
    assert not has_macros(_word("x"))
    assert has_macros(_zip({"word/document.xml": b"", "word/vbaProject.bin": b""}))
    assert has_macros(_zip({"content.xml": b"", "Basic/Standard/Module1.xml": b""}))
    assert has_macros((DATA / "old.xls").read_bytes() + "_VBA_PROJECT".encode("utf-16-le"))
    assert not has_macros(b"%PDF-1.7")


def test_words_of_word_with_header_and_text_box():
    found = words(_word("Dòng một", "Dòng\nhai", header="TỐI MẬT", box="MẬT"))
    assert found.lines == ["Dòng một", "MẬT", "Dòng", "hai"]
    assert found.margins == ["TỐI MẬT"]


def test_words_of_our_own_documents():
    document = OfficialDocument(title="x", creator="y", created=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    document.paragraph("Thân\tvăn bản")
    assert words(document.save()).lines == ["Thân văn bản"]


def test_words_of_a_sheet_with_its_header():
    found = words(_sheet("Danh sách", header="&LSở Ngoại vụ&CTỐI MẬT&RNăm 2026"))
    assert found.lines == ["Danh sách"]
    assert found.margins == ["Sở Ngoại vụ", "TỐI MẬT", "Năm 2026"]


@pytest.mark.parametrize("file", ["marked.pdf", "marked.doc", "marked.odt"])
def test_words_of_other_programs(file):
    lines = words((DATA / file).read_bytes()).lines
    assert {"TỐI MẬT", "BÁO CÁO"} <= set(lines)


@pytest.mark.parametrize("text", ["Dòng một\r\nDòng hai", "<html><b>Dòng một</b><p>Dòng hai</p></html>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_words_of_plain_text(text, encoding):
    assert words(text.encode(encoding)).lines == ["Dòng một", "Dòng hai"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"MZ\x00\x01",
        b"PK\x03\x04 torn",
        _zip({"word/document.xml": b"<torn"}),
        b"%PDF-1.4",
    ],
)
def test_no_words_are_no_error(content):
    assert words(content).lines == []


# --- PDF -------------------------------------------------------------------------------------------------

TABLE = b"""begincmap 1 begincodespacerange <0000><FFFF> endcodespacerange
2 beginbfchar <0003> <0020> <0101> <1EAC> endbfchar
2 beginbfrange <0030> <0032> <004C> <0200> <0201> [<0054> <004F>] endbfrange endcmap"""


def _pdf(*streams, pack=True):
    body = b"%PDF-1.7\n"
    for stream in streams:
        data = zlib.compress(stream) if pack else stream
        body += b"1 0 obj << /Length %d >> stream\n%s\nendstream endobj\n" % (len(data), data)
    return body


@pytest.mark.parametrize("pack", [True, False])
def test_two_byte_fonts(pack):
    page = b"BT /F1 12 Tf 1 0 0 1 72 700 Tm [<0031>-3<0101>-300<0200>] TJ 0 -14 Td <00320003> Tj ET"
    assert "MẬ T" in pdf_lines(_pdf(TABLE, page, pack=pack))
    assert "N" in pdf_lines(_pdf(TABLE, page, pack=pack))


def test_plain_fonts_and_escapes():
    page = b"BT (Bao c\\341o \\(12\\)) Tj T* (Hai) ' 10 0 Td (ba) Tj (d\\\nong) Tj <FEFF1EAC> Tj ET"
    lines = pdf_lines(_pdf(page))
    assert lines[0] == "Bao cáo (12)"
    assert lines[1].startswith("Haibadong")


def test_lines_part_where_the_pen_moves_to_another_height():
    page = b"BT 1 0 0 1 72 700 Tm (a) Tj 1 0 0 1 90 700 Tm (b) Tj 1 0 0 1 72 680 Tm (c) Tj 72 0 Td (d) Tj ET"
    assert pdf_lines(_pdf(page)) == ["ab", "cd"]


def test_bombs_in_a_pdf_are_cut():
    assert pdf_lines(_pdf(*[b" " * 9_000_000 for _ in range(9)])) == []


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_random_bytes_are_no_error(data):
    for start in (b"", b"%PDF-1.4\n1 0 obj stream\nBT ", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        media_type(start + data)
        words(start + data)


@given(st.text(alphabet="BT()<>[]0123456789abcdefTjJdm*'\"\\-+. \n", max_size=200))
@settings(max_examples=200, deadline=None)
def test_strange_pages_are_no_error(text):
    pdf_lines(_pdf(TABLE, b"BT " + text.encode() + b" Tj ET"))


@given(st.text(alphabet="<>[]0123456789abcdef \n", max_size=200))
@settings(max_examples=200, deadline=None)
def test_strange_tables_are_no_error(text):
    table = (
        b"begincmap beginbfchar "
        + text.encode()
        + b" endbfchar beginbfrange "
        + text.encode()
        + b" endbfrange"
    )
    pdf_lines(_pdf(table, b"BT <0031> Tj ET"))
