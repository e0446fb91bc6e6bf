from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "bonphuong.reports"
    label = "reports"

    def ready(self) -> None:
        from bonphuong.reports.enums import VERBS  # noqa: PLC0415 - translations are not loaded before ready()
        from bonphuong.trail.enums import register_verbs  # noqa: PLC0415

        register_verbs(VERBS)
