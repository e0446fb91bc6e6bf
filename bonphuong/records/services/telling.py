"""Who hears of what happens to a record. Called inside the act: what is taken back is never told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.models import Office, User
from bonphuong.accounts.queries import people_at
from bonphuong.notices.enums import NoticeKind
from bonphuong.notices.services import Telling, overtake, tell
from bonphuong.procedures.enums import RETURNED
from bonphuong.procedures.models import Authority
from bonphuong.procedures.queries import next_step, seat_of
from bonphuong.records.models import Record
from bonphuong.records.registry import get_family

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from bonphuong.procedures.models import Case, Opinion, Step, Transition

#: Notices that hold only until the record moves on.
_PASSING = (NoticeKind.WAITING, NoticeKind.RETURNED)


def tell_of_step(record: Record, case: Case, step: Step, *, actor: User) -> None:
    """Tell the next desk that the record waits there, and the owner what was decided or why it came back."""
    overtake(record.pk, _PASSING)
    way = case.procedure.transitions.filter(code=step.transition_code, from_state=step.from_state_id).first()
    if way is None:
        return
    owners = people_at([case.office_code], Permission.RECORD_CHANGE)
    if step.to_state.code == RETURNED:
        _tell(owners, record, NoticeKind.RETURNED, actor, reason=step.note)
        return
    if way.permission == Permission.RECORD_DECIDE:
        _tell(owners, record, NoticeKind.DECIDED, actor, step=_label(way))
    following = next_step(case)
    # At one's own desk nobody need be told; the page shows it.
    if following is None or not following.transition.awaited:
        return
    if following.office_code != seat_of(case).at(way.desk):
        people = _takers(case, following.transition, following.office_code)
        _tell(people, record, NoticeKind.WAITING, actor, step=_label(following.transition))


def tell_of_asking(record: Record, opinions: Collection[Opinion], *, actor: User) -> None:
    """Tell the people of each office asked that its opinion is wanted."""
    asker = _office(record.office_code)
    for opinion in opinions:
        if opinion.office_code:
            people = people_at([opinion.office_code], Permission.RECORD_CHANGE)
            _tell_of(people, opinion, record, NoticeKind.OPINION_ASKED, actor, office=asker)


def tell_of_answer(record: Record, opinion: Opinion, *, body: object, actor: User) -> None:
    """Tell those who asked that an opinion came; the question is off the desks of the office asked."""
    overtake(opinion.pk, (NoticeKind.OPINION_ASKED,))
    people = _seeing(record, people_at([opinion.asked_by], Permission.RECORD_CHANGE))
    if opinion.asker is not None:
        people += _seeing(record, [opinion.asker])
    _tell_of(people, opinion, record, NoticeKind.OPINION_ANSWERED, actor, body=body)


def tell_of_withdrawal(record: Record, opinion: Opinion, *, actor: User) -> None:
    """Tell the office asked that it need not answer any more."""
    overtake(opinion.pk, (NoticeKind.OPINION_ASKED,))
    if opinion.office_code:
        people = people_at([opinion.office_code], Permission.RECORD_CHANGE)
        asker = _office(record.office_code)
        _tell_of(people, opinion, record, NoticeKind.OPINION_WITHDRAWN, actor, office=asker)


def _takers(case: Case, way: Transition, office: str) -> list[User]:
    people = people_at([office], Permission(way.permission))
    if way.permission == Permission.RECORD_DECIDE:
        lent = Authority.objects.filter(
            office_code=office, procedure_code__in={"", case.procedure.code}, holder__is_active=True
        )
        people += [row.holder for row in lent.on(case.entered_on).select_related("holder") if row.holder]
    return people


def _tell(people: Iterable[User], record: Record, kind: str, actor: User, **params: object) -> None:
    others = [person for person in _seeing(record, people) if person.pk != actor.pk]
    page = get_family(record.family).url_name
    tell(others, Telling(kind, record.pk, page, {"number": record.number, **params}))


def _tell_of(
    people: Iterable[User], opinion: Opinion, record: Record, kind: str, actor: User, **params: object
) -> None:
    others = [person for person in people if person.pk != actor.pk]
    tell(others, Telling(kind, opinion.pk, "desk:opinion", {"number": record.number, **params}))


def _seeing(record: Record, people: Iterable[User]) -> list[User]:
    """Of these people those who may see the record."""
    return [one for one in people if Record.objects.visible_to(one).filter(pk=record.pk).exists()]


def _label(way: Transition) -> dict[str, str]:
    return {"vi": way.label_vi, "en": way.label_en}


def _office(code: str) -> dict[str, str]:
    office = Office.objects.filter(pk=code).first()
    return {"vi": office.name_vi, "en": office.name_en} if office else {"vi": code, "en": code}
