"""What filing and printing papers may refuse, in plain words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bonphuong.kernel.errors import ProductError


class ClassifiedPaper(ProductError):
    """A paper that bears the marking of a state secret; nothing of it was kept."""

    code = "classified"

    def __init__(self, marking: str) -> None:
        self.marking = marking
        message = _(
            "This paper bears the marking “{marking}”. Classified papers may not be entered here and nothing was "
            "kept. Handle it under the rules on state secrets; here, only note that a paper is kept elsewhere."
        )
        super().__init__(message.format(marking=marking))


class StorageUnavailable(ProductError):
    """The files cannot be written or read: the disk is full, read-only or gone. Nothing was half written."""

    code = "storage"
