"""Composes the content of a report from its ground: plain data in the order of the page, ready to be frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _

from bonphuong.kernel.canonical import moment_text
from bonphuong.kernel.dates import format_moment
from bonphuong.reports.canonical import FORMAT, period_json
from bonphuong.reports.checks import Matter, check
from bonphuong.reports.enums import EditionStatus
from bonphuong.reports.evidence import Register, definitions_of, figure_list
from bonphuong.reports.figurebook import FigureBook
from bonphuong.reports.heads import head_of, recipients_of, signature_of
from bonphuong.reports.nation.again import frozen_nations
from bonphuong.reports.sections import SectionWriter
from bonphuong.reports.sentences import Speaker
from bonphuong.reports.superseding import section_of, superseded
from bonphuong.reports.wording import words_of

if TYPE_CHECKING:
    import datetime as dt

    from bonphuong.reports.ground import Ground, Replaced

Content = dict[str, Any]


@dataclass(frozen=True)
class Frame:
    """What an edition is beside its figures: its name in the series, when it stands, who signs it."""

    as_of: dt.datetime
    uid: str = ""
    number: int = 1
    status: str = EditionStatus.DRAFT
    signer: str = ""
    title: str = ""
    paper_number: str = ""
    paper_on: dt.date | None = None
    reason: str = ""


def compose(ground: Ground, frame: Frame) -> Content:
    """The whole content: the same ground and frame give the same content. Texts are in the definition's language."""
    with translation.override(ground.language):
        book = FigureBook(ground)
        speaker = Speaker(book, words_of(ground, frame.as_of), ground.definition.macros)
        sections = SectionWriter(ground, book, speaker).sections()
        opening, closing = speaker.say(ground.definition.opening), speaker.say(ground.definition.closing)
        told = frozenset(book.entries)
        checks = check(Matter(book, speaker.words, sections))
        register = Register(ground, book)
        content = {
            **_stand(ground, frame),
            "head": head_of(ground, frame, speaker.text(ground.definition.title)),
            "opening": opening,
            "sections": sections,
            "closing": closing,
            "signature": signature_of(ground, frame),
            "recipients": recipients_of(ground),
            "annexes": register.annexes(speaker),
            "figures": figure_list(ground, register, frame.as_of, told),
            "records": register.records(),
            "definitions": definitions_of(book, ground.language),
            "notes": list(ground.notes),
            "checks": [one.as_json(register) for one in checks],
            **({} if ground.definition.docx_evidence else {"docx_evidence": False}),
            **_national(ground),
        }
        return content if ground.replaced is None else _with_differences(content, ground.replaced)


def _with_differences(content: Content, replaced: Replaced) -> Content:
    """The content of a corrected edition: what it tells otherwise stands in its last section."""
    told = superseded(replaced, content)
    shown = {row["id"] for row in told["rows"]}
    figures = [{**figure, "told": True} if figure["id"] in shown else figure for figure in content["figures"]]
    last = section_of(told, content["sections"], content["language"])
    return {**content, "figures": figures, "sections": [*content["sections"], last], "supersedes": told}


def _national(ground: Ground) -> Content:
    """Which reports a national one adds up, and who was in the sum; nothing for any other."""
    if not ground.definition.collects:
        return {}
    return {"collects": ground.definition.collects, "nations": frozen_nations(ground.nations)}


def _stand(ground: Ground, frame: Frame) -> Content:
    """What the content is and stands on: its edition, language, periods, moment, heads."""
    language = ground.language
    return {
        "fmt": FORMAT,
        "edition": _edition(ground, frame),
        "language": language,
        "is_demo": ground.is_demo,
        "is_open": ground.is_open,
        "marks": _marks(ground, frame),
        "filters": {
            name: {key: list(codes) for key, codes in spec.filters.items()}
            for name, spec in ground.definition.figures.items()
            if spec.filters
        },
        "spans": {name: period_json(span, language) for name, span in ground.spans.by_name.items()},
        "as_of": moment_text(frame.as_of),
        "as_of_label": format_moment(frame.as_of, language),
        "heads": {name: list(head) for name, head in sorted(ground.counted.heads.items())},
    }


def _edition(ground: Ground, frame: Frame) -> Content:
    return {
        "uid": frame.uid,
        "number": frame.number,
        "status": str(frame.status),
        "definition": ground.row.code,
        "version": ground.row.version,
        "definition_office": ground.row.office_code,
        "late_rule": ground.row.late_rule,
        "office": ground.office.code,
        "office_name": ground.office.name(ground.language),
        "book": ground.office.book,
        "signer": frame.signer,
        "reason": frame.reason,
    }


def _marks(ground: Ground, frame: Frame) -> list[str]:
    marks = [_("Illustration, not real data")] if ground.is_demo else []
    return [*marks, _("Draft")] if frame.status == EditionStatus.DRAFT else marks
