"""What of a signed report leaves the province, and what never does."""

import datetime as dt
import io
import zipfile

import pytest

from bonphuong.accounts.models import Office
from bonphuong.exchange.envelope import open_envelope
from bonphuong.exchange.telling import EDITION
from bonphuong.families.delegations.services import create
from bonphuong.kernel import clock
from bonphuong.kernel.errors import BadInput, NotAllowed
from bonphuong.kernel.pdftext import pdf_lines
from bonphuong.parties.models import Party
from bonphuong.parties.services import add_note, create_person
from bonphuong.records.enums import Visibility
from bonphuong.records.models import Record
from bonphuong.reports.services import (
    build_draft,
    package_edition,
    package_receivers,
    parcel_of,
    sign_edition,
    undo_sending,
)
from bonphuong.trail.acting import acting
from tests.factories.delegations import finished, inbound, member

pytestmark = pytest.mark.usefixtures("province")
TODAY = dt.date(2025, 12, 22)
CANARIES = (
    "PASS7KANARI", "1971-02-03", "03/02/1971", "KanariRiêng", "KanariHạnChế", "KanariGhiChú", "KanariThànhViên",
    "PERS7KANARI", "1969-05-06", "06/05/1969",
)  # fmt: skip


@pytest.fixture(autouse=True)
def today(db):
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def edition(officer, leader):
    """A signed year of a province that has something in every restricted place."""
    secret = {"passport_no": "PASS7KANARI", "birth_date": "1971-02-03", "note": "KanariGhiChú"}
    create(
        finished(dt.date(2025, 6, 3), 1, members=(member("KanariThànhViên", **secret),)),
        office_code="lc-dofa",
        actor=officer,
    )
    personal = {"kind": "personal", "title": "KanariRiêng đi thăm con", "head_name": "KanariRiêng"}
    create(finished(dt.date(2025, 6, 10), 1, **personal), office_code="lc-dofa", actor=officer)
    hidden = create(
        inbound(dt.date(2025, 7, 1), 5, title="KanariHạnChế", head_name="KanariHạnChế"),
        office_code="lc-dofa",
        actor=officer,
    )
    person = create_person(
        actor=officer, office=Office.objects.get(pk="lc-dofa"), full_name="Dương Mẫu", passport_no="PERS7KANARI",
        birth_date="1969-05-06",
    )  # fmt: skip
    with acting(actor=officer, verb="system.test"):
        Record.objects.filter(pk=hidden.pk).update(visibility=Visibility.RESTRICTED)
    office, party = Office.objects.get(pk="lc-dofa"), Party.objects.get(pk="cn-honghe")
    add_note(actor=officer, party=party, office=office, text=f"KanariGhiChú {person}")
    draft = build_draft(actor=officer, office="lai-chau", code="annual", period="2025")
    return sign_edition(actor=leader, edition=draft, reason="đã rà soát")


def unpacked(data, depth=0):
    """All that can be read out of a file: its own bytes, those of its parts and of theirs, the text of a PDF."""
    found = [data]
    if data[:2] == b"PK" and depth < 3:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                found += [name.encode(), *unpacked(archive.read(name), depth + 1)]
    if data[:4] == b"%PDF":
        found.append("\n".join(pdf_lines(data)).encode())
    return found


def test_restricted_data_never_enters_a_package(officer, edition):
    _package, file = package_edition(actor=officer, edition=edition, to_office="vufo")
    everything = b"\n".join(unpacked(file))
    assert "Sở Ngoại vụ".encode() in everything
    assert b"Phongsaly" in everything
    assert [canary for canary in CANARIES if canary.encode() in everything] == []
    for part in (
        file,
        parcel_of(edition).documents["report.docx"],
        parcel_of(edition).documents["report.pdf"],
    ):
        assert part


def test_a_package_holds_figures_practice_and_documents_and_is_the_same_twice(officer, edition):
    package, file = package_edition(actor=officer, edition=edition, to_office="vufo")
    assert package_edition(actor=officer, edition=edition, to_office="vufo") == (package, file)
    assert list(edition.sendings.values_list("office_code", "road", "sent_on")) == [
        ("vufo", "package", TODAY)
    ]
    envelope = open_envelope(file)
    assert set(envelope.parts) == {EDITION, "documents/report.docx", "documents/report.pdf"}
    told = envelope.read_json(EDITION)
    keys = {figure["key"]: figure for figure in told["figures"]}
    assert keys["out.groups@period"]["value"] == "1"
    assert len(keys["out.groups@period"]["evidence"]) == 1
    practice = {one["key"]: one for one in told["practice"]}
    assert practice["delegation.one_is_a_group"]["value"] is False
    assert practice["delegation.one_is_a_group"]["source"].startswith("Bài báo")


def test_a_sending_by_package_that_was_taken_back_stays_so(officer, edition):
    package_edition(actor=officer, edition=edition, to_office="vufo")
    undo_sending(actor=officer, sending=edition.sendings.get(), reason="chưa gửi tệp")
    package_edition(actor=officer, edition=edition, to_office="vufo")
    assert [bool(row.undone_why) for row in edition.sendings.all()] == [True]
    package_edition(actor=officer, edition=edition, to_office="mofa")
    assert edition.sendings.filter(undone_why="").get().office_code == "mofa"


def test_only_a_signed_report_goes_and_only_to_a_receiver(officer, leader, edition):
    assert [office.code for office in package_receivers(edition)] == ["mofa", "vufo"]
    with pytest.raises(BadInput):
        package_edition(actor=officer, edition=edition, to_office="border-guard-command")
    with pytest.raises(NotAllowed):
        package_edition(actor=leader, edition=edition, to_office="vufo")
    draft = build_draft(actor=officer, office="lai-chau", code="annual", period="2025", reason="đính chính")
    with pytest.raises(BadInput):
        package_edition(actor=officer, edition=draft, to_office="vufo")
