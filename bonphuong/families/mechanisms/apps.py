from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bonphuong.kit.registering import FamilyConfig, kind, kit_family
from bonphuong.records.enums import CalendarSort
from bonphuong.records.registry import Calendar, Mark, Timetable


class MechanismsConfig(FamilyConfig):
    name = "bonphuong.families.mechanisms"
    label = "mechanisms"
    family = kit_family(
        code="mechanisms",
        label=_("mechanism of cooperation"),
        plural=_("Mechanisms and meetings"),
        model="mechanisms.Mechanism",
        icon="people",
        calendar=Calendar(
            (
                Mark(CalendarSort.MEETING, kinds=("meeting",)),
                Mark(
                    CalendarSort.MEETING,
                    "next_due_on",
                    _("next meeting due"),
                    kinds=("mechanism",),
                    unless=("ended_on", "paused_on"),
                ),
            ),
            timetable=Timetable("programme", "on", "what", where="place"),
        ),
        dossier=True,
        kinds=(
            kind(
                "mechanism",
                _("mechanism of cooperation"),
                _("Mechanisms of cooperation"),
                prefix="CC",
                procedure="mechanisms.mechanism",
                icon="people",
                hints=("cơ chế hợp tác", "nhóm công tác", "cơ chế"),
            ),
            kind(
                "meeting",
                _("meeting of a mechanism"),
                _("Meetings of mechanisms"),
                prefix="HP",
                procedure="mechanisms.meeting",
                icon="people",
                hints=("hội đàm", "kỳ họp", "vòng hội đàm", "hội nghị bí thư"),
            ),
        ),
    )
    verbs = {
        "mechanisms.meeting.schedule": _("scheduled the next meeting of a mechanism"),
        "mechanisms.meeting.promise": _("noted what was promised at a meeting"),
        "mechanisms.meeting.join": _("put a meeting into a series"),
        "mechanisms.meeting.same": _("said where a meeting is counted"),
        "mechanisms.mechanism.ask": _("asked units for results of a mechanism"),
    }
