"""What tables of A beside B share: both plans, what either has with its value in each, and the columns that show it."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from models.instance import Instance
from models.plan import Plan
from reports.columns import DISCOUNTED, Column, Unit, county_row, good_row, province_row
from reports.diff import A, B, Diff, Side

Key = TypeVar("Key")
Value = TypeVar("Value")


def both(diff: Diff) -> tuple[tuple[Side, Plan], tuple[Side, Plan]] | None:
    """A and B with their plans; None where one of them has none."""
    if diff.a.plan is None or diff.b.plan is None:
        return None
    return (diff.a, diff.a.plan), (diff.b, diff.b.plan)


def paired(known: Iterable[Mapping[Key, Value]]) -> Mapping[Key, tuple[Value | None, Value | None]]:
    """All that A or B has, what A has first, with its value in each; None where one does not have it."""
    one, other = known
    return {key: (one.get(key), other.get(key)) for key in dict.fromkeys((*one, *other))}


def money_unit(diff: Diff, unit: Unit = DISCOUNTED) -> str:
    """The unit of money in both; each for itself where they differ, and nothing can then be taken from the other."""
    names = [unit.name(side.instance) for side in diff.sides]
    return names[0] if names[0] == names[1] else f"A: {names[0]}; B: {names[1]}"


def same_money(diff: Diff, unit: Unit = DISCOUNTED) -> bool:
    """Whether money in A and in B is in the same unit."""
    return unit.name(diff.a.instance) == unit.name(diff.b.instance)


def having(diff: Diff, table: str, code: str) -> Instance:
    """The problem of B where its table has the code, else that of A."""
    return diff.b.instance if code in getattr(diff.b.instance, table) else diff.a.instance


def county_of(diff: Diff, county: str) -> dict[str, object]:
    """Values of `COUNTY_COLUMNS` and `PROVINCE_COLUMNS` of a county that A or B has."""
    instance = having(diff, "counties", county)
    return {**county_row(instance, county), **province_row(instance, instance.counties[county].province)}


def good_of(diff: Diff, good: str) -> dict[str, object]:
    """Values of `GOOD_COLUMNS` of a good that A or B has."""
    return good_row(having(diff, "goods", good), good)


def columns_beside(unit: Unit, meaning: str, title: str = "{side}", *, of: str = "") -> tuple[Column, Column]:
    """A column for A and one for B, `{side}` standing for the letter in meaning and title; `of` what their names begin
    with, if they are not `a` and `b`."""
    one, other = (
        Column(name, unit, meaning.format(side=letter), title.format(side=letter))
        for name, letter in zip(_names(of), (A, B), strict=True)
    )
    return one, other


def difference_column(unit: Unit, meaning: str = "in B less in A") -> Column:
    """The column of what B has less what A has."""
    return Column("difference", unit, meaning, "B less A")


def values_beside(before: Value, after: Value, *, of: str = "") -> dict[str, Value]:
    """Values of `columns_beside`."""
    return dict(zip(_names(of), (before, after), strict=True))


def difference_row(before: float | None, after: float | None, *, comparable: bool = True) -> dict[str, float | None]:
    """Value of `difference_column`; None where one of them has none, or they are in units that do not compare."""
    if before is None or after is None or not comparable:
        return {"difference": None}
    return {"difference": after - before}


def _names(of: str) -> tuple[str, str]:
    return (f"{of}_a", f"{of}_b") if of else ("a", "b")
