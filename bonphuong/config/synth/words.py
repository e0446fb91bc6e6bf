"""Words that made-up data is made of. Every name says that it is made up: Mẫu, Thử, Ví Dụ; 样例, 示例; Tua-yang."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Lò", "Giàng", "Tẩn", "Lý", "Vàng", "Sùng",
          "Quàng", "Cà", "Hà", "Nông", "Triệu", "Đinh")  # fmt: skip
MIDDLE = ("Văn", "Thị", "Đức", "Minh", "Thu", "Quốc", "Ngọc", "Hữu", "A", "Xuân")
GIVEN = ("Mẫu", "Thử", "Ví Dụ", "Minh Họa", "Giả Định")
CHINESE = ("王样例", "李样例", "张示例", "刘示例", "陈样例", "杨示例", "赵样例", "周示例")
LAO = ("ສົມສັກ ຕົວຢ່າງ", "ບຸນມີ ຕົວຢ່າງ", "ຄຳພອນ ຕົວຢ່າງ", "ວັນນາ ຕົວຢ່າງ")
LATIN = ("Somsak Tua-yang", "Bounmy Tua-yang", "Jane Example", "Taro Example", "Kim Example", "Hans Example")
POSTS = ("Giám đốc Sở", "Phó Giám đốc Sở", "Trưởng phòng", "Phó Trưởng phòng", "Chuyên viên", "Phó Chủ tịch UBND tỉnh",
         "Chủ tịch UBND tỉnh", "Chủ tịch UBND xã", "Đồn trưởng")  # fmt: skip
WORKS = ("Thăm và làm việc", "Trao đổi kinh nghiệm", "Hội đàm thường kỳ", "Dự hội nghị", "Xúc tiến thương mại",
         "Giao lưu hữu nghị", "Khảo sát hợp tác", "Tập huấn chuyên môn", "Chúc mừng ngày lễ", "Kiểm tra dự án")  # fmt: skip
SUBJECTS = ("nông nghiệp", "y tế", "giáo dục", "biên giới", "du lịch", "thương mại", "văn hóa", "giao thông",
            "môi trường", "lao động")  # fmt: skip
BODIES = (
    "Trung tâm Hữu nghị Ví Dụ",
    "Quỹ Minh Họa",
    "Hội Hữu nghị Giả Định",
    "Tổ chức Thử Nghiệm",
    "Công ty Mẫu",
)
RESULTS = ("Hai bên thống nhất tiếp tục hợp tác.", "Đã ký biên bản làm việc.", "Đã trao đổi kinh nghiệm chuyên môn.",
           "Đạt mục đích, yêu cầu đề ra.")  # fmt: skip
COUNTRIES = ("LA", "LA", "LA", "CN", "CN", "CN", "KR", "JP", "TH", "SG", "DE", "FR", "AU", "US", "MY", "KH")


def person(source: random.Random) -> str:
    """A name of ours."""
    return f"{source.choice(FAMILY)} {source.choice(MIDDLE)} {source.choice(GIVEN)}"


def guest(source: random.Random, country: str) -> tuple[str, str]:
    """A guest's name in Latin letters, and in their own script where it is another."""
    if country == "CN":
        return source.choice(LATIN), source.choice(CHINESE)
    if country == "LA":
        return source.choice(LATIN[:2]), source.choice(LAO)
    return source.choice(LATIN[2:]), ""
