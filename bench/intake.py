"""A year's worth of work in one go: ten thousand delegations from a workbook, every check, trail and posting included."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import translation

from bench.ground import TODAY
from bench.measure import measured, once
from bonphuong.accounts.models import User
from bonphuong.accounts.services import load_demo_offices, load_demo_people
from bonphuong.intake.services import dry_run, post_batch, stage_file
from bonphuong.kernel import clock
from bonphuong.kernel.sheets import Column, SheetSpec, write_workbook
from bonphuong.parties.services import load_parties
from bonphuong.procedures.services import load_procedures
from bonphuong.records.registry import get_family
from bonphuong.reference.services import load_reference

if TYPE_CHECKING:
    from bench.ground import Ground

IMPORTED = 10_000
HEADINGS = (
    "TT", "Tên đoàn, mục đích", "Trưởng đoàn, chức vụ", "Số người", "Nước, địa phương đến", "Thời gian", "Cơ quan mời",
    "Nguồn kinh phí", "Số quyết định", "Trong/ngoài kế hoạch", "Kết quả", "Báo cáo (ngày)", "Cơ quan chủ trì",
)  # fmt: skip
PLACES = ("Lào", "Trung Quốc", "Hàn Quốc", "Nhật Bản", "Thái Lan", "Lào (Phongsaly)", "Vân Nam, Trung Quốc")
FUNDS = ("ngân sách tỉnh", "phía bạn", "tự túc")
OFFICES = ("Sở Ngoại vụ", "Sở Y tế", "Sở Công Thương")
FIRST_DAY = dt.date(2016, 1, 1)


def rows(seed: int) -> list[list[str]]:
    """Made-up outbound delegations in the columns of the annex, the same for the same seed."""
    source = random.Random(seed)
    found = []
    for number in range(1, IMPORTED + 1):
        first = FIRST_DAY + dt.timedelta(days=source.randrange(3500))
        last = first + dt.timedelta(days=source.randrange(1, 7))
        decided, reported = first - dt.timedelta(days=9), last + dt.timedelta(days=10)
        found.append(
            [
                str(number),
                f"Đoàn công tác minh họa số {number} học tập kinh nghiệm",
                f"Ông Lò Minh Họa {number}, Phó Giám đốc Sở",
                f"{source.randrange(2, 20)} người",
                source.choice(PLACES),
                f"{first:%d/%m/%Y} - {last:%d/%m/%Y}",
                "Sở Ngoại vụ tỉnh bạn",
                source.choice(FUNDS),
                f"{number}/QĐ-UBND ngày {decided:%d/%m/%Y}",
                "trong kế hoạch",
                "Đạt mục đích",
                f"{reported:%d/%m/%Y}",
                source.choice(OFFICES),
            ]
        )
    return found


@measured(
    work="import 10,000 delegations from Excel", reference="csv to executemany of the same columns, the floor"
)
def load(ground: Ground) -> tuple[float, float, str]:
    """Ours: read, find the table, match headings, judge, look for doubles, enter, trail, post. The floor: rows alone."""
    _prepare()
    content = rows(ground.seed)
    spec = SheetSpec(
        "Đoàn ra", [Column(heading) for heading in HEADINGS], content, title=["DANH SÁCH ĐOÀN RA"]
    )
    workbook = write_workbook([spec], created=clock.now())
    actor = User.objects.get(username="canbo")
    with translation.override("vi"), clock.fixed(TODAY):
        batch = None

        def stage() -> None:
            nonlocal batch
            batch = stage_file(workbook, name="doan-ra.xlsx", office_code="lai-chau", actor=actor)

        took = [once(stage)]
        if batch is None:
            raise RuntimeError("nothing was staged")
        staged = batch
        took.append(once(lambda: dry_run(staged)))
        took.append(once(lambda: post_batch(staged, actor=actor, reason="bench")))
    if staged.posted != IMPORTED:
        raise RuntimeError(f"{staged.posted} of {IMPORTED} entered")
    staging, checking, entering = took
    # Entering judges every row once more: the dry run is what a person looks at in between.
    total = staging + entering
    note = f"{IMPORTED / total:,.0f} a second: read {staging:.1f} s, enter {entering:.1f} s; dry run {checking:.1f} s"
    return total, once(lambda: _floor(content)), note


def _prepare() -> None:
    load_reference()
    load_demo_offices()
    load_demo_people(password="khong-ai-dang-nhap")  # noqa: S106 - nobody logs in
    load_parties()
    load_procedures()
    # A server has loaded what enters records long before the first sheet comes.
    get_family("delegations").get_create_many()


def _floor(content: list[list[str]]) -> None:
    """The same cells from CSV into a bare table."""
    text = io.StringIO()
    csv.writer(text).writerows(content)
    text.seek(0)
    columns = ", ".join(f"c{number} text" for number in range(len(HEADINGS)))
    marks = ", ".join(["%s"] * len(HEADINGS))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_sheet")
        cursor.execute(f"CREATE TABLE bench_sheet ({columns})")
        cursor.executemany(f"INSERT INTO bench_sheet VALUES ({marks})", list(csv.reader(text)))
