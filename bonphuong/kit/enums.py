"""Verbs of what every family does alike."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

VERBS = {
    "kit.record.enter": _("entered a record"),
    "kit.record.register": _("registered a finished case"),
    "kit.record.correct": _("corrected a record"),
    "kit.record.change": _("changed a record"),
    "kit.record.lines": _("changed the lines of a record"),
    "kit.record.step": _("took a step of a record"),
    "kit.record.void": _("struck out what was entered by mistake"),
    "kit.record.merge": _("merged what was entered twice"),
    "kit.record.unmerge": _("parted what had been merged"),
    "kit.record.undo": _("took entered records back"),
    "kit.record.update": _("brought records up to date from a sheet"),
    "kit.line.reveal": _("read restricted data"),
}
