"""How tests ask for pages of the desk and read them."""

# mypy: disable-error-code="no-untyped-def"

import datetime as dt

from django.urls import reverse

#: When November's report was signed.
SIGNED_ON = dt.date(2025, 11, 20)


def page_of(answer, status=200):
    """What a person reads; the status is another one where something was refused."""
    assert answer.status_code == status, answer
    return answer.content.decode()


def address(page, edition, **more):
    """A page of a report."""
    return reverse(f"desk:{page}", kwargs={"uid": edition.pk, **more})
