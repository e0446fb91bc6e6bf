"""What the demonstration writes out: claims of what it read, and the reports of the last month and year."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from bonphuong.config.demonstration.articles import ILLUSTRATION, articles
from bonphuong.config.demonstration.editions import ANNUAL, years
from bonphuong.config.demonstration.partners import BRIEFED
from bonphuong.config.demonstration.rhythm import MONTHLY, months
from bonphuong.config.demonstration.stage import PROVINCE
from bonphuong.kernel import clock
from bonphuong.reader.extract import read
from bonphuong.reader.queries import gazetteer
from bonphuong.reader.reconcile import Told, reconcile
from bonphuong.reports.models import BriefingBook
from bonphuong.reports.writing import write_briefing, write_report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bonphuong.reader.claims import Document

OUTPUT: Path = settings.DATA_DIR / "demo-output"


@dataclass(frozen=True)
class Written:
    """A file, and what it is."""

    name: str
    about: str


def write_all() -> list[Written]:
    """Write everything anew; the same content gives the same bytes."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    return [*_reports(), *_briefings(), *_claims()]


def _briefings() -> Iterator[Written]:
    """The latest briefing book about the partner that is met next."""
    book = BriefingBook.objects.filter(party_code=BRIEFED, is_demo=True).first()
    if book is None:
        return
    for path in write_briefing(book, OUTPUT):
        yield Written(path.name, book.title)


def _reports() -> Iterator[Written]:
    """The last year that was reported and the last month that is over."""
    told = [(ANNUAL, period, _("annual report of %(period)s")) for period in [*years()][-1:]]
    told += [(MONTHLY, period, _("monthly report of %(period)s")) for period in [*months()][-1:]]
    for code, period, about in told:
        with translation.override("vi"):
            files = write_report(PROVINCE, code, period.code, OUTPUT)
        for path in files:
            yield Written(path.name, about % {"period": period.code})


def _claims() -> Iterator[Written]:
    names = gazetteer()
    read_now = [
        (path, read(path.read_bytes().decode("utf-8"), gazetteer=names))
        for path in (*articles(), ILLUSTRATION)
    ]
    for path, document in read_now:
        claims = [claim.as_json() for claim in document.claims]
        about = _("%(number)s claims of “%(title)s”") % {"number": len(claims), "title": document.title}
        yield _written(f"claims-{path.stem}.json", claims, about)
    path, report = read_now[-1]
    compared = [one.as_json() for one in reconcile([_told(path, report)], office=PROVINCE)]
    yield _written(f"reconciled-{path.stem}.json", compared, _("the made-up report held against the ledger"))


def _told(path: Path, document: Document) -> Told:
    return Told(path.name, document.published or clock.today(), document.claims)


def _written(name: str, value: object, about: str) -> Written:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    (OUTPUT / name).write_text(text + "\n", encoding="utf-8")
    return Written(name, about)
