"""Make the data files of `reference` from their sources again. Never used at run time.

Run it with the interpreter of a throw-away environment that has Babel and vietnamadminunits 1.0.4 (MIT):

    THROWAWAY/bin/python -m tools.reference_data bonphuong/reference/data

It writes countries.csv and currencies.csv (from CLDR through Babel, corrected by countries-own.csv), units.csv
(administrative units before and after 1 July 2025, corrected by units-own.csv) and successions.csv. Codes that were published once are for
ever: look at the difference before committing.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import sqlite3
import sys
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel import Locale
from babel.numbers import get_currency_precision

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LAST_DAY = "2025-06-30"
FIRST_DAY = "2025-07-01"
# Communes are kept for the provinces that work with Yunnan, and for those merged into them.
COMMUNES_OF = ("Lai Châu", "Điện Biên", "Lào Cai", "Hà Giang", "Tuyên Quang", "Yên Bái")
# Names that CLDR has and ISO 3166-1 has not: groups, test regions, parts of other entries; Kosovo has no seat
# in ISO either.
NOT_COUNTRIES = {
    *("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"),
}
CURRENCIES = (
    *(
        "VND",
        "USD",
        "EUR",
        "CNY",
        "LAK",
        "THB",
        "JPY",
        "KRW",
        "KHR",
        "MMK",
        "GBP",
        "CHF",
        "AUD",
        "CAD",
        "NZD",
    ),
    *("SGD", "HKD", "TWD", "MYR", "IDR", "PHP", "INR", "RUB", "SEK", "NOK", "DKK", "CZK", "PLN", "KWD"),
)
# Slips and older spellings in CLDR.
CURRENCY_NAMES_VI = {"CHF": "Franc Thụy Sỹ", "MMK": "Kyat Myanmar", "PHP": "Peso Philippines"}
SOURCE_OF_COMMUNES = {
    "Lai Châu": "nq-1670-2025",
    "Điện Biên": "nq-1661-2025",
    "Lào Cai": "nq-lao-cai-2025",
    "Tuyên Quang": "nq-1684-2025",
}
DESIGNATIONS = ("Tỉnh", "Thành phố", "Thị xã", "Quận", "Huyện", "Phường", "Thị trấn", "Xã", "Đặc khu")


# --- words --------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """The letters without their marks: "Lai Chau"."""
    folded = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


def slug(text: str) -> str:
    """A code from a name: "lai-chau"."""
    return re.sub(r"[^a-z0-9]+", "-", plain(text).lower()).strip("-")


def clean(text: str) -> str:
    """A name as it is written: composed letters, no remarks in brackets, every first letter a capital."""
    text = re.sub(r"\s*\([^)]*\)", "", unicodedata.normalize("NFC", text)).strip()
    words = [word if word == "trường" else word[:1].upper() + word[1:] for word in text.split()]
    return " ".join(words)


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write one table; always with the same line ends."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


# --- CLDR ---------------------------------------------------------------------------------------


def make_countries(folder: Path) -> None:
    """Countries and territories of ISO 3166-1 with their names in Vietnamese, English, Lao and Chinese."""
    with (folder / "countries-own.csv").open(encoding="utf-8", newline="") as file:
        own = {row["code"]: row for row in csv.DictReader(file)}
    columns = {"name_vi": "vi", "name_en": "en", "name_lo": "lo", "name_zh": "zh_Hans_CN"}
    names = {column: Locale.parse(locale).territories for column, locale in columns.items()}
    listed = {str(code) for code in names["name_en"]} - NOT_COUNTRIES
    codes = sorted(code for code in listed if re.fullmatch("[A-Z]{2}", code))
    assert len(codes) == 249, len(codes)
    rows = []
    for code in codes:
        mine = own.pop(code, {})
        given = [mine.get(column) or re.sub("\u200b", "", names[column][code]) for column in columns]
        rows.append([code, *given, mine.get("aliases", "")])
    assert not own, own
    write(folder / "countries.csv", ["code", *columns, "aliases"], rows)


def make_currencies(folder: Path) -> None:
    """Currencies with their names and the decimals that sums have in practice, as CLDR gives them."""
    vi, en = Locale.parse("vi").currencies, Locale.parse("en").currencies
    rows = [
        [code, get_currency_precision(code), CURRENCY_NAMES_VI.get(code, vi[code]), en[code]]
        for code in CURRENCIES
    ]
    write(folder / "currencies.csv", ["code", "exponent", "name_vi", "name_en"], rows)


# --- administrative units -------------------------------------------------------------------------


@dataclass(frozen=True)
class Unit:
    """One row of units.csv, with the key by which the source names it."""

    code: str
    kind: str
    designation: str
    name: str
    gso: str
    parent: str
    since: str
    until: str
    source: str

    def row(self, own: Mapping[str, str]) -> list[str]:
        """The columns in their order; `own` corrects the English name and adds aliases."""
        name_en = own.get("name_en") or re.sub(r"^Quan (\d+)$", r"District \1", plain(self.name))
        return [
            self.code,
            self.kind,
            self.designation.lower(),
            self.name,
            name_en,
            self.gso,
            self.parent,
            self.since,
            self.until,
            self.source,
            own.get("aliases", ""),
        ]


@dataclass(frozen=True)
class Source:
    """What the package holds."""

    old: list[dict[str, Any]]
    new: list[dict[str, Any]]
    provinces: Mapping[str, list[str]]
    whole: Mapping[str, Mapping[str, list[str]]]
    divided: Mapping[str, Mapping[str, list[dict[str, Any]]]]


def read_source() -> Source:
    """Open the package's data without importing its code."""
    spec = importlib.util.find_spec("vietnamadminunits")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "data"
    base = sqlite3.connect(folder / "dataset.db")
    base.row_factory = sqlite3.Row
    mapping = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
    return Source(
        old=[dict(row) for row in base.execute("SELECT * FROM admin_units_legacy")],
        new=[dict(row) for row in base.execute("SELECT * FROM admin_units")],
        provinces=mapping["DICT_PROVINCE"],
        whole=mapping["DICT_PROVINCE_WARD_NO_DIVIDED"],
        divided=mapping["DICT_PROVINCE_WARD_DIVIDED"],
    )


def distinct_codes(rows: Sequence[Mapping[str, str]], prefix: str) -> list[str]:
    """A code for each of some sisters: the name; with the type where names meet; with the number where still."""
    plain_types = {"Xã", "Huyện"}
    meeting = Counter(slug(clean(row["name"])) for row in rows)
    typed = [
        slug(f"{row['type']} {clean(row['name'])}")
        if meeting[slug(clean(row["name"]))] > 1 and row["type"] not in plain_types
        else slug(clean(row["name"]))
        for row in rows
    ]
    still = Counter(typed)
    return [
        f"{prefix}.{code}-{row['gso']}" if still[code] > 1 else f"{prefix}.{code}"
        for code, row in zip(typed, rows, strict=True)
    ]


class Units:
    """All units, and how a key of the source finds its code."""

    def __init__(self, source: Source) -> None:
        """Provinces first, since the codes of all others begin with theirs."""
        self.source = source
        self.units: list[Unit] = []
        self.old_province: dict[str, str] = {}
        self.new_province: dict[str, str] = {}
        self.old_commune: dict[str, str] = {}
        self.new_commune: dict[tuple[str, str], str] = {}
        self.districts: dict[str, str] = {}
        self.provinces()
        self.all_districts()
        self.old_communes()
        self.new_communes()

    def provinces(self) -> None:
        """63 provinces, the 23 merged ones ending, and 23 new ones under an old name."""
        old = {row["provinceKey"]: row for row in self.source.old}
        new = {row["provinceKey"]: row for row in self.source.new}
        merged = {key: parts for key, parts in self.source.provinces.items() if len(parts) > 1}
        ending = {part for parts in merged.values() for part in parts}
        for key, row in sorted(old.items(), key=lambda item: item[1]["provinceCode"]):
            code = f"vn-{slug(row['provinceShort'])}"
            self.old_province[key] = code
            until, source = (LAST_DAY, "provinces-63") if key in ending else ("", "provinces-unmerged")
            self.add(code, "province", row["province"], row["provinceCode"], "", "", until, source)
        for key, row in sorted(new.items(), key=lambda item: item[1]["provinceCode"]):
            code = f"vn-{slug(row['provinceShort'])}"
            if key in merged:
                code = f"{code}-2025"
                self.add(
                    code, "province", row["province"], row["provinceCode"], "", FIRST_DAY, "", "nq-202-2025"
                )
            self.new_province[key] = code

    def all_districts(self) -> None:
        """The 696 districts on their last day."""
        groups: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
        for row in self.source.old:
            groups[row["provinceKey"]][row["districtCode"]] = {
                "name": row["districtShort"],
                "type": row["districtType"],
                "gso": row["districtCode"],
                "key": f"{row['provinceKey']}_{row['districtKey']}",
            }
        for province, districts in groups.items():
            rows = list(districts.values())
            parent = self.old_province[province]
            for code, row in zip(distinct_codes(rows, parent), rows, strict=True):
                self.districts[row["key"]] = code
                name = f"{row['type']} {clean(row['name'])}"
                self.add(code, "district", name, row["gso"], parent, "", LAST_DAY, "units-june-2025")

    def old_communes(self) -> None:
        """The communes of six provinces on their last day."""
        groups: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in self.source.old:
            if row["provinceShort"] in COMMUNES_OF:
                district = f"{row['provinceKey']}_{row['districtKey']}"
                groups[district].append(
                    {
                        "name": row["wardShort"],
                        "type": row["wardType"],
                        "gso": row["wardCode"],
                        "key": f"{district}_{row['wardKey']}",
                    }
                )
        for district, rows in groups.items():
            parent = self.districts[district]
            for code, row in zip(distinct_codes(rows, parent), rows, strict=True):
                assert row["key"] not in self.old_commune, row["key"]
                self.old_commune[row["key"]] = code
                name = f"{row['type']} {clean(row['name'])}"
                self.add(code, "commune", name, row["gso"], parent, "", LAST_DAY, "units-june-2025")

    def new_communes(self) -> None:
        """The communes and wards of four provinces since 1 July 2025. The year stands in each code once."""
        groups: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in self.source.new:
            if row["provinceShort"] in COMMUNES_OF:
                groups[row["provinceKey"]].append(
                    {
                        "name": row["wardShort"],
                        "type": row["wardType"],
                        "gso": row["wardCode"],
                        "key": row["wardKey"],
                        "province": row["provinceShort"],
                    }
                )
        for province, rows in groups.items():
            parent = self.new_province[province]
            ending = "" if parent.endswith("-2025") else "-2025"
            for bare, row in zip(distinct_codes(rows, parent), rows, strict=True):
                code = f"{bare}{ending}"
                self.new_commune[province, row["key"]] = code
                name = f"{row['type']} {clean(row['name'])}"
                source = SOURCE_OF_COMMUNES[row["province"]]
                self.add(code, "commune", name, row["gso"], parent, FIRST_DAY, "", source)

    def add(self, code: str, kind: str, full_name: str, gso: str, *rest: str) -> None:
        """Note one unit; the designation is the beginning of its full name."""
        designation = next(word for word in DESIGNATIONS if full_name.startswith(f"{word} "))
        name = full_name.removeprefix(f"{designation} ")
        if name.startswith(f"{designation} ") or name.isdigit():
            name = name if name.startswith(designation) else full_name
        self.units.append(Unit(code, kind, designation, name, gso, *rest))

    def successions(self) -> list[list[str]]:
        """Who took over whom on 1 July 2025: provinces, districts (by their province), communes."""
        rows: list[list[str]] = []
        for new, parts in self.source.provinces.items():
            rows += [
                [self.old_province[part], self.new_province[new], FIRST_DAY, "whole", "1", "nq-202-2025"]
                for part in parts
                if self.old_province[part] != self.new_province[new]
            ]
        heir = {
            part: self.new_province[new] for new, parts in self.source.provinces.items() for part in parts
        }
        rows += [
            [code, heir[key.split("_", maxsplit=1)[0]], FIRST_DAY, "tier", "1", "districts-end"]
            for key, code in self.districts.items()
        ]
        for (province, key), code in self.new_commune.items():
            for old in self.source.whole[province].get(key, []):
                rows.append([self.old_commune[old], code, FIRST_DAY, "whole", "1", "mapping-communes"])
            for old, heirs in self.source.divided.get(province, {}).items():
                for heir_row in heirs:
                    if heir_row["newWardKey"] == key:
                        is_main = str(int(heir_row["isDefaultNewWard"]))
                        whole = self.old_commune[old]
                        rows.append([whole, code, FIRST_DAY, "part", is_main, "mapping-communes"])
        return sorted(rows)

    def check(self, successions: Sequence[Sequence[str]]) -> None:
        """Stop when a count is not the known one, a code is used twice or an ended unit has no heir."""
        kinds = Counter((unit.kind, bool(unit.until), bool(unit.since)) for unit in self.units)
        assert kinds["province", True, False] == 52, kinds
        assert kinds["province", False, False] == 11, kinds
        assert kinds["province", False, True] == 23, kinds
        assert kinds["district", True, False] == 696, kinds
        communes = Counter((unit.parent, unit.designation) for unit in self.units if unit.kind == "commune")
        assert communes["vn-lai-chau", "Xã"] == 36, communes
        assert communes["vn-lai-chau", "Phường"] == 2, communes
        codes = Counter(unit.code for unit in self.units)
        assert max(codes.values()) == 1, codes.most_common(3)
        ended = {unit.code for unit in self.units if unit.until}
        assert ended == {row[0] for row in successions}, ended ^ {row[0] for row in successions}
        begun = {unit.code for unit in self.units if unit.since}
        assert begun <= {row[1] for row in successions}, begun
        assert {unit.parent for unit in self.units if unit.parent} <= set(codes)


def make_units(folder: Path) -> None:
    """Administrative units and their successions."""
    with (folder / "units-own.csv").open(encoding="utf-8", newline="") as file:
        own = {row["code"]: row for row in csv.DictReader(file)}
    units = Units(read_source())
    assert set(own) <= {unit.code for unit in units.units}, set(own) - {unit.code for unit in units.units}
    successions = units.successions()
    units.check(successions)
    header = [
        "code",
        "kind",
        "designation",
        "name_vi",
        "name_en",
        "gso_code",
        "parent",
        "valid_from",
        "valid_to",
        "source",
        "aliases",
    ]
    write(folder / "units.csv", header, (unit.row(own.get(unit.code, {})) for unit in units.units))
    header = ["from_unit", "to_unit", "on", "kind", "is_main", "source"]
    write(folder / "successions.csv", header, successions)
    print(f"{len(units.units)} units, {len(successions)} successions")


def main(folder: Path) -> None:
    """Make all files."""
    make_countries(folder)
    make_currencies(folder)
    make_units(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
