"""A workbook to run, and a solver's part that is played: results that need no solver."""

from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from typing import Any

from inputs.template import write_workbook
from models.costs import charges_of
from models.instance import Instance
from models.plan import Plan, Result, Status
from optimizer.options import SolveOptions
from optimizer.progress import Progress
from tests.small_workbook import Tables, small_tables

Solve = Callable[..., Result]


def write_small(folder: Path, tables: Tables | None = None, name: str = "small.xlsx") -> Path:
    """The small workbook as a file."""
    path = folder / name
    write_workbook(path, small_tables() if tables is None else tables)
    return path


def do_nothing(instance: Instance) -> Plan:
    """The plan in which no county joins and no demand is met: it keeps every rule of the small workbook.

    Central funds that may be carried into the next year are.
    """
    empty: dict[str, Any] = {name: {} for name in Plan.__dataclass_fields__}
    funds = [instance.central_funds[year] for year in instance.reserve_years]
    reserve = {(year,): kept for year, kept in zip(instance.reserve_years, accumulate(funds), strict=True)}
    return Plan(**{**empty, "shortage": dict(instance.demand), "reserve": reserve})


def result_of(instance: Instance, status: Status, *, interrupted: bool = False) -> Result:
    """A result with `do_nothing` as its plan, where there is one."""
    if status not in (Status.SOLVED, Status.STOPPED):
        return Result(status, None, None, None, None, 1.5, "played", (), (), interrupted)
    plan = do_nothing(instance)
    charges = charges_of(instance, plan)
    cost = sum(charge.amount for charge in charges)
    return Result(status, plan, cost, 0.75 * cost, 0.25, 1.5, "played", charges, (), interrupted)


def played(status: Status, *, interrupted: bool = False) -> Solve:
    """A `solve` that comes to this."""

    def solve(
        instance: Instance,
        options: SolveOptions,
        *,
        progress: Callable[[Progress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
        log: Path | None = None,
    ) -> Result:
        if log is not None:
            log.write_text("what the solver says\n", encoding="utf-8")
        if progress is not None:
            progress(Progress(0.25, "searching", 4.0, 3.0))
        return result_of(instance, status, interrupted=interrupted)

    return solve
