"""The articles that the tests read: ours everywhere, the real ones where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from bonphuong.reader.extract import read
from bonphuong.reader.source import decode

REPOSITORY = Path(__file__).resolve().parents[2]
REAL = REPOSITORY.parent / "shared" / "documents"
OURS = REPOSITORY / "bonphuong" / "reader" / "data" / "demo"


def real(name):
    """A real article as read, or the test is skipped and says so."""
    path = REAL / name
    if not path.exists():
        pytest.skip(f"the real article {name} is not at hand (looked in ../shared/documents)")
    return read(decode(path.read_bytes()))


def ours(name):
    """One of our own articles as read."""
    return read(decode((OURS / name).read_bytes()))


def told(document, topic):
    """The one claim of a topic."""
    found = [claim for claim in document.claims if claim.topic == topic]
    assert len(found) == 1, [claim.text for claim in found]
    return found[0]


def said(document, claim):
    """The words of every span."""
    return [document.text[start:end] for start, end in claim.spans]
