"""The rows of a PuLP problem, in PuLP 3 and 4 alike."""

from collections.abc import Iterable, Mapping
from typing import Any


def constraints_of(problem: Any) -> list[tuple[str, Any]]:
    """Names and constraints of a problem, in order; PuLP 3 keeps a mapping, PuLP 4 has a method."""
    rows = problem.constraints
    return list(rows.items()) if isinstance(rows, dict) else [(row.name, row) for row in rows()]


def slacks_of(problem: Any, values: Mapping[str, float]) -> Iterable[tuple[str, float, float, float]]:
    """Of every inequality: its name, activity, limit and slack, at the given values."""
    for name, row in constraints_of(problem):
        low, high = row.getLb(), row.getUb()
        if low == high:
            continue
        activity = sum(coefficient * values[variable.name] for variable, coefficient in row.items())
        limit = high if high is not None else low
        yield name, activity, limit, (limit - activity if high is not None else activity - limit)
