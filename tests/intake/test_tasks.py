"""A large sheet is entered behind the page; what is cut off goes on, and what stops it is said."""

import datetime as dt

import pytest

from bonphuong.intake import services
from bonphuong.intake.models import Batch
from bonphuong.intake.rules import SILENCE, is_worked_on
from bonphuong.intake.services.posting import claim_posting
from bonphuong.kernel import clock
from bonphuong.kernel.errors import Conflict
from tests.intake.books import book, outbound

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
HEAD = ["TT", "Tên đoàn", "Trưởng đoàn", "Số người", "Nước đến", "Từ ngày", "Đến ngày"]


def stage(officer, number=3, **changes):
    rows = [outbound(n, **changes)[:7] for n in range(1, number + 1)]
    batch = services.stage_file(
        book({"Đoàn ra 2025": [HEAD, *rows]}), name="doan-ra.xlsx", office_code="lai-chau", actor=officer
    )
    services.dry_run(batch)
    return batch


def test_nobody_begins_what_somebody_is_at(officer):
    batch = stage(officer)
    claim_posting(batch, actor=officer, reason="")
    assert is_worked_on(batch)
    with pytest.raises(Conflict):
        claim_posting(Batch.objects.get(pk=batch.pk), actor=officer, reason="")
    with clock.fixed(clock.now() + SILENCE + dt.timedelta(seconds=1)):
        # Whoever was stopped has fallen silent: it goes on when it is asked for again.
        claim_posting(Batch.objects.get(pk=batch.pk), actor=officer, reason="")


def test_the_page_shows_how_far_it_is_without_a_script(officer, client, monkeypatch):
    started = []
    monkeypatch.setattr("bonphuong.web.desk.views.imports.BEHIND_FROM", 2)
    monkeypatch.setattr("threading.Thread.start", started.append)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    batch = stage(officer)
    assert client.post(f"/import/{batch.pk}/enter", {"reason": ""}).status_code == 302
    page = client.get(f"/import/{batch.pk}")
    assert page["Refresh"] == "3"
    assert page.context["page"].share is None
    batch.refresh_from_db()
    services.post_batch(batch, actor=officer, reason="Nhập sổ", chunk=2)
    page = client.get(f"/import/{batch.pk}")
    assert "Refresh" not in page
    assert page.context["page"].share == 100
