"""Whatever else a section of a report needs."""

from bonphuong.ledger.measures.base import EVENT, define

ALL = (
    define(
        "activities.held",
        ("Hoạt động đối ngoại khác", "Other activities"),
        ("hoạt động", "activities"),
        EVENT,
        (
            (
                "Hoạt động đã diễn ra theo từng phần của báo cáo: lãnh sự, người Việt Nam ở nước ngoài, kinh tế, văn hóa, "
                "thông tin, lễ tân, đào tạo; việc đã có sổ riêng (đoàn, thỏa thuận, viện trợ…) không tính lại ở đây."
            ),
            (
                "Activities that took place, by section of the report: consular, overseas Vietnamese, economic, cultural, "
                "information, protocol, training; what has a register of its own is not counted again here."
            ),
        ),
        slots=("section", "", ""),
    ),
)
