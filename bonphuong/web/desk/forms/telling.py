"""Any refusal told on a form, whatever it is about: for forms with a file, which can be wrong in many ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _

from bonphuong.kernel.errors import BadInput, Conflict
from bonphuong.ledger.services import LateReasonNeeded
from bonphuong.web.desk.forms.refusals import refuse

if TYPE_CHECKING:
    from django import forms

    from bonphuong.kernel.errors import ProductError
    from bonphuong.papers.services import FiledPaper
    from bonphuong.web.desk.permissions import Request


def tell(form: forms.BaseForm, error: ProductError, *, field: str = "") -> None:
    """As `refuse`, and what it does not know (a classified paper, a full disk, a broken sheet) beside `field`."""
    if isinstance(error, BadInput | Conflict | LateReasonNeeded):
        refuse(form, error)
    else:
        form.add_error(field if field in form.fields else None, error.message)


def say_filed(request: Request, filed: FiledPaper, done: str) -> None:
    """That a paper is filed or numbered, and that another one looks the same."""
    messages.success(request, done)
    if filed.duplicates:
        other = filed.duplicates[0]
        messages.warning(
            request,
            _("Another paper looks the same: %(paper)s. Look whether it is filed twice.") % {"paper": other},
        )
