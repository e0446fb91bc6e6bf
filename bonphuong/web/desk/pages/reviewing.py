"""The review of a report: its text with the remarks at their places, who was asked, what may be done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from bonphuong.accounts.enums import Permission, Role
from bonphuong.accounts.rules import can
from bonphuong.kernel import clock
from bonphuong.kit.names import names_of
from bonphuong.reports.enums import PlaceKind, ReviewState
from bonphuong.reports.places import WHOLE, find_place, place_now, places_of
from bonphuong.reports.reviews import asked_of, comments_of, reviews_waiting
from bonphuong.web.desk.pages.words import language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from typing import Any

    from bonphuong.accounts.models import User
    from bonphuong.kit.names import Names
    from bonphuong.reports.models import CommentReply, Edition, Review, ReviewComment
    from bonphuong.reports.places import Place
    from bonphuong.web.desk.pages.reports import ReportPage

STATES = {
    ReviewState.ASKED: "doing",
    ReviewState.APPROVED: "done",
    ReviewState.RETURNED: "differ",
    ReviewState.WITHDRAWN: "gone",
}


@dataclass(frozen=True)
class Thread:
    """A remark with its answers. `now` is its place as the report stands; None where that is gone."""

    comment: ReviewComment
    replies: Sequence[CommentReply]
    now: Place | None
    may_settle: bool

    @property
    def about(self) -> str:
        """What it is about, beside the section under which it stands."""
        match PlaceKind(self.comment.kind):
            case PlaceKind.FIGURE:
                return self.now.label if self.now else _("a figure that is not told any more")
            case PlaceKind.SLOT:
                return _("what was written here")
        return ""

    @property
    def is_changed(self) -> bool:
        """Whether something else stands there now than when the remark was made."""
        return self.now is None or self.now.quote != self.comment.quote


@dataclass(frozen=True)
class SectionLine:
    """A section of the report with the remarks on it."""

    section: Mapping[str, Any]
    threads: Sequence[Thread] = ()


@dataclass(frozen=True)
class ReviewLine:
    """Somebody who was asked, by name or by role."""

    row: Review
    name: str
    is_late: bool
    is_mine: bool

    @property
    def state(self) -> str:
        """The badge."""
        return "late" if self.is_late else STATES[ReviewState(self.row.state)]


@dataclass(frozen=True)
class ReviewPage:
    """Everything that the page shows."""

    page: ReportPage
    sections: Sequence[SectionLine]
    loose: Sequence[Thread]
    reviews: Sequence[ReviewLine]
    may_remark: bool
    may_ask: bool
    open_count: int
    places: Mapping[str, Sequence[Place]] = field(default_factory=dict)

    @property
    def mine(self) -> ReviewLine | None:
        """The review that waits for this person."""
        return next((line for line in self.reviews if line.is_mine), None)


@dataclass(frozen=True)
class ToReview:
    """A draft that waits for a person's review, as a line of what is to do."""

    title: str
    office: str
    asked_name: str
    due_on: dt.date
    is_late: bool
    url: str


def review_page(user: User, page: ReportPage) -> ReviewPage:
    """Gather the page of an edition whose review the person may read."""
    edition = page.edition
    may_draft = can(user, Permission.REPORT_DRAFT, edition.office_code)
    threads = [_thread(page, one, user, may_draft=may_draft) for one in comments_of(edition)]
    known = {section["code"] for section in page.content["sections"]}
    return ReviewPage(
        page=page,
        sections=[
            SectionLine(section, [one for one in threads if one.comment.section == section["code"]])
            for section in page.content["sections"]
        ],
        loose=[one for one in threads if one.comment.section not in known],
        reviews=_reviews(user, edition),
        may_remark=edition.is_draft,
        may_ask=edition.is_draft and may_draft,
        open_count=sum(one.comment.is_open for one in threads),
    )


def _thread(page: ReportPage, comment: ReviewComment, user: User, *, may_draft: bool) -> Thread:
    return Thread(
        comment=comment,
        replies=list(comment.replies.all()),
        now=place_now(page.content, comment),
        may_settle=page.edition.is_draft and (may_draft or comment.author_id == user.pk),
    )


def _reviews(user: User, edition: Edition) -> list[ReviewLine]:
    rows = list(edition.reviews.select_related("person"))
    mine = set(asked_of(user, edition).values_list("pk", flat=True))
    names = names_of(offices={row.seat for row in rows if row.seat})
    today = clock.today()
    return [
        ReviewLine(
            row=row,
            name=_name(row, names),
            is_late=edition.is_draft and row.is_late(today),
            is_mine=edition.is_draft and row.is_waiting and row.pk in mine,
        )
        for row in rows
    ]


def _name(row: Review, names: Names) -> str:
    if row.person is not None:
        return row.person.get_full_name()
    return f"{Role(row.role).label}, {names.office(row.seat)}"


def place_choices(page: ReportPage, token: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a remark may be about, in groups: the places of the section that `token` names, and the whole report."""
    place = find_place(page.content, token)
    code = place.section if place else token.split(":")[1] if token.count(":") else ""
    section = next((one for one in page.content["sections"] if one["code"] == code), None)
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in places_of(page.content, section) if section is not None else []:
        groups.setdefault(_group(one.kind), []).append((one.token, _choice(one)))
    groups[_("Whole report")] = [(WHOLE.token, _("The report as a whole"))]
    return list(groups.items())


def _group(kind: PlaceKind) -> str:
    return {
        PlaceKind.SECTION: _("Section"),
        PlaceKind.SLOT: _("Section"),
        PlaceKind.FIGURE: _("Figures"),
        PlaceKind.SENTENCE: _("Sentences"),
    }[kind]


def _choice(place: Place) -> str:
    match place.kind:
        case PlaceKind.FIGURE:
            return f"{place.label}: {place.quote}"
        case PlaceKind.SLOT:
            return _("What was written here")
        case PlaceKind.SECTION:
            return _("The section as a whole")
    return place.label


def figure_token(page: ReportPage, name: str) -> str:
    """The token of a figure's place in the first section that tells it; empty where none does."""
    key = page.figures.get(name, {}).get("key")
    for section in page.content["sections"]:
        for place in places_of(page.content, section):
            if place.kind is PlaceKind.FIGURE and place.ref == key:
                return place.token
    return ""


def to_review(user: User) -> list[ToReview]:
    """Drafts that wait for this person's review, the nearest due first."""
    rows = list(reviews_waiting(user))
    names = names_of(offices={row.edition.office_code for row in rows})
    today = clock.today()
    return [
        ToReview(
            title=_title(row.edition),
            office=names.office(row.edition.office_code),
            asked_name=row.asked_name,
            due_on=row.due_on,
            is_late=row.due_on < today,
            url=reverse("desk:report-review", args=[row.edition_id]),
        )
        for row in rows
    ]


def _title(edition: Edition) -> str:
    return _("Draft of the report for %(period)s") % {"period": edition.period.label(language())}
