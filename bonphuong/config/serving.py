"""Serving the pages: one server process that answers, after everything it stands on was looked at."""

from __future__ import annotations

import socket
from contextlib import closing
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces

from bonphuong.config.loading import guards_missing, pending_migrations
from bonphuong.kernel.errors import ProductError

if TYPE_CHECKING:
    from pathlib import Path

HOST, PORT = "127.0.0.1", 8000
# More would open one database connection each under load, without end where no limit is set.
THREADS = {"sqlite": 2, "postgresql": 4}
_NEXT_PORTS = 50


class NotReady(ProductError):
    """The pages must not be served from this database as it is."""

    code = "not_ready"


def require_ready() -> None:
    """Raise NotReady where the tables are of another version or a guard is missing."""
    if pending_migrations():
        raise NotReady(_("The tables are not of this version. Run: bonphuong migrate"))
    missing = guards_missing()
    if missing:
        raise NotReady(
            _(
                "The database lacks %(number)s of its guards (%(first)s). Run: bonphuong migrate, then bonphuong check"
            )
            % {"number": len(missing), "first": missing[0]}
        )


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens at the address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        # As the server itself does: an address that was in use a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(host: str, port: int) -> int:
    """The port, or the next one that is free."""
    for number in range(port, min(port + _NEXT_PORTS, 65536)):
        if is_free(host, number):
            return number
    raise NotReady(_("No free port from %(port)s on.") % {"port": port})


def require_free(host: str, port: int) -> None:
    """Raise NotReady where the address is taken."""
    if not is_free(host, port):
        raise NotReady(_("%(host)s:%(port)s is in use already.") % {"host": host, "port": port})


def serve(*, host: str, port: int, workers: int = 1) -> None:
    """Answer until stopped."""
    static: Path = settings.STATIC_ROOT
    static.mkdir(parents=True, exist_ok=True)
    # Each worker process opens its own; one shared by a fork would answer two at once.
    connection.close()
    Granian(
        "bonphuong.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS[connection.vendor],
        websockets=False,
        log_enabled=False,
    ).serve()
