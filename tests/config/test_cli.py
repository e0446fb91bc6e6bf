from __future__ import annotations

import datetime as dt
import io
import json
import os
import subprocess
import sys
import uuid

import pytest
from django.db import DatabaseError, OperationalError, connection

from bonphuong import __version__
from bonphuong.accounts.models import Assignment, User
from bonphuong.accounts.queries import focal_agency
from bonphuong.config import cli, serving
from bonphuong.config.loading import guards_missing, pending_migrations
from bonphuong.config.operators import COMMAND_LINE, operator
from bonphuong.kernel import clock
from bonphuong.kernel.sheets import read_table
from bonphuong.ledger.facts import Standing
from bonphuong.ledger.models import Fact
from bonphuong.records.models import Record
from bonphuong.reports.services import load_report_definitions
from bonphuong.trail.install import expected
from bonphuong.trail.models import Action
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.ledger import draft, post, post_many

BOOK = "lai-chau"


@pytest.fixture
def province(shipped):
    root = OfficeFactory(code=BOOK)
    OfficeFactory(code="lc-dofa", belongs_to=root)
    return root


# --- the command itself ---------------------------------------------------------------------------


def test_without_a_command_it_says_what_there_is_and_that_it_was_misused(bonphuong):
    answer = bonphuong()
    assert answer.status == 2
    assert all(f"\n{name} " in answer.out for name in cli.COMMANDS)
    assert bonphuong("--help").status == 0


def test_version(bonphuong):
    assert bonphuong("--version").out.strip() == __version__


def test_every_command_explains_itself_in_vietnamese(bonphuong):
    for name in cli.COMMANDS:
        answer = bonphuong(name, "--help")
        assert (answer.status, answer.err) == (0, "")
        assert answer.out.startswith(f"Cách dùng: bonphuong {name}")


def test_an_unknown_command_is_bad_usage(bonphuong):
    answer = bonphuong("figures")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err == "bonphuong: Không có lệnh “figures”. Xem bonphuong --help.\n"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("report", "period", "words"),
    [
        ("weekly", "2025", "Không có báo cáo “weekly”. Chọn một trong: monthly, quarterly,"),
        ("term", "2025-2021", "2021-2025"),
        (
            "term",
            "2024",
            "“Báo cáo giai đoạn, nhiệm kỳ” không lập cho “năm 2024” mà lập cho: nhiều năm (2021-2025).",
        ),
        ("ad_hoc", "2025-06", "từ một ngày đến một ngày"),
        ("monthly", "2999-01", "chưa bắt đầu"),
    ],
)
def test_a_report_that_cannot_be_written_is_refused_in_one_line(bonphuong, report, period, words):
    OfficeFactory(code=BOOK)
    load_report_definitions()
    answer = bonphuong("report", report, "--office", BOOK, "--period", period, "--out", "x")
    assert (answer.status, answer.out) == (2, "")
    assert words in answer.err
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("figure",), "Thiếu: CHỈ_TIÊU, --office, --period."),
        (("figure", "outbound.groups", "--office"), "--office cần có giá trị."),
        (("serve", "--port", "many"), "--port không thể là 'many'."),
        (("serve", "--port", "70000"), "--port: một số từ 1 đến 65535, không phải 70000."),
        (("check", "--jason"), "Không hiểu: --jason."),
        (("report", "aid", "--office", BOOK, "--period", "2024", "--out", "x", "--language", "lo"), "'lo'"),
        (("user", "role", "an", "--office", BOOK, "--role", "king"), "--role không thể là 'king'."),
    ],
)
def test_bad_usage_is_one_line_and_two(bonphuong, argv, words):
    answer = bonphuong(*argv)
    assert (answer.status, answer.out) == (2, "")
    assert words in answer.err
    assert answer.err.count("\n") == 1


def test_a_failing_command_of_django_is_wrong(bonphuong, monkeypatch):
    def refuse(_argv):
        raise SystemExit("no")

    monkeypatch.setattr(cli, "execute_from_command_line", refuse)
    assert bonphuong("showmigrations").status == 1


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OperationalError("no such table: ledger_fact"), "Chạy: bonphuong migrate"),
        (OperationalError("database is locked"), "Đang có người khác ghi"),
        (DatabaseError("disk I/O error\nmore"), "Không dùng được cơ sở dữ liệu: disk I/O error"),
        (PermissionError(13, "Permission denied", "x.docx"), "x.docx: Permission denied"),
    ],
)
def test_what_goes_wrong_around_it_is_one_line(bonphuong, monkeypatch, error, words):
    def fail(_argv):
        raise error

    monkeypatch.setattr(cli, "_dispatch", fail)
    answer = bonphuong("check")
    assert answer.status == 1
    assert words in answer.err
    assert answer.err.count("\n") == 1


def test_stopped_by_hand(bonphuong, monkeypatch):
    def stop(_argv):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_dispatch", stop)
    assert bonphuong("serve").status == 130


def test_as_a_program_of_its_own(tmp_path):
    """A data directory with nothing in it, an English reader, a value that cannot be understood."""
    run = [sys.executable, "-m", "bonphuong"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BONPHUONG_")}
    clean |= {
        "BONPHUONG_DATA": str(tmp_path),
        "BONPHUONG_LANG": "en",
        "DJANGO_SETTINGS_MODULE": "bonphuong.config.settings",
    }
    empty = subprocess.run([*run, "check", "--json"], env=clean, capture_output=True, text=True, check=False)
    assert empty.returncode == 1
    assert json.loads(empty.stdout)["problems"][0]["code"] == "migration_pending"
    figure = [*run, "figure", "outbound.groups", "--office", BOOK, "--period", "2025", "--json"]
    asked = subprocess.run(figure, env=clean, capture_output=True, text=True, check=False)
    assert (asked.returncode, asked.stdout) == (1, "")
    assert (
        asked.stderr == "bonphuong: The tables are not there, or of another version. Run: bonphuong migrate\n"
    )
    strange = {**clean, "BONPHUONG_LANG": "fr"}
    refused = subprocess.run([*run, "check"], env=strange, capture_output=True, text=True, check=False)
    assert (refused.returncode, refused.stderr) == (
        2,
        "bonphuong: BONPHUONG_LANG must be one of vi, en, not 'fr'\n",
    )


# --- migrate, check -------------------------------------------------------------------------------


def test_a_runtime_role_needs_postgresql(bonphuong, db):
    if connection.vendor == "postgresql":
        assert "không có vai trò" in bonphuong("migrate", "--runtime-role", "nobody-there").err
    else:
        answer = bonphuong("migrate", "--runtime-role", "web")
        assert (answer.status, "PostgreSQL" in answer.err) == (2, True)


def test_check_finds_nothing_wrong_in_a_whole_ledger(bonphuong, province):
    post(draft(on=dt.date(2025, 5, 8)))
    answer = bonphuong("check", "--json")
    assert answer.status == 0
    assert (answer.json["ok"], answer.json["facts"], answer.json["problems"]) == (True, 1, [])
    assert bonphuong("check").out.startswith("Mọi thứ đều khớp: 1 sổ, 1 bút toán, 1 dòng số liệu")


def test_check_names_what_is_wrong_and_ends_with_one(bonphuong, province):
    post_many([Standing(uuid.uuid4(), "delegations", BOOK, 1, [draft(on=dt.date(2025, 5, 8))])])
    answer = bonphuong("check", "--json")
    assert answer.status == 1
    assert [problem["code"] for problem in answer.json["problems"]] == ["orphan"]
    assert "orphan" in bonphuong("check").out


# --- figure ---------------------------------------------------------------------------------------


def test_figure_in_json_has_the_fixed_form(bonphuong, province):
    post(draft(on=dt.date(2025, 5, 8)))
    answer = bonphuong("figure", "outbound.groups", "--office", BOOK, "--period", "2025", "--json")
    assert answer.status == 0
    found = answer.json
    assert (found["indicator"], found["office"], found["period"]) == ("outbound.groups", BOOK, "2025")
    assert (found["value"], found["status"], found["since"], found["until"]) == (
        "1",
        "recorded",
        "2025-01-01",
        "2025-12-31",
    )


def test_figure_as_it_stood_and_under_the_other_cutoff(bonphuong, province):
    post(draft(on=dt.date(2024, 12, 20)))
    base = ("figure", "outbound.groups", "--office", BOOK, "--json")
    assert bonphuong(*base, "--period", "2025").json["value"] is None
    assert bonphuong(*base, "--period", "2025", "--cutoff", "statutory").json["value"] == "1"
    for moment in ("2024-12-21", "2024-12-21T10:00", "2024-12-21T10:00+07:00"):
        assert bonphuong(*base, "--period", "2024", "--as-of", moment).json["value"] is None


def test_figure_for_a_person(bonphuong, province):
    post(draft(on=dt.date(2025, 5, 8)))
    answer = bonphuong("figure", "outbound.groups", "--office", BOOK, "--period", "2025")
    assert answer.out == "Đoàn ra, lai-chau, năm 2025: 1 đoàn (đếm từ hồ sơ)\n"
    nothing = bonphuong("figure", "outbound.groups", "--office", BOOK, "--period", "2019")
    assert (nothing.status, nothing.out) == (0, "Đoàn ra, lai-chau, năm 2019: chưa nhập\n")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"figure": "outbound.grups"}, "outbound.grups"),
        ({"--office": "nowhere"}, "nowhere"),
        ({"--period": "2025-13"}, "13"),
        ({"--as-of": "yesterday"}, "yesterday"),
        ({"--as-of": "2999-01-01"}, "chưa đến"),
    ],
)
def test_figure_refuses_what_it_does_not_know(bonphuong, province, changed, words):
    asked = {"figure": "outbound.groups", "--office": BOOK, "--period": "2025", **changed}
    argv = [asked.pop("figure"), *(part for pair in asked.items() for part in pair)]
    answer = bonphuong("figure", *argv)
    assert (answer.status, answer.out, words in answer.err) == (2, "", True)


# --- read -----------------------------------------------------------------------------------------

ARTICLE = """Tỉnh Ví Dụ mở rộng quan hệ

Ngày 12/3/2025, trong năm 2024, tỉnh Lai Châu đã cử 12 đoàn ra nước ngoài công tác.
"""


def test_read_prints_an_array_of_claims_with_their_words(bonphuong, tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    answer = bonphuong("read", str(path), "--json")
    assert answer.status == 0
    claim = next(claim for claim in answer.json if claim["subject"] == "outbound.groups")
    fixed = ["subject", "value", "unit", "bound", "period_kind", "since", "until", "places", "organisations"]
    assert list(claim)[:13] == [*fixed, "text", "spans", "flags", "derived_from"]
    assert claim["value"] == "12"
    start, end = claim["spans"][0]
    assert ARTICLE[start:end] == claim["text"]


def test_read_for_a_person_and_several_files(bonphuong, tmp_path):
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "none.txt").write_text("Không có gì.", encoding="utf-8")
    names = [str(tmp_path / name) for name in ("one.txt", "two.txt", "none.txt")]
    assert {claim["file"] for claim in bonphuong("read", *names, "--json").json} == set(names[:2])
    out = bonphuong("read", *names).out
    assert out.count("outbound.groups") == 2
    assert "không nêu điều gì" in out


def test_read_refuses_what_is_no_text(bonphuong, tmp_path):
    (tmp_path / "noise.txt").write_bytes(bytes(range(256)))
    (tmp_path / "large.txt").write_bytes(b"a" * (5 * 1024 * 1024 + 1))
    for name, words in (
        ("noise.txt", "UTF-8"),
        ("large.txt", "quá lớn"),
        ("gone.txt", "Không đọc được"),
        ("", ""),
    ):
        answer = bonphuong("read", str(tmp_path / name), "--json")
        assert (answer.status, answer.out, words in answer.err) == (2, "", True)


# --- reconcile ------------------------------------------------------------------------------------

REPORT = """BÁO CÁO
Kết quả công tác đối ngoại năm 2025

Trong năm 2025, tỉnh đã cử %s đoàn ra nước ngoài công tác.
"""


def test_reconcile_sets_the_ledger_beside_each_claim(bonphuong, province, tmp_path):
    post(draft(on=dt.date(2025, 5, 8)))
    for name, number in (("same.txt", 1), ("other.txt", 3)):
        (tmp_path / name).write_text(REPORT % number, encoding="utf-8")
    same = bonphuong("reconcile", str(tmp_path / "same.txt"), "--office", BOOK, "--json")
    assert same.status == 0
    assert [(one["outcome"], one["value"], one["ledger"]) for one in same.json] == [("matches", "1", "1")]
    both = bonphuong(
        "reconcile", str(tmp_path / "same.txt"), str(tmp_path / "other.txt"), "--office", BOOK, "--json"
    )
    assert both.status == 1
    assert [(one["source"], one["outcome"], one["differs_by"]) for one in both.json] == [
        ("same.txt", "matches", "0"),
        ("other.txt", "differs", "-2"),
    ]
    assert "other.txt" in bonphuong("reconcile", str(tmp_path / "other.txt"), "--office", BOOK).out


def test_reconcile_as_it_stood(bonphuong, province, tmp_path):
    post(draft(on=dt.date(2025, 5, 8)))
    (tmp_path / "one.txt").write_text(REPORT % 1, encoding="utf-8")
    asked = ("reconcile", str(tmp_path / "one.txt"), "--office", BOOK, "--as-of", "2025-06-01", "--json")
    assert [one["outcome"] for one in bonphuong(*asked).json] == ["no_record"]


@pytest.mark.parametrize(
    ("argv", "words"),
    [(("gone.txt", "--office", BOOK), "gone.txt"), (("README.md", "--office", "nowhere"), "nowhere")],
)
def test_reconcile_refuses_what_is_not_there(bonphuong, province, argv, words):
    answer = bonphuong("reconcile", *argv)
    assert (answer.status, answer.out, words in answer.err) == (2, "", True)


# --- import ---------------------------------------------------------------------------------------

SHEET = """Tên đoàn/mục đích,"Trưởng đoàn, chức vụ",Số người,"Nước, địa phương đến",Thời gian,Số quyết định
Thăm tỉnh Phông Sa Lỳ,"Lò Văn Thử, Giám đốc",8,Lào (Phongsaly),12-16/5/2025,"12/QĐ-UBND ngày 01/5/2025"
Hội chợ biên giới,Tẩn Thị Mẫu,nhiều,Trung Quốc,5/6/2025,
"""


@pytest.fixture
def sheet(province, tmp_path):
    OfficeFactory(code="lc-dofa", belongs_to=province)
    path = tmp_path / "doan-ra-2025.csv"
    path.write_text(SHEET, encoding="utf-8")
    return str(path)


def test_import_takes_good_rows_and_hands_bad_ones_back(bonphuong, sheet, tmp_path):
    back = tmp_path / "back.xlsx"
    answer = bonphuong(
        "import", "delegations", sheet, "--office", BOOK, "--kind", "outbound", "--bad", str(back), "--json"
    )
    assert answer.status == 1
    found = answer.json
    assert (found["rows"], found["posted"], found["bad"], found["dry_run"]) == (2, 1, 1, False)
    assert [(error["row"], error["column"], error["value"]) for error in found["errors"]] == [
        (3, "Số người", "nhiều")
    ]
    assert back.stat().st_size > 0
    record = Record.objects.get()
    assert (record.title, record.counts_on) == ("Thăm tỉnh Phông Sa Lỳ", dt.date(2025, 5, 12))
    assert (
        bonphuong("figure", "outbound.groups", "--office", BOOK, "--period", "2025", "--json").json["value"]
        == "1"
    )
    assert bonphuong("check").status == 0


def test_a_dry_run_changes_nothing(bonphuong, sheet):
    before = Action.objects.count()
    answer = bonphuong(
        "import", "delegations", sheet, "--office", BOOK, "--kind", "outbound", "--dry-run", "--json"
    )
    assert (answer.status, answer.json["good"], answer.json["posted"], answer.json["batch"]) == (
        1,
        1,
        0,
        None,
    )
    assert (Record.objects.count(), User.objects.count(), Action.objects.count()) == (0, 0, before)


def test_import_for_a_person_names_each_bad_cell_in_one_line(bonphuong, sheet):
    answer = bonphuong("import", "delegations", sheet, "--office", BOOK, "--kind", "outbound")
    assert answer.out.endswith("Đã nhập 1 trên 2 dòng; sai 1, đã có 0, không đổi 0, để lại 0.\n")
    assert "dòng 3, cột C (Số người)" in answer.err


def test_a_template_is_written_and_says_what_it_is(bonphuong, province, tmp_path):
    target = tmp_path / "mau.xlsx"
    answer = bonphuong("template", "delegations", "inbound", "--office", BOOK, "-o", str(target))
    assert (answer.status, answer.out) == (0, f"Đã ghi vào {target}.\n")
    sheets = read_table(target.read_bytes())
    assert [sheet.name for sheet in sheets if sheet.visible] == ["Đoàn vào", "Hướng dẫn điền"]
    assert bonphuong("template", "delegations", "holiday").status == 2
    assert bonphuong("template", "treaties").status == 2


def test_old_sheets_are_forgotten_and_counted(bonphuong, sheet):
    bonphuong("import", "delegations", sheet, "--office", BOOK, "--kind", "outbound")
    assert bonphuong("forget").out == "Đã xóa các dòng của 0 bảng tính cũ.\n"
    with clock.fixed(clock.now() + dt.timedelta(days=100)):
        assert bonphuong("forget", "--days", "90").out == "Đã xóa các dòng của 1 bảng tính cũ.\n"
    assert bonphuong("forget", "--days", "0").status == 2


def test_import_of_pasted_rows_with_headings_explained(bonphuong, sheet, monkeypatch):
    rows = "Việc\tSố người\tNơi\tKhi nào\nThăm tỉnh bạn\t5\tLào\t01/3/2025\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(rows))
    explained = [part for pair in ("Việc=title", "Nơi=places", "Khi nào=time") for part in ("--map", pair)]
    answer = bonphuong(
        "import",
        "delegations",
        "-",
        "--office",
        BOOK,
        "--kind",
        "inbound",
        *explained,
        "--reason",
        "Bổ sung",
        "--json",
    )
    assert (answer.status, answer.json["posted"], answer.json["errors"]) == (0, 1, [])


@pytest.mark.parametrize(
    ("changed", "status", "words"),
    [
        ({"file": "gone.xlsx"}, 2, "gone.xlsx"),
        ({"office": "nowhere"}, 2, "nowhere"),
        ({"family": "treaties"}, 2, "treaties"),
        ({"more": ("--map", "title")}, 2, "title"),
        ({"more": ("--user", "ghost")}, 2, "ghost"),
        ({"more": ("--kind", "holiday")}, 2, "holiday"),
        ({"more": ("--map", "Cột khác=title")}, 1, "Cột khác"),
    ],
)
def test_import_refuses_in_one_line(bonphuong, sheet, changed, status, words):
    asked = {"family": "delegations", "file": sheet, "office": BOOK, "more": (), **changed}
    answer = bonphuong("import", asked["family"], asked["file"], "--office", asked["office"], *asked["more"])
    assert (answer.status, answer.out, words in answer.err, answer.err.count("\n")) == (status, "", True, 1)


# --- office ---------------------------------------------------------------------------------------


def test_a_new_installation_opens_its_book(bonphuong, shipped):
    root = (
        "office",
        "add",
        "son-la",
        "--kind",
        "province",
        "--name",
        "UBND tỉnh Sơn La",
        "--place",
        "vn-son-la",
    )
    assert bonphuong(*root).out == "Đã mở cơ quan: son-la/\n"
    department = (
        "office",
        "add",
        "sl-office",
        "--below",
        "son-la",
        "--kind",
        "department",
        "--name",
        "Văn phòng",
    )
    assert bonphuong(*department, "--focal").status == 0
    assert (
        bonphuong(
            "user", "add", "an", "--name", "Lò Thị Mẫu", "--office", "sl-office", "--role", "officer"
        ).status
        == 0
    )
    listed = {office["code"]: office for office in bonphuong("office", "list", "--json").json}
    assert (listed["sl-office"]["book"], listed["sl-office"]["focal"], listed["son-la"]["focal"]) == (
        "son-la",
        True,
        False,
    )
    assert "  sl-office" in bonphuong("office", "list").out
    other = ("office", "add", "sl-dofa", "--below", "son-la", "--kind", "department", "--name", "Sở Ngoại vụ")
    assert bonphuong(*other).status == 0
    tomorrow = (clock.today() + dt.timedelta(days=1)).isoformat()
    assert bonphuong("office", "focal", "sl-dofa", "--from", tomorrow).status == 0
    assert focal_agency("son-la", clock.today() + dt.timedelta(days=1)).code == "sl-dofa"
    assert User.objects.get(username="an").access().codes_for("record.add") == {
        "son-la",
        "sl-office",
        "sl-dofa",
    }


@pytest.mark.parametrize(
    ("argv", "status", "words"),
    [
        (("add", BOOK, "--kind", "province", "--name", "A"), 2, BOOK),
        (("add", "so-moi", "--kind", "department", "--name", "A", "--below", "nowhere"), 2, "nowhere"),
        (("add", "so-moi", "--kind", "province", "--name", "A", "--place", "vn-atlantis"), 2, "vn-atlantis"),
        (("add", "Sở mới", "--kind", "province", "--name", "A"), 1, "chữ"),
        (("focal", "lc-dofa", "--from", "soon"), 2, "soon"),
    ],
)
def test_office_refuses_in_one_line(bonphuong, province, argv, status, words):
    answer = bonphuong("office", *argv)
    assert (answer.status, words in answer.err, answer.err.count("\n")) == (status, True, 1)


# --- user -----------------------------------------------------------------------------------------


def test_user_is_made_with_a_role_and_leaves_a_trace(bonphuong, province, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("mot-mat-khau-dai\n"))
    role = ("--office", "lc-dofa", "--role", "officer", "--title", "Chuyên viên", "--from", "2026-01-05")
    answer = bonphuong("user", "add", "an.mau", "--name", "Lò Thị Mẫu", *role, "--password-stdin")
    assert (answer.status, answer.err) == (0, "")
    user = User.objects.get(username="an.mau")
    assert user.check_password("mot-mat-khau-dai")
    assert Assignment.objects.get(user=user).valid_from == dt.date(2026, 1, 5)
    assert Action.objects.filter(verb="system.command_line", object_text="an.mau").count() == 1
    listed = bonphuong("user", "list", "--json").json
    assert {
        "username": "an.mau",
        "full_name": "Lò Thị Mẫu",
        "is_active": True,
        "is_demo": False,
        "roles": [{"office": "lc-dofa", "role": "officer", "from": "2026-01-05"}],
    } in listed
    assert "Chuyên viên" in bonphuong("user", "list").out


def test_user_without_a_given_password_gets_one(bonphuong, province, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    out = bonphuong("user", "add", "binh", "--name", "Vàng Văn Thử").out
    password = out.split("Mật khẩu: ")[1].strip()
    assert User.objects.get(username="binh").check_password(password)
    changed = bonphuong("user", "password", "binh").out.split("Mật khẩu: ")[1].strip()
    assert User.objects.get(username="binh").check_password(changed)


def test_user_asks_twice_at_a_terminal(bonphuong, province, monkeypatch):
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    typed = iter(["mot-mat-khau-dai", "mot-mat-khau-dai", "mot-mat-khau-dai", "khac-han-hoan-toan"])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))
    assert bonphuong("user", "add", "chi", "--name", "Tẩn Thị Mẫu").status == 0
    answer = bonphuong("user", "password", "chi")
    assert (answer.status, "không giống nhau" in answer.err) == (2, True)


def test_user_roles_are_given_and_ended_and_accounts_closed(bonphuong, province):
    user = UserFactory(username="dung")
    assert bonphuong("user", "role", "dung", "--office", "lc-dofa", "--role", "head").status == 0
    assert Assignment.objects.get(user=user, role="head").valid_to is None
    assert bonphuong("user", "role", "dung", "--office", "lc-dofa", "--role", "head", "--end").status == 0
    assert Assignment.objects.get(user=user, role="head").valid_to is not None
    assert bonphuong("user", "close", "dung").status == 0
    assert not User.objects.get(pk=user.pk).is_active
    assert bonphuong("user", "open", "dung").status == 0
    assert User.objects.get(pk=user.pk).is_active


@pytest.mark.parametrize(
    ("argv", "status", "words"),
    [
        (("add", "an", "--name", "A", "--office", "lc-dofa"), 2, "cả --office và --role"),
        (("add", "taken", "--name", "A"), 2, "Đã có tài khoản"),
        (("password", "ghost"), 2, "Không có tài khoản"),
        (("role", "taken", "--office", "nowhere", "--role", "head"), 2, "nowhere"),
        (("role", "taken", "--office", "lc-dofa", "--role", "head", "--end"), 2, "không giữ vai trò"),
        (("role", "taken", "--office", "lc-dofa", "--role", "head", "--from", "tomorrow"), 2, "tomorrow"),
        (("close", "ghost"), 2, "Không có tài khoản"),
    ],
)
def test_user_refuses_in_one_line(bonphuong, province, argv, status, words):
    UserFactory(username="taken")
    answer = bonphuong("user", *argv)
    assert (answer.status, words in answer.err, answer.err.count("\n")) == (status, True, 1)


def test_a_weak_password_is_refused_and_nothing_is_made(bonphuong, province, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("123\n"))
    answer = bonphuong("user", "add", "em", "--name", "Lý A Thử", "--password-stdin")
    assert (answer.status, User.objects.filter(username="em").exists()) == (1, False)


def test_the_command_line_acts_under_its_own_name(province):
    office = OfficeFactory(code="lc-health", belongs_to=province)
    user = operator(office)
    assert (user.username, user.has_usable_password()) == (COMMAND_LINE, False)
    assert operator(province) == user
    assert Assignment.objects.filter(user=user).count() == 1
    assert operator(office, UserFactory(username="an").username).username == "an"


# --- serve ----------------------------------------------------------------------------------------


def test_serve_refuses_a_taken_address(bonphuong, db, monkeypatch):
    monkeypatch.setattr(serving, "is_free", lambda _host, _port: False)
    answer = bonphuong("serve", "--port", "8123")
    assert (answer.status, answer.err) == (1, "bonphuong: Địa chỉ 127.0.0.1:8123 đang được dùng.\n")


def test_serve_refuses_another_version_of_the_tables(bonphuong, db, monkeypatch):
    monkeypatch.setattr(serving, "pending_migrations", lambda: ["ledger.0002_more"])
    assert bonphuong("serve").err == "bonphuong: Các bảng chưa đúng phiên bản này. Chạy: bonphuong migrate\n"


def test_serve_refuses_a_database_without_its_guards(bonphuong, db):
    with connection.cursor() as cursor:
        table = Fact._meta.db_table
        name = next(n for n in _guards_of(table) if n.startswith("keep"))
        on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
        cursor.execute(f'DROP TRIGGER "{name}"{on}')
    assert guards_missing() == [name]
    answer = bonphuong("serve")
    assert (answer.status, name in answer.err) == (1, True)
    found = bonphuong("check", "--json").json["problems"]
    assert [(problem["place"], problem["code"]) for problem in found] == [(name, "guard_missing")]


def test_the_next_free_port_is_found(monkeypatch):
    monkeypatch.setattr(serving, "is_free", lambda _host, port: port >= 8003)
    assert serving.free_port("127.0.0.1", 8000) == 8003
    monkeypatch.setattr(serving, "is_free", lambda _host, _port: False)
    with pytest.raises(serving.NotReady):
        serving.free_port("127.0.0.1", 8000)


def test_nothing_is_pending_in_the_tests(db):
    assert pending_migrations() == []


def _guards_of(table: str) -> list[str]:
    return list(expected(connection)[table])


def test_read_turns_away_what_bears_a_marking_of_secrecy(bonphuong, tmp_path):
    paper = tmp_path / "bao-cao.txt"
    paper.write_text("MẬT\nTỉnh đã cử 42 đoàn đi công tác.\n", encoding="utf-8")
    ended = bonphuong("read", str(paper), "--json")
    assert ended.status == 1
    assert "42" not in ended.out
    assert "MẬT" in ended.err
