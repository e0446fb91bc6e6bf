"""The columns of each kind: one list for screen, import, export, annex and API.

Order and headings follow the annexes that provinces send ("Đoàn ra", "Đoàn vào"); `aliases` are headings seen in
officers' own sheets.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.queries import offices_by_code
from bonphuong.families.delegations.enums import Channel, Funding, HeadLevel, PlanStatus, SessionForm
from bonphuong.kernel.dates import date_range, format_date
from bonphuong.kernel.languages import reader_language
from bonphuong.kit.names import names_of
from bonphuong.records.registry import Column, ColumnKind
from bonphuong.reference.models import Country

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import TextChoices

    from bonphuong.families.delegations.models import Delegation
    from bonphuong.kit.names import Names


def prepare(rows: Sequence[Delegation], /) -> None:
    """Give each row the names that its columns show, in as few queries as there are kinds of names."""
    lang = reader_language()
    # The words of a row are Vietnamese; in another language its partners are called by their names there.
    parties = () if lang == "vi" else {code for row in rows for code in _party_codes(row)}
    names = names_of(
        countries={p.country_code for row in rows for p in row.places.all()} | {r.main_country for r in rows},
        fields={row.field_code for row in rows},
        parties=parties,
    )
    offices = offices_by_code({code for row in rows for code in _office_codes(row)})
    short = {
        code: office.short_vi if lang == "vi" and office.short_vi else office.name(lang)
        for code, office in offices.items()
    }
    whole = {code: {name} for code, name in names.countries.items()}
    for country in () if lang == "vi" else Country.objects.filter(pk__in=whole):
        whole[country.code].add(country.name("vi"))
    for row in rows:
        vars(row)[_KEPT] = names, short, whole


_KEPT = "_names_of_columns"


def _names(row: Delegation) -> Names:
    return _kept(row)[0]


def _kept(row: Delegation) -> tuple[Names, dict[str, str], dict[str, set[str]]]:
    if _KEPT not in vars(row):
        prepare([row])
    found: tuple[Names, dict[str, str], dict[str, set[str]]] = vars(row)[_KEPT]
    return found


def _text(name: str) -> Callable[[Any], object]:
    return lambda row: getattr(row, name)


def _shown(name: str) -> Callable[[Any], object]:
    return lambda row: str(getattr(row, f"get_{name}_display")())


def _labels(choices: type[TextChoices]) -> Callable[[], Sequence[str]]:
    return lambda: [str(label) for _code, label in choices.choices]


def _title(row: Delegation) -> str:
    return row.record.title


def _head(row: Delegation) -> str:
    return ", ".join(part for part in (row.head_name, row.head_title) if part)


def _heads(row: Delegation) -> int | None:
    return row.heads or None


def _time(row: Delegation) -> str:
    first, last = row.started_on or row.starts_on, row.ended_on or row.ends_on
    if first is None:
        return ""
    return (
        date_range(first, last, reader_language())
        if last and last != first
        else format_date(first, reader_language())
    )


def _places(row: Delegation) -> str:
    names, _short, whole = _kept(row)
    by_country: dict[str, list[str]] = {}
    for place in row.places.all():
        shown = by_country.setdefault(place.country_code, [])
        text = names.told(place.party_code, place.text) if place.text else ""
        if text and place.text not in whole.get(place.country_code, ()):
            shown.append(text)
    parts = []
    for code, texts in by_country.items():
        name = names.country(code)
        parts.append(f"{name} ({', '.join(texts)})" if texts else name)
    return "; ".join(parts)


def _partner(row: Delegation) -> str:
    return _names(row).told(row.partner_code, row.partner_text) if row.partner_text else ""


def _nationality(row: Delegation) -> str:
    return _names(row).country(row.main_country)


def _decision(row: Delegation) -> str:
    if not row.decided_on:
        return row.decision_number
    day = format_date(row.decided_on, reader_language())
    return f"{row.decision_number}, {day}" if row.decision_number else day


def _party_codes(row: Delegation) -> list[str]:
    return [row.partner_code, *(place.party_code for place in row.places.all())]


def _office_codes(row: Delegation) -> list[str]:
    return [row.lead_office_code, *(host.office_code for host in row.cohosts.all())]


def _office(row: Delegation) -> str:
    return _short(row, _office_codes(row))


def _cohosts(row: Delegation) -> str:
    return _short(row, _office_codes(row)[1:])


def _short(row: Delegation, codes: Sequence[str]) -> str:
    names = _kept(row)[1]
    return ", ".join(names.get(code, code) for code in codes)


def _field(row: Delegation) -> str:
    return _names(row).field(row.field_code)


_day = partial(Column, kind=ColumnKind.DATE, width=12)

TITLE = Column(
    "title", _("Name and purpose of the delegation"), _title, width=40, required=True, instead=("content",),
    example="Thăm và làm việc tại tỉnh Phông Sa Lỳ",
    aliases=("tên đoàn", "tên đoàn/mục đích", "tên đoàn, mục đích", "nội dung", "mục đích", "đoàn", "tên đoàn công tác",
             "mục đích chuyến đi", "nội dung công tác", "tên đoàn, quốc tịch", "tên đoàn khách"),
)  # fmt: skip
HEAD = Column(
    "head", _("Head of delegation, post"), _head, width=28,
    hint=_("Name, then the post behind a comma."), example="Ông Lò Minh Họa, Phó Giám đốc Sở",
    aliases=("trưởng đoàn", "trưởng đoàn, chức vụ", "trưởng đoàn - chức vụ", "họ tên trưởng đoàn", "người dẫn đầu",
             "họ và tên, chức vụ"),
)  # fmt: skip
HEAD_TITLE = Column(
    "head_title", _("Post of the head"), _text("head_title"), width=24, on_screen=False,
    aliases=("chức vụ", "chức danh", "chức vụ trưởng đoàn", "chức vụ của trưởng đoàn"),
)  # fmt: skip
HEADS = Column(
    "heads", _("People"), _heads, kind=ColumnKind.NUMBER, width=9, required=True, instead=("actual_heads",),
    example="7",
    aliases=("số người", "số lượng", "số thành viên", "sl", "số lượng người", "tổng số người", "số khách", "số lượt người"),
)  # fmt: skip
ACTUAL = Column(
    "actual_heads", _("People who took part"), _text("actual_heads"), kind=ColumnKind.NUMBER, width=9, on_screen=False,
    aliases=("số người thực tế", "thực tế", "số người thực đi", "thực đi", "số người thực đến", "thực đến"),
)  # fmt: skip
PLACES = Column(
    "places", _("Countries and places"), _places, kind=ColumnKind.COUNTRY, width=28, required=True,
    aliases=("nước, địa phương đến", "nước đến", "địa phương đến", "nơi đến", "quốc gia", "nước đi", "nước",
             "nước/địa phương", "quốc tịch", "địa bàn đến", "nước, địa phương", "đến nước", "địa điểm"),
)  # fmt: skip
TIME = Column(
    "time", _("Time"), _time, width=18, required=True, instead=("starts_on",),
    hint=_("First and last day, or one day alone."),
    example="12–16/01/2026; 28/12/2025 - 03/01/2026; từ 5/3 đến 9/3/2026",
    aliases=("thời gian", "thời gian đi", "thời gian đến", "thời gian (từ - đến)", "ngày đi - ngày về", "thời gian công tác"),
)  # fmt: skip
STARTS = _day(
    "starts_on", _("From"), _text("starts_on"), on_screen=False,
    aliases=("từ ngày", "ngày đi", "ngày đến", "ngày xuất cảnh", "ngày bắt đầu", "từ"),
)  # fmt: skip
ENDS = _day(
    "ends_on", _("To"), _text("ends_on"), on_screen=False,
    aliases=("đến ngày", "ngày về", "ngày rời", "ngày nhập cảnh", "ngày kết thúc", "đến"),
)  # fmt: skip
PARTNER = Column(
    "partner", _("Inviting body"), _partner, width=24,
    aliases=("cơ quan mời", "bên mời", "đơn vị mời", "phía mời", "cơ quan, tổ chức mời"),
)  # fmt: skip
FUNDING = Column(
    "funding", _("Source of funds"), _shown("funding"), kind=ColumnKind.CHOICE, choices=_labels(Funding), width=16,
    aliases=("nguồn kinh phí", "kinh phí", "nguồn", "nguồn kp"),
)  # fmt: skip
DECISION = Column(
    "decision", _("Decision"), _decision, width=22,
    hint=_("The number, then the day."), example="123/QĐ-UBND ngày 03/3/2026",
    aliases=("số quyết định", "quyết định", "số qđ", "văn bản cho phép", "số, ngày quyết định", "số văn bản"),
)  # fmt: skip
DECIDED_ON = _day(
    "decided_on", _("Day of the decision"), _text("decided_on"), on_screen=False,
    aliases=("ngày quyết định", "ngày qđ", "ngày ký", "ngày ký quyết định", "ngày ban hành"),
)  # fmt: skip
PLAN = Column(
    "plan_status", _("In or off the plan"), _shown("plan_status"), kind=ColumnKind.CHOICE, choices=_labels(PlanStatus), width=14,
    aliases=("trong/ngoài kế hoạch", "kế hoạch", "trong, ngoài kế hoạch", "trong kh/ngoài kh"),
)  # fmt: skip
RESULT = Column(
    "result", _("Result"), _text("result"), kind=ColumnKind.LONG_TEXT, width=36,
    aliases=("kết quả", "kết quả chuyến đi", "ghi chú"),
)  # fmt: skip
REPORT = _day(
    "report_on", _("Trip report"), _text("report_received_on"),
    aliases=("báo cáo", "báo cáo (ngày)", "ngày báo cáo", "ngày nộp báo cáo"),
)  # fmt: skip
LEAD = Column(
    "lead_office", _("Lead office"), _office, kind=ColumnKind.OFFICE, width=24,
    aliases=("cơ quan chủ trì", "đơn vị chủ trì", "cơ quan đón", "cơ quan đón tiếp", "đơn vị", "đơn vị cử", "cơ quan cử"),
)  # fmt: skip
COHOSTS = Column(
    "cohosts", _("Co-hosts"), _cohosts, kind=ColumnKind.OFFICE, width=24, on_screen=False,
    aliases=("cơ quan phối hợp", "đơn vị phối hợp", "phối hợp", "cơ quan cùng đón", "đơn vị cùng đón"),
)  # fmt: skip
LEVEL = Column(
    "head_level", _("Level"), _shown("head_level"), kind=ColumnKind.CHOICE, choices=_labels(HeadLevel), width=16,
    aliases=("cấp", "cấp đoàn", "cấp đón tiếp", "cấp trưởng đoàn"),
)  # fmt: skip
FIELD = Column(
    "field", _("Field"), _field, kind=ColumnKind.FIELD, width=18, aliases=("lĩnh vực",), on_screen=False
)
CHANNEL = Column(
    "channel",
    _("Channel"),
    _shown("channel"),
    kind=ColumnKind.CHOICE,
    choices=_labels(Channel),
    width=12,
    aliases=("kênh",),
    on_screen=False,
)
COST = Column(
    "cost_vnd", _("Cost (VND)"), _text("cost_vnd"), kind=ColumnKind.MONEY, width=16, on_screen=False,
    aliases=("chi phí", "kinh phí (đồng)", "số tiền", "dự toán", "tổng kinh phí", "kinh phí thực hiện", "kinh phí"),
)  # fmt: skip
NATION = Column(
    "nationality", _("Nationality"), _nationality, kind=ColumnKind.COUNTRY, width=14, takes_import=False
)
CONTENT = Column(
    "content", _("Content"), _text("content"), kind=ColumnKind.LONG_TEXT, width=36,
    aliases=("nội dung làm việc", "nội dung hoạt động", "nội dung, chương trình", "nội dung chuyến đi", "chương trình", "nội dung"),
)  # fmt: skip
VENUE = Column(
    "venue", _("Places in the province"), _text("venue"), width=20, aliases=("địa bàn", "địa điểm làm việc")
)
ORGANISER = Column(
    "organiser", _("Organiser"), _text("organiser_text"), width=24,
    aliases=("đoàn của", "cơ quan tổ chức", "đơn vị tổ chức", "bên tổ chức", "trong đoàn của"),
)  # fmt: skip
FORM = Column(
    "session_form",
    _("Form"),
    _shown("session_form"),
    kind=ColumnKind.CHOICE,
    choices=_labels(SessionForm),
    width=14,
    aliases=("hình thức",),
)

# A sheet of guests often names their country beside the name of the delegation and nowhere else.
FROM = replace(PLACES, required=False)
# Beside the name of a delegation that goes out, its content is read where a sheet has a column for it.
WHAT_FOR = replace(CONTENT, on_screen=False)

OUTBOUND = (
    TITLE, HEAD, HEADS, PLACES, TIME, STARTS, ENDS, PARTNER, FUNDING, DECISION, PLAN, RESULT, REPORT, LEAD, LEVEL,
    FIELD, CHANNEL, COST, HEAD_TITLE, ACTUAL, DECIDED_ON, WHAT_FOR,
)  # fmt: skip
INBOUND = (
    TITLE, NATION, HEAD, HEADS, FROM, LEAD, TIME, STARTS, ENDS, CONTENT, VENUE, LEVEL, RESULT, DECISION, REPORT,
    FIELD, CHANNEL, PLAN, HEAD_TITLE, ACTUAL, DECIDED_ON, COHOSTS,
)  # fmt: skip
INDIVIDUAL = (
    TITLE, HEAD, HEADS, PLACES, TIME, STARTS, ENDS, ORGANISER, PARTNER, FUNDING, DECISION, PLAN, RESULT, REPORT, LEAD,
    HEAD_TITLE, ACTUAL, DECIDED_ON,
)  # fmt: skip
PERSONAL = (TITLE, HEADS, PLACES, TIME, STARTS, ENDS, DECISION, LEAD, ACTUAL, DECIDED_ON)
CONTACT = (TITLE, HEADS, PLACES, TIME, STARTS, ENDS, LEAD, CONTENT, VENUE, RESULT, ACTUAL)
SESSION = (TITLE, FORM, HEAD, FROM, TIME, STARTS, ENDS, LEAD, CONTENT, VENUE, RESULT, HEAD_TITLE, COHOSTS)
