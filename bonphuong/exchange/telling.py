"""What of an edition's content goes into a package: figures and what they stand under, never the records themselves.

An edition's content names records by their titles; a package leaves those at home. Each record under a figure goes as
a digest that only its own province can make again, so that what was counted then can be proved later.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.exchange.errors import PackageError
from bonphuong.kernel.canonical import canonical, digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The part of a package that holds the figures.
EDITION = "edition.json"
_MOST_FIGURES = 20_000


def edition_part(content: Mapping[str, Any], practice: list[dict[str, Any]]) -> bytes:
    """The figures of a frozen content with their periods, sources and the digests of what stands under them."""
    records = {record["n"]: record for record in content["records"]}
    filters = content["filters"]
    return canonical(
        {
            "edition": {key: content["edition"][key] for key in sorted(_KEPT & content["edition"].keys())},
            "title": content["head"]["title"],
            "language": content["language"],
            "is_demo": content["is_demo"],
            "is_open": content["is_open"],
            "spans": content["spans"],
            "as_of": content["as_of"],
            "heads": content["heads"],
            "definitions": content["definitions"],
            "practice": practice,
            "figures": [_figure(figure, records, filters) for figure in content["figures"]],
        }
    ).encode()


_KEPT = {"uid", "number", "definition", "version", "office", "office_name", "book", "signer", "late_rule"}
_TOLD = (
    "key", "name", "code", "basis", "label", "unit", "text", "value", "status", "period", "as_of", "formula", "told",
)  # fmt: skip


def _figure(
    figure: Mapping[str, Any], records: Mapping[int, Any], filters: Mapping[str, Any]
) -> dict[str, Any]:
    row = {name: figure[name] for name in _TOLD}
    row |= {name: figure[name] for name in ("recorded", "covered", "difference", "entered") if name in figure}
    if "stated" in figure:
        row["stated"] = figure["stated"]["value"]
    if "scope" in figure:
        row["scope"] = figure["scope"]
    row["filters"] = filters.get(figure["name"], {})
    row["evidence"] = [evidence_digest(records[n], adds) for n, adds in figure["rows"]]
    return row


def evidence_digest(record: Mapping[str, Any], adds: str) -> str:
    """What stands for a record under a figure: made of its uid, its day and what it adds."""
    return digest_of(canonical([record["uid"], record["on"], adds]))


# --- what came ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A figure as it came, checked."""

    key: str
    indicator: str
    filters: str
    label: str
    unit: str
    basis: str
    status: str
    since: dt.date
    until: dt.date
    value: str
    recorded: str
    text: str
    evidence: tuple[str, ...]
    is_told: bool
    is_part: bool

    @property
    def evidence_digest(self) -> str:
        """One digest for all that stands under it."""
        return digest_of("".join(self.evidence)) if self.evidence else ""


def lines_of(edition: Mapping[str, Any]) -> list[Line]:
    """The figures of an edition part. Raises PackageError for one that is not of the shape."""
    figures = edition.get("figures")
    if not isinstance(figures, list) or len(figures) > _MOST_FIGURES:
        raise _damaged()
    try:
        lines = [_line(figure) for figure in figures]
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise _damaged() from error
    if len({line.key for line in lines}) != len(lines):
        raise _damaged()
    return lines


def filters_text(filters: Mapping[str, Any]) -> str:
    """What an indicator was narrowed by, in one canonical text; empty for nothing."""
    return canonical({name: sorted(codes) for name, codes in filters.items()}) if filters else ""


def _line(figure: Mapping[str, Any]) -> Line:
    period = figure["period"]
    evidence = figure["evidence"]
    if not all(isinstance(one, str) and len(one) == 64 for one in evidence):
        raise ValueError("evidence")
    return Line(
        key=_text(figure["key"], 200),
        indicator=_text(figure["code"], 80),
        filters=_text(filters_text(figure["filters"]), 300),
        label=_text(figure["label"], 300),
        unit=_text(figure["unit"], 60),
        basis=_text(figure["basis"], 12),
        status=_text(figure["status"], 12),
        since=dt.date.fromisoformat(period["since"]),
        until=dt.date.fromisoformat(period["until"]),
        value=_number(figure["value"]),
        recorded=_number(figure["recorded"]) if "recorded" in figure else "",
        text=_text(figure["text"], 200),
        evidence=tuple(evidence),
        is_told=bool(figure["told"]),
        is_part="scope" in figure,
    )


def _text(value: object, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise ValueError(value)
    return value


def _number(value: object) -> str:
    number = Decimal(_text(value, 40))
    if not number.is_finite():
        raise ValueError(value)
    return format(number, "f")


def _damaged() -> PackageError:
    return PackageError(_("The figures of the package cannot be read."), code="bad_figures")
