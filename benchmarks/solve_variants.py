"""How long each variant of the shipped workbook takes to solve, and how close to the optimum it gets.

    python benchmarks/solve_variants.py [--variants county,hybrid] [--gap 0.01] [--time-limit 120] [--peer]

Every solve runs in a process of its own, so that peak memory is its own. With --peer each is followed by the same
problem given to HiGHS in one piece through PuLP, with the same gap, time limit and threads.
"""

import argparse
import json
import resource
import subprocess
import sys
import time

import pulp

from inputs.reader import read_workbook
from inputs.shipped import shipped_workbook
from models.problem import build_problem
from optimizer.options import SolveOptions
from optimizer.solve import solve

COLUMNS = ("variant", "how", "columns", "rows", "build s", "all s", "objective", "bound", "gap", "peak MB")


def measure(variant: str, how: str, options: SolveOptions) -> dict[str, object]:
    """One solve in this process."""
    instance = read_workbook(shipped_workbook()).instance(variant)
    begun = time.perf_counter()
    problem, _ = build_problem(instance)
    build = time.perf_counter() - begun
    row: dict[str, object] = {"variant": variant, "how": how, "build s": round(build, 1)}
    row |= {"columns": problem.numVariables(), "rows": problem.numConstraints()}
    begun = time.perf_counter()
    if how == "countyplan":
        del problem
        result = solve(instance, options)
        found = (result.objective, result.bound, result.gap)
    else:
        solver = pulp.HiGHS(msg=False, gapRel=options.gap, timeLimit=options.time_limit, threads=options.threads)
        problem.solve(solver)
        info = problem.solverModel.getInfo()
        best = info.objective_function_value if info.primal_solution_status == 2 else None
        found = (best, info.mip_dual_bound, None if best is None else (best - info.mip_dual_bound) / abs(best))
    row |= dict(zip(("objective", "bound", "gap"), found, strict=True))
    row["all s"] = round(time.perf_counter() - begun, 1)
    row["peak MB"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return row


def shown(value: object) -> str:
    """A cell of the table."""
    if value is None:
        return "none"
    if isinstance(value, float) and abs(value) < 1:
        return f"{value:.2%}"
    return f"{value:,.0f}" if isinstance(value, float) and value >= 1000 else str(value)


def main() -> None:
    """Print one line of a Markdown table for each solve, as it ends."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--variants", default="county,provincial,hybrid,announced")
    parser.add_argument("--gap", type=float, default=0.01)
    parser.add_argument("--time-limit", type=float, default=120.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--peer", action="store_true", help="also give each problem to HiGHS in one piece")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args()
    options = SolveOptions(given.gap, given.time_limit, given.threads, 0, "HiGHS")
    if given.one:
        print(json.dumps(measure(*given.one.split(":"), options)))
        return
    print("| " + " | ".join(COLUMNS) + " |")
    print("| " + " | ".join("---" for _ in COLUMNS) + " |", flush=True)
    for variant in given.variants.split(","):
        for how in ("countyplan", "HiGHS in one piece") if given.peer else ("countyplan",):
            command = [sys.executable, __file__, "--one", f"{variant}:{how}", "--gap", str(given.gap)]
            command += ["--time-limit", str(given.time_limit), "--threads", str(given.threads)]
            output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            row = json.loads(output.splitlines()[-1])
            print("| " + " | ".join(shown(row[column]) for column in COLUMNS) + " |", flush=True)


if __name__ == "__main__":
    main()
