"""What a service refused, put beside the field that it is about; what was typed stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.kernel.errors import BadInput, Conflict, ProductError
from bonphuong.ledger.services import LateReasonNeeded

if TYPE_CHECKING:
    from django import forms

LATE_FIELD = "late_reason"


def refuse(form: forms.BaseForm, error: ProductError) -> None:
    """Tell the refusal on the form. Permission is no matter of a form: NotAllowed is for the page."""
    if isinstance(error, LateReasonNeeded):
        _ask_why_late(form, error)
    elif isinstance(error, BadInput):
        for name, messages in error.errors.items():
            for message in messages:
                form.add_error(name if name in form.fields else None, message)
    elif isinstance(error, Conflict):
        form.add_error(None, error.message)
    else:
        raise error


def _ask_why_late(form: forms.BaseForm, error: LateReasonNeeded) -> None:
    field = form.fields.get(LATE_FIELD)
    if field is None:
        form.add_error(None, error.message)
        return
    field.required = True
    field.help_text = _("It is kept with the figures and told in the next report.")
    form.add_error(LATE_FIELD, error.message)
