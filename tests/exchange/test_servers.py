"""Two servers that share nothing: a province on one, the nation with another province on the other, files between."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from bonphuong.exchange.services import load_deadlines
from bonphuong.reports.services import load_report_definitions

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
pytestmark = [
    pytest.mark.any_database,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="each server has a file of its own"),
]


class Server:
    """An installation with its own data folder, tables and keys."""

    def __init__(self, place: Path, tables: Path) -> None:
        place.mkdir()
        (place / "bonphuong.sqlite3").write_bytes(tables.read_bytes())
        clean = {name: value for name, value in os.environ.items() if not name.startswith("BONPHUONG_")}
        env = {**clean, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "bonphuong.config.settings"}
        self.process = subprocess.Popen(
            [sys.executable, "-P", str(HERE / "server.py")],
            env={**env, "BONPHUONG_DATA": str(place), "BONPHUONG_LANG": "vi"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ask(self, *words: object) -> dict[str, Any]:
        """One line and its answer, whatever it is."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(words, default=str) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            assert self.process.stderr is not None
            pytest.fail(self.process.stderr.read()[-3000:])
        found: dict[str, Any] = json.loads(line)
        return found

    def do(self, *words: object) -> Any:
        """One line that must go well."""
        found = self.ask(*words)
        assert found["status"] == 0, found
        return found["told"]

    def package(self, action: str, *words: object) -> str:
        """A command about packages, as people type it."""
        return str(self.do("package", action, *words))

    def listed(self) -> list[dict[str, Any]]:
        """The packages that it knows."""
        found: list[dict[str, Any]] = json.loads(self.package("list", "--json"))
        return found


@pytest.fixture
def servers(today: None, tmp_path: Path) -> Iterator[tuple[Server, Server]]:
    """Both begin with offices, people and the product's own data, and with no records."""
    load_report_definitions()
    load_deadlines()
    tables = tmp_path / "tables.sqlite3"
    # What the transaction of this file has written is in it too.
    tables.write_bytes(connection.connection.serialize())
    both = Server(tmp_path / "province", tables), Server(tmp_path / "nation", tables)
    yield both
    for server in both:
        assert server.process.stdin is not None
        server.process.stdin.close()
        server.process.wait(timeout=60)
        for stream in (server.process.stdout, server.process.stderr):
            assert stream is not None
            stream.close()


def _meet(province: Server, nation: Server, tmp_path: Path) -> None:
    """Each confirms the other's key by the fingerprint that it was told."""
    for one, other, office, ours, theirs in (
        (province, nation, "lai-chau", "canbo", "lanhdao.vufo"),
        (nation, province, "vufo", "canbo.vufo", "truongphong"),
    ):
        file = tmp_path / f"{office}.pub"
        said = one.package("key", "--office", office, "--user", ours, "--out", file)
        fingerprint = said.splitlines()[1].partition(":")[2].strip()
        other.package("trust", file, "--fingerprint", fingerprint, "--user", theirs)


def test_a_report_goes_from_server_to_server_and_into_the_nation(  # noqa: PLR0915 - one conversation
    servers: tuple[Server, Server], tmp_path: Path
) -> None:
    province, nation = servers
    file, letter, answers, second = (tmp_path / name for name in ("1.bppkg", "q.bppkg", "a.bppkg", "2.bppkg"))
    make = ("make", "annual", "--office", "lai-chau", "--period", "2025", "--to", "vufo", "--user", "canbo")
    decide = ("--user", "canbo.vufo")

    # The province enters four trips and signs; the nation has another province of three trips.
    province.do("seed", "lc-dofa", "canbo", [2, 4, 6, 8])
    province.do("sign", "lai-chau", "canbo", "lanhdao")
    nation.do("seed", "lcai-dofa", "canbo.laocai", [3, 5, 7])
    assert nation.do("told", "vufo")["parts"] == {"Lào Cai": "3"}
    province.package(*make, "--out", file)
    province.package(*make, "--out", second)
    assert file.read_bytes() == second.read_bytes()

    # Nobody confirmed the key: refused, nothing kept.
    refused = nation.ask("package", "import", file, *decide)
    assert refused["status"] == 1
    assert "Chưa ai xác nhận khóa" in refused["error"]
    assert nation.listed() == []
    _meet(province, nation, tmp_path)

    # Taken in; a question on one line; the answer; still not in the sum.
    nation.package("import", file, *decide)
    assert nation.ask("package", "import", file, *decide)["status"] == 1
    [came] = nation.listed()
    nation.package("ask", came["package"], "out.groups@period", "Đã đủ chưa?", *decide)
    nation.package("letter", came["package"], *decide, "--out", letter)
    province.package("import", letter, "--user", "canbo")
    [sent] = province.listed()
    assert sent["state"] == "queried"
    province.package("answer", sent["queries"][0]["query"], "Thiếu đoàn tháng 10.", "--user", "canbo")
    province.package("letter", sent["package"], "--user", "canbo", "--out", answers)
    nation.package("import", answers, *decide)
    [came] = nation.listed()
    assert (came["state"], came["queries"][0]["answer"]) == ("received", "Thiếu đoàn tháng 10.")
    assert nation.do("told", "vufo")["groups"] == "3"

    # Returned with a reason; the province enters what was missing, signs again, sends again.
    nation.package("return", came["package"], "--reason", "Bổ sung đoàn tháng 10", *decide)
    nation.package("letter", came["package"], *decide, "--out", letter)
    province.package("import", letter, "--user", "canbo")
    assert province.listed()[0]["state"] == "returned"
    province.do("seed", "lc-dofa", "canbo", [10])
    province.do("sign", "lai-chau", "canbo", "lanhdao", "Bổ sung đoàn tháng 10")
    province.package(*make, "--out", second)
    changed = json.loads(nation.package("import", second, *decide, "--json"))
    assert {"out.groups@period", "out.visits@period"} <= set(changed["changed"])
    assert "in.groups@period" not in changed["changed"]

    # Accepted: in the sum, once, and the sum is that of both registers.
    nation.package("accept", changed["package"], *decide)
    told = nation.do("told", "vufo")
    assert told["parts"] == {"Lai Châu": "5", "Lào Cai": "3"}
    here, there = nation.do("facts"), province.do("facts")
    assert int(told["groups"]) == here["lao-cai"] + there["lai-chau"] == 8
    assert here.keys() == {"lao-cai"}
    assert told["reported"].startswith("1/5")
    nation.package("letter", changed["package"], *decide, "--out", letter)
    province.package("import", letter, "--user", "canbo")
    assert {one["version"]: one["state"] for one in province.listed()} == {1: "returned", 2: "accepted"}

    # The national report is signed and comes out again; both installations check clean.
    nation.do("sign", "vufo", "lanhdao.vufo", "lanhdao.vufo")
    for server in servers:
        assert server.ask("check")["status"] == 0
