from __future__ import annotations

from bonphuong.indicators.models import Indicator
from tests.factories.base import TrackedFactory


class IndicatorFactory(TrackedFactory[Indicator]):
    class Meta:
        model = Indicator
        django_get_or_create = ("code",)

    code = "outbound.groups"
    label_vi = "Đoàn ra"
    label_en = "Outbound delegations"
    kind = "sum"
    measure = "outbound.groups"
