from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class KernelConfig(AppConfig):
    name = "bonphuong.kernel"
    label = "kernel"

    def ready(self) -> None:
        from bonphuong.kernel.fulltext import install  # noqa: PLC0415 - models are not loaded before ready()

        connection_created.connect(install.teach_sqlite, dispatch_uid="fulltext.teach_sqlite")
        pre_migrate.connect(install.before_migrate, dispatch_uid="fulltext.before_migrate")
        post_migrate.connect(install.after_migrate, dispatch_uid="fulltext.after_migrate")
