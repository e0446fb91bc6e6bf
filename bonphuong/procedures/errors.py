"""What a case may refuse, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bonphuong.kernel.errors import BadInput, Conflict

if TYPE_CHECKING:
    from collections.abc import Sequence


class WrongState(Conflict):
    """The step cannot be taken from where the case stands."""

    code = "wrong_state"


class MissingPaper(BadInput):
    """The step needs papers that the case does not hold; `kinds` are the codes of what is missing."""

    code = "missing_paper"

    def __init__(self, kinds: Sequence[str], names: Sequence[str]) -> None:
        self.kinds = tuple(kinds)
        super().__init__({"papers": [_("Missing: %(papers)s.") % {"papers": ", ".join(names)}]})
