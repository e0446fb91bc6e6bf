"""Any refusal told on a form, whatever it is about: for forms with a file, which can be wrong in many ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.kernel.errors import BadInput, Conflict
from bonphuong.ledger.services import LateReasonNeeded
from bonphuong.web.desk.forms.refusals import refuse

if TYPE_CHECKING:
    from django import forms

    from bonphuong.kernel.errors import ProductError


def tell(form: forms.BaseForm, error: ProductError, *, field: str = "") -> None:
    """As `refuse`, and what it does not know (a classified paper, a full disk, a broken sheet) beside `field`."""
    if isinstance(error, BadInput | Conflict | LateReasonNeeded):
        refuse(form, error)
    else:
        form.add_error(field if field in form.fields else None, error.message)
