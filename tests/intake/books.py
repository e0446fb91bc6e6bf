"""Workbooks as offices make them, built in the test: what is wrong in them is written down beside them."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, field

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

OUT, IN = "Đoàn ra 2025", "Đoàn vào"
OUT_HEAD = (
    "TT", "Tên đoàn, mục đích", "Trưởng đoàn, chức vụ", "Số người", "Nước, địa phương đến", "Thời gian", "Thời gian",
    "Cơ quan mời", "Nguồn kinh phí", "Số quyết định", "Trong/ngoài kế hoạch", "Báo cáo (ngày)", "Cơ quan chủ trì", "Ghi chú thêm",
)  # fmt: skip
IN_HEAD = ("STT", "Tên đoàn, quốc tịch", "Trưởng đoàn", "Số người", "Cơ quan đón", "Thời gian", "Nội dung làm việc",
           "Địa bàn", "Cấp đón tiếp", "Kết quả")  # fmt: skip
PLACES = (
    "Lào (Phongsaly, Oudomxay)", "CHDCND Lào", "Vân Nam, Trung Quốc", "Hàn Quốc", "Thái Lan", "Nhật Bản; Hàn Quốc",
    "Trung Quốc (Hồng Hà)", "Lào và Thái Lan",
)  # fmt: skip
GUESTS = (
    "Đoàn Văn phòng Ngoại vụ tỉnh Vân Nam, Trung Quốc", "Đoàn đại biểu tỉnh Phongsaly (Lào)", "Đoàn chuyên gia y tế, Nhật Bản",
    "Đoàn doanh nghiệp Hàn Quốc", "Đoàn đại biểu châu Hồng Hà, Vân Nam, Trung Quốc", "Đoàn giáo viên tình nguyện - Thái Lan",
)  # fmt: skip
OFFICES = (
    "Sở Ngoại vụ",
    "Sở Y tế tỉnh Lai Châu",
    "SỞ CÔNG THƯƠNG",
    "Sở GD&ĐT",
    "Sở Nông nghiệp và Môi trường",
)
FUNDS = ("ngân sách tỉnh", "Phía bạn đài thọ", "tự túc", "NSNN")


def book(sheets: dict[str, list[list[object]]]) -> bytes:
    """A plain workbook: the name of each sheet and its rows."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        # The same sheet is the same file, whatever the second in which it is written.
        made.set_properties({"created": dt.datetime(2026, 1, 10, tzinfo=dt.UTC)})
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            day = made.add_format({"num_format": "dd/mm/yyyy"})
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    write(sheet, number, column, value, day)
    return target.getvalue()


def write(sheet, row: int, column: int, value: object, day: object) -> None:
    """One cell; a date as Excel keeps it."""
    if isinstance(value, dt.date):
        sheet.write_datetime(row, column, dt.datetime(value.year, value.month, value.day), day)
    elif value is not None:
        sheet.write(row, column, value)


def outbound(number: int, **changes: object) -> list[object]:
    """A sound row of the outbound sheet; `changes` by the letter of the column."""
    first = dt.date(2025, 1, 6) + dt.timedelta(days=number)
    last = first + dt.timedelta(days=number % 5)
    row: list[object] = [
        number,
        f"Thăm, làm việc và học tập kinh nghiệm (đoàn minh họa {number})",
        f"Ông Lò Minh Họa {number}, Phó Giám đốc Sở",
        (9, "12", "7 người", "05", 15)[number % 5],
        PLACES[number % len(PLACES)],
        written(first, number),
        written(last, number + 3),
        "Sở Ngoại vụ tỉnh bạn",
        FUNDS[number % len(FUNDS)],
        f"{number}/QĐ-UBND ngày {first - dt.timedelta(days=9):%d/%m/%Y}",
        ("Trong kế hoạch", "ngoài KH", "trong")[number % 3],
        last + dt.timedelta(days=8) if number % 2 else f"{last + dt.timedelta(days=8):%d/%m/%Y}",
        OFFICES[number % len(OFFICES)],
        None,
    ]
    return _changed(row, changes)


def written(day: dt.date, how: int) -> object:
    """One day in the ways in which sheets have it."""
    ways = (
        day,
        f"{day:%d/%m/%Y}",
        f"{day.day}-{day.month}-{day.year}",
        f"{day.day}.{day.month}.{day:%y}",
        f"{day:%Y-%m-%d}",
        (day - dt.date(1899, 12, 30)).days,
        f"ngày {day.day} tháng {day.month} năm {day.year}",
        f"{day.day}/{day.month}",
    )
    return ways[how % len(ways)]


def inbound(number: int, **changes: object) -> list[object]:
    """A sound row of the inbound sheet."""
    first = dt.date(2025, 1, 7) + dt.timedelta(days=2 * number)
    last = first + dt.timedelta(days=2)
    spans = (
        f"{first.day}–{last:%d/%m/%Y}"
        if first.month == last.month
        else f"{first:%d/%m/%Y} - {last:%d/%m/%Y}",
        f"từ {first.day}/{first.month} đến {last.day}/{last.month}/2025",
        first,
        f"{first:%d/%m/%Y}-{last:%d/%m/%Y}",
        f"{first:%d/%m}-{last:%d/%m/%Y} (3 ngày)",
    )
    row: list[object] = [
        f"{number}.",
        f"{GUESTS[number % len(GUESTS)]}",
        f"Bà Dương Thử {number}, Chủ nhiệm",
        (8, "11 khách", "6", 20)[number % 4],
        ("Sở Ngoại vụ", "Sở Y tế", "Sở Ngoại vụ, Sở Công Thương")[number % 3],
        spans[number % len(spans)],
        f"Trao đổi hợp tác lần {number}",
        "Phong Thổ",
        ("Lãnh đạo tỉnh", "cấp sở", "tỉnh")[number % 3],
        "Đạt mục đích",
    ]
    return _changed(row, changes)


def _changed(row: list[object], changes: dict[str, object]) -> list[object]:
    for letter, value in changes.items():
        row[ord(letter) - ord("A")] = value
    return row


@dataclass
class Messy:
    """A messy workbook, and what a reader of it must find out."""

    content: bytes = b""
    # (sheet, cell) of every bad cell; where the sheet has no such column (sheet, row, code of the column).
    errors: set[tuple[object, ...]] = field(default_factory=set)
    twins: set[tuple[str, int]] = field(default_factory=set)
    rows: int = 0
    delegations: int = 0
    good: dict[str, list[int]] = field(default_factory=lambda: {OUT: [], IN: []})
    wrong_totals: set[tuple[str, str]] = field(default_factory=set)


class _Sheet:
    """Writes one sheet downwards and keeps the account of it."""

    def __init__(self, made, name: str, account: Messy) -> None:
        self.sheet = made.add_worksheet(name)
        self.name, self.account = name, account
        self.day = made.add_format({"num_format": "dd/mm/yyyy"})
        self.plain = made.add_format()
        self.line = 0
        self.below = False

    def put(self, values: list[object]) -> int:
        """A row; gives its number as Excel shows it."""
        for column, value in enumerate(values):
            write(self.sheet, self.line, column, value, self.day)
        self.line += 1
        self.account.rows += self.below and any(value is not None for value in values)
        return self.line

    def skip(self) -> None:
        """An empty row."""
        self.line += 1

    def record(self, values: list[object], *bad: str, double: bool = False) -> int:
        """A delegation; `bad` are the letters of its bad columns, or codes of columns that are not there."""
        number = self.put(values)
        self.account.delegations += 1
        for letter in bad:
            known = len(letter) == 1
            self.account.errors.add(
                (self.name, f"{letter}{number}") if known else (self.name, number, letter)
            )
        if double:
            self.account.twins.add((self.name, number))
        if not bad and not double:
            self.account.good[self.name].append(number)
        return number

    def merge(self, first: int, column: int, last: int, value: object) -> None:
        """One value over several rows (numbers as Excel shows them)."""
        style = self.day if isinstance(value, dt.date) else self.plain
        self.sheet.merge_range(first - 1, column, last - 1, column, "", style)
        write(self.sheet, first - 1, column, value, self.day)


# The number of a row of the outbound sheet → what is changed in it, and the columns that are bad then.
OUT_FAULTS: dict[int, tuple[dict[str, object], str]] = {
    4: ({"E": "Trung Qốc"}, "E"),
    9: ({"E": "Hàn Qouc"}, "E"),
    14: ({"E": "Wakanda"}, "E"),
    19: ({"E": None}, "E"),
    23: ({"E": "Việt Nam"}, "E"),
    28: ({"D": "nhiều"}, "D"),
    33: ({"D": "12,5"}, "D"),
    37: ({"D": 0}, "D"),
    42: ({"D": "#REF!"}, "D"),
    46: ({"D": True}, "D"),
    51: ({"D": None}, "D"),
    55: ({"D": 123456}, "D"),
    60: ({"F": "31/02/2025"}, "F"),
    64: ({"F": "13/25/2025"}, "F"),
    69: ({"F": "tháng 3"}, "F"),
    73: ({"F": dt.date(2025, 4, 20), "G": dt.date(2025, 4, 2), "L": None}, "G"),
    78: ({"F": "chưa rõ", "G": "?"}, "FG"),
    82: ({"B": None}, "B"),
    87: ({"B": "Đoàn " * 80}, "B"),
    91: ({"I": "quỹ đen"}, "I"),
    96: ({"J": "96/QĐ-UBND ngày 31/13/2025"}, "J"),
    101: ({"J": "101/QĐ-UBND ngày 30/12/2030"}, "J"),
    106: ({"K": "có lẽ"}, "K"),
    111: ({"L": "rồi"}, "L"),
    115: ({"L": dt.date(2024, 1, 1)}, "L"),
    120: ({"M": "Sở Phép thuật"}, "M"),
    125: ({"D": "mười hai mét", "E": "Trung Quocs", "M": "Phòng X"}, "DEM"),
    131: ({"C": "Ông " + "Lò Minh Họa " * 12}, "C"),
}
IN_FAULTS: dict[int, tuple[dict[str, object], tuple[str, ...]]] = {
    7: ({"D": "1O người"}, ("D",)),
    16: ({"F": "hết tháng 5"}, ("F",)),
    25: ({"I": "cấp cao quý"}, ("I",)),
    34: ({"B": "Đoàn chuyên gia quốc tế"}, ("places",)),
    43: ({"E": "Sở Ngoại vụ, Sở Trên Trời"}, ("E",)),
    52: ({"F": "12/5/2025 - 3/5/2025"}, ("F",)),
    61: ({"F": "05/05/2052"}, ()),
    70: ({"B": None, "G": None}, ("B", "places")),
}


def messy() -> Messy:
    """Three hundred delegations on two sheets, with everything that makes sheets hard to read."""
    account = Messy()
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        _outbound_sheet(made, account)
        _inbound_sheet(made, account)
        _summary(made, account)
        hidden = made.add_worksheet("Danh mục")
        hidden.write_row(0, 0, ["TT", "Tên đoàn", "Số người", "Thời gian"])
        hidden.write_row(1, 0, [1, "Đoàn không ai thấy", 3, "05/03/2025"])
        hidden.hide()
    account.content = target.getvalue()
    return account


def _outbound_sheet(made, account: Messy) -> None:
    sheet = _Sheet(made, OUT, account)
    sheet.put(["UBND TỈNH LAI CHÂU", None, None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"])
    sheet.put(["SỞ NGOẠI VỤ", None, None, None, None, "Độc lập - Tự do - Hạnh phúc"])
    sheet.skip()
    sheet.sheet.merge_range(3, 0, 3, 13, "DANH SÁCH ĐOÀN RA NĂM 2025", sheet.plain)
    sheet.line = 4
    sheet.put(["(Kèm theo Báo cáo số 12/BC-SNgV)"])
    _two_line_head(sheet)
    sheet.below = True
    sheet.put([f"({number})" for number in range(1, 15)])
    sheet.put([None, "I. Đoàn do lãnh đạo tỉnh dẫn đầu"])
    heads = _outbound_rows(sheet, range(1, 61))
    sheet.put([None, "Cộng mục I", None, heads])
    sheet.put([None, "II. Đoàn của các sở, ngành"])
    more = _outbound_rows(sheet, range(61, 161))
    more += _doubles(sheet)
    sheet.skip()
    total = sheet.put([None, "Tổng cộng", None, heads + more + 100])
    account.wrong_totals.add((OUT, f"D{total}"))
    sheet.skip()
    sheet.put([None] * 9 + ["Lai Châu, ngày 05 tháng 01 năm 2026"])
    sheet.put([None] * 9 + ["GIÁM ĐỐC"])


def _two_line_head(sheet: _Sheet) -> None:
    top = sheet.line
    for column, text in enumerate(OUT_HEAD):
        if text != "Thời gian":
            sheet.sheet.merge_range(top, column, top + 1, column, text, sheet.plain)
    sheet.sheet.merge_range(top, 5, top, 6, "Thời gian", sheet.plain)
    sheet.sheet.write(top + 1, 5, "Từ ngày")
    sheet.sheet.write(top + 1, 6, "Đến ngày")
    sheet.line = top + 2


def _outbound_rows(sheet: _Sheet, numbers: range) -> int:
    """Gives the people of all rows whose number can be read."""
    heads = 0
    for number in numbers:
        changes, bad = OUT_FAULTS.get(number, ({}, ""))
        values = outbound(number, **changes)
        line = sheet.record(values, *bad)
        heads += _people(values[3])
        if number == 42:
            sheet.sheet.write_formula(line - 1, 3, "=D999/0", sheet.plain, "#REF!")
        if number == 51:
            sheet.sheet.write_formula(line - 1, 3, "=SUM(D1:D2)", sheet.plain, "")
        if number in {30, 80}:
            _goes_on(sheet, line, values)
        if number == 12:
            sheet.skip()
    return heads


def _people(value: object) -> int:
    digits = str(value).removesuffix(" người")
    return int(digits) if digits.isdigit() and not isinstance(value, bool) else 0


def _goes_on(sheet: _Sheet, line: int, values: list[object]) -> None:
    """A second row of the same delegation: all cells merged but the country."""
    sheet.put([None, None, None, None, "Campuchia"])
    for column, value in enumerate(values):
        if column != 4:
            sheet.merge(line, column, line + 1, value)


def _doubles(sheet: _Sheet) -> int:
    """The same delegation twice: the very same row, and one dated and named otherwise with the same head."""
    heads = 0
    for number in (3, 50, 100):
        values = outbound(number)
        sheet.record([f"bis {number}", *values[1:]], double=True)
        heads += _people(values[3])
    for number in (10, 66):
        values = outbound(number, B=f"Học tập kinh nghiệm ({number})", F=outbound(number)[6], D=4)
        sheet.record(values, double=True)
        heads += 4
    return heads


def _inbound_sheet(made, account: Messy) -> None:
    sheet = _Sheet(made, IN, account)
    sheet.put(["Biểu 02: ĐOÀN VÀO NĂM 2025"])
    sheet.put([])
    sheet.put(list(IN_HEAD))
    sheet.below = True
    for number in range(1, 133):
        changes, bad = IN_FAULTS.get(number, ({}, ()))
        sheet.record(inbound(number, **changes), *bad)
        if number == 60:
            sheet.put(list(IN_HEAD))
    sheet.record(inbound(5), double=True)
    sheet.record(inbound(90), double=True)
    sheet.record(inbound(133), double=True)  # entered already
    sheet.put([None, "Cộng", None, None])
    sheet.skip()
    sheet.put(["Người lập biểu: Nguyễn Thị Mẫu"])


def _summary(made, account: Messy) -> None:
    sheet = _Sheet(made, "Tổng hợp", account)
    sheet.put(["TT", "Chỉ tiêu", "Số đoàn", "Lượt"])
    sheet.below = True
    sheet.put([1, "Đoàn ra", 160, 1500])
    sheet.put([2, "Đoàn vào", 132, 1400])


def cell(row: int, column: int) -> str:
    """As Excel names it, both counted from 0."""
    return xl_rowcol_to_cell(row, column)
