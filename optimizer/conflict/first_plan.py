"""A first plan of a large problem, fast: any plan that keeps every rule, or the least that limits must give for it.

A search for the best plan needs the relaxation of the whole first. To show that there is a plan none of it is needed:

1. Who joins when and what is built comes from the rules on these and on means alone (`levels.BUILDING`), with
   counties' budgets as they are known beforehand: its relaxation gives a direction, the joining years closest to it
   are chosen under the rules on choosing, and the plants of packages follow.
2. With these held, and no plant besides, all other rules together say what is made, sent, paid and left over.

In each step limits that are no county's own may give way, at a price. Those that are to be changed are cheap, all
others dear. Where nothing gives, the plan keeps every rule; it is up to the caller to verify it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from inputs.origins import Address, Origins
from models.budgets import Budget, budgets_at, revenue_without_plants
from models.instance import Instance
from models.problem import BOOKKEEPING
from models.records import NO_LIMIT
from models.rules import RULES, Rule
from models.variables import Variables
from optimizer.conflict.levels import BUILDING, CHOOSING, without_goods
from optimizer.conflict.problem import ConflictProblem, Given
from optimizer.conflict.repairs import OF_COUNTIES
from optimizer.options import SolveOptions

DEAR = 100.0
"""How much dearer a limit is that is not to be changed."""

FRUGAL = 0.1
"""Price of all central funds together: few are spent, so that they suffice for what is not known yet."""

CLOSE = 0.01
"""Worth of one joining in the year in which the relaxation has it."""

Bounds = dict[str, tuple[float, float]]


@dataclass(frozen=True)
class FirstPlan:
    """The search for a first plan of an instance. `deadline` is on the clock of `time.monotonic`; `report` is told the
    step."""

    instance: Instance
    origins: Origins
    options: SolveOptions
    deadline: float
    stop: Callable[[], bool]
    report: Callable[[str], None]

    def nearest(self, changing: Collection[Address] = ()) -> Given | None:
        """A plan, with the changes of limits that it needs: of those `changing` rather than of others.

        Nothing was changed where `changes` is empty. None where no plan was found. Raises `OutOfTime`.
        """
        self.report("choosing counties and plants")
        outlets, since = with_outlets(self.instance)
        bare, budgets = self._known_budgets(outlets)
        building = self._problem(bare, BUILDING)
        variables = building.variables
        late: Bounds = {
            variables.select[county, year].name: (0.0, 0.0)
            for county, first in since.items()
            for year in self.instance.years
            if year < first and county not in self.instance.decided
        }
        within = late | _local_funds_within(self.instance, variables, budgets)
        weights = {limit: 1.0 if limit in changing else DEAR for limit in building.limits}
        costs = _frugal(bare, variables)
        direction = building.a_point(within)
        if direction is None and changing:
            direction = building.a_point(within, changing)
        if direction is None:  # points are found in a fifth of the time that this takes
            changed = building.least_change(whole=False, weights=weights, bounds=within, costs_of_plan=costs)
            direction = None if changed is None else changed.values
        if direction is None:
            return None
        joining = self._joining(bare, changing, variables, direction, late)
        if joining is None:
            return None
        held = within | {variables.select[index].name: (float(index in joining),) * 2 for index in variables.select}
        chosen = building.least_change(whole=True, weights=weights, bounds=held, costs_of_plan=costs, proof=False)
        return None if chosen is None else self._completed(chosen, changing)

    def _problem(self, instance: Instance, rules: Iterable[Rule]) -> ConflictProblem:
        options = replace(self.options, threads=1)  # more find a first plan no sooner
        return ConflictProblem(instance, rules, options, self.origins, self.deadline, self.stop, no_county)

    def _known_budgets(self, outlets: Instance) -> tuple[Instance, Mapping[tuple[str, int], Budget]]:
        """The instance as far as choosing and building need it, with what the centre is left by counties' budgets as
        they are without new plants and with every county joined, and these budgets."""
        instance = self.instance
        everywhere = {(county, year): 1.0 for county in instance.counties for year in instance.years}
        budgets = budgets_at(instance, revenue_without_plants(instance, everywhere))
        funds = dict(instance.central_funds)
        for (_, year), budget in budgets.items():
            if funds[year] < NO_LIMIT:
                funds[year] -= budget.subsidy
            if funds.get(year + 1, NO_LIMIT) < NO_LIMIT:
                funds[year + 1] += instance.policy.recycled_share * budget.remittance
        return replace(without_goods(outlets), central_funds=funds), budgets

    def _joining(
        self,
        bare: Instance,
        changing: Collection[Address],
        variables: Variables,
        relaxed: Mapping[str, float],
        late: Bounds,
    ) -> frozenset[tuple[str, int]] | None:
        """Whole joining years closest to the relaxation's parts, under the rules on choosing."""
        choosing = self._problem(replace(bare, options={}, items={}, materials={}, central_material={}), CHOOSING)
        closest = {
            choosing.variables.select[index].name: -CLOSE * relaxed[variable.name]
            for index, variable in variables.select.items()
        }
        weights = {limit: 1.0 if limit in changing else DEAR for limit in choosing.limits}
        found = choosing.least_change(whole=True, weights=weights, bounds=late, costs_of_plan=closest, proof=False)
        return None if found is None else frozenset(found.plan.select)

    def _completed(self, chosen: Given, changing: Collection[Address]) -> Given | None:
        """What follows from who joins and what is built, with no plant besides."""
        self.report("planning what follows")
        plan = chosen.plan
        places = {index[:2] for index in (*plan.start, *self.instance.built)}
        options = {place: option for place, option in self.instance.options.items() if place in places}
        whole = self._problem(replace(self.instance, options=options), (*RULES, *BOOKKEEPING))
        held: Bounds = {}
        families: tuple[tuple[dict[Any, Any], Mapping[Any, float]], ...] = (
            (whole.variables.select, plan.select),
            (whole.variables.start, plan.start),
            (whole.variables.support, {}),
        )
        for family, values in families:
            held |= {variable.name: (values.get(index, 0.0),) * 2 for index, variable in family.items()}
        found = whole.a_plan(held, chosen.changes)
        likely = {*changing, *chosen.changes}
        for allowed in (likely, {*whole.limits}):  # with few limits that give way it takes a tenth of the time
            if found is None and allowed:
                weights = {limit: 1.0 if limit in changing else DEAR for limit in whole.limits}
                kept = [limit for limit in whole.limits if limit not in allowed]
                found = whole.least_change(kept, whole=True, weights=weights, bounds=held, proof=False)
        return found


def with_outlets(instance: Instance) -> tuple[Instance, Mapping[str, int]]:
    """The instance with no more plants in a county than can each deliver their quota and pay least stipends from what
    is wanted there beside existing output, and the first year in which each county can join for that. Where it never
    can, all plants are left."""
    policy, since, options = instance.policy, {}, dict(instance.options)
    for county, codes in instance.designs_at.items():
        for joined in instance.years:
            useful = {code: _outlets(instance, county, code, joined) for code in codes}
            goods = {instance.designs[code].good for code in codes if useful[code] > 0}
            if sum(useful.values()) >= policy.min_plants and (
                len(goods) == len(instance.goods) or not policy.one_per_good
            ):
                since[county] = joined
                options |= {
                    (county, code): replace(instance.options[county, code], max_plants=plants)
                    for code, plants in useful.items()
                }
                break
    return replace(instance, options=options), since


def _outlets(instance: Instance, county: str, code: str, joined: int) -> int:
    """How many plants of a design can do so in a county that joins in a year, whatever else is there."""
    option, design, policy = instance.options[county, code], instance.designs[code], instance.policy
    wage = policy.least_stipend * instance.counties[county].market_product * option.workers
    paid = policy.stipend_share * instance.goods[design.good].market_price
    old = instance.existing.get((county, design.good))
    held = old.capacity * (1 - old.crowded_out) if old is not None and policy.existing_held else 0.0
    most = option.max_plants
    for year in instance.years:
        if year < joined + design.lead_years:
            continue
        if wage > 0 and paid == 0:
            return 0
        least = instance.quota[county, code, year] + (wage / paid if wage > 0 else 0.0)
        if least > instance.usable_capacity[county, code, year]:
            return 0
        if least > 0:
            most = min(most, int((instance.reach[county, design.good, year] - held) / least))
    return max(0, most)


def no_county(limit: Address) -> bool:
    """Whether a limit is no county's own."""
    return limit.sheet not in OF_COUNTIES


def _local_funds_within(instance: Instance, variables: Variables, budgets: Mapping[tuple[str, int], Budget]) -> Bounds:
    """Counties' own money within what their budgets leave."""
    found: Bounds = {}
    for index, budget in budgets.items():
        most = min(instance.counties[index[0]].local_funds, budget.surplus + budget.fund_before)
        found[variables.local_funds[index].name] = (0.0, most)
    return found


def _frugal(bare: Instance, variables: Variables) -> Mapping[str, float]:
    """Prices of central funds."""
    total = sum(funds for funds in bare.central_funds.values() if funds < NO_LIMIT)
    return {variable.name: FRUGAL / max(1.0, total) for variable in variables.central_funds.values()}
