"""Choices of events."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What the record is."""

    CONFERENCE = "conference", pgettext_lazy("event", "international conference")
    EVENT = "event", pgettext_lazy("event", "event")
    MEDIA = "media", pgettext_lazy("event", "media and external information")


class ConferenceForm(models.TextChoices):
    """What sort of conference it is."""

    CONFERENCE = "conference", pgettext_lazy("conference", "conference")
    WORKSHOP = "workshop", pgettext_lazy("conference", "workshop or seminar")
    ROUND_TABLE = "round_table", pgettext_lazy("conference", "round table")
    FORUM = "forum", pgettext_lazy("conference", "forum")
    TRAINING = "training", pgettext_lazy("conference", "training course")


class EventForm(models.TextChoices):
    """What sort of event it is."""

    FESTIVAL = "festival", pgettext_lazy("event", "festival")
    EXHIBITION = "exhibition", pgettext_lazy("event", "exhibition or fair")
    EXCHANGE = "exchange", pgettext_lazy("event", "people-to-people exchange")
    RECEPTION = "reception", pgettext_lazy("event", "reception")
    CEREMONY = "ceremony", pgettext_lazy("event", "ceremony")
    SPORT = "sport", pgettext_lazy("event", "sports meeting")
    FORUM = "forum", pgettext_lazy("event", "forum or meeting elsewhere")


class MediaForm(models.TextChoices):
    """What sort of media or information work it is."""

    FOREIGN_MEDIA = "foreign_media", pgettext_lazy("media", "foreign media delegation")
    PRESS_CONFERENCE = "press_conference", pgettext_lazy("media", "press conference or briefing")
    CAMPAIGN = "campaign", pgettext_lazy("media", "campaign of external information")
    PUBLICATION = "publication", pgettext_lazy("media", "publication or programme of our own")
    TRAINING = "training", pgettext_lazy("media", "training in external information")


FORMS = {Kind.CONFERENCE: ConferenceForm, Kind.EVENT: EventForm, Kind.MEDIA: MediaForm}


class Part(models.TextChoices):
    """What the province is in it."""

    HOST = "host", pgettext_lazy("part in an event", "organiser")
    CO_HOST = "co_host", pgettext_lazy("part in an event", "co-organiser")
    ATTENDED = "attended", pgettext_lazy("part in an event", "participant")


class Mode(models.TextChoices):
    """Where those who take part are."""

    ON_SITE = "on_site", pgettext_lazy("mode", "on the spot")
    ONLINE = "online", pgettext_lazy("mode", "online")
    HYBRID = "hybrid", pgettext_lazy("mode", "on the spot and online")


class Authority(models.TextChoices):
    """Who permits an international conference; the time for filing depends on it."""

    PROVINCE = "province", pgettext_lazy("authority", "the province")
    PRIME_MINISTER = "prime_minister", pgettext_lazy("authority", "the Prime Minister")
    PARTY = "party", pgettext_lazy("authority", "the Party, by its own rules")


class Funding(models.TextChoices):
    """Who pays."""

    PROVINCE = "province", pgettext_lazy("funding", "budget of the province")
    CENTRAL = "central", pgettext_lazy("funding", "central budget")
    FOREIGN = "foreign", pgettext_lazy("funding", "foreign partner")
    PROJECT = "project", pgettext_lazy("funding", "project")
    SOCIAL = "social", pgettext_lazy("funding", "contributions")
    MIXED = "mixed", pgettext_lazy("funding", "several sources")


class Channel(models.TextChoices):
    """Which pillar of external affairs it belongs to."""

    PARTY = "party", pgettext_lazy("channel", "Party external relations")
    STATE = "state", pgettext_lazy("channel", "state diplomacy")
    PEOPLE = "people", pgettext_lazy("channel", "people-to-people diplomacy")


class Side(models.TextChoices):
    """On which side somebody sits."""

    OURS = "ours", pgettext_lazy("side", "our side")
    GUESTS = "guests", pgettext_lazy("side", "the guests")


class GiftWay(models.TextChoices):
    """Which way a gift goes."""

    GIVEN = "given", pgettext_lazy("gift", "given")
    RECEIVED = "received", pgettext_lazy("gift", "received")


class ArrangementKind(models.TextChoices):
    """What protocol sees to beside the seats."""

    INTERPRETER = "interpreter", pgettext_lazy("protocol", "interpreter")
    VEHICLE = "vehicle", pgettext_lazy("protocol", "vehicle")
    WELCOME = "welcome", pgettext_lazy("protocol", "welcome and farewell")
    FLAGS = "flags", pgettext_lazy("protocol", "flags and banners")
    BANQUET = "banquet", pgettext_lazy("protocol", "banquet")
    LODGING = "lodging", pgettext_lazy("protocol", "lodging")
    SECURITY = "security", pgettext_lazy("protocol", "security and health")
    OTHER = "other", pgettext_lazy("protocol", "other")


class ProductForm(models.TextChoices):
    """What came out of media work."""

    ARTICLE = "article", pgettext_lazy("media product", "article")
    PHOTO = "photo", pgettext_lazy("media product", "photo report")
    BROADCAST = "broadcast", pgettext_lazy("media product", "radio or television")
    FILM = "film", pgettext_lazy("media product", "film or clip")
    BOOK = "book", pgettext_lazy("media product", "book or leaflet")
    PAGE = "page", pgettext_lazy("media product", "web page or network post")


class Language(models.TextChoices):
    """In which language a product is."""

    VI = "vi", _("Vietnamese")
    EN = "en", _("English")
    ZH = "zh", _("Chinese")
    LO = "lo", _("Lao")
    OTHER = "other", pgettext_lazy("language", "another language")
