"""Other activities as a record family."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from bonphuong.kit.registering import FamilyConfig, kind, kit_family
from bonphuong.records.enums import CalendarSort
from bonphuong.records.registry import Calendar, Family, Mark


class ActivitiesConfig(FamilyConfig):
    name = "bonphuong.families.activities"
    label = "activities"
    family: ClassVar[Family] = kit_family(
        code="activities",
        label=_("other activity"),
        plural=_("Other activities"),
        model="activities.Activity",
        icon="file",
        calendar=Calendar((Mark(CalendarSort.EVENT),)),
        kinds=(
            kind(
                "activity",
                _("other activity"),
                _("Other activities"),
                prefix="HĐĐN",
                procedure="activities.activity",
                hints=("hoạt động khác", "lãnh sự", "bảo hộ công dân", "kiều bào", "ngoại giao kinh tế",
                       "ngoại giao văn hóa", "thông tin đối ngoại", "phần báo cáo", "chỉ tiêu 1"),
            ),
        ),
    )  # fmt: skip
