"""Every model can be made in a test by one factory."""

import importlib
import pkgutil

import factory

from tests import factories
from tests.contracts import source


def _made():
    found = {}
    for module in pkgutil.iter_modules(factories.__path__):
        for value in vars(importlib.import_module(f"tests.factories.{module.name}")).values():
            if isinstance(value, type) and issubclass(value, factory.django.DjangoModelFactory):
                model = value._meta.model
                if model is not None and not value._meta.abstract:
                    found.setdefault(model, []).append(value.__name__)
    return found


def test_every_model_has_a_factory():
    made = _made()
    assert [model._meta.label for model in source.own_models() if model not in made] == []
