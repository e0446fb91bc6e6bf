"""The demonstration, loaded once by the command itself into a directory of its own, and looked at from outside."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest
from django.db import connection, transaction

from bonphuong.config.demonstration import articles, fresh, load, stage
from bonphuong.config.demonstration.entries import read_register
from bonphuong.config.demonstration.names import members
from bonphuong.kernel import clock
from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.measures import MEASURES
from bonphuong.reader.models import ReadDocument
from bonphuong.records.models import Record
from tests.factories.accounts import UserFactory
from tests.loaded import environment, run

PROVINCE = "lai-chau"
TODAY = dt.date(2026, 11, 21)
FICTION = ("Mẫu", "Thử", "Ví Dụ", "Minh Họa", "Giả Định", "Thị Lệ", "Dạng Lệ", "Tua-yang", "Example")
# What a year's figures come to by the tables alone: no facts, no ledger.
RECOUNT = """
    SELECT {what} FROM delegations_delegation d JOIN records_record r ON r.uid = d.record_id
    WHERE r.book = 'lai-chau' AND r.duplicate_of_id IS NULL AND NOT d.is_void AND d.cancelled_on IS NULL
      AND d.kind = '{kind}' AND d.started_on BETWEEN '{year}-01-01' AND '{year}-12-31'
"""
PEOPLE = "COALESCE(SUM(COALESCE(d.actual_heads, d.approved_heads)), 0)"
COUNTED = {
    "outbound.groups": ("outbound", "COUNT(*)"),
    "outbound.person_visits": ("outbound", PEOPLE),
    "outbound.individuals": ("individual", PEOPLE),
    "outbound.personal_trips": ("personal", PEOPLE),
    "inbound.groups": ("inbound", "COUNT(*)"),
    "inbound.person_visits": ("inbound", PEOPLE),
    "sessions.held": ("session", "COUNT(*)"),
}


# What sections of the reports come to by the families' own tables on a day: neither facts nor the ledger.
_ROWS = "JOIN records_record r ON r.uid = x.record_id WHERE r.book = 'lai-chau' AND r.duplicate_of_id IS NULL AND NOT x.is_void"
_OWN_USD = """
    SELECT COALESCE(SUM(s.usd), 0) / 100 FROM aid_sum s JOIN aid_aid x ON x.record_id = s.row_id {rows}
      AND x.kind = 'item' AND s.share = 'own' AND x.approved_on <= '{day}'
"""
SECTIONS = {
    "agreements.force@period": """
        SELECT COUNT(*) FROM agreements_agreement x {rows}
          AND COALESCE(NULLIF(x.classified_as, ''), x.kind) = 'agreement' AND NOT x.is_amendment
          AND x.cancelled_on IS NULL AND x.effective_on <= '{day}' AND (x.ended_on IS NULL OR x.ended_on > '{day}')
          AND (x.lapsed_on IS NULL OR x.lapsed_on > '{day}' OR x.renewed_on BETWEEN x.lapsed_on AND '{day}')
    """,
    "students@period": """
        SELECT COUNT(*) FROM scholarships_scholarship x {rows}
          AND x.kind = 'student' AND x.entered_on <= '{day}'
          AND (x.graduated_on IS NULL OR x.graduated_on > '{day}')
          AND (x.withdrawn_on IS NULL OR x.withdrawn_on > '{day}')
          AND (x.suspended_on IS NULL OR x.suspended_on > '{day}' OR x.resumed_on <= '{day}')
    """,
    "twinning@period": """
        SELECT COUNT(*) FROM twinning_pair x {rows}
          AND COALESCE(x.signed_on, x.active_on) <= '{day}' AND (x.ended_on IS NULL OR x.ended_on > '{day}')
    """,
    "aid.committed@to_date": _OWN_USD + " AND s.series = 'year_slice' AND s.year = {day:.4}",
    "aid.disbursed@to_date": _OWN_USD
    + " AND s.series = 'disbursed' AND s.on_date BETWEEN '{since}' AND '{day}'",
}


def ask(demo, query: str) -> list[tuple]:
    path = demo[0] / "bonphuong.sqlite3"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return database.execute(query).fetchall()


def test_it_ends_well_and_says_what_is_where(demo):
    status, out, err = demo[1]
    assert (status, err) == (0, "")
    assert all(name in out for name in ("canbo", "truongphong", "lanhdao", "kiemtra", load.PASSWORD))
    assert "kiểm tra thấy 0 chỗ sai" in out


def _shape(cursor):
    """Table → its columns, what must be unique, its indexes; and all triggers: in an order of their own."""
    names = "SELECT name FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite%'"
    shape = {"triggers": sorted(cursor.execute(names, ["trigger"]).fetchall())}
    for (table,) in cursor.execute(names, ["table"]).fetchall():
        columns = cursor.execute('SELECT name, type, "notnull", pk FROM pragma_table_xinfo(?)', [table])
        shape[table] = [sorted(columns.fetchall()), []]
        indexes = cursor.execute('SELECT name, "unique", partial FROM pragma_index_list(?)', [table])
        for index, *kind in indexes.fetchall():
            over = cursor.execute("SELECT name FROM pragma_index_info(?)", [index]).fetchall()
            shape[table][1].append((over, *kind))
        shape[table][1].sort()
    return shape


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the demonstration lies in SQLite")
@pytest.mark.django_db
def test_migrations_come_to_the_tables_that_the_tests_stand_on(demo):
    with closing(sqlite3.connect(f"file:{demo[0] / 'bonphuong.sqlite3'}?mode=ro", uri=True)) as database:
        migrated = _shape(database.cursor())
    connection.ensure_connection()
    assert _shape(connection.connection.cursor()) == migrated


def test_its_files_are_written(demo):
    output = demo[0] / "demo-output"
    suffixes = sorted(path.suffix for path in output.iterdir())
    assert [suffixes.count(suffix) for suffix in (".docx", ".xlsx", ".html", ".pdf")] == [3, 2, 2, 3]
    for path in output.glob("*.json"):
        assert json.loads(path.read_text(encoding="utf-8"))
    found = json.loads((output / "reconciled-report-2025-06.json").read_text(encoding="utf-8"))
    figures = [one for one in found if one["kind"] == "figure"]
    assert [(one["subject"], one["outcome"], one["differs_by"]) for one in figures] == [
        ("outbound.groups", "matches", "0"),
        ("inbound.groups", "differs", "-1"),
    ]


def test_check_finds_nothing_wrong(demo):
    answer = run(demo[0], "check", "--json")
    assert answer.returncode == 0
    assert json.loads(answer.stdout)["problems"] == []


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_figures_of_a_year_equal_a_recount_of_the_records(demo, year):
    for code, (kind, what) in COUNTED.items():
        recount = ask(demo, RECOUNT.format(what=what, kind=kind, year=year))[0][0]
        posted = ask(
            demo,
            f"SELECT COALESCE(SUM(value), 0) FROM ledger_fact WHERE book = 'lai-chau' AND measure = '{code}' "
            f"AND on_day BETWEEN '{year}-01-01' AND '{year}-12-31'",
        )[0][0]
        assert (code, posted) == (code, recount)
        assert recount > 0


def test_sections_of_a_report_equal_a_recount_of_the_families_tables(demo):
    path = max((demo[0] / "demo-output").glob("monthly-*.json"))
    content = json.loads(path.read_text(encoding="utf-8"))
    told = {entry["key"]: entry["value"] for entry in content["figures"]}
    span = content["spans"]["to_date"]
    for key, query in SECTIONS.items():
        recount = ask(demo, query.format(rows=_ROWS, day=span["until"], since=span["since"]))[0][0]
        assert (key, told[key]) == (key, str(recount))
        assert recount > 0


def test_facts_carry_only_the_dimensions_that_their_measure_names(demo):
    names = ("country", "partner", "unit", "field", "channel", "slot1", "slot2", "slot3")
    most = ", ".join(f"MAX({name})" for name in names)
    for code, *codes in ask(demo, f"SELECT measure, {most} FROM ledger_fact GROUP BY measure"):
        carried = {name for name, value in zip(names, codes, strict=True) if value}
        assert carried <= set(MEASURES[code].dimensions.values()), code


def test_no_two_reports_bear_one_number(demo):
    rows = ask(demo, "SELECT paper_number FROM reports_edition WHERE paper_number <> ''")
    assert len(rows) == len(set(rows)) > 30


def test_a_figure_is_asked_from_outside_now_and_as_it_stood(demo):
    asked = ("figure", "inbound.groups", "--office", PROVINCE, "--period", "2025-06", "--json")
    now = json.loads(run(demo[0], *asked).stdout)
    before = json.loads(run(demo[0], *asked, "--as-of", "2025-07-01").stdout)
    # One delegation had been entered by two offices; merging them took one away.
    assert (before["value"], now["value"], now["covered"]) == ("6", "5", True)


def test_again_it_finds_itself_and_writes_the_same_bytes(demo):
    output = demo[0] / "demo-output"
    before = {path.name: path.read_bytes() for path in output.iterdir()}
    counted = ask(demo, "SELECT (SELECT COUNT(*) FROM records_record), (SELECT COUNT(*) FROM ledger_posting)")
    again = run(demo[0], "demo", "--no-serve")
    assert again.returncode == 0
    assert "Đã có dữ liệu minh họa" in again.stdout
    assert (
        ask(demo, "SELECT (SELECT COUNT(*) FROM records_record), (SELECT COUNT(*) FROM ledger_posting)")
        == counted
    )
    assert {path.name: path.read_bytes() for path in output.iterdir()} == before


def test_what_waits_for_somebody_is_there(demo):
    states = {state for (state,) in ask(demo, "SELECT DISTINCT state FROM records_record")}
    assert states >= {
        *(
            "draft",
            "unit_submitted",
            "dofa_appraising",
            "awaiting_decision",
            "returned_for_revision",
            "consulting",
        ),
        *(
            "documents_ready",
            "programme_final",
            "departed",
            "received",
            "report_due",
            "cancelled",
            "closed",
            "planned",
        ),
    }
    overdue = ask(
        demo,
        "SELECT COUNT(*) FROM records_record WHERE state = 'report_due' AND due_on < date('now', '-1 day')",
    )
    assert overdue[0][0] >= 1


def test_late_merged_and_corrected_entries_are_told_apart(demo):
    reasons = {reason for (reason,) in ask(demo, "SELECT reason FROM ledger_lateentry")}
    assert any("sau khi kỳ tháng 5 đã chốt" in reason for reason in reasons)
    assert ask(demo, "SELECT COUNT(*) FROM records_record WHERE duplicate_of_id IS NOT NULL") == [(1,)]
    verbs = {verb for (verb,) in ask(demo, "SELECT DISTINCT verb FROM trail_action")}
    acts = {
        "register",
        "enter",
        "submit",
        "approve",
        "depart",
        "receive_report",
        "cancel",
        "correct",
        "merge",
    }
    assert verbs >= {f"delegations.delegation.{act}" for act in acts}


def test_editions_are_signed_and_the_next_year_trues_the_estimate_up(demo):
    rows = ask(
        demo,
        "SELECT e.code, e.period_code, c.content FROM reports_edition e JOIN reports_editioncontent c "
        "ON c.edition_id = e.uid WHERE e.status = 'signed' AND e.code = 'annual' AND e.office_code = 'lai-chau' ORDER BY e.period_code",
    )
    assert [(code, period) for code, period, _content in rows] == [("annual", "2024"), ("annual", "2025")]
    told = {entry["key"]: entry["text"] for entry in json.loads(rows[1][2])["figures"]}
    assert told["out.groups@period"] == "ước 16 đoàn"
    assert told["out.groups@same:period:estimate"] == "ước 12 đoàn"
    assert told["out.groups@same:period"] == "11 đoàn"


def test_a_signed_report_tells_how_much_of_the_plan_was_reached(demo):
    (content,) = ask(
        demo,
        "SELECT c.content FROM reports_edition e JOIN reports_editioncontent c ON c.edition_id = e.uid "
        "WHERE e.code = 'annual' AND e.office_code = 'lai-chau' AND e.period_code = '2025'",
    )[0]
    told = {entry["key"]: entry["text"] for entry in json.loads(content)["figures"]}
    assert told["out.groups@period:target"] == "16 đoàn"
    assert told["in.groups@period:of_target"] == "83,3%"
    assert told["aid.committed@period:of_target"] == "107,1%"
    asked = (
        "figure",
        "outbound.plan_share",
        "--office",
        PROVINCE,
        "--period",
        "2025",
        "--cutoff",
        "statutory",
    )
    assert json.loads(run(demo[0], *asked, "--json").stdout)["value"] == "93.8"


def test_a_report_is_under_review_and_signed_ones_were_sent(demo):
    asked = "SELECT COUNT(*) FROM reports_review WHERE state = 'asked'"
    settled = "SELECT COUNT(*) FROM reports_reviewcomment WHERE settled_at IS"
    assert ask(demo, asked) == [(2,)]
    assert (ask(demo, f"{settled} NULL"), ask(demo, f"{settled} NOT NULL")) == ([(1,)], [(1,)])
    assert ask(demo, "SELECT COUNT(*) FROM reports_commentreply") == [(2,)]
    roads = {road for (road,) in ask(demo, "SELECT DISTINCT road FROM reports_sending WHERE undone_why = ''")}
    assert roads == {"documents", "hand", "mail", "package"}
    unsent = ask(
        demo,
        "SELECT e.code FROM reports_edition e WHERE e.status = 'signed' AND e.office_code = 'lai-chau' "
        "AND NOT EXISTS (SELECT 1 FROM reports_sending s WHERE s.edition_id = e.uid)",
    )
    assert unsent == []
    assert ask(demo, "SELECT to_office FROM exchange_sentpackage") == [("vufo",)]


def test_nothing_was_posted_in_the_future_and_all_in_order(demo):
    moments = [
        row[0]
        for row in ask(demo, "SELECT posted_at FROM ledger_posting WHERE book = 'lai-chau' ORDER BY seq")
    ]
    assert moments == sorted(set(moments))
    assert moments[0] // 1_000_000 < dt.datetime(2024, 2, 1, tzinfo=dt.UTC).timestamp()
    assert moments[-1] // 1_000_000 < time.time()


# --- from inside, on whatever database the tests run on ---------------------------------------------


@pytest.mark.any_database
@pytest.mark.django_db
def test_on_an_early_day_it_holds_what_had_happened_by_then(shipped, monkeypatch, tmp_path):
    monkeypatch.setattr(articles, "REAL", tmp_path / "nowhere")
    with clock.fixed(stage.moment(dt.date(2024, 5, 30), 12)):
        load.load()
        assert check_ledger() == []
        assert not Record.objects.filter(counts_on__gt=dt.date(2024, 5, 30)).exists()
        titles = list(ReadDocument.objects.values_list("title", "is_demo"))
    assert (len(titles), all(title and is_demo for title, is_demo in titles)) == (2, True)


@pytest.mark.django_db
def test_it_is_never_loaded_beside_real_data(shipped):
    UserFactory(username="thu.that")
    with pytest.raises(load.NotForRealData):
        load.load()
    with pytest.raises(fresh.NotForRealData), transaction.atomic():
        fresh.remove_everything()


def test_fresh_takes_the_demonstration_away_and_keeps_the_keys(demo, tmp_path):
    for name in ("keys", "files"):
        shutil.copytree(demo[0] / name, tmp_path / name)
    shutil.copy(demo[0] / "bonphuong.sqlite3", tmp_path)
    code = "import django; django.setup(); from bonphuong.config.demonstration.fresh import remove_everything as go; go()"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(tmp_path), capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["keys"]


def test_the_real_articles_are_read_where_they_are_at_hand(tmp_path, monkeypatch):
    assert [path.suffix for path in articles.own_articles()] == [".txt", ".txt"]
    monkeypatch.setattr(articles, "REAL", tmp_path)
    assert articles.articles() == articles.own_articles()
    (tmp_path / "2020.txt").write_text("một", encoding="utf-8")
    assert articles.articles() == [tmp_path / "2020.txt"]


def test_registers_are_dated_and_members_always_the_same():
    entries = read_register(load.REGISTER)
    assert len({entry.key for entry in entries}) == len(entries)
    assert all(entry.starts <= entry.ends for entry in entries)
    relative = read_register(load.CURRENT, TODAY)
    assert min(entry.starts for entry in relative) > TODAY - dt.timedelta(days=40)
    one = members("key", 9, country="CN", head=("Trương Thị Lệ", "Huyện trưởng"), unit="Kim Bình", withdrew=1)
    assert one == members(
        "key", 9, country="CN", head=("Trương Thị Lệ", "Huyện trưởng"), unit="Kim Bình", withdrew=1
    )
    assert (len(one), sum(member.withdrew for member in one), one[0].role) == (9, 1, "head")
