"""`bonphuong read`: articles and papers into claims."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from bonphuong.config.terminal import UsageError, add_json, say, say_json, say_table
from bonphuong.kernel.errors import BadValue
from bonphuong.papers.errors import ClassifiedPaper
from bonphuong.papers.rules import find_marking
from bonphuong.reader.extract import read
from bonphuong.reader.source import decode

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from bonphuong.config.terminal import Parser
    from bonphuong.reader.claims import Claim

SUMMARY = gettext_lazy("Read articles or papers into claims")
LARGEST = 5 * 1024 * 1024


def add_arguments(parser: Parser) -> None:
    """Plain text as it was crawled."""
    add_files(parser)
    add_json(parser)


def add_files(parser: argparse.ArgumentParser) -> None:
    """One or more files of plain text."""
    parser.add_argument("files", nargs="+", metavar=_("FILE"), help=_("plain text in UTF-8"))


def run(options: argparse.Namespace) -> int:
    """Read each file and say what it claims."""
    texts = [(name, text_of(name)) for name in options.files]
    documents = [(name, read(text)) for name, text in texts]
    if options.json:
        many = len(documents) > 1
        say_json(
            [
                {**claim.as_json(), **({"file": name} if many else {})}
                for name, document in documents
                for claim in document.claims
            ]
        )
        return 0
    for name, document in documents:
        say(f"{name}: {document.title}")
        _say_claims(document.claims)
    return 0


def text_of(name: str) -> str:
    """The file's text with every character in its place: line ends are not touched. Or UsageError."""
    path = Path(name)
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(_("%(file)s is too large for an article.") % {"file": name})
        text = decode(path.read_bytes())
    except BadValue as error:
        raise UsageError(f"{name}: {error.message}") from error
    except OSError as error:
        raise UsageError(
            _("%(file)s cannot be read: %(why)s.") % {"file": name, "why": error.strerror}
        ) from error
    marking = find_marking(text.splitlines())
    if marking:
        raise ClassifiedPaper(marking)
    return text


def _say_claims(claims: Sequence[Claim]) -> None:
    if not claims:
        say(_("It claims nothing that is known."))
        return
    rows = []
    for claim in claims:
        value = "" if claim.value is None else f"{claim.value:f}"
        when = claim.period.text or " – ".join(
            f"{day:%d/%m/%Y}" for day in dict.fromkeys((claim.period.since, claim.period.until)) if day
        )
        flags = ", ".join(sorted(claim.flags))
        rows.append((claim.subject or claim.topic, value, claim.unit or "", when, flags, claim.text[:60]))
    headings = (
        pgettext("claim", "Figure"),
        _("Value"),
        pgettext("claim", "Unit"),
        pgettext("claim", "When"),
        _("Mind"),
        _("Words"),
    )
    say_table(rows, headings)
