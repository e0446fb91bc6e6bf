"""Addresses of the calendar and of what calendar programs read."""

from django.urls import URLPattern, path

from bonphuong.web.desk.views import calendar, feeds

urlpatterns: list[URLPattern] = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/new", calendar.calendar_new, name="calendar-new"),
    path("calendar/feeds", feeds.calendar_feeds, name="calendar-feeds"),
    path("calendar/feeds/<uuid:uid>/revoke", feeds.calendar_feed_revoke, name="calendar-feed-revoke"),
    path("calendar/feed/<slug:token>.ics", feeds.calendar_feed, name="calendar-feed"),
    path("records/item/<uuid:uid>/calendar.ics", feeds.record_calendar_file, name="record-calendar"),
]
