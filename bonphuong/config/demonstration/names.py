"""Members of delegations: invented people whose names say so, the same at every load."""

from __future__ import annotations

import datetime as dt
import zlib
from typing import TYPE_CHECKING

from bonphuong.families.delegations.enums import Gender, MemberRole
from bonphuong.families.delegations.schema import MemberDraft

if TYPE_CHECKING:
    from collections.abc import Sequence

SURNAMES = (
    "Lò", "Vàng", "Giàng", "Tẩn", "Lý", "Phàn", "Chẻo", "Nguyễn", "Trần", "Phạm", "Đỗ", "Bùi", "Sùng", "Thào", "Pờ",
    "Chang", "Khoàng", "Tao", "Quàng", "Cà", "Lù", "Hoàng", "Đặng",
)  # fmt: skip
MIDDLES = (
    ("Văn", Gender.MALE),
    ("Thị", Gender.FEMALE),
    ("A", Gender.MALE),
    ("Thu", Gender.FEMALE),
    ("Đức", Gender.MALE),
)
GIVEN = ("Mẫu", "Thử", "Ví Dụ", "Minh Họa", "Giả Định")
CHINESE = (
    ("Trương", "张"), ("Lưu", "刘"), ("Trần", "陈"), ("Dương", "杨"), ("Triệu", "赵"), ("Hoàng", "黄"), ("Chu", "周"),
    ("Ngô", "吴"), ("Từ", "徐"), ("Tôn", "孙"), ("Mã", "马"), ("Hà", "何"), ("Quách", "郭"),
)  # fmt: skip
CHINESE_GIVEN = (("Thị Lệ", "示例"), ("Dạng Lệ", "样例"))
LAO = ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười")
LAO_NATIVE = ("ໜຶ່ງ", "ສອງ", "ສາມ", "ສີ່", "ຫ້າ", "ຫົກ", "ເຈັດ", "ແປດ", "ເກົ້າ", "ສິບ")
ELSEWHERE = {
    "JP": (
        ("Sato Ví Dụ", "佐藤 見本"),
        ("Suzuki Ví Dụ", "鈴木 見本"),
        ("Ito Ví Dụ", "伊藤 見本"),
        ("Mori Ví Dụ", "森 見本"),
    ),
    "KR": (
        ("Park Ví Dụ", "박예시"),
        ("Lee Ví Dụ", "이예시"),
        ("Choi Ví Dụ", "최예시"),
        ("Jung Ví Dụ", "정예시"),
    ),
}
OTHERS = (("Anna Example", ""), ("David Example", ""), ("Helen Example", ""), ("Mark Example", ""))
POSTS = ("Trưởng phòng", "Phó Trưởng phòng", "Chuyên viên", "Chuyên viên", "Chuyên viên chính", "Phiên dịch")
GUEST_POSTS = ("Trưởng phòng", "Phó Trưởng phòng", "Chuyên viên", "Phiên dịch", "Chuyên viên")


def members(
    key: str, count: int, *, country: str, head: tuple[str, str], unit: str, withdrew: int = 0
) -> tuple[MemberDraft, ...]:
    """`count` members, the head first; the last `withdrew` of them were allowed and did not go.

    `country` is whose people they are; names follow from `key` alone.
    """
    seed = zlib.crc32(key.encode())
    listed = [_member(seed, 0, country=country, name=(head[0], ""), post=head[1], unit=unit)]
    listed += [
        _member(seed, order, country=country, name=_name(seed, order, country), post="", unit=unit)
        for order in range(1, count)
    ]
    return tuple(
        MemberDraft(**{**vars(one), "withdrew": order >= count - withdrew})
        for order, one in enumerate(listed)
    )


def _member(
    seed: int, order: int, *, country: str, name: tuple[str, str], post: str, unit: str
) -> MemberDraft:
    posts = POSTS if country == "VN" else GUEST_POSTS
    own = post or posts[(seed + order) % len(posts)]
    role = MemberRole.HEAD if order == 0 else MemberRole.MEMBER
    if own == "Phiên dịch":
        role = MemberRole.INTERPRETER
    return MemberDraft(
        full_name=name[0],
        name_native=name[1],
        gender=_gender(name[0]),
        post_then=own,
        unit_then=unit,
        role=role,
        nationality=country,
        # No state gives out numbers that begin so.
        passport_no=f"MH{(seed + order * 7919) % 10_000_000:07}",
        birth_date=(dt.date(1966, 1, 1) + dt.timedelta(days=(seed // 7 + order * 977) % 12_000)).isoformat(),
    )


def _gender(name: str) -> str:
    return next((gender for middle, gender in MIDDLES if f" {middle} " in f" {name} "), "")


def _name(seed: int, order: int, country: str) -> tuple[str, str]:
    step = seed + order * 31
    if country == "VN":
        middle = MIDDLES[step % len(MIDDLES)][0]
        given = _pick(GIVEN, step // 3)
        return f"{_pick(SURNAMES, step // 5 + order)} {middle} {given}", ""
    if country == "CN":
        (surname, sign), (given, signs) = CHINESE[(step // 2) % len(CHINESE)], CHINESE_GIVEN[step % 2]
        return f"{surname} {given}", f"{sign}{signs}"
    if country in {"LA", "TH"}:
        number = (seed + order) % len(LAO)
        return f"Tua-yang {LAO[number]}", f"ຕົວຢ່າງ {LAO_NATIVE[number]}" if country == "LA" else ""
    pairs: Sequence[tuple[str, str]] = ELSEWHERE.get(country, OTHERS)
    return pairs[(seed + order) % len(pairs)]


def _pick(names: Sequence[str], number: int) -> str:
    return names[number % len(names)]
