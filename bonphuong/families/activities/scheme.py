"""What is kept of an activity: its section, its day, its text, up to three quantities."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.families.activities import queries
from bonphuong.families.activities.enums import QUANTITIES
from bonphuong.families.activities.models import Activity
from bonphuong.families.activities.validators import errors_of, warnings_of
from bonphuong.kit.doors import doors
from bonphuong.kit.specs import LEAD, TITLE, Flag, Holds, Scheme, Spec

_SECTIONS = (
    ("lãnh sự", "consular"), ("công tác lãnh sự", "consular"), ("bảo hộ công dân", "protection"),
    ("người việt nam ở nước ngoài", "overseas"), ("kiều bào", "overseas"), ("kinh tế đối ngoại", "economic"),
    ("ngoại giao kinh tế", "economic"), ("văn hóa đối ngoại", "cultural"), ("ngoại giao văn hóa", "cultural"),
    ("thông tin đối ngoại", "information"), ("lễ tân", "protocol"), ("lễ tân đối ngoại", "protocol"),
    ("đào tạo", "training"), ("bồi dưỡng", "training"), ("đối ngoại nhân dân", "people"), ("biên giới", "border"),
)  # fmt: skip


def _quantity(n: int) -> tuple[Spec, ...]:
    return (
        Spec(f"quantity{n}_name", part="quantities", aliases=(f"chỉ tiêu {n}", f"tên chỉ tiêu {n}")),
        Spec(f"quantity{n}_value", part="quantities", width=12, aliases=(f"số lượng {n}", f"giá trị {n}")),
        Spec(f"quantity{n}_unit", part="quantities", width=10, aliases=(f"đơn vị {n}", f"đơn vị tính {n}")),
    )  # fmt: skip


SCHEME = Scheme(
    family="activities",
    model=Activity,
    specs=(
        TITLE,
        Spec("section", required=True, on_screen=True, width=20, words=_SECTIONS,
             aliases=("phần báo cáo", "mục báo cáo", "lĩnh vực báo cáo", "mảng công tác")),
        Spec("held_on", part="days", late=True, on_screen=True,
             aliases=("ngày", "ngày diễn ra", "thời gian", "ngày thực hiện")),
        Spec("until_on", part="days", aliases=("đến ngày", "ngày kết thúc")),
        Spec("planned_on", part="days", aliases=("ngày dự kiến", "dự kiến")),
        LEAD,
        Spec("partner", Holds.PARTY, part="who", label=_("Partner"), aliases=("đối tác", "phía bạn")),
        Spec("country", Holds.COUNTRY, part="who", aliases=("nước", "quốc gia")),
        Spec("field", Holds.FIELD, part="who", aliases=("lĩnh vực",)),
        Spec("channel", part="who", aliases=("kênh", "trụ cột")),
        Spec("place", aliases=("địa điểm", "nơi")),
        Spec("unit", Holds.UNIT, aliases=("xã", "địa bàn")),
        Spec("text", width=50, aliases=("nội dung chi tiết", "diễn biến", "mô tả")),
        *(spec for n in QUANTITIES for spec in _quantity(n)),
        Spec("result", part="done", late=True, width=40, aliases=("kết quả",)),
        Spec("reported_on", part="done", late=True, aliases=("ngày báo cáo",)),
        Spec("source", part="done", aliases=("nguồn",), width=24),
    ),
    parts={"quantities": pgettext_lazy("form", "Up to three numbers")},
    begins=("held_on", "planned_on"),
    ends=("until_on", "held_on"),
    counts=("held_on",),
    road={"activity": (("done", "held_on"), ("reported", "reported_on"))},
    check=errors_of,
    warn=warnings_of,
    words=("text", "place"),
    dates=("planned_on",),
    flags=(
        Flag("not_said", _("Its day is over, not confirmed"), queries.not_said),
        Flag("without_numbers", _("Without any number"), queries.without_numbers, tone=""),
    ),
    panels=queries.panels,
)  # fmt: skip

clean_many, create_many, update_many, undo_many, probe, prepare, with_all, COLUMNS = doors(SCHEME)
