"""What a check of a report found, and what to do about it: where it is mended, and why it was signed nevertheless."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy

from bonphuong.records.registry import get_family

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.utils.functional import _StrOrPromise

    from bonphuong.web.desk.pages.reports import ReportPage

ROWS = 12
#: More records than these are folded away.
_OPEN_ROWS = 3


@dataclass(frozen=True)
class Finding:
    """One finding on the page. `records` are (record of the content, address or nothing)."""

    check: Mapping[str, Any]
    do: _StrOrPromise
    figures: Sequence[Mapping[str, Any]]
    records: Sequence[tuple[Mapping[str, Any], str]]
    hidden: int
    parts: Sequence[tuple[str, str]]
    edition: str

    @property
    def is_short(self) -> bool:
        """Whether its records stand open."""
        return len(self.records) <= _OPEN_ROWS


def finding(page: ReportPage, check: Mapping[str, Any]) -> Finding:
    """A check of a content as the page shows it; contents of before hold fewer keys."""
    records = [page.records[number] for number in check["records"] if number in page.records]
    told = check.get("edition", "")
    return Finding(
        check=check,
        do=DO.get(check["code"], "") if page.edition.is_draft else "",
        figures=[page.figures[name] for name in check["figures"] if name in page.figures],
        records=[(record, _address(record)) for record in records[:ROWS]],
        hidden=max(len(records) - ROWS, 0),
        parts=_parts(page, check.get("slots", ())),
        edition=reverse("desk:report", args=[told]) if told else "",
    )


def _address(record: Mapping[str, Any]) -> str:
    """The page of a record of a content; none for a masked one or of an unknown family."""
    try:
        return reverse(get_family(record["family"]).url_name, args=[record["uid"]])
    except (KeyError, NoReverseMatch):
        return ""


def _parts(page: ReportPage, slots: Sequence[str]) -> list[tuple[str, str]]:
    """(title, address) of the written parts: where one writes, else where it stands in the report."""
    found = []
    for slot in slots:
        section = next((one for one in page.content["sections"] if slot in one["slots"]), None)
        if section is not None:
            address = reverse("desk:report-part", args=[page.edition.pk, slot]) if page.may_write else ""
            found.append((section["title"], address or f"#section-{section['code']}"))
    return found


DO: Mapping[str, _StrOrPromise] = {
    "rows_make_figure": gettext_lazy(
        "Ask the administrator to run “bonphuong check”: the ledger itself is in doubt."
    ),
    "month_in_year": gettext_lazy("Look at the papers that state the figures, or enter what is missing."),
    "parts_make_total": gettext_lazy("Open each record and fill in what it does not say."),
    "part_in_whole": gettext_lazy("One of the two was stated or entered wrongly: open both figures."),
    "computed_again": gettext_lazy("Begin the draft again; if it stays, tell the administrator."),
    "plausible_sizes": gettext_lazy("Open the records and look at the number of people."),
    "hosted_once": gettext_lazy("Open both; if they are one delegation, merge them."),
    "rate_in_band": gettext_lazy("Compare both sums with the paper; they are kept as the paper states them."),
    "disbursed_in_committed": gettext_lazy(
        "Open the records: was a slice of the year not entered, or a sum twice?"
    ),
    "year_grows": gettext_lazy(
        "See what changed since that report: records taken back need a word in the text."
    ),
    "told_alike": gettext_lazy(
        "See what changed since that report, and begin a corrected edition of one of the two."
    ),
    "late_told": gettext_lazy("Say in the text what was added to the period before."),
    "no_gap": gettext_lazy("Begin and sign the reports that are missing, or say why there are none."),
    "texts_bound": gettext_lazy("Open the part and take the figure out, or choose another."),
    "texts_agree": gettext_lazy("Open the part and bind the number to its figure, or say of when it is."),
    "never_added": gettext_lazy("Open the part and tell the two apart."),
    "percent_agrees": gettext_lazy("Open the part and bind the percentage, or correct it."),
    "texts_of_now": gettext_lazy("Open the part: bind the numbers or write what holds now, then save."),
    "papers_agree": gettext_lazy(
        "Open the figure: enter the records that are missing, or declare the register complete."
    ),
    "registers_complete": gettext_lazy("Who keeps the register declares it complete, once it is."),
    "records_have_papers": gettext_lazy("Open each record and file its paper."),
    "annexes_agree": gettext_lazy("Look at the annex: a record may be restricted or struck out."),
    "estimates_over": gettext_lazy("Nothing is lost: say in the text how it came out, where that matters."),
    "parts_written": gettext_lazy("Write the part, or say that nothing happened or that it is not yours."),
}
