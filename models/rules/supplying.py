"""Rules on producing goods and getting them to people."""

from collections.abc import Iterator

from pulp import lpSum

from models.instance import Instance
from models.variables import Expression, Index, Variables


def capacity(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """A plant makes at most its usable capacity, once its lead time has passed and while its lifetime lasts.

    Usable is the smaller of utilisation x capacity and what the lanes from its county can absorb: no
    plant can sell more, and the smaller figure keeps the relaxation tight and unlimited capacity finite.

    Relation, for each county c, design d of good g in options, and year t:
        produce[c,d,t] <= usable_capacity[c,d,t] * running[c,d,t]
        usable_capacity[c,d,t] = min(utilisation[d] * capacity[c,d], sum(j on a lane from c, demand[j,g,t]))
    """
    for county, design in instance.options:
        for year in instance.years:
            usable = instance.usable_capacity[county, design, year]
            running = variables.running[county, design, year]
            yield (county, design, year), variables.produce[county, design, year] <= usable * running


def existing_capacity(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """Existing plants make at most their capacity, less the share crowded out once their county has joined.

    Relation, for each county c and good g with existing plants, and year t:
        produce_existing[c,g,t] <= capacity[c,g] * (1 - crowded_out[c,g] * joined[c,t])
    """
    for (county, good), plant in instance.existing.items():
        for year in instance.years:
            lost = plant.capacity * plant.crowded_out * variables.joined[county, year]
            yield (county, good, year), variables.produce_existing[county, good, year] <= plant.capacity - lost


def shipped_from_output(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """What leaves a county, or stays in it for use, is what its plants make.

    Relation, for each county c, good g and year t with a lane from c:
        sum(j, ship[c,j,g,t]) = sum(d of g, produce[c,d,t]) + produce_existing[c,g,t]
    """
    for (county, good), destinations in instance.destinations.items():
        designs = instance.designs_of[county, good]
        for year in instance.years:
            made = lpSum(variables.produce[county, design, year] for design in designs)
            if (county, good) in instance.existing:
                made += variables.produce_existing[county, good, year]
            sent = lpSum(variables.ship[county, destination, good, year] for destination in destinations)
            yield (county, good, year), sent == made


def demand(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """Each county's demand is met by its own output, arrivals, imports, or counted as shortage.

    Relation, for each county j, good g and year t:
        sum(c, ship[c,j,g,t]) + imports[j,g,t] + shortage[j,g,t] = demand[j,g,t]
    """
    for (county, good, year), wanted in instance.demand.items():
        supply = lpSum(variables.ship[origin, county, good, year] for origin in instance.origins[county, good])
        for other in (variables.imports, variables.shortage):
            if (county, good, year) in other:
                supply += other[county, good, year]
        yield (county, good, year), supply == wanted


def lanes(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """Goods travel only along allowed lanes, and no plant sends more down a lane than its end wants.

    `ship` exists only along `lanes`. The second part follows from `capacity` for whole plants;
    stated for each lane it is the strong linking without which half a plant could serve a whole county.

    Relation, for each lane from c to j for good g, where c has more than one, and year t:
        ship[c,j,g,t] <= min(existing[c,g], demand[j,g,t])
                         + sum(d of g, min(usable_capacity[c,d,t], demand[j,g,t]) * running[c,d,t])
    """
    for origin, destination, good in instance.lanes:
        place = (origin, good)
        if len(instance.destinations[place]) == 1:
            continue  # with one lane, `capacity` says the same
        existing = instance.existing[place].capacity if place in instance.existing else 0.0
        for year in instance.years:
            wanted = instance.demand[destination, good, year]
            new = lpSum(
                min(instance.usable_capacity[origin, design, year], wanted) * variables.running[origin, design, year]
                for design in instance.designs_of[place]
            )
            sent = variables.ship[origin, destination, good, year]
            yield (origin, destination, good, year), sent <= new + min(existing, wanted)


def inputs(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """The raw materials of what is made are the county's own, as far as it has them, or bought elsewhere.

    Relation, for each county c, input w and year t:
        sum(d, tonnes[d,w] * produce[c,d,t]) = local_input[c,w,t] + bought_input[c,w,t]
        local_input[c,w,t] <= input_supply[c,w]
    """
    for county, entry, year in variables.bought_input:
        used = lpSum(
            instance.designs[design].inputs[entry] * variables.produce[county, design, year]
            for design in instance.designs_at[county]
            if entry in instance.designs[design].inputs
        )
        taken = variables.bought_input[county, entry, year]
        local = variables.local_input.get((county, entry, year))
        if local is None:
            yield (county, entry, year), used == taken
        else:
            yield (county, entry, year), used == taken + local
            yield (county, entry, year, "local"), local <= instance.input_supply[county, entry]
