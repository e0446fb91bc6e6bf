"""Conferences, events, media and external information."""

from bonphuong.ledger.measures.base import DECISION, EVENT, PEOPLE, define

EVENT_SLOTS = ("form", "mode", "part")
CONFERENCE_SLOTS = ("form", "mode", "authority")
CONFERENCES = ("hội nghị, hội thảo", "conferences")
EVENTS = ("sự kiện", "events")

ALL = (
    define(
        "events.conferences",
        ("Hội nghị, hội thảo quốc tế", "International conferences"),
        CONFERENCES,
        ("ngày khai mạc", "the opening day"),
        (
            "Hội nghị, hội thảo quốc tế do tỉnh chủ trì hoặc đồng tổ chức, đã diễn ra.",
            "International conferences and workshops organised or co-organised by the province, once held.",
        ),
        slots=CONFERENCE_SLOTS,
    ),
    define(
        "events.conferences_permitted",
        ("Hội nghị, hội thảo quốc tế được cho phép", "International conferences permitted"),
        CONFERENCES,
        DECISION,
        (
            "Hội nghị, hội thảo quốc tế đã có văn bản cho phép, kể cả khi sau đó không tổ chức.",
            "International conferences with a permission, also where they were not held after all.",
        ),
        slots=CONFERENCE_SLOTS,
    ),
    define(
        "events.held",
        ("Sự kiện đối ngoại đã tổ chức", "Events held"),
        EVENTS,
        EVENT,
        (
            "Lễ hội, triển lãm, giao lưu, tiếp khách, lễ ký do tỉnh tổ chức hoặc đồng tổ chức; hội nghị quốc tế tính riêng.",
            "Festivals, exhibitions, exchanges, receptions, ceremonies of the province; conferences are counted apart.",
        ),
        slots=EVENT_SLOTS,
    ),
    define(
        "events.attended",
        ("Sự kiện tham dự ở nơi khác", "Events attended elsewhere"),
        EVENTS,
        EVENT,
        (
            "Hội nghị, diễn đàn, lễ hội do nơi khác tổ chức mà tỉnh tham dự.",
            "Conferences, forums and festivals of others in which the province took part.",
        ),
        slots=EVENT_SLOTS,
    ),
    define(
        "events.foreign_participants",
        ("Đại biểu nước ngoài dự hội nghị, sự kiện", "Foreign participants"),
        PEOPLE,
        EVENT,
        (
            "Người nước ngoài thực dự hội nghị, sự kiện do tỉnh tổ chức; không cộng với lượt khách của đoàn vào.",
            "Foreigners who took part in conferences and events of the province; not added to guests of delegations.",
        ),
        slots=EVENT_SLOTS,
    ),
    define(
        "events.vietnamese_participants",
        ("Đại biểu Việt Nam dự hội nghị, sự kiện", "Vietnamese participants"),
        PEOPLE,
        EVENT,
        (
            "Đại biểu Việt Nam thực dự hội nghị, sự kiện do tỉnh tổ chức.",
            "Vietnamese who took part in conferences and events of the province.",
        ),
        slots=EVENT_SLOTS,
    ),
    define(
        "events.media_groups",
        ("Đoàn phóng viên nước ngoài", "Foreign media delegations"),
        ("đoàn", "groups"),
        ("ngày bắt đầu hoạt động", "the first day of their work"),
        (
            "Đoàn phóng viên, báo chí nước ngoài đến tác nghiệp tại tỉnh.",
            "Foreign journalists who came to work in the province, by groups.",
        ),
        slots=EVENT_SLOTS,
    ),
    define(
        "events.media_people",
        ("Phóng viên nước ngoài", "Foreign journalists"),
        ("lượt người", "person-visits"),
        ("ngày bắt đầu hoạt động", "the first day of their work"),
        ("Số phóng viên trong các đoàn đó.", "Journalists in those groups."),
        slots=EVENT_SLOTS,
    ),
    define(
        "events.information",
        ("Hoạt động thông tin đối ngoại", "Activities of external information"),
        ("hoạt động", "activities"),
        EVENT,
        (
            "Họp báo, đợt tuyên truyền, xuất bản, tập huấn thông tin đối ngoại của tỉnh.",
            "Press conferences, campaigns, publications and training in external information.",
        ),
        slots=EVENT_SLOTS,
    ),
    define(
        "events.media_products",
        ("Sản phẩm thông tin đối ngoại", "Media products"),
        ("sản phẩm", "products"),
        ("ngày đăng, phát", "the day of publication"),
        (
            "Tin, bài, phim, chương trình, ấn phẩm đã đăng, phát từ hoạt động thông tin đối ngoại.",
            "Articles, films, broadcasts and publications that came of external information.",
        ),
        slots=("form", "language", ""),
    ),
)
