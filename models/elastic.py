"""The problem of an instance in which limits give way: which of them must, and by how much, for a plan to exist.

Each limit may give by a variable of its own. Held at 0, the variables leave the problem as it is; set free, they take
the limit away; priced, they tell the smallest change that lets a plan through.
Source: O. Guieu and J. W. Chinneck, "Analyzing infeasible mixed-integer and integer linear programs", INFORMS Journal
on Computing 11 (1999), on elastic programs.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pulp import LpMinimize, LpProblem, lpSum

from models.instance import Instance
from models.records import NO_LIMIT
from models.rules import Rule
from models.variables import Expression, Index, Variables, declare_variables, lp_name


@dataclass(frozen=True, slots=True)
class Give:
    """How a row gives way: `amount` times a variable is added to its left side.

    The variable is that of `limit` and `index`, so that rows of one figure share one. It is at most `most`, and a whole
    number where `whole`. `switched`: it can be above 0 only where the limit's switch, a variable that is 0 or 1, is 1.
    """

    limit: Any
    index: Index
    amount: float
    most: float = NO_LIMIT
    whole: bool = False
    switched: bool = False


Gives = Callable[[str, Index], Iterable[Give]]
"""The ways in which the row of a rule's name and index gives way; none where it is no limit."""


@dataclass(frozen=True)
class Elastic:
    """An elastic problem. `columns` has the names of each limit's variables by their index, `switches` the name of
    the switch of those that have one, `most` the greatest value of each of these columns."""

    problem: LpProblem
    variables: Variables
    columns: Mapping[Hashable, Mapping[Index, str]]
    switches: Mapping[Hashable, str]
    most: Mapping[str, float]


def build_elastic(instance: Instance, rules: Iterable[Rule], gives: Gives) -> Elastic:
    """Build the problem of `rules` without an objective worth the name: the sum of all that gives way."""
    problem = LpProblem("countyplan", LpMinimize)
    variables = declare_variables(problem, instance)
    columns: dict[Hashable, dict[Index, str]] = {}
    numbers: dict[Hashable, int] = {}
    switches: dict[Hashable, str] = {}
    made: dict[tuple[Hashable, Index], Expression] = {}
    turned: dict[Hashable, Expression] = {}
    most: dict[str, float] = {}
    links: list[Expression] = []

    def column(give: Give) -> Expression:
        key = (give.limit, give.index)
        if key not in made:
            family = columns.setdefault(give.limit, {})
            number = numbers.setdefault(give.limit, len(numbers))
            name = lp_name("give", (number, len(family)))
            above = None if give.most == NO_LIMIT else give.most
            made[key] = problem.add_variable(name, 0, above, "Integer" if give.whole else "Continuous")
            family[give.index], most[name] = name, give.most
            if give.switched:
                if give.limit not in turned:
                    switches[give.limit] = lp_name("switch", (number,))
                    turned[give.limit] = problem.add_variable(switches[give.limit], 0, None, "Binary")
                    most[switches[give.limit]] = 1.0
                links.append(made[key] - give.most * turned[give.limit] <= 0)
        return made[key]

    for rule in rules:
        for index, row in rule(instance, variables):
            terms = [give.amount * column(give) for give in gives(rule.__name__, index) if give.most > 0]
            problem += _given(row, terms) if terms else row, lp_name(rule.__name__, index)
    for number, link in enumerate(links):
        problem += link, lp_name("switched", (number,))
    problem += lpSum(list(made.values()))
    return Elastic(problem, variables, columns, switches, most)


def _given(row: Expression, terms: list[Expression]) -> Expression:
    """The row with terms added to its left side."""
    left = lpSum([*(coefficient * variable for variable, coefficient in row.items()), *terms])
    low, high = row.getLb(), row.getUb()
    if low == high:
        return left == low
    return left <= high if low is None else left >= low
