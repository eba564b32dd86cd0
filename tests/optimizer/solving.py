"""Tables of a textbook problem to its proven optimum, by way of a workbook file, as a user's would go."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from inputs.reader import read_workbook
from inputs.template import write_workbook
from models.instance import Instance
from models.plan import Plan, Result, Status
from models.verifier import verify
from optimizer.options import SolveOptions
from optimizer.solve import solve
from tests.small_workbook import Tables

EXACTLY = SolveOptions(gap=0.0, time_limit=60.0, threads=1, seed=0, solver="HiGHS")


def settings(**values: Any) -> list[dict[str, Any]]:
    """Rows of Settings; the plan is of the one year 2027 unless years are given."""
    return [
        {"setting": name, "value": value} for name, value in {"first_year": 2027, "last_year": 2027, **values}.items()
    ]


def counties(codes: Iterable[str], **columns: Any) -> list[dict[str, Any]]:
    """Rows of Counties in the province `land`, all with these columns."""
    return [{"county": code, "name": code, "province": "land", "population": 0, **columns} for code in codes]


LAND = [{"province": "land", "name": "Land"}]
"""Rows of Provinces where provinces play no part."""


def instance_of(folder: Path, tables: Tables, variant: str | None = None) -> Instance:
    """The problem that the tables say, once written to a workbook and read again."""
    path = folder / "textbook.xlsx"
    write_workbook(path, tables)
    return read_workbook(path).instance(variant)


def optimum(folder: Path, tables: Tables, variant: str | None = None) -> tuple[float, Plan]:
    """The least cost of a plan for the tables, proven, and a plan that attains it and keeps every rule."""
    instance = instance_of(folder, tables, variant)
    result: Result = solve(instance, EXACTLY)
    assert result.status is Status.SOLVED
    assert result.objective is not None
    assert result.plan is not None
    assert verify(instance, result.plan) == ()
    return result.objective, result.plan


def plants(plan: Plan) -> dict[tuple[str, str, int], int]:
    """How many plants start, by county, design and year."""
    return whole(plan.start)


def whole(values: Mapping[Any, float]) -> dict[Any, int]:
    """Values that are whole numbers, as such."""
    rounded = {index: round(value) for index, value in values.items()}
    assert all(abs(value - rounded[index]) < 1e-6 for index, value in values.items())
    return {index: value for index, value in rounded.items() if value}
