"""One question put to everything: records of all families, papers, partners, people, documents, commitments."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "bonphuong.search"
    label = "search"

    def ready(self) -> None:
        from bonphuong.ledger.checks import register_check  # noqa: PLC0415 - models are not loaded before ready()
        from bonphuong.search.basics import register_basics  # noqa: PLC0415 - models are not loaded before ready()
        from bonphuong.search.checks import check_indexes  # noqa: PLC0415 - models are not loaded before ready()

        register_basics()
        register_check("search.indexes", check_indexes)
