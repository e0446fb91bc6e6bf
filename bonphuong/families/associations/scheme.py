"""Unions, associations and congresses as the kit sees them: fields, lines, road, acts."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bonphuong.families.associations.completing import clean_many as clean_with_bodies
from bonphuong.families.associations.enums import BODIES, Kind
from bonphuong.families.associations.models import Association, Branch, Leader, MemberCount, Officer
from bonphuong.families.associations.panels import panels_of
from bonphuong.families.associations.queries import active, not_counted_since, silent_since
from bonphuong.families.associations.services import settle_mergers, take_office
from bonphuong.families.associations.validators import errors_of, warnings_of
from bonphuong.kit.doors import doors
from bonphuong.kit.specs import LEAD, TITLE, Act, Flag, Holds, LineSpec, Scheme, Spec
from bonphuong.records.enums import Visibility

if TYPE_CHECKING:
    from bonphuong.kit.drafts import Draft

_ASSOCIATION, _CONGRESS = (Kind.ASSOCIATION.value,), (Kind.CONGRESS.value,)
_YEAR = dt.timedelta(days=365)
_SOON = dt.timedelta(days=180)

SPECS = (
    TITLE,
    Spec(
        "body_number", kinds=_CONGRESS, required=True, on_screen=True, width=16,
        aliases=("hội", "tổ chức", "của hội", "tên hội", "liên hiệp"),
        hint=_("Number or name of a union or an association of this register."),
    ),
    Spec("body_kind", kinds=_CONGRESS, in_form=False, takes_import=False),
    Spec("is_founding", kinds=_CONGRESS, aliases=("đại hội thành lập",)),
    Spec(
        "country", Holds.COUNTRY, kinds=(*_ASSOCIATION, *_CONGRESS), on_screen=True, width=14,
        aliases=("nước", "quốc gia", "hữu nghị với"),
    ),
    Spec(
        "partner", Holds.PARTY, kinds=_ASSOCIATION, width=24,
        aliases=("đối tác", "tổ chức đối tác", "hội đối tác"),
    ),
    Spec("union_number", kinds=_ASSOCIATION, aliases=("thuộc liên hiệp", "thành viên của")),
    LEAD,
    Spec("seat", part="who", kinds=BODIES, aliases=("trụ sở", "địa chỉ")),
    Spec("contact", part="who", kinds=BODIES, aliases=("liên hệ", "điện thoại")),
    Spec("content", Holds.LONG_TEXT, width=36, aliases=("tôn chỉ, mục đích", "mục đích", "nội dung hoạt động")),
    Spec(
        "founded_on", part="days", kinds=BODIES, late=True, on_screen=True, width=12,
        aliases=("ngày thành lập", "thành lập", "năm thành lập"),
    ),
    Spec("is_successor", part="days", kinds=BODIES, aliases=("hợp nhất từ hội đã có",)),
    Spec("starts_on", part="days", kinds=_CONGRESS, aliases=("dự kiến", "ngày dự kiến")),
    Spec("venue", part="days", kinds=_CONGRESS, aliases=("địa điểm", "nơi tổ chức")),
    Spec("term", part="days", on_screen=True, width=18, aliases=("nhiệm kỳ", "nhiệm kì")),
    Spec("term_from", part="days", aliases=("nhiệm kỳ từ",)),
    Spec("term_to", part="days", on_screen=True, width=12, aliases=("nhiệm kỳ đến",)),
    Spec("decided_on", part="decision", late=True, aliases=("ngày quyết định", "ngày cho phép")),
    Spec("decision_number", part="decision", late=True, aliases=("số quyết định", "quyết định")),
    Spec(
        "held_on", part="done", kinds=_CONGRESS, late=True, on_screen=True, width=12,
        aliases=("ngày tổ chức", "ngày đại hội", "thời gian"),
    ),
    Spec("delegates", part="done", kinds=_CONGRESS, late=True, on_screen=True, aliases=("số đại biểu", "đại biểu")),
    Spec("women", part="done", kinds=_CONGRESS, late=True, aliases=("đại biểu nữ", "nữ")),
    Spec("recognised_on", part="done", kinds=_CONGRESS, late=True, aliases=("ngày công nhận",)),
    Spec("merged_on", part="done", kinds=BODIES, late=True, aliases=("ngày sáp nhập", "ngày hợp nhất")),
    Spec("merged_into", part="done", kinds=BODIES, late=True, aliases=("sáp nhập vào", "hợp nhất vào")),
    Spec("dissolved_on", part="done", kinds=BODIES, late=True, aliases=("ngày giải thể",)),
    Spec("result", Holds.LONG_TEXT, part="done", kinds=_CONGRESS, late=True, width=36, aliases=("kết quả",)),
)  # fmt: skip

LINES = (
    LineSpec(
        "leaders", _("Leaders"), _("leader"), Leader, kinds=BODIES,
        specs=(
            Spec("full_name", required=True, aliases=("họ và tên", "họ tên")),
            Spec("post", required=True, aliases=("chức danh", "chức vụ trong hội")),
            Spec("job", aliases=("chức vụ", "chức vụ chuyên môn")),
            Spec("since", aliases=("từ ngày", "từ")),
            Spec("until", aliases=("đến ngày", "đến")),
            Spec("note", aliases=("ghi chú",)),
        ),
    ),
    LineSpec(
        "counts_of_members", _("Counts of members"), _("count"), MemberCount, kinds=BODIES,
        hint=_("How many there were on a day. Who comes over in a merger is added by itself."),
        specs=(
            Spec("counted_on", required=True, aliases=("ngày thống kê", "ngày", "tính đến")),
            Spec("organisations", aliases=("hội viên tổ chức", "tổ chức thành viên"), default=0),
            Spec("individuals", aliases=("hội viên cá nhân", "hội viên", "cá nhân"), default=0),
            Spec("source", aliases=("nguồn",)),
            Spec("moved_from", in_form=False, takes_import=False),
        ),
    ),
    LineSpec(
        "branches", _("Branches"), _("branch"), Branch, kinds=BODIES,
        specs=(
            Spec("name", required=True, aliases=("chi hội", "tên chi hội")),
            Spec("place", aliases=("địa bàn", "nơi")),
            Spec("founded_on", aliases=("ngày thành lập",)),
            Spec("closed_on", aliases=("ngày giải thể",)),
            Spec("members", aliases=("hội viên", "số hội viên")),
            Spec("moved_from", in_form=False, takes_import=False),
        ),
    ),
    LineSpec(
        "officers", _("Elected"), _("elected officer"), Officer, kinds=_CONGRESS,
        specs=(
            Spec("full_name", required=True, aliases=("họ và tên", "họ tên")),
            Spec("post", required=True, aliases=("chức danh", "chức vụ trong hội")),
            Spec("job", aliases=("chức vụ", "chức vụ chuyên môn")),
            Spec("note", aliases=("ghi chú",)),
        ),
    ),
)  # fmt: skip


def _hide(draft: Draft) -> str:
    # What associations there are is public knowledge; the whole province works with them.
    del draft
    return Visibility.BOOK


def _term_over(today: dt.date) -> Q:
    return active() & Q(association__term_to__lte=today + _SOON)


def _held_and_elected(row: Any) -> bool:
    return bool(row.kind == Kind.CONGRESS and row.held_on)


SCHEME = Scheme(
    family="associations",
    model=Association,
    specs=SPECS,
    lines=LINES,
    begins=("held_on", "starts_on", "founded_on", "decided_on"),
    ends=("merged_on", "dissolved_on"),
    counts=("held_on", "founded_on"),
    road={
        "union": (
            ("permitted", "decided_on"),
            ("active", "founded_on"),
            ("merged", "merged_on"),
            ("ended", "dissolved_on"),
        ),
        "association": (
            ("permitted", "decided_on"),
            ("active", "founded_on"),
            ("merged", "merged_on"),
            ("ended", "dissolved_on"),
        ),
        "congress": (("permitted", "decided_on"), ("held", "held_on"), ("recognised", "recognised_on")),
    },
    check=errors_of,
    warn=warnings_of,
    hide=_hide,
    decision=("decision_number", "decided_on"),
    flags=(
        Flag("term_over", _("Term over, or within six months"), _term_over),
        Flag(
            "not_counted", _("Members not counted for a year"), lambda today: not_counted_since(today - _YEAR)
        ),
        Flag("silent", _("No activity linked for a year"), lambda today: silent_since(today - _YEAR)),
    ),
    acts=(
        Act(
            "take_office",
            _("Let the elected take office"),
            take_office,
            when=_held_and_elected,
            hint=_("They become the leaders of the body for the term; the earlier ones end the day before."),
        ),
    ),
    panels=panels_of,
    after_write=settle_mergers,
)

_DOORS = doors(SCHEME)
clean_many = partial(clean_with_bodies, SCHEME)
create_many, update_many, undo_many = _DOORS.create_many, _DOORS.update_many, _DOORS.undo_many
probe, prepare, with_all, COLUMNS = _DOORS.probe, _DOORS.prepare, _DOORS.with_all, _DOORS.columns
