"""What aid and support share: series that are never mixed, slices that are new or carried over (C19, C20)."""

from __future__ import annotations

from tests.trust.recount.sql import day_of_year, year_of


def first_of(table: str, series: tuple[str, ...], whose: str = "") -> str:
    """That a sum `s` belongs to the first of the series that the item has any sum of: one stands in for another."""
    better = [
        f"(s.series = '{name}'"
        + "".join(
            f" AND NOT EXISTS (SELECT 1 FROM {table} z WHERE z.row_id = s.row_id AND z.series = '{other}'{whose})"
            for other in series[:place]
        )
        + ")"
        for place, name in enumerate(series)
    ]
    return f"({' OR '.join(better)})"


def none_of(table: str, series: tuple[str, ...], whose: str = "") -> str:
    """That the item has no sum of any of the series."""
    names = ", ".join(f"'{name}'" for name in series)
    return (
        f"NOT EXISTS (SELECT 1 FROM {table} z WHERE z.row_id = x.record_id AND z.series IN ({names}){whose})"
    )


# A slice belongs to its year under either cut-off: with the approval where it is new, else as the year begins.
SLICE_YEAR = f"COALESCE(s.year, {year_of('x.approved_on')})"
SLICE_IS_NEW = (
    f"CASE WHEN s.newness <> '' THEN s.newness = 'new' ELSE {SLICE_YEAR} = {year_of('x.approved_on')} END"
)
_FIRST, _LAST = day_of_year(SLICE_YEAR, "01-01"), day_of_year(SLICE_YEAR, "12-14")
SLICE_DAY = (
    f"CASE WHEN s.on_date IS NOT NULL THEN s.on_date WHEN NOT ({SLICE_IS_NEW}) THEN {_FIRST} "
    f"WHEN x.approved_on < {_FIRST} THEN {_FIRST} WHEN x.approved_on > {_LAST} THEN {_LAST} ELSE x.approved_on END"
)
PAID_DAY = "COALESCE(s.on_date, x.approved_on)"
PAID_IS_NEW = (
    f"CASE WHEN s.newness <> '' THEN s.newness = 'new' "
    f"ELSE COALESCE(s.year, {year_of(PAID_DAY)}) = {year_of('x.approved_on')} END"
)


def newness(is_new: str) -> str:
    return f"CASE WHEN {is_new} THEN 'new' ELSE 'carried' END"
