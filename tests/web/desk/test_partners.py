"""Partners at the desk: the list, the dossier, what is noted in place, names, ties, people, briefing books."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bonphuong.accounts.models import Office
from bonphuong.families.delegations.services import create
from bonphuong.parties.enums import NameLanguage
from bonphuong.parties.models import Party, PartyAlias, PartyNote, PartyTie, Person
from bonphuong.parties.services import add_alias, create_party, merge_parties
from bonphuong.records.models import Commitment
from bonphuong.records.services import CommitmentDraft, add_commitment
from bonphuong.reports.models import BriefingBook
from bonphuong.web.desk.forms.partners import code_for
from bonphuong.web.desk.pages.partner import TABS
from tests.factories.delegations import inbound

LATELY = dt.date(2025, 12, 10)


@pytest.fixture
def officer(people):
    return people["canbo"]


@pytest.fixture
def client(officer, at_desk):
    return at_desk(officer)


def visit(officer, code="la-phongsaly", on=LATELY):
    return create(inbound(on, 3, partner_code=code), office_code="lc-dofa", actor=officer)


def body(answer):
    return answer.content.decode()


def codes(client, **asked):
    page = client.get(reverse("desk:partners"), asked).context["page"]
    return [row.party.code for row in page.sheet.rows]


def test_a_partner_is_found_without_marks_in_any_script_and_a_double_is_not_listed(client, officer):
    for text in ("phong sa ly", "PHONGSALY", "ຜົ້ງສາລີ"):
        assert codes(client, q=text) == ["la-phongsaly"]
    values = {"kind": "locality", "country_id": "LA"}
    double = create_party(actor=officer, code="la-x", name_vi="Phong Sali", name_en="Phong-sali", **values)
    merge_parties(keep=Party.objects.get(pk="la-phongsaly"), double=double, actor=officer, reason="Trùng")
    assert "la-x" not in codes(client, q="phong sali")
    answer = client.get(reverse("desk:partner", args=["la-x"]))
    assert answer["Location"] == reverse("desk:partner", args=["la-phongsaly"])


def test_the_list_tells_what_was_done_this_year_and_narrows(client, officer):
    visit(officer)
    draft = CommitmentDraft("Gửi sách", "lc-dofa", party_code="la-phongsaly", due_on=dt.date(2025, 2, 1))
    add_commitment(draft, actor=officer)
    page = client.get(reverse("desk:partners"), {"q": "phongsaly"}).context["page"]
    [row] = page.sheet.rows
    assert (row.dealings.done, row.dealings.last, row.dealings.late) == (1, LATELY, 1)
    assert set(codes(client, country="LA")) >= {"la-phongsaly"}
    assert "cn-yunnan" not in codes(client, country="LA")
    assert codes(client, kind="nothing such") == codes(client)
    assert codes(client, q="không có đối tác này") == []


def test_the_list_costs_the_same_for_one_partner_and_for_all(client):
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("desk:partners"), {"q": "phongsaly"})
    with CaptureQueriesContext(connection) as everything:
        client.get(reverse("desk:partners"))
    assert len(everything) <= len(one) <= 30


@pytest.mark.parametrize("tab", TABS)
def test_a_tab_costs_the_same_for_one_record_and_for_four(client, officer, tab):
    address = reverse("desk:partner", args=["la-phongsaly"])
    visit(officer)
    with CaptureQueriesContext(connection) as one:
        assert client.get(address, {"tab": tab}).status_code == 200
    for day in (3, 4, 5):
        visit(officer, on=dt.date(2025, 4, day))
    with CaptureQueriesContext(connection) as four:
        client.get(address, {"tab": tab})
    assert len(four) <= len(one) <= 75


def test_a_name_is_spoken_in_its_own_language(client):
    page = body(client.get(reverse("desk:partner", args=["la-phongsaly"])))
    assert re.search(r'<span\s+lang="lo"\s*>ຜົ້ງສາລີ</span\s*>', page)


def test_bodies_below_are_counted_in_on_wish(client, officer):
    record = visit(officer, "cn-jinping")
    address = reverse("desk:partner", args=["cn-honghe"])
    lines = client.get(address, {"tab": "done", "below": "1"}).context["sheet"].rows
    assert record in [line.record for line in lines]


def test_a_stranger_finds_no_partner_and_no_tab_that_is_not_there_fails(client, at_desk, people):
    assert client.get(reverse("desk:partner", args=["khong-co"])).status_code == 404
    assert client.get(reverse("desk:partner", args=["vufo"]), {"tab": "x", "page": "-3"}).status_code == 200


def test_a_promise_is_noted_in_place_and_settled_with_its_proof(client, officer):
    address = reverse("desk:partner-promise", args=["la-phongsaly"])
    assert client.post(address, {"text": ""}).status_code == 422
    given = {
        "text": "Gửi danh sách",
        "side": "ours",
        "kind": "promise",
        "lead_office_code": "lc-dofa",
        "due_on": "5/1",
    }
    assert client.post(address, given).status_code == 302
    made = Commitment.objects.get()
    assert (made.party_code, made.record) == ("la-phongsaly", None)
    settle = reverse("desk:partner-settle", args=["la-phongsaly", made.pk])
    done = {"text": made.text, "lead_office_code": "lc-dofa", "status": "done", "version": "1"}
    assert client.post(settle, done).status_code == 422
    answer = client.post(settle, {**done, "settled_on": "10/12/2025", "evidence": "Công văn 12"})
    assert answer.status_code == 302
    page = client.get(reverse("desk:partner", args=["la-phongsaly"]), {"tab": "promises"}).context["page"]
    assert (page.tally.kept, page.tally.in_time) == (1, 1)


def test_a_note_is_read_by_ones_own_office_alone(client, at_desk, people):
    address = reverse("desk:partner-note", args=["la-phongsaly"])
    client.post(address, {"office": "lc-dofa", "text": "Khách dùng xôi"})
    assert PartyNote.objects.get().office_id == "lc-dofa"
    page = reverse("desk:partner", args=["la-phongsaly"])
    assert "Khách dùng xôi" in body(client.get(page))
    assert "Khách dùng xôi" not in body(at_desk(people["canbo.hunghi"]).get(page))


def test_a_new_partner_gets_a_code_of_its_own_and_what_is_wrong_stands_beside_it(client):
    address = reverse("desk:partner-new")
    given = {
        "name_vi": "Mường Mẫu",
        "name_en": "Muang Sample",
        "kind": "locality",
        "level": "county",
        "country": "LA",
    }
    wrong = client.post(address, {**given, "parent": "Không có nơi này", "name_native": "ເມືອງ"})
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"parent", "native_lang"}
    right = client.post(address, {**given, "parent": "Phông Sa Lỳ", "valid_from": "1/7/2025"})
    assert right["Location"] == reverse("desk:partner", args=["la-muang-sample"])
    made = Party.objects.get(pk="la-muang-sample")
    assert (made.parent_id, made.valid_from) == ("la-phongsaly", dt.date(2025, 7, 1))
    assert code_for("Muang Sample", "LA") == "la-muang-sample-2"


def test_a_partner_cannot_lie_in_itself_and_keeps_its_former_name(client):
    address = reverse("desk:partner-edit", args=["la-phongsaly"])
    form = client.get(address).context["form"]
    given = {name: value for name, value in form.initial.items() if value not in {None, False}}
    assert client.post(address, {**given, "parent": "Phông Sa Lỳ"}).status_code == 422
    assert client.post(address, {**given, "name_vi": "Phong Sa Lì"}).status_code == 302
    assert PartyAlias.objects.filter(party="la-phongsaly", text="Phông Sa Lỳ").exists()


def test_names_are_added_with_their_last_day_and_taken_away(client, officer):
    address = reverse("desk:partner-names", args=["cn-puer"])
    assert client.post(address, {"text": "", "lang": "zh"}).status_code == 422
    client.post(address, {"text": "思茅地区", "lang": "zh", "until": "8/4/2007"})
    name = PartyAlias.objects.get(text="思茅地区")
    assert name.until == dt.date(2007, 4, 8)
    assert (
        "思茅地区" not in body(client.get(reverse("desk:partner", args=["cn-puer"]))).split("</h1>")[1][:600]
    )
    client.post(reverse("desk:partner-name-away", args=["cn-puer", name.pk]))
    assert not PartyAlias.objects.filter(text="思茅地区").exists()
    assert "思茅地区" not in Party.objects.get(pk="cn-puer").fold
    other = add_alias(actor=officer, party=Party.objects.get(pk="vufo"), text="V.U.F.O", lang=NameLanguage.EN)
    assert client.post(reverse("desk:partner-name-away", args=["cn-puer", other.pk])).status_code == 404


def test_a_tie_begins_and_ends(client):
    given = {"office": "lc-dofa", "kind": "friendly", "valid_from": "2/9/2020", "source": "Thông cáo"}
    assert client.post(reverse("desk:partner-tie", args=["la-bokeo"]), given).status_code == 302
    tie = PartyTie.objects.get(party="la-bokeo")
    end = reverse("desk:partner-tie-end", args=["la-bokeo", tie.pk])
    assert client.post(end, {"on": "1/1/2019"}).status_code == 422
    assert client.post(end, {"on": "1/1/2025"}).status_code == 302
    tie.refresh_from_db()
    assert tie.valid_to == dt.date(2025, 1, 1)


def test_a_person_is_added_with_a_post_or_not_at_all(client):
    address = reverse("desk:partner-person-new", args=["la-phongsaly"])
    person = {"full_name": "Tua-yang Hai", "name_native": "ຕົວຢ່າງ", "nationality": "LA", "office": "lc-dofa"}
    assert client.post(address, person).status_code == 422
    wrong = {**person, "title_vi": "Giám đốc Sở", "valid_from": "2/3/2024", "valid_to": "1/1/2020"}
    assert client.post(address, wrong).status_code == 422
    assert not Person.objects.exists()
    assert client.post(address, {**wrong, "valid_to": ""}).status_code == 302
    made = Person.objects.get()
    page = reverse("desk:partner-person", args=["la-phongsaly", made.pk])
    client.post(page, {"what": "post", "title_vi": "Phó Tỉnh trưởng", "valid_from": "1/6/2025"})
    assert [post.title_vi for post in made.posts.order_by("valid_from")] == ["Giám đốc Sở", "Phó Tỉnh trưởng"]
    old = made.posts.order_by("valid_from").first()
    client.post(reverse("desk:partner-post-end", args=["la-phongsaly", made.pk, old.pk]), {"on": "31/5/2025"})
    listed = (
        client.get(reverse("desk:partner", args=["la-phongsaly"]), {"tab": "people"}).context["sheet"].rows
    )
    assert ([post.title_vi for post in listed[0].now], len(listed[0].before)) == (["Phó Tỉnh trưởng"], 1)


def test_one_button_makes_a_book_that_is_listed_and_comes_out_the_same(client, officer):
    visit(officer)
    new = reverse("desk:briefing-new", args=["la-phongsaly"])
    form = client.get(new).context["form"]
    days = {name: form[name].value() for name in ("since", "until")}
    assert client.post(new, {**days, "office": "lc-dofa"}).status_code == 422
    answer = client.post(new, {**days, "language": "vi", "office": "lc-dofa", "occasion": "Hội đàm"})
    book = BriefingBook.objects.get()
    assert answer["Location"] == reverse("desk:briefing", args=[book.pk])
    assert book.office_code == Office.objects.get(pk="lc-dofa").code
    page = body(client.get(answer["Location"]))
    assert book.digest in page
    assert book.title in body(client.get(reverse("desk:partner", args=["la-phongsaly"])))
    for ending in ("docx", "pdf", "json"):
        file = reverse("desk:briefing-download", args=[book.pk, ending])
        assert client.get(file).content == client.get(file).content != b""
    assert client.get(reverse("desk:briefing-download", args=[book.pk, "exe"])).status_code == 404


def test_who_may_see_less_finds_no_book(client, officer, at_desk, people):
    visit(officer)
    new = reverse("desk:briefing-new", args=["la-phongsaly"])
    client.post(new, {"since": "1/1/2025", "until": "18/12/2025", "language": "vi", "office": "lc-dofa"})
    book = BriefingBook.objects.get()
    clerk = at_desk(people["vanthu.yte"])
    assert clerk.get(reverse("desk:briefing", args=[book.pk])).status_code == 404
    assert clerk.get(reverse("desk:briefing-download", args=[book.pk, "pdf"])).status_code == 404
    assert book.title not in body(clerk.get(reverse("desk:partner", args=["la-phongsaly"])))
