"""A process of its own that enters a sheet, to be killed in the middle: `python -m tests.intake.crashing STEP`."""

from __future__ import annotations

import datetime as dt
import importlib
import json
import os
import sys

import django

ROWS, CHUNK = 150, 10
TODAY = dt.date(2026, 1, 10)


def main(step: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bonphuong.config.settings"
    django.setup()
    clock = importlib.import_module("bonphuong.kernel.clock")
    with clock.fixed(TODAY):
        {"prepare": prepare, "post": post, "resume": resume}[step]()


def prepare() -> None:
    """A database with the province and one sheet waiting."""
    importlib.import_module("tests.tables").make_tables()
    importlib.import_module("tests.families.conftest").load_province()
    books = importlib.import_module("tests.intake.books")
    head = ["TT", "Tên đoàn", "Trưởng đoàn", "Số người", "Nước đến", "Từ ngày", "Đến ngày", "Cơ quan mời"]
    content = books.book({"Đoàn ra 2025": [head, *(books.outbound(n)[:8] for n in range(1, ROWS + 1))]})
    services().stage_file(content, name="doan-ra.xlsx", office_code="lai-chau", actor=officer())


def post() -> None:
    """Enter it, saying before each piece how many rows are in."""

    def tell(done: int, _all: int) -> None:
        sys.stdout.write(f"{done}\n")
        sys.stdout.flush()

    services().post_batch(batch(), actor=officer(), reason="Nhập sổ", progress=tell, chunk=CHUNK)


def resume() -> None:
    """Check what the crash left, go on with it, and say what there is."""
    records = importlib.import_module("bonphuong.records.models").Record.objects
    checks = importlib.import_module("bonphuong.ledger.checks")
    left, problems = records.count(), checks.check_ledger()
    found = batch()
    if found.status != "posted":
        services().post_batch(found, actor=officer(), reason="Nhập sổ", chunk=CHUNK)
    found.refresh_from_db()
    answer = {
        "whole_pieces": left % CHUNK == 0,
        "problems": len(problems) + len(checks.check_ledger()),
        "status": found.status,
        "posted": found.posted,
        "records": records.count(),
    }
    sys.stdout.write(json.dumps(answer))


def services():
    return importlib.import_module("bonphuong.intake.services")


def officer():
    return importlib.import_module("bonphuong.accounts.models").User.objects.get(username="canbo")


def batch():
    return importlib.import_module("bonphuong.intake.models").Batch.objects.get()


if __name__ == "__main__":
    main(sys.argv[1])
