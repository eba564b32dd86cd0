"""Where the gap comes from: what each stage proves and finds, beside the best plan that is known in the end.

    python -m benchmarks.gap_by_stage [INSTANCE] [--time-limit 900]

takes the stages of a staged solve one by one, whatever the size of the instance (a name of `benchmarks/instances.py`),
then searches the whole in one piece for the time limit, beginning with the plan of the stages. Prints a table.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.instances import instance_of
from models.instance import Instance
from models.problem import build_problem
from optimizer.options import SolveOptions
from optimizer.solvers import End, HighsProblem
from optimizer.stages import Stages

NODES = (1, 30, 1000)
"""Nodes of branch and bound for each province, once after another."""

STAGED = 0.001
"""Gap at which plants are planned."""

EXACT = 0.0005
"""Gap at which the search of the whole ends."""


@dataclass(frozen=True)
class Step:
    """What a stage came to: a lower bound on the cost of every plan, or the cost of one (`is_plan`), and the seconds of
    processor time since the beginning. None: nothing."""

    name: str
    value: float | None
    is_plan: bool
    seconds: float


def steps(instance: Instance, time_limit: float) -> list[Step]:
    """All stages, and at the end the plan and the bound of a search of `time_limit` seconds. Raises `ValueError` for an
    instance without a plan in parts of plants."""
    problem, variables = build_problem(instance)
    options = SolveOptions(STAGED, time_limit, 1, 0, "HiGHS")
    highs = HighsProblem(problem, options)
    stages = Stages(instance, variables, highs, options, lambda *_: None, lambda: False, time.monotonic())
    begun, found = time.process_time(), list[Step]()

    def add(name: str, value: float | None, is_plan: bool = False) -> None:
        found.append(Step(name, value, is_plan, time.process_time() - begun))

    relaxed = stages._relax()
    if relaxed.values is None:
        raise ValueError("the relaxation has no solution")
    stages.bound = relaxed.bound
    add("bound of the relaxation", stages.bound)
    costs = stages._bound_by_counties()
    add("bound by counties, once for each choice", stages.bound)
    joining = stages._joining_years(relaxed.values, costs)
    add("with the rules on choosing", stages.bound)
    if joining is not None:
        stages._plan_plants(stages._held_joining(joining), relaxed.values)
    add("plan of the stages", None if stages.best is None else stages.best.objective, is_plan=True)
    stages.options = replace(options, gap=0.0)
    for nodes in NODES:
        stages._bound_by_provinces(nodes)
        add(f"bound by provinces, up to {nodes:,} nodes each", stages.bound)
    highs.forget()
    highs.bound_columns({})
    start = None if stages.best is None else stages.best.values
    whole = highs.solve(EXACT, time_limit, lambda: False, start=start)
    add("plan of the search of the whole", whole.objective, is_plan=True)
    add("its bound", whole.bound if whole.end is not End.INFEASIBLE else None)
    return found


def table(found: Sequence[Step]) -> str:
    """The steps relative to the best plan among them, in Markdown. Raises `ValueError` where there is none."""
    plans = [step.value for step in found if step.is_plan and step.value is not None]
    if not plans:
        raise ValueError("there is no plan to compare with")
    best = min(plans)
    lines = ["| | % of the best plan known | s |", "| --- | --: | --: |"]
    for step in found:
        off = "" if step.value is None else f"{100 * (step.value - best) / abs(best):+.2f}"
        lines.append(f"| {step.name} | {off} | {step.seconds:,.0f} |")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the steps and print them. Returns the exit code."""
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("instance", nargs="?", default="24x2x6x3t1s1")
    made.add_argument("--time-limit", type=float, default=900.0)
    given = made.parse_args(arguments)
    try:
        print(table(steps(instance_of(given.instance), given.time_limit)))
    except ValueError as wrong:
        made.error(str(wrong))
    return 0


if __name__ == "__main__":
    sys.exit(main())
