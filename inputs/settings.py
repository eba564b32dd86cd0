"""Every setting of a workbook, declared once: one field a row of the sheet Settings."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from inputs.declaration import YesNo, column
from models.records import Objective


class Settings(BaseModel):
    """The settings and their defaults; each field is a row of the sheet Settings."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)

    title: str = column("title of the case", default="Untitled plan")
    currency: str = column("unit of every sum of money", default="money")
    foreign_currency: str = column("unit of import currency", default="foreign currency")
    first_year: int = column("first plan year", "year", ge=1900, le=2200)
    last_year: int = column("last plan year", "year", ge=1900, le=2200)
    tail_years: int = column("years after the last in which plants run on as in it", "years", default=0, ge=0, le=100)
    discount_rate: float = column("yearly discount rate", "share/yr", default=0.0, ge=0, le=1)
    picks_rule: Literal["exactly", "at most"] = column("whether a year's picks must or may be made", default="at most")
    join_rule: Literal["at most once", "exactly once"] = column(
        "whether a county may or must join", default="at most once"
    )
    build_window: int = column("years after joining in which plants may still be started", "years", default=0, ge=0)
    min_plants: int = column("fewest plants a joining county receives", "plants", default=0, ge=0)
    one_per_good: YesNo = column("a joining county receives at least one plant of each good", default="no")
    crowded_out: float = column(
        "share of existing output lost once its county has joined", "share", default=0.0, ge=0, le=1
    )
    least_central_share: float = column(
        "least share of a county's investment paid by the centre", "share", default=0.0, ge=0, le=1
    )
    most_central_share: float = column(
        "most share of a county's investment paid by the centre", "share", default=1.0, ge=0, le=1
    )
    reserve_carried: YesNo = column("unspent central funds may be used in a later year", default="yes")
    freight_rate: float = column("cost of carrying a tonne one kilometre", "money/t/km", default=0.0, ge=0)
    detour_factor: float = column("road distance over great-circle distance", "km/km", default=1.3, ge=1)
    investment_exponent: float = column(
        "scale exponent of investment, construction labour and materials", default=0.6, ge=0, le=2
    )
    worker_exponent: float = column("scale exponent of operating workers", default=0.8, ge=0, le=2)
    coverage_floor: float = column(
        "least share of each county's demand that domestic output meets; 0: no floor", "share", default=0.0, ge=0, le=1
    )
    coverage_floor_from: int | None = column(
        "first year of the floor; blank: the first plan year", "year", default=None, ge=1900, le=2200
    )
    objective: Objective = column(
        "what is made least or greatest, before cost decides among equals; with least central funds or least concentration, ask for output by coverage_floor or uncovered_cap",
        default="least cost",
    )
    objective_from: int | None = column(
        "first year that the objective looks at, where it is about coverage, and that uncovered_cap counts; blank: the first plan year",
        "year",
        default=None,
        ge=1900,
        le=2200,
    )
    disparity_limit: float | None = column(
        "most by which coverage of a good from domestic output may differ between provinces; blank: no limit",
        "share",
        default=None,
        ge=0,
        le=1,
    )
    disparity_limit_from: int | None = column(
        "first year of the disparity limit; blank: the first plan year", "year", default=None, ge=1900, le=2200
    )
    dispersion_cap: float = column(
        "most of the nation's new capacity for a good that one province may hold; 1: no limit",
        "share",
        default=1.0,
        ge=0,
        le=1,
    )
    gini_cap: float = column(
        "most that the Gini coefficient of coverage from domestic output over people may be, mean over goods; 1: no limit",
        "0 to 1",
        default=1.0,
        ge=0,
        le=1,
    )
    gini_cap_from: int | None = column(
        "first year of the Gini cap; blank: the first plan year", "year", default=None, ge=1900, le=2200
    )
    uncovered_cap: float | None = column(
        "most people whose demand domestic output does not meet, all years from objective_from on together, as the objective greatest coverage counts them; blank: no limit",
        "person-years",
        default=None,
        ge=0,
    )
    cost_cap: float | None = column(
        "most that the plan may cost, discounted; blank: no limit", "money", default=None, ge=0
    )
    coverage_weight: float = column(
        "weight of how little is covered beside how unevenly, in the objective greatest even coverage",
        "0 to 1",
        default=1.0,
        ge=0,
        le=1,
    )
    existing_output: Literal["as planned", "held"] = column(
        "as planned: existing plants make what is best for the plan; held: they go on making what they can sell at home",
        default="as planned",
    )
    modernise_anywhere: YesNo = column(
        "existing plants may be modernised in counties that have not joined, though not in those barred from the programme",
        default="no",
    )
    local_input_share: float = column(
        "least share of raw materials, by value, that is the county's own", "share", default=0.0, ge=0, le=1
    )
    local_input_scope: Literal["county", "province", "nation"] = column(
        "where that share must be reached: in each county, in each province, or in the nation", default="county"
    )
    support_lead: int = column(
        "years from founding a technical support base to its effect", "years", default=1, ge=0, le=20
    )
    county_budgets: YesNo = column("plan the budgets of counties that have a revenue", default="yes")
    budget_growth: float = column(
        "yearly growth of revenue, essential and remittance_quota after the first year",
        "share/yr",
        default=0.0,
        gt=-1,
        le=1,
    )
    funds_arriving: float = column("share of central_funds that arrives", "share", default=1.0, ge=0, le=1)
    quota: float = column(
        "share of usable output that a running plant delivers to the state first, for designs without their own",
        "share",
        default=0.0,
        ge=0,
        le=1,
    )
    plant_income_share: float = column(
        "share of the net income of the plan's plants that their county receives", "share", default=0.0, ge=0, le=1
    )
    stipend_share: float = column(
        "share of a plant's revenue beyond its quota that goes to its workers", "share", default=0.0, ge=0, le=1
    )
    least_stipend: float = column(
        "least that workers of plants receive so, as a share of their market_product", "share", default=0.0, ge=0, le=1
    )
    remittance_rate: float = column(
        "least share of its revenue that a county owes the centre, for counties without their own",
        "share",
        default=0.0,
        ge=0,
        le=1,
    )
    extra_remittance: YesNo = column("counties may remit more than they owe", default="no")
    recycled_share: float = column(
        "part of last year's remittances that adds to central funds", "share", default=0.0, ge=0, le=1
    )
    fund_share: float = column(
        "part of a county's surplus that its priority fund keeps", "share", default=0.0, ge=0, le=1
    )
    donor_premium: float = column(
        "what donors are repaid beyond their money, as a share of it", "share", default=0.0, ge=0, le=1
    )
    most_donated_share: float = column(
        "most share of a county's investment paid by donors", "share", default=1.0, ge=0, le=1
    )
    subsidy_penalty: float = column(
        "penalty on money with which the centre subsidises a county's budget", "money/money", default=0.1, ge=0
    )
    shortfall_penalty: float = column(
        "penalty on money that a county owes the centre and does not remit", "money/money", default=1.0, ge=0
    )
    default_variant: str | None = column("variant solved when none is named; blank: the first", default=None)
    gap: float = column("relative gap at which solving may stop", "share", default=0.01, ge=0, le=1)
    time_limit: float = column("seconds after which solving stops", "s", default=600.0, gt=0)
    threads: int = column("threads of the solver", "threads", default=2, ge=1, le=256)
    seed: int = column("random seed of the solver", default=0, ge=0, le=2147483647)
    solver: str = column("HiGHS, or another solver PuLP finds on the machine", default="HiGHS")
