"""Reading documents: what they claim, held against the ledger; nothing enters it but by a person's hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from bonphuong.accounts.enums import Permission
from bonphuong.web.desk.permissions import permission

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bonphuong.web.desk.permissions import Request


@permission(Permission.READER_USE)
def reader(request: Request) -> HttpResponse:
    """Documents that were read, and the form that reads another."""
    return render(request, "desk/reader.html")
