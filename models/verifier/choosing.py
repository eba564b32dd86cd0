"""The verifier's clauses on who joins, and when."""

import math
from collections.abc import Iterator

from models.verifier.comparison import Violation
from models.verifier.facts import Facts, place_of, unknown


def selected_once(facts: Facts) -> Iterator[Violation]:
    """A county joins at most once; exactly once by setting, unless it is barred throughout."""
    times = dict.fromkeys(facts.instance.counties, 0.0)
    for (code, _), value in facts.plan.select.items():
        times[code] += value
    for code, county in facts.instance.counties.items():
        yield from facts.at_most("selected_once", (code,), "joining", times[code], 1, "times")
        barred = county.eligible_from is None or county.eligible_from > facts.instance.years[-1]
        if facts.instance.policy.join_all and not barred:
            yield from facts.at_least("selected_once", (code,), "joining", times[code], 1, "times")


def joined_by(facts: Facts) -> Iterator[Violation]:
    """A county joins or does not, in a year of the plan; then whether it has joined by a year is yes or no as well."""
    for index, value in facts.given.select.items():
        wrongs = unknown(facts.instance, index, ("county", "year"))
        if not min(abs(value), abs(value - 1)) <= facts.tolerance:
            wrongs.append(f"joining is {value:.10g}, neither 0 nor 1")
        for wrong in wrongs:
            yield Violation("joined_by", place_of(index), wrong, abs(value))


def picks_per_year(facts: Facts) -> Iterator[Violation]:
    """As many counties join as the year's figure says, or fewer where picks are not exact or have run out."""
    joining = facts.by_year(facts.plan.select)
    for year, number in joining.items():
        picks = facts.instance.picks[year]
        yield from facts.at_most("picks_per_year", (year,), "counties joining", number, picks, "counties")
        if facts.instance.policy.picks_exact and math.isfinite(picks):
            due = min(math.floor(picks), _left(facts, tuple(facts.instance.counties), year))
            yield from facts.at_least("picks_per_year", (year,), "counties joining", number, due, "counties")


def province_picks(facts: Facts) -> Iterator[Violation]:
    """A province's joining counties of a year lie between its least, while so many are left, and its most."""
    members: dict[str, list[str]] = {province: [] for province in facts.instance.provinces}
    for code, county in facts.instance.counties.items():
        members[county.province].append(code)
    for province, bounds in facts.instance.provinces.items():
        for year in facts.instance.years:
            number = sum(facts.plan.select.get((code, year), 0.0) for code in members[province])
            index = (province, year)
            yield from facts.at_most("province_picks", index, "joining", number, bounds.most_picks, "counties")
            due = min(bounds.least_picks, _left(facts, tuple(members[province]), year))
            yield from facts.at_least("province_picks", index, "joining", number, due, "counties")


def _left(facts: Facts, counties: tuple[str, ...], year: int) -> int:
    """Those of `counties` that may join in `year` and have not joined before it."""
    found = 0
    for code in counties:
        first = facts.instance.counties[code].eligible_from
        if first is not None and first <= year and not any(before < year for before in facts.joins[code]):
            found += 1
    return found


def decided(facts: Facts) -> Iterator[Violation]:
    """Choices already made stand."""
    for county, year in facts.instance.decided.items():
        chosen = facts.plan.select.get((county, year), 0.0)
        yield from facts.at_least("decided", (county, year), "joining, which is decided,", chosen, 1, "times")
    for index, plants in facts.instance.built.items():
        started = facts.plan.start.get(index, 0.0)
        yield from facts.equal("decided", index, "starts, which are decided,", started, plants, "plants")


def eligible_from(facts: Facts) -> Iterator[Violation]:
    """A barred county does not join, nor any before the first year in which it may."""
    for (county, year), value in facts.plan.select.items():
        first = facts.instance.counties[county].eligible_from
        if (first is None or year < first) and value > facts.tolerance:
            bar = "is barred" if first is None else f"may join from {first} on"
            yield Violation("eligible_from", (county, year), f"the county joins in {year} but {bar}", value)
