"""People: letting somebody in, their roles, their own profile and password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bonphuong.accounts.enums import FirstPage, Language, Permission, Role
from bonphuong.accounts.models import User
from bonphuong.kernel import clock
from bonphuong.web.desk.forms.choosing import office_choices
from bonphuong.web.desk.forms.fields import DayField
from bonphuong.web.desk.forms.settings.base import (
    OfficeField,
    SettingForm,
    offices_of,
)

ROLE_HELP = _("What each role may do stands on the page of roles and permissions.")
TITLE_VI = pgettext_lazy("of a person", "Title under a signature")
TITLE_EN = _("Title in English")
NEW_PASSWORD_HELP = _("At least ten characters: three or four words that only you would put together.")


class ProfileForm(SettingForm):
    """What a person may change about themselves."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    email = forms.EmailField(label=_("Mail"), required=False)
    gets_mail = forms.BooleanField(
        label=_("One mail a day about what waits for me"),
        required=False,
        help_text=_("Notices in the desk come in any case."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    first_page = forms.ChoiceField(label=_("First page after signing in"), choices=FirstPage.choices)

    def known(self) -> dict[str, Any]:
        """As it stands."""
        return {name: getattr(self.row, name) for name in self.base_fields if name != "seen"}


class PersonForm(SettingForm):
    """What an administrator may change about a person."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    email = forms.EmailField(label=_("Mail"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)

    def known(self) -> dict[str, Any]:
        """As it stands."""
        return {name: getattr(self.row, name) for name in self.base_fields if name != "seen"}


class RoleForm(SettingForm):
    """A role in an office from a day on."""

    user_uid = forms.ChoiceField(label=_("Who"))
    office = OfficeField(label=_("In which office"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, help_text=ROLE_HELP)
    title_vi = forms.CharField(label=TITLE_VI, max_length=120, required=False)
    title_en = forms.CharField(label=TITLE_EN, max_length=120, required=False)
    valid_from = DayField(label=_("From"))
    valid_to = DayField(label=_("To"), required=False, help_text=_("Empty: until somebody ends it."))

    def offer_all(self) -> None:
        """Offices whose people one manages, and people whom one sees there."""
        offices = offices_of(self.user, Permission.USER_MANAGE)
        self.offer("office", office_choices(offices))
        if "user_uid" in self.fields:
            people = User.objects.visible_to(self.user).filter(is_active=True).exclude(pk=self.user.pk)
            self.offer("user_uid", [(str(one.pk), str(one)) for one in people.order_by("full_name")])

    def clean(self) -> dict[str, Any]:
        """It does not end before it begins."""
        data = super().clean() or {}
        since, until = data.get("valid_from"), data.get("valid_to")
        if since and until and until < since:
            self.add_error("valid_to", _("It ends before it begins."))
        return data


class InviteForm(RoleForm):
    """A new person with a first role."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    username = forms.CharField(
        label=_("User name"), max_length=60, help_text=_("Small letters, digits, dots, as in nguyen.van.a.")
    )
    email = forms.EmailField(label=_("Mail"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)

    def offer_all(self) -> None:
        """The person first."""
        del self.fields["user_uid"]
        super().offer_all()
        self.order_fields(["full_name", "username", "email", "language"])
        self.initial.setdefault("role", Role.OFFICER)

    def known(self) -> dict[str, Any]:
        """From today, in Vietnamese."""
        return {"valid_from": clock.today(), "language": Language.VI}


class OwnPasswordForm(forms.Form):
    """A new password by the old one."""

    old = forms.CharField(
        label=_("Password so far"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
    )
    new = forms.CharField(
        label=_("New password"),
        help_text=NEW_PASSWORD_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    again = forms.CharField(
        label=_("The new one again"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def clean(self) -> dict[str, Any]:
        """Typed the same twice."""
        data = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", _("The two passwords are not the same."))
        return data


class FirstPasswordForm(OwnPasswordForm):
    """A password by an invitation."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["old"]
