"""The table that a planner hands to a county: what it receives, gives and builds each year."""

from collections.abc import Iterator

from models.instance import Instance
from models.measures.shares import NEGLIGIBLE
from models.plan import Plan, Result
from reports.choices import joining, starting
from reports.columns import (
    MONEY,
    PERSON_YEARS,
    PLACE_COLUMNS,
    PLANTS,
    TEXT,
    TONNES,
    YEAR_COLUMN,
    YES_NO,
    Column,
    Row,
    county_order,
    place_row,
    plan_of,
    table,
)
from reports.mechanisms import has_donors


def _columns(instance: Instance) -> tuple[Column, ...]:
    materials: list[Column] = []
    for material in instance.materials.values():
        code, name = material.code, material.name
        materials.append(Column(f"central_{code}", TONNES, f"{name} that the centre sends", f"central {name}"))
        materials.append(Column(f"local_{code}", TONNES, f"{name} that the county provides", f"local {name}"))
    return (
        YEAR_COLUMN,
        *PLACE_COLUMNS,
        Column("joins", YES_NO, "yes: the county joins the programme in this year"),
        Column("central_funds", MONEY, "money that the centre pays for what is built, not discounted"),
        Column("local_funds", MONEY, "money that the county pays for what is built, not discounted"),
        Column("donations", MONEY, "money that donors give for what is built, not discounted", concerns=has_donors),
        Column("central_labour", PERSON_YEARS, "construction labour that the centre sends"),
        Column("local_labour", PERSON_YEARS, "construction labour that the county gives"),
        *materials,
        Column("plants_started", PLANTS, "plants whose construction starts in this year"),
        Column("plants", TEXT, "which plants start"),
        Column("still_building", TEXT, "plants started earlier and still under construction"),
        Column("items", TEXT, "package items received, such as a hospital", "package items"),
    )


@table("Allocation", _columns, key_columns=3)
def allocation(instance: Instance, result: Result) -> Iterator[Row]:
    """What each county is allotted and gives each year: funds, labour, materials, plants and package items, from the
    centre, from the county itself and from donors. One row for each county and year with anything; filter on a county
    to hand it its plan.
    """
    plan = plan_of(result)
    joins = set(joining(instance, plan))
    started = _started(instance, plan)
    building = _still_building(instance, plan)
    for county, year in _touched(instance, plan, joins | started.keys() | building.keys()):
        place = (county, year)
        row: dict[str, object] = {
            "year": year,
            **place_row(instance, county),
            "joins": place in joins,
            "central_funds": plan.central_funds.get(place, 0.0),
            "local_funds": plan.local_funds.get(place, 0.0),
            "donations": plan.donations.get(place, 0.0),
            "central_labour": plan.central_labour.get(place, 0.0),
            "local_labour": plan.local_labour.get(place, 0.0),
            "plants_started": sum(count for _, count in started.get(place, [])),
            "plants": _listed(instance, started.get(place, [])),
            "still_building": _listed(instance, building.get(place, [])),
            "items": "; ".join(item.name for item in instance.due_items(year)) if place in joins else "",
        }
        for material in instance.materials:
            row[f"central_{material}"] = plan.central_material.get((county, material, year), 0.0)
            row[f"local_{material}"] = plan.local_material.get((county, material, year), 0.0)
        yield row


def _touched(instance: Instance, plan: Plan, building: set[tuple[str, int]]) -> list[tuple[str, int]]:
    """(county, year) with a decision about anything, in order of year, province and county."""
    found = set(building)
    for means in (plan.central_funds, plan.local_funds, plan.donations, plan.central_labour, plan.local_labour):
        found.update(place for place, amount in means.items() if amount > NEGLIGIBLE)
    for material in (plan.central_material, plan.local_material):
        found.update((county, year) for (county, _, year), amount in material.items() if amount > NEGLIGIBLE)
    order = county_order(instance)
    return sorted(found, key=lambda place: (place[1], order[place[0]]))


def _started(instance: Instance, plan: Plan) -> dict[tuple[str, int], list[tuple[str, float]]]:
    """(design, count) started in each county and year."""
    found: dict[tuple[str, int], list[tuple[str, float]]] = {}
    for county, design, year, count in starting(instance, plan):
        found.setdefault((county, year), []).append((design, count))
    return found


def _still_building(instance: Instance, plan: Plan) -> dict[tuple[str, int], list[tuple[str, float]]]:
    """(design, count) under construction in each county and year, started in an earlier year."""
    found: dict[tuple[str, int], list[tuple[str, float]]] = {}
    for county, design, start, count in starting(instance, plan):
        for year in instance.years:
            if start < year and start in instance.under_construction(design, year):
                found.setdefault((county, year), []).append((design, count))
    return found


def _listed(instance: Instance, plants: list[tuple[str, float]]) -> str:
    """Plants in words: `2 x Bakery; 1 x Soy sauce works`; starts of several years add up."""
    counts: dict[str, float] = {}
    for design, count in plants:
        counts[design] = counts.get(design, 0.0) + count
    return "; ".join(f"{count:g} x {instance.designs[design].name}" for design, count in counts.items())
