"""Rules on labour and construction materials."""

from collections.abc import Iterator

from pulp import lpSum

from models.instance import Instance
from models.records import NO_LIMIT
from models.variables import Expression, Index, Variables


def workers(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """The staff of a county's running plants comes out of its pool of workers.

    Relation, for each county c with a limited pool, and year t:
        sum(d, workers[c,d] * running[c,d,t]) <= workers[c]
    """
    for county in instance.counties.values():
        if county.workers == NO_LIMIT or not instance.designs_at[county.code]:
            continue
        for year in instance.years:
            staff = lpSum(
                instance.options[county.code, design].workers * variables.running[county.code, design, year]
                for design in instance.designs_at[county.code]
            )
            yield (county.code, year), staff <= county.workers


def stipends(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """Workers leave the market for plants only if stipends pay a stated share of what they made there.

    Stipends are a share of what plants earn beyond their quota.

    Relation, for each county c with plants and year t, where there is a least stipend:
        stipend_share * sum(d of good g, market_price[g] * (produce[c,d,t] - quota[c,d,t] * running[c,d,t]))
            >= least_stipend * market_product[c] * sum(d, workers[c,d] * running[c,d,t])
    """
    policy = instance.policy
    if policy.least_stipend == 0:
        return
    for county, designs in instance.designs_at.items():
        wage = policy.least_stipend * instance.counties[county].market_product
        for year in instance.years if designs and wage > 0 else ():
            terms: list[Expression] = []
            for code in designs:
                index = (county, code, year)
                paid = policy.stipend_share * instance.goods[instance.designs[code].good].market_price
                terms.append(paid * variables.produce[index])
                on_running = paid * instance.quota[index] + wage * instance.options[county, code].workers
                terms.append(-on_running * variables.running[index])
            yield (county, year), lpSum(terms) >= 0


def construction_labour(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """What is under construction in a county is built by central labour and, up to what it has, its own.

    Relation, for each county c and year t:
        sum(d, s under construction in t, construction_labour[c,d] / construction_years[d] * start[c,d,s])
            + sum(items due in t, construction_labour[item]) * select[c,t] = central_labour[c,t] + local_labour[c,t]
        local_labour[c,t] <= local_labour[c]
    """
    for county in instance.counties.values():
        for year in instance.years:
            key = (county.code, year)
            needed = lpSum(
                instance.options[county.code, design].construction_labour
                / instance.designs[design].construction_years
                * variables.start[county.code, design, begun]
                for design in instance.designs_at[county.code]
                for begun in instance.under_construction(design, year)
            )
            items = sum(item.construction_labour for item in instance.due_items(year))
            needed += items * variables.select[key]
            yield key, needed == variables.central_labour[key] + variables.local_labour[key]
            if county.local_labour < NO_LIMIT:
                yield (*key, "local"), variables.local_labour[key] <= county.local_labour


def central_labour_pool(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """Central construction labour of a year is shared among the counties.

    Relation, for each year t with a limit:
        sum(c in counties, central_labour[c,t]) <= central_labour[t]
    """
    for year, pool in instance.central_labour.items():
        if pool < NO_LIMIT:
            yield (year,), lpSum(variables.central_labour[county, year] for county in instance.counties) <= pool


def construction_materials(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """The materials of what is under construction in a county come from the centre or, up to what it has, itself.

    Relation, for each county c, material m and year t:
        sum(d, s under construction in t, materials[c,d,m] / construction_years[d] * start[c,d,s])
            + sum(items due in t, materials[item,m]) * select[c,t] = central_material[c,m,t] + local_material[c,m,t]
        local_material[c,m,t] <= local_material[c,m]
    """
    for (county, material, year), central in variables.central_material.items():
        needed = lpSum(
            instance.options[county, design].materials[material]
            / instance.designs[design].construction_years
            * variables.start[county, design, begun]
            for design in instance.designs_at[county]
            if material in instance.options[county, design].materials
            for begun in instance.under_construction(design, year)
        )
        items = sum(item.materials[material] for item in instance.due_items(year) if material in item.materials)
        needed += items * variables.select[county, year]
        local = variables.local_material.get((county, material, year))
        if local is None:
            yield (county, material, year), needed == central
        else:
            yield (county, material, year), needed == central + local
            yield (county, material, year, "local"), local <= instance.local_material[county, material]


def central_material_pool(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """The centre's tonnes of a material in a year are shared among the counties.

    Relation, for each material m and year t with a limit:
        sum(c in counties, central_material[c,m,t]) <= central_material[m,t]
    """
    for (material, year), pool in instance.central_material.items():
        if pool < NO_LIMIT:
            sent = lpSum(variables.central_material[county, material, year] for county in instance.counties)
            yield (material, year), sent <= pool
