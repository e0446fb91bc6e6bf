"""A small procedure, rules for it, and the small province whose people take its steps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import factory

from bonphuong.accounts.enums import Role
from bonphuong.kernel.uids import new_uid
from bonphuong.papers.enums import SigningMode
from bonphuong.procedures.enums import BodyKind, DayUnit, Desk, GuardKind, StartsFrom, StateKind
from bonphuong.procedures.models import (
    Approval,
    Authority,
    Case,
    DeadlineRule,
    GuardRule,
    Opinion,
    OpinionRule,
    Phase,
    Procedure,
    State,
    Step,
    StepPaper,
    Transition,
)
from tests.factories.accounts import DepartmentFactory, FocalAgencyFactory, OfficeFactory, officer_of
from tests.factories.base import TrackedFactory
from tests.factories.papers import PaperFactory

if TYPE_CHECKING:
    from bonphuong.accounts.models import Office, User

SINCE = dt.date(2000, 1, 1)


class ProcedureFactory(TrackedFactory[Procedure]):
    class Meta:
        model = Procedure

    code = factory.Sequence(lambda n: f"thu.{n}")
    family = "thu"
    kind = "thu"
    label_vi = "Thủ tục thử"
    label_en = "Trial procedure"
    valid_from = SINCE


class PhaseFactory(TrackedFactory[Phase]):
    class Meta:
        model = Phase

    procedure = factory.SubFactory(ProcedureFactory)
    code = "prepare"
    label_vi = "Soạn hồ sơ"
    label_en = "Preparing"
    order = 1


class StateFactory(TrackedFactory[State]):
    class Meta:
        model = State

    procedure = factory.SubFactory(ProcedureFactory)
    phase = factory.LazyAttribute(lambda o: o.procedure.phases.first() or PhaseFactory(procedure=o.procedure))
    code = factory.Sequence(lambda n: f"state_{n}")
    label_vi = "Đang soạn"
    label_en = "Draft"
    order = factory.Sequence(lambda n: n + 1)
    kind = StateKind.NORMAL


class TransitionFactory(TrackedFactory[Transition]):
    class Meta:
        model = Transition

    procedure = factory.SubFactory(ProcedureFactory)
    code = "submit"
    label_vi = "Gửi hồ sơ"
    label_en = "Submit"
    from_state = factory.SubFactory(StateFactory, procedure=factory.SelfAttribute("..procedure"))
    to_state = factory.SubFactory(StateFactory, procedure=factory.SelfAttribute("..procedure"))
    order = 1
    permission = "record.change"
    desk = Desk.OWNER
    forward = True
    awaited = True


class DeadlineRuleFactory(TrackedFactory[DeadlineRule]):
    class Meta:
        model = DeadlineRule

    code = "trip_report"
    procedure_code = "delegations.outbound"
    label_vi = "Nộp báo cáo kết quả chuyến đi"
    label_en = "Trip report"
    starts_from = StartsFrom.STATE
    starts_at = "returned"
    until_state = "report_received"
    days = 15
    unit = DayUnit.CALENDAR
    valid_from = SINCE


class GuardRuleFactory(TrackedFactory[GuardRule]):
    class Meta:
        model = GuardRule

    code = "people"
    procedure_code = "delegations.outbound"
    office_code = "lai-chau"
    kind = GuardKind.PEOPLE
    limit = 10
    message_vi = "Đoàn có %(value)s người, nhiều hơn mức %(limit)s người"
    message_en = "The delegation has %(value)s people, over the limit of %(limit)s"
    valid_from = SINCE


class CaseFactory(TrackedFactory[Case]):
    class Meta:
        model = Case

    record_uid = factory.LazyFunction(new_uid)
    procedure = factory.SubFactory(ProcedureFactory)
    state = factory.SubFactory(
        StateFactory, procedure=factory.SelfAttribute("..procedure"), kind=StateKind.START
    )
    entered_on = dt.date(2026, 3, 2)
    opened_on = dt.date(2026, 3, 2)
    office_code = "lc-health"
    book = "lai-chau"


class StepFactory(TrackedFactory[Step]):
    class Meta:
        model = Step

    case = factory.SubFactory(CaseFactory)
    seq = 2
    transition_code = "submit"
    from_state = factory.SelfAttribute("case.state")
    to_state = factory.SubFactory(StateFactory, procedure=factory.SelfAttribute("..case.procedure"))
    on = dt.date(2026, 3, 3)


class StepPaperFactory(TrackedFactory[StepPaper]):
    class Meta:
        model = StepPaper

    step = factory.SubFactory(StepFactory)
    paper = factory.SubFactory(PaperFactory)
    transition_code = "approve"


class OpinionRuleFactory(TrackedFactory[OpinionRule]):
    class Meta:
        model = OpinionRule

    days = 7
    unit = DayUnit.WORKING
    valid_from = SINCE
    source = "Quy định thử"


class OpinionFactory(TrackedFactory[Opinion]):
    class Meta:
        model = Opinion

    case = factory.SubFactory(CaseFactory)
    book = factory.SelfAttribute("case.book")
    body_kind = BodyKind.POLICE
    body_text = "Công an tỉnh Ví Dụ"
    asked_by = factory.SelfAttribute("case.office_code")
    question = "Đề nghị cho ý kiến về nhân sự của đoàn"
    asked_on = dt.date(2026, 2, 12)
    days = 7


class AuthorityFactory(TrackedFactory[Authority]):
    class Meta:
        model = Authority

    office_code = "lai-chau"
    holder_name = "Lò Minh Họa"
    holder_title = "Giám đốc Sở Ngoại vụ"
    mode = SigningMode.TUQ
    on_behalf_of = "Chủ tịch"
    valid_from = SINCE
    source = "Giấy ủy quyền thử"


class ApprovalFactory(TrackedFactory[Approval]):
    class Meta:
        model = Approval

    step = factory.SubFactory(StepFactory)
    mode = SigningMode.OWN
    signer_name = "Hoàng Giả Định"
    signer_title = "Chủ tịch"


@dataclass(frozen=True)
class Province:
    """Lai Châu with its focal agency and a department, one person in each seat, and somebody from elsewhere."""

    root: Office
    dofa: Office
    health: Office
    leader: User
    head: User
    officer: User
    clerk: User
    stranger: User


def province() -> Province:
    """The offices and people that the tests of procedures and records play with."""
    root = OfficeFactory(code="lai-chau")
    dofa = DepartmentFactory(code="lc-dofa", belongs_to=root)
    health = DepartmentFactory(code="lc-health", belongs_to=root, name_vi="Sở Y tế tỉnh Lai Châu")
    FocalAgencyFactory(office=dofa, book=root)
    return Province(
        root=root,
        dofa=dofa,
        health=health,
        leader=officer_of(root, Role.LEADER, full_name="Hoàng Giả Định"),
        head=officer_of(dofa, Role.HEAD, full_name="Lò Minh Họa"),
        officer=officer_of(dofa, Role.OFFICER, full_name="Phạm Thị Minh Họa"),
        clerk=officer_of(health, Role.CLERK, full_name="Tẩn Thị Thí Dụ"),
        stranger=officer_of(OfficeFactory(code="dien-bien"), Role.OFFICER, full_name="Lý Thị Thử"),
    )
