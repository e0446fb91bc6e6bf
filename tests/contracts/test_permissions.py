"""Every address says who may open it, and somebody may."""

from django.urls import URLPattern, get_resolver

from bonphuong.accounts.enums import Permission
from bonphuong.accounts.rules import MATRIX


def _patterns(resolver, prefix=""):
    for entry in resolver.url_patterns:
        address = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield address, entry
        else:
            yield from _patterns(entry, address)


def test_every_address_declares_a_permission():
    undeclared = [
        address
        for address, entry in _patterns(get_resolver())
        if getattr(entry.callback, "permission", None) not in {"public", *Permission}
    ]
    assert undeclared == []


def test_every_address_has_a_name():
    assert [address for address, entry in _patterns(get_resolver()) if not entry.name] == []


def test_every_permission_is_held_by_a_role():
    held = frozenset().union(*MATRIX.values())
    assert [permission for permission in Permission if permission not in held] == []


def test_permissions_stand_in_alphabetical_order():
    assert [permission.value for permission in Permission] == sorted(
        permission.value for permission in Permission
    )
