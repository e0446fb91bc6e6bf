"""One installation in a process of its own: does what it is told line by line, and answers each line in JSON.

A line is a list: arguments of `bonphuong`, or the name of something below with its arguments.
"""

import contextlib
import datetime as dt
import io
import json
import sys

import django

django.setup()

from django.db import connection  # noqa: E402
from django.utils import translation  # noqa: E402

from bonphuong.accounts.models import Office, User  # noqa: E402
from bonphuong.config import cli  # noqa: E402
from bonphuong.families.delegations.services import create_many  # noqa: E402
from bonphuong.ledger.models import BookHead  # noqa: E402
from bonphuong.reports.services import build_draft, sign_edition  # noqa: E402
from bonphuong.reports.writing import content_of  # noqa: E402
from tests.factories.delegations import finished  # noqa: E402


def seed(office: str, username: str, months: list[int]) -> None:
    """A trip of five people in each of these months of 2025."""
    drafts = [finished(dt.date(2025, month, 3), 5, lead_office_code=office) for month in months]
    create_many(
        drafts, office_code=office, actor=User.objects.get(username=username), late_reason="nhập sổ giấy"
    )


def sign(office: str, drafter: str, signer: str, reason: str = "") -> None:
    """The year's report."""
    draft = build_draft(
        actor=User.objects.get(username=drafter), office=office, code="annual", period="2025", reason=reason
    )
    sign_edition(actor=User.objects.get(username=signer), edition=draft, reason="đã rà soát")


def told(office: str) -> dict[str, object]:
    """What the national report says now: groups, their parts by province, who has reported."""
    content = content_of(office, "annual", "2025")
    figure = next(one for one in content["figures"] if one["key"] == "out.groups@period")
    records = {record["n"]: record["office"] for record in content["records"]}
    runs = content["sections"][0]["blocks"][0]["runs"]
    return {
        "groups": figure["value"],
        "parts": {records[n]: value for n, value in figure["rows"]},
        "reported": "".join(runs),
    }


def facts() -> dict[str, int]:
    """Groups of the statutory year by book, counted by plain SQL over the facts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT book, SUM(value) FROM ledger_fact WHERE measure = 'outbound.groups' "
            "AND on_day BETWEEN '2024-12-15' AND '2025-12-14' GROUP BY book"
        )
        return {book: int(total) for book, total in cursor.fetchall()}


def stand() -> list[str]:
    """The books that live here."""
    return [*BookHead.objects.values_list("pk", flat=True), str(Office.objects.count())]


DEEDS = {"seed": seed, "sign": sign, "told": told, "facts": facts, "stand": stand}


def answer(words: list[object]) -> dict[str, object]:
    """Do one line."""
    name, *rest = words
    if name in DEEDS:
        return {"status": 0, "told": DEEDS[str(name)](*rest)}
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = cli.main([str(word) for word in words])
    return {"status": status, "told": out.getvalue(), "error": err.getvalue()}


with translation.override("vi"):
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line)), ensure_ascii=False) + "\n")
        sys.stdout.flush()
