"""The verifier's clauses on where plants start, and how many."""

import math
from collections import defaultdict
from collections.abc import Iterator

from models.verifier.comparison import Violation
from models.verifier.facts import Facts


def running_plants(facts: Facts) -> Iterator[Violation]:
    """Nothing is made by a design of which no plant runs: before its lead time, after its lifetime, or unbuilt.

    How much running plants make is judged by `capacity`.
    """
    for (county, design, year), output in facts.plan.produce.items():
        if facts.none_runs(county, design, year):
            option = facts.instance.options.get((county, design))
            what = "output of a design of which no plant runs"
            scale = option.capacity if option else 0.0
            yield from facts.at_most("running_plants", (county, design, year), what, output, 0, "t/yr", scale)


def starts_where_selected(facts: Facts) -> Iterator[Violation]:
    """Plants start only in a county that has joined, and at most `build_window` years after.

    By setting, existing plants may be modernised anywhere and at any time.
    """
    window = facts.instance.policy.build_window
    for (county, design, year), plants in facts.plan.start.items():
        if facts.instance.policy.modernise_anywhere and facts.instance.designs[design].modernisation:
            continue
        joins = facts.joins[county]
        if plants > facts.tolerance and not any(joined <= year <= joined + window for joined in joins):
            when = f"joined in {joins[0]} and may start plants until {joins[0] + window}" if joins else "never joins"
            message = f"{plants:.10g} plants start in a county that {when}"
            yield Violation("starts_where_selected", (county, design, year), message, plants)


def package(facts: Facts) -> Iterator[Violation]:
    """A joining county gets its least number of plants within its build window, one for each good by setting."""
    policy = facts.instance.policy
    begun: dict[str, list[tuple[str, int, float]]] = defaultdict(list)
    for (county, design, year), plants in facts.plan.start.items():
        begun[county].append((facts.instance.designs[design].good, year, plants))
    for county, joins in facts.joins.items():
        for joined in joins:
            window = range(joined, joined + policy.build_window + 1)
            number = dict.fromkeys(facts.instance.goods, 0.0)
            for good, year, plants in begun[county]:
                if year in window:
                    number[good] += plants
            what = "plants started in the build window"
            yield from facts.at_least(
                "package", (county, joined), what, sum(number.values()), policy.min_plants, "plants"
            )
            for good, plants in number.items():
                if policy.one_per_good:
                    yield from facts.at_least("package", (county, joined, good), what, plants, 1, "plants")


def sites(facts: Facts) -> Iterator[Violation]:
    """A design is built only where it may be, and no more than `max_plants` of it in a county."""
    number: dict[tuple[str, str], float] = defaultdict(float)
    for (county, design, _), plants in facts.plan.start.items():
        number[county, design] += plants
    for (county, code), plants in number.items():
        option = facts.instance.options.get((county, code))
        if option is None:
            message = f"{plants:.10g} plants start where the design may not be built"
            yield Violation("sites", (county, code), message, plants)
        else:
            yield from facts.at_most(
                "sites", (county, code), "plants of the design", plants, option.max_plants, "plants"
            )


def modernise_existing(facts: Facts) -> Iterator[Violation]:
    """A modernisation needs an existing plant of its good, and there is one at most."""
    number: dict[tuple[str, str], float] = defaultdict(float)
    for (county, code, _), plants in facts.plan.start.items():
        if facts.instance.designs[code].modernisation:
            number[county, facts.instance.designs[code].good] += plants
    for place, plants in number.items():
        limit = 1 if place in facts.instance.existing else 0
        yield from facts.at_most(
            "modernise_existing", place, "modernisations of the existing plant", plants, limit, "plants"
        )


def modernisations_per_year(facts: Facts) -> Iterator[Violation]:
    """All counties together modernise at most the year's number of existing plants."""
    number = dict.fromkeys(facts.instance.years, 0.0)
    for (_, code, year), plants in facts.plan.start.items():
        if facts.instance.designs[code].modernisation:
            number[year] += plants
    for year, plants in number.items():
        limit = facts.instance.modernisations.get(year, math.inf)
        yield from facts.at_most("modernisations_per_year", (year,), "modernisations", plants, limit, "plants")
