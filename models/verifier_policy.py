"""The verifier's clauses on limits that policy sets."""

from collections.abc import Iterator

from models.verifier_comparison import Violation
from models.verifier_facts import Facts


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
    added: dict[tuple[str, str], float] = {}
    total = dict.fromkeys(facts.instance.goods, 0.0)
    for (county, code), begun in facts.starts.items():
        good, province = facts.instance.designs[code].good, facts.instance.counties[county].province
        tonnes = facts.instance.options[county, code].capacity * sum(begun.values())
        added[province, good] = added.get((province, good), 0.0) + tonnes
        total[good] += tonnes
    for (province, good), tonnes in added.items():
        limit = cap * total[good]
        yield from facts.at_most("dispersion_cap", (province, good), "new capacity", tonnes, limit, "t/yr", total[good])
