"""Users, offices with their two ties, roles and what each may see."""

from django.apps import AppConfig

from bonphuong.trail.enums import register_verbs


class AccountsConfig(AppConfig):
    name = "bonphuong.accounts"
    label = "accounts"

    def ready(self) -> None:
        from bonphuong.accounts.enums import VERBS  # noqa: PLC0415 - models are not loaded before ready()

        register_verbs(VERBS)
