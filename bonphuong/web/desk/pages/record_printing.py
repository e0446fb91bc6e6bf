"""What the general Word templates are filled with from a record of any family made of the kit. Always Vietnamese."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _

from bonphuong.kernel import clock
from bonphuong.kernel.dates import date_range
from bonphuong.kit.fields import known_specs
from bonphuong.kit.queries import lines_of
from bonphuong.kit.specs import Holds
from bonphuong.papers.bases import bases_of
from bonphuong.papers.enums import TemplateCode
from bonphuong.papers.placeholders import OF_TEMPLATE
from bonphuong.records.registry import get_family
from bonphuong.web.desk.pages.case_papers import deciding, opinion_letters, printable, printables_of, promised
from bonphuong.web.desk.pages.issuing import day_of, letterhead
from bonphuong.web.desk.pages.record_values import all_known, names_in, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bonphuong.kit.fields import Known
    from bonphuong.kit.names import Names
    from bonphuong.kit.specs import LineSpec
    from bonphuong.papers.models import Paper
    from bonphuong.web.desk.pages.case_papers import Printable
    from bonphuong.web.desk.pages.issuing import Issuing
    from bonphuong.web.desk.pages.record import RecordPage

#: The papers of a kind for which its family names none, in the order in which a case needs them.
GENERAL = (
    TemplateCode.OPINION_LETTER,
    TemplateCode.RECORD_SUBMISSION,
    TemplateCode.RECORD_DECISION,
    TemplateCode.NOTE_DRAFT,
    TemplateCode.INVITATION,
    TemplateCode.PROGRAMME,
    TemplateCode.MINUTES,
    TemplateCode.RESULT_REPORT,
)
# Of what took place these tell too; the others are written before.
_AFTER = frozenset({TemplateCode.MINUTES, TemplateCode.RESULT_REPORT})
# Papers that have no room of their own for what the work is about: there it stands among the fields.
_ALL_IN_FIELDS = frozenset(
    {TemplateCode.RECORD_DECISION, TemplateCode.OPINION_LETTER, TemplateCode.RESULT_REPORT}
)
# What only the office itself needs to know, and what stands elsewhere in the paper.
_NOT_SAID = frozenset({"title", "source", "channel", "number"})
_NOT_IN_TABLES = frozenset({"source", "note", "rate", "rate_on", "rate_source", "share", "newness"})
_CONTENTS = ("content", "contents", "scheme_text", "topics", "text", "purpose", "goal")
_RESULTS = ("result", "results", "implementation", "outcome")
_PLACES = ("venue", "place", "places_text", "where", "location")
# More columns than these cannot be read on an upright page.
_COLUMNS = 6


def offered(page: RecordPage) -> Sequence[TemplateCode]:
    """Which papers the record's kind has."""
    named = page.scheme.prints.get(page.record.kind)
    return GENERAL if named is None else [TemplateCode(code) for code in named]


def printables(page: RecordPage) -> list[Printable]:
    """What may be printed for this record."""
    return printables_of(offered(page), page.parts.papers)


def filed_of(code: TemplateCode, page: RecordPage) -> Paper | None:
    """The paper of the dossier that it became."""
    return printable(code, page.parts.papers).filed


def print_context(code: TemplateCode, page: RecordPage, by: Issuing, to: str = "") -> dict[str, object]:
    """Everything that is known, by the English names of `papers.placeholders`; the rest prints as dots.

    Restricted fields are never among it, and what a family adds goes before what its fields say.
    """
    asked = {placeholder.name for placeholder in OF_TEMPLATE[code]}
    with translation.override("vi"):
        own = page.scheme.print_context(page.row) if page.scheme.print_context else {}
        known: dict[str, object] = {
            **letterhead(code, page.record, by, filed_of(code, page)),
            **_case(code, page, own),
            **deciding(page.record, page.row.lead_office_code),
            "bases": bases_of(page.record.family, page.record.kind, day_of(page.record)),
            "commitments": promised(page.record) if "commitments" in asked else [],
        }
        if "opinion_letters" in asked:
            known["opinion_letters"] = opinion_letters(page.record, to)
        known |= {name: value for name, value in own.items() if value}
        if code in _AFTER:
            # What was asked for before is no proposal any more.
            known |= {"about": own.get("about_after") or known["about"], "proposals": []}
        known["letters"] = _one_letter(known, to)
        if code == TemplateCode.INVITATION:
            known["addressees"] = own.get("guests") or [name for name in [known["partner"]] if name]
    return {name: value for name, value in known.items() if name in asked}


def letters_to(page: RecordPage) -> list[tuple[str, str]]:
    """To whom the letters of a campaign may be printed: all in one file, or one alone by its place."""
    own = page.scheme.print_context(page.row) if page.scheme.print_context else {}
    names = [str(next(iter(letter["addressees"]), "")) for letter in own.get("letters", ())]
    if len(names) < 2:
        return []
    return [("", _("all letters in one file")), *((str(place), name) for place, name in enumerate(names))]


def _one_letter(known: Mapping[str, object], to: str) -> list[object]:
    letters = known.get("letters")
    found = list(letters) if isinstance(letters, list) else []
    return [letter for place, letter in enumerate(found) if to in {"", str(place)}]


def _case(code: TemplateCode, page: RecordPage, own: Mapping[str, Any]) -> dict[str, object]:
    record, row = page.record, page.row
    fields = [one for one in known_specs(page.scheme, row.kind) if not one.spec.restricted]
    names = names_in((fields, [row]))
    said = {one.name: (one, value) for one in fields if (value := shown(one, row, names).strip())}
    contents, results = _first(said, _CONTENTS), _first(said, _RESULTS)
    apart = set() if code in _ALL_IN_FIELDS else {contents}
    first = record.begins_on or record.counts_on
    return {
        "case_title": record.title,
        "about": _first_small(record.title),
        "case_kind": str(get_family(record.family).kind(record.kind).label),
        "case_number": record.number,
        "partner": next((value for one, value in said.values() if one.holds == Holds.PARTY), ""),
        "countries": ", ".join(value for one, value in said.values() if one.holds == Holds.COUNTRY),
        "venue": _value(said, _first(said, _PLACES)),
        "dates": date_range(first, record.ends_on or first, "vi") if first else "",
        "year": (first or clock.today()).year,
        "lead_office": _value(said, "lead_office"),
        "summary": _summary(said, code, apart | {results}),
        "tables": _tables(page, own.get("lines")),
        "contents": _value(said, contents).splitlines(),
        "results": _value(said, results).splitlines(),
    }


def _first(said: Mapping[str, tuple[Known, str]], names: Sequence[str]) -> str:
    return next((name for name in names if name in said), "")


def _value(said: Mapping[str, tuple[Known, str]], name: str) -> str:
    return said[name][1] if name in said else ""


def _summary(
    said: Mapping[str, tuple[Known, str]], code: TemplateCode, apart: set[str]
) -> list[dict[str, str]]:
    found = []
    for name, (one, value) in said.items():
        early = one.spec.late and code not in _AFTER
        empty = value == "0" or one.holds == Holds.FLAG
        if name in _NOT_SAID or name in apart or early or empty or not one.spec.in_form:
            continue
        text = "; ".join(part.strip().rstrip(".;") for part in value.splitlines() if part.strip())
        found.append({"label": _first_large(str(one.label)), "value": text})
    return found


def _tables(page: RecordPage, wanted: Sequence[str] | None) -> list[dict[str, object]]:
    specs = [spec for spec in page.scheme.lines_of(page.row.kind) if wanted is None or spec.name in wanted]
    return [table for spec in specs for table in _table(page, spec)]


def _table(page: RecordPage, spec: LineSpec) -> Iterator[dict[str, object]]:
    """The lines of one sort, without what is restricted and without columns in which nothing stands."""
    fields = [one for one in all_known(spec.model, spec.specs) if _is_told(one)]
    lines = lines_of(page.row, spec.name)
    names: Names = names_in((fields, lines))
    texts = [[shown(one, line, names) for one in fields] for line in lines]
    kept = [place for place in range(len(fields)) if any(text[place] for text in texts)][:_COLUMNS]
    if kept:
        yield {
            "caption": _first_large(str(spec.label)),
            "heads": [_first_large(str(fields[place].label)) for place in kept],
            "rows": [{"cells": [text[place] for place in kept]} for text in texts],
        }


def _is_told(one: Known) -> bool:
    return not one.spec.restricted and one.spec.in_form and one.name not in _NOT_IN_TABLES


def _first_small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _first_large(text: str) -> str:
    return text[:1].upper() + text[1:]
