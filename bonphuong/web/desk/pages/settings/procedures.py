"""Rules of procedures as tables: authorities to sign, deadlines, limits of trips, days for opinions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.models import Office
from bonphuong.accounts.rules import can
from bonphuong.kit.names import names_of
from bonphuong.papers.signatures import Signing
from bonphuong.procedures.enums import Direction, StartsFrom
from bonphuong.procedures.models import Approval, Authority, DeadlineRule, GuardRule, OpinionRule
from bonphuong.procedures.rules import desks_of
from bonphuong.procedures.services import (
    AuthorityDraft,
    Since,
    end_authority,
    end_rule,
    grant_authority,
    set_deadline,
    set_guard,
    set_opinion_rule,
)
from bonphuong.procedures.signing import signing_of
from bonphuong.records.models import Record
from bonphuong.web.desk.addresses import record_url
from bonphuong.web.desk.forms.settings.procedures import (
    AuthorityForm,
    DeadlineForm,
    LimitForm,
    OpinionDaysForm,
    giving_offices,
)
from bonphuong.web.desk.pages.settings.kit import (
    Cell,
    Column,
    Line,
    Narrowing,
    Panel,
    Table,
    adding,
    ending,
    stands,
)
from bonphuong.web.desk.pages.settings.rights import keeps, keeps_any, reach
from bonphuong.web.desk.pages.settings.words import procedure_names
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bonphuong.accounts.models import User

_USES = 20


def _keeps(user: User, row: Any) -> bool:
    return bool(row.office_code) and keeps(user, row.office_code)


def chain_of(user: User) -> set[str]:
    """Codes of the offices whose settings a person keeps and of all above them, and of everywhere ("")."""
    paths = Office.objects.filter(pk__in=reach(user))
    found = {code for path in paths.values_list("path", flat=True) for code in path.strip("/").split("/")}
    return found | {""}


def _label_rows(_user: User, rows: Sequence[Any]) -> None:
    """Give each row the names of its office and its procedure, in two queries for all."""
    names = names_of(offices={row.office_code for row in rows})
    procedures = procedure_names()
    for row in rows:
        row.office_said = names.office(row.office_code) if row.office_code else str(_("everywhere"))
        code = row.procedure_code
        row.procedure_said = procedures.get(code, code) if code else str(_("every procedure"))


def _office(row: Any) -> str:
    return str(getattr(row, "office_said", row.office_code))


def _procedure(row: Any) -> str:
    return str(getattr(row, "procedure_said", row.procedure_code))


def _procedures(_user: User) -> list[tuple[str, str]]:
    return list(procedure_names().items())


BY_PROCEDURE = Narrowing("procedure", pgettext_lazy("procedure", "procedure"), _procedures, "procedure_code")


def _own_offices(user: User) -> list[tuple[str, str]]:
    return [(office.code, office.name(language())) for office in giving_offices(user)]


BY_OFFICE = Narrowing("office", pgettext_lazy("of a setting", "Office"), _own_offices, "office_code")


def _since(given: dict[str, Any]) -> Since:
    return Since(**{name: given[name] for name in ("valid_from", "source", "source_url", "proved")})


def _ended(user: User, row: Any, given: dict[str, Any]) -> Any:
    end_rule(row, actor=user, **given)
    return row


END = ending(
    do=_ended,
    done=gettext_lazy("It ends with that day: what stands above it holds again."),
    may=lambda user, row: _keeps(user, row) and stands(row),
)


# --- authorities to sign --------------------------------------------------------------------------------


def _gives(user: User, office: str) -> bool:
    return can(user, Permission.SETTINGS_CHANGE, office) or office in desks_of(user, Permission.RECORD_DECIDE)


def _giving_codes(user: User) -> set[str]:
    kept = reach(user)
    return kept | desks_of(user, Permission.RECORD_DECIDE)


def _signature(row: Any) -> str:
    return " / ".join(signing_of(row).lines)


def _uses(row: Any) -> str:
    n = getattr(row, "n_uses", 0)
    return ngettext("%(n)s decision signed", "%(n)s decisions signed", n) % {"n": n} if n else ""


def _do_grant(user: User, _row: Any, given: dict[str, Any]) -> Authority:
    signing = Signing(
        **{name: given[name] for name in ("name", "title", "mode", "on_behalf_of", "organ", "own_head")}
    )
    dated = ("valid_from", "valid_to", "source", "source_url", "proved", "holder")
    draft = AuthorityDraft(
        office_code=given["office"],
        signing=signing,
        procedure_code=given["procedure"],
        **{name: given[name] for name in dated},
    )
    return grant_authority(draft, actor=user)


def _authority_panels(user: User, row: Any) -> Sequence[Panel]:
    """The decisions that were signed by an authority, those that the person may see."""
    signed = Approval.objects.filter(authority=row).select_related("step").order_by("-step__on")[:_USES]
    cases = {approval.step.case_id: approval.step for approval in signed}
    records = Record.objects.visible_to(user).filter(pk__in=cases)
    lines = [
        Line(
            key=record_url(record),
            table="",
            name=record.title,
            cells=(Cell(label="", text=cases[record.pk].transition_code),),
            is_dated=False,
        )
        for record in records
    ]
    return [Panel(title=_("Where it was used"), lines=lines, empty=_("Nothing was signed by it yet."))]


AUTHORITIES = Table(
    code="authorities",
    model=Authority,
    title=gettext_lazy("Authorities to sign"),
    lead=gettext_lazy(
        "Who signs for whom: TM., KT., TL., TUQ., by which paper, from a day to a day. "
        "Whoever has an account may decide in the desk by it."
    ),
    one=gettext_lazy("authority to sign"),
    icon="pen",
    may_see=lambda user: bool(_giving_codes(user)),
    rows=lambda user: (
        Authority.objects.filter(office_code__in=_giving_codes(user))
        .select_related("holder")
        .annotate(n_uses=Count("approvals"))
    ),
    name=lambda row: row.holder_name,
    prepare=_label_rows,
    columns=(
        Column(gettext_lazy("As it stands above the signature"), _signature, under=_uses),
        Column(pgettext_lazy("of a setting", "Office"), _office, under=_procedure),
    ),
    details=(Column(gettext_lazy("Account"), lambda row: row.holder or _("none: for printing only")),),
    narrowings=(BY_OFFICE, BY_PROCEDURE),
    panels=_authority_panels,
    add=adding(
        label=gettext_lazy("Give an authority to sign"),
        form=AuthorityForm,
        do=_do_grant,
        done=gettext_lazy("The authority is given."),
    ),
    deeds=(
        ending(
            do=lambda user, row, given: end_authority(row, actor=user, **given),
            done=gettext_lazy("The authority ends with that day; what was signed by it stands."),
            may=lambda user, row: _gives(user, row.office_code) and stands(row),
        ),
    ),
)

# --- deadlines ------------------------------------------------------------------------------------------


def days_words(row: Any) -> str:
    """How many days, of which sort, before or after: "5 ngày làm việc, sau"."""
    n = row.days
    if not n:
        return str(_("on the day itself"))
    if row.unit == "working":
        said = ngettext("%(n)s working day", "%(n)s working days", n) % {"n": n}
    else:
        said = ngettext("%(n)s calendar day", "%(n)s calendar days", n) % {"n": n}
    before = getattr(row, "direction", Direction.AFTER) == Direction.BEFORE
    return str(_("%(days)s before") % {"days": said}) if before else str(said)


def _counted(row: Any) -> str:
    kind = _("from a state") if row.starts_from == StartsFrom.STATE else _("from a date of the record")
    return str(kind)


def _do_set_deadline(user: User, _row: Any, given: dict[str, Any]) -> DeadlineRule:
    names = ("procedure_code", "code", "days", "unit", "valid_from", "source", "source_url", "proved")
    return set_deadline(actor=user, office_code=given["office"], **{name: given[name] for name in names})


DEADLINES = Table(
    code="deadlines",
    model=DeadlineRule,
    title=gettext_lazy("Deadlines"),
    lead=gettext_lazy(
        "How many days each thing may take, and the text that says so. An office's own rule goes before its "
        "province's, that before everybody's. Cases keep the rules of the day on which they were opened."
    ),
    one=pgettext_lazy("setting", "deadline"),
    icon="clock",
    may_see=keeps_any,
    rows=lambda user: DeadlineRule.objects.filter(office_code__in=chain_of(user)),
    name=lambda row: row.label,
    prepare=_label_rows,
    columns=(
        Column(pgettext_lazy("deadline", "Days"), days_words, under=_counted),
        Column(pgettext_lazy("rule", "Where it holds"), _office, under=_procedure),
    ),
    details=(Column(gettext_lazy("Warned before"), lambda row: row.soon_days),),
    narrowings=(BY_PROCEDURE, BY_OFFICE),
    add=adding(
        label=gettext_lazy("Set an own deadline"),
        form=DeadlineForm,
        do=_do_set_deadline,
        done=gettext_lazy("The deadline holds for what is opened from that day on."),
    ),
    deeds=(END,),
)

# --- limits -----------------------------------------------------------------------------------------------


def _do_set_limit(user: User, _row: Any, given: dict[str, Any]) -> GuardRule:
    names = ("code", "limit")
    return set_guard(
        actor=user,
        procedure_code=given["procedure"],
        office_code=given["office"],
        messages=(given["message_vi"], given["message_en"]),
        since=_since(given),
        **{name: given[name] for name in names},
    )


LIMITS = Table(
    code="limits",
    model=GuardRule,
    title=gettext_lazy("Limits of trips"),
    lead=gettext_lazy("Passing a limit warns and never blocks: a person judges."),
    one=gettext_lazy("limit"),
    icon="alert",
    may_see=keeps_any,
    rows=lambda user: GuardRule.objects.filter(office_code__in=chain_of(user)),
    name=lambda row: row.get_kind_display(),
    prepare=_label_rows,
    columns=(
        Column(gettext_lazy("At most"), lambda row: row.limit, under=lambda row: row.level, kind="number"),
        Column(pgettext_lazy("rule", "Where it holds"), _office, under=_procedure),
    ),
    details=(Column(gettext_lazy("Warning"), lambda row: row.message_vi, under=lambda row: row.message_en),),
    narrowings=(BY_PROCEDURE, BY_OFFICE),
    add=adding(
        label=gettext_lazy("Set an own limit"),
        form=LimitForm,
        do=_do_set_limit,
        done=gettext_lazy("The limit holds from that day on."),
    ),
    deeds=(END,),
)

# --- days for opinions --------------------------------------------------------------------------------------


def _do_set_opinion_days(user: User, _row: Any, given: dict[str, Any]) -> OpinionRule:
    names = ("body_kind", "days", "unit")
    return set_opinion_rule(
        actor=user,
        since=_since(given),
        office_code=given["office"],
        procedure_code=given["procedure"],
        **{name: given[name] for name in names},
    )


OPINION_DAYS = Table(
    code="opinion-days",
    model=OpinionRule,
    title=gettext_lazy("Days for opinions"),
    lead=gettext_lazy("Within how many days a body that is asked for its opinion answers."),
    one=gettext_lazy("rule of opinions"),
    icon="ask",
    may_see=keeps_any,
    rows=lambda user: OpinionRule.objects.filter(office_code__in=chain_of(user)),
    name=lambda row: row.get_body_kind_display() if row.body_kind else _("every kind of body"),
    prepare=_label_rows,
    columns=(
        Column(pgettext_lazy("deadline", "Days"), days_words),
        Column(pgettext_lazy("rule", "Where it holds"), _office, under=_procedure),
    ),
    narrowings=(BY_PROCEDURE, BY_OFFICE),
    add=adding(
        label=gettext_lazy("Set own days"),
        form=OpinionDaysForm,
        do=_do_set_opinion_days,
        done=gettext_lazy("They hold for what is asked from that day on."),
    ),
    deeds=(END,),
)
