"""What the states of a check are called."""

from __future__ import annotations

from django.utils.translation import pgettext

from bonphuong.reports.verifying.findings import FigureState, TextState


def figure_state(state: FigureState) -> str:
    """What became of a figure, in a word or two."""
    return {
        FigureState.HOLDS: pgettext("verify", "holds"),
        FigureState.CORRECTED: pgettext("verify", "corrected in the register since"),
        FigureState.EDITED: pgettext("verify", "edited by hand"),
        FigureState.REMOVED: pgettext("verify", "taken out"),
    }[state]


def text_state(state: TextState) -> str:
    """What became of words."""
    return {
        TextState.CHANGED: pgettext("verify", "Words changed"),
        TextState.ADDED: pgettext("verify", "Words added"),
        TextState.REMOVED: pgettext("verify", "Words taken out"),
    }[state]
