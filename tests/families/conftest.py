"""The province of the demonstration, without records."""

from __future__ import annotations

import pytest

from bonphuong.accounts.models import User
from bonphuong.accounts.services import load_demo_offices, load_demo_people
from bonphuong.indicators.services import load_indicators
from bonphuong.parties.services import load_address_forms, load_parties
from bonphuong.procedures.services import load_procedures
from bonphuong.reference.services import load_reference
from bonphuong.reports.services import load_report_definitions


def load_province() -> None:
    """Everything that entering a delegation and reporting it stands on."""
    load_reference()
    load_demo_offices()
    load_demo_people(password="mat-khau-minh-hoa")
    load_parties()
    load_address_forms()
    load_procedures()
    load_indicators()
    load_report_definitions()


@pytest.fixture(scope="module")
def province(loaded_province: None) -> None:
    """Each test works on a savepoint over it."""


@pytest.fixture
def officer(db) -> User:
    """The officer of the focal agency."""
    return User.objects.get(username="canbo")


@pytest.fixture
def leader(db) -> User:
    """The leader who decides."""
    return User.objects.get(username="lanhdao")
