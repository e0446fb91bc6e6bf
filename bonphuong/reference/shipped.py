"""The data files that ship with the product, as rows of the models; reads files only, asks no database."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bonphuong.kernel.text import fold, sort_key
from bonphuong.reference.models import (
    RATE_EXPONENT,
    AdminUnit,
    CooperationField,
    Country,
    Currency,
    ExchangeRate,
    Feast,
    Succession,
    WorkingDayOverride,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from django.db import models

    Row = Mapping[str, str]

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True)
class Shipment:
    """The rows of one table. `refresh`: shipped facts replace older ones; else people's own rows stay."""

    model: type[models.Model]
    key: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]
    refresh: bool = True

    @property
    def digest(self) -> str:
        """Changes when any value changes, whether by the files or by how they are folded and sorted."""
        text = json.dumps(self.rows, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def shipments() -> list[Shipment]:
    """All tables, each after those that it points at."""
    return [
        Shipment(Country, ("code",), _rows("countries", _country)),
        Shipment(AdminUnit, ("code",), _rows("units", _unit)),
        Shipment(Succession, ("from_unit_id", "to_unit_id"), _rows("successions", _succession)),
        Shipment(CooperationField, ("code",), _rows("fields", _field)),
        Shipment(Currency, ("code",), _rows("currencies", _currency)),
        Shipment(
            ExchangeRate, ("currency_id", "quote_id", "kind", "on"), _rows("rates", _rate), refresh=False
        ),
        Shipment(Feast, ("code",), _rows("feasts", _feast)),
        Shipment(
            WorkingDayOverride,
            ("country_id", "office_code", "day"),
            _rows("working-days", _day),
            refresh=False,
        ),
    ]


def _read(name: str) -> Iterator[Row]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _rows(
    name: str, make: Callable[[Row, int, Mapping[str, Row]], dict[str, Any]]
) -> tuple[dict[str, Any], ...]:
    sources = {row["key"]: row for row in _read("sources")}
    return tuple(make(row, place, sources) for place, row in enumerate(_read(name), start=1))


def _date(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _words(text: str) -> list[str]:
    return text.split("|") if text else []


def _dated(row: Row) -> dict[str, Any]:
    return {"valid_from": _date(row["valid_from"]), "valid_to": _date(row["valid_to"])}


def _source(row: Row, sources: Mapping[str, Row]) -> dict[str, Any]:
    source = sources[row["source"]]
    return {"source": source["text"], "source_url": source["url"]}


def _proof(row: Row, sources: Mapping[str, Row]) -> dict[str, Any]:
    return {**_source(row, sources), "proved": sources[row["source"]]["proved"] == "1"}


def _folded(*names: str) -> str:
    # Bars mark where a name begins and ends, so that a whole name can be asked for.
    return f"|{'|'.join(dict.fromkeys(fold(name) for name in names if name))}|"


def _country(row: Row, _place: int, _sources: Mapping[str, Row]) -> dict[str, Any]:
    names = {name: row[name] for name in ("name_vi", "name_en", "name_lo", "name_zh")}
    aliases = _words(row["aliases"])
    return {
        "code": row["code"],
        **names,
        "aliases": aliases,
        "fold": _folded(*names.values(), *aliases),
        "sort": sort_key(row["name_vi"]),
    }


def _unit(row: Row, _place: int, sources: Mapping[str, Row]) -> dict[str, Any]:
    aliases = _words(row["aliases"])
    return {
        "code": row["code"],
        "kind": row["kind"],
        "designation": row["designation"],
        "name_vi": row["name_vi"],
        "name_en": row["name_en"],
        "gso_code": row["gso_code"],
        "parent_id": row["parent"] or None,
        "aliases": aliases,
        "fold": _folded(row["name_vi"], f"{row['designation']} {row['name_vi']}", row["name_en"], *aliases),
        "sort": sort_key(row["name_vi"]),
        **_dated(row),
        **_proof(row, sources),
    }


def _succession(row: Row, _place: int, sources: Mapping[str, Row]) -> dict[str, Any]:
    return {
        "from_unit_id": row["from_unit"],
        "to_unit_id": row["to_unit"],
        "on": dt.date.fromisoformat(row["on"]),
        "kind": row["kind"],
        "is_main": row["is_main"] == "1",
        **_proof(row, sources),
    }


def _field(row: Row, place: int, sources: Mapping[str, Row]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "name_vi": row["name_vi"],
        "name_en": row["name_en"],
        "parent_id": row["parent"] or None,
        "order": place,
        "aliases": _words(row["aliases"]),
        **_proof(row, sources),
    }


def _currency(row: Row, place: int, _sources: Mapping[str, Row]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "exponent": int(row["exponent"]),
        "name_vi": row["name_vi"],
        "name_en": row["name_en"],
        "order": place,
    }


def _rate(row: Row, _place: int, sources: Mapping[str, Row]) -> dict[str, Any]:
    return {
        "currency_id": row["currency"],
        "quote_id": row["quote"],
        "scaled": int(Decimal(row["value"]).scaleb(RATE_EXPONENT)),
        "on": dt.date.fromisoformat(row["on"]),
        "kind": row["kind"],
        "is_demo": row["source"] == "illustration",
        **_source(row, sources),
    }


def _feast(row: Row, _place: int, sources: Mapping[str, Row]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "country_id": row["country"],
        "kind": row["kind"],
        "calendar": row["calendar"],
        "month": int(row["month"]),
        "day": int(row["day"]),
        "days": int(row["days"]),
        "since_year": int(row["since_year"]) if row["since_year"] else None,
        "name_vi": row["name_vi"],
        "name_en": row["name_en"],
        **_dated(row),
        **_proof(row, sources),
    }


def _day(row: Row, _place: int, sources: Mapping[str, Row]) -> dict[str, Any]:
    return {
        "country_id": row["country"],
        "office_code": row["office_code"],
        "day": dt.date.fromisoformat(row["day"]),
        "working": row["working"] == "1",
        "swapped_with": _date(row["swapped_with"]),
        **_proof(row, sources),
    }
