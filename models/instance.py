"""The planning problem as complete, immutable data, keyed by codes.

`inputs` settles defaults, joins, units, variants and overrides before an `Instance` exists, so that
rules, costs and the verifier only iterate. Money is in the workbook's currency unit, goods and
inputs in tonnes (per year), labour in person-years, workers in persons, distances in km.
`math.inf` means "no limit".
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import TopologicalSorter
from typing import Literal

NO_LIMIT = math.inf

Objective = Literal[
    "least cost",
    "greatest coverage",
    "greatest least coverage",
    "greatest even coverage",
    "least concentration",
    "least central funds",
]


@dataclass(frozen=True, slots=True)
class Province:
    """A first-level region. `least_picks` and `most_picks` bound its joining counties each year.

    A technical support base (training and research) costs the centre `support_cost` (money, in all) and raises the
    utilisation of the province's plants by `support_uplift` (share points of capacity; 0: none can be founded).
    """

    code: str
    name: str
    local_name: str
    least_picks: int
    most_picks: float
    support_uplift: float = 0.0
    support_cost: float = 0.0


@dataclass(frozen=True, slots=True)
class County:
    """A unit that may join the programme.

    `eligible_from` is the first year in which it may join, or None when it is barred for the whole
    plan. `workers` is the pool (persons) from which plants draw their staff and `market_product`
    what one such person would produce elsewhere (money per year). `local_funds` and `local_labour`
    are the most the county may give each year (money; person-years). `site_cost_index` multiplies the cost of
    package items built there; `BuildOption.investment` already includes it. `donations` is what donors there can
    give to its construction each year, and `priority_fund` what its fund holds before the first year (money).
    """

    code: str
    name: str
    local_name: str
    province: str
    kind: str
    population: float
    latitude: float | None
    longitude: float | None
    eligible_from: int | None
    workers: float
    market_product: float
    local_funds: float
    local_labour: float
    site_cost_index: float
    donations: float = 0.0
    priority_fund: float = 0.0


@dataclass(frozen=True, slots=True)
class Purse:
    """A county's budget in a year: money that it has, must spend and owes before the plan adds anything.

    `base_revenue` is what it takes in without new plants, `essential` the expenditure that is always paid. What it
    owes the centre is the greater of `quota` (money) and `rate` (0 to 1) times its revenue.
    """

    base_revenue: float
    essential: float
    quota: float
    rate: float


@dataclass(frozen=True, slots=True)
class Good:
    """A consumer good.

    `import_price` (money per tonne) is None when the good cannot be imported; `import_currency` is the
    foreign currency one tonne takes. `shortage_penalty` (money per tonne) is None when demand must
    be met. A plant is paid `state_price` for a tonne of its quota and `market_price` for one beyond it.
    """

    code: str
    name: str
    local_name: str
    import_price: float | None
    import_currency: float
    shortage_penalty: float | None
    state_price: float = 0.0
    market_price: float = 0.0


@dataclass(frozen=True, slots=True)
class Scale:
    """A size class of plants, such as county or provincial."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Design:
    """A plant design: one good, one scale, new or a modernisation of an existing plant.

    Money for a start is paid, and its labour and materials are used, in equal parts over
    `max(1, lead_years)` years from the year of the start; output begins `lead_years` after it and ends
    with `lifetime_years` of running. `utilisation` is the share of capacity that power and materials allow,
    replaced in the years of `yearly_utilisation`. `quota` is the share (0 to 1) of its usable output that a running
    plant delivers to the state first. `inputs` maps an input to tonnes per tonne of output.
    """

    code: str
    name: str
    good: str
    scale: str
    modernisation: bool
    lead_years: int
    lifetime_years: float
    utilisation: float
    inputs: Mapping[str, float]
    quota: float = 0.0
    yearly_utilisation: Mapping[int, float] = field(default_factory=dict)

    @property
    def construction_years(self) -> int:
        """Years over which a start is paid for and built."""
        return max(1, self.lead_years)

    def utilisation_in(self, year: int) -> float:
        """Share of capacity that power and materials allow in a year."""
        return self.yearly_utilisation.get(year, self.utilisation)


@dataclass(frozen=True, slots=True)
class BuildOption:
    """What one plant of a design is in one county, after site cost index and per-site overrides.

    `capacity` (tonnes per year at full utilisation) may be unlimited. `investment` is money in
    all, `fixed_cost` money per running year, `variable_cost` money per tonne, `construction_labour`
    person-years in all, `materials` tonnes in all, `workers` persons while running.
    """

    capacity: float
    investment: float
    fixed_cost: float
    variable_cost: float
    construction_labour: float
    workers: float
    max_plants: int
    materials: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ExistingPlant:
    """Industry that stood before the plan: usable tonnes per year, money per tonne, share (0 to 1)
    of that capacity which is lost once its county has joined."""

    capacity: float
    variable_cost: float
    crowded_out: float


@dataclass(frozen=True, slots=True)
class Lane:
    """An allowed shipment of a good from one county to another (or to itself)."""

    distance: float
    cost: float


@dataclass(frozen=True, slots=True)
class Material:
    """A construction material."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Input:
    """A raw material; money per tonne when it is the county's own and when it is bought elsewhere.

    Where `good` names a good, that good can be used as well, made by plants of the plan or imported: an intermediate
    product.
    """

    code: str
    name: str
    local_price: float
    bought_price: float
    good: str | None = None


@dataclass(frozen=True, slots=True)
class PackageItem:
    """Something every county receives that joins in `from_year` or later, paid and built in its joining year."""

    code: str
    name: str
    from_year: int
    investment: float
    construction_labour: float
    materials: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Policy:
    """How the rules are set.

    `picks_exact`: the year's picks must be made, while counties are left, rather than may.
    `join_all`: every eligible county must join. `build_window`: years after joining in which plants
    may still be started (0: only the joining year). `min_plants`: fewest plants a joining county
    receives. `one_per_good`: at least one plant of each good. `least_central_share` and
    `most_central_share`: bounds on the centre's share (0 to 1) of each county's yearly investment.
    `reserve_carried`: unspent central funds may be used in a later year. `coverage_floor`: least share
    (0 to 1, 0: none) of each county's demand for each good that domestic output meets, from
    `coverage_floor_from` on.

    `objective` is what the plan makes least or greatest, over the years from `objective_from` on where it concerns
    coverage. `existing_held`: existing plants go on making what they can, rather than as the plan likes.
    `modernise_anywhere`: existing plants may be modernised in counties that have not joined.

    `plant_income_share`: the county's share (0 to 1) in the net income of plants located in it. `stipend_share`:
    share of a plant's revenue beyond its quota that goes to its workers. `least_stipend`: least of that, as a share
    of what the workers would make elsewhere. `recycled_share`: part of last year's remittances that adds to central
    funds. `fund_share`: part of a county's surplus that its priority fund keeps. `extra_remittance`: a county may
    remit more than it owes. `donor_premium`: what donors are repaid beyond their money, as a share of it.
    `most_donated_share`: bound on donors' share of a county's yearly investment. `subsidy_penalty` and
    `shortfall_penalty`: cost of a unit of subsidy and of remittance not paid.

    `local_input_share`: least share (0 to 1) of raw materials, by value, that is the county's own, in each of what
    `local_input_scope` names. `support_lead`: years from founding a support base to its effect. `disparity_limit`:
    most by which coverage (0 to 1) of a good may differ between provinces, from `disparity_from` on.
    `dispersion_cap`: most of the nation's new capacity of a good that one province may hold (0 to 1).

    `gini_cap`: most that the Gini coefficient of coverage over people may be, from `gini_cap_from` on (1: no limit).
    `uncovered_cap`: most person-years not covered, counted as the objective greatest coverage counts them.
    `cost_cap`: most that the plan may cost (discounted money). `coverage_weight`: weight (0 to 1) of how little is
    covered beside how unevenly, in the objective greatest even coverage.
    """

    picks_exact: bool
    join_all: bool
    build_window: int
    min_plants: int
    one_per_good: bool
    least_central_share: float
    most_central_share: float
    reserve_carried: bool
    coverage_floor: float = 0.0
    coverage_floor_from: int = 0
    objective: Objective = "least cost"
    objective_from: int = 0
    existing_held: bool = False
    modernise_anywhere: bool = False
    plant_income_share: float = 0.0
    stipend_share: float = 0.0
    least_stipend: float = 0.0
    recycled_share: float = 0.0
    fund_share: float = 0.0
    extra_remittance: bool = False
    donor_premium: float = 0.0
    most_donated_share: float = 1.0
    subsidy_penalty: float = 0.0
    shortfall_penalty: float = 0.0
    local_input_share: float = 0.0
    local_input_scope: Literal["county", "province", "nation"] = "county"
    support_lead: int = 1
    disparity_limit: float = NO_LIMIT
    disparity_from: int = 0
    dispersion_cap: float = 1.0
    gini_cap: float = 1.0
    gini_cap_from: int = 0
    uncovered_cap: float = NO_LIMIT
    cost_cap: float = NO_LIMIT
    coverage_weight: float = 1.0


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
