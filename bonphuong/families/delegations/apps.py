from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from bonphuong.records.enums import CalendarSort
from bonphuong.records.registry import Calendar, Family, Kind, Mark, register
from bonphuong.trail.enums import register_verbs

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

_HERE = "bonphuong.families.delegations"


class DelegationsConfig(AppConfig):
    name = "bonphuong.families.delegations"
    label = "delegations"

    def ready(self) -> None:
        from bonphuong.families.delegations.enums import VERBS  # noqa: PLC0415 - models are not loaded before ready()

        register_verbs(VERBS)
        register(FAMILY)


def _kind(code: str, label: _StrOrPromise, plural: _StrOrPromise, prefix: str, icon: str) -> Kind:
    return Kind(
        code=code,
        label=label,
        plural=plural,
        prefix=prefix,
        procedure=f"delegations.{code}",
        columns=f"{_HERE}.columns.{_COLUMNS[code]}",
        icon=icon,
        hints=_HINTS[code],
    )


_COLUMNS = {
    "outbound": "OUTBOUND",
    "inbound": "INBOUND",
    "individual": "INDIVIDUAL",
    "personal": "PERSONAL",
    "day_contact": "CONTACT",
    "session": "SESSION",
}

_HINTS = {
    "outbound": ("đoàn ra", "đi công tác nước ngoài", "ra nước ngoài", "cơ quan mời", "bên mời", "nguồn kinh phí"),
    "inbound": (
        "đoàn vào", "đoàn khách", "khách quốc tế", "khách nước ngoài", "cơ quan đón", "cơ quan đón tiếp", "đơn vị đón",
        "cấp đón tiếp", "quốc tịch", "tên đoàn, quốc tịch",
    ),
    "individual": ("cá nhân đi công tác", "cá nhân đi lẻ", "đi lẻ"),
    "personal": ("việc riêng", "đi việc riêng"),
    "day_contact": ("tiếp xúc biên giới", "tiếp xúc trong ngày"),
    "session": ("trực tuyến", "cuộc làm việc", "phiên họp"),
}  # fmt: skip

FAMILY = Family(
    code="delegations",
    label=_("delegation"),
    plural=_("Delegations"),
    model="delegations.Delegation",
    kinds=(
        _kind("outbound", _("outbound delegation"), _("Outbound delegations"), "ĐR", "out"),
        _kind("inbound", _("inbound delegation"), _("Inbound delegations"), "ĐV", "in"),
        _kind("individual", _("individual on duty"), _("Individuals on duty"), "CN", "out"),
        _kind("personal", _("personal trip"), _("Personal trips"), "VR", "out"),
        _kind("day_contact", _("border day contact"), _("Border day contacts"), "TX", "gate"),
        _kind("session", _("session"), _("Sessions"), "PH", "people"),
    ),
    url_name="desk:delegation",
    icon="out",
    facts=f"{_HERE}.facts.facts_of",
    facts_rows=f"{_HERE}.queries.with_all",
    clean_many=f"{_HERE}.schema.clean_many",
    create_many=f"{_HERE}.services.create_many",
    update_many=f"{_HERE}.services.update_many",
    undo_many=f"{_HERE}.services.undo_many",
    prepare=f"{_HERE}.columns.prepare",
    probe=f"{_HERE}.queries.probe_of_draft",
    calendar=Calendar(
        (
            Mark(CalendarSort.OUT, kinds=("outbound", "individual", "personal"), asks="starts_on"),
            Mark(CalendarSort.IN, kinds=("inbound",), asks="starts_on"),
            Mark(CalendarSort.MEETING, kinds=("day_contact", "session"), asks="starts_on"),
        )
    ),
    dossier=f"{_HERE}.dossier.DOSSIER",
)
