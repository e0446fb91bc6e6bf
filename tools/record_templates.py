"""The general papers of any record: submission, decision, letters, programme, minutes, reports."""

from __future__ import annotations

from bonphuong.kernel.word import Letterhead, Signature, TableColumn, TableRow
from tools.word_drafts import MEMBER_COLUMNS, Draft

TO = "{{ kinh_gui|join(', ') }}"
PARTNER = "{{ doi_tac|default('……………', true) }}"
WHEN_WHERE = ("Thời gian: {{ thoi_gian }}.", "Địa điểm: {{ dia_diem }}.")
AGENDA = (("Ngày", "ngay", 29.0), ("Giờ", "gio", 24.0), ("Nội dung", "noi_dung", 58.0),
          ("Địa điểm", "dia_diem", 30.0), ("Thành phần, phụ trách", "phu_trach", 34.0))  # fmt: skip


def record_submission() -> Draft:
    """Tờ trình của hồ sơ bất kỳ."""
    draft = Draft("Tờ trình")
    draft.head("TTr-")
    draft.title("TỜ TRÌNH", "Về việc {{ ve_viec }}")
    draft.addressees([TO])
    draft.bases()
    draft.paragraph(
        f"{{{{ ten_co_quan }}}} kính trình {TO} xem xét, quyết định việc {{{{ ve_viec }}}} như sau:"
    )
    draft.heading("I. THÔNG TIN CHUNG")
    draft.summary()
    draft.listed("II. NỘI DUNG TRÌNH", "noi_dung")
    draft.listed("III. ĐỀ XUẤT, KIẾN NGHỊ", "kien_nghi")
    draft.paragraph(f"{{{{ ten_co_quan }}}} kính trình {TO} xem xét, quyết định./.", keep_with_next=True)
    draft.signed()
    draft.tables()
    return draft


def record_decision() -> Draft:
    """Quyết định của hồ sơ bất kỳ."""
    draft = Draft("Quyết định")
    draft.head("QĐ-")
    draft.title("QUYẾT ĐỊNH", "Về việc {{ ve_viec }}")
    draft.decided_by()
    draft.article(1, "Đồng ý việc {{ ve_viec }} với các nội dung chính sau:")
    draft.summary("{{ loop.index }}. ")
    draft.article(
        2,
        "Giao {{ co_quan_chu_tri }} chủ trì, phối hợp với các cơ quan, đơn vị liên quan tổ chức thực hiện theo đúng quy định của pháp luật; báo cáo kết quả theo quy định.",
    )
    draft.article(
        3,
        "{{ noi_thi_hanh|join('; ') }}{% if noi_thi_hanh %}; {% endif %}thủ trưởng các cơ quan, đơn vị, tổ chức và cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này./.",
    )
    draft.signed()
    draft.tables()
    return draft


def opinion_letter() -> Draft:
    """Công văn xin ý kiến: một bản gửi mọi nơi được hỏi, hoặc mỗi nơi một bản."""
    draft = Draft("Công văn xin ý kiến")
    draft.paragraph("{%p for v in cong_van %}")
    draft.head("", about="V/v xin ý kiến về việc {{ ve_viec }}")
    draft.paragraph("{%p if v.kinh_gui|length == 1 %}")
    draft.addressees(["{{ v.kinh_gui|first }}"])
    draft.paragraph("{%p else %}")
    draft.centred("Kính gửi:", keep_with_next=True)
    draft.paragraph("{%p for k in v.kinh_gui %}")
    draft.inset("- {{ k }}{% if loop.last %}.{% else %};{% endif %}")
    draft.paragraph("{%p endfor %}")
    draft.paragraph("{%p endif %}")
    draft.paragraph(
        "{{ ten_co_quan }} đang tham mưu việc {{ ve_viec }}. Để có cơ sở trình cấp có thẩm quyền xem xét, quyết định, {{ ten_co_quan }} đề nghị quý cơ quan nghiên cứu, cho ý kiến về các nội dung sau:"
    )
    draft.repeat("n in v.noi_dung_hoi", "{{ loop.index }}. {{ n }}")
    draft.paragraph("Thông tin chính của hồ sơ:")
    draft.summary("- ")
    draft.paragraph(
        "Ý kiến của quý cơ quan đề nghị gửi bằng văn bản về {{ ten_co_quan }} chậm nhất ngày {{ v.han_tra_loi }} để tổng hợp."
    )
    draft.paragraph("Rất mong nhận được sự quan tâm, phối hợp của quý cơ quan./.", keep_with_next=True)
    draft.signed()
    draft.next_copy()
    draft.paragraph("{%p endfor %}")
    draft.tables()
    return draft


def invitation() -> Draft:
    """Giấy mời."""
    draft = Draft("Giấy mời")
    draft.head("GM-")
    draft.title("GIẤY MỜI", "{{ ten_viec }}")
    draft.paragraph("{{ ten_co_quan }} trân trọng kính mời:", keep_with_next=True)
    draft.repeat("k in kinh_gui", "- {{ k }}{% if loop.last %}.{% else %};{% endif %}")
    draft.paragraph("Tới dự: {{ ten_viec }}.")
    draft.repeat("n in noi_dung", "Nội dung: {{ n }}")
    draft.paragraph("Chủ trì: {{ chu_tri }}.")
    for line in WHEN_WHERE:
        draft.paragraph(line)
    draft.paragraph(
        "{{ ten_co_quan }} rất mong được đón tiếp. Đề nghị phản hồi việc tham dự trước khi diễn ra để thuận lợi cho công tác chuẩn bị./.",
        keep_with_next=True,
    )
    draft.signed()
    return draft


def note_draft() -> Draft:
    """Dự thảo công hàm: viết ở ngôi thứ ba, không có người ký tên, nơi nhận ở cuối."""
    draft = Draft("Dự thảo công hàm", mark="DỰ THẢO")
    draft.letterhead(
        Letterhead(
            parent="{{ co_quan_cap_tren }}",
            issuer="{{ co_quan_ban_hanh }}",
            number="Số: {{ so }}/CH-{{ ky_hieu }}",
            place_date="{{ dia_danh_ngay }}",
        )
    )
    draft.centred("CÔNG HÀM", bold=True)
    draft.paragraph(
        f"{{{{ ten_co_quan }}}} trân trọng gửi lời chào tới {PARTNER} và hân hạnh thông báo về việc {{{{ ve_viec }}}} như sau:"
    )
    draft.summary("- ")
    draft.repeat("n in noi_dung", "{{ n }}")
    draft.paragraph(f"{{{{ ten_co_quan }}}} mong nhận được ý kiến phản hồi của {PARTNER}.")
    draft.paragraph(
        f"Nhân dịp này, {{{{ ten_co_quan }}}} xin gửi tới {PARTNER} lời chào trân trọng./.",
        keep_with_next=True,
    )
    draft.signature(Signature(["{{ co_quan_ban_hanh }}"], ""))
    draft.flush(f"Kính gửi: {PARTNER}")
    return draft


def programme() -> Draft:
    """Chương trình theo ngày, giờ."""
    draft = Draft("Chương trình")
    draft.head("CTr-")
    draft.title("CHƯƠNG TRÌNH", "{{ ten_viec }}")
    for line in (*WHEN_WHERE, "Cơ quan chủ trì: {{ co_quan_chu_tri }}."):
        draft.paragraph(line)
    heads = [TableColumn(label, width) for label, _name, width in AGENDA]
    cells = [f"{{{{ c.{name} }}}}" for _label, name, _width in AGENDA]
    draft.table(
        heads,
        [TableRow(["{%tr for c in chuong_trinh %}"]), TableRow(cells), TableRow(["{%tr endfor %}"])],
    )
    draft.signed()
    return draft


def minutes() -> Draft:
    """Biên bản, hai bên cùng ký nơi có đối tác."""
    draft = Draft("Biên bản")
    draft.head("BB-")
    draft.title("BIÊN BẢN", "{{ ten_viec }}")
    for line in WHEN_WHERE:
        draft.paragraph(line)
    draft.listed("I. THÀNH PHẦN", "thanh_phan", "- {{ x }}")
    draft.paragraph("Chủ trì: {{ chu_tri }}.")
    draft.paragraph("Thư ký: {{ thu_ky }}.")
    draft.listed("II. NỘI DUNG", "noi_dung")
    draft.listed("III. KẾT QUẢ", "ket_qua")
    draft.heading("IV. CAM KẾT")
    draft.promises("……………")
    draft.paragraph(
        "Biên bản kết thúc vào hồi …… giờ …… phút, ngày ……/……/………, đã được đọc lại và các bên thống nhất; lập thành …… bản có giá trị như nhau, mỗi bên giữ …… bản./.",
        keep_with_next=True,
    )
    draft.paragraph("{%p if doi_tac %}")
    draft.both_sign(
        ("ĐẠI DIỆN\n{{ ten_co_quan|upper }}", "{{ nguoi_ky }}"), ("ĐẠI DIỆN\n{{ doi_tac|upper }}", "")
    )
    draft.paragraph("{%p else %}")
    draft.both_sign(("THƯ KÝ", ""), ("CHỦ TRÌ", "{{ nguoi_ky }}"))
    draft.paragraph("{%p endif %}")
    return draft


def result_report() -> Draft:
    """Báo cáo kết quả của hồ sơ bất kỳ."""
    draft = Draft("Báo cáo kết quả")
    draft.head("BC-")
    draft.title("BÁO CÁO", "Kết quả {{ ve_viec }}")
    draft.addressees([TO])
    draft.paragraph("{{ ten_co_quan }} báo cáo kết quả {{ ve_viec }} như sau:")
    draft.heading("I. THÔNG TIN CHUNG")
    draft.summary()
    _results(draft)
    draft.signed()
    draft.tables()
    return draft


def trip_report() -> Draft:
    """Báo cáo kết quả chuyến đi, chuyến thăm."""
    draft = Draft("Báo cáo kết quả chuyến công tác")
    draft.head("BC-")
    draft.title("BÁO CÁO", "Kết quả {{ ve_viec }}")
    draft.addressees([TO])
    draft.paragraph("{{ ten_co_quan }} báo cáo kết quả {{ ve_viec }} như sau:")
    draft.heading("I. THÔNG TIN CHUNG")
    for line in (
        "1. Trưởng đoàn: {{ truong_doan }}, {{ chuc_vu_truong_doan }}.",
        "2. Số lượng: {{ so_nguoi }} người{% if thanh_vien %} (có danh sách kèm theo){% endif %}.",
        "3. Nơi đến: {{ noi_den }}.",
        "4. Thời gian: {{ thoi_gian }} ({{ so_ngay }} ngày).",
        "5. Mục đích, nội dung làm việc: {{ muc_dich }}.",
        "6. Đối tác: {{ co_quan_moi }}.",
        "7. Kinh phí: {{ nguon_kinh_phi }}{% if du_toan %}; dự toán {{ du_toan }}{% endif %}.",
    ):
        draft.paragraph(line)
    _results(draft)
    draft.signed()
    draft.paragraph("{%p if thanh_vien %}")
    draft.sheet("DANH SÁCH", "{{ ten_doan|sentence_case }}")
    draft.people(MEMBER_COLUMNS)
    draft.paragraph("{%p endif %}")
    return draft


def _results(draft: Draft) -> None:
    draft.listed("II. KẾT QUẢ", "ket_qua")
    draft.heading("III. CAM KẾT, VIỆC CẦN THEO DÕI")
    draft.promises("Chưa ghi nhận cam kết nào trong hồ sơ.")
    draft.heading("IV. ĐÁNH GIÁ")
    draft.paragraph("1. Kết quả đạt được: ……………")
    draft.paragraph("2. Khó khăn, vướng mắc: ……………")
    draft.listed("V. ĐỀ XUẤT, KIẾN NGHỊ", "kien_nghi")
    draft.paragraph("{{ ten_co_quan }} trân trọng báo cáo./.", keep_with_next=True)


BUILDERS = {
    "record_submission": record_submission,
    "record_decision": record_decision,
    "opinion_letter": opinion_letter,
    "invitation": invitation,
    "note_draft": note_draft,
    "programme": programme,
    "minutes": minutes,
    "result_report": result_report,
    "trip_report": trip_report,
}
