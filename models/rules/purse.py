"""Rules on the budgets of counties: what they take in, remit first, spend afterwards and keep."""

from collections.abc import Iterator

from pulp import lpSum

from models.instance import Instance
from models.variables import Expression, Index, Variables


def local_revenue(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """A county takes in its base revenue and its share of what plants located in it earn, wherever they deliver.

    A plant earns the state price for its quota and the market price, less stipends, for the rest, and pays its costs
    and raw materials. The base revenue holds what existing plants usually bring in, so what they no longer earn is
    taken off. Losses may eat up all revenue, but no more.

    Relation, for each county c with a purse and year t:
        revenue[c,t] = base_revenue[c,t] + plant_income_share * net_income[c,t]
        net_income[c,t] = sum(d of good g, state_price[g] * quota[c,d,t] * running[c,d,t]
                + (1 - stipend_share) * market_price[g] * (produce[c,d,t] - quota[c,d,t] * running[c,d,t])
                - variable_cost[c,d] * produce[c,d,t] - fixed_cost[c,d] * running[c,d,t])
            - sum(w, local_price[w] * local_input[c,w,t] + bought_price[w] * bought_input[c,w,t]
                + market_price[good of w] * made_input[c,w,t])
            - sum(g, (market_price[g] - variable_cost[c,g]) * (existing_usual[c,g,t] - produce_existing[c,g,t]))
        existing_usual[c,g,t] = min(capacity[c,g], demand[c,g,t])
    """
    share = instance.policy.plant_income_share
    used: dict[tuple[str, int], list[str]] = {}
    for county, entry, year in variables.bought_input:
        used.setdefault((county, year), []).append(entry)
    for key, purse in instance.purses.items():
        terms: list[Expression] = []
        if share > 0:
            terms += _earned(instance, variables, *key)
            terms += [-cost for cost in _materials(instance, variables, *key, used.get(key, []))]
            terms += [-loss for loss in _no_longer_earned(instance, variables, *key)]
        yield key, variables.revenue[key] == purse.base_revenue + share * lpSum(terms)


def _earned(instance: Instance, variables: Variables, county: str, year: int) -> Iterator[Expression]:
    for code in instance.designs_at[county]:
        index = (county, code, year)
        option, good = instance.options[county, code], instance.goods[instance.designs[code].good]
        market = (1 - instance.policy.stipend_share) * good.market_price
        yield (market - option.variable_cost) * variables.produce[index]
        on_running = (good.state_price - market) * instance.quota[index] - option.fixed_cost
        yield on_running * variables.running[index]


def _materials(
    instance: Instance, variables: Variables, county: str, year: int, entries: list[str]
) -> Iterator[Expression]:
    for entry in entries:
        index, prices = (county, entry, year), instance.inputs[entry]
        yield prices.bought_price * variables.bought_input[index]
        if index in variables.local_input:
            yield prices.local_price * variables.local_input[index]
        if prices.good is not None:
            yield instance.goods[prices.good].market_price * variables.made_input[index]


def _no_longer_earned(instance: Instance, variables: Variables, county: str, year: int) -> Iterator[Expression]:
    for good in instance.goods.values():
        plant = instance.existing.get((county, good.code))
        if plant is not None:
            index = (county, good.code, year)
            lost = instance.existing_usual[index] - variables.produce_existing[index]
            yield (good.market_price - plant.variable_cost) * lost


def remittance_due(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """A county owes the centre its quota or its rate on revenue, whichever is more; what it does not pay is short.

    `rated` tells which it is, where the data leave it open. With `extra_remittance` a county may pay more.

    Relation, for each county c with a purse and year t:
        remittance[c,t] + remittance_shortfall[c,t] = due[c,t] = max(quota[c,t], rate[c,t] * revenue[c,t])
    With extra_remittance:
        remittance[c,t] + remittance_shortfall[c,t] >= due[c,t]
        remittance_shortfall[c,t] <= max(0, due[c,t] - remittance[c,t])
    """
    for key, purse in instance.purses.items():
        least, most = instance.revenue_range[key]
        owed = variables.remittance[key] + variables.remittance_shortfall.get(key, 0)
        rated = purse.rate * variables.revenue[key]
        by_quota, by_rate = purse.rate * most <= purse.quota, purse.rate * least >= purse.quota
        extra = instance.policy.extra_remittance and most > purse.quota
        if not extra and (by_quota or by_rate):
            yield key, owed == (purse.quota if by_quota else rated)
            continue
        if by_quota or not by_rate:
            yield (*key, "quota"), owed >= purse.quota
        if not by_quota:
            yield (*key, "rate"), owed >= rated
        if key in variables.rated:
            more = variables.rated[key]
            yield (*key, "quota", "most"), owed <= purse.quota + (purse.rate * most - purse.quota) * more
            yield (*key, "rate", "most"), owed <= rated + (purse.quota - purse.rate * least) * (1 - more)
        elif key in variables.short:
            yield (*key, "quota", "most"), owed <= purse.quota + (most - purse.quota) * (1 - variables.short[key])


def remit_first(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """Remittance comes out of revenue first; only what is left pays for the county's own ends.

    Essential expenditure is always paid, if need be with a subsidy of the centre, which is never more than it. What
    remains goes into plants of the programme (local funds) or is surplus. `short` is 1 where revenue does not reach
    the quota; all of it is then remitted.

    Relation, for each county c with a purse and year t:
        remittance[c,t] <= revenue[c,t]
        remittance[c,t] = revenue[c,t]    where remittance_shortfall[c,t] > 0
        revenue[c,t] - remittance[c,t] + subsidy[c,t] + draw[c,t] = essential[c,t] + local_funds[c,t] + surplus[c,t]
        subsidy[c,t] <= essential[c,t]
    """
    for key, purse in instance.purses.items():
        revenue, remitted = variables.revenue[key], variables.remittance[key]
        least, most = instance.revenue_range[key]
        if key in variables.short:
            short = variables.short[key]
            yield (*key, "shortfall"), variables.remittance_shortfall[key] <= (purse.quota - least) * short
            yield (*key, "all"), revenue - remitted <= (most - purse.quota) * (1 - short)
        elif key in variables.remittance_shortfall:
            yield (*key, "all"), revenue - remitted <= 0
        yield (*key, "revenue"), remitted <= revenue
        income = revenue - remitted + variables.subsidy[key] + variables.draw[key]
        yield key, income == purse.essential + variables.local_funds[key] + variables.surplus[key]
        yield (*key, "subsidy"), variables.subsidy[key] <= purse.essential


def priority_fund_balance(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """A county keeps a share of its surplus in a fund for later years; the rest goes to collective needs and rewards.

    Relation, for each county c with a purse and year t:
        priority_fund[c,t] = priority_fund[c,t-1] - draw[c,t] + fund_share * surplus[c,t]
        draw[c,t] <= priority_fund[c,t-1]    (before the first year: priority_fund[c])
    """
    for county, year in instance.purses:
        key = (county, year)
        opening = instance.counties[county].priority_fund
        before = variables.priority_fund.get((county, year - 1), opening)
        kept = instance.policy.fund_share * variables.surplus[key]
        yield key, variables.priority_fund[key] == before - variables.draw[key] + kept
        yield (*key, "draw"), variables.draw[key] <= before


def national_remittance(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """The counties together remit what the state expects of them in a year.

    Relation, for each year t with a target:
        sum(c, remittance[c,t]) >= national_remittance[t]
    """
    for year, target in instance.national_remittance.items():
        yield (year,), lpSum(amount for (_, when), amount in variables.remittance.items() if when == year) >= target
