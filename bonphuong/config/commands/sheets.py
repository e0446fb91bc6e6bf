"""`bonphuong import`: a sheet of records, tried or entered."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.config.operators import known_office, operator
from bonphuong.config.terminal import UsageError, add_json, add_office, complain, say, say_json
from bonphuong.intake.schema import preview_json
from bonphuong.intake.services import bad_rows_file, dry_run, post_batch, stage_file, stage_text
from bonphuong.records.registry import families

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from bonphuong.accounts.models import Office, User
    from bonphuong.config.terminal import Parser
    from bonphuong.intake.models import Batch
    from bonphuong.intake.schema import Preview

SUMMARY = gettext_lazy("Enter a sheet of records; bad rows come back with their reasons")
PASTED = "-"
_LONG = 1000


def add_arguments(parser: Parser) -> None:
    """Which records, which file, whose."""
    known = {family.code: family for family in families() if family.create_many}
    kinds = sorted({kind.code for family in known.values() for kind in family.kinds if kind.takes_import})
    parser.add_argument("family", choices=sorted(known), metavar=_("RECORDS"), help=", ".join(sorted(known)))
    parser.add_argument(
        "file", metavar=_("FILE"), help=_(".xlsx, .xls, .ods, .csv or .tsv; - takes rows from standard input")
    )
    add_office(parser)
    _add_understanding(parser, kinds)
    parser.add_argument("--dry-run", action="store_true", help=_("judge every row and change nothing"))
    parser.add_argument(
        "--take-twins", action="store_true", help=_("enter also what seems to be there already")
    )
    parser.add_argument(
        "--reason", default="", help=_("why; kept in the trail and beside figures of closed periods")
    )
    parser.add_argument(
        "--user", default="", help=_("account that enters them; the command line's own without it")
    )
    parser.add_argument(
        "--bad", metavar=_("FILE"), help=_("write the rows that did not go in to this .xlsx file")
    )
    add_json(parser)


def _add_understanding(parser: Parser, kinds: Sequence[str]) -> None:
    """What helps to understand the sheet."""
    parser.add_argument("--kind", choices=kinds, default="", help=_("what the rows are; guessed without it"))
    parser.add_argument("--sheet", metavar=_("NAME"), help=_("one sheet only, by its name or number"))
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar=_("HEADING=COLUMN"),
        help=_("what a heading, or a letter of a column, stands for; may be given several times"),
    )
    parser.add_argument(
        "--planned", action="store_true", help=_("the rows are plans, not a register of what took place")
    )


def run(options: argparse.Namespace) -> int:
    """Stage, judge, enter; 1 when some rows are bad."""
    office = known_office(options.office)
    found, content = _try(options, office) if options.dry_run else _enter(options, office)
    if content is not None:
        Path(options.bad).write_bytes(content)
    _answer(options, found)
    return 1 if found.problems or found.counts.bad else 0


def _try(options: argparse.Namespace, office: Office) -> tuple[Preview, bytes | None]:
    """Judge every row; nothing that was staged for it is kept."""
    with transaction.atomic():
        actor = operator(office, options.user)
        batch = _stage(options, office.code, actor)
        found = dry_run(batch, actor=actor)
        content = _bad_rows(options, batch, found)
        transaction.set_rollback(True)
    return found, content


def _enter(options: argparse.Namespace, office: Office) -> tuple[Preview, bytes | None]:
    """Enter the good rows; the others stay staged, to be mended on the page or in the file that comes back."""
    actor = operator(office, options.user)
    batch = _stage(options, office.code, actor)
    found = dry_run(batch, actor=actor)
    if not found.problems:
        # A file that comes late into closed months says so by itself; whoever knows more says it by --reason.
        reason = options.reason or _("Entered from the file %(name)s") % {"name": batch.file_name}
        found = post_batch(
            batch, actor=actor, reason=reason, take_twins=options.take_twins, progress=_tell_progress
        ).preview
    return found, _bad_rows(options, batch, found)


def _tell_progress(done: int, rows: int) -> None:
    """Only where somebody watches, and where there is something to wait for."""
    if sys.stderr.isatty() and rows > _LONG:
        sys.stderr.write("\r" + _("%(done)s of %(rows)s rows") % {"done": done, "rows": rows} + "\x1b[K")
        sys.stderr.flush()


def _stage(options: argparse.Namespace, office: str, actor: User) -> Batch:
    how: dict[str, Any] = {
        "office_code": office,
        "actor": actor,
        "family": options.family,
        "kind": options.kind,
        "happened": not options.planned,
        "mapping": _mapping(options.map),
    }
    if options.file == PASTED:
        return stage_text(sys.stdin.read(), **how)
    try:
        content = Path(options.file).read_bytes()
    except OSError as error:
        raise UsageError(
            _("%(file)s cannot be read: %(why)s.") % {"file": options.file, "why": error.strerror}
        ) from error
    return stage_file(content, name=Path(options.file).name, sheet=options.sheet, **how)


def _mapping(pairs: list[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        heading, equals, column = pair.rpartition("=")
        if not equals or not heading.strip():
            raise UsageError(_("“%(text)s”: write it as HEADING=COLUMN.") % {"text": pair[:60]})
        found[heading.strip()] = column.strip()
    return found


def _bad_rows(options: argparse.Namespace, batch: Batch, preview: Preview) -> bytes | None:
    if not options.bad or not (preview.counts.bad or preview.counts.twins):
        return None
    return bad_rows_file(batch, actor=None)


def _answer(options: argparse.Namespace, preview: Preview) -> None:
    if options.json:
        answer = preview_json(preview)
        say_json(
            {**answer, "dry_run": options.dry_run, "batch": None if options.dry_run else answer["batch"]}
        )
        return
    for remark in (*preview.problems, *preview.errors):
        complain(f"{remark.sheet}: {remark.text}" if remark.sheet else remark.text)
    for update in preview.updates if options.dry_run else ():
        for change in update.changes:
            values = {**vars(change), "number": update.record.number if update.record else ""}
            say(_("%(cell)s, %(number)s, %(label)s: “%(before)s” becomes “%(after)s”") % values)
    for note in preview.notes:
        say(note)
    counts = vars(preview.counts)
    say(
        (
            _("%(good)s of %(rows)s rows are good")
            if options.dry_run
            else _("%(posted)s of %(rows)s rows entered")
        )
        % counts
        + _("; bad %(bad)s, there already %(twins)s, unchanged %(same)s, left out %(skipped)s.") % counts
    )
