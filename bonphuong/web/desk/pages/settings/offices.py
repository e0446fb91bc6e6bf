"""Offices: the tree with its two ties, names through time, the focal agency, dated practice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.models import (
    Assignment,
    FocalAgency,
    Office,
    OfficeName,
    OfficeSetting,
    ReportsTo,
    User,
)
from bonphuong.accounts.rules import can
from bonphuong.accounts.services import (
    add_reports_to,
    appoint_focal_agency,
    change_setting,
    create_office,
    end_office,
    end_reports_to,
    end_setting,
    rename_office,
)
from bonphuong.kernel import clock
from bonphuong.web.desk.forms.settings.offices import (
    FocalForm,
    OfficeForm,
    PracticeForm,
    RenameForm,
    ReportsToForm,
)
from bonphuong.web.desk.pages.settings.kit import (
    Column,
    Deed,
    Line,
    Narrowing,
    Panel,
    Table,
    adding,
    ending,
    facts_of,
    line_of,
    stands,
)
from bonphuong.web.desk.pages.settings.people import ROLES
from bonphuong.web.desk.pages.settings.rights import keeps, keeps_a_book, keeps_any, reach
from bonphuong.web.desk.pages.settings.words import practice_words
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence


def office_options(user: User) -> list[tuple[str, str]]:
    """The offices that a list can be narrowed to."""
    rows = Office.objects.filter(pk__in=reach(user)).on(clock.today())
    return [(row.code, row.name(language())) for row in rows]


OF_OFFICE = Narrowing("office", pgettext_lazy("of a setting", "Office"), office_options, "office")


def _office(row: Any) -> str:
    return str(row.office.name(language()))


# --- offices ----------------------------------------------------------------------------------------


def _offices(user: User) -> Any:
    today = clock.today()
    return (
        Office.objects.filter(pk__in=reach(user))
        .select_related("place")
        .prefetch_related(
            Prefetch(
                "reports_sent",
                ReportsTo.objects.on(today).select_related("to_office"),
                to_attr="receivers_today",
            ),
            Prefetch("focal_for", FocalAgency.objects.on(today), to_attr="focal_today"),
        )
    )


def _receivers(row: Any) -> str:
    ties = getattr(row, "receivers_today", [])
    return "; ".join(f"{tie.to_office.short_vi} ({tie.get_report_kind_display()})" for tie in ties)


def _focal(row: Any) -> str:
    return str(_("focal agency")) if getattr(row, "focal_today", []) else ""


def _do_add_office(user: User, _row: Any, given: dict[str, Any]) -> Office:
    above = Office.objects.get(pk=given["belongs_to"])
    return create_office(
        actor=user,
        belongs_to=above,
        source=given["source"],
        reason=given["source"],
        **facts_of(given, "belongs_to", "source"),
    )


def _do_rename(user: User, row: Any, given: dict[str, Any]) -> Office:
    return rename_office(actor=user, office=row, **given).office


def _do_end_office(user: User, row: Any, given: dict[str, Any]) -> Office:
    return end_office(actor=user, office=row, **given)


def _seat(row: Assignment, *, opens: bool) -> Line:
    """A role as the page of its office tells it; it leads on only for those who manage people."""
    line = line_of(ROLES, row)
    return line if opens else replace(line, table="", key="")


def _panels(user: User, row: Any) -> Sequence[Panel]:
    today = clock.today()
    office = f"?office={row.code}"
    ties = ReportsTo.objects.filter(Q(office=row)).select_related("office", "to_office")
    practice = OfficeSetting.objects.filter(office=row).select_related("office")
    names = OfficeName.objects.filter(office=row).order_by("valid_from")
    people = Assignment.objects.filter(office=row).on(today).select_related("user", "office")
    may_manage = can(user, Permission.USER_MANAGE, row.code)
    return [
        Panel(
            title=_("Who receives its reports"),
            lines=[line_of(RECEIVERS, tie) for tie in ties],
            add_url=reverse("desk:settings-new", args=["receivers"]) + office,
            add_label=_("Add a receiver"),
            empty=_("Nobody is named."),
        ),
        Panel(
            title=_("How it is done here"),
            lines=[line_of(PRACTICE, one) for one in practice],
            add_url=reverse("desk:settings-new", args=["practice"]) + office,
            add_label=_("State a practice"),
            empty=_("What the office above says holds here too."),
        ),
        Panel(
            title=_("Names through time"),
            lines=[line_of(NAMES, one) for one in names],
            empty=_("It was never called otherwise here."),
        ),
        Panel(
            title=_("People in it today"),
            lines=[_seat(one, opens=may_manage) for one in people],
            add_url=reverse("desk:settings-new", args=["people"]) + office if may_manage else "",
            add_label=_("Let a person in"),
            empty=_("Nobody has a role here."),
        ),
    ]


OFFICES = Table(
    code="offices",
    model=Office,
    title=gettext_lazy("Offices"),
    lead=gettext_lazy(
        "Below whom each stands, and who receives its reports: two ties, each from a day to a day. "
        "What one may see follows from roles, not from reports."
    ),
    one=gettext_lazy("office"),
    icon="home",
    may_see=keeps_any,
    rows=_offices,
    name=lambda row: row.name(language()),
    depth=lambda row: min(row.path.count("/") - 1, 4),
    columns=(
        Column(gettext_lazy("Kind"), lambda row: row.get_kind_display(), under=_focal),
        Column(gettext_lazy("Its reports go to"), _receivers),
    ),
    details=(
        Column(gettext_lazy("Code"), lambda row: row.code),
        Column(gettext_lazy("Short name"), lambda row: row.short_vi),
        Column(gettext_lazy("Superior body on papers"), lambda row: row.letterhead_parent),
        Column(gettext_lazy("Own line on papers"), lambda row: row.letterhead_name),
        Column(gettext_lazy("Symbol on papers"), lambda row: row.symbol),
        Column(gettext_lazy("Place of the date line"), lambda row: row.place_name),
    ),
    add=adding(
        label=gettext_lazy("Open an office"),
        form=OfficeForm,
        do=_do_add_office,
        done=gettext_lazy("The office is open."),
    ),
    deeds=(
        Deed(
            code="rename",
            label=gettext_lazy("Call it otherwise from a day on"),
            form=RenameForm,
            do=_do_rename,
            done=gettext_lazy("It is called so from that day on; what it was called before is kept."),
            may=lambda user, row: keeps(user, row.code) and stands(row),
        ),
        ending(
            label=gettext_lazy("Close the office"),
            do=_do_end_office,
            done=gettext_lazy("The office is closed with that day."),
            may=lambda user, row: (
                row.belongs_to_id is not None and keeps(user, row.belongs_to_id) and stands(row)
            ),
            warning=gettext_lazy(
                "An office that is closed stays closed; its records stay. One that follows it is opened anew."
            ),
        ),
    ),
    panels=_panels,
)

# --- who receives which report ------------------------------------------------------------------------


def _do_add_receiver(user: User, _row: Any, given: dict[str, Any]) -> ReportsTo:
    offices = Office.objects.in_bulk([given["office"], given["to_office"]])
    return add_reports_to(
        actor=user,
        office=offices[given["office"]],
        to_office=offices[given["to_office"]],
        reason=given["source"],
        **facts_of(given, "office", "to_office"),
    )


RECEIVERS = Table(
    code="receivers",
    model=ReportsTo,
    title=gettext_lazy("Receivers of reports"),
    lead=gettext_lazy(
        "Who receives which report. One report may go to several; receiving it opens no record to anybody."
    ),
    one=gettext_lazy("receiver of reports"),
    icon="report",
    may_see=keeps_any,
    rows=lambda user: ReportsTo.objects.filter(office__in=reach(user)).select_related("office", "to_office"),
    name=lambda row: f"{row.office.short_vi} → {row.to_office.short_vi}",
    columns=(Column(gettext_lazy("Which report"), lambda row: row.get_report_kind_display()),),
    narrowings=(OF_OFFICE,),
    add=adding(
        label=gettext_lazy("Add a receiver"),
        form=ReportsToForm,
        do=_do_add_receiver,
        done=gettext_lazy("The receiver is named."),
    ),
    deeds=(
        ending(
            do=lambda user, row, given: end_reports_to(actor=user, tie=row, **given),
            done=gettext_lazy("It ends with that day."),
            may=lambda user, row: keeps(user, row.office_id) and stands(row),
        ),
    ),
)

# --- the focal agency ---------------------------------------------------------------------------------


def _do_appoint(user: User, _row: Any, given: dict[str, Any]) -> FocalAgency:
    office = Office.objects.get(pk=given["office"])
    return appoint_focal_agency(
        actor=user, office=office, reason=given["source"], **facts_of(given, "office")
    )


FOCAL = Table(
    code="focal",
    model=FocalAgency,
    title=gettext_lazy("Focal agencies"),
    lead=gettext_lazy(
        "Which office leads external affairs, sees and writes the whole book of the province. "
        "The one before ends on the eve."
    ),
    one=gettext_lazy("focal agency"),
    icon="globe",
    may_see=keeps_a_book,
    rows=lambda user: FocalAgency.objects.filter(book__in=reach(user)).select_related("book", "office"),
    name=_office,
    columns=(Column(gettext_lazy("Of which book"), lambda row: row.book.name(language())),),
    add=adding(
        label=gettext_lazy("Name another focal agency"),
        form=FocalForm,
        do=_do_appoint,
        done=gettext_lazy("The focal agency is named from that day on."),
        warning=gettext_lazy("People of the agency before it lose sight of the whole book on that day."),
    ),
)

# --- practice -------------------------------------------------------------------------------------------


def _do_state_practice(user: User, _row: Any, given: dict[str, Any]) -> OfficeSetting:
    office = Office.objects.get(pk=given["office"])
    return change_setting(actor=user, office=office, reason=given["source"], **facts_of(given, "office"))


PRACTICE = Table(
    code="practice",
    model=OfficeSetting,
    title=gettext_lazy("Practice of offices"),
    lead=gettext_lazy(
        "What counts as a group, where a month is cut. An office without its own follows the one above it; "
        "a national sum says whose practice it holds."
    ),
    one=gettext_lazy("practice"),
    icon="gear",
    may_see=keeps_any,
    rows=lambda user: OfficeSetting.objects.filter(office__in=reach(user)).select_related("office"),
    name=lambda row: practice_words(row.key, row.value),
    columns=(
        Column(gettext_lazy("Practice"), lambda row: row.get_key_display()),
        Column(pgettext_lazy("of a setting", "Office"), _office),
    ),
    narrowings=(OF_OFFICE,),
    add=adding(
        label=gettext_lazy("State a practice"),
        form=PracticeForm,
        do=_do_state_practice,
        done=gettext_lazy("It is done so from that day on."),
    ),
    deeds=(
        ending(
            do=lambda user, row, given: end_setting(actor=user, setting=row, **given),
            done=gettext_lazy("It ends with that day."),
            may=lambda user, row: keeps(user, row.office_id) and stands(row),
        ),
    ),
)

NAMES = Table(
    code="names",
    model=OfficeName,
    title=gettext_lazy("Names of offices"),
    lead=gettext_lazy("What each office was called, with the letterhead of that time."),
    one=gettext_lazy("name of an office"),
    icon="pen",
    may_see=keeps_any,
    rows=lambda user: OfficeName.objects.filter(office__in=reach(user)).select_related("office"),
    name=lambda row: row.name_vi,
    columns=(
        Column(gettext_lazy("Own line on papers"), lambda row: row.letterhead_name),
        Column(gettext_lazy("Symbol on papers"), lambda row: row.symbol),
    ),
    details=(
        Column(gettext_lazy("Name in English"), lambda row: row.name_en),
        Column(gettext_lazy("Short name"), lambda row: row.short_vi),
        Column(gettext_lazy("Superior body on papers"), lambda row: row.letterhead_parent),
        Column(gettext_lazy("Place of the date line"), lambda row: row.place_name),
    ),
)
