from django.db import models


class Shape(models.TextChoices):
    ARCH = "arch", "arch"
    BEAM = "beam", "beam"
