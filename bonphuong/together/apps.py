from django.apps import AppConfig


class TogetherConfig(AppConfig):
    name = "bonphuong.together"
    label = "together"
