"""Lists of members as they are pasted from Excel or loaded from a file: with headings or without, in either language.

Nothing is stored. Rows come back with the names of fields that the member table of a record has.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.intake.cells import shown
from bonphuong.intake.finding import ORDINALS, parts_of
from bonphuong.kernel import clock
from bonphuong.kernel.crypto import mask
from bonphuong.kernel.dates import parse_date
from bonphuong.kernel.errors import BadValue
from bonphuong.kernel.sheets import RowKind, find_header, paste_rows, read_layout, read_table
from bonphuong.kernel.sheets.headers import is_numbering, is_totals
from bonphuong.kernel.sheets.tables import column_name
from bonphuong.kernel.text import fold, tidy
from bonphuong.reference.queries import country_index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bonphuong.kernel.sheets import SheetRow, SheetTable, Value

MAX_MEMBERS = 500


@dataclass(frozen=True)
class MemberLine:
    """A member as a list gives them; `birth_date` is text in ISO form, or the year alone where the list has no more.

    `row` is the row of the list that it stood in, from 1.
    """

    full_name: str
    name_native: str = ""
    gender: str = ""
    post_then: str = ""
    unit_then: str = ""
    role: str = "member"
    nationality: str = ""
    passport_no: str = ""
    birth_date: str = ""
    withdrew: bool = False
    note: str = ""
    row: int = 0


@dataclass(frozen=True)
class MemberError:
    """What is wrong with a cell of a list; `field` is empty where the whole row is meant."""

    row: int
    cell: str
    field: str
    value: str
    message: str


HEADINGS: Mapping[str, tuple[str, ...]] = {
    "full_name": ("họ và tên", "họ tên", "tên", "họ, tên", "họ và tên đệm", "full name", "name", "passenger name"),
    "name_native": ("tên gốc", "tên tiếng nước ngoài", "tên chữ hán", "native name", "original name"),
    "gender": ("giới tính", "giới", "nam/nữ", "nam, nữ", "phái", "sex", "gender"),
    "birth_date": ("ngày sinh", "ngày tháng năm sinh", "ngày, tháng, năm sinh", "năm sinh", "sinh ngày", "ngày/tháng/năm sinh",
                   "date of birth", "birth date", "dob", "born"),
    "nationality": ("quốc tịch", "nationality", "citizenship", "country"),
    "passport_no": ("số hộ chiếu", "hộ chiếu", "số hc", "hộ chiếu số", "số passport", "passport", "passport no", "passport number",
                    "số giấy thông hành", "cccd/hộ chiếu"),
    "post_then": ("chức vụ", "chức danh", "chức vụ, chức danh", "chức vụ/chức danh", "position", "post", "title", "job title"),
    "unit_then": ("đơn vị", "đơn vị công tác", "cơ quan", "cơ quan công tác", "nơi công tác", "cơ quan, đơn vị", "tổ chức",
                  "organisation", "organization", "unit", "office", "company"),
    "post_and_unit": ("chức vụ, đơn vị", "chức vụ, đơn vị công tác", "chức vụ, cơ quan", "chức vụ, nơi công tác",
                      "chức vụ - đơn vị", "chức vụ và đơn vị công tác", "position and organisation", "position, organisation"),
    "role": ("vai trò", "nhiệm vụ", "nhiệm vụ trong đoàn", "vai trò trong đoàn", "chức danh trong đoàn", "role", "role in the delegation"),
    "note": ("ghi chú", "note", "notes", "remarks"),
}  # fmt: skip
_ROLES: Mapping[str, str] = {
    "truong doan": "head", "head": "head", "head of delegation": "head", "leader": "head",
    "pho truong doan": "deputy", "pho doan": "deputy", "deputy head": "deputy", "deputy": "deputy",
    "thanh vien": "member", "doan vien": "member", "member": "member",
    "thu ky": "secretary", "thu ky doan": "secretary", "secretary": "secretary",
    "phien dich": "interpreter", "nguoi phien dich": "interpreter", "interpreter": "interpreter",
}  # fmt: skip
_GENDERS: Mapping[str, str] = {
    "nam": "m", "male": "m", "m": "m", "ong": "m", "mr": "m", "mr.": "m",
    "nu": "f", "female": "f", "f": "f", "ba": "f", "ms": "f", "ms.": "f", "mrs": "f", "mrs.": "f",
}  # fmt: skip
_ADDRESS = re.compile(r"^(ông|bà|mr\.?|mrs\.?|ms\.?|đ/c|đồng chí)\s+(?=\S)", re.IGNORECASE)
_PASSPORT = re.compile(r"[A-Z]{0,3}\d{5,12}|[A-Z]\d{7,8}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ORDINAL = re.compile(r"\d{1,3}[.)]?")
_SIGNATURE = re.compile(r"nguoi|noi nhan|ghi chu|thu truong|giam doc|chu tich|ky ten|.*\bngay\b.*\bthang\b")
_LONGEST = {"full_name": 120, "name_native": 120, "post_then": 200, "unit_then": 200, "note": 200}
_FIRST_YEAR = 1900
# Errors may be written down somewhere: what is restricted stands in them masked.
_RESTRICTED = frozenset({"passport_no", "birth_date"})


def parse_members(source: str | bytes, *, name: str = "") -> tuple[list[MemberLine], list[MemberError]]:
    """Members from pasted text, or from the first sheet of a file that holds any, and what could not be read.

    Every row that holds anything comes back: a cell that cannot be read is left empty and named. Raises
    SheetError for a file that cannot be taken and for more than `MAX_MEMBERS` rows.
    """
    tables = [paste_rows(source)] if isinstance(source, str) else read_table(source, name=name)
    for table in tables:
        members, errors = _read(table)
        if members or errors:
            return members, errors
    return [], []


def _read(table: SheetTable) -> tuple[list[MemberLine], list[MemberError]]:
    known = [heading for headings in HEADINGS.values() for heading in headings]
    header = find_header(table, known=known)
    layout = read_layout(table, known=known) if header is not None else None
    fields = _match(layout.header.labels) if layout is not None else {}
    if layout is None or "full_name" not in fields.values():
        rows = [row for row in table.rows if not is_totals(row) and not is_numbering(row)]
        fields = _guess(rows)
    else:
        name = next(index for index, code in fields.items() if code == "full_name")
        rows = [row for row, kind in layout.rows if kind == RowKind.DATA or _still(row, kind, name)]
    return _members(rows, fields)


def _still(row: SheetRow, kind: RowKind, name: int) -> bool:
    """Whether what was taken for a signature is a member all the same: "Lò Minh Họa, Giám đốc Sở"."""
    text = row.cell(name).value
    if kind != RowKind.NOTE or not isinstance(text, str) or _SIGNATURE.match(fold(text)):
        return False
    return sum(value is not None for value in row.values) > 1


def _match(labels: Sequence[str]) -> dict[int, str]:
    """Column → field, by headings; each field once."""
    by_name = {fold(heading): code for code, headings in HEADINGS.items() for heading in headings}
    found: dict[int, str] = {}
    for index, label in enumerate(labels):
        code = next((by_name[part] for part in parts_of(label) if part in by_name), "") if label else ""
        if code and code not in found.values():
            found[index] = code
    return found


def _guess(rows: Sequence[SheetRow]) -> dict[int, str]:
    """Column → field of a list without headings, by what most of its cells look like."""
    width = max((len(row.values) for row in rows), default=0)
    countries = country_index()
    kinds: dict[int, str] = {}
    for index in range(width):
        seen = Counter(
            _looks_like(row.cell(index).value, countries) for row in rows if row.cell(index).value is not None
        )
        kinds[index] = seen.most_common(1)[0][0] if seen else ""
    texts = [index for index, kind in kinds.items() if kind == "text"]
    found = dict(zip(texts, ("full_name", "post_then", "unit_then", "note"), strict=False))
    for index, kind in kinds.items():
        if (
            kind in {"gender", "birth_date", "passport_no", "role", "nationality"}
            and kind not in found.values()
        ):
            found[index] = kind
    return found


def _looks_like(value: Value, countries: Mapping[str, str]) -> str:
    if isinstance(value, dt.date | dt.datetime):
        return "birth_date"
    text = tidy(str(value))
    folded = fold(text)
    tests: tuple[tuple[str, bool], ...] = (
        ("ordinal", bool(_ORDINAL.fullmatch(text)) or folded in ORDINALS),
        ("gender", folded in _GENDERS),
        ("role", folded in _ROLES),
        ("birth_date", _is_day(text)),
        ("passport_no", bool(_PASSPORT.fullmatch(text.replace(" ", "").upper()))),
        ("nationality", folded in countries),
    )
    return next((kind for kind, fits in tests if fits), "text")


def _is_day(text: str) -> bool:
    try:
        return bool(_YEAR.fullmatch(text)) or parse_date(text, today=clock.today()).year >= _FIRST_YEAR
    except BadValue:
        return False


@dataclass
class _Line:
    """A row on its way: its number, values by field, what was wrong."""

    number: int
    values: dict[str, str] = field(default_factory=dict)
    errors: list[MemberError] = field(default_factory=list)


def _members(
    rows: Sequence[SheetRow], fields: Mapping[int, str]
) -> tuple[list[MemberLine], list[MemberError]]:
    readers = _readers()
    members, errors = [], []
    for row in rows:
        line = _Line(row.number)
        for index, code in fields.items():
            _take(line, index, code, row.cell(index).value, readers[code])
        if not any(line.values.values()) and not line.errors:
            continue
        if not line.values.get("full_name"):
            line.errors.append(MemberError(row.number, "", "full_name", "", _("The name is missing.")))
        errors += line.errors
        members.append(_member(line))
        if len(members) > MAX_MEMBERS:
            raise BadValue(_("A list may have at most %(limit)s members.") % {"limit": MAX_MEMBERS})
    return members, errors + list(_twice(members))


def _take(line: _Line, index: int, code: str, value: Value, read: Callable[[Value], str]) -> None:
    message = ""
    try:
        text = read(value)
    except BadValue as error:
        text, message = "", error.message
    if len(text) > _LONGEST.get(code, len(text)):
        text, message = "", _("It is longer than %(limit)s characters.") % {"limit": _LONGEST[code]}
    if message:
        written = mask(_text(value)) if code in _RESTRICTED else shown(value)
        line.errors.append(
            MemberError(line.number, f"{column_name(index)}{line.number}", code, written, message)
        )
    line.values[code] = text


def _member(line: _Line) -> MemberLine:
    values = dict(line.values)
    both = values.pop("post_and_unit", "")
    if both:
        post, _comma, unit = both.partition(",")
        values.setdefault("post_then", post.strip())
        values.setdefault("unit_then", unit.strip())
    given = values.get("full_name", "")
    address = _ADDRESS.match(given)
    if address is not None:
        values["full_name"] = given[address.end() :]
        values["gender"] = values.get("gender") or _GENDERS.get(fold(address[1]), "")
    values["role"] = values.get("role") or _role_in(values) or "member"
    return replace(MemberLine(values.pop("full_name", "")), **values, row=line.number)  # type: ignore[arg-type]


def _role_in(values: Mapping[str, str]) -> str:
    """A role that stands where the list has no column for it: in the note, or behind the post."""
    for text in (values.get("note", ""), values.get("post_then", "")):
        for part in re.split(r"[,;()]|\s[-–]\s", text):
            if fold(part) in _ROLES:
                return _ROLES[fold(part)]
    return ""


def _twice(members: Iterable[MemberLine]) -> Iterable[MemberError]:
    """The same passport for two members is a slip of the pen."""
    first: dict[str, MemberLine] = {}
    for member in members:
        known = first.setdefault(member.passport_no, member) if member.passport_no else member
        if known is not member:
            message = _("Row %(row)s has the same passport number.") % {"row": known.row}
            yield MemberError(member.row, "", "passport_no", mask(member.passport_no), message)


def _readers() -> dict[str, Callable[[Value], str]]:
    index = country_index()
    plain = dict.fromkeys(HEADINGS, _text)
    return {
        **plain,
        "gender": lambda value: _choice(value, _GENDERS, _("“%(text)s” is no sex. Write nam or nữ.")),
        "role": lambda value: _choice(value, _ROLES, _("“%(text)s” is no role in a delegation.")),
        "nationality": lambda value: _choice(value, index, _("No country is called “%(text)s”.")),
        "passport_no": _passport,
        "birth_date": _birth_date,
    }


def _text(value: Value) -> str:
    return "" if value is None else tidy(value if isinstance(value, str) else shown(value))


def _choice(value: Value, known: Mapping[str, str], message: str) -> str:
    text = _text(value)
    if not text:
        return ""
    code = known.get(fold(text).strip(" ."))
    if code is None:
        raise BadValue(message % {"text": text[:40]})
    return code


def _passport(value: Value) -> str:
    text = _text(value).replace(" ", "").replace("-", "").upper()
    if text and not _PASSPORT.fullmatch(text):
        raise BadValue(_("This is no passport number."))
    return text


def _birth_date(value: Value) -> str:
    if isinstance(value, dt.datetime):
        day = value.date()
    elif isinstance(value, dt.date):
        day = value
    else:
        text = _text(value)
        if not text or _YEAR.fullmatch(text):
            return text
        day = parse_date(text, today=clock.today())
    if day.year < _FIRST_YEAR or day > clock.today():
        raise BadValue(_("Nobody in the list can be born on this day."))
    return day.isoformat()
