"""The head and the foot of an official report: who writes, its number and date, who signs, who receives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bonphuong.kernel import clock
from bonphuong.kernel.dates import format_date, format_moment, long_date

if TYPE_CHECKING:
    import datetime as dt

    from bonphuong.accounts.models import Office
    from bonphuong.reports.composing import Frame
    from bonphuong.reports.ground import Ground

#: Room for what is written by hand on a printed report.
_ROOM = "\N{NO-BREAK SPACE}" * 6
#: Letters that one line of the left column holds.
_LONGEST_LINE = 24


def head_of(ground: Ground, frame: Frame, title: str) -> dict[str, Any]:
    """The letterhead by the annex of NĐ 30/2020/NĐ-CP, and the title with the days that it covers."""
    office, period = ground.office, ground.spans["period"]
    parent, issuer = _issuer(office, ground.language)
    days = _("Period of the report: %(days)s; figures as they stood at %(moment)s.") % {
        "days": "–".join(format_date(day, ground.language) for day in (period.since, period.until)),
        "moment": format_moment(frame.as_of, ground.language),
    }
    return {
        "parent": broken(parent),
        "issuer": broken(issuer),
        "number": number_line(f"{ground.definition.symbol}-{office.symbol}".rstrip("-"), frame.paper_number),
        "symbol": f"{ground.definition.symbol}-{office.symbol}".rstrip("-"),
        "place": office.place_name,
        "place_date": place_line(
            office.place_name, frame.paper_on, ground.language, clock.local(frame.as_of).year
        ),
        "kind": ground.definition.kind,
        "title": title,
        "days": days,
    }


def _issuer(office: Office, language: str) -> tuple[str, str]:
    """(the superior body, the office) as the head of its papers has them; in English by its name alone."""
    if language != "vi" or not office.letterhead_name:
        return "", office.name(language).upper()
    return office.letterhead_parent, office.letterhead_name


def number_line(symbol: str, number: str) -> str:
    """As in "Số: 12/BC-SNgV", or with room for the figure."""
    if "/" in number:
        return _("No.: %(number)s") % {"number": number}
    return _("No.: %(number)s") % {"number": f"{number or _ROOM}/{symbol}"}


def broken(name: str) -> str:
    """A long name of a body on two lines, parted before its place as letterheads part it."""
    if len(name) > _LONGEST_LINE:
        for word in (" TỈNH ", " THÀNH PHỐ ", " HUYỆN ", " XÃ ", " PHƯỜNG "):
            before, found, after = name.rpartition(word)
            if found:
                return f"{before}\n{word.lstrip()}{after}"
    return name


def place_line(place: str, on: dt.date | None, language: str, year: int) -> str:
    """As in "Lai Châu, ngày 05 tháng 01 năm 2026", or with room for day and month."""
    room = _("date %(room)s month %(room)s year %(year)s") % {"room": _ROOM, "year": year}
    date = long_date(on, language) if on is not None else room
    return f"{place}, {date}" if place else date


def signature_of(ground: Ground, frame: Frame) -> dict[str, Any]:
    """The lines above the signature. A deputy signs for the head ("KT."), as the form asks."""
    by_kind = ground.definition.signers
    form = by_kind.get(ground.office.kind, by_kind.get("", {}))
    head, title = form.get("head", ""), frame.title.upper()
    lines = [form["behalf"]] if form.get("behalf") else []
    if title and title != head and form.get("deputy") and title.startswith(form["deputy"]):
        lines += [f"{form['for_head']} {head}".strip(), title]
    else:
        lines.append(head or title)
    return {"lines": [line for line in lines if line], "name": frame.signer}


def recipients_of(ground: Ground) -> list[str]:
    """Who receives it: those named by the office's ties where the definition leaves them to be named."""
    found: list[str] = []
    for line in ground.definition.recipients:
        if line == "{receivers}":
            found += ground.receivers
        else:
            found.append(line.replace("{symbol}", _unit(ground.office)))
    return list(dict.fromkeys(found))


def _unit(office: Office) -> str:
    return office.symbol or office.code
