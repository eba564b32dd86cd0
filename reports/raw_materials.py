"""Tables of raw materials: which are used, whose they are, and whether plants stand where they are."""

from collections.abc import Iterable, Iterator, Mapping

from models.instance import Instance
from models.measures.raw_materials import MaterialValue, material_value, suitability
from models.measures.shares import NEGLIGIBLE, share, whole
from models.plan import Result
from reports.columns import (
    GOOD_COLUMNS,
    MONEY_YEAR,
    PLACE_COLUMNS,
    PLANTS,
    PROVINCE_COLUMNS,
    SHARE,
    TEXT,
    TONNES_YEAR,
    YEAR_COLUMN,
    YES_NO,
    Column,
    Row,
    county_order,
    good_row,
    place_row,
    plan_of,
    region_row,
    table,
)
from reports.mechanisms import has_intermediates, has_raw_materials


@table(
    "Raw materials",
    (
        YEAR_COLUMN,
        *PLACE_COLUMNS,
        Column("input", TEXT, "code of the raw material", "raw material code"),
        Column("input_name", TEXT, "raw material", "raw material"),
        Column("local", TONNES_YEAR, "taken from the county itself"),
        Column("bought", TONNES_YEAR, "bought from elsewhere"),
        Column("made", TONNES_YEAR, "goods used as raw material", "intermediate product", has_intermediates),
        Column("local_share", SHARE, "the county's own as a share of own and bought, by weight"),
        Column("cost", MONEY_YEAR, "cost of own and bought in the year, not discounted"),
    ),
    key_columns=3,
)
def inputs(instance: Instance, result: Result) -> Iterator[Row]:
    """Which raw materials the plants use, and whether they are the county's own, bought, or goods made for people as
    well. What such a good costs is counted where it is made or imported.
    """
    plan = plan_of(result)
    order = county_order(instance)
    rank = {code: position for position, code in enumerate(instance.inputs)}
    used = plan.local_input.keys() | plan.bought_input.keys() | plan.made_input.keys()
    for county, code, year in sorted(used, key=lambda index: (index[2], order[index[0]], rank[index[1]])):
        raw = instance.inputs[code]
        local = plan.local_input.get((county, code, year), 0.0)
        bought = plan.bought_input.get((county, code, year), 0.0)
        made = plan.made_input.get((county, code, year), 0.0)
        if local + bought + made > NEGLIGIBLE:
            yield {
                "year": year,
                **place_row(instance, county),
                "input": code,
                "input_name": raw.name,
                "local": local,
                "bought": bought,
                "made": made,
                "local_share": share(local, local + bought),
                "cost": local * raw.local_price + bought * raw.bought_price,
            }


VALUE_COLUMNS = (
    Column("local", MONEY_YEAR, "value of the counties' own raw materials", "own"),
    Column("bought", MONEY_YEAR, "value of what is bought elsewhere"),
    Column("local_share", SHARE, "own as a share of all, by value", "own share"),
    Column("made", MONEY_YEAR, "goods used as raw material, at market price", "intermediates", has_intermediates),
)


def _value_row(value: MaterialValue) -> dict[str, object]:
    return {
        "local": value.local,
        "bought": value.bought,
        "local_share": value.local_share,
        "made": value.made,
    }


@table(
    "Local inputs",
    (
        YEAR_COLUMN,
        *PROVINCE_COLUMNS,
        *VALUE_COLUMNS,
        Column("least_county", TEXT, "county with the least own share", "county with least"),
        Column("least_share", SHARE, "own share of that county", "its own share"),
        Column("asked", SHARE, "least own share that the settings ask for", "asked for"),
        Column("scope", TEXT, "where it is asked for: in each county, province, or in the nation", "asked for in each"),
    ),
    key_columns=3,
    concerns=has_raw_materials,
)
def local_inputs(instance: Instance, result: Result) -> Iterator[Row]:
    """How much of the raw materials is the counties' own, by value, for the nation and each province and year."""
    values = material_value(instance, plan_of(result))
    policy = instance.policy
    regions = {"": tuple(instance.counties), **instance.counties_of}
    for year in instance.years:
        for province, counties in regions.items():
            least = _least(values, counties, year)
            yield {
                "year": year,
                **region_row(instance, province),
                **_value_row(sum((values[county, year] for county in counties), MaterialValue())),
                "least_county": "" if least is None else instance.counties[least].name,
                "least_share": None if least is None else values[least, year].local_share,
                "asked": policy.local_input_share or None,
                "scope": policy.local_input_scope if policy.local_input_share else "",
            }


def _least(values: Mapping[tuple[str, int], MaterialValue], counties: Iterable[str], year: int) -> str | None:
    """The first county with the least own share, of those that use raw materials."""
    shares = {county: own for county in counties if (own := values[county, year].local_share) is not None}
    return min(shares, key=lambda county: shares[county], default=None)


@table(
    "Local inputs by county",
    (YEAR_COLUMN, *PLACE_COLUMNS, *VALUE_COLUMNS),
    key_columns=3,
    own_sheet=False,
    concerns=has_raw_materials,
)
def local_inputs_by_county(instance: Instance, result: Result) -> Iterator[Row]:
    """How much of the raw materials is the county's own, by value, for each county and year that uses any."""
    values = material_value(instance, plan_of(result))
    for year in instance.years:
        for county in county_order(instance):
            value = values[county, year]
            if value.local + value.bought + value.made > NEGLIGIBLE:
                yield {"year": year, **place_row(instance, county), **_value_row(value)}


@table(
    "Comparative advantage",
    (
        *PLACE_COLUMNS,
        *GOOD_COLUMNS,
        Column("own_share", SHARE, "own raw materials of one such plant at full use, by value", "own raw materials"),
        Column("built", YES_NO, "yes: the plan builds plants of the good there"),
        Column("plants", PLANTS, "plants of the good started there in all plan years"),
        Column("design_name", TEXT, "cheapest plant of the good that may be built there", "judged by the plant"),
    ),
    key_columns=2,
    concerns=has_raw_materials,
)
def comparative_advantage(instance: Instance, result: Result) -> Iterator[Row]:
    """How far each county's own raw materials would feed the cheapest plant of a good, alone there and at its usable
    capacity, beside whether the plan builds one. Blank where such a plant needs none. The Summary compares the means.
    """
    order, goods = county_order(instance), {good: rank for rank, good in enumerate(instance.goods)}
    known = suitability(instance, plan_of(result))
    for place in sorted(known, key=lambda place: (order[place.county], goods[place.good])):
        yield {
            **place_row(instance, place.county),
            **good_row(instance, place.good),
            "own_share": place.own_share,
            "built": place.plants > 0,
            "plants": whole(place.plants),
            "design_name": instance.designs[place.design].name,
        }
