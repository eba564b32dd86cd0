"""What the verifier's clauses share: the sums of a plan that they judge by."""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import fields
from functools import cached_property
from typing import Any

from models.instance import Instance
from models.plan import Plan
from models.verifier.comparison import TOLERANCE, Comparison, Index
from models.verifier.outlets import Outlets


class Facts(Comparison):
    """A plan indexed once: what follows from its decisions, by plain arithmetic on the instance's own figures.

    Values that are no numbers, or stand at an index that cannot be, are left out: `domain` reports them.
    """

    def __init__(self, instance: Instance, plan: Plan, tolerance: float = TOLERANCE) -> None:
        super().__init__(tolerance)
        self.instance = instance
        self.given = plan
        self.plan = Plan(
            **{
                entry.name: {
                    index: value
                    for index, value in getattr(plan, entry.name).items()
                    if math.isfinite(value) and not unknown(instance, index, entry.metadata["index"])
                }
                for entry in fields(plan)
            }
        )

    @cached_property
    def joins(self) -> Mapping[str, list[int]]:
        """Years in which each county joins."""
        found: dict[str, list[int]] = {county: [] for county in self.instance.counties}
        for (county, year), value in self.plan.select.items():
            if value > 0.5:
                found[county].append(year)
        return found

    @cached_property
    def joined(self) -> Mapping[tuple[str, int], float]:
        """1 where a county has joined in the year or before."""
        found: dict[tuple[str, int], float] = {}
        for county in self.instance.counties:
            total = 0.0
            for year in self.instance.years:
                total += self.plan.select.get((county, year), 0.0)
                found[county, year] = total
        return found

    @cached_property
    def starts(self) -> Mapping[tuple[str, str], Mapping[int, float]]:
        """Plants by year of start, for each county and design that may be built there."""
        found: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
        for (county, design, year), plants in self.plan.start.items():
            if (county, design) in self.instance.options:
                found[county, design][year] = plants
        return found

    @cached_property
    def running(self) -> Mapping[tuple[str, str, int], float]:
        """Plants that run: the lead time has passed since their start, the lifetime after it has not."""
        found: dict[tuple[str, str, int], float] = defaultdict(float)
        for (county, code), begun in self.starts.items():
            design = self.instance.designs[code]
            for start, plants in begun.items():
                opening = start + design.lead_years
                for year in self.instance.years:
                    if opening <= year < opening + design.lifetime_years:
                        found[county, code, year] += plants
        return found

    def none_runs(self, county: str, design: str, year: int) -> bool:
        """Whether no plant of a design runs in a county and year."""
        return self.running.get((county, design, year), 0.0) < 0.5

    @cached_property
    def building(self) -> Mapping[tuple[str, str, int], float]:
        """Plants' worth of construction work: a start counts in equal parts in each year of its construction."""
        found: dict[tuple[str, str, int], float] = defaultdict(float)
        for (county, code), begun in self.starts.items():
            span = max(1, self.instance.designs[code].lead_years)
            for start, plants in begun.items():
                for year in self.instance.years:
                    if start <= year < start + span:
                        found[county, code, year] += plants / span
        return found

    @cached_property
    def package_money(self) -> Mapping[tuple[str, int], float]:
        """What the package items of a joining county cost there, by county and year of joining."""
        instance = self.instance
        due = {
            year: sum(item.investment for item in instance.items.values() if item.from_year <= year)
            for year in instance.years
        }
        return {
            (county, year): due[year] * instance.counties[county].site_cost_index * value
            for (county, year), value in self.plan.select.items()
        }

    @cached_property
    def money_needed(self) -> Mapping[tuple[str, int], float]:
        """What is paid for construction, by county and year."""
        found: dict[tuple[str, int], float] = defaultdict(float, self.package_money)
        for (county, design, year), plants in self.building.items():
            found[county, year] += self.instance.options[county, design].investment * plants
        return found

    @cached_property
    def labour_needed(self) -> Mapping[tuple[str, int], float]:
        """Person-years of construction, by county and year."""
        found: dict[tuple[str, int], float] = defaultdict(float)
        for (county, design, year), plants in self.building.items():
            found[county, year] += self.instance.options[county, design].construction_labour * plants
        for (county, year), value in self.plan.select.items():
            for item in self.instance.items.values():
                if item.from_year <= year:
                    found[county, year] += item.construction_labour * value
        return found

    @cached_property
    def material_needed(self) -> Mapping[tuple[str, str, int], float]:
        """Tonnes of construction material, by county, material and year."""
        found: dict[tuple[str, str, int], float] = defaultdict(float)
        for (county, design, year), plants in self.building.items():
            for material, tonnes in self.instance.options[county, design].materials.items():
                found[county, material, year] += tonnes * plants
        for (county, year), value in self.plan.select.items():
            for item in self.instance.items.values():
                if item.from_year <= year:
                    for material, tonnes in item.materials.items():
                        found[county, material, year] += tonnes * value
        return found

    @cached_property
    def input_needed(self) -> Mapping[tuple[str, str, int], float]:
        """Tonnes of raw material, by county, input and year."""
        found: dict[tuple[str, str, int], float] = defaultdict(float)
        for (county, design, year), output in self.plan.produce.items():
            for code, tonnes in self.instance.designs[design].inputs.items():
                found[county, code, year] += tonnes * output
        return found

    @cached_property
    def made(self) -> Mapping[tuple[str, str, int], float]:
        """Tonnes of a good made by new and existing plants, by county, good and year."""
        found: dict[tuple[str, str, int], float] = defaultdict(float, self.plan.produce_existing)
        for (county, design, year), output in self.plan.produce.items():
            found[county, self.instance.designs[design].good, year] += output
        return found

    @cached_property
    def sent(self) -> Mapping[tuple[str, str, int], float]:
        """Tonnes of a good that leave a county or stay in it for use, by county, good and year."""
        found: dict[tuple[str, str, int], float] = defaultdict(float)
        for (origin, _, good, year), tonnes in self.plan.ship.items():
            found[origin, good, year] += tonnes
        return found

    @cached_property
    def received(self) -> Mapping[tuple[str, str, int], float]:
        """Tonnes of a good that reach a county, its own included, by county, good and year."""
        found: dict[tuple[str, str, int], float] = defaultdict(float)
        for (_, destination, good, year), tonnes in self.plan.ship.items():
            found[destination, good, year] += tonnes
        return found

    @cached_property
    def taken(self) -> Mapping[tuple[str, str, int], float]:
        """Tonnes of a good that plants use as an intermediate product, by county, good and year."""
        found: dict[tuple[str, str, int], float] = defaultdict(float)
        for (county, code, year), tonnes in self.plan.made_input.items():
            good = self.instance.inputs[code].good
            if good is not None:
                found[county, good, year] += tonnes
        return found

    @cached_property
    def supported(self) -> Mapping[tuple[str, int], bool]:
        """Whether a support base is at work, by province and year: the lead time since its founding has passed."""
        lead = self.instance.policy.support_lead
        return {
            (province, year): any(
                value > 0.5 and where == province and founded + lead <= year
                for (where, founded), value in self.plan.support.items()
            )
            for province in self.instance.provinces
            for year in self.instance.years
        }

    @cached_property
    def added(self) -> Mapping[tuple[str, str], float]:
        """Tonnes a year of capacity that all starts of the plan add, by province and good."""
        found: dict[tuple[str, str], float] = defaultdict(float)
        for (county, code), begun in self.starts.items():
            place = (self.instance.counties[county].province, self.instance.designs[code].good)
            found[place] += self.instance.options[county, code].capacity * sum(begun.values())
        return found

    def served(self, year: int) -> list[tuple[float, float]]:
        """Pairs of people and what they get from home in a year (0 to 1, a mean over the goods they want), for each
        county with people who want anything."""
        found = []
        for code, county in self.instance.counties.items():
            parts = []
            for good in self.instance.goods:
                wanted = self.instance.demand.get((code, good, year), 0.0)
                if wanted > 0:
                    place = (code, good, year)
                    arrived = self.received.get(place, 0.0) - self.taken.get(place, 0.0)
                    parts.append(max(0.0, arrived) / wanted)
            if parts and county.population > 0:
                found.append((county.population, sum(parts) / len(parts)))
        return found

    @cached_property
    def outlets(self) -> Outlets:
        """What plants could make and sell, whatever the plan."""
        return Outlets(self.instance)

    @cached_property
    def quota(self) -> Mapping[tuple[str, str, int], float]:
        """Tonnes that a county's running plants of a design owe the state, by county, design and year; zeros left out:
        a share of what they could make and sell without a support base."""
        found: dict[tuple[str, str, int], float] = {}
        for (county, code, year), plants in self.running.items():
            share = self.instance.designs[code].quota
            if share > 0:
                found[county, code, year] = share * self.outlets.usable(county, code, year) * plants
        return found

    @cached_property
    def usual(self) -> Mapping[tuple[str, str, int], float]:
        """Tonnes that existing plants make when nothing is crowded out, by county, good and year: their capacity, or
        what the county's people want if that is less."""
        return {
            (*place, year): min(plant.capacity, self.instance.demand.get((*place, year), 0.0))
            for place, plant in self.instance.existing.items()
            for year in self.instance.years
        }

    def revenue(self, county: str, year: int) -> float:
        """What a county with a budget takes in, money: its base revenue and its share in its plants' net income."""
        return sum(self._revenue_parts[county, year])

    def revenue_size(self, county: str, year: int) -> float:
        """The largest sum that enters a county's revenue, money: how large its rounding errors may be."""
        return max(map(abs, self._revenue_parts[county, year]))

    @cached_property
    def _revenue_parts(self) -> Mapping[tuple[str, int], list[float]]:
        """What adds up to revenue, by county and year with a budget: the base, then gains and losses of plants."""
        found = {index: [purse.base_revenue] for index, purse in self.instance.purses.items()}
        for (county, year), money in self._gains():
            if (county, year) in found:
                found[county, year].append(self.instance.policy.plant_income_share * money)
        return found

    def _gains(self) -> Iterator[tuple[tuple[str, int], float]]:
        """What plants earn and spend, by county and year: sales, costs, inputs, and what existing plants no longer
        earn, for base revenue holds what they usually earn."""
        instance, plan = self.instance, self.plan
        kept = 1 - instance.policy.stipend_share
        for (county, code, year), plants in self.running.items():
            yield (county, year), -instance.options[county, code].fixed_cost * plants
        for (county, code, year), tonnes in plan.produce.items():
            if (county, code) in instance.options:
                # As if all were sold at the market price; what the quota brings instead comes next.
                yield (county, year), kept * instance.goods[instance.designs[code].good].market_price * tonnes
                yield (county, year), -instance.options[county, code].variable_cost * tonnes
        for (county, code, year), tonnes in self.quota.items():
            prices = instance.goods[instance.designs[code].good]
            yield (county, year), (prices.state_price - kept * prices.market_price) * tonnes
        for (county, code, year), tonnes in plan.local_input.items():
            yield (county, year), -instance.inputs[code].local_price * tonnes
        for (county, code, year), tonnes in plan.bought_input.items():
            yield (county, year), -instance.inputs[code].bought_price * tonnes
        for (county, good, year), tonnes in self.taken.items():
            yield (county, year), -instance.goods[good].market_price * tonnes
        for (county, good, year), usual in self.usual.items():
            margin = instance.goods[good].market_price - instance.existing[county, good].variable_cost
            yield (county, year), -margin * usual
            yield (county, year), margin * plan.produce_existing.get((county, good, year), 0.0)

    def by_year(self, family: Mapping[Any, float]) -> Mapping[int, float]:
        """Sum of the values of a variable in each plan year; the year is the last part of an index."""
        found = dict.fromkeys(self.instance.years, 0.0)
        for index, value in family.items():
            found[index[-1]] += value
        return found


def spread(groups: list[tuple[float, float]]) -> tuple[float, float]:
    """Half the mean difference between two people, and the mean, of groups of (people, what each has): the Gini
    coefficient is the first over the second.

    In order of what they have, a group that begins at the share a of the people and ends at b takes away its amount
    times (b - a), and gives back twice what lies above the middle: sum(amount * (b - a) * (a + b - 1)).
    """
    everyone = sum(people for people, _ in groups)
    passed = uneven = mean = 0.0
    for people, amount in sorted(groups, key=lambda group: group[1]):
        part = people / everyone
        uneven += amount * part * (2 * passed + part - 1)
        mean += amount * part
        passed += part
    return max(0.0, uneven), mean


def unknown(instance: Instance, index: Any, names: tuple[str, ...]) -> list[str]:
    """What is wrong with the codes and years of an index whose parts are called `names`; empty when all exist."""
    if not isinstance(index, tuple) or len(index) != len(names):
        return [f"the index should be ({', '.join(names)})"]
    sets: Mapping[str, Any] = {
        "county": instance.counties,
        "origin": instance.counties,
        "destination": instance.counties,
        "design": instance.designs,
        "good": instance.goods,
        "input": instance.inputs,
        "material": instance.materials,
        "province": instance.provinces,
        "year": instance.years,
    }
    return [
        f"there is no {name} {part}"
        for name, part in zip(names, index, strict=True)
        if not isinstance(part, Hashable) or part not in sets[name]
    ]


def place_of(index: Any) -> Index:
    """An index of a plan as that of a violation, even where it is none that a plan may have."""
    return index if isinstance(index, tuple) else (str(index),)
