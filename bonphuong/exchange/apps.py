from django.apps import AppConfig

from bonphuong.exchange.enums import VERBS
from bonphuong.trail.enums import register_verbs


class ExchangeConfig(AppConfig):
    name = "bonphuong.exchange"
    label = "exchange"

    def ready(self) -> None:
        register_verbs(VERBS)
