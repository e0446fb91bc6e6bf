"""The Word templates that the product ships, written from here so that a change can be read.

`bin/word-templates` writes them, and the tables of placeholders in the manual. The texts are ours and general
enough for any province; every office may put its own in their place. Legal bases are not written here: they
are dated data and come with the paper.
"""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.utils import translation

from bonphuong.kernel.word import Letterhead, Signature
from tools.record_templates import BUILDERS as RECORD_BUILDERS
from tools.word_drafts import MEMBER_COLUMNS, Draft

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bonphuong.papers.placeholders import Placeholder

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "bonphuong" / "papers" / "data" / "templates"
PAGES = {lang: ROOT / "docs" / "user" / lang / "templates.md" for lang in ("vi", "en")}
BEGIN = "<!-- from the code: bin/word-templates writes what stands between these marks -->"
END = "<!-- end -->"
HEADS = {
    "vi": "| trong mẫu | tên tiếng Anh | nội dung |\n| --- | --- | --- |",
    "en": "| in the template | English name | content |\n| --- | --- | --- |",
}
A_LIST = {"vi": "danh sách: lặp từng dòng", "en": "a list: repeat over it"}


GUEST_COLUMNS = (
    ("Họ và tên", "ho_ten", 50.0),
    ("Giới tính", "gioi_tinh", 18.0),
    ("Ngày sinh", "ngay_sinh", 26.0),
    ("Quốc tịch", "quoc_tich", 28.0),
    ("Số hộ chiếu", "ho_chieu", 30.0),
    ("Chức vụ", "chuc_vu", 45.0),
    ("Đơn vị", "don_vi", 45.0),
)
INVITED = "{{ co_quan_moi }}{% if giay_moi %} ({{ giay_moi }}){% endif %}"
ATTACHED = "Kèm theo {{ kem_theo }}"
FUNDED = "{{ nguon_kinh_phi }}{% if du_toan %}; dự toán {{ du_toan }}{% endif %}"
EXECUTORS = "{{ noi_thi_hanh|join('; ') }}{% if noi_thi_hanh %}; {% endif %}"


def outbound_submission() -> Draft:
    """Tờ trình cử đoàn ra."""
    draft = Draft("Tờ trình cử đoàn đi công tác nước ngoài")
    draft.head("TTr-")
    draft.title("TỜ TRÌNH", "Về việc cử {{ ten_doan }} đi công tác tại {{ nuoc }}")
    draft.addressees(["{{ kinh_gui|join(', ') }}"])
    draft.bases()
    draft.paragraph(
        "{{ ten_co_quan }} kính trình {{ kinh_gui|join(', ') }} xem xét, quyết định cử {{ ten_doan }} đi công tác nước ngoài với các nội dung sau:"
    )
    for line in (
        "1. Mục đích, nội dung làm việc: {{ muc_dich }}.",
        "2. Trưởng đoàn: {{ truong_doan }}, {{ chuc_vu_truong_doan }}.",
        "3. Số lượng: {{ so_nguoi }} người (có danh sách kèm theo).",
        "4. Nơi đến: {{ noi_den }}.",
        "5. Thời gian: {{ thoi_gian }} ({{ so_ngay }} ngày).",
        f"6. Cơ quan, tổ chức mời: {INVITED}.",
        f"7. Kinh phí: {FUNDED}.",
        "8. Chuyến đi {{ ke_hoach }} chương trình hoạt động đối ngoại năm {{ nam }} của tỉnh.",
    ):
        draft.paragraph(line)
    draft.paragraph(
        "{{ ten_co_quan }} kính trình {{ kinh_gui|join(', ') }} xem xét, quyết định./.", keep_with_next=True
    )
    draft.signed()
    draft.annex(
        "Danh sách {{ ten_doan }}",
        reference="Kèm theo Tờ trình số {{ so }}/TTr-{{ ky_hieu }} của {{ ten_co_quan }}",
        labelled=False,
    )
    draft.people(MEMBER_COLUMNS)
    return draft


def outbound_decision() -> Draft:
    """Quyết định cử đoàn ra."""
    draft = Draft("Quyết định cử đoàn đi công tác nước ngoài")
    draft.head("QĐ-")
    draft.title("QUYẾT ĐỊNH", "Về việc cử {{ ten_doan }} đi công tác tại {{ nuoc }}")
    draft.decided_by()
    draft.article(
        1,
        "Cử {{ ten_doan }} gồm {{ so_nguoi }} người, do {{ truong_doan }}, {{ chuc_vu_truong_doan }} làm Trưởng đoàn (có danh sách kèm theo), đi công tác tại {{ noi_den }}.",
    )
    draft.paragraph("- Mục đích: {{ muc_dich }}.")
    draft.paragraph("- Thời gian: {{ thoi_gian }} ({{ so_ngay }} ngày).")
    draft.paragraph(f"- Cơ quan, tổ chức mời: {INVITED}.")
    draft.paragraph(f"- Kinh phí: {FUNDED}.")
    draft.article(
        2,
        "Trưởng đoàn và các thành viên thực hiện đúng mục đích, chương trình, thời gian và các quy định về quản lý đoàn ra{% if han_bao_cao %}; báo cáo kết quả chuyến đi bằng văn bản trong thời hạn {{ han_bao_cao }} kể từ ngày kết thúc chuyến đi{% endif %}.",
    )
    draft.article(
        3,
        f"{EXECUTORS}Thủ trưởng các cơ quan, đơn vị liên quan và các thành viên có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
    )
    draft.signed()
    draft.annex(
        "Danh sách {{ ten_doan }}",
        reference="Kèm theo Quyết định số {{ so }}/QĐ-{{ ky_hieu }} của {{ nguoi_quyet_dinh }}",
        labelled=False,
    )
    draft.people(MEMBER_COLUMNS)
    return draft


def individual_decision() -> Draft:
    """Quyết định cho phép cá nhân đi nước ngoài."""
    draft = Draft("Quyết định cho phép cá nhân đi nước ngoài")
    draft.head("QĐ-")
    draft.title("QUYẾT ĐỊNH", "Về việc cho phép cá nhân {{ loai_chuyen_di }} nước ngoài")
    draft.decided_by()
    draft.article(
        1,
        "Cho phép {{ ho_ten }}, {{ chuc_vu }}, {{ don_vi }} {{ loai_chuyen_di }} tại {{ noi_den }}{% if don_vi_to_chuc %} trong đoàn do {{ don_vi_to_chuc }} tổ chức{% endif %}.",
    )
    draft.paragraph("- Mục đích: {{ muc_dich }}.")
    draft.paragraph("- Thời gian: {{ thoi_gian }} ({{ so_ngay }} ngày).")
    draft.paragraph(f"- Kinh phí: {FUNDED}.")
    draft.article(
        2,
        "{{ ho_ten }} thực hiện đúng mục đích, thời gian và các quy định khi ra nước ngoài{% if han_bao_cao %}; báo cáo kết quả bằng văn bản trong thời hạn {{ han_bao_cao }} kể từ ngày về nước{% endif %}.",
    )
    draft.article(
        3,
        f"{EXECUTORS}Thủ trưởng các cơ quan, đơn vị liên quan và cá nhân có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
    )
    draft.signed()
    return draft


def inbound_submission() -> Draft:
    """Tờ trình cho phép đón đoàn vào."""
    draft = Draft("Tờ trình cho phép đón đoàn khách nước ngoài")
    draft.head("TTr-")
    draft.title("TỜ TRÌNH", "Về việc cho phép đón {{ ten_doan }} đến thăm và làm việc")
    draft.addressees(["{{ kinh_gui|join(', ') }}"])
    draft.bases()
    draft.paragraph(
        "{{ ten_co_quan }} kính trình {{ kinh_gui|join(', ') }} xem xét, cho phép {{ co_quan_don }} đón đoàn khách nước ngoài với các nội dung sau:"
    )
    for line in (
        "1. Đoàn khách: {{ ten_doan }}, quốc tịch {{ quoc_tich }}.",
        "2. Trưởng đoàn: {{ truong_doan }}, {{ chuc_vu_truong_doan }}.",
        "3. Số lượng: {{ so_nguoi }} người (có danh sách kèm theo).",
        "4. Mục đích, nội dung làm việc: {{ muc_dich }}.",
        "5. Thời gian: {{ thoi_gian }} ({{ so_ngay }} ngày).",
        "6. Địa bàn đến: {{ noi_den }}.",
        "7. Cơ quan đón: {{ co_quan_don }}{% if co_quan_phoi_hop %}; cơ quan phối hợp: {{ co_quan_phoi_hop|join(', ') }}{% endif %}.",
        f"8. Kinh phí: {FUNDED}.",
    ):
        draft.paragraph(line)
    draft.paragraph(
        "{{ ten_co_quan }} kính trình {{ kinh_gui|join(', ') }} xem xét, quyết định./.", keep_with_next=True
    )
    draft.signed()
    draft.annex(
        "Danh sách {{ ten_doan }}",
        reference="Kèm theo Tờ trình số {{ so }}/TTr-{{ ky_hieu }} của {{ ten_co_quan }}",
        labelled=False,
        landscape=True,
    )
    draft.people(GUEST_COLUMNS)
    return draft


def inbound_decision() -> Draft:
    """Công văn cho phép đón đoàn vào."""
    draft = Draft("Công văn cho phép đón đoàn khách nước ngoài")
    draft.head("", about="V/v cho phép đón {{ ten_doan }}")
    draft.addressees(["{{ kinh_gui|join(', ') }}"])
    draft.paragraph(
        "Xét đề nghị của {{ co_quan_de_nghi }}{% if de_nghi %} tại {{ de_nghi }}{% endif %} về việc đón {{ ten_doan }}, {{ nguoi_quyet_dinh }} có ý kiến như sau:"
    )
    draft.paragraph(
        "1. Đồng ý cho phép {{ co_quan_don }} đón {{ ten_doan }}, quốc tịch {{ quoc_tich }}, gồm {{ so_nguoi }} người do {{ truong_doan }}, {{ chuc_vu_truong_doan }} làm Trưởng đoàn (có danh sách kèm theo)."
    )
    draft.paragraph("- Mục đích, nội dung: {{ muc_dich }}.")
    draft.paragraph("- Thời gian: {{ thoi_gian }} ({{ so_ngay }} ngày).")
    draft.paragraph("- Địa bàn đến: {{ noi_den }}.")
    draft.paragraph(
        "2. {{ co_quan_don }}{% if co_quan_phoi_hop %} phối hợp với {{ co_quan_phoi_hop|join(', ') }}{% endif %} tổ chức đón tiếp đúng chương trình, bảo đảm an ninh, an toàn và đúng quy định về lễ tân đối ngoại{% if han_bao_cao %}; báo cáo kết quả bằng văn bản trong thời hạn {{ han_bao_cao }} kể từ khi kết thúc chuyến thăm{% endif %}."
    )
    draft.paragraph(
        "{{ nguoi_quyet_dinh|sentence_case }} thông báo để các cơ quan, đơn vị biết, thực hiện./.",
        keep_with_next=True,
    )
    draft.signed()
    draft.annex(
        "Danh sách {{ ten_doan }}",
        reference="Kèm theo Công văn số {{ so }}/{{ ky_hieu }} của {{ nguoi_quyet_dinh }}",
        labelled=False,
        landscape=True,
    )
    draft.people(GUEST_COLUMNS)
    return draft


def member_list() -> Draft:
    """Danh sách thành viên đoàn ra."""
    draft = Draft("Danh sách thành viên đoàn ra")
    draft.annex("Danh sách {{ ten_doan }}", reference=ATTACHED, labelled=False)
    draft.people(MEMBER_COLUMNS)
    return draft


def guest_list() -> Draft:
    """Danh sách đoàn khách nước ngoài."""
    draft = Draft("Danh sách đoàn khách nước ngoài")
    draft.annex("Danh sách {{ ten_doan }}", reference=ATTACHED, labelled=False, landscape=True)
    draft.people(GUEST_COLUMNS)
    return draft


def greeting_letters() -> Draft:
    """Thư chúc mừng, mỗi người nhận một bản; bản dịch ở trang sau."""
    draft = Draft("Thư chúc mừng")
    draft.paragraph("{%p for t in thu %}")
    draft.letterhead(
        Letterhead(
            parent="{{ t.co_quan_cap_tren }}",
            issuer="{{ t.co_quan_ban_hanh }}",
            number="Số: {{ t.so }}",
            place_date="{{ t.dia_danh_ngay }}",
        )
    )
    draft.paragraph("{%p for d in t.kinh_gui %}")
    draft.centred("{% if loop.first %}Kính gửi: {% endif %}{{ d }}", bold=True, keep_with_next=True)
    draft.paragraph("{%p endfor %}")
    draft.repeat("d in t.noi_dung", "{{ d }}")
    signature = Signature(["{{ t.quyen_han_chuc_vu|join('\\n') }}"], "{{ t.nguoi_ky }}")
    draft.signature(signature)
    draft.paragraph("{%p if t.ban_dich %}")
    draft.page_break()
    draft.repeat("d in t.ban_dich", "{{ d }}")
    draft.signature(signature)
    draft.paragraph("{%p endif %}")
    draft.paragraph("{%p if not loop.last %}")
    draft.page_break()
    draft.paragraph("{%p endif %}")
    draft.paragraph("{%p endfor %}")
    return draft


BUILDERS = {
    "outbound_submission": outbound_submission,
    "outbound_decision": outbound_decision,
    "individual_decision": individual_decision,
    "inbound_submission": inbound_submission,
    "inbound_decision": inbound_decision,
    "member_list": member_list,
    "guest_list": guest_list,
    "greeting_letters": greeting_letters,
    **RECORD_BUILDERS,
}


def outdated() -> list[str]:
    """Shipped templates that are not what this file says. Their parts are compared, not how they are packed."""
    return [code for code, builder in BUILDERS.items() if _parts_of(_path(code)) != _parts(builder().save())]


def _path(code: str) -> Path:
    return TARGET / f"{code}.docx"


def _parts_of(path: Path) -> dict[str, bytes]:
    return _parts(path.read_bytes()) if path.exists() else {}


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_templates() -> Iterator[Path]:
    """Write what is outdated."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for code in outdated():
        _path(code).write_bytes(BUILDERS[code]().save())
        yield _path(code)


# --- the manual ------------------------------------------------------------------------------------------


def placeholders_text(lang: str) -> str:
    """The tables of placeholders of every template, in "vi" or "en"."""
    from bonphuong.papers import placeholders as known  # noqa: PLC0415 - Django must be set up first
    from bonphuong.papers.enums import TemplateCode  # noqa: PLC0415

    with translation.override(lang):
        parts = [
            _table(lang, known.LETTERHEAD, {"vi": "Mọi văn bản", "en": "Every paper"}[lang]),
            _table(
                lang,
                _without(known.TRIP, known.DECIDING),
                {"vi": "Chuyến đi, chuyến thăm", "en": "The trip or visit"}[lang],
            ),
            _table(lang, known.PERSON, str(TemplateCode.INDIVIDUAL_DECISION.label)),
            _table(lang, known.GUEST, {"vi": "Đoàn khách nước ngoài", "en": "Foreign guests"}[lang]),
            _table(
                lang,
                (known.MEMBERS, known.ATTACHED),
                {"vi": "Danh sách thành viên", "en": "The list of members"}[lang],
            ),
            _table(
                lang,
                known.MEMBERS.entries,
                {"vi": "Trong mỗi dòng của danh sách thành viên", "en": "In each line of that list"}[lang],
            ),
            *_record_tables(lang),
            _table(lang, (known.LETTERS,), {"vi": "Thư chúc mừng", "en": "Letters of greeting"}[lang]),
            _table(
                lang,
                known.LETTERS.entries,
                {"vi": "Trong mỗi thư chúc mừng", "en": "In each letter of greeting"}[lang],
            ),
        ]
    return "\n\n".join([BEGIN, *parts, END])


def _without(placeholders: Sequence[Placeholder], others: Sequence[Placeholder]) -> list[Placeholder]:
    return [placeholder for placeholder in placeholders if placeholder not in others]


def _record_tables(lang: str) -> Iterator[str]:
    """What the general papers of any record may ask for, lists within lists too."""
    from bonphuong.papers import placeholders as known  # noqa: PLC0415 - Django must be set up first

    yield _table(lang, known.DECIDING, {"vi": "Quyết định", "en": "Decisions"}[lang])
    yield _table(lang, known.CASE, {"vi": "Hồ sơ bất kỳ", "en": "Any record"}[lang])
    yield _table(lang, (*known.MEETING, known.AGENDA), {"vi": "Cuộc họp", "en": "Meetings"}[lang])
    yield _table(lang, (known.OPINIONS,), {"vi": "Công văn xin ý kiến", "en": "Asking for opinions"}[lang])
    inside = {"vi": "Trong mỗi dòng của", "en": "In each line of"}[lang]
    waiting = [*known.CASE, known.AGENDA, known.OPINIONS]
    while waiting:
        one = waiting.pop(0)
        if one.entries:
            yield _table(lang, one.entries, f"{inside} `{one.vi}`")
            waiting[:0] = one.entries


def _table(lang: str, placeholders: Sequence[Placeholder], title: str) -> str:
    rows = []
    for placeholder in placeholders:
        what = f"{placeholder.label} ({A_LIST[lang]})" if placeholder.is_list else str(placeholder.label)
        rows.append(f"| `{placeholder.vi}` | `{placeholder.name}` | {what} |")
    return "\n".join([f"### {title}", "", HEADS[lang], *rows])


def outdated_pages() -> list[str]:
    """Languages whose page does not tell what templates may ask for now."""
    return [
        lang
        for lang, page in PAGES.items()
        if placeholders_text(lang) not in page.read_text(encoding="utf-8")
    ]


def write_pages() -> Iterator[Path]:
    """Bring the pages of both languages up to date."""
    for lang in outdated_pages():
        page = PAGES[lang]
        before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
        _, _, after = rest.partition(END)
        page.write_text(f"{before}{placeholders_text(lang)}{after}", encoding="utf-8")
        yield page


def main() -> int:
    """Write all; print what changed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    for path in [*write_templates(), *write_pages()]:
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
