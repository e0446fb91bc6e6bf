"""Official documents as PDF: every script from fonts of our own, the same bytes twice."""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from bonphuong.kernel import pdf
from bonphuong.kernel.pdf.document import FONTS
from bonphuong.kernel.pdf.letters import only_drawable
from bonphuong.kernel.pdftext import pdf_lines
from bonphuong.kernel.word import Anchor, Link, TableColumn, TableRow

MOMENT = dt.datetime(2026, 3, 5, 2, 30, tzinfo=dt.UTC)
# All letters of Vietnamese with their marks.
LETTERS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"


def document(*blocks, **more):
    head = pdf.Head(issuer="SỞ NGOẠI VỤ", parent="ỦY BAN NHÂN DÂN\nTỈNH VÍ DỤ", place_date="Ví Dụ, ngày 05")
    given = {
        "title": "Sổ tay",
        "creator": "Sở Ngoại vụ",
        "created": MOMENT,
        "kind": "SỔ TAY",
        "about": "về Vân Nam",
    }
    return pdf.Document(**{**given, "head": head, "blocks": blocks, **more})


def text_of(content):
    return "\n".join(pdf_lines(content))


def pages_of(content):
    return len(re.findall(rb"/Type */Page\b", content))


def test_the_same_document_gives_the_same_bytes_and_another_moment_others():
    one = pdf.render_pdf(document(pdf.Paragraph("Một dòng")))
    assert one == pdf.render_pdf(document(pdf.Paragraph("Một dòng")))
    assert one != pdf.render_pdf(document(pdf.Paragraph("Một dòng"), created=MOMENT + dt.timedelta(days=1)))


def test_every_vietnamese_letter_and_both_other_scripts_are_drawn_from_our_own_fonts():
    made = pdf.render_pdf(document(pdf.Paragraph(LETTERS + LETTERS.upper()), pdf.Paragraph("云南省 ຜົ້ງສາລີ")))
    fonts = set(re.findall(rb"BaseFont */[A-Z]+\+(\w+)", made))
    assert fonts == {b"Tinos", b"NotoSerifCJKsc", b"NotoSerifLao"}
    read = re.sub(r"\s", "", text_of(made))
    assert LETTERS in read
    assert "云南省" in read


def test_it_says_that_it_is_pdf_a_and_bears_its_mark_on_every_page():
    rows = [["Gửi danh sách", "20/12/2025"]] * 120
    table = pdf.Table([pdf.Column("Nội dung", 3), pdf.Column("Hạn", 1, "center")], rows, caption="Lời hứa")
    made = pdf.render_pdf(document(pdf.Heading("I. Đối tác"), table, mark="Minh họa"))
    assert b"pdfaid:part" in made
    pages = pages_of(made)
    assert pages > 1
    assert text_of(made).count("Minh họa") == text_of(made).count("Nội dung") == pages


def test_what_people_type_is_text_and_no_markup():
    typed = '#panic("x") $a$ *b* _c_ `d` <e> @f [g] \\ "h"'
    made = pdf.render_pdf(document(pdf.Items([typed]), pdf.Table([pdf.Column("x", 1)], [[typed]])))
    # Were it markup, the first words would stop the setting of the page.
    assert pages_of(made) == 1


@pytest.mark.parametrize(
    ("typed", "drawn"), [("黄喆 한국", "黄□ □□"), ("😀 x", "□ x"), ("\ue000", "□"), ("\ufeffa", "a")]
)
def test_a_letter_that_no_font_has_is_a_square_and_stops_nothing(typed, drawn):
    made = pdf.render_pdf(document(pdf.Paragraph(f"Đón {typed}.")))
    assert made == pdf.render_pdf(document(pdf.Paragraph(f"Đón {drawn}.")))


def test_several_threads_of_a_server_set_papers_at_once():
    # So large that the typesetter is told to forget it.
    paper = document(pdf.Table([pdf.Column("x", 1)], [["Đoàn ra, đoàn vào " * 20]] * 250))
    whole = pdf.render_pdf(paper)
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda _n: pdf.render_pdf(paper) == whole, range(8))) == [True] * 8


def test_names_in_the_scripts_of_the_neighbours_are_drawn():
    names = "黃志強 璟鑫 ຜົ້ງສາລີ เชียงราย កម្ពុជា"
    assert "□" not in text_of(pdf.render_pdf(document(pdf.Paragraph(names))))
    assert only_drawable(names, FONTS) == names


def test_links_lead_to_places_that_are_there_and_others_stay_words():
    paper = pdf.OfficialPdf(title="t", creator="c", created=MOMENT)
    paper.title("BÁO CÁO", "x")
    paper.paragraph(
        [Link("một", "#e1"), Link("hai", "#e2"), Link("ba", "https://a.vn"), Link("bốn", "javascript:x")]
    )
    paper.annex("Chứng cứ", number="I", landscape=True)
    paper.table([TableColumn("TT", 1)], [[[Anchor("e1", "1")]], [[Anchor("e1", "2")]]])
    made = paper.save()
    assert len(re.findall(rb"/Subtype */Link", made)) == 2
    assert all(word in text_of(made) for word in ("một", "hai", "ba", "bốn"))


def test_a_row_taller_than_a_page_is_torn_and_nothing_of_it_is_lost():
    paper = pdf.OfficialPdf(title="t", creator="c", created=MOMENT)
    words = [f"w{number}" for number in range(3000)]
    paper.table([TableColumn("TT", 1), TableColumn("x", 2)], [["1", " ".join(words)]])
    made = paper.save()
    assert pages_of(made) > 2
    assert "w2999" in text_of(made)


def test_totals_are_never_alone_on_a_page_and_a_short_table_is_not_parted():
    columns, total = [TableColumn("Mục", 1)], TableRow(["Cộng"], bold=True)
    for number in range(24, 40):
        paper = pdf.OfficialPdf(title="t", creator="c", created=MOMENT)
        paper.table(columns, [*([["dòng"]] * number), total])
        # Each page is read once in bold letters, then in plain ones.
        assert "dòng" in text_of(paper.save()).rpartition("Cộng")[2]
        paper = pdf.OfficialPdf(title="t", creator="c", created=MOMENT)
        for _line in range(number):
            paper.paragraph("lời")
        paper.table(columns, [["dòng"]] * 6, kept=True)
        assert {line.count("dòng") for line in pdf_lines(paper.save())} == {0, 6}


def test_every_table_has_a_head_for_those_who_listen():
    for number in range(4):
        paper = pdf.OfficialPdf(title="t", creator="c", created=MOMENT)
        paper.table([TableColumn("Mục", 1)], [*([["dòng"]] * number), TableRow(["Cộng"], bold=True)])
        assert len(re.findall(rb"/S */THead", paper.save())) == 1


def test_a_tall_row_above_the_totals_is_torn_all_the_same():
    paper = pdf.OfficialPdf(title="t", creator="c", created=MOMENT)
    words = [f"w{number}" for number in range(3000)]
    paper.table([TableColumn("x", 1)], [["1"], [" ".join(words)], TableRow(["Cộng"], bold=True)])
    assert "w2999" in text_of(paper.save())


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_empty_document_is_one_page(language):
    made = pdf.render_pdf(document(language=language, head=None))
    assert pages_of(made) == 1
