"""The rows of each rule on a small example, kept as an LP file: what a rule is to a solver, to be read in a diff.

The example of a rule is `EXAMPLE` in its test module. After a change of a rule that is meant, write the files anew
and read what has changed:

    python -m tests.models.golden_files
"""

import importlib
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

from pulp import LpInteger

from models.instance import Instance
from models.problem import build_problem
from models.rules import RULES
from models.variables import Variables
from optimizer.solvers import constraints_of

FOLDER = Path(__file__).parent / "golden"
RELATIONS = {-1: "<=", 0: "=", 1: ">="}


def path_of(rule: str) -> Path:
    """The golden file of a rule."""
    return FOLDER / f"{rule}.lp"


def stored(rule: str) -> str:
    """What the golden file of a rule holds."""
    return path_of(rule).read_text(encoding="utf-8")


def rendered(rule: str, instance: Instance) -> str:
    """The rows of one rule, and the kinds of the whole variables in them, in LP format.

    PuLP's own writer lists all columns of a problem, and differs from version to version. Here the terms of a
    row stand in the order of the declaration of variables.
    """
    chosen = [one for one in RULES if one.__name__ == rule]
    problem, variables = build_problem(instance, rules=chosen, tightenings=())
    columns = _declared(variables)
    order = {column.name: position for position, column in enumerate(columns)}
    rows = constraints_of(problem)
    used = {column.name for _, row in rows for column, coefficient in row.items() if coefficient}
    whole = [column for column in columns if column.name in used and column.cat == LpInteger]
    lines = ["Minimize", " nothing:", "Subject To"]
    for name, row in rows:
        terms = sorted((order[column.name], coefficient, column.name) for column, coefficient in row.items())
        lines.append(f" {name}: {_sum(terms)} {RELATIONS[row.sense]} {_number(-row.constant)}")
    lines += _section("Binaries", (column.name for column in whole if column.upBound == 1))
    lines += _section("Generals", (column.name for column in whole if column.upBound != 1))
    return "\n".join([*lines, "End", ""])


def _declared(variables: Variables) -> list[Any]:
    return [column for family in fields(variables) for column in getattr(variables, family.name).values()]


def _sum(terms: Iterable[tuple[int, float, str]]) -> str:
    text = ""
    for _, coefficient, name in terms:
        if coefficient:
            size = "" if abs(coefficient) == 1 else f"{_number(abs(coefficient))} "
            sign = ("- " if coefficient < 0 else "") if not text else (" - " if coefficient < 0 else " + ")
            text += f"{sign}{size}{name}"
    return text or "0"


def _number(value: float) -> str:
    return f"{value + 0.0:.12g}"  # no "-0"


def _section(title: str, names: Iterable[str]) -> list[str]:
    lines = [f" {name}" for name in names]
    return [title, *lines] if lines else []


def write_all() -> None:
    """Write the golden file of every rule anew, and remove those of rules that are no more."""
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.lp"):
        path.unlink()
    for rule in RULES:
        example = importlib.import_module(f"tests.models.test_{rule.__name__}").EXAMPLE
        path_of(rule.__name__).write_text(rendered(rule.__name__, example), encoding="utf-8")


if __name__ == "__main__":
    write_all()
