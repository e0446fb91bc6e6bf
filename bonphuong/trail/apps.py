from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "bonphuong.trail"
    label = "trail"
