"""The demonstration's aid and support are entered by the services, and fill lists, filters and figures."""

from __future__ import annotations

import datetime as dt

import pytest

from bonphuong.config.demonstration.families import aid, support
from bonphuong.config.demonstration.stage import Stage, play
from bonphuong.families.aid.flags import FLAGS
from bonphuong.families.aid.panels import panels
from bonphuong.families.support.panels import panels as support_panels
from bonphuong.indicators.figures import FigureRequest
from bonphuong.indicators.queries import figures
from bonphuong.kernel import clock
from bonphuong.kernel.periods import Period
from bonphuong.kit.queries import row_of
from bonphuong.ledger.checks import check_ledger
from bonphuong.records.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
TODAY = dt.date(2026, 11, 22)


def test_it_fills_lists_filters_panels_and_figures(officer):
    with clock.fixed(TODAY):
        stage = Stage()
        play([*aid.acts(TODAY), *support.acts(TODAY)], stage)
        kinds = {
            kind: Record.objects.filter(kind=kind).count()
            for kind in ("item", "relief", "donor", "call", "support")
        }
        assert kinds == {"item": 17, "relief": 3, "donor": 11, "call": 4, "support": 9}
        real = Record.objects.filter(is_demo=False).order_by("title").values_list("title", flat=True)
        assert list(real) == ["Plan International", "Samaritan's Purse"]
        empty = [
            flag.code for flag in FLAGS if not Record.objects.filter(flag.where(TODAY), family="aid").exists()
        ]
        # Every donor has a file and every sum a rate: nothing to find there.
        assert empty == ["no_file", "no_worth"]
        for record in Record.objects.filter(family="aid"):
            panels(row_of(record), officer)
        for record in Record.objects.filter(family="support"):
            support_panels(row_of(record), officer)
        year = Period.parse("2026")
        codes = ("aid.committed_year", "aid.disbursed", "aid.relief_items", "support.disbursed", "aid.ngos")
        assert all(
            found.value for found in figures([FigureRequest(code, "lai-chau", year) for code in codes])
        )
        assert check_ledger() == []
