"""Procedures as dated data, the cases that run through them, who signs and who is asked."""

from bonphuong.procedures.models.bases import Begun, Labelled
from bonphuong.procedures.models.cases import Case, Step, StepPaper
from bonphuong.procedures.models.definitions import Phase, Procedure, State, Transition
from bonphuong.procedures.models.opinions import Opinion, OpinionQuerySet
from bonphuong.procedures.models.ruling import DeadlineRule, GuardRule, OpinionRule
from bonphuong.procedures.models.signing import Approval, Authority

__all__ = [
    "Approval",
    "Authority",
    "Begun",
    "Case",
    "DeadlineRule",
    "GuardRule",
    "Labelled",
    "Opinion",
    "OpinionQuerySet",
    "OpinionRule",
    "Phase",
    "Procedure",
    "State",
    "Step",
    "StepPaper",
    "Transition",
]
