"""The barest Django view over the same records, in the same frame of middleware: what a page of the desk is beside."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.db.models import F
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from bonphuong.records.models import Record

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.template.backends.base import _EngineTemplate

_TABLE = (
    "<table>{% for row in rows %}<tr><td>{{ row.number }}</td><td>{{ row.title }}</td><td>{{ row.office_code }}</td>"
    "<td>{{ row.begins_on }}</td><td>{{ row.ends_on }}</td><td>{{ row.state }}</td><td>{{ row.due_on }}</td></tr>"
    "{% endfor %}</table>"
)


def bare(request: HttpRequest) -> HttpResponse:
    """Who asks is known, fifty rows are read in one query and shown in seven columns."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    rows = Record.objects.filter(book=request.GET["book"], family="delegations", kind="outbound")
    rows = rows.filter(begins_on__year=request.GET["year"]).order_by(
        F("begins_on").desc(nulls_first=True), "-pk"
    )
    return HttpResponse(_table().render({"rows": rows[:50]}, request))


@cache
def _table() -> _EngineTemplate:
    return engines["django"].from_string(_TABLE)


urlpatterns = [path("bare/", bare), path("", include("bonphuong.config.urls"))]
