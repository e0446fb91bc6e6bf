"""A report that came back: every edit by hand is found, and none where there is none."""

from __future__ import annotations

import datetime as dt
import io
import json
import random
import re
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from lxml import etree

from bonphuong.accounts.models import User
from bonphuong.config.cli import main
from bonphuong.kernel import clock
from bonphuong.kernel.archives import ArchiveError
from bonphuong.kernel.sheets import SheetError
from bonphuong.kernel.word.reading import DocumentError, ReadDocument, plain, read_document
from bonphuong.reports.changes import Change, RowChange
from bonphuong.reports.rendering import render_docx, render_pdf, render_xlsx
from bonphuong.reports.services import build_draft, draft_content, sign_edition
from bonphuong.reports.verifying import FigureState, TextState, UnknownDocument, verify_file
from bonphuong.reports.verifying.judging import Judge, Ledger
from tests.factories.delegations import finished, inbound
from tests.reports.conftest import PROVINCE, enter, sign

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# What is read out of files, and written into them, is the same on any database.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province"), pytest.mark.any_database]
DAY = dt.date
SIGNED = DAY(2025, 12, 20)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EDITS = 50


@pytest.fixture
def edition(officer, leader):
    enter(officer, finished(DAY(2024, 6, 2), 5, days=3), at=DAY(2024, 7, 1))
    trips = [finished(DAY(2025, 2, 3) + dt.timedelta(days=9 * n), 4 + n, days=3) for n in range(4)]
    enter(officer, *trips, inbound(DAY(2025, 5, 20), 8), at=DAY(2025, 6, 17))
    return sign(
        officer, leader, "annual", "2025", at=SIGNED, paper_number="278/BC-UBND", paper_on=SIGNED, close=False
    )


@pytest.fixture
def content(edition) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(edition.frozen.content)
    return found


def verify(data: bytes, **more: Any) -> Any:
    with clock.fixed(SIGNED):
        return verify_file(data, **more)


# --- what happens to documents ---------------------------------------------------------------------------


def repacked(data: bytes, changes: Mapping[str, Callable[[bytes], bytes | None]]) -> bytes:
    """The same container with some parts made anew; None takes a part out."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            content = changes.get(name, lambda part: part)(source.read(name))
            if content is not None:
                made.writestr(name, content)
    return target.getvalue()


def redone(data: bytes, change: Callable[[etree._Element], None]) -> bytes:
    """The same document with its body changed in place."""

    def body(part: bytes) -> bytes:
        root = etree.fromstring(part)
        change(root)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    return repacked(data, {"word/document.xml": body})


def unwrapped(root: etree._Element, tag: str, inside: str = "") -> None:
    """Elements gone, what they hold in their place."""
    for node in list(root.iter(tag)):
        parent = node.getparent()
        held = list(node.find(inside)) if inside else list(node)
        for child in reversed(held):
            parent.insert(parent.index(node) + 1, child)
        parent.remove(node)


def without(root: etree._Element, *tags: str) -> None:
    for tag in tags:
        for node in list(root.iter(f"{W}{tag}")):
            node.getparent().remove(node)


def without_controls(root: etree._Element) -> None:
    unwrapped(root, f"{W}sdt", f"{W}sdtContent")


def without_bookmarks(root: etree._Element) -> None:
    without(root, "bookmarkStart", "bookmarkEnd")


def without_links(root: etree._Element) -> None:
    unwrapped(root, f"{W}hyperlink")


def bare(root: etree._Element) -> None:
    """As text that was copied into another document."""
    without_controls(root)
    without_bookmarks(root)
    without_links(root)


def split_runs(root: etree._Element) -> None:
    """Word cuts runs at every place where somebody's cursor stood."""
    for text in list(root.iter(f"{W}t")):
        run = text.getparent()
        if text.text and len(text.text) > 1 and len(run.findall(f"{W}t")) == 1:
            twin = etree.fromstring(etree.tostring(run))
            middle = len(text.text) // 2
            [other] = twin.findall(f"{W}t")
            other.text = text.text[middle:]
            other.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            text.text = text.text[:middle]
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.addnext(twin)


NO_CUSTOM = {"customXml/item1.xml": lambda _part: b"<a/>", "docProps/custom.xml": lambda _part: b"<a/>"}
RESAVED = [split_runs, without_controls, without_bookmarks, without_links, bare]


@pytest.mark.parametrize("change", RESAVED)
def test_what_word_processors_do_changes_nothing(edition, content, change):
    found = verify(redone(render_docx(content), change))
    assert found.is_whole, (found.texts, [one for one in found.figures if one.state != FigureState.HOLDS])
    assert found.edition == edition
    assert len(found.figures) > 20
    assert bool(found.lost_marks) == (change is bare)


def test_the_file_as_it_was_made_is_exact(edition, content):
    found = verify(render_docx(content))
    assert (found.is_exact, found.is_whole, found.kind, found.found_by) == (True, True, "docx", "property")
    assert (found.made_from, found.digest) == (edition.frozen.digest, edition.frozen.digest)
    assert json.loads(json.dumps(found.as_json()))["counts"] == {
        "holds": len(found.figures), "corrected": 0, "edited": 0, "removed": 0, "text": 0, "without_marks": 0,
    }  # fmt: skip


def test_the_edition_is_known_by_what_is_left(content):
    made = repacked(render_docx(content), NO_CUSTOM)
    assert verify(made).found_by == "place"
    made = redone(made, bare)
    assert verify(made).found_by == "number"
    made = redone(made, lambda root: edit_text(root, "278/BC-UBND", "9/X"))
    with pytest.raises(UnknownDocument):
        verify(made)


def test_an_edition_may_be_named(edition, content):
    made = repacked(redone(render_docx(content), bare), NO_CUSTOM)
    found = verify(redone(made, lambda root: edit_text(root, "278/BC-UBND", "9/X")), edition=edition)
    assert found.found_by == "asked"
    assert [(one.state, one.shown) for one in found.texts] == [
        (TextState.CHANGED, "Số: 9/X | Lai Châu, ngày 20 tháng 12 năm 2025")
    ]


# --- edits by hand ---------------------------------------------------------------------------------------


def edit_text(root: etree._Element, before: str, after: str) -> None:
    node = next(one for one in root.iter(f"{W}t") if before in (one.text or ""))
    node.text = node.text.replace(before, after, 1)


@dataclass
class Hand:
    """Somebody who changes one thing, somewhere, in one of the ways that people do."""

    chance: random.Random

    def edit(self, root: etree._Element) -> None:
        way = self.chance.choice((self.digit, self.swap, self.word, self.row, self.stripped, self.tail))
        way(root)

    def _texts(self, root: etree._Element, pattern: str) -> list[etree._Element]:
        return [node for node in root.iter(f"{W}t") if re.search(pattern, node.text or "")]

    def digit(self, root: etree._Element) -> None:
        node = self.chance.choice(self._texts(root, r"\d"))
        place = self.chance.choice([match.start() for match in re.finditer(r"\d", node.text)])
        other = self.chance.choice([d for d in "0123456789" if d != node.text[place]])
        node.text = node.text[:place] + other + node.text[place + 1 :]

    def swap(self, root: etree._Element) -> None:
        texts = self._texts(root, r"^\d")
        one = self.chance.choice(texts)
        other = self.chance.choice([node for node in texts if node.text != one.text])
        one.text, other.text = other.text, one.text

    def word(self, root: etree._Element) -> None:
        node = self.chance.choice(self._texts(root, r"\w{3,}"))
        place = self.chance.choice(list(re.finditer(r"\w{3,}", node.text)))
        node.text = f"{node.text[: place.start()]}khác{node.text[place.end() :]}"

    def row(self, root: etree._Element) -> None:
        rows = [row for row in root.iter(f"{W}tr") if row.find(f"{W}trPr/{W}tblHeader") is None]
        node = self.chance.choice([row for row in rows if "".join(row.itertext()).strip()])
        node.getparent().remove(node)

    def stripped(self, root: etree._Element) -> None:
        bare(root)
        self.digit(root)

    def tail(self, root: etree._Element) -> None:
        node = self.chance.choice(self._texts(root, r"\d$"))
        node.text += self.chance.choice("0123456789")


def judged(content: dict[str, Any], signed: ReadDocument, data: bytes) -> Judge:
    judge = Judge(content, Ledger(content, {}))
    judge.compare(signed, read_document(data))
    return judge


def is_whole(judge: Judge) -> bool:
    return not judge.texts and all(one.state is FigureState.HOLDS for one in judge.figures)


def changed_words(signed: ReadDocument, data: bytes) -> set[str]:
    """The units of the edited document that the signed one has not, and the other way round."""
    before = [unit.text for unit in signed.units]
    after = [unit.text for unit in read_document(data).units]
    return {text for text in {*before, *after} if before.count(text) != after.count(text)}


def test_each_of_fifty_edits_by_hand_is_found_and_nothing_else(content):
    made = render_docx(content)
    signed = read_document(made)
    assert is_whole(judged(content, signed, made))
    figures = 0
    for seed in range(EDITS):
        edited = redone(made, Hand(random.Random(seed)).edit)
        judge = judged(content, signed, edited)
        assert changed_words(signed, edited), seed
        assert not is_whole(judge), seed
        figures += any(one.state is not FigureState.HOLDS for one in judge.figures)
        wrong = [one for one in judge.figures if one.state is not FigureState.HOLDS] + judge.texts
        # One hand changed one thing, or two places at once, or a row: nothing else is accused.
        assert len(wrong) <= 15, (seed, wrong)
    assert figures >= EDITS // 5


def test_a_changed_figure_is_named_with_both_values(content):
    found = verify(redone(render_docx(content), lambda root: edit_text(root, "4 đoàn", "44 đoàn")))
    [one] = found.of(FigureState.EDITED)
    assert (one.signed, one.shown, one.code) == ("4 đoàn", "44 đoàn", "outbound.groups")
    assert one.where.startswith("1. Quan hệ chính trị")
    assert not found.texts


def test_a_figure_that_lost_its_marks_and_changed_is_named_all_the_same(content):
    def hand(root: etree._Element) -> None:
        bare(root)
        edit_text(root, "4 đoàn", "5 đoàn")

    found = verify(redone(render_docx(content), hand))
    assert [(one.signed, one.shown) for one in found.of(FigureState.EDITED)] == [("4 đoàn", "5 đoàn")]
    assert found.lost_marks == len(found.figures)


def test_two_figures_that_changed_places_are_both_edited(content):
    def hand(root: etree._Element) -> None:
        one, other = (
            next(node for node in root.iter(f"{W}t") if node.text == text)
            for text in ("4 đoàn", "22 lượt người")
        )
        one.text, other.text = other.text, one.text

    found = verify(redone(render_docx(content), hand))
    assert {(one.signed, one.shown) for one in found.of(FigureState.EDITED)} >= {
        ("4 đoàn", "22 lượt người"), ("22 lượt người", "4 đoàn"),
    }  # fmt: skip


def test_a_number_in_front_of_a_figure_makes_another_figure(content):
    def hand(root: etree._Element) -> None:
        control = next(node for node in root.iter(f"{W}sdt") if "".join(node.itertext()) == "4 đoàn")
        run = etree.SubElement(control.getparent(), f"{W}r")
        etree.SubElement(run, f"{W}t").text = "1"
        control.addprevious(run)

    found = verify(redone(render_docx(content), hand))
    assert [one.shown for one in found.of(FigureState.EDITED)] == ["14 đoàn"]


def test_tracked_and_hidden_changes_count_as_a_reader_sees_them(content):
    def deleted(root: etree._Element) -> None:
        run = next(node for node in root.iter(f"{W}t") if node.text == "4 đoàn").getparent()
        wrapper = etree.Element(f"{W}del")
        run.addprevious(wrapper)
        wrapper.append(run)

    def hidden(root: etree._Element) -> None:
        run = next(node for node in root.iter(f"{W}t") if node.text == "4 đoàn").getparent()
        style = etree.Element(f"{W}rPr")
        etree.SubElement(style, f"{W}vanish")
        run.insert(0, style)

    for change in (deleted, hidden):
        found = verify(redone(render_docx(content), change))
        assert [one.signed for one in found.of(FigureState.REMOVED)] == ["4 đoàn"]


def test_rows_and_paragraphs_taken_out_or_put_in_are_named(content):
    def hand(root: etree._Element) -> None:
        line = next(p for p in root.iter(f"{W}p") if "".join(p.itertext()).startswith("Thực hiện chế độ"))
        twin = etree.fromstring(etree.tostring(line))
        for node in twin.iter(f"{W}t"):
            node.text = "Câu thêm vào."
        line.addprevious(twin)
        row = next(r for r in root.iter(f"{W}tr") if "Lò Minh Họa" in "".join(r.itertext()))
        row.getparent().remove(row)

    found = verify(redone(render_docx(content), hand))
    assert [(one.state, one.shown) for one in found.texts if one.state is TextState.ADDED] == [
        (TextState.ADDED, "Câu thêm vào.")
    ]
    [gone] = [one for one in found.texts if one.state is TextState.REMOVED]
    assert "Lò Minh Họa" in gone.signed
    assert [one.label.partition(":")[0] for one in found.of(FigureState.REMOVED)] == ["Số người"]


def test_a_document_of_far_too_much_is_compared_by_its_marks_in_a_moment(content):
    """Twenty thousand other paragraphs, and a figure edited among them."""

    def hand(root: etree._Element) -> None:
        edit_text(root, "4 đoàn", "44 đoàn")
        body = root.find(f"{W}body")
        assert body is not None
        for number in range(20_000):
            line = etree.Element(f"{W}p")
            etree.SubElement(etree.SubElement(line, f"{W}r"), f"{W}t").text = f"x{number} {number}"
            body.insert(0, line)
        for node in [*root.iter(f"{W}t")][20_000:]:
            if node.getparent().getparent().tag == f"{W}p":
                node.text = f"{node.text} thêm"

    found = verify(redone(render_docx(content), hand))
    assert ("4 đoàn", "44 đoàn") in {(one.signed, one.shown) for one in found.of(FigureState.EDITED)}


def test_the_mark_at_the_foot_of_the_pages_is_missed(content):
    made = repacked(
        render_docx(content), {"word/footer1.xml": lambda part: part.replace("minh họa".encode(), b"that")}
    )
    assert {one.state for one in verify(made).texts} == {TextState.REMOVED, TextState.ADDED}


# --- the ledger, and what an edition is -------------------------------------------------------------------


def test_what_the_ledger_corrected_since_is_told_with_its_records(edition, content, officer):
    late = finished(DAY(2025, 11, 4), 3, days=2)
    enter(officer, late, at=DAY(2025, 12, 22), late_reason="Nhập bổ sung")
    found = verify(render_docx(content))
    one = next(one for one in found.of(FigureState.CORRECTED) if one.signed == "4 đoàn")
    assert one.now is not None
    assert (one.now.value, one.now.difference, one.unit) == (5, 1, "đoàn")
    assert [row.then for row in one.now.rows] == [0]
    assert not found.of(FigureState.EDITED)
    assert not found.is_whole
    again = next(one for one in found.as_json()["figures"] if one["signed"] == "4 đoàn")
    assert (again["state"], again["now"]["value"], again["now"]["records"][0]["now"]) == (
        "corrected",
        "5",
        "1",
    )
    # What is computed from corrected figures is computed anew.
    gap = [one for one in found.of(FigureState.CORRECTED) if one.now is not None and one.now.through]
    assert gap
    assert {one.unit for one in gap if one.signed.endswith("%")} == {"%"}
    assert {one.unit for one in gap if one.signed[-1:].isdigit()} <= {""}
    assert all(one.now.difference for one in gap if one.now is not None)


def test_a_number_of_an_annex_is_held_against_what_its_record_adds_today(content):
    """Where the column says to which figure it adds up; the sum is that figure itself."""
    [trips] = [annex for annex in content["annexes"] if annex["code"] == "out"]
    figure = next(
        one for one in content["figures"] if one["text"] == "22 lượt người" and one["key"].endswith("@period")
    )
    trips["columns"][2]["figure"] = figure["key"]
    record = next(one for one in content["records"] if one["n"] == trips["rows"][0]["n"])
    row = RowChange(UUID(record["uid"]), record["number"], record["title"], Decimal(4), Decimal(6))
    change = Change(
        figure["id"], figure["key"], figure["label"], figure["unit"], "2025", Decimal(22), Decimal(24), (row,)
    )
    whole = read_document(render_docx(content))
    judge = Judge(content, Ledger(content, {figure["id"]: change}))
    judge.compare(whole, whole)
    corrected = [one for one in judge.figures if one.state is FigureState.CORRECTED]
    cell = next(one for one in corrected if one.label == f"Số người: {record['number']}")
    assert cell.now is not None
    assert (cell.signed, cell.now.value, cell.now.difference) == ("4", 6, 2)
    assert [one.name for one in corrected if one.signed == "22"][-1:] == [figure["id"]]


def test_a_superseded_edition_says_which_took_its_place(edition, content, officer, leader):
    newer = sign(officer, leader, "annual", "2025", at=DAY(2025, 12, 21), close=False)
    found = verify(render_docx(content))
    assert (found.edition.status, found.newer) == ("superseded", newer)
    assert found.is_whole


def test_a_draft_is_compared_with_itself_and_says_so(officer):
    enter(officer, finished(DAY(2025, 2, 3), 4, days=3), at=DAY(2025, 6, 17))
    with clock.fixed(SIGNED):
        draft = build_draft(actor=officer, office=PROVINCE, code="monthly", period="2025-06")
        found = verify_file(render_docx(draft_content(draft)))
    assert found.is_whole
    assert len(found.notes) == 1


def test_a_file_printed_before_signing_says_so(officer, leader):
    with clock.fixed(SIGNED):
        draft = build_draft(actor=officer, office=PROVINCE, code="monthly", period="2025-06")
        printed = render_docx(draft_content(draft))
        sign_edition(actor=leader, edition=draft, reason="đã rà soát")
        found = verify_file(printed)
    assert found.edition.status == "signed"
    assert len(found.notes) == 1
    assert "Bản thảo" in " ".join(one.shown for one in found.texts)


def test_whoever_may_not_see_the_report_learns_nothing(content):
    stranger = User.objects.get(username="canbo.laocai")
    with pytest.raises(UnknownDocument):
        verify(render_docx(content), user=stranger)
    with pytest.raises(UnknownDocument):
        verify(repacked(redone(render_docx(content), bare), NO_CUSTOM), user=stranger)
    assert verify(render_docx(content), user=User.objects.get(username="lanhdao")).is_whole


# --- other kinds of files --------------------------------------------------------------------------------


def test_a_workbook_is_held_against_the_edition_row_by_row(content):
    made = render_xlsx(content)
    assert verify(made).is_whole
    assert verify(made).is_exact

    def sheet(part: bytes) -> bytes:
        root = etree.fromstring(part)
        space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
        cell = next(
            c
            for c in root.iter(f"{space}c")
            if c.get("r", "").startswith("D") and c.get("t") != "s" and len(c)
        )
        cell[0].text = "987"
        return etree.tostring(root)

    found = verify(repacked(made, {"xl/worksheets/sheet1.xml": sheet}))
    assert [one.shown for one in found.of(FigureState.EDITED)] == ["987"]


def test_a_pdf_is_the_one_of_the_edition_or_it_is_not(content):
    made = render_pdf(content)
    assert verify(made).is_whole
    signed = verify(made + b"\n% a signature\n")
    assert [one.state for one in signed.texts] == [TextState.ADDED]
    other = verify(made.replace(b"/Type/Page", b"/Type/Pagf", 1))
    assert [one.state for one in other.texts] == [TextState.CHANGED]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", DocumentError),
        (b"hello", DocumentError),
        (b"PK\x03\x04rubbish", ArchiveError),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, DocumentError),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), DocumentError),
        (b"%PDF-1.7 nothing", UnknownDocument),
    ],
)
def test_what_is_no_report_is_refused_in_plain_words(data, error):
    with pytest.raises(error) as caught:
        verify(data, name="tệp.docx")
    assert caught.value.message


def test_hostile_documents_are_refused(content):
    made = render_docx(content)
    with pytest.raises(DocumentError):
        verify(
            repacked(made, {"word/document.xml": lambda part: b'<!DOCTYPE a [<!ENTITY b "c">]>' + part[56:]})
        )
    with pytest.raises(DocumentError):
        verify(repacked(made, {"word/document.xml": lambda part: part[:-200]}))
    target = io.BytesIO(made)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(DocumentError):
        verify(target.getvalue())
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * (300 * 1024 * 1024) + b"</a>")
    with pytest.raises((ArchiveError, DocumentError)):
        verify(bomb.getvalue())
    with pytest.raises((SheetError, ArchiveError)):
        verify(repacked(render_xlsx(content), {"xl/worksheets/sheet1.xml": lambda _part: b"<x"}))


def test_texts_are_compared_as_people_read_them():
    assert plain("4\u00a0 đoàn\t ra\n") == "4 đoàn ra"
    assert plain("Ho\u0323p\u200b") == "Họp"


# --- the command -----------------------------------------------------------------------------------------


def commanded(capsys, *argv: str) -> tuple[int, str, str]:
    with clock.fixed(SIGNED):
        status = main(["verify", *argv])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_the_command_says_it_in_words_and_by_its_status(content, tmp_path, capsys):
    path = tmp_path / "bao-cao.docx"
    path.write_bytes(render_docx(content))
    status, said, _errors = commanded(capsys, str(path))
    assert (status, "Mọi nội dung còn đúng." in said) == (0, True)
    path.write_bytes(redone(render_docx(content), lambda root: edit_text(root, "4 đoàn", "44 đoàn")))
    status, said, _errors = commanded(capsys, str(path))
    assert status == 1
    assert re.search(r"bị sửa bằng tay +Đoàn ra.* +4 đoàn +44 đoàn", said)
    status, said, _errors = commanded(capsys, str(path), "--json")
    assert (status, json.loads(said)["counts"]["edited"]) == (1, 1)


def test_the_command_refuses_in_one_line_what_it_cannot_read(edition, content, tmp_path, capsys):
    path = tmp_path / "bao-cao.docx"
    path.write_bytes(b"PK\x03\x04rubbish")
    for argv in ([str(path)], [str(tmp_path / "none.docx")], [str(tmp_path)], [str(path), "--edition", "x"]):
        status, said, errors = commanded(capsys, *argv)
        assert (status, said, errors.count("\n")) == (2, "", 1)
    path.write_bytes(repacked(redone(render_docx(content), bare), NO_CUSTOM))
    status, _said, _errors = commanded(capsys, str(path), "--edition", str(edition.pk))
    assert status == 0


# --- LibreOffice -----------------------------------------------------------------------------------------

SOFFICE = shutil.which("soffice")


def converted(data: bytes, folder, *kinds: str) -> bytes:
    """The document after LibreOffice saved it as each kind in turn."""
    path = folder / "bao-cao.docx"
    path.write_bytes(data)
    for step, kind in enumerate(kinds):
        target = folder / str(step)
        command = [
            SOFFICE,
            "--headless",
            f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to",
            kind,
        ]
        subprocess.run(
            [*command, "--outdir", str(target), str(path)], check=True, capture_output=True, timeout=240
        )
        path = target / f"bao-cao.{kind}"
    return path.read_bytes()


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kinds", [("docx",), ("odt", "docx")])
def test_a_round_trip_through_libreoffice_keeps_marks_and_hides_no_edit(content, tmp_path, kinds):
    made = render_docx(content)
    back = converted(made, tmp_path, *kinds)
    found = verify(back)
    assert found.is_whole, found.texts
    assert (found.found_by, found.lost_marks) == ("property", 0)
    signed = read_document(made)
    for seed in range(10):
        edited = redone(back, Hand(random.Random(seed)).edit)
        assert not is_whole(judged(content, signed, edited)), seed
