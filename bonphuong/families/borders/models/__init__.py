"""Tables of border work."""

from bonphuong.families.borders.models.items import BorderItem
from bonphuong.families.borders.models.lines import County, GateEvent, GatePause, Grade, Marker, Posted

__all__ = ["BorderItem", "County", "GateEvent", "GatePause", "Grade", "Marker", "Posted"]
