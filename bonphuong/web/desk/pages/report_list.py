"""The list of reports: editions by years, narrowed by year, state, report and office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.kit.names import names_of
from bonphuong.reports.enums import EditionStatus
from bonphuong.reports.models import Edition, Sending
from bonphuong.web.desk.pages.by_years import LINES, YearList, by_years
from bonphuong.web.desk.pages.narrowing import Facet, Narrowing
from bonphuong.web.desk.pages.paging import page_number, sheet_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bonphuong.accounts.models import User

#: Facet → the column that it narrows.
_COLUMNS = {"in": "until__year", "state": "status", "kind": "code", "of": "office_code"}


@dataclass(frozen=True)
class EditionRow:
    """One edition and whose it is."""

    edition: Edition
    office: str


class ReportList(YearList[Edition, EditionRow]):
    """The list as its page shows it."""

    @property
    def summary(self) -> str:
        """Which lines these are."""
        return _("Reports %(first)s to %(last)s of %(all)s") % self.span


def report_list(user: User, given: Mapping[str, str], name_of: Callable[[str], str]) -> ReportList:
    """The editions that one sees, the latest period first. `name_of` says what a report is called by its code."""
    seen = Edition.objects.visible_to(user)
    counted = list(seen.order_by().values(*_COLUMNS.values()).annotate(n=Count("pk")))
    names = names_of(offices={row["office_code"] for row in counted})
    narrowing = Narrowing(
        address=reverse("desk:reports"),
        facets=(
            Facet("in", gettext_lazy("Year"), str, is_ranked=True),
            Facet("state", gettext_lazy("State"), _state),
            Facet("kind", gettext_lazy("Report"), name_of),
            Facet("of", gettext_lazy("Office"), names.office),
        ),
        counted=[
            ({name: str(row[column]) for name, column in _COLUMNS.items()}, row["n"]) for row in counted
        ],
        given=given,
    )
    # Counted beside each row: grouping would group by whole definitions.
    gone = Sending.objects.filter(edition=OuterRef("pk"), undone_why="").order_by().values("edition")
    rows = (
        seen.filter(**{_COLUMNS[name]: value for name, value in narrowing.asked.items()})
        .select_related("definition")
        .defer("definition__content")
        .annotate(sent=Subquery(gone.annotate(n=Count("pk")).values("n")))
        # To the last tie, or a row is on two pages and another on none.
        .order_by("-until", "code", "office_code", "-number", "-language", "pk")
    )
    sheet = sheet_of(lambda first, end: list(rows[first:end]), page_number(given), LINES)
    return ReportList(
        groups=by_years(
            sheet.rows, lambda one: one.until, lambda one: EditionRow(one, names.office(one.office_code))
        ),
        sheet=sheet,
        narrowing=narrowing,
        total=sum(row["n"] for row in counted),
    )


def _state(value: str) -> str:
    word = str(EditionStatus(value).label)
    return word[:1].upper() + word[1:]
