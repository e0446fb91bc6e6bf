"""The demonstration, loaded once by the command itself into a directory of its own, for whoever looks at it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

Loaded = tuple["Path", tuple[int, str, str]]


def environment(data: Path) -> dict[str, str]:
    """The environment of a product of its own, whatever the tests themselves run on."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BONPHUONG_")}
    return {**clean, "BONPHUONG_DATA": str(data), "DJANGO_SETTINGS_MODULE": "bonphuong.config.settings"}


def run(
    data: Path, *argv: str, module: str = "bonphuong", **changed: str
) -> subprocess.CompletedProcess[str]:
    """The command, or another module, over the data in a directory; `changed` in its environment."""
    command = [sys.executable, "-m", module, *argv]
    environ = {**environment(data), **changed}
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=900)


def load_once(base: Path) -> Loaded:
    """The data directory, one for all workers of a run, and what the loading said: status, words, complaints."""
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    data, said = shared / "demonstration", shared / "demonstration.json"
    with suppress(FileExistsError):
        data.mkdir()
        done = run(data, "demo", "--no-serve")
        part = said.with_suffix(".part")
        part.write_text(json.dumps([done.returncode, done.stdout, done.stderr]), encoding="utf-8")
        part.rename(said)
    while not said.exists():
        time.sleep(0.2)
    status, out, err = json.loads(said.read_text(encoding="utf-8"))
    return data, (status, out, err)
