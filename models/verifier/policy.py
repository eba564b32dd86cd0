"""The verifier's clauses on limits that policy sets."""

from collections.abc import Iterator

from models.verifier.comparison import Violation
from models.verifier.facts import Facts, spread
from models.verifier.objectives import greatest_coverage, least_cost


def coverage_floor(facts: Facts) -> Iterator[Violation]:
    """What is received from domestic plants is at least the floor's share of demand, from the floor's year on."""
    policy = facts.instance.policy
    for index, tonnes in facts.instance.demand.items():
        if policy.coverage_floor > 0 and index[2] >= policy.coverage_floor_from:
            least = policy.coverage_floor * tonnes
            yield from facts.at_least(
                "coverage_floor", index, "domestic supply", facts.received.get(index, 0.0), least, "t/yr"
            )


def disparity_limit(facts: Facts) -> Iterator[Violation]:
    """No province's demand for a good is covered from home by more than the limit better than another's."""
    policy, demand = facts.instance.policy, facts.instance.demand
    for good in facts.instance.goods:
        for year in facts.instance.years:
            wanted = dict.fromkeys(facts.instance.provinces, 0.0)
            arrived = dict.fromkeys(facts.instance.provinces, 0.0)
            for code, county in facts.instance.counties.items():
                wanted[county.province] += demand.get((code, good, year), 0.0)
                arrived[county.province] += facts.received.get((code, good, year), 0.0)
            covered = [arrived[province] / tonnes for province, tonnes in wanted.items() if tonnes > 0]
            if covered and year >= policy.disparity_from:
                what, gap = "best less worst coverage of a province", max(covered) - min(covered)
                limit, unit = policy.disparity_limit, "of demand"
                yield from facts.at_most("disparity_limit", (good, year), what, gap, limit, unit, max(covered))


def dispersion_cap(facts: Facts) -> Iterator[Violation]:
    """No province has more than a share of the capacity for a good that all starts of the plan add."""
    cap = facts.instance.policy.dispersion_cap
    if cap >= 1:
        return
    total = dict.fromkeys(facts.instance.goods, 0.0)
    for (_, good), tonnes in facts.added.items():
        total[good] += tonnes
    for (province, good), tonnes in facts.added.items():
        limit = cap * total[good]
        yield from facts.at_most("dispersion_cap", (province, good), "new capacity", tonnes, limit, "t/yr", total[good])


def gini_cap(facts: Facts) -> Iterator[Violation]:
    """Half the mean difference between two people's coverage is no more than the cap's share of mean coverage, from the
    cap's year on; and no county's plants import more of what its people want too than its people would."""
    policy, instance = facts.instance.policy, facts.instance
    if policy.gini_cap >= 1:
        return
    shared = {entry.good for entry in instance.inputs.values()}
    for year in instance.years:
        served = facts.served(year)
        if year < policy.gini_cap_from or not served:
            continue
        uneven, mean = spread(served)
        what = "unevenness of coverage, which is its Gini coefficient times its mean,"
        yield from facts.at_most("gini_cap", (year,), what, uneven, policy.gini_cap * mean, "of demand")
        for code, county in instance.counties.items():
            for good in instance.goods:
                place = (code, good, year)
                wanted = instance.demand.get(place, 0.0)
                if good in shared and wanted > 0 and county.population > 0:
                    missing = facts.plan.imports.get(place, 0.0) + facts.plan.shortage.get(place, 0.0)
                    yield from facts.at_most("gini_cap", place, "imports and shortage", missing, wanted, "t/yr")


def uncovered_cap(facts: Facts) -> Iterator[Violation]:
    """People whose demand is not met from home are no more than the cap."""
    cap = facts.instance.policy.uncovered_cap
    yield from facts.at_most(
        "uncovered_cap", ("total",), "people not covered", greatest_coverage(facts), cap, "person-years"
    )


def cost_cap(facts: Facts) -> Iterator[Violation]:
    """All cost terms together are no more than the cap."""
    instance = facts.instance
    yield from facts.at_most(
        "cost_cap", ("total",), "cost", least_cost(facts), instance.policy.cost_cap, instance.currency
    )
