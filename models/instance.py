"""The planning problem as complete, immutable data, keyed by codes, and what follows from the data alone.

`inputs` settles defaults, joins, units, variants and overrides before an `Instance` exists, so that rules, costs and
the verifier only iterate. Units are those of `models.records`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import TopologicalSorter

from models.records import (
    NO_LIMIT,
    BuildOption,
    County,
    Design,
    ExistingPlant,
    Good,
    Input,
    Lane,
    Material,
    PackageItem,
    Policy,
    Province,
    Purse,
    Scale,
)


@dataclass(frozen=True)
class Instance:
    """The whole problem of one variant. Iterate the mappings; every key that a rule may ask for is there.

    Keys: `options` (county, design): only designs the variant allows at sites it allows;
    `demand` (county, good, year) in tonnes; `lanes` (origin, destination, good); `existing`
    (county, good); `input_supply` (county, input) tonnes per year; `local_material` (county,
    material) tonnes per year; `central_material` (material, year). `decided` maps a county to the
    year of its choice, and is empty when the variant ignores choices already made.
    `tail_years` is how many years after the last one plants go on running as in the last. `purses` (county,
    year) has the counties whose budgets are planned, `national_remittance` the least that all remit in a year
    (years without a target left out), `modernisations` the most existing plants modernised in a year. `built`
    (county, design, year) has starts of plants that are fixed at a number, and is empty unless choices are given.
    """

    title: str
    variant: str
    currency: str
    years: tuple[int, ...]
    tail_years: int
    discount_rate: float
    policy: Policy
    provinces: Mapping[str, Province]
    counties: Mapping[str, County]
    goods: Mapping[str, Good]
    scales: Mapping[str, Scale]
    designs: Mapping[str, Design]
    materials: Mapping[str, Material]
    inputs: Mapping[str, Input]
    items: Mapping[str, PackageItem]
    options: Mapping[tuple[str, str], BuildOption]
    demand: Mapping[tuple[str, str, int], float]
    lanes: Mapping[tuple[str, str, str], Lane]
    existing: Mapping[tuple[str, str], ExistingPlant]
    input_supply: Mapping[tuple[str, str], float]
    local_material: Mapping[tuple[str, str], float]
    decided: Mapping[str, int]
    picks: Mapping[int, float]
    central_funds: Mapping[int, float]
    central_labour: Mapping[int, float]
    central_material: Mapping[tuple[str, int], float]
    import_currency: Mapping[int, float]
    purses: Mapping[tuple[str, int], Purse] = field(default_factory=dict)
    national_remittance: Mapping[int, float] = field(default_factory=dict)
    modernisations: Mapping[int, float] = field(default_factory=dict)
    built: Mapping[tuple[str, str, int], float] = field(default_factory=dict)

    @property
    def first_year(self) -> int:
        """First plan year."""
        return self.years[0]

    @property
    def last_year(self) -> int:
        """Last plan year, before the tail."""
        return self.years[-1]

    @cached_property
    def capital_weight(self) -> Mapping[int, float]:
        """Discount factor of money spent in a year: `(1 + discount_rate) ** -(year - first_year)`."""
        return {year: (1 + self.discount_rate) ** -(year - self.first_year) for year in self.years}

    @cached_property
    def running_weight(self) -> Mapping[int, float]:
        """Discount factor of running costs of a year; the last year's also stands for the tail:
        `sum(k in 0..tail_years, (1 + discount_rate) ** -(last_year + k - first_year))`."""
        weights = dict(self.capital_weight)
        last = weights[self.last_year]
        weights[self.last_year] = sum(last * (1 + self.discount_rate) ** -k for k in range(self.tail_years + 1))
        return weights

    @cached_property
    def reserve_years(self) -> tuple[int, ...]:
        """Years whose unspent central funds may be used in the next: limited, when reserves are carried."""
        if not self.policy.reserve_carried:
            return ()
        return tuple(year for year in self.years if self.central_funds[year] < NO_LIMIT)

    @cached_property
    def picks_due(self) -> Mapping[int, int]:
        """Picks that must be made in each year when picks are exact: the year's number, or all eligible counties
        that are left when they run out. All zero when picks are not exact or a year has no number: who is left
        is then not known in advance."""
        if not self.policy.picks_exact or NO_LIMIT in self.picks.values():
            return dict.fromkeys(self.years, 0)
        due: dict[int, int] = {}
        for year in self.years:
            eligible = sum(1 for county in self.counties.values() if (county.eligible_from or year + 1) <= year)
            due[year] = int(min(self.picks[year], max(0, eligible - sum(due.values()))))
        return due

    @cached_property
    def designs_at(self) -> Mapping[str, tuple[str, ...]]:
        """Designs that may be built in each county."""
        found: dict[str, list[str]] = {county: [] for county in self.counties}
        for county, design in self.options:
            found[county].append(design)
        return {county: tuple(designs) for county, designs in found.items()}

    @cached_property
    def counties_of(self) -> Mapping[str, tuple[str, ...]]:
        """Counties of each province."""
        found: dict[str, list[str]] = {province: [] for province in self.provinces}
        for county in self.counties.values():
            found[county.province].append(county.code)
        return {province: tuple(counties) for province, counties in found.items()}

    @cached_property
    def designs_of(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Designs that may be built in each county for each good."""
        found: dict[tuple[str, str], list[str]] = {
            (county, good): [] for county in self.counties for good in self.goods
        }
        for county, design in self.options:
            found[county, self.designs[design].good].append(design)
        return {place: tuple(designs) for place, designs in found.items()}

    @cached_property
    def destinations(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Where each county may send each good: the ends of its lanes."""
        found: dict[tuple[str, str], list[str]] = {
            (county, good): [] for county in self.counties for good in self.goods
        }
        for origin, destination, good in self.lanes:
            found[origin, good].append(destination)
        return {place: tuple(ends) for place, ends in found.items()}

    @cached_property
    def origins(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Whence each county may receive each good: the starts of its lanes."""
        found: dict[tuple[str, str], list[str]] = {
            (county, good): [] for county in self.counties for good in self.goods
        }
        for origin, destination, good in self.lanes:
            found[destination, good].append(origin)
        return {place: tuple(starts) for place, starts in found.items()}

    @cached_property
    def wanted(self) -> Mapping[tuple[str, str, int], float]:
        """Most of a good that a county can use in a year, tonnes: its people's demand, and what plants that may
        be built there could take of it as an intermediate product."""
        found = dict(self.demand)
        using: dict[str, list[tuple[str, str]]] = {good: [] for good in self.goods}
        for place in self.options:
            using[self.designs[place[1]].good].append(place)
        for good in self._users_first:
            for county, code in using[good]:
                plants, parts = self.options[county, code].max_plants, self._made_of[code]
                for year in self.years if parts and plants > 0 else ():
                    most = min(
                        self.full_output(county, code, year, supported=True) * plants,
                        sum(found[end, good, year] for end in self.destinations[county, good]),
                    )
                    for part, tonnes in parts:
                        found[county, part, year] += tonnes * most
        return found

    @cached_property
    def _users_first(self) -> tuple[str, ...]:
        """Goods in an order in which what is made of a good comes before it. Goods made of each other have none."""
        made_of: dict[str, set[str]] = {good: set() for good in self.goods}
        for code, parts in self._made_of.items():
            made_of[self.designs[code].good] |= {good for good, _ in parts}
        return tuple(reversed(list(TopologicalSorter(made_of).static_order())))

    @cached_property
    def _made_of(self) -> Mapping[str, list[tuple[str, float]]]:
        """Goods that each design can use as intermediate products, with tonnes per tonne."""
        return {
            code: [
                (good, tonnes)
                for entry, tonnes in design.inputs.items()
                if (good := self.inputs[entry].good) is not None and tonnes > 0
            ]
            for code, design in self.designs.items()
        }

    @cached_property
    def reach(self) -> Mapping[tuple[str, str, int], float]:
        """Most of a good that can be sent from a county in a year, tonnes: what the ends of its lanes can use."""
        return {
            (county, good, year): sum(self.wanted[end, good, year] for end in ends)
            for (county, good), ends in self.destinations.items()
            for year in self.years
        }

    @cached_property
    def usable_capacity(self) -> Mapping[tuple[str, str, int], float]:
        """Most that one plant can sell in a year, by (county, design, year), in tonnes:
        `min(utilisation * capacity, what the ends of the county's lanes can use)`."""
        return self._usable(supported=False)

    @cached_property
    def supported_capacity(self) -> Mapping[tuple[str, str, int], float]:
        """`usable_capacity` of a plant whose province has a support base at work:
        utilisation is then higher by the province's `support_uplift`, and 1 at most."""
        return self._usable(supported=True)

    def _usable(self, supported: bool) -> dict[tuple[str, str, int], float]:
        return {
            (county, code, year): min(
                self.full_output(county, code, year, supported), self.reach[county, self.designs[code].good, year]
            )
            for county, code in self.options
            for year in self.years
        }

    def full_output(self, county: str, code: str, year: int, supported: bool) -> float:
        """Tonnes that one plant makes in a year at its utilisation, with or without a support base at work."""
        uplift = self.provinces[self.counties[county].province].support_uplift if supported else 0.0
        share = min(1.0, self.designs[code].utilisation_in(year) + uplift)
        return share * self.options[county, code].capacity if share else 0.0

    @cached_property
    def quota(self) -> Mapping[tuple[str, str, int], float]:
        """What one running plant delivers to the state before anything else, by (county, design, year), in tonnes:
        the design's `quota` share of `usable_capacity`."""
        return {index: self.designs[index[1]].quota * usable for index, usable in self.usable_capacity.items()}

    @cached_property
    def existing_usual(self) -> Mapping[tuple[str, str, int], float]:
        """What existing plants make when nothing is crowded out, by (county, good, year), in tonnes:
        their capacity, as far as the county's people want it."""
        return {
            (*place, year): min(plant.capacity, self.demand[*place, year])
            for place, plant in self.existing.items()
            for year in self.years
        }

    @cached_property
    def revenue_range(self) -> Mapping[tuple[str, int], tuple[float, float]]:
        """Bounds on the revenue of each county whose budget is planned, by (county, year): what its base revenue
        becomes at worst and at best of all plants that may run there and of existing ones; never below 0."""
        return {index: self._revenue_bounds(*index) for index in self.purses}

    @cached_property
    def may_fall_short(self) -> tuple[tuple[str, int], ...]:
        """Counties and years in which the quota could exceed all revenue: no rate can, being 1 at most."""
        return tuple(index for index, purse in self.purses.items() if purse.quota > self.revenue_range[index][0])

    @cached_property
    def may_pay_in_full(self) -> tuple[tuple[str, int], ...]:
        """Those of `may_fall_short` in which the quota could be paid as well."""
        return tuple(index for index in self.may_fall_short if self.purses[index].quota < self.revenue_range[index][1])

    @cached_property
    def quota_or_rate(self) -> tuple[tuple[str, int], ...]:
        """Counties and years in which the data leave open whether the quota or the rate is the more."""
        if self.policy.extra_remittance:
            return ()
        return tuple(
            index
            for index, purse in self.purses.items()
            if purse.rate * self.revenue_range[index][0] < purse.quota < purse.rate * self.revenue_range[index][1]
        )

    def _revenue_bounds(self, county: str, year: int) -> tuple[float, float]:
        share, base = self.policy.plant_income_share, self.purses[county, year].base_revenue
        least = most = 0.0
        for code in self.designs_at[county]:
            if any(True for _ in self.running(code, year)):
                worst, best = self._income_bounds(county, code, year)
                least += worst * self.options[county, code].max_plants
                most += best * self.options[county, code].max_plants
        for good in self.goods:
            plant = self.existing.get((county, good))
            if plant is not None:
                lost = self.existing_usual[county, good, year] * (plant.crowded_out if self.policy.existing_held else 1)
                gain = self.goods[good].market_price - plant.variable_cost
                spare = plant.capacity - self.existing_usual[county, good, year]
                least += min(0.0, -gain * lost, gain * spare)
                most += max(0.0, -gain * lost, gain * spare)
        return max(0.0, base + share * least) if share else base, base + share * most if share else base

    def _income_bounds(self, county: str, code: str, year: int) -> tuple[float, float]:
        """Least and greatest net income of one running plant, or 0 where it is better not to have it."""
        option, design, good = self.options[county, code], self.designs[code], self.goods[self.designs[code].good]
        cheap = dear = option.variable_cost
        for entry, tonnes in design.inputs.items():
            made_of = self.inputs[entry].good
            prices = [self.inputs[entry].bought_price]
            prices += [self.inputs[entry].local_price] if (county, entry) in self.input_supply else []
            prices += [] if made_of is None else [self.goods[made_of].market_price]
            cheap += min(prices) * tonnes
            dear += max(prices) * tonnes
        quota, most = self.quota[county, code, year], self.supported_capacity[county, code, year]
        paid = quota * good.state_price - option.fixed_cost
        beyond = (1 - self.policy.stipend_share) * good.market_price
        incomes = [paid + (made - quota) * beyond - made * cost for made in (quota, most) for cost in (cheap, dear)]
        return min(0.0, *incomes), max(0.0, *incomes)

    def free_of_joining(self, design: str) -> bool:
        """Whether a design may be started in counties that have not joined: modernisations, by setting."""
        return self.policy.modernise_anywhere and self.designs[design].modernisation

    def running(self, design: str, year: int) -> Iterator[int]:
        """Years of start whose plants of `design` run in `year`: lead time passed, lifetime not over."""
        plant = self.designs[design]
        for start in self.years:
            if start + plant.lead_years <= year < start + plant.lead_years + plant.lifetime_years:
                yield start

    def under_construction(self, design: str, year: int) -> Iterator[int]:
        """Years of start whose plants of `design` are being built, and paid for, in `year`."""
        span = self.designs[design].construction_years
        return (start for start in self.years if start <= year < start + span)

    def due_items(self, year: int) -> Iterator[PackageItem]:
        """Package items that a county joining in `year` receives."""
        return (item for item in self.items.values() if item.from_year <= year)
