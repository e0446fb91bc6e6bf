from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "bonphuong.reports"
    label = "reports"

    def ready(self) -> None:
        from bonphuong.ledger.checks import register_check  # noqa: PLC0415 - models are not loaded before ready()
        from bonphuong.records.registry import register_days  # noqa: PLC0415
        from bonphuong.reports import integrity  # noqa: PLC0415
        from bonphuong.reports.enums import VERBS  # noqa: PLC0415
        from bonphuong.trail.enums import register_verbs  # noqa: PLC0415

        register_verbs(VERBS)
        register_check(integrity.NAME, integrity.check_editions)
        register_days("bonphuong.reports.agenda.days_of")
