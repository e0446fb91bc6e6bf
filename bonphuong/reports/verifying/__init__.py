"""Documents that come back: what in them still holds, what was edited by hand, what was corrected since."""

from bonphuong.reports.verifying.checking import verify_file
from bonphuong.reports.verifying.finding import UnknownDocument
from bonphuong.reports.verifying.findings import (
    FigureFinding,
    FigureState,
    Now,
    TextFinding,
    TextState,
    Verification,
)

__all__ = [
    "FigureFinding",
    "FigureState",
    "Now",
    "TextFinding",
    "TextState",
    "UnknownDocument",
    "Verification",
    "verify_file",
]
