"""Tables of who pays for construction, and of the centre's money."""

from collections.abc import Iterator

from models.instance import Instance
from models.measures.funding import Payment, payments
from models.measures.funding import central_budget as central_budget_of
from models.plan import Result
from reports.columns import (
    ANY_YEAR,
    MONEY,
    PROVINCE_COLUMNS,
    SHARE,
    YEAR_COLUMN,
    Column,
    Row,
    plan_of,
    region_row,
    table,
)
from reports.mechanisms import has_budgets, has_donors, has_support

ALL_YEARS = "all years"


@table(
    "Who pays",
    (
        Column("year", ANY_YEAR, "plan year, or all of them"),
        *PROVINCE_COLUMNS,
        Column("central", MONEY, "money of the centre", "central funds"),
        Column("local", MONEY, "money of the counties", "local funds"),
        Column("donated", MONEY, "money of donors", "donations", has_donors),
        Column("total", MONEY, "cost of construction, not discounted"),
        Column("central_share", SHARE, "part that the centre pays", "central"),
        Column("local_share", SHARE, "part that the counties pay", "local"),
        Column("donated_share", SHARE, "part that donors give", "donated", has_donors),
        Column("premium", MONEY, "what donors are repaid beyond their money", "donors' premium", has_donors),
    ),
    key_columns=3,
)
def who_pays(instance: Instance, result: Result) -> Iterator[Row]:
    """Who pays for construction: centre, counties or donors, by year and province, and for the nation and all years
    together. Nothing is discounted.
    """
    known = payments(instance, plan_of(result))
    regions = {"": tuple(instance.provinces), **{province: (province,) for province in instance.provinces}}
    spans: dict[int | str, tuple[int, ...]] = {year: (year,) for year in instance.years}
    for year, years in {**spans, ALL_YEARS: instance.years}.items():
        for region, provinces in regions.items():
            paid = sum((known[province, when] for province in provinces for when in years), Payment())
            yield {
                "year": year,
                **region_row(instance, region),
                "central": paid.central,
                "local": paid.local,
                "donated": paid.donated,
                "total": paid.total,
                "central_share": paid.central_share,
                "local_share": paid.local_share,
                "donated_share": paid.donated_share,
                "premium": paid.premium,
            }


@table(
    "Central budget",
    (
        YEAR_COLUMN,
        Column("funds", MONEY, "central funds of the year"),
        Column("recycled", MONEY, "part of last year's remittances that adds to them", concerns=has_budgets),
        Column("reserve_before", MONEY, "kept from the year before", "reserve from before"),
        Column("available", MONEY, "all three together"),
        Column("construction", MONEY, "spent on what is built in counties"),
        Column("subsidies", MONEY, "given to counties for essential expenditure", concerns=has_budgets),
        Column("support", MONEY, "spent on technical support bases", "support bases", has_support),
        Column("reserve", MONEY, "kept for the next year", "reserve kept"),
        Column("lapsed", MONEY, "neither spent nor kept", "left unused"),
        Column("use", SHARE, "what is spent as a share of what is available"),
    ),
)
def central_budget(instance: Instance, result: Result) -> Iterator[Row]:
    """What the centre has in each year and what becomes of it: funds + recycled + reserve from before =
    construction + subsidies + support bases + reserve kept + left unused. Nothing is discounted.
    """
    for budget in central_budget_of(instance, plan_of(result)):
        yield {
            "year": budget.year,
            "funds": budget.funds,
            "recycled": budget.recycled,
            "reserve_before": budget.reserve_before,
            "available": budget.available,
            "construction": budget.construction,
            "subsidies": budget.subsidies,
            "support": budget.support,
            "reserve": budget.reserve,
            "lapsed": budget.lapsed,
            "use": budget.use,
        }
