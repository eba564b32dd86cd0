"""The table of state quotas, excess output and stipends."""

from collections.abc import Iterator

from models.instance import Instance
from models.measures.quota import Delivery, deliveries, least_incentive
from models.measures.shares import whole
from models.plan import Result
from reports.columns import (
    GOOD_COLUMNS,
    MONEY_PERSON,
    MONEY_YEAR,
    PERSONS,
    PLANTS,
    SHARE,
    TEXT,
    TONNES_YEAR,
    YEAR_COLUMN,
    Column,
    Row,
    good_row,
    plan_of,
    table,
)
from reports.mechanisms import has_quotas


@table(
    "Quotas",
    (
        YEAR_COLUMN,
        Column("design", TEXT, "code of the plant design; blank for all of them", "design code"),
        Column("design_name", TEXT, "name of the plant design", "design"),
        *GOOD_COLUMNS,
        Column("running", PLANTS, "plants running"),
        Column("quota", TONNES_YEAR, "output delivered to the state first"),
        Column("excess", TONNES_YEAR, "output beyond the quota"),
        Column("state_revenue", MONEY_YEAR, "quota at state price", "revenue at state price"),
        Column("market_revenue", MONEY_YEAR, "excess at market price", "revenue at market price"),
        Column("stipends", MONEY_YEAR, "part of the latter paid to workers"),
        Column("workers", PERSONS, "persons who run the plants"),
        Column("stipend", MONEY_PERSON, "stipends a worker", "stipend"),
        Column("market_product", MONEY_PERSON, "what a worker would produce elsewhere", "market product"),
        Column("incentive", SHARE, "stipends relative to what workers would produce elsewhere"),
        Column("least_county", TEXT, "county where that is least", "county with least"),
        Column("least_incentive", SHARE, "incentive in that county", "its incentive"),
    ),
    key_columns=3,
    concerns=has_quotas,
)
def quotas(instance: Instance, result: Result) -> Iterator[Row]:
    """What plants deliver to the state and sell beyond it, and whether stipends make it worth their workers' while, by
    design and year, and for all designs together. The rule on stipends holds for all plants of a county together.
    """
    by_year: dict[int, dict[str, dict[str, Delivery]]] = {year: {} for year in instance.years}
    for (county, code, year), delivery in deliveries(instance, plan_of(result)).items():
        for kind in (code, ""):
            found = by_year[year].setdefault(kind, {})
            found[county] = found.get(county, Delivery()) + delivery
    for year, designs in by_year.items():
        for code in (*instance.designs, ""):
            if code in designs:
                yield _row(instance, year, code, designs[code])


def _row(instance: Instance, year: int, code: str, by_county: dict[str, Delivery]) -> Row:
    total = sum(by_county.values(), Delivery())
    least = least_incentive(by_county)
    return {
        "year": year,
        "design": code,
        "design_name": instance.designs[code].name if code else "all designs",
        **good_row(instance, instance.designs[code].good if code else ""),
        "running": whole(total.running),
        "quota": total.quota,
        "excess": total.excess,
        "state_revenue": total.state_revenue,
        "market_revenue": total.market_revenue,
        "stipends": total.stipends,
        "workers": total.workers,
        "stipend": total.stipend_per_worker,
        "market_product": total.market_product_per_worker,
        "incentive": total.incentive,
        "least_county": "" if least is None else instance.counties[least].name,
        "least_incentive": None if least is None else by_county[least].incentive,
    }
