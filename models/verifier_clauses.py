"""The verifier's clause for each rule, under the rule's name: what the rule demands, judged on the plan alone.

A clause is a function of the facts of a plan that yields violations. Missing entries of a plan are zeros.
Two rules tie variables that a plan does not have; their clauses, `joined_by` and `running_plants`, judge
what must follow for the plan itself.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from models.verifier_facts import DOMAIN, Facts, Index, Violation, unknown

Clause = Callable[[Facts], Iterator[Violation]]

ASIDE = frozenset({"select"})
"""Variables whose values and indices a clause of their own judges."""


def domain(facts: Facts) -> Iterator[Violation]:
    """Every index exists, every value is a number of at least 0, plants are whole, and what may not be is not."""
    goods = facts.instance.goods
    for name, family in facts.given.items():
        if name in ASIDE:
            continue
        names = facts.given.__dataclass_fields__[name].metadata["index"]
        for index, value in family.items():
            wrongs = unknown(facts.instance, index, names)
            if not wrongs and name == "imports" and goods[index[1]].import_price is None:
                wrongs.append(f"{index[1]} cannot be imported")
            if not wrongs and name == "shortage" and goods[index[1]].shortage_penalty is None:
                wrongs.append(f"demand for {index[1]} must be met")
            if not math.isfinite(value):
                wrongs.append(f"{value} is no number")
            elif value < -facts.tolerance:
                wrongs.append(f"{value:.10g} is less than 0")
            elif name == "start" and abs(value - round(value)) > facts.tolerance:
                wrongs.append(f"{value:.10g} is no whole number of plants")
            for wrong in wrongs:
                yield Violation(DOMAIN, (name, *_place(index)), wrong, abs(value))


def _place(index: Any) -> Index:
    return index if isinstance(index, tuple) else (str(index),)


# Choosing


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
            yield Violation("joined_by", _place(index), wrong, abs(value))


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


def eligible_from(facts: Facts) -> Iterator[Violation]:
    """A barred county does not join, nor any before the first year in which it may."""
    for (county, year), value in facts.plan.select.items():
        first = facts.instance.counties[county].eligible_from
        if (first is None or year < first) and value > facts.tolerance:
            bar = "is barred" if first is None else f"may join from {first} on"
            yield Violation("eligible_from", (county, year), f"the county joins in {year} but {bar}", value)


# Building


def running_plants(facts: Facts) -> Iterator[Violation]:
    """Nothing is made by a design of which no plant runs: before its lead time, after its lifetime, or unbuilt.

    How much running plants make is judged by `capacity`.
    """
    for (county, design, year), output in facts.plan.produce.items():
        if _none_runs(facts, county, design, year):
            option = facts.instance.options.get((county, design))
            what = "output of a design of which no plant runs"
            scale = option.capacity if option else 0.0
            yield from facts.at_most("running_plants", (county, design, year), what, output, 0, "t/yr", scale)


def _none_runs(facts: Facts, county: str, design: str, year: int) -> bool:
    return facts.running.get((county, design, year), 0.0) < 0.5


def starts_where_selected(facts: Facts) -> Iterator[Violation]:
    """Plants start only in a county that has joined, and at most `build_window` years after."""
    window = facts.instance.policy.build_window
    for (county, design, year), plants in facts.plan.start.items():
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


# Producing and supplying


def capacity(facts: Facts) -> Iterator[Violation]:
    """Running plants make at most utilisation x capacity; that no others make anything is `running_plants`."""
    for (county, code, year), output in facts.plan.produce.items():
        if not _none_runs(facts, county, code, year):
            plants = facts.running[county, code, year]
            limit = facts.instance.designs[code].utilisation * facts.instance.options[county, code].capacity * plants
            yield from facts.at_most(
                "capacity", (county, code, year), f"output of {plants:.10g} plants", output, limit, "t/yr"
            )


def existing_capacity(facts: Facts) -> Iterator[Violation]:
    """Existing plants make at most their capacity, less the share crowded out once their county has joined."""
    for (county, good, year), output in facts.plan.produce_existing.items():
        plant = facts.instance.existing.get((county, good))
        limit = plant.capacity * (1 - plant.crowded_out * facts.joined[county, year]) if plant else 0.0
        scale = plant.capacity if plant else 0.0
        what = "output of existing plants"
        yield from facts.at_most("existing_capacity", (county, good, year), what, output, limit, "t/yr", scale)


def shipped_from_output(facts: Facts) -> Iterator[Violation]:
    """What leaves a county, or stays in it for use, is what its plants make."""
    for index in {**facts.made, **facts.sent}:
        sent, made = facts.sent.get(index, 0.0), facts.made.get(index, 0.0)
        yield from facts.equal("shipped_from_output", index, "what is sent from output", sent, made, "t/yr")


def demand(facts: Facts) -> Iterator[Violation]:
    """Own output, arrivals, imports and shortage make up each county's demand."""
    for index, tonnes in facts.instance.demand.items():
        supply = facts.received.get(index, 0.0) + facts.plan.imports.get(index, 0.0)
        supply += facts.plan.shortage.get(index, 0.0)
        yield from facts.equal("demand", index, "supply, imports and shortage", supply, tonnes, "t/yr")


def lanes(facts: Facts) -> Iterator[Violation]:
    """Goods travel only along allowed lanes."""
    for (origin, destination, good, year), tonnes in facts.plan.ship.items():
        if (origin, destination, good) not in facts.instance.lanes:
            message = f"{tonnes:,.10g} t/yr travel where no lane is"
            yield Violation("lanes", (origin, destination, good, year), message, tonnes)


def inputs(facts: Facts) -> Iterator[Violation]:
    """Raw materials of what is made are the county's own, up to what it has, or bought."""
    local, bought = facts.plan.local_input, facts.plan.bought_input
    for index in {**facts.input_needed, **local, **bought}:
        county, code, _ = index
        own, other = local.get(index, 0.0), bought.get(index, 0.0)
        needed = facts.input_needed.get(index, 0.0)
        yield from facts.equal("inputs", index, "input, local and bought,", own + other, needed, "t/yr")
        supply = facts.instance.input_supply.get((county, code), 0.0)
        yield from facts.at_most("inputs", index, "local input", own, supply, "t/yr")


# Labour and materials


def workers(facts: Facts) -> Iterator[Violation]:
    """The staff of a county's running plants comes out of its pool of workers."""
    staff: dict[tuple[str, int], float] = defaultdict(float)
    for (county, design, year), plants in facts.running.items():
        staff[county, year] += facts.instance.options[county, design].workers * plants
    for (county, year), persons in staff.items():
        pool = facts.instance.counties[county].workers
        yield from facts.at_most("workers", (county, year), "staff of running plants", persons, pool, "persons")


def construction_labour(facts: Facts) -> Iterator[Violation]:
    """Labour for what is under construction is central or, up to what the county has, its own."""
    central, local = facts.plan.central_labour, facts.plan.local_labour
    for index in {**facts.labour_needed, **central, **local}:
        own, other = local.get(index, 0.0), central.get(index, 0.0)
        needed, has = facts.labour_needed.get(index, 0.0), facts.instance.counties[index[0]].local_labour
        what, unit = "construction labour, central and local,", "person-years"
        yield from facts.equal("construction_labour", index, what, own + other, needed, unit)
        yield from facts.at_most("construction_labour", index, "local labour", own, has, unit)


def central_labour_pool(facts: Facts) -> Iterator[Violation]:
    """The counties share the year's central labour."""
    for year, used in facts.by_year(facts.plan.central_labour).items():
        pool = facts.instance.central_labour[year]
        yield from facts.at_most("central_labour_pool", (year,), "central labour used", used, pool, "person-years")


def construction_materials(facts: Facts) -> Iterator[Violation]:
    """Materials for what is under construction are central or, up to what the county has, its own."""
    central, local = facts.plan.central_material, facts.plan.local_material
    for index in {**facts.material_needed, **central, **local}:
        county, material, _ = index
        own, other = local.get(index, 0.0), central.get(index, 0.0)
        needed = facts.material_needed.get(index, 0.0)
        has = facts.instance.local_material.get((county, material), 0.0)
        what = f"{material}, central and local,"
        yield from facts.equal("construction_materials", index, what, own + other, needed, "t")
        yield from facts.at_most("construction_materials", index, f"local {material}", own, has, "t")


def central_material_pool(facts: Facts) -> Iterator[Violation]:
    """The counties share the year's central tonnes of each material."""
    used: dict[tuple[str, int], float] = defaultdict(float)
    for (_, material, year), tonnes in facts.plan.central_material.items():
        used[material, year] += tonnes
    for index, tonnes in used.items():
        pool = facts.instance.central_material[index]
        yield from facts.at_most("central_material_pool", index, f"central {index[0]} used", tonnes, pool, "t")


# Money


def investment_funded(facts: Facts) -> Iterator[Violation]:
    """Construction of a county and year is paid by the centre and, up to what it has, the county, in allowed shares."""
    policy, unit = facts.instance.policy, facts.instance.currency
    central, local = facts.plan.central_funds, facts.plan.local_funds
    for index in {**facts.money_needed, **central, **local}:
        rule = "investment_funded"
        own, other = local.get(index, 0.0), central.get(index, 0.0)
        paid, has = own + other, facts.instance.counties[index[0]].local_funds
        needed = facts.money_needed.get(index, 0.0)
        least, most = policy.least_central_share * paid, policy.most_central_share * paid
        yield from facts.equal(rule, index, "money paid for construction", paid, needed, unit)
        yield from facts.at_most(rule, index, "local funds", own, has, unit)
        yield from facts.at_least(rule, index, "the centre's share of it", other, least, unit, paid)
        yield from facts.at_most(rule, index, "the centre's share of it", other, most, unit, paid)


def central_budget(facts: Facts) -> Iterator[Violation]:
    """The centre spends the year's funds and what it kept of earlier years', and keeps the rest; no more."""
    rule, unit = "central_budget", facts.instance.currency
    carried = facts.instance.policy.reserve_carried
    before = 0.0
    for year, spent in facts.by_year(facts.plan.central_funds).items():
        funds = facts.instance.central_funds[year]
        reserve = facts.plan.reserve.get((year,), 0.0)
        if carried and math.isfinite(funds):
            what = "central funds spent and kept"
            yield from facts.equal(rule, (year,), what, spent + reserve, funds + before, unit)
        else:
            yield from facts.at_most(rule, (year,), "central funds spent", spent, funds, unit)
            yield from facts.at_most(rule, (year,), "reserve, which may not be kept,", reserve, 0, unit)
        before = reserve


def import_budget(facts: Facts) -> Iterator[Violation]:
    """Imports take at most the year's foreign currency."""
    used = dict.fromkeys(facts.instance.years, 0.0)
    for (_, good, year), tonnes in facts.plan.imports.items():
        used[year] += facts.instance.goods[good].import_currency * tonnes
    for year, currency in used.items():
        limit = facts.instance.import_currency[year]
        yield from facts.at_most("import_budget", (year,), "imports", currency, limit, "of foreign currency")


def coverage_floor(facts: Facts) -> Iterator[Violation]:
    """What is received from domestic plants is at least the floor's share of demand, from the floor's year on."""
    policy = facts.instance.policy
    for index, tonnes in facts.instance.demand.items():
        if policy.coverage_floor > 0 and index[2] >= policy.coverage_floor_from:
            least = policy.coverage_floor * tonnes
            yield from facts.at_least(
                "coverage_floor", index, "domestic supply", facts.received.get(index, 0.0), least, "t/yr"
            )


RULE_CLAUSES: Mapping[str, Clause] = {
    clause.__name__: clause
    for clause in (
        selected_once,
        joined_by,
        picks_per_year,
        province_picks,
        decided,
        eligible_from,
        running_plants,
        starts_where_selected,
        package,
        sites,
        modernise_existing,
        capacity,
        existing_capacity,
        shipped_from_output,
        demand,
        lanes,
        inputs,
        workers,
        construction_labour,
        central_labour_pool,
        construction_materials,
        central_material_pool,
        investment_funded,
        central_budget,
        import_budget,
        coverage_floor,
    )
}
