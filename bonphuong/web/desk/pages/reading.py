"""A document as its page shows it: the words with their claims underlined, the ledger's figure beside each."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.families.delegations.enums import Kind as Kinds
from bonphuong.kernel.dates import date_range, format_date
from bonphuong.kernel.numbers import format_number
from bonphuong.kit.names import names_of
from bonphuong.ledger.measures import MEASURES
from bonphuong.reader.claims import Kind, Role
from bonphuong.reader.enums import Beside, ClaimStatus, Outcome
from bonphuong.reader.models import ReadDocument, StoredClaim
from bonphuong.reader.queries import claims_of
from bonphuong.reader.reconcile import reconcile_document
from bonphuong.web.desk.pages.figures import page_url
from bonphuong.web.desk.pages.paging import Sheet, sheet_of
from bonphuong.web.desk.pages.words import amount, language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from bonphuong.accounts.models import User
    from bonphuong.reader.claims import Name
    from bonphuong.reader.reconcile import Contradiction, Reconciled

# Outcome → the state of the badge and of the underline.
STATES = {
    Outcome.MATCHES: "match",
    Outcome.DIFFERS: "differ",
    Outcome.NO_RECORD: "unknown",
    Outcome.NO_PERIOD: "undated",
    Outcome.AMBIGUOUS: "unsure",
    Outcome.CONTRADICTS: "differ",
    Outcome.NOT_COMPARED: "next",
}
KINDS: dict[Kind, _StrPromise] = {
    Kind.FIGURE: pgettext_lazy("kind of claim", "Figure"),
    Kind.RELATION: pgettext_lazy("kind of claim", "Lasting tie"),
    Kind.AGREEMENT: pgettext_lazy("kind of claim", "Agreement"),
    Kind.SESSION: pgettext_lazy("kind of claim", "Working session"),
    Kind.VISIT: pgettext_lazy("kind of claim", "Visit"),
    Kind.REQUEST: pgettext_lazy("kind of claim", "Request"),
    Kind.STATUS: pgettext_lazy("kind of claim", "State of a border gate"),
}
GATES: dict[str, _StrPromise] = {
    "international": gettext_lazy("international gate"),
    "main": gettext_lazy("main gate"),
    "secondary": gettext_lazy("secondary gate"),
    "upgrading": gettext_lazy("being upgraded"),
}
# What is offered for claims that tell of an event.
RECORDED = {Kind.SESSION: Kinds.SESSION, Kind.VISIT: Kinds.INBOUND}
_SENTENCE_ENDS = (". ", "\n", "; ")
_LONGEST_QUOTE = 400
# More notes than these make a page that nobody reads to its end.
CLAIMS_SHOWN = 120
TEXT = frozenset({Role.LEAD, Role.BODY, Role.HEADING, Role.BYLINE})
LEFT_OUT = frozenset({Role.FURNITURE, Role.RELATED, Role.CAPTION})
# Rough heights on a wide screen, to lay notes beside their words without holes: letters in a line, pixels.
_LINE_LETTERS, _LINE, _GAP = 72, 33, 15
_NOTE, _NOTE_LINE, _NOTE_LETTERS = 104, 22, 42


@dataclass(frozen=True)
class DocumentLine:
    """A document in the list."""

    document: ReadDocument
    office: str
    waiting: int


@dataclass(frozen=True)
class ClaimView:
    """One claim beside the text: what it says, what the ledger holds, what may be done with it."""

    number: int
    stored: StoredClaim
    found: Reconciled
    may_enter: bool
    may_follow: bool
    may_record: bool

    @property
    def height(self) -> int:
        """About how much room its note takes, in pixels."""
        more = [self.said, *self.people, self.asked_by]
        lines = (
            sum(len(text) // _NOTE_LETTERS for text in more) + len(self.people) + 7 * len(self.found.against)
        )
        return _NOTE + _NOTE_LINE * lines

    @property
    def label(self) -> str:
        """What the claim is about."""
        if self.stored.subject:
            return MEASURES[self.stored.subject].label(language())
        return str(KINDS[self.found.claim.kind])

    @property
    def state(self) -> str:
        """The state of the badge and of the underline."""
        return STATES[self.found.outcome]

    @property
    def word(self) -> str:
        """The state in a word or two, with the difference where there is one."""
        if self.found.outcome == Outcome.DIFFERS and self.found.difference is not None:
            written = format_number(abs(self.found.difference), language())
            return _("Differs by %(number)s") % {"number": written}
        label = str(self.found.outcome.label)
        return label[:1].upper() + label[1:]

    @property
    def said(self) -> str:
        """The figure as the ledger would write it; the words where there is none."""
        claim = self.found.claim
        if claim.value is None:
            return claim.text
        unit = MEASURES[self.stored.subject].unit(language()) if self.stored.subject else claim.unit or ""
        return amount(claim.value, unit)

    @property
    def beside(self) -> str:
        """What the ledger holds."""
        if self.found.beside is None or not self.stored.subject:
            return ""
        return amount(self.found.beside, MEASURES[self.stored.subject].unit(language()))

    @property
    def beside_word(self) -> str:
        """Where that comes from."""
        return str(self.found.beside_from.label) if self.found.beside_from != Beside.NOTHING else ""

    @property
    def url(self) -> str:
        """The page of the figure beside the claim."""
        return page_url(self.found.figure.request) if self.found.figure is not None else ""

    @property
    def period(self) -> str:
        """When the claim holds, as far as the paper says."""
        since, until = self.found.claim.period.since, self.found.claim.period.until
        if self.stored.status == ClaimStatus.ACCEPTED:
            since, until = self.stored.since, self.stored.until
        if since is None or until is None:
            return ""
        if since == until:
            return format_date(since, language())
        return date_range(since, until, language())

    @property
    def is_waiting(self) -> bool:
        """Whether a person may still decide about it."""
        return self.stored.status == ClaimStatus.PROPOSED

    @property
    def decided(self) -> str:
        """What a person made of it; nothing while it waits."""
        label = str(self.stored.get_status_display())
        return "" if self.is_waiting else label[:1].upper() + label[1:]

    @property
    def record_kind(self) -> str:
        """The kind of record that is offered for it."""
        kind = RECORDED.get(self.found.claim.kind)
        return kind.value if kind else ""

    @property
    def readings(self) -> list[str]:
        """The ways in which an ambiguous figure can be read."""
        claim = self.found.claim
        values = [claim.value, *claim.alternatives] if claim.alternatives else []
        return [format_number(value, language()) for value in values if value is not None]

    @property
    def people(self) -> list[str]:
        """Heads of a session or visit, with their posts as the paper gives them."""
        heads = self.found.claim.attributes.get("heads", ())
        return [", ".join((head["name"], *head["posts"][:2])) for head in heads]

    @property
    def asked_by(self) -> str:
        """Who makes a request."""
        by = self.found.claim.attributes.get("requested_by", {})
        return ", ".join(part for part in (by.get("name", ""), *by.get("posts", ())[:1]) if part)

    @property
    def against(self) -> list[ContradictionView]:
        """What other sources say of the same thing."""
        return [contradiction_view(one) for one in self.found.against]


@dataclass(frozen=True)
class ContradictionView:
    """Sources that do not agree on the state of a thing."""

    thing: str
    said: Sequence[tuple[str, dt.date | None, str]]
    known: Sequence[tuple[str, str, bool]]
    explained: bool


def contradiction_view(one: Contradiction) -> ContradictionView:
    """A contradiction in words: each source with its day, and what the register holds."""
    lang = language()
    return ContradictionView(
        thing=one.known[0].name(lang) if one.known else one.thing,
        said=[(said.label, said.on, str(GATES.get(said.state, said.state))) for said in one.said],
        known=[
            (_known_text(row.valid_from, str(GATES.get(row.state, row.state))), row.source, row.proved)
            for row in one.known
        ],
        explained=one.explained_by is not None,
    )


def _known_text(since: dt.date | None, state: str) -> str:
    if since is None:
        return state
    return _("%(state)s since %(day)s") % {"state": state, "day": format_date(since, language())}


@dataclass
class Passage:
    """Paragraphs that follow one another, with the notes on what they claim."""

    paragraphs: list[tuple[str, SafeString]] = field(default_factory=list)
    notes: list[ClaimView] = field(default_factory=list)
    height: int = 0

    @property
    def is_full(self) -> bool:
        """Whether the words are about as long as the notes beside them."""
        return self.height >= sum(view.height for view in self.notes)

    @property
    def is_lead(self) -> bool:
        """Whether the article begins here."""
        return any(role == Role.LEAD for role, _html in self.paragraphs)


@dataclass(frozen=True)
class DocumentPage:
    """Everything that the page shows."""

    document: ReadDocument
    office: str
    title: SafeString
    passages: Sequence[Passage]
    left_out: Sequence[str]
    sheet: Sheet[ClaimView]
    outcomes: Mapping[Outcome, int]
    waiting: int
    next: ReadDocument | None

    @property
    def tally(self) -> list[tuple[str, SafeString]]:
        """State, how many claims of the whole document stand so with the word for it."""
        return [
            (STATES[outcome], format_html("<b>{}</b> {}", self.outcomes[outcome], outcome.label))
            for outcome in STATES
            if outcome in self.outcomes
        ]

    @property
    def summary(self) -> str:
        """Which claims these are, where they do not all stand on one page."""
        return _("Claims %(first)s to %(last)s") % {"first": self.sheet.first, "last": self.sheet.last}


def document_list(user: User, number: int) -> Sheet[DocumentLine]:
    """The documents that the person may see, the latest first. Their texts are not read for it."""
    documents = visible_documents(user).defer("text", "layout").order_by("-published_on", "-pk")
    sheet = sheet_of(lambda first, end: list(documents[first:end]), number)
    names = names_of(offices={document.office_code for document in sheet.rows})
    open_ones = StoredClaim.objects.filter(document__in=sheet.rows, status=ClaimStatus.PROPOSED).order_by()
    waiting = dict(open_ones.values_list("document").annotate(n=Count("pk")))
    lines = [
        DocumentLine(document, names.office(document.office_code), waiting.get(document.pk, 0))
        for document in sheet.rows
    ]
    return Sheet(lines, sheet.number, sheet.has_next)


def visible_documents(user: User) -> QuerySet[ReadDocument]:
    """Documents whose papers the person may see, with their papers."""
    return ReadDocument.objects.visible_to(user).select_related("paper")


def document_page(user: User, document: ReadDocument, number: int = 1) -> DocumentPage:
    """Gather the page of a document that the person may see; a very long one in several pages."""
    found = {one.uid: one for one in reconcile_document(document, user)}
    claims = [stored for stored in claims_of(document) if stored.pk in found]
    sheet = sheet_of(lambda first, end: claims[first:end], number, CLAIMS_SHOWN)
    views = [
        _view(place, stored, found[stored.pk], user, document.office_code)
        for place, stored in enumerate(sheet.rows, sheet.first)
    ]
    blocks = [(Role(role), start, end) for role, start, end in document.layout.get("blocks", ())]
    marker = Marker(document.text, views)
    titles = [marker.marked(start, end) for role, start, end in blocks if role is Role.TITLE]
    others = (
        StoredClaim.objects.visible_to(user).filter(status=ClaimStatus.PROPOSED).exclude(document=document)
    )
    waiting = others.order_by("-document__published_on", "document").select_related("document").first()
    return DocumentPage(
        document=document,
        office=names_of(offices=[document.office_code]).office(document.office_code),
        title=format_html_join(" ", "{}", ((title,) for title in titles)) or SafeString(escape(document)),
        passages=_passages(marker, _shown(blocks, claims, sheet), views),
        left_out=[document.text[start:end] for role, start, end in blocks if role in LEFT_OUT],
        sheet=Sheet(views, sheet.number, sheet.has_next, sheet.size),
        outcomes=Counter(one.outcome for one in found.values()),
        waiting=sum(stored.status == ClaimStatus.PROPOSED for stored in claims),
        next=waiting.document if waiting is not None else None,
    )


def _shown(
    blocks: Sequence[tuple[Role, int, int]], claims: Sequence[StoredClaim], sheet: Sheet[StoredClaim]
) -> list[tuple[Role, int, int]]:
    """The paragraphs of a page: from its first claim to before the first claim of the next one."""
    starts = [claim.content["spans"][0][0] if claim.content["spans"] else 0 for claim in claims]
    if sheet.has_previous and not sheet.rows:
        return []
    since = starts[sheet.first - 1] if sheet.has_previous else 0
    until = starts[sheet.last] if sheet.has_next else None
    return [
        (role, start, end)
        for role, start, end in blocks
        if role in TEXT and end > since and (until is None or start < until)
    ]


def _view(number: int, stored: StoredClaim, found: Reconciled, user: User, office: str) -> ClaimView:
    claim = found.claim
    is_figure = claim.kind is Kind.FIGURE and bool(stored.subject) and claim.value is not None
    return ClaimView(
        number=number,
        stored=stored,
        found=found,
        may_enter=is_figure and can(user, Permission.STATEMENT_ADD, office),
        may_follow=claim.kind is Kind.REQUEST and can(user, Permission.RECORD_ADD),
        may_record=claim.kind in RECORDED and can(user, Permission.RECORD_ADD),
    )


class Marker:
    """Underlines claims in pieces of a text. Where claims overlap, the shorter one has the words."""

    def __init__(self, text: str, views: Iterable[ClaimView]) -> None:
        self.text = text
        self.places = [
            (start, end, view) for view in views for start, end in view.found.claim.spans if start < end
        ]

    def marked(self, start: int, end: int) -> SafeString:
        """The text from `start` to before `end`, escaped, each claim a link to its note."""
        here = [
            (max(first, start), min(last, end), view)
            for first, last, view in self.places
            if first < end and last > start
        ]
        cuts = sorted({start, end, *(first for first, _l, _v in here), *(last for _f, last, _v in here)})
        pieces = (self._piece(a, b, here) for a, b in itertools.pairwise(cuts))
        return format_html_join("", "{}", ((piece,) for piece in pieces))

    def _piece(self, start: int, end: int, here: Sequence[tuple[int, int, ClaimView]]) -> SafeString:
        over = [place for place in here if place[0] <= start and place[1] >= end]
        words = self.text[start:end]
        if not over:
            return SafeString(escape(words))
        owner = min(over, key=lambda place: (place[1] - place[0], place[2].number))
        ending = [place[2] for place in over if place[1] == end and place[2] is not owner[2]]
        return format_html(
            '<a class="claim is-{}" href="#claim-{}">{}{}</a>{}',
            owner[2].state,
            owner[2].number,
            words,
            _sup(owner[2]) if owner[1] == end else "",
            format_html_join("", "{}", ((_lone(view),) for view in ending)),
        )


def _sup(view: ClaimView) -> SafeString:
    return format_html('<sup>{}<span class="sr"> {}</span></sup>', view.number, view.word)


def _lone(view: ClaimView) -> SafeString:
    """The number of a claim whose last words belong to a shorter one."""
    return format_html(
        '<a class="claim claim--also is-{}" href="#claim-{}">{}</a>', view.state, view.number, _sup(view)
    )


def _passages(
    marker: Marker, blocks: Sequence[tuple[Role, int, int]], views: Sequence[ClaimView]
) -> list[Passage]:
    """Paragraphs with their notes; a passage goes on until its words are as long as the notes beside them."""
    firsts = [(view.found.claim.spans[0][0] if view.found.claim.spans else 0, view) for view in views]
    passages = [Passage()]
    before = 0
    for role, start, end in blocks:
        # Claims of the title and of lines in between stand with the first paragraph after them.
        notes = [view for place, view in firsts if before <= place < end]
        before = end
        if notes and passages[-1].paragraphs and passages[-1].is_full:
            passages.append(Passage())
        here = passages[-1]
        here.paragraphs.append((str(role), marker.marked(start, end)))
        here.notes += notes
        here.height += ((end - start) // _LINE_LETTERS + 1) * _LINE + _GAP
    passages[-1].notes += [view for place, view in firsts if place >= before]
    return passages


def record_initial(stored: StoredClaim) -> dict[str, object]:
    """What a paper says of an event, for the form of a record."""
    claim = stored.claim
    heads = claim.attributes.get("heads", ())
    guest = next((head for head in heads if head.get("side") == "guest"), heads[0] if heads else None)
    guests = [name.name for name in (*claim.organisations, *claim.places) if name.country != "VN"]
    abroad = [place for place in claim.places if place.country not in {"", "VN"}]
    return {
        "title": claim.text[:1].upper() + claim.text[1:300],
        "content": claim.text,
        "session_form": claim.attributes.get("form", ""),
        "is_domestic": bool(claim.attributes.get("domestic")),
        "places": _places(abroad),
        "partner": next(iter([*guests, *(name.name for name in claim.organisations)]), ""),
        "head_name": guest["name"] if guest else "",
        "head_title": ", ".join(guest["posts"][:2]) if guest else "",
        "started_on": claim.period.since,
        "ended_on": claim.period.until,
    }


def _places(abroad: Sequence[Name]) -> str:
    """Foreign places as the form takes them: "Trung Quốc (Hồng Hà)"."""
    names = names_of(countries={place.country for place in abroad})
    written = []
    for country in dict.fromkeys(place.country for place in abroad):
        inner = dict.fromkeys(p.name for p in abroad if p.country == country and p.kind != "country")
        written.append(f"{names.country(country)} ({', '.join(inner)})" if inner else names.country(country))
    return ", ".join(written)


def claim_address(stored: StoredClaim) -> str:
    """Where a claim stands in its document."""
    earlier = StoredClaim.objects.filter(document=stored.document_id, number__lt=stored.number).count()
    page = earlier // CLAIMS_SHOWN + 1
    address = reverse("desk:document", args=[stored.document_id])
    return f"{address}{f'?page={page}' if page > 1 else ''}#claim-{earlier + 1}"


@dataclass(frozen=True)
class Quotation:
    """The words of a claim inside their sentence."""

    before: str
    words: str
    after: str


def quotation(stored: StoredClaim) -> Quotation:
    """The sentence that a claim stands in, so that one sees what is decided about."""
    text, spans = stored.document.text, stored.claim.spans
    if not spans:
        return Quotation("", stored.text, "")
    start, end = spans[0]
    first = max((text.rfind(mark, 0, start) + len(mark) for mark in _SENTENCE_ENDS), default=0)
    last = min((found for mark in _SENTENCE_ENDS if (found := text.find(mark, end)) >= 0), default=len(text))
    first, last = max(first, start - _LONGEST_QUOTE), min(last + 1, end + _LONGEST_QUOTE)
    return Quotation(text[first:start].lstrip(), text[start:end], text[end:last].rstrip())
