"""Tables of how plants are used: utilisation, support bases, existing industry."""

from collections.abc import Iterator

from models.instance import Instance
from models.measures.plants import Utilisation, existing_output, modernised, support_bases
from models.measures.plants import utilisation as utilisation_of
from models.measures.shares import NEGLIGIBLE, whole
from models.plan import Result
from reports.columns import (
    ANY_YEAR,
    GOOD_COLUMNS,
    MONEY,
    PLACE_COLUMNS,
    PLANTS,
    PROVINCE_COLUMNS,
    SHARE,
    TEXT,
    TONNES,
    TONNES_YEAR,
    YEAR,
    YEAR_COLUMN,
    Column,
    Row,
    county_order,
    good_row,
    place_row,
    plan_of,
    province_row,
    table,
)
from reports.mechanisms import has_existing, has_support


@table(
    "Utilisation",
    (
        YEAR_COLUMN,
        Column("design", TEXT, "code of the plant design", "design code"),
        Column("design_name", TEXT, "name of the plant design", "design"),
        *GOOD_COLUMNS,
        Column("running", PLANTS, "plants running"),
        Column("capacity", TONNES_YEAR, "their output at full utilisation", "full capacity"),
        Column("allowed", TONNES_YEAR, "what power, materials and support bases allow", "allowed output"),
        Column("output", TONNES_YEAR, "output"),
        Column("used_share", SHARE, "output as a share of full capacity", "utilisation"),
        Column("allowed_share", SHARE, "allowed output as a share of full capacity", "utilisation allowed"),
    ),
    key_columns=3,
)
def utilisation(instance: Instance, result: Result) -> Iterator[Row]:
    """How far the plants of each design are used, by year, and how far power, materials and support bases allow."""
    total: dict[tuple[int, str], Utilisation] = {}
    for (_, code, year), used in utilisation_of(instance, plan_of(result)).items():
        total[year, code] = total.get((year, code), Utilisation()) + used
    for year in instance.years:
        for code, design in instance.designs.items():
            if (year, code) in total:
                used = total[year, code]
                yield {
                    "year": year,
                    "design": code,
                    "design_name": design.name,
                    **good_row(instance, design.good),
                    "running": whole(used.running),
                    "capacity": used.capacity,
                    "allowed": used.allowed,
                    "output": used.output,
                    "used_share": used.used_share,
                    "allowed_share": used.allowed_share,
                }


@table(
    "Support bases",
    lambda instance: (
        *PROVINCE_COLUMNS,
        Column("founded", YEAR, "year in which the base is founded"),
        Column("works_from", YEAR, "first year in which it raises utilisation", "works from"),
        Column("uplift", SHARE, "share of capacity that it adds to utilisation", "utilisation added"),
        Column("cost", MONEY, "cost to the centre, not discounted"),
        *(
            Column(code, TONNES, f"output of {good.name} that only the base allows, all years", f"extra {good.name}")
            for code, good in instance.goods.items()
        ),
    ),
    key_columns=2,
    concerns=has_support,
)
def support(instance: Instance, result: Result) -> Iterator[Row]:
    """Which provinces found a technical support base, and what their plants make beyond what they could without."""
    for base in support_bases(instance, plan_of(result)):
        yield {
            **province_row(instance, base.province),
            "founded": base.founded,
            "works_from": base.works_from,
            "uplift": instance.provinces[base.province].support_uplift,
            "cost": base.cost,
            **{
                code: sum(tonnes for (good, _), tonnes in base.extra.items() if good == code) for code in instance.goods
            },
        }


@table(
    "Existing industry",
    (
        *PLACE_COLUMNS,
        *GOOD_COLUMNS,
        Column("capacity", TONNES_YEAR, "usable capacity"),
        Column("usual", TONNES_YEAR, "output without the plan: capacity, as far as needed there", "output before"),
        Column("output", TONNES_YEAR, "output in the last year", "output after"),
        Column("crowded_out", TONNES_YEAR, "lost because the county joins the programme", "crowded out"),
        Column("idle", TONNES_YEAR, "not made for other reasons, such as cheaper supply", "otherwise idle"),
        Column("modernised", ANY_YEAR, "year in which its modernisation starts", "modernised in"),
    ),
    key_columns=2,
    concerns=has_existing,
)
def existing_industry(instance: Instance, result: Result) -> Iterator[Row]:
    """What becomes of the industry that stood before the plan: its output without the plan and in the last year, what
    the programme crowds out, and what it modernises. The output of a modernised plant is with the new ones.
    """
    plan, year = plan_of(result), instance.last_year
    known, renewed = existing_output(instance, plan), modernised(instance, plan)
    order, goods = county_order(instance), {good: rank for rank, good in enumerate(instance.goods)}
    for county, good in sorted(instance.existing, key=lambda place: (order[place[0]], goods[place[1]])):
        found = known[county, good, year]
        if max(found.capacity, found.output) > NEGLIGIBLE:
            yield {
                **place_row(instance, county),
                **good_row(instance, good),
                "capacity": found.capacity,
                "usual": found.usual,
                "output": found.output,
                "crowded_out": found.crowded_out,
                "idle": found.idle,
                "modernised": renewed.get((county, good)),
            }
