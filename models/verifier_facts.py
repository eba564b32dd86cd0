"""What the verifier's clauses share: a violation, and the sums of a plan that they judge by."""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from models.instance import Instance
from models.plan import Plan

TOLERANCE = 1e-6
DOMAIN = "domain"
"""The name under which values and indices that no plan may have are reported."""

Index = tuple[str | int, ...]


@dataclass(frozen=True)
class Violation:
    """A rule that a plan breaks: where, by how much, and in words with units."""

    rule: str
    index: Index
    message: str
    amount: float

    def __str__(self) -> str:
        """One line: `capacity (birch, food-provincial, 2029): output of 1 plant is 410 t, at most 400 t: 10 t over`."""
        place = f" ({', '.join(map(str, self.index))})" if self.index else ""
        return f"{self.rule}{place}: {self.message}"


class Facts:
    """A plan indexed once: what follows from its decisions, by plain arithmetic on the instance's own figures.

    Values that are no numbers, or stand at an index that cannot be, are left out: `domain` reports them.
    """

    def __init__(self, instance: Instance, plan: Plan, tolerance: float = TOLERANCE) -> None:
        self.instance = instance
        self.tolerance = tolerance
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

    def by_year(self, family: Mapping[Any, float]) -> Mapping[int, float]:
        """Sum of the values of a variable in each plan year; the year is the last part of an index."""
        found = dict.fromkeys(self.instance.years, 0.0)
        for index, value in family.items():
            found[index[-1]] += value
        return found

    def at_most(
        self, rule: str, index: Index, what: str, amount: float, limit: float, unit: str, scale: float = 0.0
    ) -> Iterator[Violation]:
        """A violation where `amount` is over `limit`, beyond the tolerance relative to both and to `scale`."""
        excess = amount - limit
        if not excess <= self._allowance(amount, limit, scale):
            message = f"{what} is {_figure(amount, unit)}, at most {_figure(limit, unit)}"
            yield Violation(rule, index, f"{message}: {_figure(excess, unit)} over", excess)

    def at_least(
        self, rule: str, index: Index, what: str, amount: float, limit: float, unit: str, scale: float = 0.0
    ) -> Iterator[Violation]:
        """A violation where `amount` is under `limit`, beyond the tolerance relative to both and to `scale`."""
        lack = limit - amount
        if not lack <= self._allowance(amount, limit, scale):
            message = f"{what} is {_figure(amount, unit)}, at least {_figure(limit, unit)}"
            yield Violation(rule, index, f"{message}: {_figure(lack, unit)} short", lack)

    def equal(
        self, rule: str, index: Index, what: str, amount: float, due: float, unit: str, scale: float = 0.0
    ) -> Iterator[Violation]:
        """A violation where `amount` is not `due`, beyond the tolerance relative to both and to `scale`."""
        difference = abs(amount - due)
        if not difference <= self._allowance(amount, due, scale):
            message = f"{what} is {_figure(amount, unit)}, not {_figure(due, unit)}"
            yield Violation(rule, index, f"{message}: {_figure(difference, unit)} off", difference)

    def _allowance(self, *magnitudes: float) -> float:
        return self.tolerance * max(1.0, *(abs(size) for size in magnitudes if math.isfinite(size)))


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
        "year": instance.years,
    }
    return [
        f"there is no {name} {part}"
        for name, part in zip(names, index, strict=True)
        if not isinstance(part, Hashable) or part not in sets[name]
    ]


def _figure(value: float, unit: str) -> str:
    """A number to read, with its unit: enough digits to tell it from another, no more."""
    return f"{value:,.10g} {unit}"
