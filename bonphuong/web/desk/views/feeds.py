"""Addresses that calendar programs read, and the days of one record as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bonphuong.accounts.enums import Permission
from bonphuong.exchange import feeds as content
from bonphuong.exchange.ical import MEDIA_TYPE
from bonphuong.exchange.models import CalendarFeed
from bonphuong.exchange.queries import feed_of_token, own_feed
from bonphuong.exchange.services import revoke, subscribe
from bonphuong.kernel.errors import BadInput
from bonphuong.web.desk.downloads import download
from bonphuong.web.desk.forms.calendar import FeedForm
from bonphuong.web.desk.forms.refusals import refuse
from bonphuong.web.desk.pages.feeds import feed_lines
from bonphuong.web.desk.permissions import permission, public
from bonphuong.web.desk.posting import posted
from bonphuong.web.desk.views.heads import head_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponseBase

    from bonphuong.web.desk.permissions import Request

#: A program may ask so often in so many seconds; what comes more often is a fault of it.
MOST_OFTEN, WITHIN = 60, 300


@permission(Permission.RECORD_VIEW)
def calendar_feeds(request: Request) -> HttpResponse:
    """One's addresses. A new one is shown this once, on the page that answers the form."""
    form = FeedForm(posted(request)[0], user=request.user)
    made: CalendarFeed | None = None
    address = ""
    if request.method == "POST" and form.is_valid():
        try:
            made, token = subscribe(form.draft(), actor=request.user)
        except BadInput as error:
            refuse(form, error)
        else:
            address = settings.DESK_ADDRESS + reverse("desk:calendar-feed", args=[token])
            form = FeedForm(user=request.user)
    context = {
        "form": form,
        "lines": feed_lines(request.user),
        "made": made,
        "address": address,
        "webcal": f"webcal://{address.partition('://')[2]}" if address else "",
    }
    answer = render(request, "desk/calendar_feeds.html", context, status=422 if form.errors else 200)
    answer["Cache-Control"] = "private, no-store"
    return answer


@permission(Permission.RECORD_VIEW)
@require_POST
def calendar_feed_revoke(request: Request, uid: UUID) -> HttpResponse:
    """From now on the address leads nowhere."""
    try:
        feed = own_feed(request.user, uid)
    except CalendarFeed.DoesNotExist:
        raise Http404 from None
    revoke(feed, actor=request.user)
    messages.success(request, _("Revoked. Programs that still ask find nothing there."))
    return redirect("desk:calendar-feeds")


@public
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a program reads: the calendar as its owner may see it now; nothing at all for an unknown secret."""
    feed = feed_of_token(token)
    if feed is None:
        raise Http404
    if _asks_too_often(feed):
        return HttpResponse(status=429, headers={"Retry-After": str(WITHIN)})
    happenings = content.happenings_of(feed)
    etag, changed = f'"{content.digest_of(feed, happenings)}"', content.last_change()
    # Django answers 304 by itself where the program has these very octets, or nothing was changed since it asked.
    unchanged = get_conditional_response(request, etag, int(changed.timestamp()) if changed else None)
    answer = unchanged or HttpResponse(content.write(feed, happenings), content_type=MEDIA_TYPE)
    answer["ETag"] = etag
    if changed is not None:
        answer["Last-Modified"] = http_date(changed.timestamp())
    answer["Cache-Control"] = "private, no-cache"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Robots-Tag"] = "noindex"
    answer["Content-Disposition"] = 'inline; filename="calendar.ics"'
    return answer


def _asks_too_often(feed: CalendarFeed) -> bool:
    key = f"calendar-feed:{feed.pk}"
    if cache.add(key, 1, WITHIN):
        return False
    try:
        return cache.incr(key) > MOST_OFTEN
    except ValueError:  # it ran out between the two
        return False


@permission(Permission.RECORD_VIEW)
@require_safe
def record_calendar_file(request: Request, uid: UUID) -> HttpResponseBase:
    """The days of a record for one's own calendar program."""
    record = head_or_404(request.user, uid).record
    written = content.record_calendar(record)
    if written is None:
        raise Http404
    return download(written, name=f"{record.number}.ics", media_type=MEDIA_TYPE)
