"""Who acts when a command writes: a named person, or the server's own account of a book.

Whoever can run commands beside the data could do anything with it; the trail still says that it came from there.
"""

from __future__ import annotations

import getpass

from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Role
from bonphuong.accounts.models import Assignment, Office, User
from bonphuong.accounts.services import assign, create_user
from bonphuong.config.terminal import UsageError
from bonphuong.trail.acting import acting

# Works for every book where it was ever needed; nobody can sign in to it.
COMMAND_LINE = "command-line"


def known_office(code: str) -> Office:
    """The office, or UsageError."""
    office = Office.objects.filter(pk=code).first()
    if office is None:
        raise UsageError(_("There is no office with the code “%(code)s”.") % {"code": code})
    return office


def known_user(username: str) -> User:
    """The account, or UsageError."""
    user = User.objects.filter(username=username.lower()).first()
    if user is None:
        raise UsageError(_("There is no account “%(name)s”.") % {"name": username})
    return user


def operator(office: Office, username: str = "") -> User:
    """The person who is named, else the account of the command line with an officer's rights in the whole book."""
    if username:
        return known_user(username)
    user = User.objects.filter(username=COMMAND_LINE).first()
    held = (
        Assignment.objects.filter(user=user, office=office.book, role=Role.OFFICER).exists()
        if user
        else False
    )
    if user is not None and held:
        return user
    with acting(actor=None, verb="system.command_line", office=office.book):
        if user is None:
            user = create_user(actor=None, username=COMMAND_LINE, full_name=_("The server's command line"))
        root = Office.objects.get(pk=office.book)
        assign(actor=None, user=user, office=root, role=Role.OFFICER, title_vi=getpass.getuser()[:120])
    return user
