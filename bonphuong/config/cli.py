"""The `bonphuong` command. Product commands come first; what it does not know goes to Django's own."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from django.core.management import execute_from_command_line

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str]) -> int:
    """Run one command; the exit status is 0, 1 (found something wrong) or 2 (bad usage)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bonphuong.config.settings")
    execute_from_command_line(["bonphuong", *argv])
    return 0


def run() -> int:
    """The console script: this process's own arguments."""
    return main(sys.argv[1:])
