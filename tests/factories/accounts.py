"""Offices of a small province, the people in them, and what ties them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory

from bonphuong.accounts.enums import OfficeKind, ReportKind, Role, SettingKey
from bonphuong.accounts.models import (
    Assignment,
    FocalAgency,
    Office,
    OfficeName,
    OfficeSetting,
    ReportsTo,
    SavedView,
    User,
)
from tests.factories.base import TrackedFactory

SINCE = dt.date(2020, 1, 1)


class UserFactory(TrackedFactory[User]):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"canbo{n}")
    full_name = "Nguyễn Thị Mẫu"

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        password = kwargs.pop("password", None)
        user = model_class(*args, **kwargs)
        user.set_password(password)
        return super()._create(model_class, *args, **{**kwargs, "password": user.password})


class OfficeFactory(TrackedFactory[Office]):
    """A root by default: the book of a province. `belongs_to` puts the office below another."""

    class Meta:
        model = Office
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"tinh-{n}")
    name_vi = "Ủy ban nhân dân tỉnh Ví Dụ"
    name_en = "People's Committee of Ví Dụ Province"
    short_vi = "UBND tỉnh"
    kind = OfficeKind.PROVINCE
    belongs_to = None
    path = factory.LazyAttribute(lambda o: f"{o.belongs_to.path if o.belongs_to else ''}{o.code}/")
    valid_from = SINCE


class DepartmentFactory(OfficeFactory):
    code = factory.Sequence(lambda n: f"so-{n}")
    name_vi = "Sở Ngoại vụ tỉnh Ví Dụ"
    name_en = "Department of Foreign Affairs of Ví Dụ Province"
    short_vi = "Sở Ngoại vụ"
    kind = OfficeKind.DEPARTMENT
    belongs_to = factory.SubFactory(OfficeFactory)
    symbol = "SNgV"


class FocalAgencyFactory(TrackedFactory[FocalAgency]):
    class Meta:
        model = FocalAgency

    office = factory.SubFactory(DepartmentFactory)
    book = factory.LazyAttribute(lambda o: Office.objects.get(pk=o.office.book))
    valid_from = SINCE


class ReportsToFactory(TrackedFactory[ReportsTo]):
    class Meta:
        model = ReportsTo

    office = factory.SubFactory(DepartmentFactory)
    to_office = factory.SubFactory(OfficeFactory)
    report_kind = ReportKind.ALL
    valid_from = SINCE


class OfficeSettingFactory(TrackedFactory[OfficeSetting]):
    class Meta:
        model = OfficeSetting

    office = factory.SubFactory(OfficeFactory)
    key = SettingKey.ONE_IS_A_GROUP
    value = True
    valid_from = SINCE


class OfficeNameFactory(TrackedFactory[OfficeName]):
    """What an office was called before."""

    class Meta:
        model = OfficeName

    office = factory.SubFactory(DepartmentFactory)
    name_vi = "Sở Đối ngoại tỉnh Ví Dụ"
    name_en = "Department of External Relations of Ví Dụ Province"
    short_vi = "Sở Đối ngoại"
    valid_from = SINCE


class AssignmentFactory(TrackedFactory[Assignment]):
    class Meta:
        model = Assignment

    user = factory.SubFactory(UserFactory)
    office = factory.SubFactory(DepartmentFactory)
    role = Role.OFFICER
    title_vi = "Chuyên viên"
    title_en = "Officer"
    valid_from = SINCE

    @classmethod
    def _create(cls, model_class: type[Assignment], *args: Any, **kwargs: Any) -> Assignment:
        assignment = super()._create(model_class, *args, **kwargs)
        # The person may have been asked what they hold before this role was given.
        assignment.user.forget_access()
        return assignment


class SavedViewFactory(TrackedFactory[SavedView]):
    class Meta:
        model = SavedView

    owner = factory.SubFactory(UserFactory)
    family = "delegations"
    name = factory.Sequence(lambda n: f"Đi Lào {n}")
    query = "kind=outbound&country=LA"


def officer_of(office: Office, role: Role = Role.OFFICER, **user: Any) -> User:
    """A person with one role in the office."""
    return AssignmentFactory(
        office=office, role=role, user__full_name=user.pop("full_name", "Nguyễn Thị Mẫu")
    ).user
