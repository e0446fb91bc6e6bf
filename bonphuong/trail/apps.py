"""The trail's start: every connection learns the triggers' functions, every migration leaves the guards whole."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class TrailConfig(AppConfig):
    name = "bonphuong.trail"
    label = "trail"

    def ready(self) -> None:
        from bonphuong.trail import install  # noqa: PLC0415 - models are not loaded before ready()

        connection_created.connect(install.teach_sqlite, dispatch_uid="trail.teach_sqlite")
        pre_migrate.connect(install.before_migrate, dispatch_uid="trail.before_migrate")
        post_migrate.connect(install.after_migrate, dispatch_uid="trail.after_migrate")
