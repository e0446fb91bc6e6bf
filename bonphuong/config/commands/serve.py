"""`bonphuong serve`: the pages."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.config import serving
from bonphuong.config.terminal import say

if TYPE_CHECKING:
    from bonphuong.config.terminal import Parser

SUMMARY = gettext_lazy("Serve the pages")
_LAST_PORT = 65535


def add_arguments(parser: Parser) -> None:
    """Where to listen, with how many processes."""
    add_address(parser)
    parser.add_argument(
        "--workers",
        type=_count,
        default=1,
        metavar=_("NUMBER"),
        help=_("server processes; 1 is enough for one province"),
    )


def add_address(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", default=serving.HOST, help=_("address to listen at (127.0.0.1)"))
    parser.add_argument(
        "--port", type=_port, default=serving.PORT, metavar=_("NUMBER"), help=_("port to listen at (8000)")
    )


def run(options: argparse.Namespace) -> int:
    """Look, then serve until stopped."""
    serving.require_ready()
    serving.require_free(options.host, options.port)
    say(_("Serving on %(address)s (Ctrl-C stops)") % {"address": address(options.host, options.port)})
    serving.serve(host=options.host, port=options.port, workers=options.workers)
    return 0


def address(host: str, port: int) -> str:
    """The address for a browser."""
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"


def _port(text: str) -> int:
    return _within(text, _LAST_PORT)


def _count(text: str) -> int:
    return _within(text, 64)


def _within(text: str, highest: int) -> int:
    number = int(text)
    if not 0 < number <= highest:
        raise argparse.ArgumentTypeError(
            _("a number from 1 to %(highest)s, not %(text)s") % {"highest": highest, "text": text}
        )
    return number
