"""kill -9 in the middle of an import: whole pieces stay, the same call goes on, nothing is there twice."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.intake.crashing import CHUNK, ROWS

ROOT = Path(__file__).resolve().parents[2]


def run(step, data):
    command = [sys.executable, "-m", "tests.intake.crashing", step]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("BONPHUONG_")}
    settings = {**plain, "BONPHUONG_DATA": str(data)}
    return subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    data = tmp_path_factory.mktemp("crash") / "data"
    data.mkdir()
    with run("prepare", data) as process:
        process.communicate()
    assert process.returncode == 0
    return data


# So many pieces are in when the next begins; then so many seconds into it.
@pytest.mark.parametrize(("pieces", "seconds"), [(0, 0.02), (4, 0.0), (11, 0.03)])
def test_nothing_is_lost_or_doubled_by_a_kill(prepared, tmp_path, pieces, seconds):
    data = tmp_path / "data"
    shutil.copytree(prepared, data)
    with run("post", data) as process:
        for line in process.stdout:
            if int(line) >= pieces * CHUNK:
                break
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
    with run("resume", data) as process:
        found = json.loads(process.stdout.read())
    assert found == {"whole_pieces": True, "problems": 0, "status": "posted", "posted": ROWS, "records": ROWS}
