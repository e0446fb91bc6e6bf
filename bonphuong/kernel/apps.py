from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "bonphuong.kernel"
    label = "kernel"
