from django.apps import AppConfig

from bonphuong.trail.enums import register_verbs


class LedgerConfig(AppConfig):
    name = "bonphuong.ledger"
    label = "ledger"

    def ready(self) -> None:
        from bonphuong.ledger.enums import VERBS  # noqa: PLC0415 - models are not loaded before ready()

        register_verbs(VERBS)
