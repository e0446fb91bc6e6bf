"""A sentence as pieces one below the other: each text on its own with its condition, groups with what they mean.

A piece is named by its path from the block ("paragraph.0.first.1.say"); what a person typed is put back there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.reports.editing.conditions import Choice, chosen, reference_words, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str | int, ...]
TEXT, GROUP, MACRO = "text", "group", "macro"
#: Before the name of a dimension among the labels: what it is called.
BY = "by:"

_GROUPS = {"each", "first", "nodes", "vary", "deeds", "split"}


@dataclass(frozen=True)
class Piece:
    """One line of the editor. `path` is the whole piece, `text_path` the text in it.

    `choice` is None where the condition is nested deeper than a form shows; `when` tells it in words.
    """

    kind: str
    path: str
    depth: int
    text_path: str = ""
    text: str = ""
    words: str = ""
    when: str = ""
    choice: Choice | None = field(default_factory=Choice)
    can_move: bool = False
    macro: str = ""
    figure: str = ""
    adds_to: str = ""


def pieces_of(node: Any, path: Path, labels: Mapping[str, str]) -> list[Piece]:
    """The pieces of a sentence in their order."""
    return list(_walk(node, path, 0, labels))


def _walk(node: Any, path: Path, depth: int, labels: Mapping[str, str]) -> Iterator[Piece]:
    if isinstance(node, str):
        yield Piece(TEXT, _name(path), depth, _name(path), node, can_move=_is_listed(path))
    elif isinstance(node, Mapping):
        yield from _object(node, path, depth, labels)
    elif isinstance(node, Sequence):
        for index, part in enumerate(node):
            yield from _walk(part, (*path, index), depth, labels)


def _object(node: Mapping[str, Any], path: Path, depth: int, labels: Mapping[str, str]) -> Iterator[Piece]:
    told: dict[str, Any] = {
        "path": _name(path),
        "depth": depth,
        "when": words_of(node["when"], labels) if "when" in node else "",
        "choice": chosen(node.get("when")),
        "can_move": _is_listed(path),
    }
    if "macro" in node:
        yield Piece(
            MACRO, **told, words=_macro(node, labels), macro=str(node["macro"]), figure=str(node.get("x", ""))
        )
        return
    if isinstance(node.get("say"), str) and not set(node) & _GROUPS:
        yield Piece(TEXT, **told, text_path=_name((*path, "say")), text=node["say"])
        return
    lists = next((key for key in ("first", "nodes", "vary") if key in node), "")
    yield Piece(
        GROUP, **told, words=_group_words(node, labels), adds_to=_name((*path, lists)) if lists else ""
    )
    for key in ("start", "first", "nodes", "vary", "say", "rest"):
        if key in node:
            yield from _walk(node[key], (*path, key), depth + 1, labels)
    for index, deed in enumerate(node.get("deeds", ())):
        for key in ("say", "more"):
            if key in deed:
                yield from _walk(deed[key], (*path, "deeds", index, key), depth + 1, labels)


def _macro(node: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    name = macro_words().get(node["macro"], node["macro"])
    if "x" not in node:
        return _("the usual words “%(name)s”") % {"name": name}
    told = {"name": name, "figure": reference_words(str(node["x"]), labels)}
    return _("the usual words “%(name)s” about %(figure)s") % told


def _group_words(node: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    if "first" in node:
        return _("the first of these whose condition holds:")
    if "nodes" in node:
        return _("those of these that have something to say, with “%(joint)s” between them:") % {
            "joint": node.get("join", ", ")
        }
    if "each" in node:
        names = ", ".join(reference_words(str(name), labels) for name in node.get("of", ()))
        return _("for each part by “%(dimension)s” of %(figures)s ({=name} is its name):") % {
            "dimension": _by(node["each"], labels),
            "figures": names,
        }
    if "vary" in node:
        return _("one of these in turn, so that no sentence begins like the one before:")
    if "deeds" in node:
        names = ", ".join(reference_words(str(deed.get("of", "")), labels) for deed in node["deeds"])
        return _("what was done, of %(figures)s, in one sentence:") % {"figures": names}
    if "split" in node:
        told = {
            "figure": reference_words(str(node["split"]), labels),
            "dimension": _by(node.get("by"), labels),
        }
        return _("in brackets the parts of %(figure)s by “%(dimension)s”") % told
    return _("together:")


def _by(dimension: Any, labels: Mapping[str, str]) -> str:
    return labels.get(f"{BY}{dimension}", str(dimension))


def macro_words() -> dict[str, str]:
    """What the shipped pieces that are used again are called."""
    return {
        "compare": _("compared with the same period"),
        "differs": _("where the same period was published otherwise"),
        "source": _("where a paper states it"),
        "so_far": _("what there is so far beside an estimate"),
        "since": _("beside the year so far"),
        "at_end": _("on the last day"),
        "during": _("in the period, at the beginning of a sentence"),
        "planned": _("beside the target"),
        "in_period": _("in the period, by its name"),
        "also_in_period": _("also in the period"),
        "beside": _("on what it is compared with"),
    }


def _name(path: Path) -> str:
    return ".".join(str(part) for part in path)


def _is_listed(path: Path) -> bool:
    return bool(path) and isinstance(path[-1], int)


def plain_words(node: Any, labels: Mapping[str, str]) -> str:
    """A sentence as one line that a person may read: the texts with the names of figures instead of their codes."""
    said = []
    for piece in pieces_of(node, (), labels):
        if piece.kind == TEXT:
            said.append(piece.text)
        elif piece.kind == MACRO:
            said.append(f"‹{piece.words}›")
    return "".join(said).strip()
