from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bonphuong.kit.registering import FamilyConfig, kind, kit_family


class MechanismsConfig(FamilyConfig):
    name = "bonphuong.families.mechanisms"
    label = "mechanisms"
    family = kit_family(
        code="mechanisms",
        label=_("mechanism of cooperation"),
        plural=_("Mechanisms and meetings"),
        model="mechanisms.Mechanism",
        icon="people",
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
