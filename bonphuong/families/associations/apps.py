from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bonphuong.kit.registering import FamilyConfig, kind, kit_family
from bonphuong.records.enums import CalendarSort
from bonphuong.records.registry import BEGINS, Calendar, Mark


class AssociationsConfig(FamilyConfig):
    name = "bonphuong.families.associations"
    label = "associations"
    family = kit_family(
        code="associations",
        label=_("association"),
        plural=_("Friendship associations"),
        model="associations.Association",
        icon="people",
        calendar=Calendar(
            (
                Mark(CalendarSort.EVENT, BEGINS, kinds=("congress",)),
                Mark(
                    CalendarSort.ENDS, "term_to", _("end of the term"), unless=("merged_on", "dissolved_on")
                ),
            )
        ),
        kinds=(
            kind(
                "union",
                _("union of friendship organisations"),
                _("Unions of friendship organisations"),
                prefix="LH",
                procedure="associations.union",
                icon="people",
                hints=("liên hiệp các tổ chức hữu nghị",),
            ),
            kind(
                "association",
                _("friendship association"),
                _("Friendship associations"),
                prefix="HHN",
                procedure="associations.association",
                icon="people",
                hints=("hội hữu nghị", "danh sách hội", "hội viên"),
            ),
            kind(
                "congress",
                _("term congress"),
                _("Term congresses"),
                prefix="DH",
                procedure="associations.congress",
                hints=("đại hội", "đại hội nhiệm kỳ"),
            ),
        ),
    )
    verbs = {
        "associations.body.bring_over": _("brought members over in a merger"),
        "associations.congress.take_office": _("let the elected take office"),
    }
