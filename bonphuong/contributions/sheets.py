"""The form as a workbook: what goes out to those without an account, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.contributions.enums import Asks
from bonphuong.contributions.schema import Given, wrong_value
from bonphuong.kernel import clock
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.errors import BadValue
from bonphuong.kernel.numbers import parse_number
from bonphuong.kernel.sheets import Column, Kind, SheetSpec, read_table, write_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from bonphuong.contributions.models import Answer, Invitee, Question
    from bonphuong.kernel.sheets import SheetTable

ORDER, HEADING, GUIDANCE, BODY, FIGURE, UNIT, CODE = range(7)


@dataclass(frozen=True)
class CellError:
    """What is wrong with a cell of a form that came back: "Trả lời!E7"."""

    cell: str
    message: str


@dataclass
class ReadForm:
    """A form that came back: answers by question, and what could not be read."""

    answers: dict[UUID, Given] = field(default_factory=dict)
    errors: list[CellError] = field(default_factory=list)


def form_workbook(
    invitee: Invitee, name: str, questions: Sequence[Question], answers: Mapping[UUID, Answer]
) -> bytes:
    """The form of one addressee as .xlsx, with what they have answered already."""
    call = invitee.call
    rows = []
    for question in questions:
        given = answers.get(question.pk)
        rows.append(
            (
                question.order,
                question.heading,
                question.guidance,
                given.body if given else "",
                given.value if given else None,
                question.unit,
                str(question.pk),
            )
        )
    spec = SheetSpec(
        name=_("Answers"),
        columns=(
            Column(_("No."), 6, Kind.INTEGER),
            Column(_("What is asked"), 40),
            Column(_("How to answer"), 28),
            Column(_("Answer in words"), 60),
            Column(_("Figure"), 14, Kind.DECIMAL),
            Column(_("Unit"), 12),
            Column(_("Code (leave as it is)"), 38),
        ),
        rows=rows,
        title=(call.title, name, _("Due on %(day)s") % {"day": format_date(invitee.due, "vi")}),
        notes=tuple(line for line in call.guidance.splitlines() if line.strip()),
    )
    return write_workbook([spec], created=call.created_at)


def read_form(content: bytes, name: str, questions: Sequence[Question]) -> ReadForm:
    """Read a form that came back. Raises SheetError for what is no workbook; cells are judged one by one."""
    known = {str(question.pk): question for question in questions}
    found = ReadForm()
    for table in read_table(content, name=name):
        _read_table(table, known, found)
    if not found.answers and not found.errors:
        found.errors.append(CellError("", _("No row of the form was found in this file.")))
    return found


def _read_table(table: SheetTable, known: Mapping[str, Question], found: ReadForm) -> None:
    for row in table.rows:
        values = row.values
        place = next((i for i, v in enumerate(values) if isinstance(v, str) and v.strip() in known), None)
        if place is None or place < CODE:
            continue
        question = known[str(values[place]).strip()]
        # Columns may have been put before ours: everything is counted from the code.
        shift = place - CODE
        body = values[shift + BODY]
        text = "" if body is None else str(body).strip()
        cell = row.cell(shift + FIGURE)
        value, wrong = _figure(cell.value) if question.asks == Asks.FIGURE else (None, "")
        if wrong:
            found.errors.append(CellError(f"{table.name}!{cell.address}", wrong))
            continue
        given = Given(text, value)
        if not given.is_empty:
            found.answers[question.pk] = given


def _figure(value: object) -> tuple[Decimal | None, str]:
    if value is None or value == "":
        return None, ""
    if isinstance(value, bool):
        return None, _("“%(text)s” is no number.") % {"text": value}
    if isinstance(value, int | float | Decimal):
        number = Decimal(str(value))
    else:
        try:
            number = parse_number(str(value)).value
        except BadValue as error:
            return None, str(error)
    return number, wrong_value(number)


def file_name(invitee: Invitee) -> str:
    """What the form's file is called."""
    return f"dong-gop-{clock.today():%Y%m%d}-{invitee.order:02d}.xlsx"
