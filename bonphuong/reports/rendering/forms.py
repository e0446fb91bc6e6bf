"""The official form in the language of a report."""

from __future__ import annotations

from dataclasses import replace

from bonphuong.kernel.word import DECREE_30_2020, OfficialForm

#: Annexes have up to twelve columns: their letters are smaller than the decree's text, which says nothing of tables.
_FORM = replace(DECREE_30_2020, table=11)
#: The form is Vietnamese law; a report in English is a translation, and its fixed words with it.
_FORMS = {
    "en": replace(
        _FORM,
        national_name="SOCIALIST REPUBLIC OF VIET NAM",
        motto="Independence - Freedom - Happiness",
        annex_word="Annex",
        recipients_word="Recipients:",
        addressee_word="To:",
    )
}


def form_of(language: str) -> OfficialForm:
    """The form with its words in the language; in Vietnamese for any other."""
    return _FORMS.get(language, _FORM)
