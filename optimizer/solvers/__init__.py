"""The one place that knows solvers: how PuLP and HiGHS are called, and what their answers mean.

HiGHS is PuLP's own `pulp.HiGHS`, filled from the PuLP problem in a few calls and kept, so that one problem can be
solved in stages with other bounds; `matrix` has it in arrays, to be solved in parts. Every other solver is called as
PuLP offers it.
"""

from optimizer.solvers.answer import Answer, End, Watch
from optimizer.solvers.highs import LARGE, HighsProblem, UnsuitableFigures
from optimizer.solvers.others import SolverUnavailable, available_solvers, is_highs, require_solver, solve_elsewhere
from optimizer.solvers.rows import constraints_of, slacks_of

__all__ = [
    "LARGE",
    "Answer",
    "End",
    "HighsProblem",
    "SolverUnavailable",
    "UnsuitableFigures",
    "Watch",
    "available_solvers",
    "constraints_of",
    "is_highs",
    "require_solver",
    "slacks_of",
    "solve_elsewhere",
]
