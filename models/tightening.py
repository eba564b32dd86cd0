"""Valid inequalities: they cut off no plan with whole plants, but bring the relaxation close to one.

Each is a pure function of (instance, variables) like a rule. They change no optimum; a test
removes them and finds the same one.
"""

from collections.abc import Iterator
from math import floor, inf

from pulp import lpSum

from models.dominance import existing_first, useful_plants
from models.instance import Instance
from models.records import NO_LIMIT
from models.rules import Rule
from models.variables import Expression, Index, Variables


def existing_plants_first(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """Existing plants run at all they can where no other way of supply is cheaper (`existing_first`).

    Relation, for each county c and good g in existing_first, and year t:
        produce_existing[c,g,t] = existing[c,g] * (1 - crowded_out[c,g] * joined[c,t])
    """
    for county, good in sorted(existing_first(instance)):
        plant = instance.existing[county, good]
        for year in instance.years:
            lost = plant.capacity * plant.crowded_out * variables.joined[county, year]
            yield (county, good, year), variables.produce_existing[county, good, year] == plant.capacity - lost


def plants_within_joining(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """A part of a joining carries no more than its part of the plants, over all years together.

    `starts_where_selected` looks at one year's starts; with a build window the same part of a joining would
    allow starts in each of its years.

    Relation, for each county c, design d in options, and year t:
        running[c,d,t] <= useful_plants[c,d] * joined[c,t-lead_years[d]]
    """
    useful = useful_plants(instance)
    for (county, design, year), running in variables.running.items():
        if instance.free_of_joining(design):
            continue
        joined = variables.joined.get((county, year - instance.designs[design].lead_years), 0)
        if year - instance.designs[design].lead_years >= instance.first_year:
            yield (county, design, year), running <= useful[county, design] * joined


def local_means_while_building(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """A county's own money, donors, labour and materials count only in years in which it can be building.

    Without this a county joining a tenth in each of ten years would use its yearly means ten times over.

    Relation, for each county c and year t, with span = build_window + the longest construction there:
        local_funds[c,t] <= local_funds[c] * building[c,t]
        donations[c,t] <= donations[c] * building[c,t]
        local_labour[c,t] <= local_labour[c] * building[c,t]
        local_material[c,m,t] <= local_material[c,m] * building[c,t]    for each material m
        building[c,t] = joined[c,t] - joined[c,t-span] + starts under construction in t that need no joining
    """
    for county in instance.counties.values():
        longest = max(
            (instance.designs[code].construction_years for code in instance.designs_at[county.code]), default=1
        )
        for year in instance.years:
            key = (county.code, year)
            before = variables.joined.get((county.code, year - instance.policy.build_window - longest), 0)
            building = variables.joined[key] - before
            for code in instance.designs_at[county.code]:
                if instance.free_of_joining(code):
                    begun = instance.under_construction(code, year)
                    building += lpSum(variables.start[county.code, code, start] for start in begun)
            if county.local_funds < NO_LIMIT:
                yield (*key, "funds"), variables.local_funds[key] <= county.local_funds * building
            if 0 < county.donations < NO_LIMIT:
                yield (*key, "donations"), variables.donations[key] <= county.donations * building
            if county.local_labour < NO_LIMIT:
                yield (*key, "labour"), variables.local_labour[key] <= county.local_labour * building
            for material in instance.materials:
                if (county.code, material) in instance.local_material:
                    most = instance.local_material[county.code, material]
                    local = variables.local_material[county.code, material, year]
                    yield (*key, "material", material), local <= most * building


def joined_before_output(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """No new output before the county has joined; a quarter of a joining allows a quarter of it.

    Relation, for each county c and good g with designs, and year t, with lead the shortest lead time of them:
        sum(d of g, produce[c,d,t]) + produce_existing[c,g,t]
            <= existing[c,g] * (1 - crowded_out[c,g] * joined[c,t]) + room[c,g,t] * joined[c,t-lead]
        room[c,g,t] = sum(j on a lane from c, wanted[j,g,t]) - existing[c,g] * (1 - crowded_out[c,g])
    Designs that need no joining are left out on both sides.
    """
    for place in instance.designs_of:
        designs = _joining_designs(instance, place)
        if not designs:
            continue
        lead = min(instance.designs[design].lead_years for design in designs)
        for year in instance.years:
            made, old, room = _output(instance, variables, place, year)
            yield (*place, year), made <= old + max(0.0, room) * variables.joined.get((place[0], year - lead), 0)


def whole_plants(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """Where output stays in the county, a part of a plant serves its share between whole numbers of plants.

    The mixed-integer rounding of "plants times capacity, less unused capacity, is at most the room": with usable
    capacity u of one design as the unit, f the fraction of room / u, and
    share[e] = floor(u[e]/u) + max(0, fraction(u[e]/u) - f) / (1 - f) for each design e of the good:

    Relation, for each county c and good g whose only lane is its own, design d of g, and year t:
        sum(e of g, produce[c,e,t]) + produce_existing[c,g,t]
            <= existing[c,g] * (1 - crowded_out[c,g] * joined[c,t]) + sum(e of g, u[e] * running[c,e,t])
               - u[d] * (1 - f) * (sum(e of g, share[e] * running[c,e,t])
                                   - floor(room[c,g,t] / u[d]) * joined[c,t-lead])
    Source: Nemhauser and Wolsey, Integer and Combinatorial Optimization (1988), II.1.7.
    """
    for place in instance.designs_of:
        designs = _joining_designs(instance, place)
        if instance.destinations[place] != (place[0],):
            continue
        lead = min((instance.designs[design].lead_years for design in designs), default=0)
        for year in instance.years:
            made, old, room = _output(instance, variables, place, year)
            capacities = {design: instance.full_output(place[0], design, year, supported=True) for design in designs}
            if room <= 0 or max(capacities.values(), default=inf) == inf:
                continue
            for design, unit in capacities.items():
                if unit <= 0:
                    continue
                whole = floor(room / unit)
                fraction = room / unit - whole
                if not 0.01 < fraction < 0.99:
                    continue
                terms = []
                for other, size in capacities.items():
                    share = floor(size / unit) + max(0.0, size / unit - floor(size / unit) - fraction) / (1 - fraction)
                    weight = size - unit * (1 - fraction) * share
                    terms.append(weight * variables.running[place[0], other, year])
                joined = variables.joined.get((place[0], year - lead), 0)
                yield (
                    (*place, design, year),
                    made <= old + lpSum(terms) + unit * (1 - fraction) * whole * joined,
                )


def own_inputs_by_plants(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """A part of a plant takes no more than its part of the county's own raw materials.

    Without this, parts of plants in every county would live on each county's own raw materials alone, where a whole
    plant must buy.

    Relation, for each county c, input w with own supply and year t:
        local_input[c,w,t] <= sum(d using w, min(input_supply[c,w], tonnes[d,w] * supported_capacity[c,d,t])
                                  * running[c,d,t])
    """
    for index, taken in variables.local_input.items():
        county, entry, year = index
        supply = instance.input_supply[county, entry]
        terms, short = [], False
        for code in instance.designs_at[county]:
            needed = instance.designs[code].inputs.get(entry, 0.0) * instance.supported_capacity[county, code, year]
            if needed > 0:
                terms.append(min(supply, needed) * variables.running[county, code, year])
                short = short or supply < needed
        if short:  # otherwise `inputs` and `capacity` say the same
            yield index, taken <= lpSum(terms)


def _joining_designs(instance: Instance, place: tuple[str, str]) -> list[str]:
    """Designs of a county and good that may be started only once the county has joined."""
    return [design for design in instance.designs_of[place] if not instance.free_of_joining(design)]


def _output(
    instance: Instance, variables: Variables, place: tuple[str, str], year: int
) -> tuple[Expression, Expression, float]:
    """Output of a county and good, what its existing plants can make, and what its lanes want beyond them."""
    county, good = place
    made = lpSum(variables.produce[county, design, year] for design in _joining_designs(instance, place))
    room = instance.reach[county, good, year]
    if place not in instance.existing:
        return made, 0.0, room
    plant = instance.existing[place]
    made += variables.produce_existing[county, good, year]
    old = plant.capacity - plant.capacity * plant.crowded_out * variables.joined[county, year]
    return made, old, room - plant.capacity * (1 - plant.crowded_out)


TIGHTENINGS: tuple[Rule, ...] = (
    existing_plants_first,
    plants_within_joining,
    local_means_while_building,
    joined_before_output,
    whole_plants,
    own_inputs_by_plants,
)
