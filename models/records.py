"""What is known of one thing of the planning problem: a county, a good, a design of plants, and how the rules are set.

Money is in the workbook's currency unit, goods and inputs in tonnes (per year), labour in person-years, workers in
persons, distances in km. `math.inf` means "no limit".
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
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
