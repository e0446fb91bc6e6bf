"""The border: day contacts, line, neighbours, gates, joint work, what the forces state of traffic and trade."""

from bonphuong.ledger.enums import Shape
from bonphuong.ledger.measures.base import EVENT, PEOPLE, STATED, Measure, define

#: Where it was: the gate's own code, empty for the whole border of the province.
AT_GATE = ("gate", "", "")
PEOPLE_TIMES = ("lượt người", "person-crossings")
VEHICLES = ("lượt xe", "vehicles")


def _stated(code: str, label: tuple[str, str], unit: tuple[str, str], *, exponent: int = 0) -> Measure:
    """A monthly series of the forces in charge: they say it, nobody adds it up."""
    return define(
        code,
        label,
        unit,
        STATED,
        (
            "Số do lực lượng chức năng nêu cho đúng tháng và cửa khẩu đó; không cộng các tháng, các cửa khẩu.",
            "As the force in charge states it for exactly that month and gate; months and gates are never added up.",
        ),
        exponent=exponent,
        slots=AT_GATE,
    )


ALL = (
    define(
        "border.day_contacts",
        ("Tiếp xúc qua biên giới trong ngày", "Border day contacts"),
        ("lần", "contacts"),
        EVENT,
        (
            "Lần qua lại trong ngày để trao đổi ở đường biên hoặc cửa khẩu; không phải đoàn ra, đoàn vào.",
            "Crossings for the day for talks at the line or a gate; neither outbound nor inbound groups.",
        ),
    ),
    define(
        "border.day_contact_people",
        ("Người qua lại tiếp xúc trong ngày", "People in border day contacts"),
        PEOPLE,
        EVENT,
        ("Số người của ta qua lại trong các lần tiếp xúc đó.", "Our people who crossed in those contacts."),
    ),
    define(
        "border.length",
        ("Chiều dài đường biên giới", "Length of the border"),
        ("km", "km"),
        STATED,
        ("Số không gắn với kỳ; chỉ do văn bản nêu.", "A figure without a period; only papers state it."),
        exponent=3,
        shape=Shape.TIMELESS,
    ),
    define(
        "border.neighbour_counties",
        ("Huyện giáp biên của bạn", "Neighbouring counties"),
        ("huyện", "counties"),
        STATED,
        ("Số huyện nước bạn tiếp giáp.", "Counties of the neighbour that share the border."),
        shape=Shape.TIMELESS,
    ),
    define(
        "border.markers",
        ("Cột mốc, mốc quốc giới", "Boundary markers"),
        ("mốc", "markers"),
        STATED,
        (
            "Số mốc trên đoạn biên giới của tỉnh; chỉ do văn bản nêu.",
            "Markers on the province's border; only papers state it.",
        ),
        shape=Shape.TIMELESS,
    ),
    define(
        "border.gates_operating",
        ("Cửa khẩu, lối mở đang hoạt động", "Gates and openings in operation"),
        ("cửa khẩu", "gates"),
        ("ngày hoạt động, ngày dừng", "the days of opening and of stopping"),
        (
            (
                "Cửa khẩu, lối mở, cặp chợ hoạt động vào ngày tính theo loại đang vận hành; đang nâng cấp vẫn tính ở loại cũ "
                "cho đến ngày vận hành loại mới; dừng hẳn việc qua lại thì không tính trong thời gian dừng."
            ),
            (
                "Gates, openings and market pairs in operation on the day, by the type that they work as; one that is being "
                "upgraded stays with its old type until it works as the new one; one wholly shut is left out meanwhile."
            ),
        ),
        shape=Shape.LEVEL,
        slots=("gate_type", "", ""),
    ),
    define(
        "border.gates_announced",
        ("Cửa khẩu hai bên công bố", "Gates announced by both sides"),
        ("cửa khẩu", "gates"),
        ("ngày hai bên công bố", "the day of the joint announcement"),
        (
            "Cửa khẩu, lối mở được hai bên cùng công bố mở hoặc nâng cấp trong kỳ; chỉ một bên quyết định thì chưa tính.",
            "Gates whose opening or upgrade both sides announced in the period; one side's decision alone is not enough.",
        ),
        slots=("gate_type", "", ""),
    ),
    define(
        "border.joint_inspections",
        ("Kiểm tra liên hợp", "Joint inspections"),
        ("cuộc", "inspections"),
        EVENT,
        (
            "Cuộc hai bên cùng kiểm tra đường biên, mốc giới.",
            "Inspections of line and markers made by both sides together.",
        ),
    ),
    define(
        "border.joint_patrols",
        ("Tuần tra song phương", "Joint patrols"),
        ("cuộc", "patrols"),
        EVENT,
        (
            "Cuộc hai bên cùng tuần tra, mỗi đợt một cuộc.",
            "Patrols made by both sides together, one for each round.",
        ),
    ),
    define(
        "border.joint_meetings",
        ("Cuộc gặp trong tuần tra, kiểm tra", "Meetings on patrols and inspections"),
        ("cuộc gặp", "meetings"),
        EVENT,
        (
            "Số cuộc gặp ngay trên tuyến trong các đợt đó; không cộng với cuộc họp, làm việc.",
            "Meetings on the line in those rounds; never added to sessions.",
        ),
        slots=("joint_kind", "", ""),
    ),
    define(
        "border.joint_officers",
        ("Cán bộ tuần tra, kiểm tra liên hợp", "Officers on joint patrols and inspections"),
        PEOPLE,
        EVENT,
        (
            "Lượt cán bộ tham gia như nguồn nêu: của ta, của bạn, hoặc cả hai bên khi nguồn không tách.",
            "Officers who took part as the source says: ours, theirs, or both where it does not part them.",
        ),
        slots=("joint_kind", "side", ""),
    ),
    define(
        "border.joint_km",
        ("Chiều dài tuần tra, kiểm tra liên hợp", "Length patrolled and inspected"),
        ("km", "km"),
        EVENT,
        (
            "Số ki-lô-mét đã đi trong các đợt; cùng một đoạn đi hai lần tính hai lần.",
            "Kilometres covered in those rounds; a stretch gone twice counts twice.",
        ),
        exponent=3,
        slots=("joint_kind", "", ""),
    ),
    define(
        "border.leaflets",
        ("Tờ rơi phát trên tuyến biên giới", "Leaflets handed out on the border"),
        ("tờ", "leaflets"),
        EVENT,
        ("Tờ rơi phát trong các đợt tuần tra, kiểm tra.", "Leaflets handed out on patrols and inspections."),
    ),
    _stated("border.people_out", ("Lượt người xuất cảnh", "People out over the border"), PEOPLE_TIMES),
    _stated("border.people_in", ("Lượt người nhập cảnh", "People in over the border"), PEOPLE_TIMES),
    _stated("border.vehicles_out", ("Lượt phương tiện xuất cảnh", "Vehicles out over the border"), VEHICLES),
    _stated("border.vehicles_in", ("Lượt phương tiện nhập cảnh", "Vehicles in over the border"), VEHICLES),
    _stated(
        "border.export_value",
        ("Kim ngạch xuất khẩu qua cửa khẩu", "Exports through the gates"),
        ("USD", "USD"),
        exponent=2,
    ),
    _stated(
        "border.import_value",
        ("Kim ngạch nhập khẩu qua cửa khẩu", "Imports through the gates"),
        ("USD", "USD"),
        exponent=2,
    ),
    _stated("border.cases", ("Vụ vi phạm biên giới", "Violations at the border"), ("vụ", "cases")),
    _stated("border.case_people", ("Người vi phạm biên giới", "People in those violations"), PEOPLE),
)
