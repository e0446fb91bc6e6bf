"""What a search found, as its page and the panel under the box show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel import clock
from bonphuong.kernel.dates import date_range, format_date
from bonphuong.kernel.fulltext import EXCERPT, excerpt, mark
from bonphuong.kernel.text import fold
from bonphuong.kit.names import names_of
from bonphuong.procedures.queries import cases_of
from bonphuong.records.models import Commitment, Record
from bonphuong.records.registry import get_family, kind_label
from bonphuong.search.enums import Kind
from bonphuong.search.queries import SHOWN
from bonphuong.web.desk.addresses import list_url, record_url
from bonphuong.web.desk.navigation import families_in_order
from bonphuong.web.desk.pages.standing import StateView, state_view
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.kernel.fulltext import Asked
    from bonphuong.kit.names import Names
    from bonphuong.papers.models import Paper
    from bonphuong.parties.models import Party
    from bonphuong.procedures.models import Case
    from bonphuong.reference.models import AdminUnit
    from bonphuong.search.queries import Found, Group

Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Hit:
    """One line: where it leads (empty where nothing can be opened), what it is, and where the words were found."""

    url: str
    title: Pieces
    facts: Sequence[Pieces] = ()
    state: StateView | None = None
    found_in: Pieces = ()
    native: Pieces = ()
    native_lang: str = ""


@dataclass(frozen=True)
class HitGroup:
    """Lines of one kind. `all_url` leads to all of them, where more were found than are shown."""

    anchor: str
    title: str
    count: str
    hits: Sequence[Hit]
    all_url: str = ""
    all_label: str = ""


@dataclass(frozen=True)
class SearchPage:
    """The page: a sentence with the finding in it, and the groups."""

    title: str
    groups: Sequence[HitGroup]


def search_page(user: User, found: Found) -> SearchPage:
    """Everything that was found, records first and by family, in the order of the navigation."""
    return SearchPage(_title(found), _groups(user, found))


def _title(found: Found) -> str:
    if not found.groups:
        return _("Nothing found for “%(text)s”") % {"text": found.text}
    said = _("More than %(n)s found for “%(text)s”") if found.is_more else ""
    said = said or ngettext("%(n)s found for “%(text)s”", "%(n)s found for “%(text)s”", found.count)
    return said % {"n": found.count, "text": found.text}


def _groups(user: User, found: Found) -> list[HitGroup]:
    order = [family.code for family in families_in_order()]
    records = [group for group in found.groups if group.kind == Kind.RECORD]
    others = [group for group in found.groups if group.kind != Kind.RECORD]
    # Whoever types the name of a partner, or of a unit, most likely wants just that.
    named = [group for group in others if _is_named(group, found)]
    others = [group for group in others if group not in named]
    records.sort(key=lambda group: order.index(group.family) if group.family in order else len(order))
    writer = _Writer.of(user, found)
    return [writer.group(group) for group in (*named, *records, *others)]


def _is_named(group: Group, found: Found) -> bool:
    if group.kind != Kind.PARTY or not group.rows:
        return False
    return f"|{fold(found.text)}|" in group.rows[0].fold


@dataclass(frozen=True)
class _Writer:
    """What the lines need to know beside their rows, read for all of them together."""

    user: User
    text: str
    wanted: Asked
    names: Names
    cases: Mapping[Any, Case]
    seen: Collection[Any]

    @classmethod
    def of(cls, user: User, found: Found) -> _Writer:
        rows = [row for group in found.groups for row in group.rows]
        records = [row for row in rows if isinstance(row, Record)]
        offices = {row.office_code for row in rows if hasattr(row, "office_code")}
        offices |= {row.lead_office_code for row in rows if hasattr(row, "lead_office_code")}
        cases = cases_of([record.pk for record in records])
        promised = {row.record_id for row in rows if isinstance(row, Commitment) and row.record_id}
        # A commitment may be the person's to lead while its record is not theirs to open.
        seen = Record.objects.visible_to(user).filter(pk__in=promised) if promised else Record.objects.none()
        opened = set(seen.values_list("pk", flat=True))
        return cls(user, found.text, found.wanted, names_of(offices=offices), cases, opened)

    def group(self, group: Group) -> HitGroup:
        """One group with its lines."""
        write = getattr(self, f"_{group.kind}")
        hits = [write(row) for row in group.rows]
        count = f"{group.count}+" if group.is_more else str(group.count)
        more = group.count > len(hits) or group.is_more
        return HitGroup(
            anchor=f"found-{group.family or group.kind}",
            title=self._title_of(group),
            count=count,
            hits=hits,
            all_url=self._all_url(group) if more else "",
            all_label=_("All %(n)s") % {"n": count},
        )

    def _title_of(self, group: Group) -> str:
        title = str(get_family(group.family).plural if group.family else Kind(group.kind).label)
        return title[:1].upper() + title[1:]

    def _all_url(self, group: Group) -> str:
        if group.family:
            return list_url(group.family, q=self.text, period="all")
        if group.kind == Kind.RECORD:
            return ""
        if group.kind == Kind.PAPER:
            return f"{reverse('desk:papers')}?{urlencode({'text': self.text})}"
        if len(group.rows) > SHOWN:
            return ""
        return f"{reverse('desk:search')}?{urlencode({'q': self.text, 'only': group.kind})}"

    def _mark(self, text: str) -> Pieces:
        return mark(text, self.wanted).pieces

    def _elsewhere(self, shown: Sequence[str], texts: Sequence[str]) -> Pieces:
        """What of the other texts holds a word that is not in what is shown anyway."""
        held = {group for text in shown for group in mark(text, self.wanted).groups}
        for text in texts:
            found = excerpt(text, self.wanted) if text else None
            if found and found.groups - held:
                return found.pieces
        return ()

    def _record(self, record: Record) -> Hit:
        kind = str(kind_label(record.family, record.kind))
        facts = [self._mark(record.number), _plain(kind[:1].upper() + kind[1:]), _plain(_days(record))]
        facts.append(_plain(self.names.office(record.office_code)))
        return Hit(
            url=record_url(record),
            title=self._mark(record.title),
            facts=[fact for fact in facts if fact],
            state=state_view(record, self.cases.get(record.pk), clock.today()),
            found_in=self._elsewhere((record.title, record.number), (record.words, record.summary)),
        )

    def _paper(self, paper: Paper) -> Hit:
        kind = str(paper.get_kind_display())
        title = " ".join(filter(None, (kind[:1].upper() + kind[1:], paper.reference)))
        day = format_date(paper.on, language()) if paper.on else ""
        facts = [self._mark(paper.issuer), _plain(day), _plain(self.names.office(paper.office_code))]
        shown = (title, paper.abstract, paper.issuer)
        return Hit(
            url=reverse("desk:paper", args=[paper.pk]) if can(self.user, Permission.PAPER_VIEW) else "",
            title=self._mark(f"{title}: {paper.abstract}" if paper.abstract else title),
            facts=[fact for fact in facts if fact],
            found_in=self._elsewhere(shown, (paper.signer, paper.file_name)),
        )

    def _party(self, party: Party) -> Hit:
        name = str(party)
        facts = [_plain(str(party.get_kind_display())), _plain(str(party.country or ""))]
        aliases = [alias.text for alias in party.aliases.all()]
        shown = (name, party.name_native)
        return Hit(
            url=url_of("partner", party.code),
            title=self._mark(name),
            facts=[fact for fact in facts if fact],
            found_in=self._elsewhere(shown, (party.name_vi, party.name_en, *aliases)),
            native=self._mark(party.name_native) if party.name_native != name else (),
            native_lang=party.native_lang,
        )

    def _person(self, person: Any) -> Hit:
        posts = person.current_posts
        where = next((post.party_id for post in posts if post.party_id), "")
        return Hit(
            url=url_of("partner", where) if where else "",
            title=self._mark(person.full_name),
            facts=[_plain(f"{post.title(language())}, {post.where}") for post in posts[:2]],
            native=self._mark(person.name_native) if person.name_native != person.full_name else (),
        )

    def _document(self, document: Any) -> Hit:
        title = str(document)
        day = format_date(document.published_on, language()) if document.published_on else ""
        may_read = can(self.user, Permission.READER_USE)
        return Hit(
            url=reverse("desk:document", args=[document.pk]) if may_read else "",
            title=self._mark(title),
            facts=[_plain(text) for text in (day, self.names.office(document.office_code)) if text],
            found_in=self._elsewhere((title,), (document.text,)),
        )

    def _commitment(self, commitment: Commitment) -> Hit:
        due = (
            _("due %(day)s") % {"day": format_date(commitment.due_on, language())}
            if commitment.due_on
            else ""
        )
        facts = (str(commitment.get_kind_display()), str(commitment.get_status_display()), due)
        office = self.names.office(commitment.lead_office_code)
        record = commitment.record
        return Hit(
            url=record_url(record) if record is not None and record.pk in self.seen else "",
            title=mark(" ".join(commitment.text.split()), self.wanted, length=EXCERPT).pieces,
            facts=[_plain(text) for text in (*facts, office) if text],
            found_in=self._elsewhere((commitment.text,), (commitment.evidence,)),
        )

    def _unit(self, unit: AdminUnit) -> Hit:
        above = [part.full_name for part in (unit.parent, unit.parent and unit.parent.parent) if part]
        facts = [_plain(", ".join(above))] if above else []
        url = ""
        if unit.valid_to and unit.valid_to < clock.today():
            heirs = [heir.to_unit for heir in getattr(unit, "heirs", ())]
            facts.append(_plain(_("until %(day)s") % {"day": format_date(unit.valid_to, language())}))
            if heirs:
                named = ", ".join(heir.full_name for heir in heirs[:3])
                facts.append(_plain(_("now %(units)s") % {"units": named}))
                url = f"{reverse('desk:search')}?{urlencode({'q': heirs[0].full_name})}"
        name = unit.full_name
        return Hit(url=url, title=self._mark(name[:1].upper() + name[1:]), facts=facts)


def _days(record: Record) -> str:
    if record.begins_on is None:
        return ""
    if record.ends_on is None:
        return format_date(record.begins_on, language())
    return date_range(record.begins_on, record.ends_on, language())


def _plain(text: str) -> Pieces:
    return ((text, False),) if text else ()


def url_of(page: str, *args: str) -> str:
    """The address of a page that not every installation has; empty where it is not built in."""
    try:
        return reverse(f"desk:{page}", args=args)
    except NoReverseMatch:
        return ""
