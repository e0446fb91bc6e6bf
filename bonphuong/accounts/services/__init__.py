"""Writes: offices and their ties, accounts, dated roles, dated practice.

`actor` is the person who acts; None is the system itself and needs an open "system.…" action around the call.
"""

from bonphuong.accounts.services.demonstration import load_demo_offices, load_demo_people
from bonphuong.accounts.services.offices import (
    Names,
    add_reports_to,
    appoint_focal_agency,
    change_office,
    change_setting,
    create_office,
    end_office,
    end_reports_to,
    end_setting,
    rename_office,
)
from bonphuong.accounts.services.people import (
    Invitation,
    assign,
    change_password,
    change_user,
    create_user,
    end_assignment,
    invite,
    redeem_invitation,
    renew_invitation,
    set_active,
    set_password,
)

__all__ = [
    "Invitation",
    "Names",
    "add_reports_to",
    "appoint_focal_agency",
    "assign",
    "change_office",
    "change_password",
    "change_setting",
    "change_user",
    "create_office",
    "create_user",
    "end_assignment",
    "end_office",
    "end_reports_to",
    "end_setting",
    "invite",
    "load_demo_offices",
    "load_demo_people",
    "redeem_invitation",
    "rename_office",
    "renew_invitation",
    "set_active",
    "set_password",
]
