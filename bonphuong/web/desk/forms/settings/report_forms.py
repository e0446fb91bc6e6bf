"""What was typed into the editor of a form, put back into its content: texts, conditions, lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.kernel.errors import BadInput
from bonphuong.reports.editing.conditions import ALL, chosen, from_fields
from bonphuong.reports.editing.pieces import pieces_of
from bonphuong.reports.editing.tree import added, at, moved, put, steps_of, taken_out, with_condition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

Content = dict[str, Any]
SENTENCES = ("paragraph", "items")
_NAME = re.compile(r"[a-z_]+(?:\.[a-z_]+)*")
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
#: What a new block holds before anything is typed.
NEW_BLOCKS: dict[str, Any] = {
    "paragraph": {"paragraph": [""]},
    "table": {"table": {"kind": "figures", "caption": "", "rows": [], "columns": [{"label": ""}]}},
    "parts": {"table": {"kind": "parts", "caption": "", "by": "country", "figures": []}},
    "records": {"records": {"figure": "", "limit": 20, "say": ["{title}"]}},
}
NEW_COLUMN = {"label": "", "of": [], "width": 20, "kind": "text"}
#: Fields that hold a number.
_NUMBERS = {"limit", "level", "width"}


def texts_kept(content: Content, data: QueryDict, within: str) -> Content:
    """Every field "v.<path>" below `within` put in its place; what was emptied and is optional is taken out."""
    for name, text in data.items():
        path = name.removeprefix("v.")
        if name == path or not (path == within or path.startswith(f"{within}.") or within == ""):
            continue
        last = str(steps_of(path)[-1])
        written = str(text).replace("\r\n", "\n").replace("\n", " ")
        content = put(content, path, _number(written) if last in _NUMBERS else written)
    return content


def _number(text: str) -> int | str:
    return int(text) if text.strip().isdigit() else text


def sentence_kept(content: Content, data: QueryDict, path: str) -> Content:
    """A sentence with its texts, macros and conditions as they were typed; the innermost conditions first."""
    pieces = pieces_of(at(content, path), tuple(steps_of(path)), {})
    content = texts_kept(content, data, path)
    for piece in reversed(pieces):
        if piece.macro and f"m.{piece.path}" in data:
            content = put(content, f"{piece.path}.macro", data[f"m.{piece.path}"])
            figure = data.get(f"x.{piece.path}", "").strip()
            # Some usual words are of the period alone and take no figure.
            if figure or piece.figure:
                content = put(content, f"{piece.path}.x", figure)
        content = block_condition_kept(content, data, piece.path)
    return content


def block_condition_kept(content: Content, data: QueryDict, path: str) -> Content:
    """A piece or a whole block under the condition that was typed; one that says the same stays as it is written."""
    if f"c.{path}" not in data:
        return content
    held, choice = at(content, path), _choice(data, path)
    standing = chosen(held.get("when") if isinstance(held, dict) else None)
    return content if standing == choice else put(content, path, with_condition(held, choice))


def _choice(data: QueryDict, path: str) -> Any:
    rows = zip(
        data.getlist(f"c.{path}.test"),
        data.getlist(f"c.{path}.figure"),
        data.getlist(f"c.{path}.more"),
        strict=False,
    )
    return from_fields(list(rows), data.get(f"c.{path}", ALL))


def deed_done(content: Content, deed: str, data: QueryDict, base: Mapping[str, Any]) -> Content:
    """A button pressed: "up:sections.3", "add:annexes.0.columns", …. Raises BadInput for one that there is not."""
    name, _colon, path = deed.partition(":")
    if name in ("up", "down"):
        return moved(content, path, -1 if name == "up" else 1)
    if name == "remove":
        return _removed(content, path)
    if name == "after":
        return _after(content, path, "")
    if name in _ADDING:
        return _ADDING[name](content, path, data)
    if name == "back":
        return _put_back(content, path, base)
    raise BadInput({"": [_("There is no such button.")]})


def _removed(content: Content, path: str) -> Content:
    if path.startswith("figures/"):
        return without_figure(content, path.removeprefix("figures/"))
    return taken_out(content, path)


def _after(content: Content, path: str, value: Any) -> Content:
    """A new piece behind another; a sentence of one piece becomes a list of two."""
    way, _dot, last = path.rpartition(".")
    if last.isdigit():
        return added(content, way, value, after=int(last))
    return put(content, path, [at(content, path), value])


def _add_block(content: Content, path: str, data: QueryDict) -> Content:
    sort = data.get("sort", "")
    if sort == "slot":
        value: Any = {"slot": _fresh(_slots(content), "written"), "hint": ""}
    elif sort.startswith("special."):
        value = {"special": sort.removeprefix("special.")}
    elif sort in NEW_BLOCKS:
        value = NEW_BLOCKS[sort]
    else:
        raise BadInput({"sort": [_("Choose what is added.")]})
    section = at(content, path)
    if "blocks" not in section:
        content = put(content, f"{path}.blocks", [])
    return added(content, f"{path}.blocks", value)


def _slots(content: Content) -> set[str]:
    return {b["slot"] for s in content["sections"] for b in s.get("blocks", ()) if "slot" in b}


def _fresh(taken: set[str], stem: str) -> str:
    return next(name for n in range(1, 1000) if (name := f"{stem}_{n}") not in taken)


def _add_section(content: Content, path: str, data: QueryDict) -> Content:
    title = data.get("section_title", "").strip()
    if not title:
        raise BadInput({"section_title": [_("Write the heading of the new section.")]})
    taken = {section["code"] for section in content["sections"]}
    level = 2 if data.get("section_level") == "2" else 1
    section = {"code": _fresh(taken, "own"), "level": level, "title": title, "blocks": []}
    return added(content, path, section)


def _add_figure(content: Content, _path: str, data: QueryDict) -> Content:
    indicator, name = data.get("new_indicator", "").strip(), data.get("new_name", "").strip()
    if not indicator:
        raise BadInput({"new_indicator": [_("Choose an indicator.")]})
    if not name:
        parts = [part for part in indicator.removeprefix("own.").split(".") if not part.isdigit()]
        name = ".".join(re.sub(r"[^a-z]+", "_", part).strip("_") or "own" for part in parts[-2:])
    if not _NAME.fullmatch(name) or name.split(".")[0] == "x":
        raise BadInput({"new_name": [_("A name is small letters and dots.")]})
    if name in content.get("figures", {}):
        raise BadInput({"new_name": [_("The form has a figure of this name.")]})
    return {**content, "figures": {**content.get("figures", {}), name: indicator}}


def _add_row(content: Content, path: str, data: QueryDict) -> Content:
    """A figure more in a table, an annex or a group."""
    name = data.get(f"new.{path}", "").strip()
    if not name:
        raise BadInput({f"new.{path}": [_("Choose a figure.")]})
    return added(content, path, name)


def _add_column(content: Content, path: str, _data: QueryDict) -> Content:
    value = NEW_COLUMN if path.startswith("annexes.") else {"label": ""}
    if isinstance(at(content, path.rpartition(".")[0]), dict) and path.rpartition(".")[2] not in at(
        content, path.rpartition(".")[0]
    ):
        content = put(content, path, [])
    return added(content, path, dict(value))


def _add_piece(content: Content, path: str, _data: QueryDict) -> Content:
    return added(content, path, "")


_ADDING = {
    "block": _add_block,
    "section": _add_section,
    "figure": _add_figure,
    "row": _add_row,
    "column": _add_column,
    "piece": _add_piece,
}


def _put_back(content: Content, path: str, base: Mapping[str, Any]) -> Content:
    """A section, annex or figure that the form began with, back where it stood as far as that can be said."""
    key, _slash, code = path.partition("/")
    if key == "figures" and code in base.get("figures", {}):
        return {**content, "figures": {**content["figures"], code: base["figures"][code]}}
    rows = list(base.get(key, ())) if key in ("sections", "annexes") else []
    index = next((n for n, one in enumerate(rows) if one.get("code") == code), None)
    if index is None or any(one.get("code") == code for one in content.get(key, ())):
        raise BadInput({"": [_("This cannot be put back.")]})
    before = {one.get("code") for one in rows[:index]}
    places = [n for n, one in enumerate(content.get(key, ())) if one.get("code") in before]
    return added(content, key, rows[index], after=max(places, default=-1))


def without_figure(content: Content, name: str) -> Content:
    """The form without a figure: out of tables, annexes and checks too. Sentences that name it are told by the gate."""
    found = {**content, "figures": {k: v for k, v in content["figures"].items() if k != name}}
    found["sections"] = [_section_without(section, name) for section in content.get("sections", ())]
    found["annexes"] = [_annex_without(annex, name) for annex in content.get("annexes", ())]
    if "plausible" in found:
        found["plausible"] = [one for one in found["plausible"] if name not in (one["figure"], one["per"])]
    if "allowed" in found:
        found["allowed"] = {k: v for k, v in found["allowed"].items() if k != name}
    if found.get("hosted") == name:
        found["hosted"] = ""
    return found


def _section_without(section: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = dict(section)
    if "figures" in found:
        found["figures"] = [one for one in found["figures"] if one != name]
    if "blocks" not in found:
        return found
    blocks = []
    for block in found["blocks"]:
        if "table" in block:
            table = dict(block["table"])
            for key in ("rows", "figures"):
                if key in table:
                    table[key] = [one for one in table[key] if one != name]
            blocks.append({**block, "table": table})
        elif block.get("records", {}).get("figure") != name:
            blocks.append(block)
    return {**found, "blocks": blocks}


def _annex_without(annex: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = dict(annex)
    if "figures" in found:
        found["figures"] = [one for one in found["figures"] if one != name]
    found["columns"] = [one for one in found.get("columns", ()) if one.get("figure") != name]
    return found


def general_kept(content: Content, data: QueryDict) -> Content:
    """Title, opening, closing, signers and recipients as they were typed."""
    for key in ("title", "kind", "symbol", "opening", "closing"):
        if f"v.{key}" in data and isinstance(content.get(key, ""), str):
            content = put(content, key, data.get(f"v.{key}", "").strip())
    for name in data:
        parts = name.removeprefix("v.").split(".")
        if name.startswith("v.signers.") and len(parts) == 3 and parts[1] in content.get("signers", {}):
            signer = {**content["signers"][parts[1]], parts[2]: data.get(name, "").strip()}
            kept = {key: text for key, text in signer.items() if text}
            content = {**content, "signers": {**content["signers"], parts[1]: kept}}
    if "recipients" in data:
        content = put(
            content,
            "recipients",
            [line.strip() for line in data.get("recipients", "").splitlines() if line.strip()],
        )
    if "general" in data and content.get("docx_evidence", True) is not ("docx_evidence" in data):
        content = put(content, "docx_evidence", "docx_evidence" in data)
    return content
