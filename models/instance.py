"""The planning problem as complete, immutable data, keyed by codes.

`inputs` settles defaults, joins, units, variants and overrides before an `Instance` exists, so that
rules, costs and the verifier only iterate. Money is in the workbook's currency unit, goods and
inputs in tonnes (per year), labour in person-years, workers in persons, distances in km.
`math.inf` means "no limit".
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

NO_LIMIT = math.inf


@dataclass(frozen=True, slots=True)
class Province:
    """A first-level region. `least_picks` and `most_picks` bound its joining counties each year."""

    code: str
    name: str
    local_name: str
    least_picks: int
    most_picks: float


@dataclass(frozen=True, slots=True)
class County:
    """A unit that may join the programme.

    `eligible_from` is the first year in which it may join, or None when it is barred for the whole
    plan. `workers` is the pool (persons) from which plants draw their staff and `market_product`
    what one such person would produce elsewhere (money per year). `local_funds` and `local_labour`
    are what the county can give each year (money; person-years). `site_cost_index` multiplies the cost of
    package items built there; `BuildOption.investment` already includes it.
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


@dataclass(frozen=True, slots=True)
class Good:
    """A consumer good.

    `import_price` (money per tonne) is None when the good cannot be imported; `import_currency` is the
    foreign currency one tonne takes. `shortage_penalty` (money per tonne) is None when demand must
    be met.
    """

    code: str
    name: str
    local_name: str
    import_price: float | None
    import_currency: float
    shortage_penalty: float | None


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
    with `lifetime_years` of running. `inputs` maps an input to tonnes per tonne of output.
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

    @property
    def construction_years(self) -> int:
        """Years over which a start is paid for and built."""
        return max(1, self.lead_years)


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
    """A raw material; money per tonne when it is the county's own and when it is bought elsewhere."""

    code: str
    name: str
    local_price: float
    bought_price: float


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


@dataclass(frozen=True)
class Instance:
    """The whole problem of one variant. Iterate the mappings; every key that a rule may ask for is there.

    Keys: `options` (county, design): only designs the variant allows at sites it allows;
    `demand` (county, good, year) in tonnes; `lanes` (origin, destination, good); `existing`
    (county, good); `input_supply` (county, input) tonnes per year; `local_material` (county,
    material) tonnes per year; `central_material` (material, year). `decided` maps a county to the
    year of its choice, and is empty when the variant ignores choices already made.
    `tail_years` is how many years after the last one plants go on running as in the last.
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
    def usable_capacity(self) -> Mapping[tuple[str, str, int], float]:
        """Most that one plant can sell in a year, by (county, design, year), in tonnes:
        `min(utilisation * capacity, demand at the ends of the county's lanes)`."""
        reach = {
            (county, good, year): sum(self.demand[end, good, year] for end in ends)
            for (county, good), ends in self.destinations.items()
            for year in self.years
        }
        return {
            (county, code, year): min(
                self.designs[code].utilisation * option.capacity, reach[county, self.designs[code].good, year]
            )
            for (county, code), option in self.options.items()
            for year in self.years
        }

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
