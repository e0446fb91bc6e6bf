from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "bonphuong.indicators"
    label = "indicators"

    def ready(self) -> None:
        from bonphuong.indicators.enums import VERBS  # noqa: PLC0415 - translations are not loaded before ready()
        from bonphuong.trail.enums import register_verbs  # noqa: PLC0415

        register_verbs(VERBS)
