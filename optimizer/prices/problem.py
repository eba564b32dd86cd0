"""The linear problem that is left when a plan's choices are kept, and what a limit is worth in it."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from models.instance import Instance
from models.measures.purses import budgets
from models.plan import Plan
from models.problem import build_problem
from models.rules.purse import remit_first, remittance_due
from models.tightening import TIGHTENINGS
from models.variables import Variables, lp_name
from optimizer.held_choices import choices_of
from optimizer.options import SolveOptions
from optimizer.prices.scarce import Scarce, with_quotas
from optimizer.solvers import End, HighsProblem
from reports.prices_data import REMITTANCE_QUOTA, Sides

MOVE, LEAST_MOVE = 1e-5, 1e-4
"""How far a limit is moved to see its price on that side, relative and at least: far more than the solver's tolerance
of 1e-7, and far less than anybody plans with."""

DUST = 1e-7
"""Prices below it are the solver's tolerance."""

QUOTA_STEP = 1e-3
"""Relative change of quotas by which it is found out which rows they stand in; these change in proportion."""


@dataclass
class PricedProblem:
    """The problem of an instance beside a plan of it, to be solved with choices kept and limits moved.

    With `kept`, prices are of the cost, with the objective kept at least as good as that.
    """

    instance: Instance
    plan: Plan
    options: SolveOptions
    should_stop: Callable[[], bool]
    kept: float | None = None

    def __post_init__(self) -> None:
        problem, variables = build_problem(self.instance, kept=self.kept)
        self._highs = HighsProblem(problem, self.options)
        self._whole = whole_values(self.instance, variables, self.plan)
        joining = {variable.name for family in (variables.select, variables.joined) for variable in family.values()}
        joining |= {variable.name for variable in variables.support.values()}
        self._joining = {name: value for name, value in self._whole.items() if name in joining}
        self._quota_rows: Mapping[str, Mapping[str, float]] | None = None
        self._parts = False
        self._value: float | None = None

    def keep_all(self) -> float | None:
        """Keep who joins when and everything that is built; the least cost so, None where there is none.

        Tightenings are left out: they may hold a county's limit as well, and with whole plants they say nothing.
        """
        self._highs.suspend([tightening.__name__ for tightening in TIGHTENINGS])
        return self._begin(self._whole, parts=False)

    def keep_joining(self) -> float | None:
        """Keep who joins when and the support bases, while plants may be built in parts; the least cost so.

        Tightenings stay, which bring parts of plants closer to whole ones: no figure of the centre stands in them.
        """
        self._highs.suspend(())
        return self._begin(self._joining, parts=True)

    def sides(self, scarce: Scarce) -> Sides | None:
        """What one more and one less of a limit are worth, by the workbook's unit; None where a linear problem cannot
        say, or the search was stopped."""
        rows = self._rows(scarce)
        if not rows:
            return None
        by = max(LEAST_MOVE, MOVE * scarce.amount)
        if all(self._idle(row, 2 * by * abs(rate)) for row, rate in rows.items()):
            return Sides(0.0, 0.0)
        more, less = self._price(rows, by), self._price(rows, -by)
        if more is None or less is None:
            return None
        return Sides(scarce.factor * more, scarce.factor * less)

    def saving(self, scarce: Scarce, by: float) -> float | None:
        """What is saved in all when a limit grows by so much, in the workbook's unit; minus infinity where no plan is
        left, None as `sides`."""
        rows = self._rows(scarce)
        if not rows or self._value is None:
            return None
        moves = {row: rate * by * scarce.factor for row, rate in rows.items()}
        self._highs.move_rows(moves)
        answer = self._highs.linear(self.should_stop)
        self._highs.move_rows({row: -amount for row, amount in moves.items()})
        if answer.end is End.INFEASIBLE:
            return -math.inf
        if answer.end is not End.FINISHED or answer.objective is None:
            return None
        return self._value - answer.objective

    def close(self) -> None:
        """Let go of the solver."""
        self._highs.close()

    def _begin(self, held: Mapping[str, float], parts: bool) -> float | None:
        self._parts, self._value = parts, None
        self._highs.bound_columns({name: (value, value) for name, value in held.items()})
        answer = self._highs.linear(self.should_stop, anew=True)
        if answer.end is not End.FINISHED or answer.objective is None:
            return None
        self._value, self._activity = answer.objective, self._highs.activity
        return answer.objective

    def _rows(self, scarce: Scarce) -> Mapping[str, float]:
        """The rows that a figure moves, as far as moving rows says all: of a county's figures only with all kept."""
        if scarce.kind.of_place and self._parts:
            return {}
        found = self._rows_of_quota(scarce.key) if scarce.kind is REMITTANCE_QUOTA else scarce.rows
        return {row: rate for row, rate in found.items() if row in self._highs.row}

    def _idle(self, row: str, within: float) -> bool:
        """Whether a row has room on both sides, so that to move its limit a little changes nothing."""
        position = self._highs.row[row]
        used = self._activity[position]
        return bool(self._highs.least[position] + within < used < self._highs.most[position] - within)

    def _price(self, rows: Mapping[str, float], by: float) -> float | None:
        """What a unit is worth just above or just below the figure: the price there is the price of that side alone."""
        moves = {row: rate * by for row, rate in rows.items()}
        self._highs.move_rows(moves)
        answer = self._highs.linear(self.should_stop)
        self._highs.move_rows({row: -amount for row, amount in moves.items()})
        if answer.end is End.INFEASIBLE:
            return math.copysign(math.inf, -by)
        if answer.end is not End.FINISHED:
            return None
        found = -sum(rate * float(self._highs.prices[self._highs.row[row]]) for row, rate in rows.items())
        return found if abs(found) > DUST else 0.0

    def _rows_of_quota(self, county: str) -> Mapping[str, float]:
        """Rows in which a county's quota stands, in every year, and what they leave when it grows by one.

        It stands in several, and beside whether the county falls short or owes its rate; so the rows are built once
        more with other quotas, and compared.
        """
        if self._quota_rows is None:
            self._quota_rows = quota_rows(self.instance, self.plan, self.options)
        return self._quota_rows.get(county, {})


def quota_rows(instance: Instance, plan: Plan, options: SolveOptions) -> Mapping[str, Mapping[str, float]]:
    """Rows that move with each county's quota when whole variables are kept, by county, and by how much when its figure
    of the first year grows by one; a county whose quota decides what rows there are is left out."""
    first = {county: purse.quota for (county, year), purse in instance.purses.items() if year == instance.first_year}
    now, more, less = (
        _left(with_quotas(instance, dict.fromkeys(first, growth)), plan, options)
        for growth in (1.0, 1 + QUOTA_STEP, 1 - QUOTA_STEP)
    )
    counties = {lp_name(code, ()): code for code in first}
    found: dict[str, dict[str, float]] = {code: {} for code in first}
    unclear = {counties[row.split(".")[1]] for other in (more, less) for row in now.keys() ^ other.keys()}
    for row in now.keys() & more.keys() & less.keys():
        code = counties[row.split(".")[1]]
        up, down = _moved(now[row], more[row]), _moved(less[row], now[row])
        if abs(up - down) > QUOTA_STEP * max(abs(up), abs(down)):
            unclear.add(code)
        elif up and first[code] > 0:
            found[code][row] = up / (QUOTA_STEP * first[code])
    return {code: rows for code, rows in found.items() if code not in unclear}


def _moved(before: tuple[float, float], then: tuple[float, float]) -> float:
    """By how much the limits of a row have moved; both by the same."""
    return next((new - old for old, new in zip(before, then, strict=True) if math.isfinite(old)), 0.0)


def _left(instance: Instance, plan: Plan, options: SolveOptions) -> Mapping[str, tuple[float, float]]:
    """Limits of the rows with quotas, less what the plan's whole variables take of them."""
    problem, variables = build_problem(instance, (remittance_due, remit_first), tightenings=())
    highs = HighsProblem(problem, options)
    left = highs.left_by(whole_values(instance, variables, plan))
    highs.close()
    rules = (remittance_due.__name__, remit_first.__name__)
    return {row: limits for row, limits in left.items() if row.split(".")[0] in rules}


def whole_values(instance: Instance, variables: Variables, plan: Plan) -> dict[str, float]:
    """The whole variables of a problem as a plan has them, by name; those that are no part of a plan follow from it."""
    revenue = {(budget.county, budget.year): budget.revenue for budget in budgets(instance, plan)}
    values = {name: least for name, _, (least, _) in choices_of(instance, variables, plan)}
    for index, variable in variables.short.items():
        values[variable.name] = float(revenue[index] < instance.purses[index].quota)
    for index, variable in variables.rated.items():
        purse = instance.purses[index]
        values[variable.name] = float(purse.rate * revenue[index] > purse.quota)
    return values
