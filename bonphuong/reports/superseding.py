"""What a corrected edition tells differently from the one whose place it takes, told in the edition itself. Pure."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bonphuong.kernel.dates import format_date
from bonphuong.kernel.numbers import format_number
from bonphuong.reports.canonical import decimal_text
from bonphuong.reports.enums import Basis
from bonphuong.reports.figurebook import MINUS
from bonphuong.reports.rendering.reading import written_runs
from bonphuong.reports.sections import roman
from bonphuong.reports.tables import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bonphuong.reports.ground import Replaced

Row = dict[str, Any]
CODE = "differences"
#: The report's own figures and their parts; growth, gaps and what earlier reports told follow from these.
_OWN = re.compile(r"[^@:]+@(period|to_date)(\[[^\]]*\])?")
_BASES = (Basis.COUNTED, Basis.PART, Basis.ESTIMATE)
_MOST_RECORDS = 12


def superseded(replaced: Replaced, content: Mapping[str, Any]) -> Row:
    """Which edition the content takes the place of, why, and every figure that is told differently.

    `content` has its sections, figures and records. Values are decimals as text, "" where an edition has no figure.
    """
    edition = replaced.told.edition
    return {
        "uid": str(edition.pk),
        "number": edition.number,
        "paper_number": edition.paper_number,
        "paper_on": edition.paper_on.isoformat() if edition.paper_on else "",
        "reason": replaced.reason,
        "rows": list(differences(replaced.told.content, content)),
        "rewritten": _rewritten(replaced.told.content, content),
    }


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Row]:
    """Every figure that one content or the other tells and that differs between them, key by key."""
    before, now = _told(old), _told(new)
    for key in dict.fromkeys([*now, *before]):
        then, here = before.get(key), now.get(key)
        shown = here or then
        # What only one edition tells in words, both may have counted all the same.
        if shown is None or not (shown["told"] or (then or shown)["told"]):
            continue
        deltas = _deltas(old, then, new, here)
        if then is not None and here is not None and then["value"] == here["value"] and not deltas:
            continue
        yield {
            "key": key,
            "id": here["id"] if here else "",
            "label": shown["label"],
            "period": shown["period"]["label"],
            "then": then["value"] if then else "",
            "then_text": then["text"] if then else "",
            "now": here["value"] if here else "",
            "now_text": here["text"] if here else "",
            "difference": _difference(then, here),
            "records": deltas,
            "why": "" if deltas else _why(then, here),
        }


def _told(content: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {
        figure["key"]: figure
        for figure in content["figures"]
        if Basis(figure["basis"]) in _BASES and _OWN.fullmatch(figure["key"])
    }


def _difference(then: Mapping[str, Any] | None, here: Mapping[str, Any] | None) -> str:
    values = [Decimal(one["value"]) if one else Decimal(0) for one in (here, then)]
    return decimal_text(values[0] - values[1])


def _deltas(
    old: Mapping[str, Any],
    then: Mapping[str, Any] | None,
    new: Mapping[str, Any],
    here: Mapping[str, Any] | None,
) -> list[Row]:
    """What each record adds now less what it added then, those that differ, by their numbers."""
    before, now = _adds(old, then), _adds(new, here)
    found = [
        {"uid": uid, "number": number, "difference": decimal_text(amount)}
        for uid in {**now, **before}
        if (amount := now.get(uid, ("", Decimal(0)))[1] - before.get(uid, ("", Decimal(0)))[1])
        for number in [(now.get(uid) or before[uid])[0]]
    ]
    return sorted(found, key=lambda row: (row["number"], row["uid"]))


def _adds(content: Mapping[str, Any], figure: Mapping[str, Any] | None) -> dict[str, tuple[str, Decimal]]:
    if figure is None:
        return {}
    records = {record["n"]: record for record in content["records"]}
    return {records[n]["uid"]: (records[n]["number"], Decimal(adds)) for n, adds in figure["rows"]}


def _why(then: Mapping[str, Any] | None, here: Mapping[str, Any] | None) -> str:
    """What makes a difference that no record makes."""
    sides = [one for one in (then, here) if one is not None]
    if any(one["basis"] == Basis.ESTIMATE for one in sides):
        return _("estimate")
    if any(one["status"] == "stated" for one in sides):
        return _("a figure stated by a paper")
    return ""


def _rewritten(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Sections whose written parts are others than before, as "II.1. Title"."""
    before = dict(_written(old).values())
    return [name for name, (code, words) in _written(new).items() if words != before.get(code, [])]


def _written(content: Mapping[str, Any]) -> dict[str, tuple[str, list[Any]]]:
    """Sections that people write in, by number and title → (code, what stands there)."""
    found: dict[str, tuple[str, list[Any]]] = {}
    upper = ""
    for section in content["sections"]:
        upper = section["number"] if section["level"] == 1 else upper
        number = upper if section["level"] == 1 else f"{upper}.{section['number']}"
        if section["slots"]:
            words = [
                "".join(run if isinstance(run, str) else run["t"] for run in runs)
                for block in section["blocks"]
                if block["kind"] == "written"
                for runs in written_runs(block)
            ]
            found[f"{number}. {section['title']}"] = (section["code"], words)
    return found


def section_of(told: Row, sections: Sequence[Mapping[str, Any]], language: str) -> Row:
    """The section at the end of the report that tells it: whose place it takes, why, and the table of differences."""
    upper = sum(section["level"] == 1 for section in sections)
    blocks: list[Row] = [{"kind": "paragraph", "runs": [text]} for text in _words(told, language)]
    if told["rows"]:
        blocks.append(_table(told, language))
    return {
        "code": CODE,
        "number": roman(upper + 1),
        "level": 1,
        "title": (_("Differences from edition %(number)s") % {"number": told["number"]}).upper(),
        "state": "told",
        "slots": [],
        "blocks": blocks,
    }


def _words(told: Row, language: str) -> list[str]:
    said = _("This edition takes the place of edition %(number)s%(paper)s.") % {
        "number": told["number"],
        "paper": _paper(told, language),
    }
    reason = _("Reason: %(reason)s") % {"reason": _ended(told["reason"])} if told["reason"] else ""
    found = [f"{said} {reason}".strip()]
    if not told["rows"]:
        found.append(_("No figure of the report is different."))
    if told["rewritten"]:
        found.append(_("Written anew: %(sections)s.") % {"sections": "; ".join(told["rewritten"])})
    return found


def _paper(told: Row, language: str) -> str:
    if not told["paper_number"]:
        return ""
    if not told["paper_on"]:
        return f" ({told['paper_number']})"
    day = format_date(dt.date.fromisoformat(told["paper_on"]), language)
    return _(" (%(number)s of %(day)s)") % {"number": told["paper_number"], "day": day}


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _table(told: Row, language: str) -> Row:
    columns = [
        (pgettext("report table", "Figure"), "text"),
        (_("Edition %(number)s") % {"number": told["number"]}, "number"),
        (_("This edition"), "number"),
        (_("Difference"), "number"),
        (_("Records"), "text"),
    ]
    rows = [
        {
            "head": f"{row['label']}, {row['period']}",
            "cells": [
                row["then_text"] or NOTHING,
                {"f": row["id"], "t": row["now_text"]} if row["id"] else NOTHING,
                signed_text(row["difference"], language),
                reason_text(row, language),
            ],
        }
        for row in told["rows"]
    ]
    return {
        "kind": "table",
        "caption": _("Figures that are told differently"),
        "columns": [{"label": label, "kind": kind} for label, kind in columns],
        "rows": rows,
    }


def reason_text(row: Mapping[str, Any], language: str) -> str:
    """The records that make a difference with what each changed, or what else makes it."""
    records = row["records"]
    said = [
        f"{one['number']} ({signed_text(one['difference'], language)})" for one in records[:_MOST_RECORDS]
    ]
    more = len(records) - len(said)
    if more > 0:
        said.append(ngettext("one more record", "%(n)s more records", more) % {"n": more})
    return "; ".join(said) or str(row["why"])


def signed_text(text: str, language: str) -> str:
    """A difference with its sign."""
    value = Decimal(text)
    whole = value.to_integral_value()
    shown = format_number(abs(whole if value == whole else value.normalize()), language)
    return f"{MINUS if value < 0 else '+' if value else ''}{shown}"
