from django.db import models

from bonphuong.families.bridges.enums import Shape
from bonphuong.kernel.crypto import EncryptedTextField
from bonphuong.kit.models import FamilyRow, MoneyLine


class Bridge(FamilyRow):
    shape = models.CharField("shape", max_length=8, choices=Shape, blank=True)
    country = models.CharField("country", max_length=2, blank=True)
    partner_code = models.CharField("partner", max_length=80, blank=True)
    partner_text = models.CharField("partner", max_length=60, blank=True)
    unit_code = models.CharField("commune", max_length=80, blank=True)
    metres = models.PositiveIntegerField("length in metres", null=True, blank=True)
    planned_on = models.DateField("planned for", null=True, blank=True)
    opened_on = models.DateField("opened on", null=True, blank=True)
    ends_on = models.DateField("taken down on", null=True, blank=True)
    decision_number = models.CharField("decision", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("year of the plan", null=True, blank=True)
    worth = models.BigIntegerField("worth", null=True, blank=True)
    currency = models.CharField("currency", max_length=3, default="USD")
    secret = EncryptedTextField("secret", blank=True, default="")


class Cost(MoneyLine):
    row = models.ForeignKey(Bridge, on_delete=models.CASCADE, related_name="costs")
    what = models.CharField("what", max_length=100)
