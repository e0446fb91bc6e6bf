"""`python -m bench`: measures, prints one table, writes it as JSON. It never fails for being slow."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.measure import Result


def main(argv: Sequence[str]) -> int:
    """Run the measurements at each size."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", default="10000", help="numbers of delegations, parted by commas (10000)")
    parser.add_argument("--only", default="", help="run only the work whose name holds this")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, default=Path("var/bench.json"))
    options = parser.parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    measure, ground, flush = (
        importlib.import_module(name) for name in ("bench.measure", "bench.ground", "tests.factories.flush")
    )
    # Django is set up by now, which the modules with measurements need.
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if not module.name.startswith("_"):
            importlib.import_module(f"bench.{module.name}")
    results: list[Result] = []
    connection = django.db.connection
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    flush.install()
    try:
        for size in map(int, options.sizes.split(",")):
            print(f"filling the ledger with {size:,} delegations", file=sys.stderr)
            standing = ground.prepare(size, options.seed)
            for item in measure.REGISTRY:
                if options.only in item.work:
                    ours, reference, note = item.run(standing)
                    results.append(
                        measure.Result(item.work, item.reference, size, ours, reference, item.bar, note)
                    )
    finally:
        connection.creation.destroy_test_db(settings.DATABASES["default"]["NAME"], verbosity=0)
    print(measure.table(results))
    _write(options.json, connection.vendor, measure.as_json(results))
    return 0


def _write(path: Path, vendor: str, results: list[dict[str, object]]) -> None:
    machine = {"python": platform.python_version(), "cpus": os.cpu_count(), "database": vendor}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"machine": machine, "results": results}, indent=1), encoding="utf-8")
    print(f"written to {path}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
