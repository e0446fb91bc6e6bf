import datetime as dt

from django import forms
from django.template import Context, Template
from django.utils import translation

from bonphuong.web.desk.templatetags import desk


def _draw(text, **context):
    return Template("{% load desk %}" + text).render(Context(context))


def test_an_icon_is_silent_and_comes_from_one_sprite():
    assert desk.icon("home") == (
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="/static/desk/icons.svg#home"/></svg>'
    )


def test_a_state_is_a_colour_an_icon_and_a_word():
    drawn = desk.badge("late", "Quá hạn")
    assert drawn.startswith('<span class="badge is-late">')
    assert "#alert" in drawn
    assert drawn.endswith("Quá hạn</span>")


def test_figures_and_days_follow_the_language():
    text = "{{ n|number }} {{ d|day }} {{ change|signed }}"
    given = {"n": 1234, "d": dt.date(2025, 3, 5), "change": -2}
    vietnamese = _draw(text, **given)
    with translation.override("en"):
        english = _draw(text, **given)
    assert (vietnamese, english) == ("1.234 05/03/2025 −2", "1,234 5 Mar 2025 −2")


def test_two_days_are_one_span_and_one_alone_is_itself():
    first, last = dt.date(2025, 1, 12), dt.date(2025, 1, 16)
    assert [desk.until(first, last), desk.until(first, None), desk.until(None, None)] == [
        "12–16/01/2025",
        "12/01/2025",
        "",
    ]


def test_a_sparkline_keeps_both_years_on_one_scale():
    drawn = desk.sparkline([1, 2], [4, 0, 2], "Đoàn ra")
    assert 'class="then" points="0.0,3.0 50.0,25.0 100.0,14.0"' in drawn
    assert 'class="now" points="0.0,19.5 50.0,14.0"' in drawn


def test_a_field_is_tied_to_its_help_and_error():
    class Form(forms.Form):
        name = forms.CharField(label="Tên", help_text="Như trong quyết định")

    drawn = _draw("{% field form.name %}{% error_summary form %}", form=Form({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in drawn
    assert 'id="id_name_helptext"' in drawn
    assert 'id="id_name_error"' in drawn
    assert '<a href="#id_name">' in drawn


def test_a_title_keeps_figures_with_what_they_count():
    shown = desk.unbroken("Tuần 1: 4 đoàn vào, 26 hạn").replace("\N{NO-BREAK SPACE}", "_")
    assert shown == "Tuần 1: 4_đoàn_vào, 26_hạn"
