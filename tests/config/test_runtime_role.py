from __future__ import annotations

import datetime as dt
import os

import pytest
from django.db import ProgrammingError, connection, transaction

from bonphuong.config.runtime_role import RIGHTS, rights
from bonphuong.ledger.models import Fact
from bonphuong.trail.enums import Guard
from bonphuong.trail.models import Action
from tests.factories.ledger import draft, post

ROLE = f"bonphuong_web_{os.getpid()}"


def test_what_is_only_added_to_takes_no_change_and_no_removal(db):
    given = dict(rights())
    assert given["ledger_fact"] == given["ledger_posting"] == given["trail_change"] == "SELECT, INSERT"
    assert given["ledger_bookhead"] == "SELECT, INSERT, UPDATE"
    assert given["trail_changepayload"] == "SELECT, INSERT, DELETE"
    assert given["django_migrations"] == "SELECT"
    assert given["django_session"] == given["records_record"] == "SELECT, INSERT, UPDATE, DELETE"
    assert set(RIGHTS) == set(Guard) - {Guard.NONE}


@pytest.fixture
def role(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            pytest.skip("the tests' own role may not create roles here")
        cursor.execute(f'CREATE ROLE "{ROLE}"')
    return ROLE


@pytest.mark.postgres
def test_the_role_works_and_can_change_nothing_that_was_posted(bonphuong, shipped, role):
    answer = bonphuong("migrate", "--runtime-role", role, "--json")
    assert (answer.status, answer.json["granted"] > 60) == (0, True)
    with connection.cursor() as cursor:
        cursor.execute(f'SET LOCAL ROLE "{role}"')
        post(draft(on=dt.date(2025, 5, 8)))
        for statement in (
            f"UPDATE {Fact._meta.db_table} SET value = 2",
            f"DELETE FROM {Fact._meta.db_table}",
            f"TRUNCATE {Fact._meta.db_table} CASCADE",
            f"UPDATE {Action._meta.db_table} SET verb = 'x'",
            f"ALTER TABLE {Fact._meta.db_table} DISABLE TRIGGER ALL",
            "DELETE FROM django_migrations",
        ):
            with pytest.raises(ProgrammingError), transaction.atomic():
                cursor.execute(statement)
        cursor.execute("RESET ROLE")
    assert Fact.objects.count() == 1


@pytest.mark.postgres
def test_the_owner_itself_is_no_runtime_role(bonphuong, shipped):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
    answer = bonphuong("migrate", "--runtime-role", owner)
    assert (answer.status, "là chủ các bảng" in answer.err) == (2, True)
