"""People and bodies on both sides, with names in every script."""

from django.apps import AppConfig

from bonphuong.trail.enums import register_verbs


class PartiesConfig(AppConfig):
    name = "bonphuong.parties"
    label = "parties"

    def ready(self) -> None:
        from bonphuong.parties.enums import VERBS  # noqa: PLC0415 - models are not loaded before ready()

        register_verbs(VERBS)
