from django.apps import AppConfig


class ReaderConfig(AppConfig):
    name = "bonphuong.reader"
    label = "reader"

    def ready(self) -> None:
        from bonphuong.reader.enums import VERBS  # noqa: PLC0415 - translations are not loaded before ready()
        from bonphuong.trail.enums import register_verbs  # noqa: PLC0415

        register_verbs(VERBS)
