"""Nothing typed is lost: drafts on the server, a session that ran out, a disk that is full; who else is here."""

from __future__ import annotations

import re

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bonphuong.families.delegations.models import Delegation
from bonphuong.families.delegations.services import create
from bonphuong.records.models import Record
from bonphuong.together.models import BegunForm, Presence
from bonphuong.together.queries import typed_in
from bonphuong.web.desk.unsaved import UnsavedMiddleware
from tests.factories.delegations import member, outbound
from tests.factories.together import BegunFormFactory, PresenceFactory

NEW = "/delegations/new?kind=outbound"


def begun(**more):
    return {"begun-form": "delegation-form", "begun-by": "canbo", "title": "Đoàn Mẫu thăm Phongsaly", **more}


def keep(client, address=NEW, **more):
    return client.post("/begun/keep", {**begun(**more), "begun-address": address, "begun-title": "Lập đoàn"},
                       headers={"accept": "application/json"})  # fmt: skip


@pytest.fixture
def client(people, at_desk):
    return at_desk(people["canbo"])


@pytest.fixture
def record(people):
    return create(outbound(members=(member(),)), office_code="lc-dofa", actor=people["canbo"])


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_what_is_typed_is_kept_offered_on_any_machine_and_taken_up(client, people, at_desk):
    kept = keep(client, **{"members-TOTAL_FORMS": "5", "members-INITIAL_FORMS": "0", "members-4-full_name": "Lò Văn Mẫu",
                           "members-4-passport_no": "P0000417"})  # fmt: skip
    assert kept.json()["said"].startswith("Đã giữ bản nháp lúc")
    elsewhere = at_desk(people["canbo"])
    page = text_of(elsewhere.get(NEW))
    assert "anh chị đã viết dở biểu này" in page
    assert "Đoàn Mẫu thăm Phongsaly" not in page
    address = re.search(r'href="(/delegations/new\?[^"]*begun=[^"]*)"', page)[1].replace("&amp;", "&")
    answer = elsewhere.get(address)
    page = text_of(answer)
    assert answer.status_code == 200
    assert "Đoàn Mẫu thăm Phongsaly" in page
    assert 'value="P0000417"' in page
    assert "error-summary" not in page
    assert "aria-invalid" not in page
    assert "viết dở" not in text_of(elsewhere.get("/delegations/new?kind=inbound")), (
        "another form, another draft"
    )


def test_a_draft_is_only_its_owners(client, people, at_desk):
    keep(client)
    other = at_desk(people["truongphong"])
    assert "viết dở" not in text_of(other.get(NEW))
    assert "Đoàn Mẫu" not in text_of(other.get(f"{NEW}&begun=delegation-form"))
    assert "Không có bản nháp nào" in text_of(other.get("/begun/"))
    assert other.post("/begun/forget", {"uid": BegunForm.objects.get().pk}).status_code == 404


def test_a_draft_goes_when_the_form_is_saved_and_stays_when_it_is_refused(client):
    grid = {"members-TOTAL_FORMS": "0", "members-INITIAL_FORMS": "0"}
    refused = client.post(NEW, {**begun(), **grid, "places": ""})
    assert refused.status_code == 422
    assert dict(typed_in(BegunForm.objects.get()).fields)["title"] == "Đoàn Mẫu thăm Phongsaly"
    saved = client.post(NEW, {**begun(), **grid, "places": "Lào (Phongsaly)", "starts_on": "3/6/2025",
                              "ends_on": "5/6/2025", "approved_heads": "4", "lead_office_code": "lc-dofa"})  # fmt: skip
    assert saved.status_code == 302, saved.context["form"].errors
    assert not BegunForm.objects.exists()


def test_my_drafts_are_listed_and_forgotten(client):
    keep(client)
    BegunFormFactory(user=BegunForm.objects.get().user, address="/trail/check", form="x")
    BegunFormFactory(user=BegunForm.objects.get(form="x").user, address="/nothing-here", form="y")
    page = text_of(client.get("/begun/"))
    assert "Đoàn Mẫu thăm Phongsaly" in page
    assert "3 biểu đang viết dở" in page
    assert page.count("Anh chị không còn được mở trang này.") == 2, "an officer may not open these addresses"
    with CaptureQueriesContext(connection) as many:
        client.get("/begun/")
    row = BegunForm.objects.get(form="delegation-form")
    answer = client.post("/begun/forget", {"uid": row.pk, "next": NEW})
    assert answer["Location"] == "/delegations/new?kind=outbound"
    BegunForm.objects.all().delete()
    with CaptureQueriesContext(connection) as none:
        client.get("/begun/")
    assert len(many) <= len(none) + 1


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/x", "//elsewhere.example", "nothing", "/no-such-page", ""]
)
def test_nothing_is_kept_for_addresses_that_are_no_pages_of_ours(client, address):
    assert keep(client, address).status_code == 404
    assert client.post("/begun/forget", {"uid": "x"}).status_code == 404
    assert not BegunForm.objects.exists()


def test_a_form_that_is_too_large_is_told_so(client):
    answer = keep(client, content="x" * 500_000)
    assert (answer.status_code, "quá nhiều" in answer.json()["said"]) == (413, True)


def test_keeping_without_a_session_is_answered_in_the_language_of_scripts():
    assert keep(Client()).status_code == 401


def test_a_form_sent_after_the_session_has_ended_goes_through_the_door(client, people):
    client.logout()
    door = client.post(NEW, begun(places="Lào"))
    assert door.status_code == 401
    page = text_of(door)
    assert "Nội dung anh chị gõ không mất" in page
    assert "Đoàn Mẫu" not in page, "sealed: whoever sits at the machine cannot read it"
    token = re.search(r'name="kept" value="([^"]+)"', page)[1]
    wrong = client.post("/sign-in", {"username": "canbo", "password": "x", "kept": token})
    assert f'name="kept" value="{token}"' in text_of(wrong)
    back = client.post("/sign-in", {"username": "canbo", "password": "mat-khau-minh-hoa", "kept": token})
    assert back["Location"] == f"{NEW}&begun=delegation-form"
    assert "Đoàn Mẫu thăm Phongsaly" in text_of(client.get(back["Location"]))


def test_nobody_else_takes_up_what_went_through_the_door(client, people, at_desk):
    client.logout()
    token = re.search(r'name="kept" value="([^"]+)"', text_of(client.post(NEW, begun())))[1]
    given = {"username": "truongphong", "password": "mat-khau-minh-hoa", "kept": token}
    assert client.post("/sign-in", given)["Location"] == "/"
    assert not BegunForm.objects.exists()
    given = {"username": "canbo", "password": "mat-khau-minh-hoa", "kept": "1.x.t.eA=="}
    assert Client().post("/sign-in", given)["Location"] == "/"


@pytest.mark.parametrize(
    "error", [OperationalError("database or disk is full"), OSError(28, "No space left")]
)
def test_a_full_disk_loses_nothing_that_was_typed(rf, error):
    request = rf.post(NEW, begun(content="Dòng một\nDòng hai"))
    answer = UnsavedMiddleware(lambda _request: None).process_exception(request, error)
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "Đoàn Mẫu thăm Phongsaly" in page
    assert "Dòng một\nDòng hai</textarea>" in page
    assert f'action="{NEW}"' in page.replace("&amp;", "&")
    assert "data-stranger" not in page, "what the browser kept stays there"


def test_a_database_that_is_gone_is_told_on_every_page(client, monkeypatch):
    def refuse(*_args, **_options):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr("bonphuong.web.desk.views.editing.create", refuse)
    grid = {"members-TOTAL_FORMS": "0", "members-INITIAL_FORMS": "0", "lead_office_code": "lc-dofa"}
    days = {"places": "Lào", "starts_on": "3/6/2025", "ends_on": "5/6/2025", "approved_heads": "4"}
    answer = client.post(NEW, {**begun(), **grid, **days})
    assert answer.status_code == 503
    assert "Chưa lưu được" in text_of(answer)
    assert not Delegation.objects.exists()
    assert UnsavedMiddleware(lambda _r: None).process_exception(answer.wsgi_request, ValueError()) is None


def test_who_else_has_a_record_open_is_told_and_who_saved_since(client, people, at_desk, record):
    url, version = f"/here/{record.pk}", record.version
    head = at_desk(people["truongphong"])
    assert text_of(client.post(url, {"place": "page", "version": version})) == ""
    told = text_of(head.post(url, {"place": "edit", "version": version, "writing": "1"}))
    assert f"Đang cùng mở trang này: <b>{people['canbo']}</b>" in told
    assert f"Đang sửa: <b>{people['truongphong']}</b>" in text_of(
        client.post(url, {"place": "page", "version": version})
    )
    assert f"Đang sửa: <b>{people['truongphong']}</b>" in text_of(client.get(f"/delegations/{record.pk}"))
    given = head.get(f"/delegations/{record.pk}/edit").context["form"]
    data = {name: given[name].value() or "" for name in given.fields} | {"reason": "Sửa", "title": "Tên khác"}
    saved = head.post(f"/delegations/{record.pk}/edit", {**data, "begun-form": "record-edit"})
    assert saved.status_code == 302
    told = text_of(client.post(url, {"place": "page", "version": version}))
    assert f"<b>{people['truongphong']}</b> đã lưu" in told
    assert "Đang sửa" not in told, "whoever saved has closed the form"
    assert "đã lưu" not in text_of(head.post(url, {"place": "page", "version": version})), (
        "one's own saving is no news"
    )


def test_who_may_not_see_a_record_is_neither_told_nor_shown(people, at_desk, record):
    PresenceFactory(about=record.pk, user=people["canbo"])
    for name in ("vanthu.yte", "canbo.laocai"):
        assert at_desk(people[name]).post(f"/here/{record.pk}", {"place": "page"}).status_code == 404
    assert set(Presence.objects.values_list("user", flat=True)) == {people["canbo"].pk}


def test_asking_who_is_here_costs_little(client, people, record):
    def ask():
        return client.post(f"/here/{record.pk}", {"place": "page", "version": record.version})

    ask()
    with CaptureQueriesContext(connection) as one:
        ask()
    for name in ("truongphong", "lanhdao", "kiemtra"):
        PresenceFactory(about=record.pk, user=people[name])
    with CaptureQueriesContext(connection) as many:
        ask()
    assert len(many) == len(one) <= 10, [q["sql"][:90] for q in many.captured_queries]
    assert Record.objects.get(pk=record.pk).version == record.version


def test_a_refused_form_goes_by_the_title_it_had_or_by_that_of_its_help(client):
    keep(client)
    client.post(NEW, begun(title=""))
    assert typed_in(BegunForm.objects.get()).title == "Lập đoàn"
    BegunForm.objects.all().delete()
    client.post("/reader/", {"begun-form": "reader-form", "begun-by": "canbo", "text": ""})
    page = text_of(client.get("/begun/"))
    assert "Đọc tài liệu, đối chiếu số liệu" in page
    assert ">/reader/<" not in page
