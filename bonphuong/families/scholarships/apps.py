from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bonphuong.kit.registering import FamilyConfig, kind, kit_family
from bonphuong.records.registry import Calendar


class ScholarshipsConfig(FamilyConfig):
    name = "bonphuong.families.scholarships"
    label = "scholarships"
    family = kit_family(
        code="scholarships",
        label=_("scholarship record"),
        plural=_("Scholarships"),
        model="scholarships.Scholarship",
        icon="people",
        calendar=Calendar(()),  # a calendar leaves the office, and names of students stay in it
        dossier=True,
        kinds=(
            kind(
                "scheme",
                _("scholarship programme"),
                _("Scholarship programmes"),
                prefix="HB",
                procedure="scholarships.scheme",
                hints=("chương trình học bổng", "chỉ tiêu học bổng", "suất học bổng"),
            ),
            kind(
                "student",
                _("scholarship student"),
                _("Scholarship students"),
                prefix="LHS",
                procedure="scholarships.student",
                icon="people",
                hints=("lưu học sinh", "sinh viên lào", "học viên lào", "danh sách lớp", "nước/tỉnh cử"),
            ),
        ),
    )
    verbs = {
        "scholarships.scheme.pay": _("paid stipends of a programme"),
        "scholarships.scheme.enrol": _("put students under a programme"),
        "scholarships.student.file_pause": _("filed a pause of studies that is over"),
    }
