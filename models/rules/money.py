"""Rules on money."""

from collections.abc import Iterator

from pulp import lpSum

from models.instance import Instance
from models.records import NO_LIMIT
from models.variables import Expression, Index, Variables


def investment_funded(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """What is paid for construction in a county and year comes from the centre, the county and donors.

    A start is paid in equal parts over its years of construction, a package item in the joining year.

    Relation, for each county c and year t:
        sum(d, s under construction in t, investment[c,d] / construction_years[d] * start[c,d,s])
            + sum(items due in t, investment[item]) * site_cost_index[c] * select[c,t] = paid[c,t]
        paid[c,t] = central_funds[c,t] + local_funds[c,t] + donations[c,t]
        local_funds[c,t] <= local_funds[c]
        central_funds[c,t] >= least_central_share * paid[c,t]
        central_funds[c,t] <= most_central_share * paid[c,t]
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
            paid = _paid(variables, key)
            yield key, cost == paid
            if county.local_funds < NO_LIMIT:
                yield (*key, "local"), local <= county.local_funds
            if policy.least_central_share > 0:
                yield (*key, "least"), central >= policy.least_central_share * paid
            if policy.most_central_share < 1:
                yield (*key, "most"), central <= policy.most_central_share * paid


def donation_limit(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """Donors give what a county can raise from them, and no more than a stated share of what is built there.

    Relation, for each county c with donors and year t:
        donations[c,t] <= donations[c]
        donations[c,t] <= most_donated_share * (central_funds[c,t] + local_funds[c,t] + donations[c,t])
    """
    share = instance.policy.most_donated_share
    for (county, year), given in variables.donations.items():
        key = (county, year)
        if instance.counties[county].donations < NO_LIMIT:
            yield key, given <= instance.counties[county].donations
        if share < 1:
            yield (*key, "share"), given <= share * _paid(variables, key)


def _paid(variables: Variables, key: tuple[str, int]) -> Expression:
    """What centre, county and donors pay together."""
    paid = variables.central_funds[key] + variables.local_funds[key]
    return paid + variables.donations[key] if key in variables.donations else paid


def central_budget(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """The centre spends what it has: the year's funds, a share of last year's remittances and, where reserves are
    carried, what earlier years left. It pays for construction, subsidies and support bases.

    Relation, for each year t with limited funds:
        spent[t] + reserve[t] = central_funds[t] + recycled[t] + reserve[t-1]    (reserves carried)
        spent[t] <= central_funds[t] + recycled[t]                               (otherwise)
        spent[t] = sum(c, central_funds[c,t] + subsidy[c,t]) + sum(p, support_cost[p] * support[p,t])
        recycled[t] = recycled_share * sum(c, remittance[c,t-1])
    """
    for year, funds in instance.central_funds.items():
        if funds == NO_LIMIT:
            continue
        parts = [variables.central_funds[county, year] for county in instance.counties]
        parts += [amount for (_, when), amount in variables.subsidy.items() if when == year]
        parts += [
            instance.provinces[code].support_cost * founded
            for (code, when), founded in variables.support.items()
            if when == year
        ]
        spent = lpSum(parts)
        remitted = [amount for (_, when), amount in variables.remittance.items() if when == year - 1]
        recycled = instance.policy.recycled_share * lpSum(remitted)
        if (year,) in variables.reserve:
            had = funds + recycled + variables.reserve.get((year - 1,), 0)
            yield (year,), spent + variables.reserve[(year,)] == had
        else:
            yield (year,), spent <= funds + recycled


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
