from django.apps import AppConfig

from bonphuong.records.enums import VERBS
from bonphuong.trail.enums import register_verbs


class RecordsConfig(AppConfig):
    name = "bonphuong.records"
    label = "records"

    def ready(self) -> None:
        from bonphuong.ledger.checks import register_check  # noqa: PLC0415 - models are not loaded before ready()
        from bonphuong.records.checks import check_files, check_replay  # noqa: PLC0415 - models are not loaded before ready()

        register_verbs(VERBS)
        register_check("records.replay", check_replay)
        register_check("papers.files", check_files)
