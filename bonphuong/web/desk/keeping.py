"""Nothing typed is lost: what a form sent is kept where it was refused, and forgotten where it was saved.

A form that takes part carries two hidden fields: its name on the page, and whose desk it was typed at.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

from django.db import DatabaseError
from django.http import Http404, QueryDict
from django.urls import Resolver404, resolve

from bonphuong.accounts.rules import can
from bonphuong.kernel.crypto import Sealed, Unreadable, seal
from bonphuong.kernel.errors import BadInput
from bonphuong.together.enums import MOST_LETTERS
from bonphuong.together.queries import Typed, begun_form, typed_in
from bonphuong.together.services import forget_form, keep_form, leave
from bonphuong.web.desk.posting import Begun

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from bonphuong.accounts.models import User
    from bonphuong.together.models import BegunForm

FORM, OWNER, TITLE, ADDRESS = "begun-form", "begun-by", "begun-title", "begun-address"
#: The parameter of an address that asks for what was begun there.
TAKE_UP = "begun"
_PLACE = "together.carried"
_OURS = {FORM, OWNER, TITLE, ADDRESS, "csrfmiddlewaretoken", "password", "kept", "next"}
_REDIRECT, _REFUSED = 300, 400


def address_of(written: str) -> str:
    """An address of this site as begun forms know it: path and what is asked, in one order.

    Raises Http404 for what is no page of the desk.
    """
    parts = urlsplit(written)
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        raise Http404
    asked = sorted((name, value) for name, value in parse_qsl(parts.query) if name != TAKE_UP)
    return f"{parts.path}?{urlencode(asked)}" if asked else parts.path


def may_open(user: User, address: str) -> bool:
    """Whether the address is a page of the desk that this person may open at all."""
    try:
        view = resolve(urlsplit(address).path).func
    except Resolver404:
        return False
    return can(user, getattr(view, "permission", ""))  # type: ignore[arg-type]


def fields_of(sent: QueryDict) -> list[tuple[str, str]]:
    """What a person typed, without what belongs to the session or to the keeping itself."""
    return [
        (name, value)
        for name, values in sent.lists()
        if name not in _OURS and not name.startswith("pick-")
        for value in values
    ]


def keep(user: User, address: str, sent: QueryDict) -> BegunForm:
    """Keep what a form holds. Raises BadInput where it is too much, Http404 for an address that is none."""
    place = address_of(address)
    if not may_open(user, place):
        raise Http404
    form = sent.get(FORM, "")[:120]
    title = sent.get(TITLE, "").strip() or _title_before(user, place, form)
    return keep_form(user, address=place, form=form, typed=Typed(title, fields_of(sent)))


def _title_before(user: User, place: str, form: str) -> str:
    # A form that was sent and refused does not say what its page is called; while it was typed, it did.
    row = begun_form(user, place, form)
    typed = typed_in(row) if row else None
    return typed.title if typed else ""


def take_up(request: HttpRequest) -> Begun | None:
    """What was begun at this address, where the address asks for it and it is one's own."""
    written = request.GET.get(TAKE_UP, "")
    user = request.user
    if request.method != "GET" or not written or not user.is_authenticated:
        return None
    row = begun_form(user, address_of(request.get_full_path()), written[:120])
    typed = typed_in(row) if row else None
    if typed is None:
        return None
    data = Begun(mutable=True)
    for name, value in typed.fields:
        data.appendlist(name, value)
    return data


def settle(request: HttpRequest, response: HttpResponseBase) -> None:
    """After a form was sent: forget what was begun where it was saved, keep what was sent where it was not."""
    name = request.POST.get(FORM, "")
    if not name or ADDRESS in request.POST:
        return
    user = cast("User", request.user)
    address = address_of(request.get_full_path())
    try:
        if _REDIRECT <= response.status_code < _REFUSED:
            forget_form(user, address=address, form=name[:120])
            _leave(request, user)
        elif response.status_code >= _REFUSED:
            keep(user, address, request.POST)
    except (BadInput, Http404, DatabaseError):
        return  # What was typed stands on the page that is shown now: that is what counts.


def _leave(request: HttpRequest, user: User) -> None:
    # Whoever has saved has closed the form: others need not be told for another minute that it is open.
    about = request.resolver_match.kwargs.get("uid") if request.resolver_match else None
    if isinstance(about, UUID):
        leave(user, about=about)


def carried(request: HttpRequest) -> str:
    """What was sent after the session had ended, sealed, to go through the door with whoever typed it."""
    if not request.POST.get(FORM):
        return ""
    content = json.dumps(
        {
            "owner": request.POST.get(OWNER, ""),
            "address": address_of(request.get_full_path()),
            "form": request.POST[FORM],
            "title": request.POST.get(TITLE, ""),
            "fields": fields_of(request.POST),
        },
        ensure_ascii=False,
    )
    return seal(content, _PLACE).token if len(content) <= MOST_LETTERS else ""


def unpack(user: User, token: str) -> str:
    """Keep what was carried through the door for the person who typed it; the address where it is taken up."""
    try:
        content = json.loads(Sealed(token).open(_PLACE))
    except (Unreadable, ValueError):
        return ""
    if content["owner"] != user.username or not may_open(user, content["address"]):
        return ""
    typed = Typed(content["title"], [(name, value) for name, value in content["fields"]])
    try:
        row = keep_form(user, address=content["address"], form=content["form"][:120], typed=typed)
    except BadInput:
        return ""
    return taken_up_at(row)


def taken_up_at(row: BegunForm) -> str:
    """The address at which a begun form stands filled in."""
    mark = "&" if "?" in row.address else "?"
    return f"{row.address}{mark}{urlencode({TAKE_UP: row.form})}"
