from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bonphuong.kit.registering import FamilyConfig, kind, kit_family
from bonphuong.records.registry import Calendar


class ProgrammeConfig(FamilyConfig):
    name = "bonphuong.families.programme"
    label = "programme"
    family = kit_family(
        code="programme",
        label=_("programme or profile"),
        plural=_("Programmes and profile"),
        model="programme.Programme",
        icon="file",
        calendar=Calendar(()),  # what is to be submitted is told by its deadline
        kinds=(
            kind(
                "programme",
                _("annual external-affairs programme"),
                _("Annual external-affairs programmes"),
                prefix="CTĐN",
                procedure="programme.programme",
                hints=("chương trình hoạt động đối ngoại", "chương trình đối ngoại", "kế hoạch đối ngoại"),
            ),
            kind(
                "profile",
                _("profile of the province"),
                _("Profiles of the province"),
                prefix="HST",
                procedure="programme.profile",
                hints=("hồ sơ tỉnh", "thông tin về tỉnh"),
                takes_import=False,
            ),
        ),
    )
    verbs = {
        "programme.programme.find": _("linked what was done to a programme"),
        "programme.programme.carry_over": _("carried planned works over"),
        "programme.targets.declare": _("declared the targets of a year"),
        "programme.profile.state": _("stated a figure of the province"),
    }
