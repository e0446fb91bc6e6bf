"""What a notice may be about, its words, and the words of the trail."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NoticeKind(models.TextChoices):
    """What happened that somebody should hear of. Codes are for ever."""

    WAITING = "waiting", pgettext_lazy("notice", "waits for you")
    RETURNED = "returned", pgettext_lazy("notice", "was returned")
    DECIDED = "decided", pgettext_lazy("notice", "was decided")
    OPINION_ASKED = "opinion_asked", pgettext_lazy("notice", "your opinion is asked")
    OPINION_ANSWERED = "opinion_answered", pgettext_lazy("notice", "an opinion came")
    OPINION_WITHDRAWN = "opinion_withdrawn", pgettext_lazy("notice", "a question was withdrawn")
    REVIEW_ASKED = "review_asked", pgettext_lazy("notice", "a draft is to be reviewed")
    REVIEW_ANSWERED = "review_answered", pgettext_lazy("notice", "a draft was reviewed")
    REVIEW_REMARK = "review_remark", pgettext_lazy("notice", "a remark on a draft")
    REVIEW_WITHDRAWN = "review_withdrawn", pgettext_lazy("notice", "a review is not asked any more")
    PACKAGE_CAME = "package_came", pgettext_lazy("notice", "a package came")
    LETTER_CAME = "letter_came", pgettext_lazy("notice", "a word about a package came")


#: What each says. Never the title of a record: it is looked up for whoever reads, as far as they may see it.
WORDS = {
    NoticeKind.WAITING: _("%(number)s waits for you: %(step)s"),
    NoticeKind.RETURNED: _("%(number)s was returned for revision: %(reason)s"),
    NoticeKind.DECIDED: _("%(number)s: %(step)s"),
    NoticeKind.OPINION_ASKED: _("%(office)s asks for your opinion on %(number)s"),
    NoticeKind.OPINION_ANSWERED: _("%(body)s has answered about %(number)s"),
    NoticeKind.OPINION_WITHDRAWN: _("%(office)s no longer asks for your opinion on %(number)s"),
    NoticeKind.REVIEW_ASKED: _("%(name)s asks you to review %(report)s"),
    NoticeKind.REVIEW_ANSWERED: _("%(name)s on %(report)s: %(answer)s"),
    NoticeKind.REVIEW_REMARK: _("%(name)s remarked on %(report)s: %(words)s"),
    NoticeKind.REVIEW_WITHDRAWN: _("%(name)s no longer asks you to review %(report)s"),
    NoticeKind.PACKAGE_CAME: _("A report of %(office)s came as a package: %(period)s"),
    NoticeKind.LETTER_CAME: _("%(office)s wrote about the package of %(period)s"),
}

VERBS = {
    "notices.notice.read": _("read notices"),
    "system.notices.digest": _("wrote the mail of the day"),
    "system.notices.send": _("sent mail"),
}
