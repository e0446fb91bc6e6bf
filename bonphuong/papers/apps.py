"""Official papers, their files, Word templates and printing."""

from django.apps import AppConfig

from bonphuong.trail.enums import register_verbs


class PapersConfig(AppConfig):
    name = "bonphuong.papers"
    label = "papers"

    def ready(self) -> None:
        from bonphuong.papers.enums import VERBS  # noqa: PLC0415 - models are not loaded before ready()

        register_verbs(VERBS)
