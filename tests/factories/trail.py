from __future__ import annotations

import factory

from bonphuong.trail.models import Action, Change, ChangePayload, Seal


class ActionFactory(factory.django.DjangoModelFactory[Action]):
    class Meta:
        model = Action

    verb = "system.factory"
    actor_name = "Lò Minh Họa"
    office = "lc-dofa"


class ChangePayloadFactory(factory.django.DjangoModelFactory[ChangePayload]):
    class Meta:
        model = ChangePayload

    salt = "00"
    old = "{}"


class ChangeFactory(factory.django.DjangoModelFactory[Change]):
    class Meta:
        model = Change

    action = factory.SubFactory(ActionFactory)
    table = "accounts_user"
    row = "1"
    op = "I"


class SealFactory(factory.django.DjangoModelFactory[Seal]):
    class Meta:
        model = Seal

    first_change = 1
    last_change = 2
    digest = "0" * 64
