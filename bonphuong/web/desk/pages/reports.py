"""A report on its page: content with live figures, the evidence of one of them, checks, and what may be done."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.cache import cache

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import can
from bonphuong.kernel import clock
from bonphuong.records.models import Record
from bonphuong.reports.enums import EditionStatus, Severity
from bonphuong.reports.models import Edition, EditionContent
from bonphuong.reports.reviews import may_review, review_checks
from bonphuong.reports.schema import read_definition
from bonphuong.reports.services import draft_content
from bonphuong.trail.models import Action

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.reports.models import DraftText

ROWS_SHOWN = 40
_KEPT_SECONDS = 600
STATES = {
    EditionStatus.DRAFT: "doing",
    EditionStatus.SIGNED: "done",
    EditionStatus.SUPERSEDED: "gone",
}


@dataclass(frozen=True)
class EvidenceRow:
    """A record under a figure: what it adds, and whether its page may be opened."""

    number: str
    title: str
    on: str
    adds: Decimal
    record: Record | None


@dataclass(frozen=True)
class Evidence:
    """Everything that stands behind one figure."""

    figure: Mapping[str, Any]
    definition: Mapping[str, Any]
    rows: Sequence[EvidenceRow]
    hidden: int
    operands: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class ReportPage:
    """A report as its page shows it. `content` is plain data: frozen, or composed as things are now."""

    edition: Edition
    frozen: EditionContent | None
    content: Mapping[str, Any]
    texts: Mapping[str, DraftText] = field(default_factory=dict)
    may_write: bool = False
    may_sign: bool = False
    may_review: bool = False
    review: Sequence[Mapping[str, Any]] = ()
    earlier: Edition | None = None
    later: Edition | None = None

    @cached_property
    def figures(self) -> Mapping[str, Mapping[str, Any]]:
        """Figure by its name in the content."""
        return {figure["id"]: figure for figure in self.content["figures"]}

    @cached_property
    def records(self) -> Mapping[int, Mapping[str, Any]]:
        """Record by its number in the evidence annex."""
        return {record["n"]: record for record in self.content["records"]}

    @property
    def first(self) -> str:
        """The figure whose evidence is shown before anybody asked: the first that counts anything."""
        counted = (
            f["id"] for f in self.content["figures"] if f["told"] and f["rows"] and f["basis"] == "counted"
        )
        return next(counted, next(iter(self.figures), ""))

    def checks_of(self, severity: str) -> list[Mapping[str, Any]]:
        """The checks that came out so."""
        return [check for check in self.content["checks"] if check["severity"] == severity]

    @property
    def errors(self) -> list[Mapping[str, Any]]:
        """What forbids signing."""
        return self.checks_of(Severity.ERROR)

    @property
    def warnings(self) -> list[Mapping[str, Any]]:
        """What may be signed over, with a reason: what the content says of itself, and what is open in its review."""
        return [*self.checks_of(Severity.WARNING), *self.review]

    @property
    def passed(self) -> list[Mapping[str, Any]]:
        """What was found in order."""
        return self.checks_of(Severity.PASSED)

    @property
    def wrong(self) -> frozenset[str]:
        """Figures that a failing check names."""
        return frozenset(name for check in self.errors for name in check["figures"])

    @property
    def state(self) -> str:
        """The badge of the edition."""
        return STATES[EditionStatus(self.edition.status)]


def report_page(user: User, edition: Edition) -> ReportPage:
    """Gather the page of an edition that the person may see."""
    frozen = EditionContent.objects.filter(edition=edition).first()
    may_draft = edition.is_draft and can(user, Permission.REPORT_DRAFT, edition.office_code)
    return ReportPage(
        edition=edition,
        frozen=frozen,
        content=json.loads(frozen.content) if frozen else current_content(edition),
        texts={text.slot: text for text in edition.texts.all()} if edition.is_draft else {},
        may_write=may_draft,
        may_sign=edition.is_draft and can(user, Permission.REPORT_SIGN, edition.office_code),
        may_review=may_review(user, edition),
        review=review_checks(edition) if edition.is_draft else (),
        **_beside(user, edition),
    )


def _beside(user: User, edition: Edition) -> dict[str, Edition | None]:
    """The editions of the very same report before and after this one, as far as the person sees them."""
    twins = Edition.objects.visible_to(user).of(edition.code, edition.office_code)
    rows = {
        row.number: row
        for row in twins.filter(
            language=edition.language, period_code=edition.period_code, cutoff=edition.cutoff
        ).exclude(pk=edition.pk)
    }
    before = [number for number in rows if number < edition.number]
    after = [number for number in rows if number > edition.number]
    return {
        "earlier": rows[max(before)] if before else None,
        "later": rows[min(after)] if after else None,
    }


def current_content(edition: Edition) -> Mapping[str, Any]:
    """A draft as things are now, kept until anybody does anything: papers, declarations and names are in it too."""
    last = Action.objects.order_by("-id").values_list("id", flat=True).first()
    name = f"draft:{edition.pk}:{last}:{clock.today()}"
    kept: Mapping[str, Any] | None = cache.get(name)
    if kept is None:
        # Through JSON and back, so that a draft has the very shape of what will be frozen.
        kept = json.loads(json.dumps(draft_content(edition), default=str))
        cache.set(name, kept, _KEPT_SECONDS)
    return kept


def evidence(page: ReportPage, name: str, user: User) -> Evidence | None:
    """What stands behind a figure of the report; None for a name that it does not hold."""
    figure = page.figures.get(name)
    if figure is None:
        return None
    listed = [(page.records[number], Decimal(adds)) for number, adds in figure["rows"]]
    seen = Record.objects.visible_to(user).in_bulk([record["uid"] for record, _adds in listed[:ROWS_SHOWN]])
    known = {str(uid): record for uid, record in seen.items()}
    rows = [
        EvidenceRow(
            number=record["number"],
            title=record["title"],
            on=record["on"],
            adds=adds,
            record=known.get(record["uid"]),
        )
        for record, adds in listed[:ROWS_SHOWN]
    ]
    return Evidence(
        figure=figure,
        definition=page.content["definitions"].get(figure["code"], {}),
        rows=rows,
        hidden=len(listed) - len(rows),
        operands=[page.figures[key] for key in figure["operands"] if key in page.figures],
    )


def estimates(page: ReportPage) -> list[tuple[str, str, int | None]]:
    """The figures that may be estimated while the period runs: name, words, what was put in so far."""
    given = dict(page.edition.estimates.values_list("figure", "value"))
    definition = read_definition(page.edition.definition.content)
    known = {
        figure["name"]: figure["label"] for figure in page.content["figures"] if figure["basis"] != "part"
    }
    return [
        (name, known.get(name, name), given.get(name))
        for name, spec in definition.figures.items()
        if spec.headline
    ]


def hint_of(edition: Edition, slot: str) -> str:
    """What the definition says should be written in a part; nothing where it says nothing."""
    definition = read_definition(edition.definition.content)
    blocks = (block for section in definition.sections for block in section.blocks)
    return next((str(block.get("hint", "")) for block in blocks if block.get("slot") == slot), "")
