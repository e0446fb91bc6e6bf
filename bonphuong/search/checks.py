"""Are the indexes there and whole?"""

from __future__ import annotations

from django.db import connection
from django.utils.translation import gettext as _

from bonphuong.kernel.fulltext.install import problems
from bonphuong.ledger.checks import Problem


def check_indexes() -> list[Problem]:
    """Indexes of the search that are missing, changed, or without some of the rows."""
    message = _("What the search looks in is missing or not whole. Run: bonphuong migrate")
    return [Problem(name, "index", message) for name in problems(connection)]
