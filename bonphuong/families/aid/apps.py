"""Foreign aid as a record family."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from bonphuong.kit.registering import FamilyConfig, kind, kit_family
from bonphuong.records.enums import CalendarSort
from bonphuong.records.registry import BEGINS, ENDS, Calendar, Family, Mark

_KINDS = (
    kind(
        "item",
        _("aid item"),
        _("Aid items"),
        prefix="VT",
        procedure="aid.item",
        icon="aid",
        hints=(
            "viện trợ", "viện trợ pcpnn", "khoản viện trợ", "tên khoản", "chủ khoản viện trợ", "nhà tài trợ",
            "bên tài trợ", "cam kết tổng", "cam kết năm", "giải ngân kỳ", "giải ngân", "phi dự án",
        ),
    ),
    kind(
        "relief",
        _("emergency relief"),
        _("Emergency relief"),
        prefix="CTKC",
        procedure="aid.relief",
        icon="aid",
        hints=("cứu trợ", "cứu trợ khẩn cấp", "hàng cứu trợ", "thiên tai"),
    ),
    kind(
        "donor",
        _("donor"),
        _("Donors"),
        prefix="NTT",
        procedure="aid.donor",
        icon="people",
        hints=("tổ chức pcpnn", "danh sách tổ chức", "số giấy đk", "giấy đăng ký", "số giấy đăng ký, loại, hạn"),
    ),
    kind(
        "call",
        _("project that calls for aid"),
        _("Projects that call for aid"),
        prefix="KGVT",
        procedure="aid.call",
        icon="file",
        hints=("kêu gọi viện trợ", "vận động viện trợ", "danh mục kêu gọi", "vốn kêu gọi"),
    ),
)  # fmt: skip


class AidConfig(FamilyConfig):
    name = "bonphuong.families.aid"
    label = "aid"
    family: ClassVar[Family] = kit_family(
        code="aid",
        label=_("foreign aid"),
        plural=_("Foreign aid"),
        model="aid.Aid",
        icon="aid",
        dossier=True,
        kinds=_KINDS,
        calendar=Calendar(
            (
                Mark(CalendarSort.WORK, ENDS, _("end of the project"), kinds=("item",)),
                Mark(CalendarSort.WORK, BEGINS, _("relief accepted"), kinds=("relief",)),
                Mark(
                    CalendarSort.ENDS,
                    "certificate_to",
                    _("certificate runs out"),
                    kinds=("donor",),
                    unless=("ended_on",),
                ),
            )
        ),
    )
    verbs: ClassVar = {
        "aid.item.open_year": _("entered the year's slice of an aid item"),
        "aid.item.disburse": _("noted a disbursement of aid"),
        "aid.call.turn_into_item": _("began an aid item from a call"),
    }
