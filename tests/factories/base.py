"""The base of every factory: rows are made under an open action, as everywhere else."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, TypeVar

import factory

from bonphuong.trail.acting import acting, current_action

if TYPE_CHECKING:
    from django.db.models import Model

M = TypeVar("M", bound="Model")


class TrackedFactory(factory.django.DjangoModelFactory[M]):
    """Makes a row; opens an action of the system for it where the test has none open."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    @classmethod
    def _create(cls, model_class: type[M], *args: Any, **kwargs: Any) -> M:
        ground = (
            nullcontext()
            if current_action()
            else acting(actor=None, verb="system.factory", reason="test data")
        )
        with ground:
            made: M = super()._create(model_class, *args, **kwargs)  # type: ignore[no-untyped-call]
        return made
