"""The province's profile, as papers state it."""

from bonphuong.ledger.enums import Shape
from bonphuong.ledger.measures.base import STATED, define

ALL = (
    define(
        "partners.lao_provinces",
        ("Tỉnh Lào có quan hệ hữu nghị", "Lao provinces with friendly ties"),
        ("tỉnh", "provinces"),
        STATED,
        (
            "Số tỉnh của Lào có quan hệ hữu nghị, hợp tác.",
            "Provinces of Laos with friendship and cooperation ties.",
        ),
        shape=Shape.LEVEL,
    ),
    define(
        "economy.growth",
        ("Tăng trưởng kinh tế", "Economic growth"),
        ("%", "%"),
        STATED,
        (
            "Tốc độ tăng trưởng của tỉnh trong năm, do văn bản nêu.",
            "Growth of the province in the year, as papers state.",
        ),
        exponent=2,
    ),
    define(
        "economy.growth_plan",
        ("Tăng trưởng theo kế hoạch", "Planned growth"),
        ("%", "%"),
        STATED,
        ("Chỉ tiêu tăng trưởng đề ra cho năm.", "The target of growth for the year."),
        exponent=2,
    ),
    define(
        "economy.growth_over_plan",
        ("Vượt kế hoạch tăng trưởng", "Growth over plan"),
        ("điểm %", "percentage points"),
        STATED,
        ("Chênh lệch giữa tăng trưởng đạt được và kế hoạch.", "Growth reached less growth planned."),
        exponent=2,
    ),
    define(
        "population.ethnic_groups",
        ("Dân tộc sinh sống", "Ethnic groups"),
        ("dân tộc", "ethnic groups"),
        STATED,
        ("Số dân tộc cùng sinh sống trên địa bàn.", "Ethnic groups who live in the province."),
        shape=Shape.TIMELESS,
    ),
)
