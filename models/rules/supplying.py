"""Rules on producing goods and getting them to people."""

from collections.abc import Iterator

from pulp import lpSum

from models.dominance import useful_plants
from models.instance import Instance
from models.variables import Expression, Index, Variables


def capacity(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """A plant makes at most its usable capacity, once its lead time has passed and while its lifetime lasts.

    Usable is the smaller of utilisation x capacity and what the lanes from its county can absorb: no
    plant can sell more, and the smaller figure keeps the relaxation tight and unlimited capacity finite. Where a
    support base can raise utilisation, this is the raised one; `support_uplift` says when it counts.

    Relation, for each county c, design d of good g in options, and year t:
        produce[c,d,t] <= supported_capacity[c,d,t] * running[c,d,t]
        supported_capacity[c,d,t] = min((utilisation[d,t] + support_uplift[p of c]) * capacity[c,d],
                                        sum(j on a lane from c, wanted[j,g,t]))
        wanted[j,g,t] = demand[j,g,t] + the most of g that plants in j could use as an intermediate product
    """
    for index, usable in instance.supported_capacity.items():
        yield index, variables.produce[index] <= usable * variables.running[index]


def existing_capacity(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """Existing plants make at most their capacity, less the share crowded out once their county has joined.

    With `existing_held` they go on making what they can and the county's people want, less the same share.

    Relation, for each county c and good g with existing plants, and year t:
        produce_existing[c,g,t] <= capacity[c,g] * (1 - crowded_out[c,g] * joined[c,t])
        produce_existing[c,g,t] >= min(capacity[c,g], demand[c,g,t]) * (1 - crowded_out[c,g] * joined[c,t])    (held)
    """
    for (county, good), plant in instance.existing.items():
        for year in instance.years:
            made, joined = variables.produce_existing[county, good, year], variables.joined[county, year]
            most = plant.capacity - plant.capacity * plant.crowded_out * joined
            usual = instance.existing_usual[county, good, year]
            if not instance.policy.existing_held:
                yield (county, good, year), made <= most
            elif usual == plant.capacity:
                yield (county, good, year), made == most
            else:
                yield (county, good, year), made <= most
                yield (county, good, year, "held"), made >= usual - usual * plant.crowded_out * joined


def support_uplift(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """A technical support base (training and research) raises the utilisation of its province's plants.

    A province founds one at most; it works from `support_lead` years on. Without it plants stay at their plain
    utilisation.

    Relation, for each province p with an uplift; county c in p, design d in options, and year t:
        sum(t in years, support[p,t]) <= 1
        produce[c,d,t] <= usable_capacity[c,d,t] * running[c,d,t]
            + (supported_capacity[c,d,t] - usable_capacity[c,d,t]) * useful_plants[c,d]
              * sum(s <= t - support_lead, support[p,s])
    """
    for code in dict.fromkeys(province for province, _ in variables.support):
        yield (code,), lpSum(variables.support[code, year] for year in instance.years) <= 1
    useful = useful_plants(instance)
    for index, most in instance.supported_capacity.items():
        county, design, year = index
        usable = instance.usable_capacity[index]
        if most > usable:
            code = instance.counties[county].province
            bases = [
                variables.support[code, founded]
                for founded in instance.years
                if founded <= year - instance.policy.support_lead
            ]
            raised = (most - usable) * useful[county, design] * lpSum(bases)
            yield index, variables.produce[index] <= usable * variables.running[index] + raised


def quota_first(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """A running plant delivers its state quota before anything is excess; so it makes that much at least.

    Relation, for each county c, design d with a quota in options, and year t:
        produce[c,d,t] >= quota[d] * usable_capacity[c,d,t] * running[c,d,t]
    """
    for index, due in instance.quota.items():
        if due > 0:
            yield index, variables.produce[index] >= due * variables.running[index]


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
    """What people and plants of a county want of a good is met by its own output, arrivals, imports, or for
    people counted as shortage.

    Relation, for each county j, good g and year t, with the inputs w that are made of g:
        sum(c, ship[c,j,g,t]) + imports[j,g,t] + shortage[j,g,t] = demand[j,g,t] + sum(w, made_input[j,w,t])
        shortage[j,g,t] <= demand[j,g,t]    (where plants use the good)
    """
    taken: dict[tuple[str, str, int], list[Expression]] = {}
    for (county, entry, year), amount in variables.made_input.items():
        good = instance.inputs[entry].good
        if good is not None:
            taken.setdefault((county, good, year), []).append(amount)
    for key, wanted in instance.demand.items():
        county, good, year = key
        supply = lpSum(variables.ship[origin, county, good, year] for origin in instance.origins[county, good])
        for other in (variables.imports, variables.shortage):
            if key in other:
                supply += other[key]
        if key in taken:
            yield key, supply == wanted + lpSum(taken[key])
            if key in variables.shortage:
                yield (*key, "shortage"), variables.shortage[key] <= wanted
        else:
            yield key, supply == wanted


def lanes(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """Goods travel only along allowed lanes, and no plant sends more down a lane than its end wants.

    `ship` exists only along `lanes`. The second part follows from `capacity` for whole plants;
    stated for each lane it is the strong linking without which half a plant could serve a whole county. `wanted` is
    as in `capacity`.

    Relation, for each lane from c to j for good g, where c has more than one, and year t:
        ship[c,j,g,t] <= min(existing[c,g], wanted[j,g,t])
                         + sum(d of g, min(supported_capacity[c,d,t], wanted[j,g,t]) * running[c,d,t])
    """
    for origin, destination, good in instance.lanes:
        place = (origin, good)
        if len(instance.destinations[place]) == 1:
            continue  # with one lane, `capacity` says the same
        existing = instance.existing[place].capacity if place in instance.existing else 0.0
        for year in instance.years:
            wanted = instance.wanted[destination, good, year]
            new = lpSum(
                min(instance.supported_capacity[origin, design, year], wanted) * variables.running[origin, design, year]
                for design in instance.designs_of[place]
            )
            sent = variables.ship[origin, destination, good, year]
            yield (origin, destination, good, year), sent <= new + min(existing, wanted)


def inputs(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """The raw materials of what is made are the county's own, as far as it has them, bought elsewhere or, where the
    input is a good as well, taken from plants or imports of that good.

    Relation, for each county c, input w and year t:
        sum(d, tonnes[d,w] * produce[c,d,t]) = local_input[c,w,t] + bought_input[c,w,t] + made_input[c,w,t]
        local_input[c,w,t] <= input_supply[c,w]
    """
    for index in variables.bought_input:
        county, entry, year = index
        used = lpSum(
            instance.designs[design].inputs[entry] * variables.produce[county, design, year]
            for design in instance.designs_at[county]
            if entry in instance.designs[design].inputs
        )
        taken = variables.bought_input[index]
        for other in (variables.local_input, variables.made_input):
            if index in other:
                taken = taken + other[index]
        yield index, used == taken
        if index in variables.local_input:
            yield (*index, "local"), variables.local_input[index] <= instance.input_supply[county, entry]


def local_input_share(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """At least a stated share of raw materials, by value, is the counties' own.

    What is bought counts at its price, and an intermediate product, wherever it is made, at its market price.

    Relation, for each area a (county, province or the nation, by `local_input_scope`) and year t, over c in a and w:
        own[a,t] >= local_input_share * (own[a,t] + other[a,t])
        own[a,t] = sum(local_price[w] * local_input[c,w,t])
        other[a,t] = sum(bought_price[w] * bought_input[c,w,t] + market_price[good of w] * made_input[c,w,t])
    """
    share, scope = instance.policy.local_input_share, instance.policy.local_input_scope
    if share == 0:
        return
    rows: dict[Index, list[Expression]] = {}
    for index, bought in variables.bought_input.items():
        county, entry, year = index
        province = instance.counties[county].province
        area: Index = {"county": (county,), "province": (province,), "nation": ()}[scope]
        terms = rows.setdefault((*area, year), [])
        prices = instance.inputs[entry]
        terms.append(-share * prices.bought_price * bought)
        if prices.good is not None:
            terms.append(-share * instance.goods[prices.good].market_price * variables.made_input[index])
        if index in variables.local_input:
            terms.append((1 - share) * prices.local_price * variables.local_input[index])
    for area, terms in rows.items():
        yield area, lpSum(terms) >= 0
