"""One way to show and answer every small form about a partner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render

from bonphuong.kernel.errors import NotAllowed, ProductError
from bonphuong.web.desk.forms.telling import tell

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpResponse

    from bonphuong.parties.models import Party
    from bonphuong.web.desk.permissions import Request


@dataclass(frozen=True)
class Asked:
    """What stands around a form. `back` is where one goes afterwards; empty: where the act itself says."""

    title: str
    submit: str
    back: str
    done: str
    party: Party | None = None
    lead: str = ""


def answer(
    request: Request,
    form: forms.Form,
    asked: Asked,
    act: Callable[[dict[str, Any]], object],
    *,
    to: Callable[[], str] | None = None,
) -> HttpResponse:
    """The form, with what is wrong beside its fields; after the act the page that it belongs to (`to`)."""
    if request.method == "POST" and form.is_valid():
        try:
            act(dict(form.cleaned_data))
        except NotAllowed:
            raise
        except ProductError as error:
            tell(form, error)
        else:
            messages.success(request, asked.done)
            return redirect(to() if to else asked.back)
    context = {"form": form, "asked": asked, "party": asked.party}
    return render(request, "desk/partner_form.html", context, status=422 if form.errors else 200)
