"""Reference data as tables: fields of cooperation, feasts, set working days, exchange rates, currencies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from bonphuong.kernel.dates import format_date
from bonphuong.kernel.errors import NotAllowed
from bonphuong.kernel.numbers import format_number
from bonphuong.kit.names import names_of
from bonphuong.reference.enums import FeastCalendar
from bonphuong.reference.models import CooperationField, Currency, ExchangeRate, Feast, WorkingDayOverride
from bonphuong.reference.services import (
    add_currency,
    add_feast,
    add_field,
    end_dated,
    record_rate,
    set_working_day,
)
from bonphuong.web.desk.forms.settings.reference import (
    CurrencyForm,
    FeastForm,
    FieldForm,
    RateForm,
    WorkingDayForm,
)
from bonphuong.web.desk.pages.settings.kit import Column, Narrowing, Table, adding, ending, facts_of, stands
from bonphuong.web.desk.pages.settings.rights import keeps, keeps_a_book, keeps_any, reach
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User


def _may_share(user: User, _row: Any) -> bool:
    return keeps_a_book(user)


def _may_end(user: User, row: Any) -> bool:
    return keeps_a_book(user) and stands(row)


def _must_share(user: User) -> None:
    if not keeps_a_book(user):
        raise NotAllowed(
            _("What all offices share is changed by whoever keeps the settings of the province.")
        )


def _do_end(user: User, row: Any, given: dict[str, Any]) -> Any:
    _must_share(user)
    end_dated(row, actor=user, **given)
    return row


END = ending(
    do=_do_end,
    done=gettext_lazy("It ends with that day; what was recorded under it stays."),
    may=_may_end,
)


def _do_add_field(user: User, _row: Any, given: dict[str, Any]) -> CooperationField:
    _must_share(user)
    return add_field(actor=user, **facts_of(given))


FIELDS = Table(
    code="fields",
    model=CooperationField,
    title=gettext_lazy("Fields of cooperation"),
    lead=gettext_lazy("In what one works with partners. A code stays for ever: figures are kept under it."),
    one=gettext_lazy("cooperation field"),
    icon="table",
    may_see=keeps_any,
    rows=lambda _user: CooperationField.objects.select_related("parent"),
    name=lambda row: row.name(language()),
    depth=lambda row: 1 if row.parent_id else 0,
    columns=(
        Column(gettext_lazy("Part of"), lambda row: row.parent.name(language()) if row.parent else ""),
        Column(gettext_lazy("Code"), lambda row: row.code),
    ),
    details=(Column(gettext_lazy("Other names"), lambda row: "; ".join(row.aliases)),),
    add=adding(
        label=gettext_lazy("Add a field"),
        form=FieldForm,
        do=_do_add_field,
        done=gettext_lazy("The field is there."),
        may=_may_share,
    ),
    deeds=(END,),
)


def _do_add_feast(user: User, _row: Any, given: dict[str, Any]) -> Feast:
    _must_share(user)
    return add_feast(actor=user, **facts_of(given))


def _when(row: Any) -> str:
    said = f"{row.day}/{row.month}"
    return said if row.calendar == FeastCalendar.SOLAR else str(_("%(day)s, lunar") % {"day": said})


FEASTS = Table(
    code="feasts",
    model=Feast,
    title=gettext_lazy("Feasts and national days"),
    lead=gettext_lazy("Days that come every year, by the sun or the moon: greetings are prepared from them."),
    one=gettext_lazy("feast"),
    icon="gift",
    may_see=keeps_any,
    rows=lambda _user: Feast.objects.select_related("country"),
    name=lambda row: row.name(language()),
    columns=(
        Column(gettext_lazy("When"), _when, under=lambda row: row.get_calendar_display()),
        Column(
            gettext_lazy("Country"),
            lambda row: row.country.name(language()),
            under=lambda row: row.get_kind_display(),
        ),
    ),
    narrowings=(
        Narrowing(
            "country",
            gettext_lazy("Country"),
            lambda _user: [
                (row.country_id, row.country.name(language()))
                for row in Feast.objects.select_related("country").order_by("country__sort").distinct()
            ],
            "country",
        ),
    ),
    add=adding(
        label=gettext_lazy("Add a feast"),
        form=FeastForm,
        do=_do_add_feast,
        done=gettext_lazy("The feast is in the calendar."),
        may=_may_share,
    ),
    deeds=(END,),
)


def _do_set_day(user: User, _row: Any, given: dict[str, Any]) -> WorkingDayOverride:
    office = given["office"]
    if office:
        if not keeps(user, office):
            raise NotAllowed(_("You may not change the settings of this office."))
    else:
        _must_share(user)
    return set_working_day(actor=user, reason=given["source"], **facts_of(given))[0]


def _name_offices(_user: User, rows: Sequence[Any]) -> None:
    names = names_of(offices={row.office_code for row in rows})
    for row in rows:
        row.office_said = names.office(row.office_code) if row.office_code else str(_("the whole country"))


def _days_of(user: User) -> Any:
    kept = reach(user)
    books = {holding.book for holding in user.access().holdings}
    return WorkingDayOverride.objects.filter(office_code__in={"", *kept, *books}).order_by("-day")


WORKING_DAYS = Table(
    code="working-days",
    model=WorkingDayOverride,
    title=gettext_lazy("Set working days"),
    lead=gettext_lazy(
        "Saturdays and Sundays are free, and so are public holidays. Here stand the days on which it is "
        "otherwise, for the country or for one office: working deadlines count by them."
    ),
    one=gettext_lazy("set working day"),
    icon="calendar",
    may_see=keeps_any,
    rows=_days_of,
    name=lambda row: format_date(row.day, language()),
    prepare=_name_offices,
    columns=(
        Column(
            gettext_lazy("On that day"),
            lambda row: _("people work") if row.working else _("nobody works"),
            under=lambda row: (
                _("swapped with %(day)s") % {"day": format_date(row.swapped_with, language())}
                if row.swapped_with
                else ""
            ),
        ),
        Column(gettext_lazy("For whom"), lambda row: getattr(row, "office_said", row.office_code)),
        Column(
            gettext_lazy("Source"),
            lambda row: row.source,
            under=lambda row: "" if row.proved else _("no text cited"),
        ),
    ),
    is_dated=False,
    add=adding(
        label=gettext_lazy("Set a day"),
        form=WorkingDayForm,
        do=_do_set_day,
        done=gettext_lazy("The day is set; deadlines count by it at once."),
        warning=gettext_lazy(
            "A day that was set before for the same office is replaced; the trail keeps it."
        ),
    ),
)


def _do_record_rate(user: User, _row: Any, given: dict[str, Any]) -> ExchangeRate:
    _must_share(user)
    return record_rate(actor=user, reason=given["source"], **facts_of(given))


RATES = Table(
    code="rates",
    model=ExchangeRate,
    title=gettext_lazy("Exchange rates"),
    lead=gettext_lazy(
        "What a currency is worth from a day on, by whom. A sum keeps the rate of its own day for ever."
    ),
    one=gettext_lazy("exchange rate"),
    icon="aid",
    may_see=keeps_any,
    rows=lambda _user: ExchangeRate.objects.order_by("currency", "quote", "-on"),
    name=lambda row: (
        f"1 {row.currency_id} = {format_number(row.value.normalize(), language())} {row.quote_id}"
    ),
    columns=(
        Column(gettext_lazy("From"), lambda row: format_date(row.on, language())),
        Column(gettext_lazy("Kind"), lambda row: row.get_kind_display()),
        Column(
            gettext_lazy("Source"),
            lambda row: row.source,
            under=lambda row: _("illustration") if row.is_demo else "",
        ),
    ),
    narrowings=(
        Narrowing(
            "currency",
            gettext_lazy("Currency"),
            lambda _user: [(row.code, row.name(language())) for row in Currency.objects.all()],
            "currency",
        ),
    ),
    is_dated=False,
    add=adding(
        label=gettext_lazy("Enter a rate"),
        form=RateForm,
        do=_do_record_rate,
        done=gettext_lazy("The rate holds from that day on."),
        may=_may_share,
        warning=gettext_lazy("A rate of the same day and kind is replaced; the trail keeps it."),
    ),
)


def _do_add_currency(user: User, _row: Any, given: dict[str, Any]) -> Currency:
    _must_share(user)
    return add_currency(actor=user, **facts_of(given))


CURRENCIES = Table(
    code="currencies",
    model=Currency,
    title=gettext_lazy("Currencies"),
    lead=gettext_lazy("In which sums can be kept. Never taken away: sums stand in them."),
    one=gettext_lazy("currency"),
    icon="aid",
    may_see=keeps_any,
    rows=lambda _user: Currency.objects.all(),
    name=lambda row: row.name(language()),
    columns=(
        Column(gettext_lazy("Code"), lambda row: row.code),
        Column(pgettext_lazy("money", "Decimals"), lambda row: row.exponent, kind="number"),
    ),
    is_dated=False,
    add=adding(
        label=gettext_lazy("Add a currency"),
        form=CurrencyForm,
        do=_do_add_currency,
        done=gettext_lazy("The currency is there."),
        may=_may_share,
    ),
)
