from django.apps import AppConfig


class ReaderConfig(AppConfig):
    name = "bonphuong.reader"
    label = "reader"

    def ready(self) -> None:
        from bonphuong.reader.enums import VERBS  # noqa: PLC0415 - translations are not loaded before ready()
        from bonphuong.reader.models import ReadDocument  # noqa: PLC0415 - models are not loaded before ready()
        from bonphuong.reader.queries import newest_documents  # noqa: PLC0415
        from bonphuong.search.enums import Kind  # noqa: PLC0415
        from bonphuong.search.sources import Source, register_source  # noqa: PLC0415
        from bonphuong.trail.enums import register_verbs  # noqa: PLC0415

        register_verbs(VERBS)
        register_source(
            Source(
                Kind.DOCUMENT,
                newest_documents,
                ReadDocument.objects.in_bulk,
                lambda row: (str(row), row.text),
            )
        )
