"""`bonphuong notices`: the mail of the day, and sending what stands in the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bonphuong.config.terminal import complain, say
from bonphuong.notices.queries import mails_given_up
from bonphuong.notices.services import send_mails
from bonphuong.records.services import write_digests

if TYPE_CHECKING:
    import argparse

    from bonphuong.config.terminal import Parser

SUMMARY = gettext_lazy("Write the mail of the day and send the mail that waits")


def add_arguments(parser: Parser) -> None:
    """One thing to do at a time."""
    todo = parser.add_subparsers(required=True, metavar=_("ACTION"), dest="action")
    todo.add_parser("send", help=_("send what stands in the outbox; files on disk where no server is named"))
    todo.add_parser(
        "digest", help=_("write to everybody what is late, due and waiting, once a day, and send it")
    )


def run(options: argparse.Namespace) -> int:
    """Write, send; 1 when something could not be sent."""
    if options.action == "digest":
        written = write_digests()
        say(ngettext("%(n)s letter written.", "%(n)s letters written.", written) % {"n": written})
    found = send_mails()
    where = _(" to files in %(place)s") % {"place": settings.EMAIL_FILE_PATH} if _is_on_disk() else ""
    said = ngettext("%(n)s letter sent%(where)s.", "%(n)s letters sent%(where)s.", found.sent)
    say(said % {"n": found.sent, "where": where if found.sent else ""})
    if found.failed:
        complain(
            ngettext("%(n)s letter not sent: %(why)s", "%(n)s letters not sent: %(why)s", found.failed)
            % {"n": found.failed, "why": found.trouble}
        )
    given_up = mails_given_up().count()
    if given_up:
        complain(_("Letters that were tried too often: %(n)s.") % {"n": given_up})
    return 1 if found.failed or given_up else 0


def _is_on_disk() -> bool:
    return settings.EMAIL_BACKEND.endswith("EmlBackend")
