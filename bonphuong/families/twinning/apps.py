"""Twinned pairs as a record family."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from bonphuong.kit.registering import FamilyConfig, kind, kit_family
from bonphuong.records.enums import CalendarSort
from bonphuong.records.registry import Calendar, Family, Mark


class TwinningConfig(FamilyConfig):
    name = "bonphuong.families.twinning"
    label = "twinning"
    family: ClassVar[Family] = kit_family(
        code="twinning",
        label=_("twinned pair"),
        plural=_("Twinning"),
        model="twinning.Pair",
        icon="people",
        calendar=Calendar(
            (
                Mark(CalendarSort.EVENT, "signed_on", _("signing")),
                Mark(CalendarSort.WORK, "next_review_on", _("review due"), unless=("ended_on",)),
                Mark(CalendarSort.ENDS, "expires_on", _("runs out"), unless=("ended_on",)),
            )
        ),
        dossier=True,
        kinds=(
            kind(
                "pair",
                _("twinned pair"),
                _("Twinned pairs"),
                prefix="KN",
                procedure="twinning.pair",
                icon="people",
                hints=(
                    "kết nghĩa",
                    "cặp kết nghĩa",
                    "kết nghĩa thôn bản",
                    "số nội dung",
                    "lần sơ kết gần nhất",
                ),
            ),
        ),
    )
