"""How long the same model takes to build: ours, the peer's, and PuLP itself with everything known beforehand.

All have the rules of `core_model`, the same columns and the same rows. Seconds are of processor time, which other work
on the machine hardly changes: nothing here waits.
"""

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import pulp

from benchmarks.core_model import CORE, core_of
from benchmarks.generator import Size, generate
from models.instance import Instance
from models.problem import build_problem
from optimizer.options import SolveOptions
from optimizer.solvers import HighsProblem, constraints_of

PREPARING, MODEL, HANDING = "arrays", "model", "handing to HiGHS"
"""Parts of building: data put into arrays, the model itself, the model given to HiGHS."""


@dataclass(frozen=True)
class Built:
    """What building came to: `seconds` of the model itself, all `parts` in seconds, and the model's size."""

    seconds: float
    parts: Mapping[str, float]
    columns: int
    rows: int


def ours(instance: Instance) -> Built:
    """`models.problem.build_problem`, handed to HiGHS as `optimizer.solvers` does."""
    part = core_of(instance)
    begun = time.process_time()
    problem, _ = build_problem(part, rules=CORE, tightenings=())
    model = time.process_time() - begun
    begun = time.process_time()
    HighsProblem(problem, SolveOptions(0.01, 60.0, 1, 0, "HiGHS"))
    parts = {MODEL: model, HANDING: time.process_time() - begun}
    return Built(model, parts, problem.numVariables(), problem.numConstraints())


def pulp_alone(instance: Instance) -> Built:
    """PuLP's own part in our building: the same columns and rows, every name, bound and coefficient ready in lists."""
    problem, _ = build_problem(core_of(instance), rules=CORE, tightenings=())
    columns = [(column.name, 0, 1 if column.upBound == 1 else None, column.cat) for column in problem.variables()]
    position = {name: place for place, (name, *_) in enumerate(columns)}
    goal = [(position[column.name], amount) for column, amount in problem.objective.items()]
    rows = [
        (name, [(position[column.name], amount) for column, amount in row.items()], row.getLb(), row.getUb())
        for name, row in constraints_of(problem)
    ]
    del problem
    gc.collect()
    expression_of = getattr(pulp.LpAffineExpression, "from_list", pulp.LpAffineExpression)  # PuLP 4, PuLP 3
    begun = time.process_time()
    again = pulp.LpProblem("again", pulp.LpMinimize)
    made = [again.add_variable(*column) for column in columns]
    again += expression_of([(made[place], amount) for place, amount in goal])
    for name, terms, low, high in rows:
        expression = expression_of([(made[place], amount) for place, amount in terms])
        again += _row(expression, low, high), name
    model = time.process_time() - begun
    return Built(model, {MODEL: model}, again.numVariables(), again.numConstraints())


def _row(expression: Any, low: float | None, high: float | None) -> Any:
    if low == high:
        return expression == low
    return expression >= low if high is None else expression <= high


def linopy(instance: Instance) -> Built:
    """The peer. Raises `ImportError` where it is not installed."""
    from benchmarks.linopy_model import timed

    timed(core_of(generate(Size(2, 1, years=2, goods=1))))  # what it loads when first used is no part of building
    part = core_of(instance)
    model, arrays, seconds = timed(part)
    begun = time.process_time()
    model.to_highspy()
    parts = {PREPARING: arrays, MODEL: seconds, HANDING: time.process_time() - begun}
    return Built(seconds, parts, int(model.nvars), int(model.ncons))


BUILDERS: Mapping[str, Callable[[Instance], Built]] = {"countyplan": ours, "PuLP alone": pulp_alone, "linopy": linopy}
"""Ways to build, by name."""


def missing_builder(name: str) -> str | None:
    """Why a way to build cannot run here, None where it can."""
    return "linopy is not installed" if name == "linopy" and find_spec("linopy") is None else None
