from __future__ import annotations

import dataclasses

import pytest

from bonphuong.records import registry
from bonphuong.records.models import Record
from bonphuong.records.registry import CellError, Cleaned, Column, Kind
from tests.records.conftest import TRIAL

COLUMNS = (Column("title", "Tên", lambda record: record.title),)


def facts_of(row):
    return [row]


def facts_rows():
    return "rows"


def test_a_family_is_found_by_its_code(trial):
    assert registry.get_family("trial") is trial
    assert trial in registry.families()
    assert [f.code for f in registry.families()] == sorted(f.code for f in registry.families())
    with pytest.raises(KeyError):
        registry.get_family("nothing")


def test_registering_twice_is_once_and_a_code_has_one_owner(trial):
    registry.register(TRIAL)
    with pytest.raises(ValueError, match="two families are called 'trial'"):
        registry.register(dataclasses.replace(TRIAL, icon="globe"))


def test_a_prefix_has_one_owner(trial):
    thief = dataclasses.replace(TRIAL, code="thief", kinds=(Kind("x", "x", "x", "THU"),))
    with pytest.raises(ValueError, match="the prefix 'THU' belongs to 'trial'"):
        registry.register(thief)


def test_kinds_are_found_by_code(trial):
    assert trial.kind("in").prefix == "DEN"
    with pytest.raises(KeyError):
        trial.kind("sideways")


def test_a_kind_is_called_by_its_label_even_when_unknown(trial):
    assert registry.kind_label("trial", "in") == "đến thử"
    assert registry.kind_label("trial", "sideways") == "hồ sơ thử"
    assert registry.kind_label("stranger", "x") == "hồ sơ"


def test_what_is_named_by_path_is_read_on_use():
    here = "tests.records.test_registry"
    family = dataclasses.replace(
        TRIAL,
        kinds=(Kind("out", "đi", "đi", "THU", columns=f"{here}.COLUMNS"), Kind("in", "đến", "đến", "DEN")),
        facts=f"{here}.facts_of",
        facts_rows=f"{here}.facts_rows",
        clean_many=f"{here}.facts_of",
        create_many=f"{here}.facts_of",
        undo_many=f"{here}.facts_of",
        probe=f"{here}.facts_of",
    )
    assert family.get_model() is Record
    assert (family.columns_of("out"), family.columns_of("in")) == (COLUMNS, ())
    assert family.get_facts() is facts_of
    assert family.get_facts_rows() == "rows"
    assert (family.get_probe(), TRIAL.get_probe()) == (facts_of, None)
    assert [family.get_clean_many(), family.get_create_many(), family.get_undo_many()] == [facts_of] * 3


def test_a_cleaned_row_is_good_without_errors():
    assert Cleaned(index=0, draft=object()).is_good
    assert not Cleaned(index=0).is_good
    assert not Cleaned(index=0, draft=object(), errors=(CellError("title", "?"),)).is_good
