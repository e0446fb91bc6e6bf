"""Support given to partners as a record family."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from bonphuong.kit.registering import FamilyConfig, kind, kit_family
from bonphuong.records.enums import CalendarSort
from bonphuong.records.registry import ENDS, Calendar, Family, Mark


class SupportConfig(FamilyConfig):
    name = "bonphuong.families.support"
    label = "support"
    family: ClassVar[Family] = kit_family(
        code="support",
        label=_("support to a partner"),
        plural=_("Support to partners"),
        model="support.Support",
        icon="aid",
        calendar=Calendar((Mark(CalendarSort.WORK, ENDS, _("to be completed")),)),
        dossier=True,
        kinds=(
            kind(
                "support",
                _("support to a partner"),
                _("Support to partners"),
                prefix="HTB",
                procedure="support.support",
                icon="aid",
                hints=(
                    "hỗ trợ đối tác",
                    "hỗ trợ bạn",
                    "viện trợ ra nước ngoài",
                    "hỗ trợ các tỉnh lào",
                    "giúp bạn",
                    "cử chuyên gia",
                    "bồi dưỡng ngắn hạn",
                    "nội dung hỗ trợ",
                ),
            ),
        ),
    )
    verbs: ClassVar = {
        "support.support.open_year": _("entered what is set aside for the year"),
        "support.support.disburse": _("noted a disbursement of support"),
    }
