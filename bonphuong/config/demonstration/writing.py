"""What the demonstration writes out: claims of what it read, and the reports of the last month and year."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from bonphuong.config.demonstration.articles import ILLUSTRATION, articles
from bonphuong.reader.extract import read

if TYPE_CHECKING:
    from pathlib import Path

OUTPUT: Path = settings.DATA_DIR / "demo-output"


@dataclass(frozen=True)
class Written:
    """A file, and what it is."""

    name: str
    about: str


def write_all() -> list[Written]:
    """Write everything anew; the same content gives the same bytes."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    return [*_claims()]


def _claims() -> list[Written]:
    written = []
    for path in (*articles(), ILLUSTRATION):
        document = read(path.read_bytes().decode("utf-8"))
        claims = [claim.as_json() for claim in document.claims]
        name = f"claims-{path.stem}.json"
        _write(OUTPUT / name, claims)
        written.append(
            Written(
                name, _("%(number)s claims of “%(title)s”") % {"number": len(claims), "title": document.title}
            )
        )
    return written


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
