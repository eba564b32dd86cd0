"""Rules on which counties join, and when."""

from collections.abc import Iterator

from pulp import lpSum

from models.instance import Instance
from models.records import NO_LIMIT
from models.variables import Expression, Index, Variables


def selected_once(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """A county joins at most once; exactly once where `join_all` is set and it can.

    Relation, for each county c:
        sum(t in years, select[c,t]) <= 1        (= 1 with join_all)
    """
    for county in instance.counties.values():
        times = lpSum(variables.select[county.code, year] for year in instance.years)
        can = county.eligible_from is not None and county.eligible_from <= instance.last_year
        yield (county.code,), times == 1 if instance.policy.join_all and can else times <= 1


def joined_by(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """A county has joined by a year when it had the year before, or joins in it.

    Relation, for each county c and year t:
        joined[c,t] = joined[c,t-1] + select[c,t]    (joined = 0 before the first year)
    """
    for (county, year), now in variables.joined.items():
        before = variables.joined.get((county, year - 1), 0)
        yield (county, year), now == before + variables.select[county, year]


def picks_per_year(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """As many counties join in a year as the year's figure says, or fewer where picks are not exact.

    When fewer eligible counties are left than exact picks, all that are left join. `picks_due` counts them in
    advance; after a year without a figure it cannot, and the second form says the same.

    Relation, for each year t with a figure:
        sum(c in counties, select[c,t]) <= picks[t]
        sum(c in counties, select[c,t]) >= picks_due[t]                        (exact picks)
        sum(c in counties, select[c,t]) >= picks[t] * (1 - joined[k,t])    for each county k eligible in t
                                                      (exact picks after a year without a figure)
    """
    for year in instance.years:
        joining = lpSum(variables.select[county, year] for county in instance.counties)
        most, due = instance.picks[year], instance.picks_due[year]
        if most == due:
            yield (year,), joining == due
            continue
        if most < NO_LIMIT:
            yield (year, "most"), joining <= most
        if due > 0:
            yield (year, "least"), joining >= due
        if instance.policy.picks_exact and most < NO_LIMIT and max(instance.picks.values()) == NO_LIMIT:
            for county in instance.counties.values():
                if county.eligible_from is not None and county.eligible_from <= year:
                    left = 1 - variables.joined[county.code, year]
                    yield (year, "least", county.code), joining >= most * left


def province_picks(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """A province's joining counties in a year lie between its least and its most.

    The least binds only while a county of the province is left that could join.

    Relation, for each province p and year t:
        sum(c in p, select[c,t]) <= most_picks[p]
        sum(c in p, select[c,t]) >= least_picks[p] * (1 - joined[k,t])    for each k in p eligible in t
    """
    for province in instance.provinces.values():
        members = instance.counties_of[province.code]
        for year in instance.years:
            joining = lpSum(variables.select[county, year] for county in members)
            if province.most_picks < len(members):
                yield (province.code, year, "most"), joining <= province.most_picks
            if province.least_picks == 0:
                continue
            for county in members:
                eligible_from = instance.counties[county].eligible_from
                if eligible_from is not None and eligible_from <= year:
                    left = 1 - variables.joined[county, year]
                    yield (province.code, year, "least", county), joining >= province.least_picks * left


def decided(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """Choices already made stand: who joins when, and how many plants start where they are given.

    Relation, for each county c decided for year t, and each (c,d,t) in built:
        select[c,t] = 1
        start[c,d,t] = built[c,d,t]
    """
    for county, year in instance.decided.items():
        yield (county, year), variables.select[county, year] == 1
    for index, plants in instance.built.items():
        if index in variables.start:
            yield index, variables.start[index] == plants


def eligible_from(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """A county cannot join before the first year in which it may, or at all when it is barred.

    Relation, for each county c that may not join in every year:
        sum(t < eligible_from[c], select[c,t]) = 0
    """
    for county in instance.counties.values():
        barred = [year for year in instance.years if county.eligible_from is None or year < county.eligible_from]
        if barred:
            yield (county.code,), lpSum(variables.select[county.code, year] for year in barred) == 0
