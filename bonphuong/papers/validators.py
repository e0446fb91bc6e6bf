"""The gate of an uploaded file: what it is, told by its content, and whether it may be kept at all."""

from __future__ import annotations

from pathlib import PurePath

from django.utils.translation import gettext as _

from bonphuong.kernel.archives import ArchiveError
from bonphuong.kernel.contents import has_macros, media_type, words
from bonphuong.kernel.errors import BadInput
from bonphuong.papers.errors import ClassifiedPaper
from bonphuong.papers.rules import MAX_BYTES, allowed_names, find_marking, find_marking_in_name


def check_texts(*texts: str) -> None:
    """Refuse short texts that bear a marking. Raises ClassifiedPaper."""
    marking = find_marking_in_name(*texts)
    if marking:
        raise ClassifiedPaper(marking)


def check_file(content: bytes, file_name: str) -> str:
    """The media type of a file that may be kept. Raises BadInput ("file") and ClassifiedPaper.

    The words inside are looked at where they are cheaply had; a scan is a picture and has none.
    """
    check_texts(file_name)
    if not content:
        raise _bad(_("The file is empty."))
    if len(content) > MAX_BYTES:
        raise _bad(_("The file is larger than {limit} MB.").format(limit=MAX_BYTES // 1024**2))
    kind = media_type(content)
    names = allowed_names(kind)
    if not names:
        raise _bad(
            _(
                "Files of this kind are not taken. Use PDF, Word, Excel, OpenDocument, a picture or plain text."
            )
        )
    ending = PurePath(file_name).suffix.lower().removeprefix(".")
    if ending not in names:
        raise _bad(
            _("The file says “.{ending}” but holds “.{kind}”. Save it again under its right kind.").format(
                ending=ending, kind=names[0]
            )
        )
    _check_inside(content)
    return kind


def _check_inside(content: bytes) -> None:
    try:
        macros = has_macros(content)
    except ArchiveError as error:
        raise _bad(error.message) from error
    if macros:
        raise _bad(_("The file contains macros. Save it without them."))
    found = words(content)
    marking = find_marking(found.lines, found.margins)
    if marking:
        raise ClassifiedPaper(marking)


def _bad(message: str) -> BadInput:
    return BadInput({"file": [message]})
