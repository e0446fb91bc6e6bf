"""`bonphuong synth`: the national set of made-up data."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.accounts.models import User
from bonphuong.config.loading import keep_statistics, load_shipped, migrate_tables
from bonphuong.config.operators import COMMAND_LINE
from bonphuong.config.synth.running import Done, Order
from bonphuong.config.synth.running import run as play
from bonphuong.config.terminal import UsageError, add_json, say, say_json

if TYPE_CHECKING:
    import argparse

    from bonphuong.config.terminal import Parser

SUMMARY = gettext_lazy("Fill an empty database with made-up data of a whole nation, to measure and to try")
_WIDTH = 30


def add_arguments(parser: Parser) -> None:
    """How much, and which of the endless sets."""
    parser.add_argument("--provinces", type=int, default=34, help=_("how many provinces (1 to 34)"))
    parser.add_argument("--years", type=int, default=10, help=_("how many years back"))
    parser.add_argument("--delegations", type=int, default=1_000_000, help=_("how many delegations"))
    parser.add_argument("--seed", type=int, default=1, help=_("the same seed gives the same set"))
    parser.add_argument(
        "--others", type=int, default=4, help=_("records of other families for a hundred delegations")
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Migrate, load what is shipped, make the set. Refused beside anybody's own data."""
    if not (
        1 <= options.provinces <= 34
        and options.years >= 1
        and options.delegations >= 0
        and options.others >= 0
    ):
        raise UsageError(_("Give 1 to 34 provinces, at least one year, and no negative numbers."))
    migrate_tables()
    load_shipped()
    if User.objects.filter(is_demo=False).exclude(username=COMMAND_LINE).exists():
        raise UsageError(
            _("This database holds data of your own. Choose another directory by BONPHUONG_DATA.")
        )
    order = Order(options.provinces, options.years, options.delegations, options.seed, options.others)
    started = time.monotonic()
    done = play(order, progress=_Bar(order, started) if sys.stderr.isatty() or not options.json else None)
    seconds = time.monotonic() - started
    keep_statistics()
    sys.stderr.write("\n")
    told = {
        **vars(done),
        "seconds": round(seconds, 1),
        "a_second": round(done.delegations / max(seconds, 0.001)),
    }
    if options.json:
        say_json(told)
    else:
        say(
            _(
                "%(delegations)s delegations and %(others)s other records in %(seconds)s s: %(a_second)s delegations a second."
            )
            % told
        )
    return 0


class _Bar:
    """A progress bar on standard error: at most ten times a second."""

    def __init__(self, order: Order, started: float) -> None:
        self.order, self.started, self.last = order, started, 0.0

    def __call__(self, done: Done) -> None:
        now = time.monotonic()
        if now - self.last < 0.1 and done.delegations < self.order.delegations:
            return
        self.last = now
        share = done.delegations / max(self.order.delegations, 1)
        filled = round(_WIDTH * share)
        speed = done.delegations / max(now - self.started, 0.001)
        left = (self.order.delegations - done.delegations) / max(speed, 1)
        sys.stderr.write(
            f"\r[{'#' * filled}{'.' * (_WIDTH - filled)}] {share:6.1%} {done.delegations:>9,} "
            f"{speed:6,.0f}/s {left:5.0f} s "
        )
        sys.stderr.flush()
