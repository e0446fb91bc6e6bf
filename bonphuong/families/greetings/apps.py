from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bonphuong.kit.registering import FamilyConfig, kind, kit_family
from bonphuong.records.enums import CalendarSort
from bonphuong.records.registry import BEGINS, Calendar, Mark


class GreetingsConfig(FamilyConfig):
    name = "bonphuong.families.greetings"
    label = "greetings"
    family = kit_family(
        code="greetings",
        label=_("greeting"),
        plural=_("Greetings"),
        model="greetings.Greeting",
        icon="gift",
        calendar=Calendar(
            (Mark(CalendarSort.GREETING, BEGINS, kinds=("campaign",)),),
            more="bonphuong.families.greetings.queries.days_of",
        ),
        dossier=True,
        kinds=(
            kind(
                "campaign",
                _("greetings sent"),
                _("Greetings sent"),
                prefix="CM",
                procedure="greetings.campaign",
                icon="out",
                hints=("thư chúc mừng", "điện mừng", "thư mừng", "điện chia buồn", "chúc mừng"),
            ),
            kind(
                "received",
                _("greeting received"),
                _("Greetings received"),
                prefix="NCM",
                procedure="greetings.received",
                icon="in",
                hints=("thư mừng đến", "điện mừng đến", "nhận thư chúc mừng", "thư cảm ơn"),
            ),
            kind(
                "calendar",
                _("calendar of greetings"),
                _("Calendars of greetings"),
                prefix="LCM",
                procedure="greetings.calendar",
                icon="calendar",
                hints=("lịch chúc mừng", "lịch thư mừng", "ngày lễ"),
            ),
        ),
    )
    verbs = {
        "greetings.campaign.prepare": _("prepared greetings from the calendar"),
        "greetings.campaign.repeat": _("prepared greetings from those of the year before"),
        "greetings.campaign.address": _("took in addressees from the posts of the day"),
        "greetings.campaign.print": _("printed letters of greeting"),
        "greetings.campaign.reply": _("noted the acknowledgement or the answer to a greeting"),
        "greetings.calendar.fill": _("filled the calendar of a year"),
        "greetings.received.answer": _("answered a greeting"),
    }
