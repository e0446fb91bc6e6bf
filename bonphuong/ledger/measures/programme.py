"""The province's profile, as papers state it, and the yearly programme."""

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
    define(
        "population.people",
        ("Dân số", "Population"),
        ("người", "people"),
        STATED,
        ("Dân số của tỉnh, do văn bản nêu.", "People who live in the province, as papers state."),
        shape=Shape.LEVEL,
    ),
    define(
        "territory.area",
        ("Diện tích tự nhiên", "Area"),
        ("km²", "km²"),
        STATED,
        ("Diện tích tự nhiên của tỉnh.", "Area of the province."),
        exponent=2,
        shape=Shape.TIMELESS,
    ),
    define(
        "territory.communes",
        ("Xã, phường", "Communes and wards"),
        ("xã, phường", "communes and wards"),
        STATED,
        ("Số đơn vị hành chính cấp xã của tỉnh.", "Communal units of the province."),
        shape=Shape.LEVEL,
    ),
    define(
        "programme.planned",
        ("Việc đã đăng ký trong chương trình năm", "Works planned in the yearly programme"),
        ("việc", "works"),
        ("ngày phê duyệt chương trình", "the day on which the programme is approved"),
        (
            "Dòng của chương trình hoạt động đối ngoại năm được phê duyệt trong kỳ.",
            "Lines of the yearly external-affairs programme approved in the period.",
        ),
        slots=("work", "funding", ""),
    ),
)
