"""What a Word template may ask for: each name in English and in Vietnamese without marks, its words, a sample.

Either name works in a template. What is not given prints as dots to be filled by hand, an empty list as no
lines; so a draft is printed at any stage.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from bonphuong.kernel.dates import long_date
from bonphuong.papers.enums import TemplateCode

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from django.utils.functional import Promise

BLANK = "……………"
NUMBER_ROOM = "        "


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One name. `entries` are the names inside each line of a list; `blank` stands where nothing is given."""

    name: str
    vi: str
    label: Promise
    sample: Any = "mẫu"
    blank: Any = BLANK
    entries: tuple[Placeholder, ...] = field(default=())

    @property
    def is_list(self) -> bool:
        """Whether it is repeated over rather than shown."""
        return isinstance(self.sample, list)


def _many(name: str, vi: str, label: Promise, *samples: str) -> Placeholder:
    return Placeholder(name, vi, label, sample=list(samples), blank=[])


def _optional(name: str, vi: str, label: Promise, sample: str) -> Placeholder:
    return Placeholder(name, vi, label, sample=sample, blank="")


def _paragraphs(name: str, vi: str, label: Promise, sample: str) -> Placeholder:
    return Placeholder(name, vi, label, sample=[sample], blank=[BLANK])


def _joined(*placeholders: Placeholder) -> tuple[Placeholder, ...]:
    """Each once, where groups share some."""
    return tuple({placeholder.name: placeholder for placeholder in placeholders}.values())


LETTERHEAD = (
    _optional("parent", "co_quan_cap_tren", _("line above the issuer"), "ỦY BAN NHÂN DÂN\nTỈNH VÍ DỤ"),
    Placeholder("issuer", "co_quan_ban_hanh", _("issuer, in capitals"), "SỞ NGOẠI VỤ"),
    Placeholder("office_name", "ten_co_quan", _("issuer as written in a sentence"), "Sở Ngoại vụ"),
    Placeholder("number", "so", _("number; room for it while it is not known"), "12", NUMBER_ROOM),
    Placeholder("symbol", "ky_hieu", _("symbol of the issuer"), "SNgV"),
    Placeholder("place_date", "dia_danh_ngay", _("place and date"), "Ví Dụ, ngày 05 tháng 3 năm 2026"),
    Placeholder(
        "addressees",
        "kinh_gui",
        _("to whom it is sent"),
        sample=["Ủy ban nhân dân tỉnh Ví Dụ"],
        blank=[BLANK],
    ),
    _many(
        "bases", "can_cu", _("legal bases, without the word “Căn cứ”"), "Quy chế quản lý hoạt động đối ngoại"
    ),
    _many(
        "signer_lines",
        "quyen_han_chuc_vu",
        _("authority and title of the signer"),
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
    ),
    Placeholder("signer", "nguoi_ky", _("name of the signer"), "Nguyễn Văn Mẫu", ""),
    _many("recipients", "noi_nhan", _("recipients"), "Như trên", "Lưu: VT"),
)
COUNTRIES = Placeholder("countries", "nuoc", _("country or countries"), "Trung Quốc")
DATES = Placeholder("dates", "thoi_gian", _("from day to day"), "12–16/3/2026")
YEAR = Placeholder("year", "nam", _("year in which it takes place"), 2026)
DECIDING = (
    _optional(
        "request",
        "de_nghi",
        _("the request that is decided: paper, number, day"),
        "Tờ trình số 12/TTr-SNgV ngày 05/3/2026",
    ),
    _optional("proposer", "co_quan_de_nghi", _("who proposes"), "Giám đốc Sở Ngoại vụ"),
    _optional(
        "authority", "tham_quyen", _("who decides, in capitals"), "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH VÍ DỤ"
    ),
    _optional(
        "decider", "nguoi_quyet_dinh", _("who decides, in a sentence"), "Chủ tịch Ủy ban nhân dân tỉnh"
    ),
    _many(
        "executors",
        "noi_thi_hanh",
        _("who carries it out"),
        "Chánh Văn phòng Ủy ban nhân dân tỉnh",
        "Giám đốc Sở Ngoại vụ",
    ),
)
TRIP = (
    Placeholder("delegation", "ten_doan", _("name of the delegation"), "đoàn cán bộ tỉnh Ví Dụ"),
    Placeholder("purpose", "muc_dich", _("purpose and content"), "trao đổi hợp tác thương mại biên giới"),
    Placeholder("head", "truong_doan", _("head of the delegation"), "Nguyễn Văn Mẫu"),
    Placeholder(
        "head_post", "chuc_vu_truong_doan", _("post of the head"), "Phó Chủ tịch Ủy ban nhân dân tỉnh"
    ),
    Placeholder("head_count", "so_nguoi", _("number of people"), 12),
    COUNTRIES,
    Placeholder("places", "noi_den", _("places visited"), "tỉnh Vân Nam, Trung Quốc"),
    DATES,
    Placeholder("days", "so_ngay", _("number of days"), 5),
    YEAR,
    Placeholder("inviter", "co_quan_moi", _("who invites"), "Văn phòng Ngoại vụ tỉnh Vân Nam"),
    _optional("invitation", "giay_moi", _("the invitation: number and day"), "Thư mời ngày 10/02/2026"),
    Placeholder("funding", "nguon_kinh_phi", _("source of funds"), "ngân sách tỉnh"),
    _optional("cost", "du_toan", _("estimated cost"), "345 triệu đồng"),
    Placeholder("plan", "ke_hoach", _("“trong” or “ngoài” the annual programme"), "trong"),
    _optional("report_due", "han_bao_cao", _("within how many days to report"), "15 ngày"),
    *DECIDING,
)
PERSON = (
    Placeholder("person", "ho_ten", _("name of the person"), "Trần Thị Thử"),
    Placeholder("person_post", "chuc_vu", _("post"), "Trưởng phòng Hợp tác quốc tế"),
    Placeholder("person_unit", "don_vi", _("unit"), "Sở Ngoại vụ"),
    Placeholder("trip_kind", "loai_chuyen_di", _("“đi công tác” or “đi việc riêng”"), "đi công tác"),
    _optional(
        "organiser", "don_vi_to_chuc", _("the body in whose delegation the person goes"), "Bộ Ngoại giao"
    ),
)
GUEST = (
    Placeholder("nationality", "quoc_tich", _("country of the guests"), "Trung Quốc"),
    Placeholder("host", "co_quan_don", _("who receives"), "Sở Công Thương tỉnh Ví Dụ"),
    _many(
        "coordinators",
        "co_quan_phoi_hop",
        _("who helps to receive"),
        "Công an tỉnh",
        "Bộ Chỉ huy Bộ đội Biên phòng tỉnh",
    ),
)
MEMBERS = Placeholder(
    "members",
    "thanh_vien",
    _("list of members, one line each"),
    blank=[],
    sample=[{}],
    entries=(
        Placeholder("full_name", "ho_ten", _("full name"), "Nguyễn Văn Mẫu", ""),
        Placeholder("post", "chuc_vu", _("post"), "Phó Chủ tịch", ""),
        Placeholder("unit", "don_vi", _("unit"), "Ủy ban nhân dân tỉnh", ""),
        Placeholder("role", "nhiem_vu", _("role in the delegation"), "Trưởng đoàn", ""),
        Placeholder("gender", "gioi_tinh", _("sex"), "Nam", ""),
        Placeholder("birth_date", "ngay_sinh", _("date of birth; restricted"), "01/02/1970", ""),
        Placeholder("nationality", "quoc_tich", _("nationality"), "Việt Nam", ""),
        Placeholder("passport", "ho_chieu", _("passport number; restricted"), "•••••• 417", ""),
        Placeholder("note", "ghi_chu", _("note"), "", ""),
    ),
)
ATTACHED = Placeholder(
    "attached_to",
    "kem_theo",
    _("the paper that the list belongs to"),
    "Quyết định số 123/QĐ-UBND ngày 06/3/2026",
)

CASE = (
    Placeholder("case_title", "ten_viec", _("what it is called"), "Hội nghị thường niên Ví Dụ – Vân Nam"),
    Placeholder(
        "about", "ve_viec", _("what is to be done, inside a sentence"), "tổ chức hội nghị thường niên"
    ),
    Placeholder("case_kind", "loai_viec", _("what sort of work it is"), "kỳ họp"),
    Placeholder("case_number", "so_ho_so", _("our own number of the record"), "KH-2026-001"),
    _optional("partner", "doi_tac", _("the partner"), "Văn phòng Ngoại vụ tỉnh Vân Nam"),
    COUNTRIES,
    Placeholder("venue", "dia_diem", _("where it takes place"), "Trung tâm Hội nghị tỉnh Ví Dụ"),
    DATES,
    YEAR,
    Placeholder("lead_office", "co_quan_chu_tri", _("who leads it"), "Sở Ngoại vụ"),
    Placeholder(
        "summary",
        "thong_tin",
        _("what the record says of itself, field by field"),
        blank=[{}],
        sample=[{}],
        entries=(
            Placeholder("label", "ten", _("name of the field"), "Lĩnh vực"),
            Placeholder("value", "noi_dung", _("what stands in it"), "Thương mại biên giới"),
        ),
    ),
    Placeholder(
        "tables",
        "bang",
        _("tables of the record's lines"),
        blank=[],
        sample=[{}],
        entries=(
            Placeholder("caption", "ten_bang", _("name of the table"), "Các bên ký"),
            _many("heads", "cot", _("heads of the columns"), "Tên", "Chức vụ"),
            Placeholder(
                "rows",
                "dong",
                _("rows of the table"),
                blank=[],
                sample=[{}],
                entries=(_many("cells", "o", _("cells of a row"), "Nguyễn Văn Mẫu", "Giám đốc"),),
            ),
        ),
    ),
    Placeholder(
        "commitments",
        "cam_ket",
        _("promises and obligations"),
        blank=[],
        sample=[{}],
        entries=(
            Placeholder("text", "noi_dung", _("what was promised"), "Gửi danh sách đoàn"),
            Placeholder("side", "ben", _("whose turn it is"), "phía ta", ""),
            Placeholder("office", "don_vi", _("who leads"), "Sở Ngoại vụ", ""),
            Placeholder("due", "thoi_han", _("until when"), "30/6/2026", ""),
            Placeholder("status", "tinh_trang", _("how it stands"), "đang thực hiện", ""),
        ),
    ),
    _paragraphs("contents", "noi_dung", _("what it is about, a paragraph each"), "Trao đổi hợp tác."),
    _paragraphs("results", "ket_qua", _("what came of it, a paragraph each"), "Hai bên thống nhất."),
    _paragraphs(
        "proposals", "kien_nghi", _("what is proposed, a paragraph each"), "Giao Sở Ngoại vụ theo dõi."
    ),
)
OPINIONS = Placeholder(
    "opinion_letters",
    "cong_van",
    _("letters that ask for opinions: one to all bodies, or one to each"),
    blank=[{}],
    sample=[{}],
    entries=(
        Placeholder(
            "addressees",
            "kinh_gui",
            _("bodies asked"),
            sample=["Công an tỉnh", "Sở Tài chính"],
            blank=[BLANK],
        ),
        Placeholder(
            "questions", "noi_dung_hoi", _("what is asked"), sample=["Dự thảo thỏa thuận"], blank=[BLANK]
        ),
        Placeholder("due", "han_tra_loi", _("by which day to answer"), "20/3/2026"),
    ),
)
MEETING = (
    Placeholder("chair", "chu_tri", _("who presides"), "Nguyễn Văn Mẫu, Giám đốc Sở Ngoại vụ"),
    Placeholder("secretary", "thu_ky", _("who keeps the minutes"), "Trần Thị Thử"),
    _paragraphs("participants", "thanh_phan", _("who takes part, a line each"), "Đại diện Công an tỉnh"),
)
AGENDA = Placeholder(
    "agenda",
    "chuong_trinh",
    _("programme by the hour"),
    # A table to be filled by hand where nothing is planned yet.
    blank=[{}] * 8,
    sample=[{}],
    entries=(
        Placeholder("day", "ngay", _("day"), "12/3/2026", ""),
        Placeholder("hour", "gio", _("hours"), "08:00–09:00", ""),
        Placeholder("what", "noi_dung", _("what is done"), "Đón đoàn tại cửa khẩu", ""),
        Placeholder("place", "dia_diem", _("where"), "Cửa khẩu", ""),
        Placeholder("who", "phu_trach", _("who takes part or sees to it"), "Sở Ngoại vụ", ""),
    ),
)

LETTERS = Placeholder(
    "letters",
    "thu",
    _("letters of greeting, one for each addressee"),
    # A form to be filled by hand where nobody is addressed yet.
    blank=[{}],
    sample=[{}],
    entries=(
        _optional("parent", "co_quan_cap_tren", _("line above the issuer"), ""),
        Placeholder("issuer", "co_quan_ban_hanh", _("issuer, in capitals"), "CHỦ TỊCH\nTỈNH VÍ DỤ"),
        Placeholder(
            "number",
            "so",
            _("number and symbol; room for them while they are not known"),
            "12/TCM",
            NUMBER_ROOM,
        ),
        Placeholder("place_date", "dia_danh_ngay", _("place and date"), "Ví Dụ, ngày 28 tháng 9 năm 2026"),
        _many(
            "addressees",
            "kinh_gui",
            _("to whom it is sent, a line each"),
            "Ông Trương Ví Dụ (张示例)",
            "Châu trưởng",
        ),
        _many(
            "body",
            "noi_dung",
            _("what it says, a paragraph each"),
            "Nhân dịp Quốc khánh, tôi xin gửi lời chúc mừng.",
        ),
        _many("translation", "ban_dich", _("the translation, a paragraph each"), "值此国庆之际，谨致祝贺。"),
        _many("signer_lines", "quyen_han_chuc_vu", _("authority and title of the signer"), "CHỦ TỊCH"),
        Placeholder("signer", "nguoi_ky", _("name of the signer"), "Nguyễn Văn Mẫu", ""),
    ),
)

OF_TEMPLATE: Mapping[TemplateCode, tuple[Placeholder, ...]] = {
    TemplateCode.OUTBOUND_SUBMISSION: (*LETTERHEAD, *TRIP, MEMBERS),
    TemplateCode.OUTBOUND_DECISION: (*LETTERHEAD, *TRIP, MEMBERS),
    TemplateCode.INDIVIDUAL_DECISION: (*LETTERHEAD, *TRIP, *PERSON),
    TemplateCode.INBOUND_SUBMISSION: (*LETTERHEAD, *TRIP, *GUEST, MEMBERS),
    TemplateCode.INBOUND_DECISION: (*LETTERHEAD, *TRIP, *GUEST, MEMBERS),
    TemplateCode.MEMBER_LIST: (*LETTERHEAD, *TRIP, MEMBERS, ATTACHED),
    TemplateCode.GUEST_LIST: (*LETTERHEAD, *TRIP, *GUEST, MEMBERS, ATTACHED),
    TemplateCode.GREETING_LETTERS: (LETTERS,),
    TemplateCode.RECORD_SUBMISSION: (*LETTERHEAD, *CASE),
    TemplateCode.RECORD_DECISION: (*LETTERHEAD, *CASE, *DECIDING),
    TemplateCode.OPINION_LETTER: (*LETTERHEAD, *CASE, OPINIONS),
    TemplateCode.INVITATION: (*LETTERHEAD, *CASE, *MEETING, AGENDA),
    TemplateCode.NOTE_DRAFT: (*LETTERHEAD, *CASE),
    TemplateCode.PROGRAMME: (*LETTERHEAD, *CASE, *MEETING, AGENDA),
    TemplateCode.MINUTES: (*LETTERHEAD, *CASE, *MEETING, AGENDA),
    TemplateCode.RESULT_REPORT: (*LETTERHEAD, *CASE, *MEETING),
    TemplateCode.TRIP_REPORT: _joined(*LETTERHEAD, *TRIP, *CASE, *GUEST, MEMBERS),
}


def complete(code: TemplateCode, context: Mapping[str, object]) -> dict[str, Any]:
    """All names that the template may ask for, in both languages, with what stands where nothing is given.

    Raises ValueError for a name that the paper does not have: a slip of ours, not of an officer.
    """
    return _completed(OF_TEMPLATE[code], context)


def sample(code: TemplateCode) -> dict[str, Any]:
    """Content that looks like a real paper, to try a template with. Fictional people."""
    return complete(code, {placeholder.name: _sample(placeholder) for placeholder in OF_TEMPLATE[code]})


def place_date(place: str, day: dt.date | None, year: int) -> str:
    """Place and date for the head of a paper; room for day and month while the day is not known."""
    if day is None:
        return f"{place}, ngày {NUMBER_ROOM}tháng {NUMBER_ROOM}năm {year}"
    return f"{place}, {long_date(day)}"


def _sample(placeholder: Placeholder) -> Any:
    if placeholder.entries:
        return [{entry.name: _sample(entry) for entry in placeholder.entries}] * 2
    return placeholder.sample


def _completed(placeholders: Sequence[Placeholder], given: Mapping[str, object]) -> dict[str, Any]:
    unknown = given.keys() - {placeholder.name for placeholder in placeholders}
    if unknown:
        raise ValueError(f"no such placeholder: {', '.join(sorted(unknown))}")
    found: dict[str, Any] = {}
    for placeholder in placeholders:
        value = given.get(placeholder.name)
        if value is None or value in ("", []):
            value = placeholder.blank
        if placeholder.entries:
            value = [_completed(placeholder.entries, line) for line in value]  # type: ignore[attr-defined]
        found[placeholder.name] = found[placeholder.vi] = value
    return found
