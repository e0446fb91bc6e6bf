"""Own indicators of offices as a table of the settings: every version, what it counts, where it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from bonphuong.accounts.queries import offices_by_code
from bonphuong.indicators.models import Indicator
from bonphuong.indicators.services import end_indicator
from bonphuong.kernel.dates import format_date
from bonphuong.ledger.measures import MEASURES
from bonphuong.web.desk.forms.settings.indicators import IndicatorForm
from bonphuong.web.desk.pages.figure_filters import filter_words, written
from bonphuong.web.desk.pages.settings.kit import (
    Column,
    Deed,
    Panel,
    Table,
    adding,
    ending,
    line_of,
    standing,
    stands,
)
from bonphuong.web.desk.pages.settings.rights import keeps, keeps_any, reach
from bonphuong.web.desk.pages.slots import dimension_word
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from bonphuong.accounts.models import User


def _rows(user: User) -> QuerySet[Indicator]:
    return Indicator.objects.filter(office_code__in=reach(user)).order_by("label_vi", "-version")


def _name_offices(_user: User, rows: Sequence[Any]) -> None:
    known = offices_by_code({row.office_code for row in rows})
    codes = {code for row in rows for code in (row.numerator, row.denominator) if code}
    labels = Indicator.objects.in_bulk(codes) if codes else {}
    for row in rows:
        office = known.get(row.office_code)
        row.office_said = office.name(language()) if office else row.office_code
        row.two_said = [str(labels.get(code, code)) for code in (row.numerator, row.denominator)]


def _counts(row: Indicator) -> str:
    """What it counts, in one line."""
    if row.measure:
        return row.get_measure().label(language())
    part, whole = getattr(row, "two_said", (row.numerator, row.denominator))
    return _("%(part)s over %(whole)s") % {"part": part, "whole": whole}


def _filters(row: Indicator) -> str:
    if not row.measure:
        return ""
    names = {field: name for name, field in MEASURES[row.measure].dimensions.items()}
    said = [
        f"{dimension_word(names[field])}: {filter_words(row.measure, names[field], written(codes))}"
        for field, codes in row.filters.items()
        if field in names
    ]
    return "; ".join(said)


def _days(row: Indicator) -> str:
    first = format_date(row.valid_from, language()) if row.valid_from else ""
    if row.valid_to is None:
        return _("from %(day)s") % {"day": first}
    return _("from %(day)s to %(last)s") % {"day": first, "last": format_date(row.valid_to, language())}


def _panels(user: User, row: Indicator) -> Sequence[Panel]:
    versions = Indicator.objects.filter(code__startswith=f"{row.series}.", office_code=row.office_code)
    rows = list(versions.order_by("-version"))
    _name_offices(user, rows)
    lines = [line_of(INDICATORS, one) for one in rows]
    address = f"{reverse('desk:figures')}?indicator={row.code}"
    return [
        Panel(
            title=_("Versions"),
            lines=lines,
            heads=[column.label for column in INDICATORS.columns],
            add_url=address,
            add_label=_("See its figures"),
        )
    ]


def _may_change(user: User, row: Indicator) -> bool:
    return keeps(user, row.office_code) and stands(row)


def _do_end(user: User, row: Indicator, given: dict[str, Any]) -> Indicator:
    return end_indicator(actor=user, code=row.code, on=given["on"], reason=given["reason"])


def _not_here(_user: User, _row: Any, _given: dict[str, Any]) -> None:
    """Adding and changing have pages of their own: what is asked depends on what is counted."""


CHANGE = Deed(
    "change",
    gettext_lazy("Make a new version"),
    IndicatorForm,
    _not_here,
    gettext_lazy("The new version is there; what the earlier one counted stays."),
    _may_change,
)
INDICATORS = Table(
    code="indicators",
    model=Indicator,
    title=gettext_lazy("Own indicators"),
    lead=gettext_lazy(
        "Figures that an office makes from what the ledger counts. A version is never changed: a new one takes its "
        "place from a day on, and what was reported by the earlier one comes out again."
    ),
    one=gettext_lazy("own indicator"),
    icon="chart",
    may_see=keeps_any,
    rows=_rows,
    name=lambda row: row.label(language()),
    prepare=_name_offices,
    columns=(
        Column(
            gettext_lazy("Whose"),
            lambda row: getattr(row, "office_said", row.office_code),
            under=lambda row: row.code,
        ),
        Column(gettext_lazy("What is counted"), _counts, under=lambda row: row.get_kind_display()),
        Column(
            pgettext_lazy("indicator", "Held"),
            _days,
            under=lambda row: standing(row.valid_from, row.valid_to)[1],
        ),
    ),
    details=(
        Column(gettext_lazy("Only"), _filters),
        Column(gettext_lazy("Parted"), lambda row: dimension_word(row.split_by) if row.split_by else ""),
        Column(gettext_lazy("Definition"), lambda row: row.definition(language())),
        Column(gettext_lazy("Version"), lambda row: row.version, kind="number"),
    ),
    is_dated=False,
    is_sourced=False,
    add=adding(
        label=gettext_lazy("Make an indicator"),
        form=IndicatorForm,
        do=_not_here,
        done=gettext_lazy("The indicator is there; it can be asked for at once."),
    ),
    deeds=(
        CHANGE,
        ending(
            do=_do_end,
            done=gettext_lazy("It is offered until that day; what names it goes on being counted."),
            may=_may_change,
        ),
    ),
    panels=_panels,
)
