"""Takes out of a shipped definition what its report cannot say: figures, spans and annexes that it does not have.

Sections on the shelf are written for every report. What is left of them in one report names nothing that is not
there, so that whoever changes the definition reads only what is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bonphuong.reports.schema import ANNEX, FIGURE_TESTS, PART_TESTS, PLACE, YEARS

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Lists of alternatives: one that cannot be said is left out, the others stay.
_LISTS = ("first", "nodes", "vary", "deeds")


class _Gone(Exception):
    """A piece names what the report does not have."""


@dataclass(frozen=True)
class _Has:
    """What a report has. `bound` are names that stand for a figure where the piece is used."""

    figures: frozenset[str]
    spans: frozenset[str]
    annexes: frozenset[str]
    macros: Mapping[str, Any]
    bound: frozenset[str] = frozenset({"x"})

    def must(self, reference: str) -> None:
        """Raise `_Gone` for a reference to a figure or a span that the report does not have."""
        match = PLACE.fullmatch(f"{{{reference}}}")
        if (
            match is None
            or match[2] not in self.figures | self.bound
            or (match[3] or "period") not in self.spans
        ):
            raise _Gone


def pruned(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content without pieces, blocks, rows and macros that name what the report does not have."""
    has = _Has(
        figures=frozenset(content["figures"]),
        spans=frozenset(content["spans"]),
        annexes=frozenset(annex["code"] for annex in content["annexes"]),
        macros=content["macros"],
    )
    sections = [
        {
            **section,
            **({"figures": _some(section["figures"], has)} if "figures" in section else {}),
            "blocks": [kept for block in section["blocks"] if (kept := _block(block, has))],
        }
        for section in content["sections"]
    ]
    macros = {name: _macro(node, has) for name, node in content["macros"].items()}
    plausible = [p for p in content.get("plausible", ()) if {p["figure"], p["per"]} <= has.figures]
    allowed = {name: some for name, some in content.get("allowed", {}).items() if name in has.figures}
    hosted = content.get("hosted", "")
    return {
        **content,
        "sections": sections,
        "macros": macros,
        "plausible": plausible,
        "allowed": allowed,
        "hosted": hosted if hosted in has.figures else "",
    }


def _some(names: Sequence[str], has: _Has) -> list[str]:
    return [name for name in names if name in has.figures]


def _macro(node: Any, has: _Has) -> Any:
    try:
        return _node(node, has)
    except _Gone:
        return ""


def _block(block: Mapping[str, Any], has: _Has) -> dict[str, Any] | None:
    """The block as far as it can be told; None where nothing of it can."""
    try:
        when = {"when": _condition(block["when"], has)} if "when" in block else {}
        if when and when["when"] is False:
            return None
        kept = {**block, **_inner(block, has)}
        return {
            key: value for key, value in {**kept, **when}.items() if not (key == "when" and value is True)
        }
    except _Gone:
        return None


def _inner(block: Mapping[str, Any], has: _Has) -> dict[str, Any]:
    if "paragraph" in block:
        nodes = _node(block["paragraph"], has)
        if not nodes or all(node == " " for node in nodes):
            raise _Gone
        return {"paragraph": nodes}
    if "items" in block:
        return {"items": _node(block["items"], has)}
    if "records" in block:
        has.must(block["records"]["figure"])
    if "table" in block:
        return {"table": _table(block["table"], has)}
    return {}


def _table(table: Mapping[str, Any], has: _Has) -> dict[str, Any]:
    key = "rows" if table["kind"] in ("figures", "years") else "figures"
    found = {**table, key: _some(table[key], has)}
    if not found[key]:
        raise _Gone
    columns = []
    for column in table.get("columns", ()):
        when = _condition(column["when"], has) if "when" in column else True
        if when is not False and column.get("span", "period") in has.spans:
            own = {name: value for name, value in column.items() if name != "when"}
            columns.append(own if when is True else {**own, "when": when})
    return {**found, "columns": columns} if columns else found


def _node(node: Any, has: _Has) -> Any:
    if isinstance(node, str):
        return _text(node, has)
    if isinstance(node, Mapping):
        return _object(node, has)
    kept = []
    for part in node:
        try:
            kept.append(_node(part, has))
        except _Gone:
            # A text says all or nothing; what stands in an object of its own is told where it can be.
            if isinstance(part, str):
                raise
    return kept


def _text(text: str, has: _Has) -> str:
    for match in PLACE.finditer(text):
        if not match[1]:
            has.must(match[0][1:-1])
        elif match[2].startswith(ANNEX) and match[2].removeprefix(ANNEX) not in has.annexes:
            raise _Gone
    return text


def _object(node: Mapping[str, Any], has: _Has) -> dict[str, Any]:
    found = dict(node)
    if "when" in node:
        when = _condition(node["when"], has)
        if when is False:
            raise _Gone
        found.pop("when")
        found |= {} if when is True else {"when": when}
    for key in ("x", "split"):
        if key in node:
            has.must(str(node[key]))
    if "of" in node and "each" in node:
        found["of"] = _some(node["of"], has)
        if not found["of"] or (node["each"] != YEARS and node.get("span", "period") not in has.spans):
            raise _Gone
    for key in (*_LISTS, "say", "rest", "start"):
        if key in node:
            found[key] = _several(node[key], key, has)
    return found


def _several(value: Any, key: str, has: _Has) -> Any:
    """A part of a piece: alternatives that cannot be said are left out, a sentence falls as a whole."""
    if key not in _LISTS:
        return _node(value, has)
    kept = []
    for one in value:
        try:
            kept.append(_deed(one, has) if key == "deeds" else _node(one, has))
        except _Gone:
            continue
    if not kept:
        raise _Gone
    return kept


def _deed(deed: Mapping[str, Any], has: _Has) -> dict[str, Any]:
    has.must(deed["of"])
    found = {**deed, "say": _node(deed["say"], has)}
    if "more" in deed:
        try:
            found["more"] = _node(deed["more"], has)
        except _Gone:
            del found["more"]
    return found


def _condition(given: Mapping[str, Any], has: _Has) -> Any:
    """The condition as far as it is open in this report: True, False, or what is left to judge."""
    [(test, value)] = given.items()
    if test in ("all", "any"):
        return _joined(test, [_condition(part, has) for part in value])
    if test == "not":
        inner = _condition(value, has)
        return not inner if isinstance(inner, bool) else {"not": inner}
    if test == "annex":
        return given if value in has.annexes else False
    if test == "mid_year" and "to_date" not in has.spans:
        return not value
    if test in FIGURE_TESTS | PART_TESTS:
        try:
            has.must(value if isinstance(value, str) else value[0])
        except _Gone:
            return False
    return dict(given)


def _joined(test: str, parts: Sequence[Any]) -> Any:
    decides = test == "any"
    if any(part is decides for part in parts):
        return decides
    left = [part for part in parts if not isinstance(part, bool)]
    if not left:
        return not decides
    return left[0] if len(left) == 1 else {test: left}
