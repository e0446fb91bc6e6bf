import io
import zipfile
from pathlib import Path

import docx
import pytest

from bonphuong.kernel.errors import BadInput
from bonphuong.papers.errors import ClassifiedPaper
from bonphuong.papers.validators import check_file, check_texts

MARKED = Path(__file__).parent.parent / "kernel" / "data"
PDF = b"%PDF-1.7\n1 0 obj stream\nBT (Quyet dinh) Tj ET\nendstream"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word(*lines):
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "qd.pdf", "application/pdf"),
        (word("Bảo vệ bí mật nhà nước"), "Quyết định.DOCX", DOCX),
        ("Bài báo".encode(), "bai.txt", "text/plain"),
        (b"\xff\xd8\xff\xe0", "anh.jpeg", "image/jpeg"),
    ],
)
def test_usual_files_are_taken(content, name, kind):
    assert check_file(content, name) == kind


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "trong.pdf"),
        (b"MZ\x90\x00\x03", "chay.exe"),
        (b"MZ\x90\x00\x03", "gia.pdf"),
        (PDF, "gia.docx"),
        (PDF, "khong-duoi"),
        (b"{\\rtf1}", "a.rtf"),
        (b"PK\x03\x04 torn", "a.docx"),
    ],
)
def test_other_files_are_refused(content, name):
    with pytest.raises(BadInput) as caught:
        check_file(content, name)
    assert list(caught.value.errors) == ["file"]


def test_large_file_is_refused(monkeypatch):
    monkeypatch.setattr("bonphuong.papers.validators.MAX_BYTES", 10)
    with pytest.raises(BadInput):
        check_file(PDF, "a.pdf")


def test_macros_are_refused():
    target = io.BytesIO(word("x"))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(BadInput, match="macro"):
        check_file(target.getvalue(), "a.docx")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (word("SỞ NGOẠI VỤ", "TỐI MẬT", "BÁO CÁO"), "bc.docx"),
        ((MARKED / "marked.pdf").read_bytes(), "bc.pdf"),
        ((MARKED / "marked.doc").read_bytes(), "bc.doc"),
        ((MARKED / "marked.odt").read_bytes(), "bc.odt"),
        ("MẬT\nKế hoạch".encode(), "kh.txt"),
        (PDF, "Báo cáo (mật).pdf"),
    ],
)
def test_marked_files_are_refused_with_an_explanation(content, name):
    with pytest.raises(ClassifiedPaper) as caught:
        check_file(content, name)
    assert caught.value.marking in caught.value.message
    assert caught.value.marking.upper() in {"MẬT", "TỐI MẬT"}


def test_marked_texts_are_refused():
    check_texts("Công tác bảo mật", "")
    with pytest.raises(ClassifiedPaper):
        check_texts("Kế hoạch", "TUYỆT MẬT")
