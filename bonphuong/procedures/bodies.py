"""What sort of body a name stands for: how long it has for an opinion may depend on it."""

from __future__ import annotations

from bonphuong.kernel.text import fold
from bonphuong.procedures.enums import BodyKind

# The more telling word first: the Party committee of a department is a Party committee.
_WORDS = (
    (("tinh uy", "thanh uy", "dang uy", "cap uy", "ban to chuc", "ban tuyen giao", "party"), BodyKind.PARTY),
    (("bien phong", "border guard"), BodyKind.BORDER_GUARD),
    (("cong an", "police"), BodyKind.POLICE),
    (("quan su", "military"), BodyKind.MILITARY),
    (("ngoai vu", "ngoai giao", "foreign affairs"), BodyKind.FOREIGN_AFFAIRS),
    (("lien hiep", "hoi", "mat tran", "union", "association"), BodyKind.UNION),
    (("so", "thanh tra", "department"), BodyKind.DEPARTMENT),
    (("bo", "ministry", "ban quan ly trung uong"), BodyKind.MINISTRY),
    (("xa", "phuong", "dac khu", "commune", "ward"), BodyKind.LOCAL),
)


def kind_of_body(name: str) -> BodyKind:
    """The kind of body that a name tells, marks and case put aside; `OTHER` for one that tells none.

    Ministries of foreign affairs count as foreign affairs agencies: what is asked of them is.
    """
    words = f" {fold(name)} "
    for told, kind in _WORDS:
        if any(f" {word} " in words for word in told):
            return kind
    return BodyKind.OTHER
