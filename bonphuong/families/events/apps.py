from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bonphuong.kit.registering import FamilyConfig, kind, kit_family
from bonphuong.records.enums import CalendarSort
from bonphuong.records.registry import Calendar, Mark, Timetable


class EventsConfig(FamilyConfig):
    name = "bonphuong.families.events"
    label = "events"
    family = kit_family(
        code="events",
        label=_("event"),
        plural=_("Events"),
        model="events.Event",
        icon="people",
        calendar=Calendar(
            (Mark(CalendarSort.EVENT),),
            timetable=Timetable("programme", "on", "what", begins="begins_at", ends="ends_at", where="where"),
        ),
        dossier=True,
        kinds=(
            kind(
                "conference",
                _("international conference"),
                _("International conferences"),
                prefix="HNQT",
                procedure="events.conference",
                icon="people",
                hints=("hội nghị", "hội thảo", "hội nghị, hội thảo quốc tế", "số văn bản cho phép"),
            ),
            kind(
                "event",
                _("event"),
                _("Events"),
                prefix="SK",
                procedure="events.event",
                icon="people",
                hints=("lễ hội", "triển lãm", "giao lưu", "sự kiện", "chiêu đãi"),
            ),
            kind(
                "media",
                _("media and external information"),
                _("Media and external information"),
                prefix="TTDN",
                procedure="events.media",
                icon="file",
                hints=("phóng viên nước ngoài", "báo chí nước ngoài", "thông tin đối ngoại"),
            ),
        ),
    )
    verbs = {
        "events.event.seat": _("seated the guests by precedence"),
        "events.event.copy_programme": _("took the programme over from another record"),
    }
