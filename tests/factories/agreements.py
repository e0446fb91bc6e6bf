"""Agreements as a form gives them, and single rows for tests of their texts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory

from bonphuong.families.agreements.models import Agreement, Assessment, Signatory, Text
from bonphuong.kit.drafts import Draft, LineDraft
from tests.factories.base import TrackedFactory
from tests.factories.records import RecordFactory

LINE = LineDraft


def agreement(*, lines: dict[str, tuple[LineDraft, ...]] | None = None, **values: Any) -> Draft:
    """An idea of a provincial agreement with Honghe, nothing decided yet."""
    return Draft(
        kind=values.pop("kind", "agreement"),
        title=values.pop("title", "Thỏa thuận hợp tác hữu nghị mẫu với châu Hồng Hà"),
        lead_office_code=values.pop("lead", "lc-dofa"),
        values={
            "level": "province",
            "form": "agreement",
            "field_code": "friendship",
            "partner_code": "cn-honghe",
            "partner_text": "Chính quyền châu Hồng Hà",
            "country_code": "CN",
            "our_side": "UBND tỉnh Lai Châu",
            **values,
        },
        lines=lines or {},
    )


def in_force(signed: dt.date, **values: Any) -> Draft:
    """One signed on a day and in force from it, as it is registered from its papers."""
    return agreement(
        **{
            "decided_on": signed - dt.timedelta(days=10),
            "decision_number": "45/QĐ-UBND",
            "signed_on": signed,
            "reported_on": signed,
            "effective_on": signed,
            **values,
        }
    )


def of_district(signed: dt.date = dt.date(2019, 5, 5), **values: Any) -> Draft:
    """One that the People's Committee of a former district signed."""
    return in_force(
        signed,
        **{
            "level": "district",
            "original_unit_code": "vn-lai-chau.muong-te",
            "our_side": "UBND huyện Mường Tè",
            "lead": "lai-chau",
            **values,
        },
    )


class AgreementFactory(TrackedFactory[Agreement]):
    class Meta:
        model = Agreement

    record = factory.SubFactory(
        RecordFactory,
        family="agreements",
        kind="agreement",
        number=factory.Sequence(lambda n: f"TT-2025-{n:03d}"),
    )
    kind = "agreement"
    lead_office_code = "lc-dofa"
    level = "province"


class SignatoryFactory(TrackedFactory[Signatory]):
    class Meta:
        model = Signatory

    row = factory.SubFactory(AgreementFactory)
    name_then = "UBND tỉnh Lai Châu"


class TextFactory(TrackedFactory[Text]):
    class Meta:
        model = Text

    row = factory.SubFactory(AgreementFactory)
    language = "zh"


class AssessmentFactory(TrackedFactory[Assessment]):
    class Meta:
        model = Assessment

    row = factory.SubFactory(AgreementFactory)
    year = 2025
    progress = "partly"
