"""A content as renderers read it: figures and records by their names, evidence in words, cells as text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.kernel.canonical import canonical, digest_of
from bonphuong.kernel.dates import format_date
from bonphuong.kernel.numbers import format_number
from bonphuong.reports.enums import Basis
from bonphuong.reports.sections import roman

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bonphuong.reports.sentences import Run

Figure = dict[str, Any]
NOTHING = "\N{EN DASH}"
_DIGEST_SHOWN = 16
#: A bookmark that begins so goes on with the identifier of the edition; Word takes 40 letters at most.
ANCHOR = "bp_"


@dataclass(frozen=True)
class Rows:
    """A run of record numbers that follow each other: 4 to 9."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}\N{EN DASH}{self.last}"


@dataclass(frozen=True)
class Other:
    """Another figure that this one is made of."""

    number: int


Piece = str | Rows | Other


class View:
    """A content with its figures and records at hand."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.content = content
        self.language: str = content["language"]
        self._digests: dict[int, str] = {}

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Figures by their identifiers."""
        return {figure["id"]: figure for figure in self.content["figures"]}

    @cached_property
    def by_key(self) -> dict[str, Figure]:
        """Figures by their keys ("out.groups@period")."""
        return {figure["key"]: figure for figure in self.content["figures"]}

    @cached_property
    def told_names(self) -> frozenset[str]:
        """The identifiers of the figures that have a line in the annex of evidence."""
        return frozenset(figure["id"] for figure in self.told)

    @cached_property
    def told(self) -> list[Figure]:
        """The figures that the text tells, and those that they are made of, by number."""
        wanted: set[str] = set()
        waiting = [figure["id"] for figure in self.content["figures"] if figure["told"]]
        while waiting:
            name = waiting.pop()
            if name not in wanted:
                wanted.add(name)
                waiting += self.figures[name]["operands"]
        return sorted((self.figures[name] for name in wanted), key=lambda figure: int(figure["n"]))

    @cached_property
    def records(self) -> dict[int, dict[str, Any]]:
        """Records by their numbers."""
        return {record["n"]: record for record in self.content["records"]}

    @cached_property
    def shown(self) -> list[dict[str, Any]]:
        """The records that the evidence of told figures and the annexes name, by number."""
        numbers = {number for figure in self.told for number, _adds in figure["rows"]}
        numbers |= {row["n"] for annex in self.content["annexes"] for row in annex["rows"]}
        return [self.records[number] for number in sorted(numbers)]

    @cached_property
    def _told_codes(self) -> frozenset[str]:
        return frozenset(figure["code"] for figure in self.told)

    @property
    def as_of(self) -> dt.datetime:
        """The moment that the figures stand at."""
        return dt.datetime.fromisoformat(self.content["as_of"])

    @cached_property
    def stamps(self) -> dict[str, str]:
        """What a file says of itself to programs: the edition that it shows and the digest of its content."""
        edition = self.content["edition"]
        return {
            "bonphuong-edition": edition["uid"],
            "bonphuong-number": str(edition["number"]),
            "bonphuong-status": edition["status"],
            "bonphuong-digest": digest_of(canonical(self.content)),
        }

    @property
    def anchor(self) -> str:
        """The name of a place in the file that tells the edition too; it survives where properties are lost."""
        uid = self.content["edition"]["uid"].replace("-", "")
        return f"{ANCHOR}{uid}" if uid else ""

    @property
    def mark(self) -> str:
        """What stands on every page; empty for a signed report of real data."""
        return " \N{MIDDLE DOT} ".join(self.content["marks"])

    @property
    def evidence_number(self) -> str:
        """The number of the annex that holds the evidence: the one after the last."""
        return roman(len(self.content["annexes"]) + 1)

    @property
    def records_number(self) -> str:
        """The number of the annex that lists the records."""
        return roman(len(self.content["annexes"]) + 2)

    def digest(self, what: Mapping[str, Any]) -> str:
        """The beginning of the SHA-256 of a figure, or of a record, as the content holds it; taken once."""
        key = id(what)
        if key not in self._digests:
            self._digests[key] = digest_of(canonical(what))[:_DIGEST_SHOWN]
        return self._digests[key]

    # --- words -------------------------------------------------------------------------------------------

    def plain(self, runs: Sequence[Run]) -> str:
        """Runs as text."""
        return plain_text(runs)

    def reference(self) -> str:
        """The line that ties an annex to its report."""
        head = self.content["head"]
        return _("With the report %(number)s of the %(office)s") % {
            "number": head["number"].partition(": ")[2],
            "office": self.content["edition"]["office_name"],
        }

    def period(self, figure: Figure) -> str:
        """The period of a figure with its days."""
        period = figure["period"]
        days = f"{_day(period['since'], self.language)}\N{EN DASH}{_day(period['until'], self.language)}"
        return days if period["code"].count("..") else f"{period['label']} ({days})"

    def status(self, figure: Figure) -> str:
        """Where the value comes from, in a word or two."""
        return {
            Basis.DERIVED: _("computed"),
            Basis.PUBLISHED: _("as reported then"),
            Basis.ESTIMATE: _("estimate"),
        }.get(Basis(figure["basis"])) or {
            "recorded": _("counted from records"),
            "zero": _("none, the register is complete"),
            "stated": _("stated by a paper"),
        }.get(figure["status"], "")

    def adds(self, record: Mapping[str, Any]) -> str:
        """What a record adds to each measure: "Đoàn ra 1; Lượt người đi theo đoàn 9"."""
        definitions = self.content["definitions"]
        return "; ".join(
            f"{definitions[code]['label']} {format_number(Decimal(amount), self.language)}"
            for code, amount in record["adds"].items()
            if code in self._told_codes and definitions[code]["measure"] == code
        )

    def evidence(self, figure: Figure) -> list[Piece]:
        """What a figure rests on: rows, papers, other figures, a person's word."""
        match Basis(figure["basis"]):
            case Basis.DERIVED:
                return self._derived(figure)
            case Basis.PUBLISHED:
                return [self._told(figure)]
            case Basis.ESTIMATE:
                return self._estimate(figure)
            case _:
                return self._counted(figure)

    def _derived(self, figure: Figure) -> list[Piece]:
        pieces: list[Piece] = [figure["formula"]] if figure["formula"] else []
        if figure["operands"]:
            pieces.append(_(" (from figures: "))
            for index, name in enumerate(figure["operands"]):
                pieces += [", "] * bool(index) + [Other(int(self.figures[name]["n"]))]
            pieces.append(")")
        if figure["rows"]:
            pieces += [". " if pieces else "", *self._rows(figure)]
        return pieces

    def _told(self, figure: Figure) -> str:
        edition = figure["edition"]
        told = _("As told by the report for %(period)s") % {"period": edition["period"]}
        if edition["number"]:
            told += f", {edition['number']}"
        return f"{told}."

    def _estimate(self, figure: Figure) -> list[Piece]:
        signer = figure.get("estimate", {}).get("signer") or self.content["edition"]["signer"]
        said = _("Estimated by %(name)s.") % {"name": signer} if signer else _("Estimated, not yet signed.")
        done = _(" Carried out so far: %(number)s. ") % {"number": figure.get("recorded", "0")}
        return [said, done, *self._rows(figure)] if figure["rows"] else [said]

    def _counted(self, figure: Figure) -> list[Piece]:
        if figure["status"] != "stated":
            beside = self._beside(figure)
            return [*self._rows(figure), *([f" {beside}"] if beside else [])]
        stated = figure["stated"]
        paper = stated["paper"] or stated["text"] or _("a paper")
        on = f", {_day(stated['on'], self.language)}" if stated["on"] else ""
        said = _("Stated by %(paper)s%(on)s.") % {"paper": paper, "on": on}
        if "entered" not in figure:
            return [said]
        entered = _(" %(entered)s of %(stated)s entered so far. ") % {
            "entered": figure["entered"][0],
            "stated": figure["entered"][1],
        }
        return [said, entered, *self._rows(figure)]

    def _beside(self, figure: Figure) -> str:
        if "stated" not in figure or "difference" not in figure:
            return ""
        return _("A paper states %(stated)s; difference %(difference)s.") % {
            "stated": figure["stated"]["value"],
            "difference": figure["difference"],
        }

    def _rows(self, figure: Figure) -> list[Piece]:
        numbers = [number for number, _adds in figure["rows"]]
        if not numbers:
            return [_("No record.")]
        start = ngettext("One record: ", "%(number)s records: ", len(numbers)) % {"number": len(numbers)}
        pieces: list[Piece] = [start]
        for index, run in enumerate(runs_of(numbers)):
            pieces += [", "] * bool(index) + [run]
        return [*pieces, "."]


def plain_text(runs: Sequence[Run]) -> str:
    """Runs as text."""
    return "".join(run if isinstance(run, str) else run["t"] for run in runs)


def written_runs(block: Mapping[str, Any]) -> list[Sequence[Run]]:
    """The paragraphs that a person wrote, with the figures bound into them; plain lines where there are none."""
    if "paragraphs" in block:
        return [runs for runs in block["paragraphs"] if plain_text(runs).strip()]
    return [[line.strip()] for line in block["text"].splitlines() if line.strip()]


def runs_of(numbers: Iterable[int]) -> list[Rows]:
    """Numbers in rising order as few runs: 1, 2, 3, 7 are 1–3 and 7."""
    found: list[Rows] = []
    for number in numbers:
        if found and number == found[-1].last + 1:
            found[-1] = Rows(found[-1].first, number)
        else:
            found.append(Rows(number, number))
    return found


def cell_text(cell: object, language: str) -> str:
    """A cell of an annex as text."""
    if isinstance(cell, dict):
        return (
            _day(cell["day"], language) if "day" in cell else format_number(Decimal(cell["amount"]), language)
        )
    if isinstance(cell, int):
        return format_number(cell, language)
    return "" if cell is None else str(cell)


def _day(text: str, language: str) -> str:
    return format_date(dt.date.fromisoformat(text), language)
