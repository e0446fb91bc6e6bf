"""Pages of families made of the kit: entered, listed, moved on, corrected, tied to one another."""

# Fixtures are plain by their names.
# mypy: disable-error-code="no-untyped-def,no-untyped-call"

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bonphuong.families.twinning.models import Pair
from bonphuong.kit.queries import row_of, scheme_of
from bonphuong.kit.services import create
from bonphuong.records.models import Record, RecordLink
from bonphuong.records.registry import families, get_family

D = dt.date
NEW = "/records/twinning/new"
FORM = {
    "title": "Pô Tô – Cửa Cải",
    "level": "village",
    "ours_text": "Bản Pô Tô",
    "partner": "Thôn Cửa Cải",
    "country": "Trung Quốc",
    "lead_office": "lc-dofa",
    "signed_on": "19/11/2015",
    "contents_count": "5",
    "contents": "Giữ gìn đường biên, mốc giới",
}
NO_LINES = {
    f"{name}-{part}": "0"
    for name in ("activities", "reviews", "pauses")
    for part in ("TOTAL_FORMS", "INITIAL_FORMS")
}


def enter(client, **said):
    """Register a pair that was signed long ago; gives its page's address."""
    answer = client.post(f"{NEW}?as=finished", {**FORM, **NO_LINES, **said})
    assert answer.status_code == 302, answer.context["form"].errors
    return answer.url


@pytest.fixture
def client(people, at_desk):
    return at_desk(people["canbo"])


@pytest.fixture
def pair(client):
    return enter(client)


def test_a_record_is_entered_by_a_form_made_of_its_fields(client, pair):
    row = Pair.objects.get()
    assert (row.record.title, row.signed_on, row.country_code) == ("Pô Tô – Cửa Cải", D(2015, 11, 19), "CN")
    assert pair == f"/records/item/{row.pk}"
    page = client.get(pair).context["page"]
    assert page.parts.case.case.state.code == row.record.state
    said = {line.label: line.value for part in page.fields for line in part.lines}
    assert "Thôn Cửa Cải" in said.values()


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(client):
    answer = client.post(NEW, {**FORM, **NO_LINES, "country": "Atlantis", "title": ""})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"title"}
    answer = client.post(NEW, {**FORM, **NO_LINES, "country": "Atlantis"})
    assert set(answer.context["form"].errors) == {"country"}
    assert "Bản Pô Tô" in answer.content.decode()


def test_lines_are_entered_with_the_record(client):
    lines = {"activities-TOTAL_FORMS": "2", "activities-0-on": "1/3/2025", "activities-0-deed": "exchange",
             "activities-0-what": "Giao lưu ngày hội biên giới", "activities-1-deed": "exchange"}  # fmt: skip
    page = client.get(enter(client, **lines)).context["page"]
    [table] = [table for table in page.tables if table.spec.name == "activities"]
    assert len(table.rows) == 1


def test_a_mistake_in_a_line_stands_in_its_cell(client):
    lines = {"activities-TOTAL_FORMS": "1", "activities-0-on": "", "activities-0-what": "Giao lưu"}
    answer = client.post(f"{NEW}?as=finished", {**FORM, **NO_LINES, **lines})
    assert answer.status_code == 422
    [table] = [rows for rows in answer.context["tables"] if rows.prefix == "activities"]
    assert set(table.forms[0].errors) == {"on"}


def test_something_like_it_is_asked_about_before_it_is_saved(client, pair):
    answer = client.post(f"{NEW}?as=finished", {**FORM, **NO_LINES})
    assert answer.status_code == 422
    assert [twin.number for twin in answer.context["twins"]] == [Record.objects.get(family="twinning").number]
    assert enter(client, not_the_same="on") != pair


def test_whoever_may_not_register_is_not_asked_for_what_came_of_it(people, at_desk):
    form = at_desk(people["vanthu.yte"]).get(f"{NEW}?as=finished").context["form"]
    assert "signed_on" not in form.fields
    assert "signed_on" in at_desk(people["canbo"]).get(f"{NEW}?as=finished").context["form"].fields


def test_the_list_is_found_without_marks_and_its_queries_do_not_grow_with_its_rows(client):
    enter(client)
    client.get("/records/twinning/")
    with CaptureQueriesContext(connection) as one:
        client.get("/records/twinning/")
    for number in range(12):
        names = {"ours_text": f"Bản số {number}", "partner": f"Thôn số {number}"}
        enter(client, title=f"Bản số {number} – Thôn số {number}", **names, signed_on=f"{number + 1}/5/2016")
    client.get("/records/twinning/")
    with CaptureQueriesContext(connection) as many:
        page = client.get("/records/twinning/").context["page"]
    assert (page.count, len(page.rows)) == (13, 13)
    assert len(many) <= len(one) + 2, [q["sql"][:120] for q in many.captured_queries]
    found = client.get("/records/twinning/?q=PO+to").context["page"]
    assert [row.record.title for row in found.rows] == ["Pô Tô – Cửa Cải"]


def test_the_list_is_taken_away_with_its_filter(client, pair):
    answer = client.get("/records/twinning/list.csv?q=po+to")
    text = b"".join(answer.streaming_content).decode()
    assert "Pô Tô – Cửa Cải" in text
    assert client.get("/records/twinning/list.pdf").status_code == 404


def test_a_table_is_corrected_as_a_whole(client, pair):
    url = f"{pair}/lines/activities"
    version = str(Record.objects.get(family="twinning").version)
    lines = {"activities-TOTAL_FORMS": "2", "activities-INITIAL_FORMS": "0", "version": version,
             "activities-0-on": "1/3/2025", "activities-0-deed": "exchange", "activities-0-what": "Giao lưu",
             "activities-1-on": "2/9/2025", "activities-1-deed": "exchange", "activities-1-what": "Thăm hỏi"}  # fmt: skip
    assert client.post(url, lines).url == f"{pair}#lines-activities"
    assert client.post(url, lines).status_code == 302, "the same lines once more are the same lines"
    rows = client.get(url).context["rows"]
    assert [form["what"].value() for form in rows.forms] == ["Giao lưu", "Thăm hỏi", None, None]


def test_a_correction_over_somebody_elses_shows_both_versions(client, pair):
    url = f"{pair}/edit"
    form = client.get(url).context["form"]
    given = {name: form[name].value() or "" for name in form.fields} | {"reason": "Gõ nhầm"}
    assert client.post(url, {**given, "contents_count": "6"}).url == pair
    answer = client.post(url, {**given, "contents_count": "7"})
    assert answer.status_code == 422
    assert [(one.theirs, one.mine) for one in answer.context["differences"]] == [("6", "7")]
    version = answer.context["form"]["version"].value()
    assert client.post(url, {**given, "contents_count": "7", "version": version}).url == pair
    assert Pair.objects.get().contents_count == 7


def test_a_step_asks_for_what_it_sets_and_moves_the_record(client, pair):
    page = client.get(pair).context["page"]
    codes = [way.code for way in page.parts.case.ways]
    assert codes
    answer = client.get(f"{pair}/steps/{codes[0]}")
    assert answer.status_code == 200
    assert client.get(f"{pair}/steps/nothing_like_it").status_code == 403


def test_an_act_of_the_family_has_its_own_form(client, pair):
    url = f"{pair}/act/note_activity"
    assert client.post(url, {"what": ""}).status_code == 422
    said = {"on": "1/12/2025", "deed": "exchange", "what": "Giao lưu văn nghệ", "people_ours": "12"}
    assert client.post(url, said).url == pair
    assert Pair.objects.get().activities.count() == 1
    assert client.get(f"{pair}/act/no_such_act").status_code == 404


def test_records_are_linked_and_the_link_is_taken_away(client, pair):
    other = enter(client, title="Bản khác – Thôn khác", signed_on="1/1/2018")
    uid = other.rpartition("/")[2]
    url = f"{pair}/links/new?q=ban+khac"
    assert client.post(url, {"other": uid, "kind": "related"}).url == pair
    assert [str(one.pk) for _kind, one in client.get(pair).context["page"].parts.links] == [uid]
    # Taken away from the other end as well.
    assert client.post(f"{other}/links/{pair.rpartition('/')[2]}/related/away").url == other
    assert not RecordLink.objects.exists()


def test_two_that_are_one_are_merged_and_parted_again(client, pair):
    double = enter(client, not_the_same="on")
    keep, copy = pair.rpartition("/")[2], double.rpartition("/")[2]
    url = f"{pair}/same-as/{copy}"
    assert client.get(url).status_code == 200
    assert client.post(url, {"keep": keep, "reason": "Cùng một cặp"}).url == pair
    assert str(Record.objects.get(pk=copy).duplicate_of_id) == keep
    version = str(Record.objects.get(pk=copy).version)
    assert (
        client.post(f"{double}/not-the-same", {"version": version, "reason": "Hai bản khác nhau"}).url
        == double
    )
    assert Record.objects.get(pk=copy).duplicate_of_id is None


def test_a_record_is_struck_out(client, pair):
    version = str(Record.objects.get(family="twinning").version)
    assert client.post(f"{pair}/mistake", {"version": version, "reason": "Nhập nhầm"}).url == pair
    page = client.get(pair).context["page"]
    assert (page.row.is_void, page.parts.case, page.parts.counts_as) == (True, None, "")


def test_promises_and_papers_hang_on_any_record(client, pair):
    said = {"text": "Tặng cột đèn năng lượng mặt trời", "side": "ours", "kind": "promise",
            "due_on": "1/12/2025", "lead_office_code": "lc-dofa"}  # fmt: skip
    assert client.post(f"{pair}/promises/new", said).url == pair
    assert (
        client.post(f"{pair}/papers/new", {"kind": "minutes", "reference": "01/BB", "direction": "in"}).url
        == pair
    )
    parts = client.get(pair).context["page"].parts
    assert (len(parts.commitments), len(parts.papers)) == (1, 1)


def test_a_family_with_pages_of_its_own_is_shown_there(client, people):
    assert client.get("/records/delegations/").status_code == 404
    assert client.get("/records/nothing/").status_code == 404


def test_all_families_stand_on_one_page_and_words_find_all_records(client, pair):
    lines = client.get("/records/").context["lines"]
    counts = {line.family.code: line.total for line in lines}
    assert (counts["twinning"], counts["delegations"]) == (1, 0)
    page = client.get("/records/?q=po+to", follow=True).context["page"]
    found = {group.title: [hit.url for hit in group.hits] for group in page.groups}
    assert found["Kết nghĩa"] == [pair]


def test_who_may_not_see_a_record_hears_that_there_is_no_such_page(pair, people, at_desk):
    other = at_desk(people["canbo.laocai"])
    for end in (
        "",
        "/edit",
        "/lines/activities",
        "/steps/review",
        "/act/note_activity",
        "/links/new",
        "/mistake",
    ):
        assert other.get(f"{pair}{end}").status_code == 404


def test_every_family_of_the_kit_has_its_list_and_its_forms(client):
    for family in families():
        if not family.scheme:
            continue
        assert client.get(f"/records/{family.code}/").status_code == 200, family.code
        for kind in family.kinds:
            for way in ("", "&as=finished"):
                address = f"/records/{family.code}/new?kind={kind.code}{way}"
                assert client.get(address).status_code == 200, address
            flags = [flag.code for flag in scheme_of(family.code).flags]
            for flag in ("late", "open", *flags):
                address = f"/records/{family.code}/?kind={kind.code}&flag={flag}"
                assert client.get(address).status_code == 200, address


def test_a_restricted_field_is_masked_and_kept_where_it_is_left_as_it_is(client, people):
    said = {"title": "Tua-yang Sáu", "full_name": "Tua-yang Sáu", "country": "Lào",
            "school": "Trường Mẫu", "passport_no": "PA0001417"}  # fmt: skip
    gate = get_family("scholarships").get_clean_many()
    [cleaned] = gate([said], kind="student", office_code="lc-dofa", actor=people["canbo"])
    assert cleaned.is_good, cleaned.errors
    record = create(cleaned.draft, family="scholarships", office_code="lc-dofa", actor=people["canbo"])
    page = f"/records/item/{record.pk}"
    assert "PA0001417" not in client.get(page).content.decode()
    form = client.get(f"{page}/edit").context["form"]
    given = {name: form[name].value() or "" for name in form.fields} | {"reason": "Gõ nhầm"}
    assert given["passport_no"].startswith("••")
    answer = client.post(f"{page}/edit", given)
    assert answer.status_code == 302, answer.context["form"].errors
    assert row_of(record).passport_no == "PA0001417"
    assert client.get(f"{page}/read/passport_no").status_code == 200
    assert client.post(f"{page}/read/passport_no", {"reason": ""}).status_code == 422
    assert client.get(f"{page}/read/title").status_code == 404


def test_a_record_is_corrected_and_printed_by_keys(client, pair):
    shown = " ".join(client.get(pair).content.decode().split())
    assert f'href="{pair}/edit" data-key="e"' in shown
    assert f'href="{pair}/print" data-key="p"' in shown
