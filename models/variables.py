"""The model's variables: made once, under the names that `Plan` gives their values."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal, TypeVar

from pulp import LpProblem

from models.evenness import PARTS, capped, even_years, is_paired, people_of
from models.instance import Instance
from models.records import NO_LIMIT

Index = tuple[str | int, ...]
Expression = Any  # PuLP 3 and 4 have different classes for variables, expressions and constraints
Key = TypeVar("Key", bound=Index)


def lp_name(name: str, index: Index) -> str:
    """Name of a row or column in LP and MPS files: parts joined by a point, '-' written '_'.

    `inputs` rejects codes that would collide under it.
    """
    return ".".join([name, *(str(part) for part in index)]).replace("-", "_")


@dataclass(frozen=True)
class Variables:
    """PuLP variables by index; fields are named, indexed and measured as in `Plan`.

    Only what can be non-zero exists: `start` and `produce` where `Instance.options` has the design,
    `ship` along `Instance.lanes`, `imports` and `shortage` of goods that have them, `reserve` in
    years with limited central funds when reserves are carried.

    Some families are no part of a plan, for they follow from it. `joined` (1 once the county has joined) and
    `running` (plants of a design that run) keep rows short and branching balanced. `revenue` is a county's (money),
    `short` is 1 where it cannot pay all it owes, `rated` where it owes its rate rather than its quota: both only where
    the data leave it open. `least_covered` is the least coverage (0 to 1) of any province, `worst_uncovered` the
    greatest share of a county's demand not covered: only where a limit or the objective needs them. So are those on
    evenness (see `models/evenness.py`): `covered` is the coverage of a county's people, `unevenness` half the mean
    difference between two people's, `apart` how much better covered one county is than another, `level` a coverage that
    a part of the people does not reach and `below` by how much a county falls short of it, `least_coverage` and
    `most_coverage` a year's extremes; all 0 to 1. `concentration` is the most new capacity of a province for a good,
    relative to the nation's demand.
    """

    select: dict[tuple[str, int], Expression]
    start: dict[tuple[str, str, int], Expression]
    produce: dict[tuple[str, str, int], Expression]
    produce_existing: dict[tuple[str, str, int], Expression]
    ship: dict[tuple[str, str, str, int], Expression]
    imports: dict[tuple[str, str, int], Expression]
    shortage: dict[tuple[str, str, int], Expression]
    local_input: dict[tuple[str, str, int], Expression]
    bought_input: dict[tuple[str, str, int], Expression]
    made_input: dict[tuple[str, str, int], Expression]
    central_funds: dict[tuple[str, int], Expression]
    local_funds: dict[tuple[str, int], Expression]
    donations: dict[tuple[str, int], Expression]
    central_labour: dict[tuple[str, int], Expression]
    local_labour: dict[tuple[str, int], Expression]
    central_material: dict[tuple[str, str, int], Expression]
    local_material: dict[tuple[str, str, int], Expression]
    reserve: dict[tuple[int], Expression]
    support: dict[tuple[str, int], Expression]
    remittance: dict[tuple[str, int], Expression]
    remittance_shortfall: dict[tuple[str, int], Expression]
    subsidy: dict[tuple[str, int], Expression]
    surplus: dict[tuple[str, int], Expression]
    draw: dict[tuple[str, int], Expression]
    priority_fund: dict[tuple[str, int], Expression]
    joined: dict[tuple[str, int], Expression]
    running: dict[tuple[str, str, int], Expression]
    revenue: dict[tuple[str, int], Expression]
    short: dict[tuple[str, int], Expression]
    rated: dict[tuple[str, int], Expression]
    least_covered: dict[tuple[str, int], Expression]
    worst_uncovered: dict[tuple[()], Expression]
    covered: dict[tuple[str, int], Expression]
    unevenness: dict[tuple[int], Expression]
    apart: dict[tuple[str, str, int], Expression]
    level: dict[tuple[int, int], Expression]
    below: dict[tuple[int, str, int], Expression]
    least_coverage: dict[tuple[int], Expression]
    most_coverage: dict[tuple[int], Expression]
    concentration: dict[tuple[()], Expression]


def declare_variables(problem: LpProblem, instance: Instance) -> Variables:
    """Add every variable of `instance` to `problem`, at least 0, and return them by index."""

    def declare(
        name: str, indices: Iterable[Key], kind: Literal["Continuous", "Integer", "Binary"] = "Continuous"
    ) -> dict[Key, Expression]:
        return {index: problem.add_variable(lp_name(name, index), 0, None, kind) for index in indices}

    years = instance.years
    county_years = [(county, year) for county in instance.counties for year in years]
    option_years = [(county, design, year) for county, design in instance.options for year in years]
    using = sorted(
        {(county, entry) for county, design in instance.options for entry in instance.designs[design].inputs}
    )
    input_years = [(county, entry, year) for county, entry in using for year in years]
    material_years = [(county, material, year) for county, year in county_years for material in instance.materials]
    goods, policy = instance.goods, instance.policy
    purses = list(instance.purses)
    unequal = policy.disparity_limit < NO_LIMIT
    even = {year: people for year in even_years(instance) if (people := people_of(instance, year))}
    paired = [year for year in even if is_paired(instance, year)]
    read = [year for year in even if year not in paired]
    return Variables(
        select=declare("select", county_years, "Binary"),
        start=declare("start", option_years, "Integer"),
        produce=declare("produce", option_years),
        produce_existing=declare("produce_existing", [(*place, year) for place in instance.existing for year in years]),
        ship=declare("ship", [(*lane, year) for lane in instance.lanes for year in years]),
        imports=declare("imports", [key for key in instance.demand if goods[key[1]].import_price is not None]),
        shortage=declare("shortage", [key for key in instance.demand if goods[key[1]].shortage_penalty is not None]),
        local_input=declare("local_input", [key for key in input_years if key[:2] in instance.input_supply]),
        bought_input=declare("bought_input", input_years),
        made_input=declare("made_input", [key for key in input_years if instance.inputs[key[1]].good is not None]),
        central_funds=declare("central_funds", county_years),
        local_funds=declare("local_funds", county_years),
        donations=declare("donations", [key for key in county_years if instance.counties[key[0]].donations > 0]),
        central_labour=declare("central_labour", county_years),
        local_labour=declare("local_labour", county_years),
        central_material=declare("central_material", material_years),
        local_material=declare("local_material", [key for key in material_years if key[:2] in instance.local_material]),
        reserve=declare("reserve", [(year,) for year in instance.reserve_years]),
        support=declare(
            "support",
            [
                (code, year)
                for code, province in instance.provinces.items()
                for year in years
                if province.support_uplift > 0 and instance.counties_of[code]
            ],
            "Binary",
        ),
        remittance=declare("remittance", purses),
        remittance_shortfall=declare("remittance_shortfall", instance.may_fall_short),
        subsidy=declare("subsidy", purses),
        surplus=declare("surplus", purses),
        draw=declare("draw", purses),
        priority_fund=declare("priority_fund", purses),
        joined=declare("joined", county_years, "Binary"),
        running=declare("running", option_years, "Integer"),
        revenue=declare("revenue", purses),
        short=declare("short", instance.may_pay_in_full, "Binary"),
        rated=declare("rated", instance.quota_or_rate, "Binary"),
        least_covered=declare(
            "least_covered",
            [(good, year) for good in goods for year in years if unequal and year >= policy.disparity_from],
        ),
        worst_uncovered=declare("worst_uncovered", [()] if policy.objective == "greatest least coverage" else []),
        covered=declare("covered", [(county, year) for year, people in even.items() for county in people]),
        unevenness=declare("unevenness", [(year,) for year in even]),
        apart=declare("apart", [(*two, year) for year in paired for two in combinations(even[year], 2)]),
        level=declare("level", [(part, year) for part in range(1, PARTS) for year in read]),
        below=declare(
            "below", [(part, code, year) for part in range(1, PARTS) for year in read for code in even[year]]
        ),
        least_coverage=declare("least_coverage", [(year,) for year in read if capped(instance, year)]),
        most_coverage=declare("most_coverage", [(year,) for year in read if capped(instance, year)]),
        concentration=declare("concentration", [()] if policy.objective == "least concentration" else []),
    )
