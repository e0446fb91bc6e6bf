"""Drawings are kept by the digest of what they show: a page never waits for one to be drawn.

They lie in files that all processes of the machine share. Each is written beside and put in place in one move,
so whoever reads finds the whole of it or none; past their number the oldest leave by chance.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from django.core.cache import caches

from bonphuong import __version__
from bonphuong.kernel.charts.drawing import VERSION, draw

if TYPE_CHECKING:
    from bonphuong.kernel.charts.specs import Spec

CACHE = "drawings"


def digest_of(spec: Spec) -> str:
    """The name of a drawing: the same for the same data drawn by the same version."""
    text = json.dumps(spec, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{__version__}/{VERSION}/{text}".encode()).hexdigest()


def kept(spec: Spec) -> str | None:
    """The drawing, where it has been drawn before."""
    found = caches[CACHE].get(digest_of(spec))
    return found if isinstance(found, str) else None


def drawn(spec: Spec) -> str:
    """The drawing, drawn and kept where it was not yet."""
    found = kept(spec)
    if found is None:
        found = draw(spec)
        caches[CACHE].set(digest_of(spec), found, None)
    return found
