"""A contract that no planted violation can break would guard nothing."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# One forbidden import for each contract, by the first words of the contract's name.
PLANTED = {
    "Imports go down the stack": ("kernel/planted.py", "import bonphuong.accounts"),
    "Inside a package": ("families/delegations/models.py", "import bonphuong.families.delegations.services"),
    "Record families": ("families/delegations/planted.py", "import bonphuong.families.second"),
    "The faces": ("web/portal/planted.py", "import bonphuong.web.desk"),
    "What reads": ("records/queries.py", "import bonphuong.records.detour"),
    "A report tells": ("reports/planted.py", "import bonphuong.reader.planted"),
    "Only the kernel": ("papers/planted.py", "import docx"),
}
SUPPORT = {
    "families/delegations/services.py": "",
    "families/second/__init__.py": "",
    "web/portal/__init__.py": "",
    "records/detour.py": "import bonphuong.records.services",
    "records/services.py": "",
    "reader/planted.py": "",
}


def test_each_contract_catches_its_planted_violation(tmp_path):
    shutil.copytree(
        ROOT / "bonphuong", tmp_path / "bonphuong", ignore=shutil.ignore_patterns("data", "static", "*.mo")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, line in [*SUPPORT.items(), *PLANTED.values()]:
        path = tmp_path / "bonphuong" / name
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")

    found = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-logo"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.returncode == 1, found.stderr
    verdicts = re.findall(r"^(.+) (KEPT|BROKEN)(?: \(.*\))?$", found.stdout, re.MULTILINE)
    assert [verdict for _, verdict in verdicts] == ["BROKEN"] * len(PLANTED)
    told = " ".join(found.stdout.split())
    for (name, _), (start, (path, line)) in zip(verdicts, PLANTED.items(), strict=True):
        module = "bonphuong." + path.removesuffix(".py").replace("/", ".")
        assert name.startswith(start)
        assert f"{module} -> {line.split()[1]}" in told
