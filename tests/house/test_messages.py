import gettext

import pytest

from tools import messages

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy

A = _("Paper %(n)s")
# Translators: to put into the dossier
B = pgettext_lazy("verb", "File")
C = _("a phrase "
      "over two lines {x}")


def f(n):
    return ngettext("%(n)s paper", "%(n)s papers", n)
"""
TEMPLATE = """{% load i18n %}<p title="{% translate "It's here" %}">'tis {{ x }} ""\"
  {% blocktranslate trimmed with a=b count n=c %}
    One {{ a }} thing
  {% plural %}many {{ a }} "things"{% endblocktranslate %}
    {% if x == _("inside a tag") %}50%{% endif %}
 {% translate "Save" context "verb" as save %}{{ save }}</p>
"""
PHRASES = {
    "Paper %(n)s",
    "File",
    "a phrase over two lines {x}",
    "%(n)s paper",
    "It's here",
    "One %(a)s thing",
    "inside a tag",
    "Save",
}


@pytest.fixture
def papers(tmp_path, monkeypatch):
    """A product of one package and one family that says nothing."""
    source = tmp_path / "bonphuong"
    for folder in ("papers", "families/silent"):
        (source / folder).mkdir(parents=True)
        (source / folder / "__init__.py").write_text("")
    for folder in ("", "families"):
        (source / folder / "__init__.py").write_text("")
    package = source / "papers"
    (package / "words.py").write_text(PYTHON)
    (package / "templates" / "papers").mkdir(parents=True)
    (package / "templates" / "papers" / "page.html").write_text(TEMPLATE)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "SOURCE", source)
    return package


def phrases(package):
    return {key[1] for key in messages.entries(messages.read_catalogue(package))}


def translate_all(package, *, but=()):
    path = messages.catalogue_path(package)
    lines = path.read_text().split("\n")
    for number, line in enumerate(lines):
        if line in {'msgstr ""', 'msgstr[0] ""'} and number > 2:
            said = lines[number - 1].split(" ", 1)[1]
            if said.strip('"') not in but:
                lines[number] = line.replace('""', f'"Dịch {said[1:]}')
    path.write_text("\n".join(lines))


def test_phrases_of_code_and_templates_enter_the_catalogue(papers):
    assert messages.update(messages.packages(), prune=False) == ["papers: 8 added, 0 dropped"]
    assert phrases(papers) == PHRASES


def test_a_second_update_changes_nothing(papers):
    messages.update(messages.packages(), prune=True)
    assert messages.update(messages.packages(), prune=True) == []


def test_a_phrase_no_longer_used_is_kept_until_pruned(papers):
    messages.update([papers], prune=False)
    (papers / "words.py").write_text("")
    assert messages.update([papers], prune=False) == []
    assert [gap.message for gap in messages.check([papers]) if gap.what == "no longer used"] != []
    messages.update([papers], prune=True)
    assert phrases(papers) == {"It's here", "One %(a)s thing", "inside a tag", "Save"}


def test_every_gap_is_named(papers):
    messages.update([papers], prune=False)
    assert {gap.message for gap in messages.check([papers])} == PHRASES
    translate_all(papers, but={"Save"})
    assert [str(gap) for gap in messages.check([papers])] == ["papers: not translated: 'Save'"]


def test_a_placeholder_that_the_source_lacks_is_found(papers):
    messages.update([papers], prune=False)
    translate_all(papers)
    path = messages.catalogue_path(papers)
    path.write_text(path.read_text().replace('msgstr "Dịch Paper %(n)s"', 'msgstr "Dịch %(other)s"'))
    assert [str(gap) for gap in messages.check([papers])] == ["papers: placeholders differ: 'Paper %(n)s'"]


@pytest.mark.parametrize("phrase", ["Paper %(n)s", "%(n)s paper", "File"])
def test_a_phrase_that_a_merge_left_twice_is_found(papers, phrase):
    messages.update([papers], prune=False)
    translate_all(papers)
    path = messages.catalogue_path(papers)
    whole = path.read_text()
    [entry] = [one for one in whole.split("\n\n") if f'msgid "{phrase}"' in one]
    path.write_text(f"{whole}\n{entry.replace('Dịch', 'Nói')}\n")
    assert [str(gap) for gap in messages.check([papers])] == [f"papers: there twice: {phrase!r}"]

    messages.update([papers], prune=False)
    assert messages.check([papers]) == []


def test_a_phrase_stands_once_in_each_context(papers):
    (papers / "more.py").write_text('from django.utils.translation import gettext as _\nD = _("File")\n')
    messages.update([papers], prune=False)
    translate_all(papers)
    assert messages.check([papers]) == []


def test_a_translation_known_elsewhere_is_taken_over(papers):
    messages.update([papers], prune=False)
    translate_all(papers)
    second = papers.parent / "families" / "silent"
    (second / "words.py").write_text(
        'from django.utils.translation import gettext as _\nA = _("Paper %(n)s")\n'
    )
    messages.update([second], prune=False)
    assert messages.check([second]) == []


def test_two_packages_may_not_translate_a_phrase_in_two_ways(papers):
    messages.update([papers], prune=False)
    translate_all(papers)
    second = papers.parent / "families" / "silent"
    (second / "words.py").write_text(
        'from django.utils.translation import gettext as _\nA = _("Paper %(n)s")\n'
    )
    messages.update([second], prune=False)
    path = messages.catalogue_path(second)
    path.write_text(path.read_text().replace("Dịch Paper", "Văn bản"))
    assert [gap.what for gap in messages.check([])] == [
        "translated otherwise in families/silent (add a context)"
    ]


def test_compiled_catalogues_speak(papers):
    messages.update([papers], prune=False)
    translate_all(papers)
    assert messages.compile_all([papers]) == 1
    assert messages.compile_all([papers]) == 0
    with messages.catalogue_path(papers).with_suffix(".mo").open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    assert spoken.gettext("It's here") == "Dịch It's here"
    assert spoken.pgettext("verb", "File") == "Dịch File"
