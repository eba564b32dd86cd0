"""Rules on where plants may start, and how many."""

from collections.abc import Iterator

from pulp import lpSum

from models.instance import Instance
from models.records import NO_LIMIT
from models.variables import Expression, Index, Variables


def running_plants(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """A plant runs from its lead time after its start until its lifetime is over.

    Relation, for each county c, design d in options, and year t:
        running[c,d,t] = running[c,d,t-1] + start[c,d,t-lead_years[d]] - start[c,d,t-lead_years[d]-lifetime_years[d]]
    """
    for (county, code, year), now in variables.running.items():
        design = instance.designs[code]
        opened = variables.start.get((county, code, year - design.lead_years), 0)
        change = variables.running.get((county, code, year - 1), 0) + opened
        if design.lifetime_years < NO_LIMIT:
            change -= variables.start.get((county, code, int(year - design.lead_years - design.lifetime_years)), 0)
        yield (county, code, year), now == change


def starts_where_selected(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """Plants start only in a county that has joined, at most `build_window` years before.

    With `modernise_anywhere`, existing plants may be modernised elsewhere too.

    Relation, for each county c, design d that may be built there, and year t:
        start[c,d,t] <= max_plants[c,d] * sum(t - build_window <= s <= t, select[c,s])
    """
    for (county, design), option in instance.options.items():
        for year in () if instance.free_of_joining(design) else instance.years:
            before = variables.joined.get((county, year - instance.policy.build_window - 1), 0)
            allowed = option.max_plants * (variables.joined[county, year] - before)
            yield (county, design, year), variables.start[county, design, year] <= allowed


def package(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """A joining county gets its `min_plants` plants within its build window; with `one_per_good`, one of each good.

    New plants and modernisations both count.
    The package items it gets besides are paid in `investment_funded` and built in
    `construction_labour` and `construction_materials`.

    Relation, for each county c and year t:
        sum(d, t <= s <= t + build_window, start[c,d,s]) >= min_plants * select[c,t]
        sum(d of good g, t <= s <= t + build_window, start[c,d,s]) >= select[c,t]    for each g, with one_per_good
    """
    policy = instance.policy
    for county in instance.counties:
        for year in instance.years:
            window = range(year, min(year + policy.build_window, instance.last_year) + 1)
            chosen = variables.select[county, year]

            def starts(good: str | None, county: str = county, window: range = window) -> Expression:
                return lpSum(
                    variables.start[county, design, begun]
                    for design in instance.designs_at[county]
                    if good is None or instance.designs[design].good == good
                    for begun in window
                )

            if policy.min_plants > 0:
                yield (county, year), starts(None) >= policy.min_plants * chosen
            if policy.one_per_good:
                for good in instance.goods:
                    yield (county, year, good), starts(good) >= chosen


def sites(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """A design is built only where it may be, and no more than `max_plants` of it in a county.

    Where a scale is confined to candidate sites, `options` has its designs at those sites only, and `start`
    exists only for `options`.

    Relation, for each county c and design d in options:
        sum(t in years, start[c,d,t]) <= max_plants[c,d]
    """
    for (county, design), option in instance.options.items():
        plants = lpSum(variables.start[county, design, year] for year in instance.years)
        yield (county, design), plants <= option.max_plants


def modernise_existing(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """An existing plant can be modernised once, whatever the design; where there is none, nothing can.

    Relation, for each county c and good g with a modernisation design:
        sum(d modernising g, t in years, start[c,d,t]) <= 1    (0 without an existing plant)
    """
    places: dict[tuple[str, str], list[str]] = {}
    for county, code in instance.options:
        if instance.designs[code].modernisation:
            places.setdefault((county, instance.designs[code].good), []).append(code)
    for place, designs in places.items():
        times = lpSum(variables.start[place[0], design, year] for design in designs for year in instance.years)
        yield place, times <= (1 if place in instance.existing else 0)


def modernisations_per_year(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """No more existing plants are modernised in a year than the year's figure says.

    Relation, for each year t with a figure:
        sum(c, d modernising, start[c,d,t]) <= modernisations[t]
    """
    modernising = [place for place in instance.options if instance.designs[place[1]].modernisation]
    for year, most in instance.modernisations.items():
        if most < NO_LIMIT:
            yield (year,), lpSum(variables.start[county, design, year] for county, design in modernising) <= most
