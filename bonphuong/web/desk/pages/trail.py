"""The trail as pages show it: filters that can be taken off, one page by number, one act with all that belongs to it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.models import User
from bonphuong.accounts.queries import office_codes_for, offices_by_code
from bonphuong.accounts.rules import can
from bonphuong.kernel.dates import format_moment
from bonphuong.kernel.numbers import format_number
from bonphuong.kernel.sheets.plain import guarded
from bonphuong.ledger.models import BookHead, Fact, Posting
from bonphuong.records.models import Record
from bonphuong.records.registry import families
from bonphuong.trail.enums import registered_verbs, verb_label
from bonphuong.trail.models import Action, Seal
from bonphuong.trail.queries import last_check, newest_acts
from bonphuong.web.desk.addresses import record_url
from bonphuong.web.desk.forms.trail import TrailFilter
from bonphuong.web.desk.pages.listing import Chip
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.utils.functional import _StrOrPromise

PAGE = 40
# A file of more acts than this is no longer read by anybody; narrower ones are asked for.
MOST = 10_000
_PIECE = 500
_POSTINGS = 50
# What acts are about, where it is no family of records, by the first part of their tags.
_THINGS: dict[str, _StrOrPromise] = {
    "accounts": gettext_lazy("People and offices"),
    "contributions": gettext_lazy("Contributions"),
    "indicators": gettext_lazy("Indicators"),
    "intake": gettext_lazy("Imports"),
    "kit": gettext_lazy("Records"),
    "ledger": gettext_lazy("Ledger and periods"),
    "notices": gettext_lazy("Notices"),
    "papers": gettext_lazy("Papers"),
    "parties": gettext_lazy("Partners and persons"),
    "procedures": gettext_lazy("Procedures"),
    "reader": gettext_lazy("Documents read"),
    "records": gettext_lazy("Records"),
    "reference": gettext_lazy("Reference data"),
    "reports": gettext_lazy("Reports"),
    "system": gettext_lazy("The machine's own work"),
    "trail": gettext_lazy("The trail itself"),
}


@dataclass(frozen=True)
class Health:
    """How the ledger and the trail stand: whose books and their heads, the last check, the last seal."""

    heads: Sequence[tuple[str, BookHead]]
    check: Action | None
    seal: Seal | None

    @property
    def is_well(self) -> bool:
        """Whether the last check found nothing."""
        return self.check is not None and self.check.object_uid == "0"


@dataclass(frozen=True)
class TrailPage:
    """One page of the trail."""

    form: TrailFilter
    actions: Sequence[Action]
    chips: Sequence[Chip]
    older_than: int | None
    file_url: str
    health: Health
    may_check: bool


@dataclass(frozen=True)
class ActPage:
    """What belongs to one act."""

    action: Action
    office: str
    record: Record | None
    record_url: str
    postings: Sequence[Posting]
    of_object_url: str
    of_person_url: str
    of_request_url: str


def trail_page(user: User, given: Mapping[str, str]) -> TrailPage:
    """The acts that the person may see and asked for, the latest first."""
    form = filter_of(user, given)
    found = _newest(user, form, PAGE + 1)
    asked = {name: value for name, value in given.items() if name in form.fields and value}
    return TrailPage(
        form=form,
        actions=found[:PAGE],
        chips=_chips(form, asked),
        older_than=found[PAGE - 1].pk if len(found) > PAGE else None,
        file_url=_address("trail-file", {n: v for n, v in asked.items() if n != "before"}),
        health=health_for(user),
        may_check=can(user, Permission.LEDGER_CHECK),
    )


def filter_of(user: User, given: Mapping[str, str]) -> TrailFilter:
    """The form of filters, with the offices whose trail the person reads."""
    offices = offices_by_code(office_codes_for(user, Permission.TRAIL_VIEW)).values()
    ordered = sorted(offices, key=lambda office: office.path)
    return TrailFilter(
        given, offices=[(office.code, office.name(language())) for office in ordered], things=things()
    )


def things() -> list[tuple[str, str]]:
    """What acts can be about, in the order of the alphabet of the page."""
    known = {tag.partition(".")[0] for tag in registered_verbs()}
    called = {family.code: str(family.plural) for family in families()}
    called |= {code: str(words) for code, words in _THINGS.items()}
    return sorted(((code, called.get(code, code)) for code in known), key=lambda one: one[1].casefold())


def health_for(user: User) -> Health:
    """How the ledger stands, of the books in which the person works."""
    heads = list(BookHead.objects.filter(book__in=user.access().books).order_by("book"))
    offices = offices_by_code({head.book for head in heads}) if heads else {}
    return Health(
        heads=[
            (offices[head.book].name(language()) if head.book in offices else head.book, head)
            for head in heads
        ],
        check=last_check(),
        seal=Seal.objects.order_by("-last_change").first(),
    )


def act_page(user: User, action: Action) -> ActPage:
    """One act: its office by name, the record that it is about, what was posted under it."""
    record = _record_of(user, action)
    offices = offices_by_code({action.office}) if action.office else {}
    office = offices[action.office].name(language()) if action.office in offices else action.office
    return ActPage(
        action=action,
        office=office,
        record=record,
        record_url=record_url(record) if record is not None else "",
        postings=_postings_of(action, record),
        of_object_url=_address("trail", {"record": action.object_uid}) if action.object_uid else "",
        of_person_url=_address("trail", {"actor": action.actor_id}) if action.actor_id else "",
        of_request_url=_address("trail", {"request": action.request_id}) if action.request_id else "",
    )


def trail_file(user: User, given: Mapping[str, str]) -> Iterator[bytes]:
    """The filtered trail as CSV, piece by piece by number: at most 10,000 acts, then a line that says so."""
    lang = language()
    form = filter_of(user, {name: value for name, value in given.items() if name != "before"})
    with override(lang):
        yield "\ufeff".encode() + _csv([_heads()])
        names = {office.code: office.name(lang) for office in offices_by_code(None).values()}
    told, before = 0, None
    while told < MOST:
        with override(lang):
            acts = _newest(user, form, _PIECE, before)
            if acts:
                yield _csv([_row(act, names) for act in acts])
        told += len(acts)
        if len(acts) < _PIECE:
            return
        before = acts[-1].pk
    with override(lang):
        said = _("Only the newest %(n)s acts: narrow the days for more.")
        yield _csv([[said % {"n": format_number(MOST, lang)}]])


def _newest(user: User, form: TrailFilter, size: int, before: int | None = None) -> list[Action]:
    rows = form.narrowed()
    if before is not None:
        rows = rows.filter(pk__lt=before)
    offices = office_codes_for(user, Permission.TRAIL_VIEW)
    wanted = form.cleaned_data.get("office")
    if wanted:
        return newest_acts(rows, offices & {wanted}, size=size)
    return newest_acts(rows, offices, size=size, include_system=can(user, Permission.LEDGER_CHECK))


def _chips(form: TrailFilter, asked: Mapping[str, str]) -> list[Chip]:
    """Each filter that is on, with the address that takes it off."""
    found = []
    for name in asked:
        value = form.cleaned_data.get(name)
        if name == "before" or not value:
            continue
        rest = {other: text for other, text in asked.items() if other not in {name, "before"}}
        found.append(Chip(_chip_words(form, name, asked[name]), _address("trail", rest), is_on=True))
    return found


def _chip_words(form: TrailFilter, name: str, value: str) -> str:
    if name in {"office", "thing"}:
        return str(dict(getattr(form.fields[name], "choices", ())).get(value, value))
    if name == "verb":
        return str(verb_label(value))
    if name == "actor":
        person = User.objects.filter(pk=value).first() if _is_uid(value) else None
        return str(person or value)
    if name == "record":
        return _("one record or thing")
    if name == "request":
        return _("one request")
    return f"{form.fields[name].label}: {value}"


def _is_uid(text: str) -> bool:
    return len(text) == 36 and text.count("-") == 4 and all(c in "0123456789abcdef-" for c in text)


def _record_of(user: User, action: Action) -> Record | None:
    """The record that an act is about: its object, or the only one of which it changed something."""
    key = action.object_uid
    if not _is_uid(key):
        touched = (
            action.changes.filter(table=Record._meta.db_table).values_list("row", flat=True).distinct()[:2]
        )
        if len(touched) != 1:
            return None
        key = touched[0]
    return Record.objects.visible_to(user).filter(pk=key).first()


def _postings_of(action: Action, record: Record | None) -> list[Posting]:
    """What the act posted for its record, by the index of what a record counts for."""
    if record is None:
        return []
    facts = Fact.objects.filter(source_uid=record.pk).values("posting")
    return list(Posting.objects.filter(pk__in=facts, action_uid=action.uid).order_by("seq")[:_POSTINGS])


def _heads() -> list[str]:
    return [
        _("Hour and day"),
        _("Who"),
        _("What was done"),
        _("Record or thing"),
        _("Office"),
        _("Why"),
        _("Tag"),
        _("Request"),
        _("Act"),
    ]


def _row(act: Action, names: Mapping[str, str]) -> list[str]:
    return [
        format_moment(act.at, language()),
        act.actor_name or _("The system"),
        str(verb_label(act.verb)),
        act.object_text,
        names.get(act.office, act.office),
        act.reason,
        act.verb,
        act.request_id,
        str(act.uid),
    ]


def _csv(lines: Sequence[Sequence[str]]) -> bytes:
    target = io.StringIO()
    csv.writer(target, lineterminator="\r\n").writerows([guarded(text) for text in line] for line in lines)
    return target.getvalue().encode()


def _address(page: str, asked: Mapping[str, str]) -> str:
    url = reverse(f"desk:{page}")
    return f"{url}?{urlencode(asked)}" if asked else url
