"""What differs between two forms of a report, in words: place, as it was, as it is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bonphuong.reports.editing.conditions import words_of
from bonphuong.reports.editing.pieces import BY, pieces_of, plain_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Labels = "Mapping[str, str]"


@dataclass(frozen=True)
class Difference:
    """One place where two forms differ; an empty side: it was not there, or is not any more."""

    place: str
    before: str
    after: str


def differences(
    old: Mapping[str, Any], new: Mapping[str, Any], labels: Mapping[str, str]
) -> list[Difference]:
    """All differences, in the order of the report."""
    found = [*_plain(old, new, labels), *_sections(old, new, labels), *_annexes(old, new)]
    found += _figures(old, new, labels)
    told = {"title", "opening", "closing", "sections", "annexes", "figures", "recipients", "signers"}
    for key in sorted({*old, *new} - told):
        if old.get(key) != new.get(key):
            found.append(Difference(part_words().get(key, key), _json(old.get(key)), _json(new.get(key))))
    return found


def part_words() -> dict[str, str]:
    """The parts of a form, in words."""
    return {
        "title": pgettext("form of a report", "Title"),
        "kind": _("Kind of paper"),
        "symbol": _("Symbol"),
        "opening": _("Opening"),
        "closing": _("Closing"),
        "sections": _("Sections"),
        "annexes": _("Annexes"),
        "figures": pgettext("form of a report", "Figures"),
        "recipients": _("Recipients"),
        "signers": _("Signers"),
        "macros": _("Pieces used again"),
        "words": _("Words for codes"),
        "we": _("How the office calls itself"),
        "periods": _("Periods"),
        "spans": _("Spans"),
        "plausible": _("Checks of plausibility"),
        "allowed": _("Allowed, not carried out"),
        "hosted": _("Visits that several offices hosted"),
        "docx_evidence": _("Evidence in the Word file"),
    }


def _json(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False, indent=1)


def _plain(old: Mapping[str, Any], new: Mapping[str, Any], labels: Mapping[str, str]) -> Iterator[Difference]:
    for key in ("title", "opening", "closing"):
        if old.get(key) != new.get(key):
            yield Difference(
                part_words()[key],
                plain_words(old.get(key, ""), labels),
                plain_words(new.get(key, ""), labels),
            )
    before, after = old.get("recipients", []), new.get("recipients", [])
    if before != after:
        yield Difference(part_words()["recipients"], "\n".join(map(str, before)), "\n".join(map(str, after)))
    signers, now = old.get("signers", {}), new.get("signers", {})
    for kind in sorted({*signers, *now}):
        if signers.get(kind) != now.get(kind):
            place = f"{part_words()['signers']} ({kind or _('all others')})"
            yield Difference(place, _signer(signers.get(kind)), _signer(now.get(kind)))


def _signer(given: Mapping[str, str] | None) -> str:
    return (
        " · ".join(str(given[key]) for key in ("behalf", "head", "deputy", "for_head") if given.get(key))
        if given
        else ""
    )


def _sections(
    old: Mapping[str, Any], new: Mapping[str, Any], labels: Mapping[str, str]
) -> Iterator[Difference]:
    before = {section.get("code", ""): section for section in old.get("sections", ())}
    after = {section.get("code", ""): section for section in new.get("sections", ())}
    kept_before, kept_after = [c for c in before if c in after], [c for c in after if c in before]
    if kept_before != kept_after:
        yield Difference(
            _("Order of the sections"),
            " → ".join(_title(before[code], labels) for code in kept_before),
            " → ".join(_title(after[code], labels) for code in kept_after),
        )
    for code in [*after, *(code for code in before if code not in after)]:
        place = _("Section “%(title)s”") % {"title": _title(after.get(code) or before[code], labels)}
        if code not in after:
            yield Difference(place, _("was there"), "")
        elif code not in before:
            yield Difference(place, "", _("is new"))
        else:
            yield from _section(place, before[code], after[code], labels)


def _title(section: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    return plain_words(section.get("title", ""), labels)


def _section(
    place: str, old: Mapping[str, Any], new: Mapping[str, Any], labels: Mapping[str, str]
) -> Iterator[Difference]:
    if old.get("title") != new.get("title"):
        yield Difference(f"{place}, {_('heading')}", _title(old, labels), _title(new, labels))
    if old.get("level", 1) != new.get("level", 1):
        yield Difference(f"{place}, {_('level')}", str(old.get("level", 1)), str(new.get("level", 1)))
    before = [block_words(block, labels) for block in old.get("blocks", ())]
    after = [block_words(block, labels) for block in new.get("blocks", ())]
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for n in range(max(b - a, d - c)):
            was = before[a + n] if a + n < b else ""
            now = after[c + n] if c + n < d else ""
            yield Difference(f"{place}, {_('block %(n)s') % {'n': (c if now else a) + n + 1}}", was, now)


def _annexes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    before = {annex.get("code", ""): annex for annex in old.get("annexes", ())}
    after = {annex.get("code", ""): annex for annex in new.get("annexes", ())}
    if [c for c in before if c in after] != [c for c in after if c in before]:
        yield Difference(_("Order of the annexes"), " → ".join(before), " → ".join(after))
    for code in [*after, *(code for code in before if code not in after)]:
        place = _("Annex “%(title)s”") % {"title": (after.get(code) or before[code]).get("title", code)}
        if before.get(code) != after.get(code):
            yield Difference(place, annex_words(before.get(code)), annex_words(after.get(code)))


def annex_words(annex: Mapping[str, Any] | None) -> str:
    """An annex in words: its title and its columns."""
    if annex is None:
        return ""
    columns = "; ".join(str(column.get("label", "")) for column in annex.get("columns", ()))
    return f"{annex.get('title', '')}: {columns}"


def _figures(
    old: Mapping[str, Any], new: Mapping[str, Any], labels: Mapping[str, str]
) -> Iterator[Difference]:
    before, after = old.get("figures", {}), new.get("figures", {})
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            place = _("Figure “%(name)s”") % {"name": labels.get(name, name)}
            yield Difference(place, _json(before.get(name)), _json(after.get(name)))


def block_words(block: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """A block as a person may read it: its sentences with their conditions, its figures, what is written in it."""
    when = f"[{words_of(block['when'], labels)}] " if "when" in block else ""
    for key in ("paragraph", "items"):
        if key in block:
            return when + _sentence(block[key], labels)
    if "table" in block:
        return when + table_words(block["table"], labels)
    if "records" in block:
        tell = block["records"]
        said = "".join(_told(part) for part in tell.get("say", ()))
        told = {"figure": labels.get(tell.get("figure", ""), tell.get("figure", "")), "said": said}
        return when + _("Records of “%(figure)s” one by one: %(said)s") % told
    if "slot" in block:
        return when + _("Written by a person: %(hint)s") % {"hint": block.get("hint") or block["slot"]}
    return when + special_words().get(str(block.get("special")), str(block.get("special", "")))


def _told(part: Any) -> str:
    if isinstance(part, str):
        return part
    inner = str(part.get("join", ", ")).join(_told(one) for one in part.get("parts", ()))
    return f"{part.get('before', '')}{inner}{part.get('after', '')}"


def _sentence(node: Any, labels: Mapping[str, str]) -> str:
    said = []
    for piece in pieces_of(node, (), labels):
        when = f"[{piece.when}] " if piece.when else ""
        said.append(f"{when}{piece.text or (f'‹{piece.words}›' if piece.words else '')}")
    return "".join(said).strip()


def table_words(table: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """A table in words: what it shows, by what."""
    names: Sequence[str] = table.get("rows") or table.get("figures") or ()
    rows = "; ".join(labels.get(name, name) for name in names)
    caption = table.get("caption", "")
    caption = caption if isinstance(caption, str) else plain_words(caption, labels)
    columns = "; ".join(str(column.get("label", "")) for column in table.get("columns", ()))
    parted = (
        _(" by %(dimension)s") % {"dimension": labels.get(f"{BY}{table['by']}", table["by"])}
        if table.get("by")
        else ""
    )
    return f"{_('Table')} “{caption}”: {rows}{parted}{f' | {columns}' if columns else ''}"


def special_words() -> dict[str, str]:
    """Blocks that the product writes by itself."""
    return {
        "late": _("Late entries of earlier periods"),
        "trueup": _("Estimates beside what came of them"),
        "not_carried_out": _("Allowed and not carried out"),
        "reporting": _("Which provinces have reported"),
        "practice": _("How provinces count"),
        "beside": _("Figures beside those of provinces"),
    }
