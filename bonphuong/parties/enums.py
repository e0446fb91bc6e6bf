"""Closed lists of the parties: what sort of body, how large a place, which tie, which script."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PartyKind(TextChoices):
    """What sort of party it is."""

    LOCALITY = "locality", _("Locality")
    MISSION = "mission", _("Diplomatic mission")
    ORGANISATION = "organisation", _("Organisation")
    PERSON_GROUP = "person_group", _("Group of persons")


class PartyLevel(TextChoices):
    """The tier of a locality or of the body's standing; empty where it has none."""

    COMMUNE = "commune", _("Commune")
    COUNTY = "county", _("County or district")
    NATIONAL = "national", _("Nation")
    PREFECTURE = "prefecture", _("Prefecture or city")
    PROVINCE = "province", _("Province")
    VILLAGE = "village", _("Village")


class NameLanguage(TextChoices):
    """Languages in which names are written here; `OTHER` for all others."""

    EN = "en", _("English")
    LO = "lo", _("Lao")
    OTHER = "und", _("Other")
    VI = "vi", _("Vietnamese")
    ZH = "zh", _("Chinese")


class TieKind(TextChoices):
    """What ties an office to a party from abroad."""

    FRIENDLY = "friendly", _("Friendship and cooperation")
    NEIGHBOUR = "neighbour", _("Shared border")
    TWINNED = "twinned", _("Twinning")


class Gender(TextChoices):
    """As it stands in a passport."""

    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    UNSTATED = "", _("Not stated")


class RestrictedField(TextChoices):
    """Fields of a person that are sealed, masked on every page, and whose every reading is logged."""

    BIRTH_DATE = "birth_date", _("Date of birth")
    PASSPORT_NO = "passport_no", _("Passport number")


# Words of the trail for what is done here; tags are for ever.
class Alike(TextChoices):
    """What is compared when doubles are looked for."""

    PARTY = "party", pgettext_lazy("doubles", "parties")
    PERSON = "person", pgettext_lazy("doubles", "persons")


VERBS = {
    "parties.alias.add": _("added a name of a party"),
    "parties.alias.remove": _("took a name of a party away"),
    "parties.note.add": _("noted about a party"),
    "parties.party.add": _("added a party"),
    "parties.party.change": _("changed a party"),
    "parties.party.merge": _("merged a party that was entered twice"),
    "parties.party.unmerge": _("parted a party that had been merged"),
    "parties.person.merge": _("merged a person who was entered twice"),
    "parties.person.unmerge": _("parted a person who had been merged"),
    "parties.apart.say": _("said that two are not the same"),
    "parties.person.add": _("added a person"),
    "parties.person.change": _("changed a person"),
    "parties.person.reveal": _("read restricted data of a person"),
    "parties.post.add": _("gave a person a post"),
    "parties.post.end": _("ended a post"),
    "parties.tie.add": _("tied an office to a party"),
    "parties.tie.end": _("ended a tie to a party"),
    "system.parties.load": _("loaded parties"),
}
