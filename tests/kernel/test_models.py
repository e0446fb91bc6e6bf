import datetime as dt

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from bonphuong.kernel.models import DatedQuerySet, DatedRow, Tracked, UidModel

JULY_1 = dt.date(2025, 7, 1)


@pytest.fixture
def rule(db):
    with isolate_apps("bonphuong.kernel"):

        class Rule(DatedRow):
            name = models.CharField(max_length=20)
            objects = DatedQuerySet.as_manager()

            class Meta:
                app_label = "kernel"

            def __str__(self):
                return self.name

        columns = ", ".join(f"{field.column} {field.db_type(connection)}" for field in Rule._meta.fields[1:])
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE kernel_rule (id integer PRIMARY KEY, {columns})")
        Rule.objects.bulk_create(
            [
                Rule(pk=1, name="old", valid_to=JULY_1 - dt.timedelta(days=1)),
                Rule(pk=2, name="new", valid_from=JULY_1),
                Rule(pk=3, name="always"),
                Rule(pk=4, name="one day", valid_from=JULY_1, valid_to=JULY_1),
            ]
        )
        yield Rule


@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        (JULY_1 - dt.timedelta(days=1), ["always", "old"]),
        (JULY_1, ["always", "new", "one day"]),
        (JULY_1 + dt.timedelta(days=1), ["always", "new"]),
    ],
)
def test_rows_hold_from_their_first_day_to_their_last(rule, day, in_force):
    assert [row.name for row in rule.objects.on(day).order_by("name")] == in_force


def test_nothing_counts_as_proved_until_somebody_says_so(rule):
    assert not rule.objects.get(pk=1).proved


def test_bases_are_watched_by_the_trail():
    assert issubclass(UidModel, Tracked)
    assert issubclass(DatedRow, Tracked)
