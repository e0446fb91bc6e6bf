"""`bonphuong verify`: a report that came back from anywhere, and what in it still holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from bonphuong.config.terminal import UsageError, add_json, say, say_json, say_table
from bonphuong.kernel.errors import ProductError
from bonphuong.kernel.numbers import format_number
from bonphuong.reports.enums import EditionStatus
from bonphuong.reports.models import Edition
from bonphuong.reports.verifying import FigureState, verify_file
from bonphuong.reports.verifying.wording import figure_state, text_state

if TYPE_CHECKING:
    import argparse

    from bonphuong.config.terminal import Parser
    from bonphuong.reports.verifying import FigureFinding, Verification

SUMMARY = gettext_lazy("Say what still holds in a report that came back: Word, Excel or PDF")
HOLDS, DIFFERS = 0, 1
_MOST_BYTES = 60 * 1024 * 1024
_WIDTH = 70


def add_arguments(parser: Parser) -> None:
    """Which file, and against which edition where the file does not say."""
    parser.add_argument("file", metavar=_("FILE"), help=_("the report as .docx, .xlsx or .pdf"))
    parser.add_argument(
        "--edition", metavar="UID", help=_("compare with this edition, whatever the file says of itself")
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """0 where all holds, 1 where something differs, 2 where the file cannot be read or shows no known report."""
    path = Path(options.file)
    edition = _edition(options.edition) if options.edition else None
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UsageError(_("The file is too large to be a report."))
        found = verify_file(path.read_bytes(), name=path.name, edition=edition)
    except OSError as error:
        raise UsageError(_("%(what)s: %(why)s") % {"what": path, "why": error.strerror or error}) from error
    except ProductError as error:
        raise UsageError(error.message) from error
    if options.json:
        say_json(found.as_json())
    else:
        _say(found)
    return HOLDS if found.is_whole else DIFFERS


def _edition(text: str) -> Edition:
    try:
        return Edition.objects.select_related("definition").get(pk=UUID(text))
    except (ValueError, Edition.DoesNotExist):
        raise UsageError(_("There is no edition “%(uid)s”.") % {"uid": text}) from None


def _say(found: Verification) -> None:
    edition = found.edition
    say(
        f"{found.title}. {found.office}",
        _("Edition %(number)s, %(status)s. %(paper)s")
        % {
            "number": edition.number,
            "status": EditionStatus(edition.status).label,
            "paper": edition.paper_number,
        },
        *found.notes,
    )
    if found.newer is not None:
        say(_("Edition %(number)s has taken its place.") % {"number": found.newer.number})
    counts = [(figure_state(state), len(found.of(state))) for state in FigureState]
    say("", ", ".join(f"{label}: {count}" for label, count in counts))
    _say_figures([one for one in found.figures if one.state is not FigureState.HOLDS])
    for text in found.texts:
        say("", f"{text_state(text.state)}. {text.where}")
        say(*(f"  {sign} {words}" for sign, words in (("-", text.signed), ("+", text.shown)) if words))
    say("", _("Everything holds.") if found.is_whole else _("Not everything holds."))


def _say_figures(figures: list[FigureFinding]) -> None:
    if not figures:
        return
    language = get_language() or "vi"
    rows = []
    for one in figures:
        now = one.now
        today = "" if now is None or now.value is None else format_number(now.value, language)
        apart = "" if now is None or now.difference is None else format_number(now.difference, language)
        where, label = one.where[:_WIDTH], one.label[:_WIDTH]
        rows.append((figure_state(one.state), label, one.signed, one.shown, today, apart, where))
    headings = (
        pgettext("verify", "State"),
        pgettext("verify", "Figure"),
        pgettext("verify", "Signed"),
        pgettext("verify", "In the file"),
        pgettext("verify", "Today"),
        pgettext("verify", "Difference"),
        pgettext("verify", "Where"),
    )
    say("")
    say_table(rows, headings)
