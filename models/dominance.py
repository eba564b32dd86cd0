"""What no least-cost plan needs, told from the data alone, so that the problem can leave it out.

Each statement rests on an exchange: a plan that does otherwise can be changed, without breaking a
rule and without costing more, into one that does not. All rates of cost are at least zero.
"""

from math import ceil

from models.instance import Instance
from models.records import NO_LIMIT


def existing_first(instance: Instance) -> frozenset[tuple[str, str]]:
    """Counties and goods whose existing plants always run at what they can.

    So it is where the county's own demand takes all their output in every year, and no tonne delivered
    there by another way (import, shortage, any new or existing plant on a lane) costs less than theirs. The
    exchange is of costs alone: where output also earns revenue, fills quotas or counts in a share, it proves nothing.
    """
    if not _only_costs_count(instance):
        return frozenset()
    least: dict[tuple[str, str], float] = {}
    for county, code in instance.options:
        design = instance.designs[code]
        raw = sum(tonnes * _cheapest(instance, county, entry) for entry, tonnes in design.inputs.items())
        place = (county, design.good)
        cost = instance.options[county, code].variable_cost + raw
        least[place] = min(cost, least.get(place, cost))
    found = set()
    for (county, good), plant in instance.existing.items():
        lane = instance.lanes.get((county, county, good))
        if lane is None or any(instance.demand[county, good, year] < plant.capacity for year in instance.years):
            continue
        own = plant.variable_cost + lane.cost
        price, penalty = instance.goods[good].import_price, instance.goods[good].shortage_penalty
        others = [cost for cost in (price, penalty) if cost is not None]
        for origin in instance.origins[county, good]:
            carried = instance.lanes[origin, county, good].cost
            if (origin, good) in least:
                others.append(least[origin, good] + carried)
            if origin != county and (origin, good) in instance.existing:
                others.append(instance.existing[origin, good].variable_cost + carried)
        if all(own <= other for other in others):
            found.add((county, good))
    return frozenset(found)


def _only_costs_count(instance: Instance) -> bool:
    """Whether it makes no difference but of cost which plant serves a county."""
    policy = instance.policy
    return (
        policy.objective == "least cost"
        and policy.plant_income_share == 0
        and policy.local_input_share == 0
        and policy.least_stipend == 0
        and policy.disparity_limit == NO_LIMIT
        and policy.gini_cap == 1
        and all(design.quota == 0 for design in instance.designs.values())
        and all(entry.good is None for entry in instance.inputs.values())
    )


def _cheapest(instance: Instance, county: str, entry: str) -> float:
    """Least a county can pay for a tonne of an input."""
    prices = instance.inputs[entry]
    if (county, entry) in instance.input_supply:
        return min(prices.local_price, prices.bought_price)
    return prices.bought_price


def room(instance: Instance, first: frozenset[tuple[str, str]], county: str, good: str, year: int) -> float:
    """Most that new plants of a county can sell of a good in a year, tonnes: what its lanes want, less what its
    existing plants make after joining where they are held to it or come `first` (see `existing_first`)."""
    wanted = instance.reach[county, good, year]
    if (county, good) in first or (instance.policy.existing_held and (county, good) in instance.existing):
        plant = instance.existing[county, good]
        wanted -= instance.existing_usual[county, good, year] * (1 - plant.crowded_out)
    return wanted


def useful_plants(instance: Instance) -> dict[tuple[str, str], int]:
    """Most plants of each (county, design) that a least-cost plan could want: enough to fill the room.

    At least `min_plants`, which may force more than are useful, and all of `max_plants` where plants wear out
    within the plan or where capacity counts for itself (`dispersion_cap`). Where a county earns by having more plants
    for the same output, their quotas must still find room.
    """
    useful: dict[tuple[str, str], int] = {}
    first = existing_first(instance)
    horizon, least = len(instance.years), instance.policy.min_plants
    for (county, code), option in instance.options.items():
        design = instance.designs[code]
        size = min(instance.full_output(county, code, year, supported=False) for year in instance.years)
        if size <= 0 or design.lifetime_years < horizon or instance.policy.dispersion_cap < 1:
            useful[county, code] = option.max_plants
            continue
        most = max(room(instance, first, county, design.good, year) for year in instance.years)
        if _earns_by_number(instance, county, code):
            size = min(size, *(instance.quota[county, code, year] for year in instance.years))
        filling = ceil(most / size - 1e-9) if size > 0 else option.max_plants
        useful[county, code] = min(option.max_plants, max(1, least, filling))
    return useful


def _earns_by_number(instance: Instance, county: str, code: str) -> bool:
    """Whether one plant more raises a county's revenue although no more is made: then more is sold under a quota, and
    the state may pay more than the county keeps of the market price."""
    if instance.policy.plant_income_share == 0:
        return False
    good = instance.goods[instance.designs[code].good]
    gain = good.state_price - (1 - instance.policy.stipend_share) * good.market_price
    cost = instance.options[county, code].fixed_cost
    return any(
        (county, year) in instance.purses and instance.quota[county, code, year] * gain > cost
        for year in instance.years
    )
