"""Localities, organisations and missions, persons and their posts through time, names in every script."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from bonphuong.accounts.enums import Permission
from bonphuong.kernel import clock
from bonphuong.kernel.crypto import HIDDEN, EncryptedTextField, mask
from bonphuong.kernel.fulltext import Index
from bonphuong.kernel.models import DatedQuerySet, DatedRow, Tracked, UidModel
from bonphuong.kernel.text import SORT_KEY_LENGTH
from bonphuong.parties.enums import Alike, Gender, NameLanguage, PartyKind, PartyLevel, TieKind

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from bonphuong.accounts.models import User

CODE = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Use small letters, digits and single hyphens."))
_ORDERED_DATES = Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))


def _codes(user: User | AnonymousUser) -> frozenset[str]:
    """Codes of the offices whose parties and persons the person may see."""
    return user.access().codes_for(Permission.PARTY_VIEW) if user.is_authenticated else frozenset()


def _in_books(user: User | AnonymousUser) -> Q:
    """Rows of any office of the books where the person may see parties; none for everybody else."""
    books = user.access().books if user.is_authenticated and _codes(user) else frozenset()
    return reduce(or_, (Q(office__path__startswith=f"{book}/") for book in books), Q(pk__in=[]))


class PartyQuerySet(DatedQuerySet["Party"]):
    """Parties."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All of them, for whoever may see parties in any book: a place is no secret, notes about it are."""
        return self.all() if _codes(user) else self.none()


class Party(DatedRow):
    """A body or place on either side: a locality, an organisation, a mission, a group of persons.

    `code` is for ever: the ledger and signed reports keep it as text. Names are of today; earlier ones and
    those in other scripts are aliases.
    """

    code = models.CharField(max_length=80, primary_key=True, validators=[CODE])
    kind = models.CharField(_("kind"), max_length=20, choices=PartyKind.choices)
    level = models.CharField(_("tier"), max_length=20, choices=PartyLevel.choices, blank=True)
    # Empty for an international body.
    country = models.ForeignKey(
        "reference.Country", null=True, blank=True, on_delete=models.PROTECT, related_name="parties"
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parties_below"
    )
    # A locality of Viet Nam is its administrative unit seen as a partner.
    unit = models.ForeignKey(
        "reference.AdminUnit", null=True, blank=True, on_delete=models.PROTECT, related_name="parties"
    )
    name_vi = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_native = models.CharField(_("name in its own script"), max_length=200, blank=True)
    native_lang = models.CharField(
        _("language of that name"), max_length=3, choices=NameLanguage.choices, blank=True
    )
    fold = models.CharField(max_length=1000, editable=False)
    sort = models.CharField(max_length=SORT_KEY_LENGTH, editable=False)
    is_demo = models.BooleanField(_("illustration"), default=False)
    # The same body entered twice: the one that stays. Its code stays in the ledger, and is read as this one's.
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("the same as"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="doubles",
    )

    objects = models.Manager.from_queryset(PartyQuerySet)()
    search_index = Index()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ("sort", "code")
        constraints = (
            models.CheckConstraint(name="party_dates_in_order", condition=_ORDERED_DATES),
            models.CheckConstraint(
                name="party_not_its_own_double",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("code")),
            ),
        )

    def __str__(self) -> str:
        return self.name(get_language() or "vi")

    def name(self, language: str = "vi") -> str:
        """The name in Vietnamese or English, or in its own script when that language is asked for."""
        if self.native_lang and language[:2] == self.native_lang:
            return self.name_native
        return self.name_en if language.startswith("en") else self.name_vi


class OfPartyQuerySet(models.QuerySet["PartyAlias"]):
    """Names of parties."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """As the parties themselves."""
        return self.all() if _codes(user) else self.none()


class PartyAlias(Tracked):
    """Another name of a party, in any script: "Phông Sa Lỳ", "Phongsaly", "ຜົ້ງສາລີ"."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="aliases")
    text = models.CharField(_("name"), max_length=200)
    lang = models.CharField(_("language"), max_length=3, choices=NameLanguage.choices)
    # Of a former name: the last day on which it was the name.
    until = models.DateField(_("was the name until"), null=True, blank=True)
    fold = models.CharField(max_length=400, editable=False, db_index=True)

    objects = models.Manager.from_queryset(OfPartyQuerySet)()

    class Meta:
        verbose_name = _("name of a party")
        verbose_name_plural = _("names of parties")
        ordering = ("party", "lang", "text")
        constraints = (models.UniqueConstraint(name="party_alias_once", fields=("party", "text")),)

    def __str__(self) -> str:
        return self.text


class OfOfficesQuerySet(DatedQuerySet["PartyTie"]):
    """Ties between offices and parties."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of the books where the person works: who a province is friends with is known to its offices."""
        return self.filter(_in_books(user))


class PartyTie(DatedRow):
    """What ties an office to a party abroad: a shared border, friendship, twinning; from a day to a day."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="ties")
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="party_ties")
    kind = models.CharField(_("kind"), max_length=20, choices=TieKind.choices)

    objects = models.Manager.from_queryset(OfOfficesQuerySet)()

    class Meta:
        verbose_name = _("tie to a party")
        verbose_name_plural = _("ties to parties")
        ordering = ("office", "kind", "party", "valid_from")
        constraints = (
            models.UniqueConstraint(
                name="party_tie_once",
                fields=("party", "office", "kind"),
                condition=Q(valid_to__isnull=True),
            ),
            models.CheckConstraint(name="party_tie_dates_in_order", condition=_ORDERED_DATES),
        )

    def __str__(self) -> str:
        return f"{self.office_id} · {self.kind} · {self.party_id}"


class PartyNoteQuerySet(models.QuerySet["PartyNote"]):
    """Notes."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of the offices that the person's roles reach, and of no other office, not even of the book."""
        return self.filter(office__in=_codes(user))


class PartyNote(UidModel):
    """What an office notes for itself about a party. Never leaves the office."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="notes")
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="party_notes")
    text = models.TextField(_("note"))
    author = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="party_notes"
    )
    noted_at = models.DateTimeField(_("noted at"), default=clock.now)

    objects = models.Manager.from_queryset(PartyNoteQuerySet)()

    class Meta:
        verbose_name = _("note about a party")
        verbose_name_plural = _("notes about parties")
        ordering = ("-noted_at",)

    def __str__(self) -> str:
        return f"{self.party_id} · {self.office_id}"


class PersonQuerySet(models.QuerySet["Person"]):
    """Persons."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those that any office of the person's books has entered; restricted fields stay masked."""
        return self.filter(_in_books(user))


class Person(UidModel):
    """Somebody on either side. Belongs to the office that entered them; passport and birth date are sealed.

    The two sealed fields are never shown as they are: pages print `passport_masked` and `birth_date_masked`, and
    `services.reveal` is the one way to the plain text.
    """

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="persons")
    full_name = models.CharField(_("full name"), max_length=150)
    name_native = models.CharField(_("name in its own script"), max_length=150, blank=True)
    gender = models.CharField(_("sex"), max_length=10, choices=Gender.choices, blank=True, default="")
    nationality = models.ForeignKey(
        "reference.Country", null=True, blank=True, on_delete=models.PROTECT, related_name="persons"
    )
    passport_no = EncryptedTextField(_("passport number"), blank=True, default="")
    # Equal passports are found by this without being opened.
    passport_index = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    birth_date = EncryptedTextField(_("date of birth"), blank=True, default="")
    fold = models.CharField(max_length=400, editable=False, db_index=True)
    sort = models.CharField(max_length=SORT_KEY_LENGTH, editable=False)
    is_demo = models.BooleanField(_("illustration"), default=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("the same as"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="doubles",
    )

    objects = models.Manager.from_queryset(PersonQuerySet)()
    search_index = Index()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ("sort", "uid")
        constraints = (
            models.CheckConstraint(
                name="person_not_its_own_double",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("uid")),
            ),
        )

    def __str__(self) -> str:
        return self.full_name

    @property
    def passport_masked(self) -> str:
        """As in "•••••• 417"; empty when there is none."""
        return mask(self.passport_no)

    @property
    def birth_date_masked(self) -> str:
        """Dots, whatever the date; empty when there is none."""
        return HIDDEN if self.birth_date else ""


class PostQuerySet(DatedQuerySet["Post"]):
    """Posts."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """As the persons who hold them."""
        return self.filter(person__in=Person.objects.visible_to(user).values("pk"))


class Post(DatedRow):
    """A post that a person holds from a day to a day: in a party, in an office here, or in a unit by its name."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="posts")
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="posts")
    office = models.ForeignKey(
        "accounts.Office", null=True, blank=True, on_delete=models.PROTECT, related_name="posts_held"
    )
    unit_text = models.CharField(_("unit"), max_length=200, blank=True)
    title_vi = models.CharField(pgettext_lazy("of a person", "title"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)

    objects = models.Manager.from_queryset(PostQuerySet)()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ("person", "-valid_from")
        constraints = (
            models.CheckConstraint(
                name="post_somewhere",
                condition=Q(party__isnull=False) | Q(office__isnull=False) | ~Q(unit_text=""),
            ),
            models.CheckConstraint(
                name="post_not_in_two", condition=Q(party__isnull=True) | Q(office__isnull=True)
            ),
            models.CheckConstraint(name="post_dates_in_order", condition=_ORDERED_DATES),
        )

    def __str__(self) -> str:
        return f"{self.title_vi}, {self.where}"

    @property
    def where(self) -> str:
        """The name of the party, office or unit of the post."""
        if self.party_id:
            return str(self.party)
        return str(self.office) if self.office_id else self.unit_text

    def title(self, language: str = "vi") -> str:
        """The title in English where asked for and given, else in Vietnamese."""
        return (self.title_en or self.title_vi) if language.startswith("en") else self.title_vi


class AddressForm(DatedRow):
    """How somebody is addressed: by country, sex and a word of their title. The most particular one that fits holds.

    In the patterns `{title}` stands for the title, `{name}` for the name, `{native}` for it in its own script.
    """

    country = models.ForeignKey(
        "reference.Country", null=True, blank=True, on_delete=models.PROTECT, related_name="address_forms"
    )
    gender = models.CharField(_("sex"), max_length=10, choices=Gender.choices, blank=True, default="")
    # Folded; empty for every title.
    title_word = models.CharField(_("word of the title"), max_length=80, blank=True)
    spoken = models.CharField(_("form of address"), max_length=120)
    opening = models.CharField(_("opening of a speech or letter"), max_length=160, blank=True)
    native = models.CharField(_("in their own language"), max_length=120, blank=True)
    native_lang = models.CharField(
        _("language of that form"), max_length=3, choices=NameLanguage.choices, blank=True
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = models.Manager.from_queryset(DatedQuerySet["AddressForm"])()

    class Meta:
        verbose_name = _("form of address")
        verbose_name_plural = _("forms of address")
        ordering = ("country", "gender", "title_word", "valid_from")
        constraints = (
            models.UniqueConstraint(
                name="address_form_once", fields=("country", "gender", "title_word", "valid_from")
            ),
            models.CheckConstraint(name="address_form_dates_in_order", condition=_ORDERED_DATES),
        )

    def __str__(self) -> str:
        return self.spoken


class Apart(Tracked):
    """A person's word that two parties, or two persons, that look alike are not the same: they are not offered again.

    `one` and `other` are their keys in order.
    """

    kind = models.CharField(_("kind"), max_length=8, choices=Alike)
    one = models.CharField(max_length=80)
    other = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("word that two are not the same")
        verbose_name_plural = _("words that two are not the same")
        constraints = (models.UniqueConstraint(name="apart_once", fields=("kind", "one", "other")),)

    def __str__(self) -> str:
        return f"{self.one} ≠ {self.other}"
