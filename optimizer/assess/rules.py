"""Rules that given choices break by themselves, whatever else is planned, each in words."""

from collections import Counter
from collections.abc import Iterator, Mapping

from models.dominance import useful_plants
from models.instance import Instance
from reports.assessment import BrokenRule

Years = Mapping[str, int]
Plants = Mapping[tuple[str, str, int], int]


def broken_rules(instance: Instance, years: Years, plants: Plants) -> tuple[BrokenRule, ...]:
    """Every rule on who joins when, and on where plants start, that the choices break.

    `years` maps counties to the year in which each is to join, `plants` (county, design, year) to plants that are to
    start. Rules on means, such as money or labour, are for a search to find out.
    """
    return (
        *_eligible(instance, years),
        *_decided(instance, years),
        *_picks(instance, years),
        *_province_picks(instance, years),
        *plants_broken(instance, years, plants),
    )


def _eligible(instance: Instance, years: Years) -> Iterator[BrokenRule]:
    for code, year in years.items():
        county = instance.counties[code]
        if county.eligible_from is None:
            words = f"{county.name} is given for {year}, but it is barred and may not join at all"
        elif year < county.eligible_from:
            words = f"{county.name} is given for {year}, but may join from {county.eligible_from} on"
        else:
            continue
        yield BrokenRule("eligible_from", words, county=code, province=county.province, year=year)


def _decided(instance: Instance, years: Years) -> Iterator[BrokenRule]:
    for code, year in years.items():
        stands = instance.decided.get(code, year)
        if stands != year:
            county = instance.counties[code]
            words = f"{county.name} is given for {year}, but the workbook has decided {stands}"
            yield BrokenRule("decided", words, county=code, province=county.province, year=year)


def _picks(instance: Instance, years: Years) -> Iterator[BrokenRule]:
    given = Counter({**years, **instance.decided}.values())
    for year in sorted(given):
        if year in instance.picks and given[year] > instance.picks[year]:
            words = f"{_given(given[year])} given for {year}, at most {instance.picks[year]:g} may join"
            yield BrokenRule("picks_per_year", words, year=year)


def _province_picks(instance: Instance, years: Years) -> Iterator[BrokenRule]:
    everything = {**years, **instance.decided}
    for code, province in instance.provinces.items():
        members = instance.counties_of[code]
        given = Counter(everything[county] for county in members if county in everything)
        for year in instance.years:
            if given[year] > province.most_picks:
                most = f"at most {province.most_picks:g} may join"
                words = f"{_given(given[year], province.name)} given for {year}, {most}"
                yield BrokenRule("province_picks", words, province=code, year=year)
            places = instance.picks[year] - sum(1 for when in everything.values() if when == year)
            later = [county for county in members if everything.get(county, year) > year]
            waiting = [county for county in later if _may(instance, county, year)]
            due = min(province.least_picks, given[year] + len(waiting))
            if given[year] + max(0, places) < due:
                left = "1 place is left" if places == 1 else f"{max(0, places):g} places are left"
                words = f"{_given(given[year], province.name)} given for {year} and {left}, at least {due} must join"
                yield BrokenRule("province_picks", words, province=code, year=year)


def _given(count: int, province: str = "") -> str:
    """So many counties, of a province if one is named, with the verb that goes with them."""
    of = f" of {province}" if province else ""
    return f"1 county{of} is" if count == 1 else f"{count} counties{of} are"


def _may(instance: Instance, county: str, year: int) -> bool:
    first = instance.counties[county].eligible_from
    return first is not None and first <= year


def plants_broken(instance: Instance, years: Years, plants: Plants) -> Iterator[BrokenRule]:
    """Rules on where plants start that the given plants break. What is said of a county's plants is taken to be all
    that it builds."""
    useful = useful_plants(instance)
    for place in sorted({(county, design) for county, design, _ in plants}):
        started = {year: plants[(*place, year)] for year in instance.years if plants.get((*place, year))}
        yield from _one_design(instance, years, useful, place, started)
    for county in dict.fromkeys(county for county, _, _ in plants):
        yield from _package(instance, years, county, {index: n for index, n in plants.items() if index[0] == county})
    for year, most in instance.modernisations.items():
        count = sum(n for (_, code, when), n in plants.items() if when == year and instance.designs[code].modernisation)
        if count > most:
            words = f"{count} existing plants are modernised in {year}, at most {most:g} may be"
            yield BrokenRule("modernisations_per_year", words, year=year)


def _one_design(
    instance: Instance,
    years: Years,
    useful: Mapping[tuple[str, str], int],
    place: tuple[str, str],
    started: Mapping[int, int],
) -> Iterator[BrokenRule]:
    county, design = instance.counties[place[0]], instance.designs[place[1]]
    count = sum(started.values())
    if not count:
        return
    if place not in instance.options:
        words = f"{county.name} is to build {design.name}, which this variant does not allow there"
        yield BrokenRule("sites", words, county=county.code, province=county.province)
        return
    most = instance.options[place].max_plants
    if count > most:
        words = f"{county.name} is to build {count} of {design.name}, at most {most} may stand there"
        yield BrokenRule("sites", words, county=county.code, province=county.province)
    elif not instance.free_of_joining(place[1]) and count > useful[place]:
        words = (
            f"{county.name} is to build {count} of {design.name}, of which no more than {useful[place]} could be of "
            "use; plans with more are not looked at"
        )
        yield BrokenRule("plants_within_joining", words, county=county.code, province=county.province)
    if design.modernisation and (count > 1 or (county.code, design.good) not in instance.existing):
        words = f"{county.name} is to modernise {count} by {design.name}, it has "
        words += "one plant" if (county.code, design.good) in instance.existing else "no such plant"
        yield BrokenRule("modernise_existing", words, county=county.code, province=county.province)
    joins = years.get(county.code, instance.decided.get(county.code))
    for year in started:
        if joins is None or instance.free_of_joining(place[1]):
            continue
        if not joins <= year <= joins + instance.policy.build_window:
            until = joins + instance.policy.build_window
            may = f"in {joins}" if until == joins else f"from {joins} to {until}"
            words = f"{county.name} is to start {design.name} in {year}, but joins in {joins} and may build {may}"
            yield BrokenRule("starts_where_selected", words, year=year, county=county.code, province=county.province)


def _package(instance: Instance, years: Years, code: str, plants: Plants) -> Iterator[BrokenRule]:
    """What a joining county must receive, where its year and its plants are given."""
    county, policy = instance.counties[code], instance.policy
    joins = years.get(code, instance.decided.get(code))
    if joins is None:
        return
    window = range(joins, joins + policy.build_window + 1)
    counted = {index: n for index, n in plants.items() if index[2] in window}
    if sum(counted.values()) < policy.min_plants:
        count = sum(counted.values())
        few = "1 plant" if count == 1 else f"{count} plants"
        words = f"{county.name} is to build {few}, at least {policy.min_plants} must be built"
        yield BrokenRule("package", words, county=code, province=county.province, year=joins)
    for good in instance.goods if policy.one_per_good else ():
        if not any(n for (_, design, _), n in counted.items() if instance.designs[design].good == good):
            words = f"{county.name} is to build no plant of {instance.goods[good].name}, one of each good must be built"
            yield BrokenRule("package", words, county=code, province=county.province, year=joins)
