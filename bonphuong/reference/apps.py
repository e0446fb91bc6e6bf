from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "bonphuong.reference"
    label = "reference"
