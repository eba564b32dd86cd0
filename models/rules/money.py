"""Rules on money."""

from collections.abc import Iterator

from pulp import lpSum

from models.instance import NO_LIMIT, Instance
from models.variables import Expression, Index, Variables


def investment_funded(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """What is paid for construction in a county and year comes from the centre and, within its means, the county.

    A start is paid in equal parts over its years of construction, a package item in the joining year.

    Relation, for each county c and year t:
        sum(d, s under construction in t, investment[c,d] / construction_years[d] * start[c,d,s])
            + sum(items due in t, investment[item]) * site_cost_index[c] * select[c,t]
            = central_funds[c,t] + local_funds[c,t]
        local_funds[c,t] <= local_funds[c]
        central_funds[c,t] >= least_central_share * (central_funds[c,t] + local_funds[c,t])
        central_funds[c,t] <= most_central_share * (central_funds[c,t] + local_funds[c,t])
    """
    policy = instance.policy
    for county in instance.counties.values():
        for year in instance.years:
            key = (county.code, year)
            central, local = variables.central_funds[key], variables.local_funds[key]
            cost = lpSum(
                instance.options[county.code, design].investment
                / instance.designs[design].construction_years
                * variables.start[county.code, design, begun]
                for design in instance.designs_at[county.code]
                for begun in instance.under_construction(design, year)
            )
            items = sum(item.investment for item in instance.due_items(year))
            cost += items * county.site_cost_index * variables.select[key]
            yield key, cost == central + local
            if county.local_funds < NO_LIMIT:
                yield (*key, "local"), local <= county.local_funds
            if policy.least_central_share > 0:
                yield (*key, "least"), central >= policy.least_central_share * (central + local)
            if policy.most_central_share < 1:
                yield (*key, "most"), central <= policy.most_central_share * (central + local)


def central_budget(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """The centre spends what it has: the year's funds and, where reserves are carried, what earlier years left.

    Relation, for each year t with limited funds:
        sum(c in counties, central_funds[c,t]) + reserve[t] = central_funds[t] + reserve[t-1]    (reserves carried)
        sum(c in counties, central_funds[c,t]) <= central_funds[t]                               (otherwise)
    """
    for year, funds in instance.central_funds.items():
        if funds == NO_LIMIT:
            continue
        spent = lpSum(variables.central_funds[county, year] for county in instance.counties)
        if (year,) in variables.reserve:
            yield (year,), spent + variables.reserve[(year,)] == funds + variables.reserve.get((year - 1,), 0)
        else:
            yield (year,), spent <= funds


def import_budget(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """Imports of a year cost at most the year's foreign currency.

    Relation, for each year t with a limit:
        sum(j, g, import_currency[g] * imports[j,g,t]) <= import_currency[t]
    """
    for year, currency in instance.import_currency.items():
        if currency < NO_LIMIT:
            paid = lpSum(
                instance.goods[good].import_currency * amount
                for (_, good, when), amount in variables.imports.items()
                if when == year
            )
            yield (year,), paid <= currency
