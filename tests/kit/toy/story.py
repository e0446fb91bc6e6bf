"""What is done with the toy family, in a process of its own: printed as one JSON object."""

import datetime as dt
import json

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import translation  # noqa: E402

from bonphuong.accounts.models import User  # noqa: E402
from bonphuong.accounts.services import load_demo_offices, load_demo_people  # noqa: E402
from bonphuong.kernel.errors import BadInput  # noqa: E402
from bonphuong.kit import services  # noqa: E402
from bonphuong.kit.drafts import LineDraft  # noqa: E402
from bonphuong.kit.queries import draft_of, row_of  # noqa: E402
from bonphuong.ledger.queries import Where, sum_facts  # noqa: E402
from bonphuong.procedures.services import load_procedures  # noqa: E402
from bonphuong.records.checks import check_replay  # noqa: E402
from bonphuong.records.models import Record  # noqa: E402
from bonphuong.records.registry import get_family  # noqa: E402
from bonphuong.reference.services import load_reference  # noqa: E402
from tests.tables import make_tables  # noqa: E402

translation.activate("vi")
call_command("makemigrations", "bridges", verbosity=0)
make_tables()
load_reference()
load_procedures()
load_demo_offices()
load_demo_people(password="minhhoa-2026")
officer = User.objects.get(username="canbo")
family = get_family("bridges")
told = {"columns": [column.code for column in family.columns_of("bridge")]}


def gate(*rows):
    return family.get_clean_many()(rows, kind="bridge", office_code="lc-dofa", actor=officer)


def standing(day):
    return sum_facts([Where((("lai-chau", None),), "bridges.standing", day)])[0].value


bad = gate(
    {"title": "Cầu không", "metres": "13", "country": "Atlantis", "opened_on": "1/1/2099"}, {"title": "Thiếu"}
)
told["errors"] = sorted((error.column, error.message) for one in bad for error in one.errors)
[good] = gate(
    {
        "title": "Cầu Ví Dụ",
        "shape": "vòm",
        "country": "Lào",
        "metres": "1.200",
        "planned_on": "5/3/2024",
        "secret": "kín",
        "costs": [{"what": "thép", "amount": "1,5 triệu", "currency": "USD"}],
    }
)
told["cost"] = good.draft.lines["costs"][0].values["amount"]
record = family.get_create_many()(
    [good.draft], kind="bridge", office_code="lc-dofa", actor=officer, reason=""
)[0]
told["number"] = record.number
try:
    services.take_step(record, "open", on=dt.date(2024, 5, 1), expected_version=1, actor=officer)
except Exception as error:  # noqa: BLE001
    told["refused"] = type(error).__name__
record.refresh_from_db()
services.take_step(
    record,
    "open",
    on=dt.date(2024, 5, 1),
    expected_version=record.version,
    actor=officer,
    paper_numbers={"decision": "1/QĐ-UBND"},
)
told["state"], told["counts_on"] = record.state, str(record.counts_on)
told["standing"] = [standing(dt.date(2024, 4, 30)), standing(dt.date(2024, 5, 1))]
[again] = gate(
    {"record_uid": record.pk, "record_version": record.version, "metres": "1.300", "title": "Cầu Ví Dụ"}
)
told["changed"] = again.changed
family.get_update_many()([again.draft], kind="bridge", office_code="lc-dofa", actor=officer, reason="đo lại")
record.refresh_from_db()
told["metres"] = row_of(record).metres
[stale] = gate({"record_uid": record.pk, "record_version": 1, "metres": "1.400"})
told["stale"] = len(stale.errors)
services.save_lines(
    record,
    "costs",
    [*draft_of(row_of(record)).lines["costs"], LineDraft({"what": "đá", "amount": 5, "currency": "VND"})],
    expected_version=record.version,
    actor=officer,
)
told["lines"] = [(line.what, line.amount) for line in row_of(record).costs.all()]
told["refused_year"] = [
    error.message for error in gate({"title": "Cầu", "metres": "1", "year": "26"})[0].errors
]


def shown():
    row = row_of(record)
    return {column.code: column.value(row) for column in family.columns_of("bridge")}


def corrected(**cells):
    [one] = gate({"record_uid": record.pk, "record_version": record.version, **cells})
    if one.changed:
        family.get_update_many()(
            [one.draft], kind="bridge", office_code="lc-dofa", actor=officer, reason="sửa"
        )
        record.refresh_from_db()
    row = row_of(record)
    return [list(one.changed), row.worth, row.currency]


told["sums"] = [
    corrected(year="2.026", worth="1.234,5", currency="USD"),
    [str(shown()[name]) for name in ("year", "worth", "currency")],
    corrected(**{name: shown()[name] for name in ("year", "worth", "currency")}),
    # The sum alone is still of the stored currency; the currency alone leaves as many whole units.
    corrected(worth="20"),
    corrected(currency="VND"),
]
double = services.create(good.draft, family="bridges", office_code="lc-dofa", actor=officer)
[probe] = [family.get_probe()(good.draft, "lai-chau")]
told["probe"] = probe.head_fold
services.merge(record, double, expected_version=double.version, actor=officer, reason="trùng")
double.refresh_from_db()
services.unmerge(double, expected_version=double.version, actor=officer, reason="không trùng")
services.void(double, expected_version=double.version, actor=officer, reason="nhầm")
told["revealed"] = services.reveal(
    record, row_of(record), "secret", actor=User.objects.get(username="truongphong"), reason="thử"
)
record.refresh_from_db()
services.take_step(
    record, "take_down", on=dt.date(2025, 5, 1), expected_version=record.version, actor=officer
)
told["gone"] = [standing(dt.date(2025, 4, 30)), standing(dt.date(2025, 5, 1))]
many = [services.create(good.draft, family="bridges", office_code="lc-dofa", actor=officer) for _ in range(3)]
services.undo_many([one.pk for one in many], family="bridges", actor=officer, reason="rút")
kept, copy = many_again = [
    services.create(good.draft, family="bridges", office_code="lc-dofa", actor=officer) for _ in range(2)
]
services.merge(kept, copy, expected_version=copy.version, actor=officer, reason="trùng")
try:
    services.undo_many([kept.pk], family="bridges", actor=officer, reason="rút")
except BadInput as error:
    told["undo_refused"] = [kept.number, copy.number, error.errors[""][0]]
services.undo_many([one.pk for one in many_again], family="bridges", actor=officer, reason="rút")
told["left"] = Record.objects.filter(family="bridges").count()
told["problems"] = [str(problem) for problem in check_replay()]
print(json.dumps(told, ensure_ascii=False, default=str))  # noqa: T201 - read by the test
