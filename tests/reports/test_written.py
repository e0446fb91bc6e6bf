"""What people write: figures named in it are told as they are, and nothing else is let through."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from bonphuong.kernel import clock
from bonphuong.kernel.canonical import canonical
from bonphuong.kernel.errors import BadInput
from bonphuong.reports.models import DraftText
from bonphuong.reports.rendering import page_html, render_docx
from bonphuong.reports.services import build_draft, draft_content, look_at_text, sign_edition, write_text
from tests.factories.delegations import finished, inbound
from tests.reports.conftest import PROVINCE, declare, enter, plain, sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
DAY = dt.date
JUNE = DAY(2025, 6, 17)
JULY = DAY(2025, 7, 16)


@pytest.fixture
def june(officer):
    """Two trips of six in June's period, one in May's, and June's draft."""
    trips = [finished(DAY(2025, month, day), 6, days=2) for month, day in ((5, 5), (5, 20), (6, 2))]
    enter(officer, *trips, at=JUNE)
    with clock.fixed(JUNE):
        return build_draft(actor=officer, office=PROVINCE, code="monthly", period="2025-06")


def written(told, slot="limits"):
    return next(
        block
        for section in told["sections"]
        for block in section["blocks"]
        if block["kind"] == "written" and block["slot"] == slot
    )


def write(officer, edition, body, slot="limits", **more):
    with clock.fixed(JUNE):
        return write_text(actor=officer, edition=edition, slot=slot, body=body, **more)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Tỉnh cử {out.groups}.", "Tỉnh cử 2 đoàn."),
        ("Lũy kế {out.groups@to_date}.", "Lũy kế 3 đoàn."),
        ("Có {out.groups:bare} đoàn.", "Có 2 đoàn."),
        ("Trong {=period}: {out.visits}", "Trong tháng 6 năm 2025: 12 lượt người"),
        ("Đi Lào {out.groups[country=LA]}.", "Đi Lào 2 đoàn."),
        ("Không có gì.", "Không có gì."),
        ("Một { đứng lẻ.", "Một { đứng lẻ."),
    ],
)
def test_a_figure_named_in_a_text_is_told_as_it_is(june, officer, body, expected):
    write(officer, june, body)
    with clock.fixed(JUNE):
        block = written(draft_content(june))
    assert block["text"] == expected
    assert [plain(runs) for runs in block["paragraphs"]] == [expected]


def test_a_figure_that_changes_changes_in_the_text(june, officer):
    write(officer, june, "Tỉnh cử {out.groups}.")
    enter(officer, finished(DAY(2025, 6, 9), 4, days=2), at=JUNE)
    with clock.fixed(JUNE):
        told = draft_content(june)
    [run] = [run for run in written(told)["paragraphs"][0] if isinstance(run, dict)]
    assert run["t"] == "3 đoàn"
    figure = next(figure for figure in told["figures"] if figure["id"] == run["f"])
    assert figure["told"]
    assert len(figure["rows"]) == 3


def test_the_word_for_a_change_turns_with_the_figures(june, officer):
    write(officer, june, "Đoàn ra {out.groups:change}.")
    with clock.fixed(JUNE):
        assert written(draft_content(june))["text"] == "Đoàn ra {out.groups:change}."
    declare(officer, DAY(2023, 12, 15), DAY(2025, 6, 14), at=JUNE)
    with clock.fixed(JUNE):
        assert written(draft_content(june))["text"] == "Đoàn ra tăng 2 đoàn."
    enter(officer, *(finished(DAY(2024, 6, day), 5, days=1) for day in (2, 4, 6)), at=JUNE)
    with clock.fixed(JUNE):
        assert written(draft_content(june))["text"] == "Đoàn ra giảm 33,3%."


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Một\ndòng {out.grups}", "Dòng 2: “{out.grups}” không phải số liệu của báo cáo này."),
        ("{Đoàn ra}", "Có phải {out.groups} (Đoàn ra)?"),
        ("{out.groups@quarter}", "không có khoảng “quarter”"),
        ("{out.groups:sum}", "“sum”"),
        ("{out.groups[colour=red]}", "“out.groups” không chia theo “colour”."),
        ("{=weather}", "“{=weather}” không phải từ của báo cáo này."),
        ("{}", "“{}” không phải số liệu"),
        ("{{out.groups} và {a b}}", "“{a b}” không phải số liệu"),
    ],
)
def test_an_unknown_figure_is_refused_in_words_at_its_place(june, officer, body, words):
    from django.utils import translation  # noqa: PLC0415

    with pytest.raises(BadInput) as caught, translation.override("vi"):
        write(officer, june, body)
    assert words in " ".join(caught.value.errors["body"])
    assert not DraftText.objects.exists()


def test_figures_in_texts_are_frozen_with_their_evidence(june, officer, leader):
    write(officer, june, "Tỉnh cử {out.groups}.\n\nĐón {in.groups@to_date}.")
    enter(officer, inbound(DAY(2025, 6, 4)), at=JUNE)
    with clock.fixed(JUNE):
        signed = sign_edition(actor=leader, edition=june, reason="đã rà soát")
    enter(officer, finished(DAY(2025, 6, 9), 4, days=2), at=DAY(2025, 6, 20), late_reason="nộp muộn")
    told = json.loads(signed.frozen.content)
    assert canonical(told) == signed.frozen.content
    assert written(told)["text"] == "Tỉnh cử 2 đoàn.\n\nĐón 1 đoàn."
    page = page_html(told).decode()
    assert 'class="figure" href="#evidence-' in page.split('class="written"')[1]
    assert render_docx(told) == render_docx(told)


def test_a_text_that_is_carried_over_tells_the_figures_of_the_new_period(officer, leader):
    enter(officer, finished(DAY(2025, 6, 2), 6, days=2), at=JUNE)
    with clock.fixed(JUNE):
        june = build_draft(actor=officer, office=PROVINCE, code="monthly", period="2025-06")
    write(officer, june, "Trong {=period}, tỉnh cử {out.groups}; có 1 đoàn đi dài ngày.")
    sign(officer, leader, "monthly", "2025-06", at=JUNE)
    enter(officer, *(finished(DAY(2025, 7, day), 5, days=1) for day in (1, 3)), at=JULY)
    with clock.fixed(JULY):
        july = build_draft(actor=officer, office=PROVINCE, code="monthly", period="2025-07")
        block = written(draft_content(july))
    assert block["is_carried"]
    assert block["text"] == "Trong tháng 7 năm 2025, tỉnh cử 2 đoàn; có 1 đoàn đi dài ngày."


def test_a_text_is_looked_at_before_it_is_saved(june):
    with clock.fixed(JUNE):
        look = look_at_text(june, "Cử {out.groups}, {out.grups}. Tiếp 12 lượt người.")
    assert plain(look.paragraphs[0]) == "Cử 2 đoàn, {out.grups}. Tiếp 12 lượt người."
    assert look.untold == ["{out.grups}"]
    assert len(look.wrong) == 1
    references = {choice.reference: choice.text for choice in look.choices}
    assert references["{out.groups}"] == "2 đoàn"
    assert references["{out.groups@to_date}"] == "3 đoàn"
    [offer] = look.offers
    assert (offer.number.text, offer.is_same) == ("12 lượt người", True)
    assert offer.choices[0].reference == "{out.visits}"
