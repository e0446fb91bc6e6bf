"""JSON: the content itself, in the very bytes that its digest was taken of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bonphuong.kernel.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping


def render_json(content: Mapping[str, Any]) -> bytes:
    """The canonical text in UTF-8: its SHA-256 is the digest of the edition."""
    return canonical(content).encode()
