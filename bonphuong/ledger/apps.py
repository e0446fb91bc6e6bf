from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "bonphuong.ledger"
    label = "ledger"
