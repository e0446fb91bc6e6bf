"""Shapes of sentences that return in every report: what was done, what a figure is made of, one year after another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.reports.sentences import Bound, Run, Speaker

#: What every definition that tells deeds must word: how they begin in the period and earlier in the year, and what
#: stands after the first and after the others; `part` words one part of a figure.
DEEDS_NOW, DEEDS_BEFORE, AFTER, AFTER_MORE = "deeds_now", "deeds_before", "deed_after", "deed_after_more"
PART = "part"
_TO_DATE = "to_date"
#: So many parts are told; what is beyond them is told together.
_PARTS = 8


def deeds_said(speaker: Speaker, node: Mapping[str, Any], bound: Bound) -> list[Run]:
    """What was done in the period in one sentence, and in another what was done only earlier in the year."""
    now: list[list[Run]] = []
    before: list[list[Run]] = []
    compared = False
    for deed in node["deeds"]:
        own = replace(bound, names={**bound.names, "x": deed["of"]})
        if speaker.value(deed["of"], own):
            inner = [deed["say"], {"macro": "source", "x": "x"}, {"say": deed.get("more", "")}]
            told = speaker.optional(inner, own)
            # What it is compared with is said once in the sentence, after the first deed that has it.
            after = speaker.optional({"macro": AFTER_MORE if compared else AFTER, "x": "x"}, own)
            compared = compared or bool(after)
            now.append([*told, *after])
        elif speaker.value(f"{deed['of']}@{_TO_DATE}", own):
            year = replace(own, names={**own.names, "x": f"{deed['of']}@{_TO_DATE}"})
            before.append(speaker.optional(deed["say"], year))
    sentences = []
    starts = (node.get("start", {"macro": DEEDS_NOW}), {"macro": DEEDS_BEFORE})
    for start, said in zip(starts, (now, before), strict=True):
        if any(said):
            sentences.append([*speaker.optional(start, bound), *together(said, "; "), "."])
    return together(sentences, " ")


def split_said(speaker: Speaker, node: Mapping[str, Any], bound: Bound) -> list[Run]:
    """What a figure is made of, in brackets; where it is all of one sort that alone, where nobody says the sort nothing."""
    name, span, _facet = speaker.parsed(node["split"], bound)
    if bound.scope is not None:
        return []
    scopes = speaker.book.scopes(node["by"], [name], span)
    if not any(code for scope in scopes for code in scope.codes):
        return []
    if len(scopes) == 1:
        return [f" ({scopes[0].label})"]
    limit = int(node.get("limit", _PARTS))
    told, rest = scopes[:limit], scopes[limit:]
    if len(rest) == 1:
        told, rest = scopes, []
    if rest:
        codes = tuple(code for scope in rest for code in scope.codes)
        told = [*told, replace(rest[0], codes=codes, label=_("others"))]
    own = replace(bound, names={**bound.names, "x": f"{name}@{span}"})
    say = node.get("say", {"macro": PART, "x": "x"})
    parts = [speaker.optional(say, replace(own, scope=scope, span=span)) for scope in told]
    return [" (", *together(parts, "; "), ")"]


def years_said(speaker: Speaker, node: Mapping[str, Any], bound: Bound) -> list[list[Run]]:
    """A piece for each year that has anything; with `most` for the one year alone that has the most."""
    years: Sequence[tuple[str, str]] = [
        (name, period.label(speaker.book.ground.language))
        for name, period in speaker.book.ground.spans.years.items()
    ]
    values = {
        name: [speaker.book.value(figure, name) or 0 for figure in node["of"]] for name, _label in years
    }
    told = [(name, label) for name, label in years if any(values[name])]
    if node.get("most"):
        top = max((values[name][0] for name, _label in told), default=0)
        told = [(name, label) for name, label in told if values[name][0] == top]
        told = told if len(told) == 1 and sum(1 for some in values.values() if some[0]) > 1 else []
    return [
        speaker.optional(node["say"], replace(bound, span=name, label=label, scope=None))
        for name, label in told
    ]


def together(said: Sequence[list[Run]], joint: str) -> list[Run]:
    """Those that say something, with the joint between them."""
    found: list[Run] = []
    for runs in said:
        if runs:
            found += [joint, *runs] if found else runs
    return found
