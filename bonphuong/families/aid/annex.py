"""Columns of money of annex 5: series of our own share in US dollars, shown, exported and, where sure, taken in."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.families.aid.enums import RECEIVED, Series, Share
from bonphuong.families.aid.facts import own_sums
from bonphuong.families.aid.queries import Certificates, question_of_draft
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadValue
from bonphuong.kernel.money import from_scaled, to_scaled
from bonphuong.kernel.numbers import parse_number
from bonphuong.kit.drafts import LineDraft
from bonphuong.kit.money import of_series
from bonphuong.records.registry import CellError, Cleaned, Column, ColumnKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bonphuong.families.aid.models import Aid
    from bonphuong.kit.drafts import Draft

DOLLARS = 2
_WHOLE, _SLICE = "whole_life_usd", "slice_usd"
#: What a cell of a sheet becomes; disbursed sums need a day of their own and are entered with it.
_TAKEN = {_WHOLE: Series.WHOLE_LIFE, _SLICE: Series.YEAR_SLICE}


def _year() -> int:
    return clock.today().year


def _of(*series: str) -> Callable[[Any], Decimal | None]:
    def value(row: Aid) -> Decimal | None:
        return _dollars(of_series(own_sums(row), *series))

    return value


def _slice_of_year(row: Aid) -> Decimal | None:
    return _dollars([one for one in own_sums(row) if (one.series, one.year) == (Series.YEAR_SLICE, _year())])


def _disbursed_in_year(row: Aid) -> Decimal | None:
    found = of_series(own_sums(row), Series.DISBURSED)
    return _dollars([one for one in found if one.on is not None and one.on.year == _year()])


def _dollars(sums: Sequence[Any]) -> Decimal | None:
    known = [one.usd for one in sums if one.usd is not None]
    return from_scaled(sum(known), DOLLARS) if known else None


def standing_of(row: Aid) -> str:
    """How far an item or relief has come, in a word or two."""
    if row.cancelled_on:
        return _("called off")
    for name, words in (
        ("settled_on", _("settled")),
        ("completed_on", _("completed")),
        ("started_on", _("being carried out")),
        ("approved_on", _("approved")),
        ("distributed_on", _("distributed")),
        ("accepted_on", _("accepted")),
    ):
        if getattr(row, name):
            return words
    return _("being prepared")


MONEY = (
    Column(_WHOLE, gettext_lazy("whole life (USD)"), _of(Series.WHOLE_LIFE, Series.APPROVED), ColumnKind.NUMBER, 16,
           aliases=("cam kết tổng", "tổng cam kết", "tổng vốn", "tổng giá trị", "cam kết tổng (usd)", "tổng vốn viện trợ")),
    Column(_SLICE, gettext_lazy("committed for the year (USD)"), _slice_of_year, ColumnKind.NUMBER, 16,
           aliases=("cam kết năm", "cam kết trong năm", "vốn cam kết năm", "cam kết năm (usd)")),
    Column("disbursed_year_usd", gettext_lazy("disbursed in the year (USD)"), _disbursed_in_year, ColumnKind.NUMBER, 16,
           aliases=("giải ngân kỳ", "giải ngân trong kỳ", "giải ngân"), takes_import=False),
    Column("disbursed_usd", gettext_lazy("disbursed altogether (USD)"), _of(Series.DISBURSED), ColumnKind.NUMBER, 16,
           aliases=("lũy kế", "lũy kế giải ngân", "giải ngân lũy kế"), takes_import=False),
    Column("standing", gettext_lazy("where it stands"), standing_of, width=20,
           aliases=("tình trạng", "trạng thái"), takes_import=False, on_screen=False),
)  # fmt: skip


class Columns(Mapping[str, "Sequence[Column]"]):
    """The kit's columns by kind, with those of money for what is received."""

    def __init__(self, plain: Mapping[str, Sequence[Column]], kinds: Sequence[str]) -> None:
        self._plain, self._kinds = plain, tuple(kinds)

    def __getitem__(self, kind: str) -> Sequence[Column]:
        return (*self._plain[kind], *(MONEY if kind in RECEIVED else ()))

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)


def with_sums(rows: Sequence[Aid]) -> None:
    """Let rows know their sums in one query, for the columns of money."""
    prefetch_related_objects(list(rows), "sums")


def judged(cleaned: Sequence[Cleaned], rows: Sequence[Mapping[str, object]], book: str) -> list[Cleaned]:
    """Rows after the gate, with their cells of money as sums and what the donors' certificates say."""
    certificates = Certificates(book)
    return [_judge(one, rows[one.index], certificates) for one in cleaned]


def _judge(one: Cleaned, row: Mapping[str, object], certificates: Certificates) -> Cleaned:
    draft: Any = one.draft
    if draft is None:
        return one
    sums, errors, warnings = _sums_of(draft, row)
    if errors:
        return Cleaned(
            one.index, None, (*one.errors, *errors), one.warnings, one.twins, of=one.of, changed=one.changed
        )
    changed = one.changed
    if sums is not None:
        draft = type(draft)(**{**vars(draft), "lines": {**draft.lines, "sums": sums}})
        changed = (*changed, "sums") if one.of and "sums" not in changed else changed
    warnings += _uncovered(draft, certificates)
    return Cleaned(
        one.index, draft, one.errors, (*one.warnings, *warnings), one.twins, of=one.of, changed=changed
    )


def _uncovered(draft: Draft, certificates: Certificates) -> list[CellError]:
    question = question_of_draft(draft, clock.today())
    if question is None or not (question.donor_code or question.donor_text):
        return []
    answer = certificates.ask(question)
    # A donor without a file is everyday business when a register begins: the list has a filter for it.
    found = [finding for finding in answer.findings if not answer.fits and finding != "no_file"]
    return [CellError("donor", str(finding.label)) for finding in found]


def _sums_of(
    draft: Draft, row: Mapping[str, object]
) -> tuple[tuple[LineDraft, ...] | None, list[CellError], list[CellError]]:
    """The draft's sums with those of the row's cells (None: nothing changes), errors, remarks."""
    lines = list(draft.lines.get("sums", ()))
    errors: list[CellError] = []
    warnings: list[CellError] = []
    touched = False
    for code, series in _TAKEN.items():
        try:
            amount = _cents(row.get(code))
        except BadValue as error:
            errors.append(CellError(code, str(error)))
            continue
        if amount is None:
            continue
        year = _year_of(row) if series == Series.YEAR_SLICE else None
        there = [n for n, line in enumerate(lines) if _is_own(line, series, year)]
        if len(there) > 1 or (there and lines[there[0]].get("currency", "USD") != "USD"):
            if sum(lines[n].get("usd") or 0 for n in there) != amount:
                warnings.append(
                    CellError(code, _("It has several sums, or another currency: change them on its page."))
                )
        elif there:
            touched |= lines[there[0]].get("amount") != amount
            lines[there[0]] = LineDraft({**lines[there[0]].values, "amount": amount}, lines[there[0]].uid)
        else:
            touched = True
            more = {"year": year} if year else {}
            lines.append(LineDraft({"series": series, "amount": amount, "currency": "USD", **more}))
    return (tuple(lines) if touched else None), errors, warnings


def _is_own(line: LineDraft, series: str, year: int | None) -> bool:
    own = (line.get("share") or Share.OWN) == Share.OWN
    return own and line.get("series") == series and (year is None or line.get("year") == year)


def _year_of(row: Mapping[str, object]) -> int:
    given = row.get("year")
    if isinstance(given, int):
        return min(given, _year())
    return _year()


def _cents(value: object) -> int | None:
    if value is None or value == "":
        return None
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        number = Decimal(str(value))
    else:
        text = str(value).upper().replace("USD", "").replace("$", "").strip()
        if not text:
            return None
        number = parse_number(text).value
    if number < 0:
        raise BadValue(_("A sum of aid is not below zero."))
    return to_scaled(number, DOLLARS)
