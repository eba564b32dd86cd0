"""Rules on who joins when that stand against a choice for one county, and where their figures are."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from inputs.origins import Address
from models.instance import Instance
from optimizer.alternatives_held import must_join, only_restricts, without
from reports.plurals import counted
from reports.why import Obstacle

OWN = ("decided", "eligible_from")
"""Rules that concern one county alone: they are set aside to tell what the choice would cost without them."""

Places = Callable[[Sequence[Address]], tuple[str, ...]]


def addresses_only(addresses: Sequence[Address]) -> tuple[str, ...]:
    """Places without a workbook: the addresses themselves."""
    return tuple(str(address) for address in addresses)


def obstacles(instance: Instance, county: str, year: int | None, places: Places) -> Iterator[Obstacle]:
    """Rules that do not allow the county to join in a year (None: never to join), whatever else is planned.

    `places` says where figures stand. What is decided of other counties stands.
    """
    place = instance.counties[county]
    stands = instance.decided.get(county)
    if county in instance.decided and stands != year:
        words = f"the workbook has decided {place.name} for {stands}"
        yield Obstacle("decided", words, places([Address("Decided", county, "year")]))
    if year is None:
        yield from _never(instance, county, places)
        return
    if place.eligible_from is None:
        yield Obstacle("eligible_from", f"{place.name} is barred", places([Address("Counties", county, "eligible")]))
    elif year < place.eligible_from:
        words = f"{place.name} may join from {place.eligible_from} on"
        yield Obstacle("eligible_from", words, places([Address("Counties", county, "eligible_from")]))
    yield from _all_joined(instance, county, year, places)
    others = [code for code, when in instance.decided.items() if when == year and code != county]
    if len(others) + 1 > instance.picks[year]:
        words = f"{_counties(instance.picks[year])} may join in {year}"
        if others:
            words += f", and {counted(len(others), 'other is', 'others are')} decided for it"
        addresses = [Address("Resources", "picks", str(year)), *(Address("Decided", code, "year") for code in others)]
        yield Obstacle("picks_per_year", words, places(addresses))
    province = instance.provinces[place.province]
    own = [code for code in others if instance.counties[code].province == place.province]
    if len(own) + 1 > province.most_picks:
        words = f"{_counties(province.most_picks)} of {province.name} may join in a year"
        if own:
            words += f", and {counted(len(own), 'other is', 'others are')} decided for {year}"
        addresses = [Address("Provinces", province.code, "most_picks")]
        addresses += [Address("Decided", code, "year") for code in own]
        yield Obstacle("province_picks", words, places(addresses))


def last_chance(instance: Instance) -> int:
    """The last year in which a county may be left that can join: exact picks may run out before the plan ends."""
    if not any(instance.picks_due.values()):
        return instance.last_year
    never = instance.last_year + 1
    able = sum(1 for place in instance.counties.values() if (place.eligible_from or never) < never)
    joined = 0
    for year in instance.years:
        joined += instance.picks_due[year]
        if joined >= able:
            return year
    return instance.last_year


def _all_joined(instance: Instance, county: str, year: int, places: Places) -> Iterator[Obstacle]:
    last = last_chance(with_choice(instance, county, year))  # were it allowed to join then, it would be one more
    if year > last:
        words = f"every county that may join has to by {last}, since every place must be taken"
        addresses = [Address("Settings", "picks_rule", "value")]
        addresses += [Address("Resources", "picks", str(when)) for when in instance.years if when <= last]
        yield Obstacle("picks_per_year", words, places(addresses))


def _never(instance: Instance, county: str, places: Places) -> Iterator[Obstacle]:
    if county in instance.decided or county not in must_join(instance):
        return
    if instance.policy.join_all:
        address = Address("Settings", "join_rule", "value")
        yield Obstacle("selected_once", "all counties must join that can", places([address]))
        return
    words = (
        f"there are as many places as counties that may join, {sum(instance.picks_due.values()):,}, and every place "
        "must be taken"
    )
    addresses = [Address("Settings", "picks_rule", "value")]
    addresses += [Address("Resources", "picks", str(year)) for year in instance.years]
    yield Obstacle("picks_per_year", words, places(addresses))


def with_choice(instance: Instance, county: str, year: int | None) -> Instance:
    """The problem in which the county joins in a year, or never, rules on it alone set aside."""
    if year is None:
        return without(instance, [county])
    place = instance.counties[county]
    if place.eligible_from is None or place.eligible_from > year:
        place = replace(place, eligible_from=year)
    decided = {**instance.decided, county: year}
    return replace(instance, counties={**instance.counties, county: place}, decided=decided)


def without_own_rules(instance: Instance, county: str) -> Instance:
    """The problem in which the county may join in any year, whatever was decided of it; the same where it may already.
    It may ask for more than before (`only_relaxes`)."""
    place = instance.counties[county]
    always = place.eligible_from is not None and place.eligible_from <= instance.first_year
    if always and county not in instance.decided:
        return instance
    decided = {code: year for code, year in instance.decided.items() if code != county}
    counties = {**instance.counties, county: replace(place, eligible_from=instance.first_year)}
    return replace(instance, counties=counties, decided=decided)


def only_relaxes(instance: Instance, county: str) -> bool:
    """Whether every plan of the problem is one of that without rules on the county alone too. Not so where other rules
    ask for more when one more county may join, or sooner: exact picks, provinces' least picks, all having to join."""
    begins = instance.counties[county].eligible_from
    if begins is not None and begins <= instance.first_year:
        return True
    return only_restricts(without_own_rules(instance, county), instance)


def _counties(number: float) -> str:
    if number == 0:
        return "no county"
    return "only 1 county" if number == 1 else f"at most {number:g} counties"
