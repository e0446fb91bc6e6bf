"""Who signs what a step decides: offered where the book has named people who may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.enums import Permission
from bonphuong.procedures.queries import seat_of
from bonphuong.procedures.signing import signers_for, signing_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User
    from bonphuong.papers.signatures import Signing
    from bonphuong.procedures.models import Authority, Case, Transition

SIGNED_BY = "signed_by"


class Signers:
    """Those who may sign a step of a case, and which of them is offered first.

    Whoever takes the step signs in their own right unless somebody is chosen; of a step registered from its paper,
    the paper tells it.
    """

    def __init__(self, case: Case | None, way: Transition, user: User, *, from_decision: bool) -> None:
        decides = case is not None and way.permission == Permission.RECORD_DECIDE
        office = seat_of(case).at(way.desk) if case is not None and decides else ""
        found = signers_for(office, way.procedure.code) if office else []
        self.by_key: dict[str, Authority] = {str(one.pk): one for one in found}
        self.user, self.from_decision = user, from_decision

    @property
    def first(self) -> str:
        """The person's own authority, else the only one there is of a paper that somebody else signed."""
        own = [key for key, one in self.by_key.items() if one.holder_id == self.user.pk]
        if own:
            return own[0]
        return next(iter(self.by_key)) if self.from_decision and len(self.by_key) == 1 else ""

    def ask(self, form: forms.Form) -> None:
        """Add the question to a step's form, where there is anybody to choose."""
        if not self.by_key:
            return
        nobody = (
            _("As the paper says") if self.from_decision else _("Whoever takes the step, in their own right")
        )
        form.fields[SIGNED_BY] = forms.ChoiceField(
            label=_("Signed by"),
            choices=[("", nobody), *((key, _told(signing_of(one))) for key, one in self.by_key.items())],
            required=False,
            initial=self.first,
        )

    def chosen(self, form: forms.Form) -> Signing | None:
        """The signature that was chosen; None where the step itself says who signed."""
        one = self.by_key.get(str(form.cleaned_data.get(SIGNED_BY) or ""))
        return signing_of(one) if one else None


def _told(signing: Signing) -> str:
    lines: Sequence[str] = signing.lines
    return f"{signing.name} ({', '.join(lines)})" if lines else signing.name
