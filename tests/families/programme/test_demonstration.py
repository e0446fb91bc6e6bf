"""What the demonstration adds for students, associations and programmes plays by the services and fills the pages."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.config.demonstration.families import associations, programme, scholarships
from bonphuong.config.demonstration.stage import Stage, play
from bonphuong.kernel import clock
from bonphuong.kit.queries import row_of, scheme_of
from bonphuong.ledger.checks import check_ledger
from bonphuong.ledger.queries import Where, sum_facts
from bonphuong.records.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
TODAY = dt.date(2026, 11, 22)


def at(measure: str, on: dt.date, since: dt.date | None = None) -> int:
    return sum_facts([Where((("lai-chau", None),), measure, on, since)])[0].value


def test_it_fills_lists_panels_flags_and_figures(officer):
    with clock.fixed(TODAY):
        acts = [*scholarships.acts(TODAY), *associations.acts(TODAY), *programme.acts(TODAY)]
        play(acts, Stage())
        records = Record.objects.filter(family__in=("scholarships", "associations", "programme"))
        counts = {kind: records.filter(kind=kind).count() for kind in records.values_list("kind", flat=True)}
        assert counts == {
            "scheme": 3, "student": 18, "union": 1, "association": 4, "congress": 3, "programme": 3, "profile": 1,
        }  # fmt: skip
        assert set(records.values_list("is_demo", flat=True)) == {True}
        assert not any("Tua-yang" in record.title for record in records)
        for record in records:
            panels = scheme_of(record.family).panels
            assert panels is not None
            assert list(panels(row_of(record), officer)) is not None
        for family in ("scholarships", "associations"):
            flags = {f.code: Record.objects.filter(f.where(TODAY)).count() for f in scheme_of(family).flags}
            assert any(flags.values()), (family, flags)
        assert (at("students.present", TODAY), at("students.graduated", TODAY, dt.date(2026, 1, 1))) == (9, 3)
        assert at("associations.active", TODAY) == 2
        assert at("stipends.paid", TODAY, dt.date(2026, 1, 1)) > 0
        assert at("programme.planned", TODAY, dt.date(2025, 1, 1)) == len(row_of(_of("2026")).works.all())
        assert check_ledger() == []


def _of(year: str) -> Record:
    return Record.objects.get(family="programme", kind="programme", title__contains=year)
