"""Delegations out and in, sessions."""

from bonphuong.ledger.measures.base import (
    ARRIVAL,
    DECISION,
    DEPARTURE,
    EVENT,
    GROUPS,
    SESSIONS,
    VISITS,
    define,
)

TRIP_SLOTS = ("head_level", "plan_status", "funding")

ALL = (
    define(
        "outbound.groups",
        ("Đoàn ra", "Outbound delegations"),
        GROUPS,
        DEPARTURE,
        (
            "Đoàn của tỉnh đã đi công tác nước ngoài, tính một lần, theo nước chính.",
            "Groups of the province that have left on duty abroad, counted once, on the main country.",
        ),
        slots=TRIP_SLOTS,
    ),
    define(
        "outbound.person_visits",
        ("Lượt người đi theo đoàn", "Person-visits out"),
        VISITS,
        DEPARTURE,
        (
            "Số người thực đi trong các đoàn ra; cá nhân đi lẻ không tính ở đây.",
            "People who actually went as members of outbound groups; individuals are not in it.",
        ),
        slots=TRIP_SLOTS,
    ),
    define(
        "outbound.individuals",
        ("Cá nhân đi công tác", "Individuals on duty"),
        ("cá nhân", "individuals"),
        DEPARTURE,
        (
            "Người đi công tác một mình hoặc trong đoàn của cơ quan khác; giữ tên bên tổ chức.",
            "People on duty alone or inside another body's delegation; the organiser is kept.",
        ),
        slots=("organiser", "plan_status", "funding"),
    ),
    define(
        "outbound.personal_trips",
        ("Đi việc riêng", "Personal trips"),
        ("lượt", "trips"),
        DEPARTURE,
        ("Chuyến đi việc riêng; chỉ đếm, không nêu tên.", "Personal trips; counted, never by name."),
    ),
    define(
        "outbound.country_visits",
        ("Lượt nước đến", "Country visits"),
        ("lượt nước", "country visits"),
        DEPARTURE,
        (
            "Mỗi nước đoàn đến tính một; không cộng với số đoàn.",
            "One for each country that a group visits; never added to groups.",
        ),
        slots=TRIP_SLOTS,
    ),
    define(
        "outbound.approved_groups",
        ("Đoàn ra được cho phép", "Outbound delegations approved"),
        GROUPS,
        DECISION,
        (
            "Đoàn ra có quyết định cho phép, dù sau đó có đi hay không.",
            "Groups allowed by a decision, whether or not they left.",
        ),
        slots=TRIP_SLOTS,
    ),
    define(
        "outbound.approved_person_visits",
        ("Lượt người được cho phép đi theo đoàn", "Person-visits approved"),
        VISITS,
        DECISION,
        ("Số người theo quyết định của các đoàn ra.", "Head count of outbound groups by their decisions."),
        slots=TRIP_SLOTS,
    ),
    define(
        "outbound.approved_individuals",
        ("Cá nhân được cho phép đi công tác", "Individuals approved"),
        ("cá nhân", "individuals"),
        DECISION,
        ("Cá nhân có quyết định cho phép đi công tác.", "Individuals allowed by a decision to go on duty."),
        slots=("organiser", "plan_status", "funding"),
    ),
    define(
        "inbound.groups",
        ("Đoàn vào", "Inbound delegations"),
        GROUPS,
        ARRIVAL,
        (
            "Đoàn nước ngoài đã đến, tính ở cơ quan chủ trì đón; khách trong nước không tính.",
            "Foreign groups that have arrived, counted at the lead host; domestic guests are not in it.",
        ),
        slots=("head_level", "purpose", "plan_status"),
    ),
    define(
        "inbound.person_visits",
        ("Lượt khách nước ngoài", "Person-visits in"),
        VISITS,
        ARRIVAL,
        ("Số khách thực đến trong các đoàn vào.", "People who actually came in inbound groups."),
        slots=("head_level", "purpose", "plan_status"),
    ),
    define(
        "inbound.cohosted",
        ("Đoàn vào cùng đón", "Inbound delegations co-hosted"),
        GROUPS,
        ARRIVAL,
        (
            "Đoàn vào mà đơn vị cùng đón với cơ quan chủ trì; không cộng vào số đoàn vào.",
            "Groups that the office hosted beside a lead; never added to inbound delegations.",
        ),
        slots=("head_level", "purpose", "plan_status"),
    ),
    define(
        "inbound.approved_groups",
        ("Đoàn vào được cho phép", "Inbound delegations approved"),
        GROUPS,
        DECISION,
        ("Đoàn vào có văn bản cho phép đón.", "Groups whose reception was allowed."),
        slots=("head_level", "purpose", "plan_status"),
    ),
    define(
        "inbound.approved_person_visits",
        ("Lượt khách được cho phép", "Person-visits in approved"),
        VISITS,
        DECISION,
        ("Số khách theo văn bản cho phép.", "Head count by the permission."),
        slots=("head_level", "purpose", "plan_status"),
    ),
    define(
        "sessions.held",
        ("Cuộc họp, làm việc", "Sessions held"),
        SESSIONS,
        EVENT,
        (
            "Cuộc họp trực tuyến, tại đường biên, phiên họp cơ chế hoặc làm việc với khách trong nước; không bao giờ là đoàn.",
            "Meetings online, at the line, of a mechanism or with a domestic guest; never a group.",
        ),
        slots=("form", "purpose", ""),
    ),
)
