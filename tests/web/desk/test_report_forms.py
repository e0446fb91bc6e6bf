"""An office makes a form of a report its own in the desk, without script: every step is a plain form."""

import datetime as dt
import io
import json
import re

import pytest

from bonphuong.indicators.services import load_indicators
from bonphuong.reports.models import FormDraft, ReportDefinition
from bonphuong.reports.services import build_draft, draft_content
from tests.factories.ledger import draft as fact
from tests.factories.ledger import post
from tests.factories.reports import SMALL, ReportDefinitionFactory

D = dt.date
HISTORY = "/settings/reports/history/lc-dofa/small/vi"
BLOCK = "sections.0.blocks.0"


@pytest.fixture
def keeper(people, at_desk):
    load_indicators()
    annex = {
        "code": "out", "title": "Danh sách", "family": "delegations", "kinds": ["outbound"], "figures": ["out"],
        "columns": [{"label": "Tên", "of": ["title"], "width": 30}, {"label": "Ngày", "of": ["time"], "width": 20}],
    }  # fmt: skip
    content = {**SMALL, "periods": ["month"], "annexes": [annex], "signers": {"": {"head": "GIÁM ĐỐC"}}}
    content["recipients"] = ["{receivers}", "Lưu: VT."]
    ReportDefinitionFactory(content=content)
    return at_desk(people["truongphong"])


@pytest.fixture
def begun(keeper):
    """The address of a draft that has just been begun."""
    given = {"office": "lc-dofa", "code": "small", "language": "vi"}
    return keeper.post("/settings/reports/", given)["Location"]


def _held():
    return FormDraft.objects.get(office_code="lc-dofa", code="small")


def _send(client, address, /, **given):
    """Send a form of the editor with the version that it shows, as a browser would."""
    return client.post(address, {"version": _held().version, "do": "save", **given})


def _fields(client, address):
    """What a browser would send of the sentence on a page that nobody has touched."""
    text = client.get(address).content.decode()
    return dict(re.findall(r'<textarea[^>]*?name="(v\.[^"]+)"[^>]*>([^<]*)</textarea>', text))


def test_the_whole_road_from_a_copy_to_a_signed_form_and_back(keeper, begun, people):
    block = f"{begun}/sections/0/0"
    said = {f"v.{BLOCK}.paragraph.say": "Sở đã cử {out} đi công tác."}
    assert _send(keeper, block, **said).status_code == 302
    assert _send(keeper, begun, **{"v.title": "Đoàn ra của Sở {=period}"}).status_code == 302
    post(fact(on=D(2025, 10, 3)))
    seen = keeper.get(f"{begun}/preview?period=2025-10")
    assert "Sở đã cử" in seen.content.decode()
    assert "1 đoàn" in seen.content.decode()
    given = {"valid_from": "1/12/2025", "reason": "Theo thông báo của Ví Dụ", "do": "adopt"}
    assert _send(keeper, f"{begun}/adopt", **given)["Location"] == HISTORY
    own = ReportDefinition.objects.get(office_code="lc-dofa")
    assert (own.version, own.valid_from, own.content["title"]) == (
        1,
        D(2025, 12, 1),
        "Đoàn ra của Sở {=period}",
    )
    assert not FormDraft.objects.exists()
    page = keeper.get(HISTORY).context["page"]
    assert {one.place for one in page.found} == {"Tiêu đề", "Mục “Đoàn ra”, khối 1"}
    assert page.versions[0].act.reason == "Theo thông báo của Ví Dụ"
    edition = build_draft(actor=people["canbo"], office="lc-dofa", code="small", period="2025-12")
    assert draft_content(edition)["edition"]["definition_office"] == "lc-dofa"
    ended = keeper.post(HISTORY, {"on": "18/12/2025", "reason": "Trở lại mẫu chung"})
    assert ended.status_code == 302
    own.refresh_from_db()
    assert own.valid_to == D(2025, 12, 18)


def test_an_old_version_is_made_a_new_one(keeper, begun):
    _send(keeper, begun, **{"v.title": "Một {=period}"})
    _send(keeper, f"{begun}/adopt", valid_from="1/11/2025", reason="Lần một")
    shipped = ReportDefinition.objects.get(office_code="", code="small")
    again = {"office": "lc-dofa", "code": "small", "language": "vi", "base": shipped.pk}
    address = keeper.post("/settings/reports/", again)["Location"]
    assert _held().content == shipped.content
    _send(keeper, f"{address}/adopt", valid_from="1/12/2025", reason="Trở lại")
    rows = ReportDefinition.objects.filter(office_code="lc-dofa").order_by("version")
    assert [(row.version, row.valid_to) for row in rows] == [(1, D(2025, 11, 30)), (2, None)]
    assert rows[1].content == shipped.content


def test_what_is_sent_untouched_changes_nothing(keeper, begun):
    before = _held().content
    address = f"{begun}/sections/0/0"
    text = keeper.get(address).content.decode()
    joins = dict.fromkeys(re.findall(r'<select[^>]*?name="(c\.[^"]+paragraph)"', text), "all")
    tests = {
        name: ["some", ""] for name in re.findall(r'<select[^>]*?name="(c\.[^"]+paragraph\.test)"', text)
    }
    figures = {name.replace(".test", ".figure"): ["out", ""] for name in tests}
    more = {name.replace(".test", ".more"): ["", ""] for name in tests}
    texts = _fields(keeper, address)
    assert (len(texts), len(joins), len(tests)) == (1, 1, 1)
    assert _send(keeper, address, **texts, **joins, **tests, **figures, **more).status_code == 302
    assert _held().content == before


def test_a_condition_is_chosen_in_words(keeper, begun):
    piece = f"c.{BLOCK}.paragraph"
    given = {
        piece: "any",
        f"{piece}.test": ["!some", "open", ""],
        f"{piece}.figure": ["out", "", ""],
        f"{piece}.more": ["", "", ""],
    }
    _send(keeper, f"{begun}/sections/0/0", **given)
    held = _held().content["sections"][0]["blocks"][0]["paragraph"]
    assert held == {"when": {"any": [{"not": {"some": "out"}}, {"open": True}]}, "say": "Có {out}."}
    assert "bằng 0 hoặc không có" in keeper.get(f"{begun}/sections/0").content.decode()


def test_mistakes_are_named_beside_their_block_and_stop_the_form(keeper, begun):
    _send(keeper, f"{begun}/sections/0/0", **{f"v.{BLOCK}.paragraph.say": "Có {nothing}."})
    for address in (begun, f"{begun}/sections/0", f"{begun}/sections/0/0"):
        assert "nothing" in keeper.get(address).content.decode()
    assert keeper.get(f"{begun}/preview?period=2025-10").status_code == 422
    answer = _send(keeper, f"{begun}/adopt", valid_from="1/12/2025", reason="Thử")
    assert answer.status_code == 422
    assert not ReportDefinition.objects.filter(office_code="lc-dofa").exists()


def test_sections_annexes_and_figures_are_moved_left_out_put_back_and_added(keeper, begun):
    _send(keeper, begun, do="section:sections", section_title="Việc khác", section_level="2")
    _send(keeper, begun, do="up:sections.1")
    assert [s["title"] for s in _held().content["sections"]] == ["Việc khác", "Đoàn ra"]
    _send(keeper, begun, do="remove:sections.1")
    _send(keeper, begun, do="remove:annexes.0")
    assert keeper.get(begun).context["page"].left_sections == [("out", "Đoàn ra")]
    _send(keeper, begun, do="back:sections/out")
    _send(keeper, begun, do="back:annexes/out")
    _send(keeper, begun, do="figure:figures", new_indicator="inbound.groups")
    _send(keeper, f"{begun}/sections/1", do="block:sections.1", sort="table")
    _send(
        keeper,
        f"{begun}/sections/1/0",
        **{
            "do": "row:sections.1.blocks.0.table.rows",
            "new.sections.1.blocks.0.table.rows": "inbound.groups",
        },
    )
    content = _held().content
    assert content["sections"][1]["blocks"][0]["table"]["rows"] == ["inbound.groups"]
    assert [a["code"] for a in content["annexes"]] == ["out"]
    _send(keeper, begun, do="remove:figures/inbound.groups")
    content = _held().content
    assert (content["sections"][1]["blocks"][0]["table"]["rows"], set(content["figures"])) == ([], {"out"})


def test_columns_of_an_annex_are_changed(keeper, begun):
    address = f"{begun}/annexes/0"
    given = {"v.annexes.0.columns.0.label": "Tên đoàn", "v.annexes.0.columns.0.width": "44", "of.1": "head"}
    _send(keeper, address, **given)
    _send(keeper, address, do="down:annexes.0.columns.0")
    columns = _held().content["annexes"][0]["columns"]
    assert [(one["label"], one["of"]) for one in columns] == [("Ngày", ["head"]), ("Tên đoàn", ["title"])]
    assert columns[1]["width"] == 44


def test_signers_recipients_cutoff_and_late_rule(keeper, begun):
    given = {
        "general": "1", "cutoff": "statutory", "late_rule": "restate", "v.signers..head": "CHÁNH VĂN PHÒNG",
        "recipients": "Bộ Ví Dụ\r\n\r\nLưu: VT.",
    }  # fmt: skip
    _send(keeper, begun, **given)
    held = _held()
    assert (held.cutoff, held.late_rule) == ("statutory", "restate")
    assert held.content["recipients"] == ["Bộ Ví Dụ", "Lưu: VT."]
    assert held.content["signers"][""]["head"] == "CHÁNH VĂN PHÒNG"
    answer = _send(keeper, begun, cutoff="whenever")
    assert answer.status_code == 422
    assert _held().cutoff == "statutory"


def test_two_people_do_not_write_over_one_another(keeper, begun, people, at_desk):
    first = _held().version
    other = at_desk(people["quantri"])
    assert (
        other.post(begun, {"version": first, "v.title": "Của người khác", "general": "1"}).status_code == 302
    )
    answer = keeper.post(begun, {"version": first, "v.title": "Của tôi", "general": "1"})
    assert answer.status_code == 422
    assert _held().content["title"] == "Của người khác"


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\xff\xfe",
        b"{",
        b"[]",
        b'{"sections": 3}',
        b'{"sections": [{"blocks": [{"records": 5}]}]}',
        b'{"figures": {"out": {"indicator": "own.lao-cai.x.1"}}}',
        b'{"figures": {"out": {"indicator": "outbound.groups", "filters": 4}}}',
        b'{"title": "{=nothing}"}',
        b"[" * 100_000,
    ],
)
def test_a_file_that_is_no_form_is_refused_in_words(keeper, begun, sent):
    before = _held().content
    file = io.BytesIO(sent)
    file.name = "mau.json"
    answer = keeper.post(f"{begun}/file", {"version": _held().version, "file": file})
    assert answer.status_code == 422
    assert _held().content == before


def test_the_form_goes_out_as_json_and_comes_back(keeper, begun):
    content = json.loads(keeper.get(f"{begun}/file").content)
    content["title"] = "Từ tệp {=period}"
    file = io.BytesIO(json.dumps(content).encode())
    file.name = "mau.json"
    assert keeper.post(f"{begun}/file", {"version": _held().version, "file": file}).status_code == 302
    assert _held().content["title"] == "Từ tệp {=period}"


@pytest.mark.parametrize(
    "deed",
    [
        "up:",
        "up:sections.99",
        "remove:nowhere.1",
        "back:sections/nothing",
        "row:sections.0",
        "x:y",
        "block:sections.0",
    ],
)
def test_a_button_that_there_is_not_changes_nothing(keeper, begun, deed):
    before = _held().content
    assert _send(keeper, begun, do=deed).status_code == 422
    assert _held().content == before


def test_nothing_changed_and_no_reason_are_told(keeper, begun):
    assert _send(keeper, f"{begun}/adopt", valid_from="1/12/2025", reason="").status_code == 422
    assert _send(keeper, f"{begun}/adopt", valid_from="ngày mai", reason="Thử").status_code == 422
    assert keeper.get(f"{begun}/preview?period=2025").status_code == 422
    assert keeper.get(f"{begun}/preview?period=99").status_code == 422
    assert _send(keeper, f"{begun}/adopt", do="discard").status_code == 302
    assert not FormDraft.objects.exists()


def test_another_office_s_forms_are_not_there(begun, people, at_desk):
    for name in ("canbo.laocai", "canbo", "lanhdao"):
        client = at_desk(people[name])
        assert client.get(begun).status_code == 404
        assert client.post(begun, {"version": 1, "v.title": "x"}).status_code == 404
        assert client.get(HISTORY).status_code == 404


def test_the_list_is_of_one_office_and_costs_the_same_whatever_it_has(
    keeper, begun, django_assert_max_num_queries
):
    keeper.get("/settings/reports/")
    for office in ("lc-dofa", "lai-chau", "nowhere"):
        with django_assert_max_num_queries(40):
            page = keeper.get(f"/settings/reports/?office={office}").context["forms"]
        assert {line.office for line in page.lines} == {page.office}
        assert "small" in {line.row.code for line in page.lines}


def test_reports_are_called_by_their_names_and_never_by_what_their_titles_leave_open(keeper):
    page = keeper.get("/settings/reports/").content.decode()
    assert "Báo cáo năm" in page
    assert "{=" not in page
