"""What every installation needs in its tables: the product's own data, brought up to date at each start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from bonphuong.exchange.services import load_deadlines
from bonphuong.indicators.services import load_indicators
from bonphuong.parties.services import load_address_forms, load_parties
from bonphuong.procedures.services import load_procedures
from bonphuong.reader.services import load_known_states
from bonphuong.reference.services import load_reference
from bonphuong.reports.services import load_report_definitions
from bonphuong.trail.install import missing_guards

if TYPE_CHECKING:
    from collections.abc import Callable

#: In this order: what comes later points at what comes earlier.
SHIPPED: tuple[tuple[str, Callable[[], object]], ...] = (
    ("reference", load_reference),
    ("procedures", load_procedures),
    ("parties", load_parties),
    ("address_forms", load_address_forms),
    ("indicators", load_indicators),
    ("reader", load_known_states),
    ("reports", load_report_definitions),
    ("deadlines_of_reports", load_deadlines),
)

# Rows of each index that are looked at.
_SAMPLE = 1000


def migrate_tables() -> int:
    """Bring the tables to this version's shape, guards included; gives how many migrations were applied."""
    pending = len(pending_migrations())
    call_command("migrate", interactive=False, verbosity=0)
    return pending


def load_shipped() -> dict[str, int]:
    """Bring the product's own data up to date; part → rows written, 0 where nothing changed."""
    loaded = {name: _count(load()) for name, load in SHIPPED}
    keep_statistics()
    return loaded


def keep_statistics() -> None:
    """Tell SQLite how its tables are filled: without that it may read a whole book to find six records.

    A sample is looked at, some tenths of a second for a nation. PostgreSQL does it by itself.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {_SAMPLE}")
            cursor.execute("ANALYZE")


def _count(loaded: object) -> int:
    return sum(loaded.values()) if isinstance(loaded, dict) else int(str(loaded))


def pending_migrations() -> list[str]:
    """Migrations of this version that the database has not seen."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def guards_missing() -> list[str]:
    """Guards of the database that should be there and are not."""
    return missing_guards(connection)
