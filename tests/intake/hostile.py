"""Broken, strange and malicious files, made here: each as a name, its bytes, and what must come of it."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import xlsxwriter

from tests.intake.books import book

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = ["TT", "Tên đoàn", "Trưởng đoàn", "Số người", "Nước đến", "Từ ngày", "Đến ngày"]
GOOD = [1, "Đoàn minh họa", "Ông Lò Minh Họa", 5, "Lào", "05/03/2025", "07/03/2025"]
REFUSED = "refused"


@dataclass(frozen=True)
class Hostile:
    """A file; `want` is REFUSED, or the bad cells that must be named (none: every row of it is good)."""

    name: str
    make: Callable[[], bytes]
    want: str | frozenset[str]
    good: int | None = None


def sheet(*rows: list[object], head: list[object] | None = None) -> bytes:
    return book({"Đoàn ra 2025": [head or HEAD, *rows]})


def row(**changes: object) -> list[object]:
    """A sound row; `changes` by the letter of the column."""
    found: list[object] = list(GOOD)
    for letter, value in changes.items():
        found[ord(letter) - 65] = value
    return found


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(content: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return target.getvalue()


def changed(change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A sound workbook with its parts meddled with."""
    content = parts(sheet(row()))
    change(content)
    return packed(content)


SHEET = "xl/worksheets/sheet1.xml"


def in_sheet(before: str, after: str) -> bytes:
    return changed(lambda c: c.update({SHEET: c[SHEET].replace(before.encode(), after.encode(), 1)}))


def drawn(draw: Callable[[xlsxwriter.Workbook], None], **options: object) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, **options}) as made:
        draw(made)
    return target.getvalue()


def _write(made: xlsxwriter.Workbook, rows: list[list[object]], name: str = "Đoàn ra 2025"):
    there = made.add_worksheet(name)
    for number, values in enumerate(rows):
        for place, value in enumerate(values):
            if value is not None:
                there.write(number, place, value)
    return there


def merged() -> bytes:
    def draw(made):
        there = _write(
            made, [HEAD, row(), row(B="Đoàn hai", C="Bà Dương Thử", F="01/04/2025", G="02/04/2025")]
        )
        there.merge_range(1, 4, 2, 4, "Lào")

    return drawn(draw)


def merged_without_end() -> bytes:
    block = '<mergeCells count="1"><mergeCell ref="B2:XFD1048576"/></mergeCells>'
    return in_sheet("</sheetData>", f"</sheetData>{block}")


def failed_formulas() -> bytes:
    def draw(made):
        there = _write(made, [HEAD, row(), row(B="Đoàn hai", F="01/04/2025", G="02/04/2025")])
        there.write_formula("D2", "=1/0", None, "#DIV/0!")
        there.write_formula("E3", "=A999", None, "#REF!")

    return drawn(draw)


def unsaved_formula() -> bytes:
    def draw(made):
        there = _write(made, [HEAD, row(D=None)])
        there.write_formula("D2", "=2+3", None, "")

    return drawn(draw)


def cyclic_formulas() -> bytes:
    def draw(made):
        there = _write(made, [HEAD, row(D=None)])
        there.write_formula("D2", "=D2+1", None, "")

    return drawn(draw)


def dates_1904() -> bytes:
    def draw(made):
        there = _write(made, [HEAD, row(F=None, G=None)])
        day = made.add_format({"num_format": "dd/mm/yyyy"})
        there.write_datetime(1, 5, dt.datetime(2025, 3, 5), day)
        there.write_datetime(1, 6, dt.datetime(2025, 3, 7), day)

    return drawn(draw, date_1904=True)


def odd_serials() -> bytes:
    def draw(made):
        there = _write(made, [HEAD, row(F=60), row(B="Hai", F=-5), row(B="Ba", F=99_999_999)])
        day = made.add_format({"num_format": "dd/mm/yyyy"})
        there.write_number(1, 5, 60, day)  # the 29th of February 1900, which never was
        there.write_number(2, 5, -5, day)
        there.write_number(3, 5, 99_999_999, day)

    return drawn(draw)


def hidden_rows() -> bytes:
    def draw(made):
        there = _write(
            made, [HEAD, row(), row(B="Đoàn ẩn", C="Bà Dương Thử", F="01/04/2025", G="02/04/2025")]
        )
        there.set_row(2, None, None, {"hidden": True})

    return drawn(draw)


def hidden_sheet() -> bytes:
    def draw(made):
        _write(made, [HEAD, row()])
        _write(made, [HEAD, row(B="Không ai thấy")], "Ẩn").hide()

    return drawn(draw)


def two_tables() -> bytes:
    other = ["STT", "Tên đoàn", "Trưởng đoàn", "Số người", "Nước đến", "Từ ngày", "Đến ngày"]
    return sheet(
        row(),
        [],
        [],
        ["DANH SÁCH BỔ SUNG ĐOÀN RA"],
        other,
        row(B="Hai", C="Bà Dương Thử", F="01/04/2025", G="02/04/2025"),
    )


def far_cell() -> bytes:
    return drawn(lambda made: _write(made, [HEAD, row()]).write("XFD1048576", "x"))


def many_rows(number: int) -> bytes:
    lines = ["\t".join(map(str, HEAD))]
    lines += [f"{n}\tĐoàn {n}\t\t5\tLào\t05/03/2025\t07/03/2025" for n in range(number)]
    return "\n".join(lines).encode()


def many_rows_in_a_book(number: int) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as made:
        there = made.add_worksheet("Đoàn ra")
        there.write_row(0, 0, HEAD)
        for line in range(1, number):
            there.write_number(line, 0, line)
    return target.getvalue()


def bomb() -> bytes:
    content = parts(sheet(row()))
    content["xl/media/image1.bin"] = bytes(410 * 1024 * 1024)
    return packed(content)


def lying_bomb() -> bytes:
    data = bytearray(changed(lambda c: c.update({"xl/media/a.bin": bytes(3_000_000)})))
    place = data.rfind(b"xl/media/a.bin")
    data[place - 22 : place - 18] = (10).to_bytes(4, "little")  # the size that the directory declares
    return bytes(data)


def locked() -> bytes:
    data = bytearray(sheet(row()))
    start = 0
    while (place := data.find(b"PK\x01\x02", start)) >= 0:
        data[place + 8] |= 1
        start = place + 4
    return bytes(data)


def ole(*marks: str) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return head + b"".join(mark.encode("utf-16-le") + bytes(64) for mark in marks) + bytes(2048)


def laughs() -> bytes:
    entities = (
        '<!DOCTYPE l [<!ENTITY a0 "ha">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
        + "]>"
    )
    return in_sheet("<worksheet", f"{entities}<worksheet")


def outside_entity() -> bytes:
    declared = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    xml = "xl/sharedStrings.xml"
    return changed(
        lambda c: c.update(
            {
                xml: c[xml]
                .replace(b"<sst", declared.encode() + b"<sst", 1)
                .replace(b"<t>TT</t>", b"<t>&e;</t>")
            }
        )
    )


def csv_of(*rows: list[object], mark: str = ",") -> str:
    return "\n".join(mark.join("" if v is None else str(v) for v in r) for r in (HEAD, *rows))


def tcvn3() -> bytes:
    """A list as the fonts of the nineties wrote it: Western letters that only such a font shows as Vietnamese."""
    head = "TT;T\xaan \xaeo\xb5n;Tr\xad\xebng \xaeo\xb5n;S\xe8 ng\xad\xeai;N\xad\xedc \xae\xd5n;T\xf5 ng\xb5y;\xa7\xd5n ng\xb5y\n"
    line = "1;\xa7o\xb5n c\xabng t\xb8c S\xeb Ngo\xb9i v\xf4;\xa4ng L\xdf;5;L\xb5o;05/03/2025;07/03/2025\n"
    return (head + line * 8).encode("cp1252")


def ods_with_endless_rows() -> bytes:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{h}</text:p></table:table-cell>' for h in HEAD
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="A"><table:table-row table:number-rows-repeated="1048576">{cells}'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": kind, "content.xml": content.encode()})


def marker(family: str, kind: str) -> bytes:
    return book({"Đoàn ra": [HEAD, row()], "_bonphuong": [["bonphuong", family], ["Đoàn ra", kind]]})


ID = ["Mã bản ghi, giữ nguyên", "Phiên bản, giữ nguyên"]
NOBODY = "3b241101-e2bb-4255-8caf-4136c566a962"


def none() -> frozenset[str]:
    return frozenset()


def cells(*names: str) -> frozenset[str]:
    return frozenset(names)


FILES = (
    Hostile("wrong-types.xlsx", lambda: sheet(row(D=dt.date(2025, 3, 5), E=17, F="xanh", G=True)), cells("D2", "E2", "F2", "G2")),
    Hostile("booleans.xlsx", lambda: sheet(row(D=True)), cells("D2")),
    Hostile("negative.xlsx", lambda: sheet(row(D=-5), row(B="Hai", D="-3"), row(B="Ba", D=0)), cells("D2", "D3", "D4")),
    Hostile("enormous-numbers.xlsx", lambda: sheet(row(D=1e300), row(B="Hai", D="9" * 400)), cells("D2", "D3")),
    Hostile("doan-ra-not-a-number.csv", lambda: csv_of(row(D="NaN"), row(B="Hai", D="Infinity")).encode(), cells("D2", "D3")),
    Hostile("merged.xlsx", merged, none(), 2),
    Hostile("merged-without-end.xlsx", merged_without_end, none(), 1),
    Hostile("failed-formulas.xlsx", failed_formulas, cells("D2", "E3")),
    Hostile("unsaved-formula.xlsx", unsaved_formula, cells("D2")),
    Hostile("cyclic-formulas.xlsx", cyclic_formulas, cells("D2")),
    Hostile("formula-as-text.xlsx", lambda: sheet(row(B="+cmd|' /C calc'!A0", C="@SUM(1)")), none(), 1),
    Hostile("macros.xlsm", lambda: changed(lambda c: c.update({"xl/vbaProject.bin": b"x"})), REFUSED),
    Hostile("macro-sheet.xlsx", lambda: changed(lambda c: c.update({"xl/macrosheets/sheet1.xml": b"<x/>"})), REFUSED),
    Hostile("macros.xls", lambda: ole("_VBA_PROJECT"), REFUSED),
    Hostile("password.xlsx", lambda: ole("EncryptedPackage", "EncryptionInfo"), REFUSED),
    Hostile("locked.zip.xlsx", locked, REFUSED),
    Hostile("bomb.xlsx", bomb, REFUSED),
    Hostile("lying-bomb.xlsx", lying_bomb, "any"),
    Hostile("many-parts.xlsx", lambda: changed(lambda c: c.update({f"x/{n}": b"" for n in range(5001)})), REFUSED),
    Hostile("truncated.xlsx", lambda: sheet(row())[:-200], REFUSED),
    Hostile("half.xlsx", lambda: sheet(row())[: len(sheet(row())) // 2], REFUSED),
    Hostile("flipped-bytes.xlsx", lambda: sheet(row())[:300] + b"\xff" * 300 + sheet(row())[600:], REFUSED),
    Hostile("head-only.xlsx", lambda: b"PK\x03\x04", REFUSED),
    Hostile("ole-head-only.xls", ole, REFUSED),
    Hostile("laughs.xlsx", laughs, "any"),
    Hostile("outside-entity.xlsx", outside_entity, "any"),
    Hostile("cut-xml.xlsx", lambda: in_sheet("</sheetData>", ""), "any"),
    Hostile("no-sheet-part.xlsx", lambda: changed(lambda c: c.pop(SHEET) and None), REFUSED),
    Hostile("no-workbook-part.xlsx", lambda: changed(lambda c: c.pop("xl/workbook.xml") and None), REFUSED),
    Hostile("relation-outside.xlsx", lambda: changed(lambda c: c.update({"xl/_rels/workbook.xml.rels": c["xl/_rels/workbook.xml.rels"].replace(b"worksheets/sheet1.xml", b"../../../../etc/passwd")})), REFUSED),
    Hostile("string-beyond-the-list.xlsx", lambda: in_sheet("<v>0</v>", "<v>99999</v>"), "any"),
    Hostile("cell-beyond-excel.xlsx", lambda: in_sheet('r="A2"', 'r="ZZZZ99999999"'), "any"),
    Hostile("cell-without-place.xlsx", lambda: in_sheet('r="A2"', 'r="2A"'), "any"),
    Hostile("binary.xlsb", lambda: packed({"xl/workbook.bin": b"x", "[Content_Types].xml": b"<x/>"}), REFUSED),
    Hostile("word.xlsx", lambda: packed({"word/document.xml": b"<x/>"}), REFUSED),
    Hostile("endless.ods", ods_with_endless_rows, REFUSED),
    Hostile("page.xls", f"<html><table><tr><td>{'</td><td>'.join(HEAD)}</td></tr></table></html>".encode, REFUSED),
    Hostile("xml2003.xls", lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', REFUSED),
    Hostile("paper.xlsx", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", REFUSED),
    Hostile("picture.xls", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), REFUSED),
    Hostile("noise.xlsx", lambda: bytes((n * 37 + 11) % 256 for n in range(5000)), REFUSED),
    Hostile("empty.xlsx", lambda: b"", REFUSED),
    Hostile("blank.csv", lambda: b" \r\n \t\r\n", REFUSED),
    Hostile("doan-ra-semicolons.csv", lambda: csv_of(row(), mark=";").encode("utf-8-sig"), none(), 1),
    Hostile("doan-ra-utf16.csv", lambda: csv_of(row(), mark="\t").encode("utf-16"), none(), 1),
    Hostile("doan-ra-utf16-no-mark.csv", lambda: csv_of(row(), mark="\t").encode("utf-16-le"), none(), 1),
    Hostile("doan-ra-cp1258.csv", lambda: cp1258(csv_of(row(), mark=";")), none(), 1),
    Hostile("tcvn3.csv", tcvn3, REFUSED),
    Hostile("nul.csv", lambda: csv_of(row(B="a\x00b")).encode(), REFUSED),
    Hostile("bell.csv", lambda: csv_of(row(B="a\x07b")).encode(), REFUSED),
    Hostile("open-quote.csv", lambda: csv_of(row(B='"Đoàn')).encode(), "any"),
    Hostile("huge-cell.csv", lambda: csv_of(row(B="Đ" * 200_000)).encode(), "any"),
    Hostile("huge-cell.xlsx", lambda: sheet(row(B="Đ" * 32_767)), cells("B2")),
    Hostile("unseen-letters.xlsx", lambda: sheet(row(B="\u200bĐoàn\u202e minh\ufeff họa \U0001f600", C="_x0000_Lò")), none(), 1),
    Hostile("200001-rows.xlsx", lambda: many_rows_in_a_book(200_001), REFUSED),
    Hostile("200001-rows.csv", lambda: many_rows(200_001), REFUSED),
    Hostile("60000-rows.csv", lambda: many_rows(60_000), REFUSED),
    Hostile("far-cell.xlsx", far_cell, REFUSED),
    Hostile("600-columns.xlsx", lambda: sheet([*GOOD, *range(600)]), REFUSED),
    Hostile("dates-1904.xlsx", dates_1904, none(), 1),
    Hostile("odd-serials.xlsx", odd_serials, "any"),
    Hostile("years-far-off.xlsx", lambda: sheet(row(F="01/01/9999"), row(B="Hai", F="01/01/0001")), cells("F2", "F3")),
    Hostile("duplicate-headings.xlsx", lambda: sheet([*GOOD, "khác"], head=[*HEAD, "Tên đoàn"]), none(), 1),
    Hostile("long-heading.xlsx", lambda: sheet([*GOOD, "x"], head=[*HEAD, "Ghi chú " * 2000]), none(), 1),
    Hostile("no-heading.xlsx", lambda: book({"A": [row(), row(), row()]}), "any"),
    Hostile("only-heading.xlsx", sheet, REFUSED),
    Hostile("two-tables.xlsx", two_tables, none(), 2),
    Hostile("hidden-rows.xlsx", hidden_rows, none(), 2),
    Hostile("hidden-sheet.xlsx", hidden_sheet, none(), 1),
    Hostile("other-family.xlsx", lambda: marker("no-such-family", "x"), REFUSED),
    Hostile("other-kind.xlsx", lambda: marker("delegations", "no-such-kind"), none(), 1),
    Hostile("foreign-ids.xlsx", lambda: sheet([*GOOD, NOBODY, 1], [*row(B="Hai"), 12345, 1], [*row(B="Ba"), NOBODY, 10**14], [*row(B="Bốn"), "'; DROP TABLE x", 1], head=[*HEAD, *ID]), cells("H2", "H3", "H4", "H5")),
    Hostile("TUYỆT MẬT.xlsx", lambda: sheet(row()), REFUSED),
    Hostile("secret-title.xlsx", lambda: book({"A": [["TUYỆT MẬT"], [], HEAD, row()]}), REFUSED),
    Hostile("../../../etc/passwd.xlsx", lambda: sheet(row()), none(), 1),
)  # fmt: skip


def cp1258(text: str) -> bytes:
    """Vietnamese as old Windows wrote it: a tone is a letter of its own behind its vowel."""
    out = bytearray()
    for letter in text:
        try:
            out += letter.encode("cp1258")
            continue
        except UnicodeEncodeError:
            pass
        tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
        pieces = unicodedata.normalize("NFD", letter)
        tone = "".join(p for p in pieces if p in tones)
        base = unicodedata.normalize("NFC", "".join(p for p in pieces if p not in tones))
        out += (base + tone).encode("cp1258")
    return bytes(out)
