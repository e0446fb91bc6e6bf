"""Choices of the programme family. Their values stand in facts and never change."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FIRST_YEAR, LAST_YEAR = 2000, 2100


class Kind(models.TextChoices):
    """A year's programme, or the profile of the province."""

    PROGRAMME = "programme", _("annual external-affairs programme")
    PROFILE = "profile", _("profile of the province")


class Cut(models.TextChoices):
    """Which days the year has; as reports cut it."""

    CALENDAR = "calendar", _("1 January to 31 December")
    STATUTORY = "statutory", _("15 December to 14 December")


class Work(models.TextChoices):
    """What a line of the programme plans."""

    OUTBOUND = "outbound", _("delegations out")
    INBOUND = "inbound", _("delegations in")
    SESSION = "session", _("talks, sessions, working groups")
    CONFERENCE = "conference", _("international conferences")
    EVENT = "event", _("events, exchanges, external information")
    AGREEMENT = "agreement", _("agreements")
    TWINNING = "twinning", _("twinning")
    BORDER = "border", _("border work")
    AID = "aid", _("aid received")
    SUPPORT = "support", pgettext_lazy("plan", "support to partners")
    SCHOLARSHIP = "scholarship", _("scholarships")
    ASSOCIATION = "association", _("friendship associations")
    GREETING = "greeting", _("greetings")
    LETTER = "letter", _("letters and notes")
    OTHER = "other", _("other work")


#: Which records are the doing of what: family → kinds, all of them where none is named.
DONE_BY: dict[str, dict[str, tuple[str, ...]]] = {
    Work.OUTBOUND: {"delegations": ("outbound", "individual")},
    Work.INBOUND: {"delegations": ("inbound",)},
    Work.SESSION: {"delegations": ("session",), "mechanisms": ()},
    Work.CONFERENCE: {"events": ("conference",)},
    Work.EVENT: {"events": ("event", "media")},
    Work.AGREEMENT: {"agreements": ()},
    Work.TWINNING: {"twinning": ()},
    Work.BORDER: {"borders": ("joint", "gate", "opening")},
    Work.AID: {"aid": ("item", "relief")},
    Work.SUPPORT: {"support": ()},
    Work.SCHOLARSHIP: {"scholarships": ("scheme",)},
    Work.ASSOCIATION: {"associations": ("congress",)},
    Work.GREETING: {"greetings": ("campaign",)},
    Work.LETTER: {"letters": ("outgoing",)},
    Work.OTHER: {"activities": ()},
}


class Funding(models.TextChoices):
    """Who pays for a planned work."""

    PROVINCE = "province", _("provincial budget")
    CENTRAL = "central", _("central budget")
    HOST = "host", _("the inviting side")
    PROJECT = "project", _("a project or donor")
    OWN = "own", pgettext_lazy("funding", "those who take part")
    MIXED = "mixed", _("several sources")
    NONE = "none", _("no money needed")


class Standing(models.TextChoices):
    """How a planned line stands. Computed, never stored."""

    DONE = "done", pgettext_lazy("plan", "done")
    DOING = "doing", pgettext_lazy("plan", "under way")
    AHEAD = "ahead", pgettext_lazy("plan", "not begun")
    LATE = "late", pgettext_lazy("plan", "past its month, not begun")
    DROPPED = "dropped", pgettext_lazy("plan", "given up")


class Figure(models.TextChoices):
    """What the profile states; the values are codes of measures."""

    GROWTH = "economy.growth", _("economic growth")
    GROWTH_PLAN = "economy.growth_plan", _("planned growth")
    GROWTH_OVER_PLAN = "economy.growth_over_plan", _("growth over plan")
    ETHNIC_GROUPS = "population.ethnic_groups", _("ethnic groups")
    PEOPLE = "population.people", _("population")
    AREA = "territory.area", _("area of the province")
    COMMUNES = "territory.communes", _("communes and wards")
    BORDER_LENGTH = "border.length", _("length of the border")
    NEIGHBOUR_COUNTIES = "border.neighbour_counties", _("neighbouring counties")
    LAO_PROVINCES = "partners.lao_provinces", _("Lao provinces with friendly ties")
