"""The closed registry of measures: what is counted, by which date, in which unit, with which dimensions.

A code is for ever. A change of meaning is a new version, kept beside the old one. Sources: the design's
section "What counts, and when" and the province's own report forms; the hand-worked cases are the judge.
"""

from __future__ import annotations

from dataclasses import dataclass

from bonphuong.ledger.enums import Shape

NO_SLOTS = ("", "", "")
TRIP_SLOTS = ("head_level", "plan_status", "funding")


@dataclass(frozen=True)
class Measure:
    """One countable thing. `exponent` is the number of decimals that its integers carry."""

    code: str
    label_vi: str
    label_en: str
    unit_vi: str
    unit_en: str
    counts_by_vi: str
    counts_by_en: str
    definition_vi: str
    definition_en: str
    version: int = 1
    exponent: int = 0
    shape: Shape = Shape.FLOW
    slots: tuple[str, str, str] = NO_SLOTS

    def label(self, lang: str) -> str:
        """The label in "vi" or "en"."""
        return self.label_en if lang == "en" else self.label_vi

    def unit(self, lang: str) -> str:
        """The counting word in "vi" or "en"."""
        return self.unit_en if lang == "en" else self.unit_vi

    def definition(self, lang: str) -> str:
        """The definition in "vi" or "en"."""
        return self.definition_en if lang == "en" else self.definition_vi

    def counts_by(self, lang: str) -> str:
        """The date it counts by, in words."""
        return self.counts_by_en if lang == "en" else self.counts_by_vi


_DEPARTURE = ("ngày khởi hành", "the day of departure")
_ARRIVAL = ("ngày đến", "the day of arrival")
_DECISION = ("ngày quyết định", "the day of the decision")
_SIGNATURE = ("ngày ký", "the day of signature")
_EVENT = ("ngày diễn ra", "the day it takes place")
_STATED = ("theo văn bản nêu", "as the paper states")


def _measure(
    code: str,
    label: tuple[str, str],
    unit: tuple[str, str],
    counts_by: tuple[str, str],
    definition: tuple[str, str],
    *,
    exponent: int = 0,
    shape: Shape = Shape.FLOW,
    slots: tuple[str, str, str] = NO_SLOTS,
) -> Measure:
    return Measure(
        code=code,
        label_vi=label[0],
        label_en=label[1],
        unit_vi=unit[0],
        unit_en=unit[1],
        counts_by_vi=counts_by[0],
        counts_by_en=counts_by[1],
        definition_vi=definition[0],
        definition_en=definition[1],
        exponent=exponent,
        shape=shape,
        slots=slots,
    )


_GROUPS = ("đoàn", "groups")
_VISITS = ("lượt người", "person-visits")
_PEOPLE = ("người", "people")
_SESSIONS = ("cuộc", "sessions")
_MONEY_NOTE = (
    "Tiền giữ nguyên tệ, kèm đồng Việt Nam và đô la Mỹ.",
    "Money in its own currency, VND and USD beside.",
)

_ALL = (
    _measure(
        "outbound.groups",
        ("Đoàn ra", "Outbound delegations"),
        _GROUPS,
        _DEPARTURE,
        (
            "Đoàn của tỉnh đã đi công tác nước ngoài, tính một lần, theo nước chính.",
            "Groups of the province that have left on duty abroad, counted once, on the main country.",
        ),
        slots=TRIP_SLOTS,
    ),
    _measure(
        "outbound.person_visits",
        ("Lượt người đi theo đoàn", "Person-visits out"),
        _VISITS,
        _DEPARTURE,
        (
            "Số người thực đi trong các đoàn ra; cá nhân đi lẻ không tính ở đây.",
            "People who actually went as members of outbound groups; individuals are not in it.",
        ),
        slots=TRIP_SLOTS,
    ),
    _measure(
        "outbound.individuals",
        ("Cá nhân đi công tác", "Individuals on duty"),
        ("cá nhân", "individuals"),
        _DEPARTURE,
        (
            "Người đi công tác một mình hoặc trong đoàn của cơ quan khác; giữ tên bên tổ chức.",
            "People on duty alone or inside another body's delegation; the organiser is kept.",
        ),
        slots=("organiser", "plan_status", "funding"),
    ),
    _measure(
        "outbound.personal_trips",
        ("Đi việc riêng", "Personal trips"),
        ("lượt", "trips"),
        _DEPARTURE,
        ("Chuyến đi việc riêng; chỉ đếm, không nêu tên.", "Personal trips; counted, never by name."),
    ),
    _measure(
        "outbound.country_visits",
        ("Lượt nước đến", "Country visits"),
        ("lượt nước", "country visits"),
        _DEPARTURE,
        (
            "Mỗi nước đoàn đến tính một; không cộng với số đoàn.",
            "One for each country that a group visits; never added to groups.",
        ),
        slots=TRIP_SLOTS,
    ),
    _measure(
        "outbound.approved_groups",
        ("Đoàn ra được cho phép", "Outbound delegations approved"),
        _GROUPS,
        _DECISION,
        (
            "Đoàn ra có quyết định cho phép, dù sau đó có đi hay không.",
            "Groups allowed by a decision, whether or not they left.",
        ),
        slots=TRIP_SLOTS,
    ),
    _measure(
        "outbound.approved_person_visits",
        ("Lượt người được cho phép đi theo đoàn", "Person-visits approved"),
        _VISITS,
        _DECISION,
        ("Số người theo quyết định của các đoàn ra.", "Head count of outbound groups by their decisions."),
        slots=TRIP_SLOTS,
    ),
    _measure(
        "outbound.approved_individuals",
        ("Cá nhân được cho phép đi công tác", "Individuals approved"),
        ("cá nhân", "individuals"),
        _DECISION,
        ("Cá nhân có quyết định cho phép đi công tác.", "Individuals allowed by a decision to go on duty."),
        slots=("organiser", "plan_status", "funding"),
    ),
    _measure(
        "inbound.groups",
        ("Đoàn vào", "Inbound delegations"),
        _GROUPS,
        _ARRIVAL,
        (
            "Đoàn nước ngoài đã đến, tính ở cơ quan chủ trì đón; khách trong nước không tính.",
            "Foreign groups that have arrived, counted at the lead host; domestic guests are not in it.",
        ),
        slots=("head_level", "purpose", "plan_status"),
    ),
    _measure(
        "inbound.person_visits",
        ("Lượt khách nước ngoài", "Person-visits in"),
        _VISITS,
        _ARRIVAL,
        ("Số khách thực đến trong các đoàn vào.", "People who actually came in inbound groups."),
        slots=("head_level", "purpose", "plan_status"),
    ),
    _measure(
        "inbound.cohosted",
        ("Đoàn vào cùng đón", "Inbound delegations co-hosted"),
        _GROUPS,
        _ARRIVAL,
        (
            "Đoàn vào mà đơn vị cùng đón với cơ quan chủ trì; không cộng vào số đoàn vào.",
            "Groups that the office hosted beside a lead; never added to inbound delegations.",
        ),
        slots=("head_level", "purpose", "plan_status"),
    ),
    _measure(
        "inbound.approved_groups",
        ("Đoàn vào được cho phép", "Inbound delegations approved"),
        _GROUPS,
        _DECISION,
        ("Đoàn vào có văn bản cho phép đón.", "Groups whose reception was allowed."),
        slots=("head_level", "purpose", "plan_status"),
    ),
    _measure(
        "inbound.approved_person_visits",
        ("Lượt khách được cho phép", "Person-visits in approved"),
        _VISITS,
        _DECISION,
        ("Số khách theo văn bản cho phép.", "Head count by the permission."),
        slots=("head_level", "purpose", "plan_status"),
    ),
    _measure(
        "border.day_contacts",
        ("Tiếp xúc qua biên giới trong ngày", "Border day contacts"),
        ("lần", "contacts"),
        _EVENT,
        (
            "Lần qua lại trong ngày để trao đổi ở đường biên hoặc cửa khẩu; không phải đoàn ra, đoàn vào.",
            "Crossings for the day for talks at the line or a gate; neither outbound nor inbound groups.",
        ),
    ),
    _measure(
        "border.day_contact_people",
        ("Người qua lại tiếp xúc trong ngày", "People in border day contacts"),
        _PEOPLE,
        _EVENT,
        ("Số người của ta qua lại trong các lần tiếp xúc đó.", "Our people who crossed in those contacts."),
    ),
    _measure(
        "sessions.held",
        ("Cuộc họp, làm việc", "Sessions held"),
        _SESSIONS,
        _EVENT,
        (
            "Cuộc họp trực tuyến, tại đường biên, phiên họp cơ chế hoặc làm việc với khách trong nước; không bao giờ là đoàn.",
            "Meetings online, at the line, of a mechanism or with a domestic guest; never a group.",
        ),
        slots=("form", "purpose", ""),
    ),
    _measure(
        "students.present",
        ("Lưu học sinh đang học", "Scholarship students present"),
        _PEOPLE,
        ("ngày nhập học, ngày thôi học", "the days of entry and of leaving"),
        ("Lưu học sinh có mặt vào ngày tính.", "Students present on the day."),
        shape=Shape.LEVEL,
        slots=("school_level", "funding", ""),
    ),
    _measure(
        "students.new",
        ("Lưu học sinh mới", "New scholarship students"),
        _PEOPLE,
        ("ngày nhập học", "the day of entry"),
        ("Lưu học sinh nhập học trong kỳ.", "Students who entered in the period."),
        slots=("school_level", "funding", ""),
    ),
    _measure(
        "agreements.signed",
        ("Thỏa thuận ký mới", "Agreements signed"),
        ("văn bản", "agreements"),
        _SIGNATURE,
        (
            "Thỏa thuận quốc tế ký trong kỳ; thỏa thuận kế thừa không tính là ký mới.",
            "International agreements signed in the period; an inherited one is not signed anew.",
        ),
        slots=("form", "", ""),
    ),
    _measure(
        "agreements.in_force",
        ("Thỏa thuận đang có hiệu lực", "Agreements in force"),
        ("văn bản", "agreements"),
        ("ngày có hiệu lực, ngày hết hiệu lực", "the days of entering and leaving force"),
        ("Thỏa thuận có hiệu lực vào ngày tính.", "Agreements in force on the day."),
        shape=Shape.LEVEL,
        slots=("form", "", ""),
    ),
    _measure(
        "aid.approved",
        ("Viện trợ được phê duyệt", "Aid approved"),
        ("USD", "USD"),
        ("ngày phê duyệt", "the day of approval"),
        (
            "Giá trị cả đời các khoản được phê duyệt trong kỳ. " + _MONEY_NOTE[0],
            "Whole-life value of items approved in the period. " + _MONEY_NOTE[1],
        ),
        exponent=2,
        slots=("aid_kind", "", ""),
    ),
    _measure(
        "aid.committed_year",
        ("Viện trợ cam kết của năm", "Aid committed for the year"),
        ("USD", "USD"),
        ("năm của phần cam kết", "the year of the slice"),
        (
            "Phần cam kết của riêng năm. " + _MONEY_NOTE[0],
            "The slice committed for the year. " + _MONEY_NOTE[1],
        ),
        exponent=2,
        slots=("aid_kind", "new_or_carried", ""),
    ),
    _measure(
        "aid.disbursed",
        ("Viện trợ giải ngân", "Aid disbursed"),
        ("USD", "USD"),
        ("ngày giải ngân", "the day of disbursement"),
        ("Số giải ngân trong kỳ. " + _MONEY_NOTE[0], "Disbursed in the period. " + _MONEY_NOTE[1]),
        exponent=2,
        slots=("aid_kind", "new_or_carried", ""),
    ),
    _measure(
        "border.length",
        ("Chiều dài đường biên giới", "Length of the border"),
        ("km", "km"),
        _STATED,
        ("Số không gắn với kỳ; chỉ do văn bản nêu.", "A figure without a period; only papers state it."),
        exponent=3,
        shape=Shape.TIMELESS,
    ),
    _measure(
        "border.neighbour_counties",
        ("Huyện giáp biên của bạn", "Neighbouring counties"),
        ("huyện", "counties"),
        _STATED,
        ("Số huyện nước bạn tiếp giáp.", "Counties of the neighbour that share the border."),
        shape=Shape.TIMELESS,
    ),
    _measure(
        "partners.lao_provinces",
        ("Tỉnh Lào có quan hệ hữu nghị", "Lao provinces with friendly ties"),
        ("tỉnh", "provinces"),
        _STATED,
        (
            "Số tỉnh của Lào có quan hệ hữu nghị, hợp tác.",
            "Provinces of Laos with friendship and cooperation ties.",
        ),
        shape=Shape.LEVEL,
    ),
    _measure(
        "economy.growth",
        ("Tăng trưởng kinh tế", "Economic growth"),
        ("%", "%"),
        _STATED,
        (
            "Tốc độ tăng trưởng của tỉnh trong năm, do văn bản nêu.",
            "Growth of the province in the year, as papers state.",
        ),
        exponent=2,
    ),
    _measure(
        "economy.growth_plan",
        ("Tăng trưởng theo kế hoạch", "Planned growth"),
        ("%", "%"),
        _STATED,
        ("Chỉ tiêu tăng trưởng đề ra cho năm.", "The target of growth for the year."),
        exponent=2,
    ),
    _measure(
        "economy.growth_over_plan",
        ("Vượt kế hoạch tăng trưởng", "Growth over plan"),
        ("điểm %", "percentage points"),
        _STATED,
        ("Chênh lệch giữa tăng trưởng đạt được và kế hoạch.", "Growth reached less growth planned."),
        exponent=2,
    ),
    _measure(
        "population.ethnic_groups",
        ("Dân tộc sinh sống", "Ethnic groups"),
        ("dân tộc", "ethnic groups"),
        _STATED,
        ("Số dân tộc cùng sinh sống trên địa bàn.", "Ethnic groups who live in the province."),
        shape=Shape.TIMELESS,
    ),
)

MEASURES: dict[str, Measure] = {measure.code: measure for measure in _ALL}


def measure(code: str) -> Measure:
    """The measure of that code; KeyError where the registry has none."""
    return MEASURES[code]
