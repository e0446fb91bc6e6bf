"""The gate of report definitions: JSON becomes a `Definition`, or every mistake in it is named with its place.

A definition is data that offices may change, so nothing in it runs: sentences are pieces of text with figures in
braces, chosen by conditions from a closed list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

from bonphuong.kernel.errors import BadInput
from bonphuong.kernel.periods import FIRST_YEAR, LAST_YEAR, PeriodKind
from bonphuong.ledger.measures import MEASURES
from bonphuong.reports.phrases import AFTER, AFTER_MORE, DEEDS_BEFORE, DEEDS_NOW, PART

Node: TypeAlias = str | Mapping[str, Any] | Sequence["Node"]
#: A piece of what is told of a record: text with columns in braces, or several pieces with something around them.
Part: TypeAlias = str | Mapping[str, Any]

#: A figure or a word inside a piece of text: {out.groups}, {out.groups@to_date:growth}, {=period}.
PLACE = re.compile(r"\{(=)?([a-z_]+(?:\.[a-z_]+)*)(?:@([a-z_]+))?(?::([a-z_]+))?\}")
#: A column of a record inside a piece; with a question mark its being empty takes the piece away with it no longer.
FIELD = re.compile(r"\{([a-z0-9_]+)(\?)?\}")
SPANS = ("period", "to_date", "since")
FACETS = (
    "", "bare", "recorded", "same", "same_now", "same_published", "growth", "gap", "late", "times", "average",
    "target", "of_target",
)  # fmt: skip
WORDS = frozenset({
    "as_of_day", "compared", "compared_again", "during", "during_start", "first_year", "in_kind", "in_kind_start", "head_title", "last_year", "name", "next", "next_year", "office", "period",
    "report_before", "since", "since_year", "to_date", "until", "we", "year",
})  # fmt: skip
PLAIN_DIMENSIONS = frozenset({"country", "partner", "unit", "field", "channel", "office", "book"})
#: Conditions on one figure; the others are listed in `_Reader.condition`.
FIGURE_TESTS = frozenset({
    "some", "zero", "missing", "rise", "fall", "level", "has_same", "no_same", "differs", "estimated", "incomplete",
    "late", "first", "more", "multiple", "over", "met", "under", "one",
})  # fmt: skip
#: The last three are of reports that collect those of provinces.
SPECIALS = frozenset({"late", "trueup", "not_carried_out", "reporting", "practice", "beside"})
TABLE_KINDS = frozenset({"figures", "parts", "years", "provinces"})
#: Conditions on the report itself: days of it are still to come, it is that of the whole book, it tells year by
#: year, the year had days before it, it is longer than a quarter.
REPORT_TESTS = frozenset({"open", "whole", "term", "mid_year", "long"})
#: Conditions with something beside the figure: it has parts by a dimension, parts that somebody named, a base of
#: so many to compare with.
PART_TESTS = frozenset({"parts", "named", "base"})
#: A dimension that is none of the ledger: the years of a report over several.
YEARS = "year"
RULES = frozenset({"figure", "ended", "next_year", "open"})
#: A macro that speaks of the figure it is given.
_USES_X = re.compile(r'\{x[@:}]|"x"')
#: Begins the name of the word that is the number of an annex: {=annex.aid}.
ANNEX = "annex."
#: So many records of one figure are told one by one where the definition gives no number.
MOST_TOLD = 20


@dataclass(frozen=True)
class FigureSpec:
    """A figure of the report: its name here, its indicator, a further filter; `headline` ones may be estimated."""

    name: str
    indicator: str
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    headline: bool = False


@dataclass(frozen=True)
class SectionSpec:
    """A section: its blocks in order, and the figures that say whether anything happened in it."""

    code: str
    level: int
    title: str
    figures: tuple[str, ...]
    blocks: tuple[Mapping[str, Any], ...]

    @property
    def slots(self) -> tuple[str, ...]:
        """The parts of it that people write."""
        return tuple(block["slot"] for block in self.blocks if "slot" in block)


@dataclass(frozen=True)
class AnnexColumn:
    """A column of an annex: its heading, what fills it, its width as a share of the page.

    `of` are columns of the family (or of its lines); `figure` is what the record adds to a figure instead. Of
    records that are told together, `count` says how many they are.
    """

    label: str
    of: tuple[str, ...]
    width: float
    kind: str = "text"
    figure: str = ""
    span: str = "period"
    count: bool = False


@dataclass(frozen=True)
class AnnexSpec:
    """A list of records in the columns of their family. Which ones is said by `rule`.

    "figure": those under any of the figures: what happened in the period under a sum, what is so on its last day
    under a level. "ended": those whose own last day lies in the period. "next_year": those whose last day lies in
    the year after. "open": those allowed and not carried out. `lines` tells the lines under the records instead,
    those with a day in `without` left out; `together` makes one row of records whose words are the same.
    """

    code: str
    title: str
    family: str
    kinds: tuple[str, ...]
    columns: tuple[AnnexColumn, ...]
    figures: tuple[str, ...] = ()
    span: str = "period"
    rule: str = "figure"
    lines: str = ""
    without: str = ""
    together: bool = False

    @property
    def not_carried_out(self) -> bool:
        """Whether it lists what was allowed and has not taken place."""
        return self.rule == "open"


@dataclass(frozen=True)
class TellSpec:
    """Records of a figure told one by one, each by its own words."""

    figure: str
    span: str
    say: tuple[Part, ...]
    limit: int


@dataclass(frozen=True)
class Plausible:
    """So many of one figure for one of another: outside these bounds a person should look again."""

    figure: str
    per: str
    low: int
    high: int


@dataclass(frozen=True)
class Definition:
    """A definition that passed the gate."""

    title: str
    kind: str
    symbol: str
    report_kind: str
    spans: tuple[str, ...]
    figures: Mapping[str, FigureSpec]
    sections: tuple[SectionSpec, ...]
    annexes: tuple[AnnexSpec, ...]
    opening: Node
    closing: Node
    macros: Mapping[str, Node]
    words: Mapping[str, Mapping[str, str]]
    we: Mapping[str, str]
    signers: Mapping[str, Mapping[str, str]]
    recipients: tuple[str, ...]
    plausible: tuple[Plausible, ...]
    hosted: str
    allowed: Mapping[str, tuple[str, ...]]
    docx_evidence: bool = True
    #: The report of provinces that this one, of a national office, adds up; empty for a report of one's own.
    collects: str = ""
    name: str = ""
    about: str = ""
    group: str = ""
    periods: tuple[str, ...] = ()
    yearly: frozenset[str] = frozenset()
    since_year: int = 0

    @property
    def tells(self) -> tuple[TellSpec, ...]:
        """All blocks that tell records one by one."""
        blocks = (block for section in self.sections for block in section.blocks)
        return tuple(tell_of(block["records"]) for block in blocks if "records" in block)

    @property
    def slots(self) -> tuple[str, ...]:
        """All parts that people write, in order."""
        return tuple(slot for section in self.sections for slot in section.slots)


def read_definition(content: object, indicators: Mapping[str, str] | None = None) -> Definition:
    """The definition in `content`. Raises BadInput with the place of every mistake.

    `indicators` (code → measure code) lets unknown indicators be found too.
    """
    return _Reader(content, indicators).read()


class _Reader:
    """Reads once from top to bottom and collects what is wrong."""

    def __init__(self, content: object, indicators: Mapping[str, str] | None) -> None:
        self.raw: Mapping[str, Any] = content if isinstance(content, Mapping) else {}
        self.indicators = indicators
        self.errors: dict[str, list[str]] = {}
        self.names: Mapping[str, FigureSpec] = {}
        self.macros: Mapping[str, Node] = {}
        self.spans: tuple[str, ...] = ()
        self.annex_words: frozenset[str] = frozenset()
        self.yearly: set[str] = set()
        if not isinstance(content, Mapping):
            self.wrong("", _("A definition is an object of JSON."))

    def wrong(self, place: str, message: str) -> None:
        self.errors.setdefault(place, []).append(message)

    def read(self) -> Definition:
        self.spans = tuple(self.raw.get("spans", ("period",)))
        for kind in self.raw.get("periods", ()):
            if kind not in set(PeriodKind):
                self.wrong("periods", _("There is no kind of period “%(name)s”.") % {"name": kind})
        if not self.spans or self.spans[0] != "period" or any(span not in SPANS for span in self.spans):
            self.wrong("spans", _("Spans are “period”, and after it “to_date” and “since”."))
        self.names = self._figures()
        codes = [item.get("code", "") for item in self.raw.get("annexes", ()) if isinstance(item, Mapping)]
        self.annex_words = frozenset(f"{ANNEX}{code}" for code in codes)
        self.macros = self._mapping("macros")
        for name, node in self.macros.items():
            self.node(node, f"macros.{name}", bound=("x",))
        read = self._definition()
        if self.errors:
            raise BadInput(self.errors, _("The definition of the report has mistakes."))
        return read

    def _collects(self) -> str:
        collects = str(self.raw.get("collects", ""))
        if collects and any(spec.headline for spec in self.names.values()):
            self.wrong("collects", _("A report that adds up those of provinces has no estimates of its own."))
        return collects

    def _definition(self) -> Definition:
        read = Definition(
            title=self._text("title"),
            kind=self._text("kind"),
            symbol=self._text("symbol"),
            report_kind=self._text("report_kind"),
            spans=self.spans,
            figures=self.names,
            sections=tuple(self._each("sections", self._section)),
            annexes=tuple(self._each("annexes", self._annex)),
            opening=self._node("opening"),
            closing=self._node("closing"),
            macros=self.macros,
            words=self._mapping("words"),
            we=self._mapping("we"),
            signers=self._mapping("signers"),
            recipients=tuple(self.raw.get("recipients", ())),
            plausible=tuple(self._each("plausible", self._plausible)),
            hosted=self._known(self.raw.get("hosted", ""), "hosted"),
            allowed=self._allowed(),
            docx_evidence=bool(self.raw.get("docx_evidence", True)),
            collects=self._collects(),
            name=self._plain("name"),
            about=self._plain("about"),
            group=self._plain("group"),
            periods=tuple(self.raw.get("periods", ())),
            since_year=self._year("since_year"),
        )
        # Which figures are told year by year is known only when all has been read.
        return replace(read, yearly=frozenset(self.yearly))

    # --- pieces ------------------------------------------------------------------------------------------

    def _text(self, name: str) -> str:
        value = self.raw.get(name, "")
        if not isinstance(value, str):
            self.wrong(name, _("This must be text."))
            return ""
        self.node(value, name)
        return value

    def _plain(self, name: str) -> str:
        value = self.raw.get(name, "")
        if not isinstance(value, str):
            self.wrong(name, _("This must be text."))
        return str(value)

    def _year(self, name: str) -> int:
        value = self.raw.get(name, 0)
        needed = "since" in self.spans
        if not isinstance(value, int) or (needed and not FIRST_YEAR <= value <= LAST_YEAR):
            self.wrong(name, _("Name the year that the span “since” begins with."))
            return 0
        return value

    def _node(self, name: str) -> Node:
        node: Node = self.raw.get(name, "")
        self.node(node, name)
        return node

    def _mapping(self, name: str) -> Mapping[str, Any]:
        value = self.raw.get(name, {})
        if not isinstance(value, Mapping):
            self.wrong(name, _("This must be an object."))
            return {}
        return value

    def _each(self, name: str, read: Callable[[Mapping[str, Any], str], Any]) -> list[Any]:
        found = []
        for index, item in enumerate(self.raw.get(name, ())):
            place = f"{name}.{index}"
            if not isinstance(item, Mapping):
                self.wrong(place, _("This must be an object."))
                continue
            try:
                found.append(read(item, place))
            except (KeyError, TypeError, ValueError) as error:
                self.wrong(place, _("This lacks a part or has a wrong one: %(error)s.") % {"error": error})
        return found

    def _figures(self) -> dict[str, FigureSpec]:
        found = {}
        for name, item in self._mapping("figures").items():
            place = f"figures.{name}"
            if not PLACE.fullmatch(f"{{{name}}}") or name.split(".")[0] == "x":
                self.wrong(place, _("A name is small letters and dots."))
            spec: object = {"indicator": item} if isinstance(item, str) else item
            if not isinstance(spec, Mapping) or not isinstance(spec.get("indicator"), str):
                self.wrong(place, _("Name the indicator."))
                continue
            if self.indicators is not None and spec["indicator"] not in self.indicators:
                self.wrong(place, _("Unknown indicator: %(code)s.") % {"code": spec["indicator"]})
            filters = {key: tuple(codes) for key, codes in spec.get("filters", {}).items()}
            found[name] = FigureSpec(name, spec["indicator"], filters, bool(spec.get("headline")))
        return found

    def _known(self, name: str, place: str) -> str:
        if name and name not in self.names:
            self.wrong(place, _("Unknown figure: %(name)s.") % {"name": name})
        return name

    def _plausible(self, item: Mapping[str, Any], place: str) -> Plausible:
        figure, per = self._known(item["figure"], place), self._known(item["per"], place)
        return Plausible(figure, per, int(item["low"]), int(item["high"]))

    def _allowed(self) -> dict[str, tuple[str, ...]]:
        found = {}
        for name, measures in self._mapping("allowed").items():
            self._known(name, f"allowed.{name}")
            for code in measures:
                if code not in MEASURES:
                    self.wrong(f"allowed.{name}", _("Unknown measure: %(code)s.") % {"code": code})
            found[name] = tuple(measures)
        return found

    def _section(self, item: Mapping[str, Any], place: str) -> SectionSpec:
        blocks = tuple(item.get("blocks", ()))
        for index, block in enumerate(blocks):
            self.block(block, f"{place}.blocks.{index}")
        figures = tuple(self._known(name, place) for name in item.get("figures", ()))
        self.node(item["title"], f"{place}.title")
        return SectionSpec(item["code"], int(item.get("level", 1)), item["title"], figures, blocks)

    def _annex(self, item: Mapping[str, Any], place: str) -> AnnexSpec:
        figures = (
            tuple(item["figures"]) if "figures" in item else tuple(filter(None, [item.get("figure", "")]))
        )
        rule = "open" if item.get("not_carried_out") else item.get("rule", "figure")
        if rule not in RULES or (rule == "figure" and not figures):
            self.wrong(place, _("Say which records: by figures, or by a rule that there is."))
        for name in figures:
            self._known(name, place)
        self.node(item["title"], f"{place}.title")
        return AnnexSpec(
            code=item["code"],
            title=item["title"],
            family=item["family"],
            kinds=tuple(item["kinds"]),
            columns=tuple(self._column(column, place) for column in item["columns"]),
            figures=figures,
            span=self._span(item.get("span", "period"), place),
            rule=rule,
            lines=item.get("lines", ""),
            without=item.get("without", ""),
            together=bool(item.get("together")),
        )

    def _column(self, column: Mapping[str, Any], place: str) -> AnnexColumn:
        return AnnexColumn(
            label=column["label"],
            of=tuple(column.get("of", ())),
            width=float(column["width"]),
            kind=column.get("kind", "text"),
            figure=self._known(column.get("figure", ""), place),
            span=self._span(column.get("span", "period"), place),
            count=bool(column.get("count")),
        )

    # --- blocks and sentences ----------------------------------------------------------------------------

    def block(self, block: object, place: str) -> None:
        if not isinstance(block, Mapping):
            self.wrong(place, _("This must be an object."))
            return
        if "when" in block:
            self.condition(block["when"], f"{place}.when", ())
        if "paragraph" in block:
            self.node(block["paragraph"], place)
        elif "items" in block:
            self.node(block["items"], place)
        elif "table" in block:
            self._table(block["table"], f"{place}.table")
        elif "records" in block:
            self._tell(block["records"], f"{place}.records")
        elif "special" in block:
            if block["special"] not in SPECIALS:
                self.wrong(place, _("Unknown block: %(name)s.") % {"name": block["special"]})
        elif not isinstance(block.get("slot"), str):
            self.wrong(
                place, _("A block is a paragraph, items, a table, records, a slot or something special.")
            )

    def _tell(self, tell: Mapping[str, Any], place: str) -> None:
        self._known(tell.get("figure", ""), place)
        self._span(tell.get("span", "period"), place)
        if not tell.get("figure") or not tell.get("say"):
            self.wrong(place, _("Name the figure, and what is said of each record."))

    def _table(self, table: Mapping[str, Any], place: str) -> None:
        self.node(table.get("caption", ""), place)
        if table.get("kind") not in TABLE_KINDS:
            self.wrong(place, _("A table is of figures, of parts or of years."))
        names = (
            table.get("rows", ()) if table.get("kind") in ("figures", "years") else table.get("figures", ())
        )
        for name in names:
            self._known(name, place)
        if table.get("kind") == "provinces":
            self._span(table.get("span", "period"), place)
        if table.get("kind") == "years":
            self.yearly |= set(names)
        if table.get("kind") == "parts":
            self._dimension(table.get("by"), tuple(names), place)
            self._span(table.get("span", "period"), place)
            if table.get("now") and table.get("by") not in ("unit", "office"):
                self.wrong(place, _("Only units and offices are read as now."))
        for column in table.get("columns", ()) if table.get("kind") == "figures" else ():
            if "when" in column:
                self.condition(column["when"], place, ())
            self._span(column.get("span", "period"), place)
            self._facet(column.get("facet", ""), place)

    def node(self, node: object, place: str, bound: tuple[str, ...] = ()) -> None:
        """A piece of text, several, or one with a condition."""
        if isinstance(node, str):
            self._string(node, place, bound)
        elif isinstance(node, Mapping):
            self._object(node, place, bound)
        elif isinstance(node, Sequence):
            for index, part in enumerate(node):
                self.node(part, f"{place}.{index}", bound)
        else:
            self.wrong(place, _("This must be text, a list or an object."))

    def _object(self, node: Mapping[str, Any], place: str, bound: tuple[str, ...]) -> None:
        if "when" in node:
            self.condition(node["when"], f"{place}.when", bound)
        if "each" in node:
            for name in node.get("of", ()):
                self._known(name, place)
            if node["each"] == YEARS:
                self.yearly |= set(node.get("of", ()))
            self._dimension(node["each"], tuple(node.get("of", ())), place)
            self._span(node.get("span", "period"), place)
        if "macro" in node:
            self._macro(node, place, bound)
        if "deeds" in node:
            self._deeds(node["deeds"], f"{place}.deeds", bound)
            self.node(node.get("start", ""), f"{place}.start", bound)
        if "split" in node:
            self._split(node, place, bound)
            return
        inner = [key for key in ("say", "first", "nodes", "rest", "vary") if key in node]
        if not inner and "macro" not in node and "deeds" not in node:
            self.wrong(place, _("This says nothing."))
        for key in inner:
            self.node(node[key], f"{place}.{key}", bound)

    def _macro(self, node: Mapping[str, Any], place: str, bound: tuple[str, ...]) -> None:
        if node["macro"] not in self.macros:
            self.wrong(place, _("Unknown macro: %(name)s.") % {"name": node["macro"]})
        if "x" in node or _USES_X.search(json.dumps(self.macros.get(node["macro"], ""))):
            self._reference(str(node.get("x", "")), place, bound)

    def _deeds(self, deeds: Sequence[Mapping[str, Any]], place: str, bound: tuple[str, ...]) -> None:
        for name in (DEEDS_NOW, DEEDS_BEFORE, AFTER, AFTER_MORE, "source"):
            if name not in self.macros:
                self.wrong(place, _("Unknown macro: %(name)s.") % {"name": name})
        for index, deed in enumerate(deeds):
            self._known(deed.get("of", "?"), f"{place}.{index}")
            for key in ("say", "more"):
                if key in deed or key == "say":
                    self.node(deed.get(key), f"{place}.{index}.{key}", (*bound, "x"))

    def _split(self, node: Mapping[str, Any], place: str, bound: tuple[str, ...]) -> None:
        self._reference(str(node["split"]), place, bound)
        if node["split"] not in bound:
            self._dimension(node.get("by"), (str(node["split"]).split("@")[0],), place)
        if "say" in node:
            self.node(node["say"], f"{place}.say", (*bound, "x"))
        elif PART not in self.macros:
            self.wrong(place, _("Unknown macro: %(name)s.") % {"name": PART})

    def _string(self, text: str, place: str, bound: tuple[str, ...]) -> None:
        for match in PLACE.finditer(text):
            is_word, name = match[1], match[2]
            if is_word:
                if name not in WORDS and name not in self.annex_words:
                    self.wrong(place, _("Unknown word: %(name)s.") % {"name": name})
            else:
                self._reference(match[0][1:-1], place, bound)
        if "{" in PLACE.sub("", text) or "}" in PLACE.sub("", text):
            self.wrong(place, _("A brace stands alone: %(text)s.") % {"text": text})

    def _reference(self, reference: str, place: str, bound: tuple[str, ...]) -> None:
        match = PLACE.fullmatch(f"{{{reference}}}")
        if match is None or match[1]:
            self.wrong(place, _("“%(text)s” names no figure.") % {"text": reference})
            return
        if match[2] not in bound:
            self._known(match[2], place)
        self._span(match[3] or "period", place)
        self._facet(match[4] or "", place)

    def _span(self, span: str, place: str) -> str:
        if span not in self.spans:
            self.wrong(place, _("This report has no span “%(name)s”.") % {"name": span})
        return span

    def _facet(self, facet: str, place: str) -> None:
        if facet not in FACETS:
            self.wrong(place, _("A figure has no side “%(name)s”.") % {"name": facet})

    def _dimension(self, dimension: object, names: Sequence[str], place: str) -> None:
        if dimension in PLAIN_DIMENSIONS or dimension == YEARS:
            return
        for name in names:
            indicator = self.names[name].indicator if name in self.names else ""
            measure = (self.indicators or {}).get(indicator, indicator)
            if measure in MEASURES and dimension not in MEASURES[measure].slots:
                self.wrong(
                    place,
                    _("“%(name)s” is not parted by “%(dimension)s”.")
                    % {"name": name, "dimension": dimension},
                )

    def condition(self, given: object, place: str, bound: tuple[str, ...]) -> None:
        """One test, or several joined by all, any, not."""
        if not isinstance(given, Mapping) or len(given) != 1:
            self.wrong(place, _("A condition is an object with one test."))
            return
        [(test, value)] = given.items()
        if test in ("all", "any"):
            for index, part in enumerate(value):
                self.condition(part, f"{place}.{index}", bound)
        elif test == "not":
            self.condition(value, place, bound)
        elif test in FIGURE_TESTS:
            self._reference(value, place, bound)
        elif test in PART_TESTS:
            self._reference(value[0], place, bound)
        elif test == "annex":
            if f"{ANNEX}{value}" not in self.annex_words:
                self.wrong(place, _("Unknown annex: %(name)s.") % {"name": value})
        elif test not in REPORT_TESTS:
            self.wrong(place, _("Unknown condition: %(name)s.") % {"name": test})


def tell_of(given: Mapping[str, Any]) -> TellSpec:
    """A block that tells records one by one, of a definition that passed the gate."""
    return TellSpec(
        given["figure"], given.get("span", "period"), tuple(given["say"]), int(given.get("limit", MOST_TOLD))
    )


def dimension_field(measure: str, dimension: str) -> str:
    """The ledger's own name of a dimension: "head_level" is the first slot of outbound groups. Raises ValueError."""
    if dimension in PLAIN_DIMENSIONS:
        return dimension
    return f"slot{MEASURES[measure].slots.index(dimension) + 1}"
