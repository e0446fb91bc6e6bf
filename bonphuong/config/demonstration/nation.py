"""Two provinces that do not exist report to the national union by packages: one accepted, one returned."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bonphuong.accounts.models import Office
from bonphuong.config.demonstration.editions import ANNUAL, years
from bonphuong.config.demonstration.entries import DATA
from bonphuong.config.demonstration.rhythm import MONTHLY, months
from bonphuong.config.demonstration.stage import FIRST_DAY, Act, Stage, moment
from bonphuong.exchange.queries import visible_received
from bonphuong.exchange.services import (
    Parcel,
    accept_package,
    ask_line,
    return_package,
    take_in_package,
    trust_key,
)
from bonphuong.exchange.services.sending import sealed
from bonphuong.exchange.signing import fingerprint_of, key_file, public_of
from bonphuong.kernel import clock
from bonphuong.kernel.canonical import canonical, digest_of, moment_text
from bonphuong.kernel.numbers import format_number
from bonphuong.reports.canonical import period_json
from bonphuong.reports.services import build_draft, sign_edition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bonphuong.kernel.periods import Period

NATION, OFFICER, HEAD = "vufo", "canbo.vufo", "lanhdao.vufo"
FILE = "packages.json"
_SPACE = UUID("2f6d1c1e-94b4-5b0e-8f55-6f0c2d9f7a10")
#: Days after the end of a period on which the packages come; they are decided on the day after.
_COME, _NATIONAL = 4, 8
#: So many months back the demonstration has packages.
_MONTHS = 2


def nation_acts() -> Iterator[Act]:
    """Keys confirmed on the first day, the packages of the last months and years, and the nation's yearly report."""
    provinces = json.loads((DATA / FILE).read_text(encoding="utf-8"))["provinces"]
    told = [(MONTHLY, month) for month in list(months())[-_MONTHS:]] + [(ANNUAL, year) for year in _over()]
    for row in provinces:
        yield Act(moment(FIRST_DAY, 8), partial(_trust, code=row["code"]))
        for report, period in told:
            day = period.until + dt.timedelta(days=_COME)
            yield Act(moment(day, 9), partial(_take_in, row=row, report=report, period=period))
            yield Act(
                moment(day + dt.timedelta(days=1), 9), partial(_decide, row=row, report=report, period=period)
            )
    for year in _over():
        day = year.until + dt.timedelta(days=_NATIONAL)
        yield Act(moment(day, 15), partial(_sign, year=year))


def _over() -> list[Period]:
    """The last year that is over, if its report was sent."""
    return [year for year in years() if year.until < clock.today()][-1:]


def _key(code: str) -> Ed25519PrivateKey:
    """The key of a province that does not exist: everybody may know it."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"demonstration {code}".encode()).digest())


def _trust(stage: Stage, *, code: str) -> None:
    public = public_of(_key(code))
    trust_key(key_file(code, public), fingerprint=fingerprint_of(public), actor=stage.person(HEAD))


def _take_in(stage: Stage, *, row: dict[str, Any], report: str, period: Period) -> None:
    file, _header = sealed(_parcel(row, report, period), to_office=NATION, key=_key(row["code"]))
    came = take_in_package(file, actor=stage.person(OFFICER))
    stage.papers[_name(row, report, period)] = came.pk


def _decide(stage: Stage, *, row: dict[str, Any], report: str, period: Period) -> None:
    actor = stage.person(OFFICER)
    came = visible_received(actor, stage.papers[_name(row, report, period)])
    if row["decision"] == "accept":
        accept_package(came, actor=actor)
        return
    key, text = row["ask"]
    ask_line(came, key=key, text=text, actor=actor)
    return_package(came, reason=row["reason"], actor=actor)


def _sign(stage: Stage, *, year: Period) -> None:
    draft = build_draft(actor=stage.person(OFFICER), office=NATION, code=ANNUAL, period=year.code)
    reason = "Số liệu tổng hợp theo báo cáo của các địa phương đến ngày ký"
    sign_edition(actor=stage.person(HEAD), edition=draft, reason=reason)


def _name(row: dict[str, Any], report: str, period: Period) -> str:
    return f"package {row['code']} {report} {period.code}"


def _parcel(row: dict[str, Any], report: str, period: Period) -> Parcel:
    office = Office.objects.get(pk=row["code"])
    at = clock.now()
    spans = {"period": period} if report == ANNUAL else {"period": period, "to_date": period.year_to_date()}
    content = {
        "edition": {
            "uid": str(uuid5(_SPACE, _name(row, report, period))),
            "number": 1,
            "definition": report,
            "version": 2,
            "office": row["code"],
            "office_name": office.name_vi,
            "book": row["code"],
            "signer": row["signer"],
            "late_rule": "carry",
        },
        "head": {"title": f"Kết quả công tác đối ngoại {period.label('vi')}"},
        "language": "vi",
        "is_demo": True,
        "is_open": False,
        "spans": {name: period_json(span, "vi") for name, span in spans.items()},
        "filters": {},
        "as_of": moment_text(at),
        "heads": {},
        "definitions": {},
        "records": [],
        "figures": [
            _figure(name, told, span, spans[span], at)
            for name, told in row["figures"].items()
            for span in spans
        ],
    }
    practice = [
        {
            "key": "delegation.one_is_a_group",
            "value": row["one_is_a_group"],
            "source": "Minh họa",
            "proved": False,
        }
    ]
    return Parcel(content, digest_of(canonical(content)), at, row["number"], practice)


def _figure(name: str, told: list[Any], span: str, period: Period, at: dt.datetime) -> dict[str, Any]:
    indicator, label, unit, month, year = told
    value = month if period.code[4:] else year
    if span == "to_date":
        value = year
    return {
        "key": f"{name}@{span}",
        "name": name,
        "code": indicator,
        "basis": "counted",
        "label": label,
        "unit": unit,
        "text": f"{format_number(value, 'vi')} {unit}",
        "value": str(value),
        "recorded": str(value),
        "status": "recorded",
        "period": period_json(period, "vi"),
        "as_of": moment_text(at),
        "formula": "",
        "told": span == "period",
        "rows": [],
    }
