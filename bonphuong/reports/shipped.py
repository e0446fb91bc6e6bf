"""Reads the reports that come with the product: files that build on one another become whole definitions.

A file may extend another. What it says goes before what it extends; sections and annexes are taken from the shelf
by their codes and changed where the report needs it, so that no sentence is written twice. A text that differs by
language is {"vi": …, "en": …}.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bonphuong.reports.pruning import pruned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

DATA = Path(__file__).parent / "data"
LANGUAGES = ("vi", "en")
#: What is merged piece by piece along the chain; anything else that a file says replaces what it extends.
_MERGED = ("figures", "macros", "words", "we", "signers", "shelf", "templates", "annex_shelf", "changed")
#: What only making the definition needs.
_TOOLS = ("shelf", "templates", "annex_shelf", "changed", "figures_of")
_BOTH = set(LANGUAGES)
#: The row's own fields; the others are of the content.
ROW = (
    "code", "office_kind", "language", "version", "cutoff", "late_rule", "valid_from", "source", "proved", "content",
)  # fmt: skip
_EMPTY = {"office_kind": "", "valid_from": None}


def shipped_names() -> list[str]:
    """Every shipped definition in both languages: "monthly", "monthly.en", …"""
    codes = [path.stem for path in sorted(DATA.glob("*.json")) if "code" in _file(path.stem)]
    return [code if language == "vi" else f"{code}.{language}" for language in LANGUAGES for code in codes]


def shipped_definition(name: str) -> dict[str, Any]:
    """The fields of a shipped definition, whole: nothing in it refers to another file."""
    stem, _dot, language = name.partition(".")
    row = _told_in(_whole(stem), language or "vi")
    row |= {"language": language or "vi", "content": _made(row["content"])}
    return {field: row.get(field, _EMPTY.get(field)) for field in ROW}


@cache
def shipped_titles(language: str) -> dict[str, str]:
    """What each shipped report is called, by its code."""
    rows = [
        _told_in(_whole(path.stem), language)
        for path in sorted(DATA.glob("*.json"))
        if "code" in _file(path.stem)
    ]
    return {row["code"]: row["content"]["name"] for row in rows if not row.get("office_kind")}


@cache
def _file(stem: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / f"{stem}.json").read_text(encoding="utf-8"))
    return found


def _whole(stem: str) -> dict[str, Any]:
    """The file with what it extends, the nearest first."""
    own = _file(stem)
    if "extends" not in own:
        return own
    base = _whole(own["extends"])
    content = {**base["content"], **own.get("content", {})}
    for key in _MERGED:
        content[key] = _merged(base["content"].get(key, {}), own.get("content", {}).get(key, {}))
    return {**base, **own, "content": content}


def _merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Both, two steps deep: one word more for a dimension, one field of a section changed."""
    found = dict(base)
    for key, value in own.items():
        deeper = isinstance(value, dict) and isinstance(found.get(key), dict) and not _is_node(value)
        found[key] = {**found[key], **value} if deeper else value
    return found


def _is_node(value: Mapping[str, Any]) -> bool:
    """Whether it is one text, sentence or figure, which is replaced whole."""
    return set(value) == _BOTH or bool(set(value) & {"first", "say", "nodes", "vary", "when", "indicator"})


def _told_in(value: Any, language: str) -> Any:
    if isinstance(value, dict):
        if set(value) == _BOTH:
            return _told_in(value[language], language)
        return {key: _told_in(part, language) for key, part in value.items()}
    return [_told_in(part, language) for part in value] if isinstance(value, list) else value


# --- sections and annexes from the shelf -----------------------------------------------------------------


def _made(content: Mapping[str, Any]) -> dict[str, Any]:
    shelf, changed = content.get("shelf", {}), content.get("changed", {})
    templates = content.get("templates", {})
    sections = [_section(item, shelf, changed) for item in content["sections"]]
    for section in sections:
        section["blocks"] = _expanded(section.get("blocks", ()), templates)
    annexes = [_annex(item, content.get("annex_shelf", {})) for item in content.get("annexes", ())]
    figures = _chosen(content["figures"], content.get("figures_of", ("*",)))
    kept = {key: value for key, value in content.items() if key not in _TOOLS}
    return pruned({**kept, "figures": figures, "sections": sections, "annexes": annexes})


def _section(item: Any, shelf: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    asked = {"from": item} if isinstance(item, str) else dict(item)
    name = asked.pop("from", "")
    base = dict(shelf[name]) if name else {}
    found = {**base, **asked}
    found.setdefault("code", name)
    found |= changed.get(found["code"], {})
    first, last = found.pop("before", ()), list(found.pop("after", ()))
    for other in reversed(found.pop("with", ())):
        last[:0] = [block for block in shelf[other]["blocks"] if "slot" not in block]
        found["figures"] = [*shelf[other].get("figures", ()), *found.get("figures", ())]
    blocks = [*first, *found.get("blocks", ())]
    # What a person writes comes last in a section.
    at = next((index for index, block in enumerate(blocks) if "slot" in block), len(blocks))
    blocks[at:at] = last
    found["blocks"] = [_renamed(block, name, found["code"]) for block in blocks]
    return found


def _renamed(block: Mapping[str, Any], name: str, code: str) -> dict[str, Any]:
    """A part that people write bears the name of its section."""
    return {**block, "slot": code} if name and block.get("slot") == name else dict(block)


def _expanded(blocks: Iterable[Mapping[str, Any]], templates: Mapping[str, Any]) -> list[Any]:
    found: list[Any] = []
    for block in blocks:
        if "template" in block:
            found += [_filled(part, block) for part in templates[block["template"]]]
        else:
            found.append(block)
    return found


def _filled(value: Any, given: Mapping[str, Any]) -> Any:
    """A template with its blanks filled: "$figure" alone is what was given, inside a text it is put in."""
    if isinstance(value, str):
        if value.startswith("$") and value[1:] in given:
            return given[value[1:]]
        for name, text in given.items():
            if isinstance(text, str):
                value = value.replace(f"${name}", text)
        return value
    if isinstance(value, dict):
        return {_filled(key, given): _filled(part, given) for key, part in value.items()}
    return [_filled(part, given) for part in value] if isinstance(value, list) else value


def _annex(item: Any, shelf: Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(item, str):
        return dict(shelf[item], code=item)
    base = shelf[item["from"]] if "from" in item else {}
    own = {key: value for key, value in item.items() if key != "from"}
    return {"code": item.get("from", ""), **base, **own}


def _chosen(figures: Mapping[str, Any], patterns: Sequence[str]) -> dict[str, Any]:
    """Those figures that the report tells; "aid.*" are all whose names begin so."""
    return {
        name: figure
        for name, figure in figures.items()
        if any(name == one or (one.endswith("*") and name.startswith(one[:-1])) for one in patterns)
    }
