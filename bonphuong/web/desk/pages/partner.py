"""The dossier of a partner: one tab at a time, each in a bounded number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.queries import office_codes_for
from bonphuong.accounts.rules import can
from bonphuong.indicators.relation import relation_figures
from bonphuong.kernel import clock
from bonphuong.kernel.numbers import format_number
from bonphuong.kernel.periods import Period, PeriodKind
from bonphuong.papers.models import Paper
from bonphuong.parties.enums import NameLanguage
from bonphuong.parties.models import Party, PartyNote, PartyTie, Person, Post
from bonphuong.records.dossier import (
    LATEST,
    Pieces,
    Tally,
    counts_with,
    families_on,
    pieces_with,
    promises_with,
    records_with,
    scope_of,
    tally_of,
)
from bonphuong.records.models import RecordPaper
from bonphuong.records.pieces import Shelf
from bonphuong.web.desk.pages.partners import about, ties_of
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.utils.functional import _StrOrPromise

    from bonphuong.accounts.models import User
    from bonphuong.parties.models import PartyAlias
    from bonphuong.records.dossier import Scope

OVERVIEW, PEOPLE, DONE, PROMISES = "overview", "people", "done", "promises"
AGREEMENTS, COURTESY, AID, PAPERS = "agreements", "courtesy", "aid", "papers"
TABS: dict[str, _StrOrPromise] = {
    OVERVIEW: gettext_lazy("Overview"),
    PEOPLE: gettext_lazy("People and posts"),
    DONE: gettext_lazy("Done together"),
    PROMISES: gettext_lazy("Promises"),
    AGREEMENTS: gettext_lazy("Agreements"),
    COURTESY: gettext_lazy("Gifts and greetings"),
    AID: gettext_lazy("Aid and students"),
    PAPERS: pgettext_lazy("tab of a partner", "Papers"),
}
_SHELVES = {AGREEMENTS: Shelf.AGREEMENTS, COURTESY: Shelf.COURTESY, AID: Shelf.AID}
#: HTML names of languages; a script is named where one language has several.
_HTML_LANG = {"zh": "zh-Hans", "lo": "lo", "en": "en", "vi": "vi"}
_HEAD_FIGURES = ("outbound.groups", "inbound.groups", "inbound.person_visits")
BELOW_SHOWN = 24


@dataclass(frozen=True)
class Tab:
    """One part of the dossier."""

    code: str
    label: _StrOrPromise
    count: int | None
    is_current: bool


@dataclass(frozen=True)
class Naming:
    """A name with the language that a screen reader speaks it in; `until` is the last day of a former one."""

    text: str
    lang: str
    label: _StrOrPromise
    alias: PartyAlias | None = None


@dataclass
class PartnerPage:
    """What every tab shows of the partner."""

    user: User
    party: Party
    scope: Scope
    tab: str
    ties: Sequence[PartyTie]
    aliases: Sequence[PartyAlias]
    counts: Counter[str]
    tally: Tally
    people: int
    may_change: bool
    may_promise: bool
    may_brief: bool
    figures: str = ""
    tie_words: Sequence[str] = field(default_factory=list)

    @property
    def kicker(self) -> str:
        """What sort of body it is, and what ties us, in one line."""
        words = [about(self.party), *self.tie_words]
        return ", ".join([words[0], *(word[:1].lower() + word[1:] for word in words[1:])])

    @property
    def total(self) -> int:
        """How many records there are in all."""
        return self.counts.total()

    @cached_property
    def tabs(self) -> list[Tab]:
        """The parts, those without anything in them too: an empty one says so and how to fill it."""
        counts = {
            PEOPLE: self.people,
            DONE: self.total,
            PROMISES: self.tally.all,
            **{tab: sum(self.counts[code] for code in families_on(s)) for tab, s in _SHELVES.items()},
        }
        return [Tab(code, label, counts.get(code), code == self.tab) for code, label in TABS.items()]

    @cached_property
    def below(self) -> list[Party]:
        """What lies in it, with names in every script."""
        rows = Party.objects.visible_to(self.user).filter(parent=self.party, merged_into__isnull=True)
        return list(rows.order_by("level", "sort")[:BELOW_SHOWN])

    @property
    def head_names(self) -> list[Naming]:
        """Names in other scripts and languages than the page's, each once."""
        party, page = self.party, language()
        found = [Naming(party.name_native, html_lang(party.native_lang), "")] if party.name_native else []
        found.append(
            Naming(party.name_vi if page == "en" else party.name_en, "vi" if page == "en" else "en", "")
        )
        found += [
            Naming(row.text, html_lang(row.lang), "")
            for row in self.aliases
            if row.lang not in {party.native_lang, "vi", "en"} and row.until is None
        ]
        title = party.name(page)
        return [one for one in found if one.text and one.text != title]

    @property
    def namings(self) -> list[Naming]:
        """All names with their languages: the official ones first, then others, former ones last."""
        party = self.party
        own = [
            Naming(party.name_vi, "vi", NameLanguage.VI.label),
            Naming(party.name_en, "en", NameLanguage.EN.label),
        ]
        if party.name_native:
            label = NameLanguage(party.native_lang).label if party.native_lang else ""
            own.append(Naming(party.name_native, html_lang(party.native_lang), label))
        others = sorted(self.aliases, key=lambda row: (row.until is not None, row.lang, row.text))
        return own + [
            Naming(row.text, html_lang(row.lang), NameLanguage(row.lang).label, row) for row in others
        ]

    @property
    def kept_words(self) -> str:
        """How well promises were kept: "9 in 11"."""
        if not self.tally.kept:
            return ""
        return _("Kept in time: %(in_time)s of %(kept)s.") % {
            "in_time": self.tally.in_time,
            "kept": self.tally.kept,
        }


def html_lang(code: str) -> str:
    """The language tag of a name, empty where it is not known."""
    return _HTML_LANG.get(code, "")


def partner_page(user: User, code: str, *, tab: str = OVERVIEW, below: bool = False) -> PartnerPage:
    """Gather what stands on every tab. Raises Party.DoesNotExist, also for whoever may see none."""
    party = Party.objects.visible_to(user).select_related("country", "parent", "merged_into").get(pk=code)
    scope = scope_of(party.code, below=below)
    ties = PartyTie.objects.visible_to(user).filter(party__in=scope.codes if not below else [code])
    return PartnerPage(
        user=user,
        party=party,
        scope=scope,
        tab=tab if tab in TABS else OVERVIEW,
        ties=list(ties.select_related("office").order_by("kind", "valid_from")),
        aliases=list(party.aliases.order_by("lang", "text")),
        counts=counts_with(user, scope),
        tally=tally_of(promises_with(user, scope)),
        people=people_of(user, scope).count(),
        may_change=can(user, Permission.PARTY_CHANGE),
        may_promise=can(user, Permission.RECORD_ADD),
        may_brief=can(user, Permission.REPORT_DRAFT),
        figures=head_figures(user, scope),
        tie_words=ties_of(user, [code]).get(code, []),
    )


def figures_office(user: User) -> str:
    """The widest office whose figures the person sees."""
    codes = office_codes_for(user, Permission.FIGURE_VIEW)
    holdings = user.access().holdings
    return next((code for h in holdings for code in (h.book, h.office) if code in codes), "")


def head_figures(user: User, scope: Scope) -> str:
    """The main figures of the year with the partner, in one sentence; empty where there is none."""
    office = figures_office(user)
    if not office:
        return ""
    period = Period.of(clock.today(), PeriodKind.YEAR)
    found = relation_figures(scope.codes, office, period, wanted=_HEAD_FIGURES)
    lang = language()
    told = [
        f"{format_number(one.value, lang)} {_small(one.indicator.label(lang))}" for one in found if one.value
    ]
    if not told:
        return ""
    return _("%(year)s: %(figures)s.") % {"year": period.since.year, "figures": ", ".join(told)}


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]


def people_of(user: User, scope: Scope) -> QuerySet[Person]:
    """Persons who hold or held a post there, doubles left out."""
    holders = Post.objects.filter(party__in=scope.codes).values("person")
    kept = Person.objects.filter(pk__in=holders, merged_into__isnull=False).values("merged_into")
    rows = Person.objects.visible_to(user).filter(merged_into__isnull=True)
    return rows.filter(Q(pk__in=holders) | Q(pk__in=kept))


def papers_with(user: User, scope: Scope) -> QuerySet[Paper]:
    """Papers of the records about the partner, as far as the person may see them."""
    hung = RecordPaper.objects.filter(record__in=records_with(user, scope).values("pk"))
    return Paper.objects.visible_to(user).filter(pk__in=hung.values("paper"))


def pieces_of(page: PartnerPage, *kinds: str, newest: int = LATEST) -> Pieces:
    """What families add, for this page."""
    return pieces_with(page.user, page.scope, kinds, newest=newest, among=page.counts)


def notes_of(user: User, party: Party) -> list[PartyNote]:
    """The notes of one's own offices, the latest first."""
    rows = PartyNote.objects.visible_to(user).filter(party=party).select_related("author", "office")
    return list(rows[:20])
