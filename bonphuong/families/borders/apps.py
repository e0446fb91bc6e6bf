"""Border work as a record family."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.kit.registering import FamilyConfig, kind, kit_family
from bonphuong.records.enums import CalendarSort
from bonphuong.records.registry import Calendar, Family, Mark


class BordersConfig(FamilyConfig):
    name = "bonphuong.families.borders"
    label = "borders"
    family: ClassVar[Family] = kit_family(
        code="borders",
        label=_("border record"),
        plural=_("Border"),
        model="borders.BorderItem",
        icon="gate",
        calendar=Calendar((
            Mark(CalendarSort.MEETING, kinds=("joint",)),
            Mark(CalendarSort.EVENT, "operating_on", _("begins to operate"), kinds=("gate", "opening")),
        )),
        kinds=(
            kind("section", _("stretch of the line"), _("Line and markers"), prefix="ĐBG",
                 procedure="borders.section", icon="gate",
                 hints=("đường biên", "mốc quốc giới", "cột mốc", "đoạn biên giới")),
            kind("gate", _("border gate"), _("Border gates"), prefix="CK", procedure="borders.gate", icon="gate",
                 hints=("cửa khẩu", "cặp cửa khẩu", "cửa khẩu quốc tế", "cửa khẩu chính", "nâng cấp cửa khẩu")),
            kind("opening", _("auxiliary gate or opening"), _("Auxiliary gates, openings, market pairs"), prefix="LM",
                 procedure="borders.opening", icon="gate",
                 hints=("lối mở", "cửa khẩu phụ", "cặp chợ", "cặp lối mở")),
            kind("joint", _("joint inspection or patrol"), _("Joint inspections and patrols"), prefix="TTSP",
                 procedure="borders.joint", icon="people",
                 hints=("kiểm tra liên hợp", "tuần tra song phương", "tuần tra liên hợp")),
            kind("traffic", _("figures of a month"), _("Monthly figures of the border"), prefix="SLBG",
                 procedure="borders.traffic", icon="file",
                 hints=("lưu lượng", "xuất nhập cảnh", "kim ngạch", "xuất cảnh", "nhập cảnh", "số vụ")),
        ),
    )  # fmt: skip
    verbs: ClassVar = {
        "borders.gate.pause": pgettext_lazy("verb", "noted that a gate was shut for a time"),
        "borders.gate.resume": pgettext_lazy("verb", "noted that a gate is open again"),
        "borders.section.check": pgettext_lazy("verb", "noted a check of markers"),
    }
