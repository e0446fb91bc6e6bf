"""Addresses of calendars; packages between offices, the keys that sign them, and when reports are due."""

from bonphuong.exchange.models.feeds import MOST_REMIND_DAYS, CalendarFeed
from bonphuong.exchange.models.packages import (
    LineQuery,
    PartnerKey,
    ReceivedFigure,
    ReceivedPackage,
    ReportDeadline,
    SentPackage,
)

__all__ = [
    "MOST_REMIND_DAYS",
    "CalendarFeed",
    "LineQuery",
    "PartnerKey",
    "ReceivedFigure",
    "ReceivedPackage",
    "ReportDeadline",
    "SentPackage",
]
