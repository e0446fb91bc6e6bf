from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bonphuong.kit.registering import FamilyConfig, kind, kit_family
from bonphuong.records.enums import CalendarSort
from bonphuong.records.registry import BEGINS, ENDS, Calendar, Mark

HINTS = ("thỏa thuận", "thoả thuận quốc tế", "cấp ký", "bên ký", "hết hiệu lực", "kế thừa")


class AgreementsConfig(FamilyConfig):
    name = "bonphuong.families.agreements"
    label = "agreements"
    family = kit_family(
        code="agreements",
        label=_("agreement"),
        plural=_("Agreements"),
        model="agreements.Agreement",
        icon="pact",
        calendar=Calendar(
            (
                Mark(CalendarSort.EVENT, BEGINS, _("signing")),
                Mark(
                    CalendarSort.EVENT,
                    "planned_on",
                    _("signing expected"),
                    unless=("signed_on", "effective_on"),
                ),
                Mark(CalendarSort.ENDS, ENDS, _("runs out")),
            )
        ),
        dossier=True,
        kinds=(
            kind(
                "agreement",
                _("international agreement"),
                _("International agreements"),
                prefix="TT",
                procedure="agreements.agreement",
                icon="pact",
                hints=HINTS,
            ),
            kind(
                "minutes",
                _("minutes or memorandum"),
                _("Minutes and memoranda"),
                prefix="BB",
                procedure="agreements.minutes",
                icon="pact",
                hints=("biên bản", "bản ghi nhớ"),
            ),
        ),
    )
    verbs = {
        "agreements.agreement.amend": _("began an amendment of an agreement"),
        "agreements.agreement.replace": _("began an agreement that replaces another"),
        "agreements.agreement.assess": _("assessed the carrying out of an agreement"),
        "agreements.agreement.oblige": _("noted obligations of an agreement"),
        "agreements.agreement.classify": _("said what a paper is in law"),
    }
