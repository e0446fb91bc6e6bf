"""That migrations come to the tables of the models on PostgreSQL too: no other test runs them there."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from tests.loaded import run

if TYPE_CHECKING:
    from collections.abc import Iterator

# Columns, indexes, constraints and triggers. A table of Django's own is left out: its key is of another width where
# its migration makes it.
_SHAPE = """
    SELECT table_name::text, column_name::text, data_type::text, character_maximum_length::text, is_nullable::text,
           column_default::text, collation_name::text
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'auth_group_permissions'
    UNION ALL SELECT tablename::text, indexdef, '', '', '', '', '' FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT conrelid::regclass::text, contype::text, pg_get_constraintdef(oid), '', '', '', ''
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT tgrelid::regclass::text, pg_get_triggerdef(oid), '', '', '', '', ''
    FROM pg_trigger WHERE NOT tgisinternal
"""
# What Django hangs on a name so that it is the only one.
_TAIL = re.compile(r"_[0-9a-f]{8}(_[a-z_0-9]+)?\b")


def _told(rows: list[tuple[str, ...]]) -> list[str]:
    return sorted(_TAIL.sub("", " ".join(map(str, row))) for row in rows)


@pytest.fixture
def other(db: None) -> Iterator[str]:
    """The name of an empty database beside that of the tests."""
    name = f"{connection.settings_dict['NAME']}_migrated"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield name
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.postgres
def test_migrations_come_to_the_tables_of_the_models_there_too(other, tmp_path):
    url = urlsplit(os.environ["BONPHUONG_TEST_DATABASE_URL"])._replace(path=f"/{other}").geturl()
    done = run(tmp_path, "migrate", "--verbosity=0", module="django", BONPHUONG_DATABASE_URL=url)
    assert done.returncode == 0, done.stderr
    with psycopg.connect(**{**_connected(), "dbname": other}) as migrated:
        found = _told(migrated.execute(_SHAPE).fetchall())
    with connection.cursor() as cursor:
        cursor.execute(_SHAPE)
        assert found == _told(cursor.fetchall())
    assert len(found) > 1000


def _connected() -> dict[str, str]:
    known = {**connection.settings_dict, **connection.settings_dict["OPTIONS"]}
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
    return {ours: str(known[theirs]) for theirs, ours in names.items() if known.get(theirs)}
