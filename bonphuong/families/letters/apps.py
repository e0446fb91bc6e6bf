from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bonphuong.kit.registering import FamilyConfig, kind, kit_family
from bonphuong.records.registry import Calendar


class LettersConfig(FamilyConfig):
    name = "bonphuong.families.letters"
    label = "letters"
    family = kit_family(
        code="letters",
        label=_("letter"),
        plural=_("Letters"),
        model="letters.Letter",
        icon="mail",
        calendar=Calendar(()),  # an answer that is due is told by its deadline
        dossier=True,
        kinds=(
            kind(
                "incoming",
                _("letter received"),
                _("Letters received"),
                prefix="CTN",
                procedure="letters.incoming",
                icon="in",
                hints=("công hàm đến", "công thư đến", "văn bản đến", "thư đến", "công hàm nhận"),
            ),
            kind(
                "outgoing",
                _("letter sent"),
                _("Letters sent"),
                prefix="CTG",
                procedure="letters.outgoing",
                icon="out",
                hints=("công hàm đi", "công thư đi", "văn bản đi", "thư đi", "công hàm gửi"),
            ),
        ),
    )
    verbs = {
        "letters.letter.answer": _("registered the answer to a letter"),
        "letters.letter.reply": _("began the answer to a letter"),
    }
