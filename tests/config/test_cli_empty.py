"""Commands that begin with empty tables, or close the connection that other tests share: each on its own."""

from __future__ import annotations


def test_djangos_own_commands_are_reached(bonphuong, db):
    assert bonphuong("diffsettings", "--help").status == 0
    assert "no issues" in bonphuong("django", "check").out


def test_migrate_loads_the_products_own_data_once(bonphuong, db):
    first = bonphuong("migrate", "--json").json
    assert first["migrations"] == 0
    assert all(number > 0 for number in first["loaded"].values())
    assert set(bonphuong("migrate", "--json").json["loaded"].values()) == {0}
    assert "Số bước chuyển đổi đã chạy: 0." in bonphuong("migrate").out
