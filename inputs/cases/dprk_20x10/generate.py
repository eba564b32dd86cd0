"""Make the workbook of the 20x10 case from the plain tables beside this script.

    python -m inputs.cases.dprk_20x10.generate [OUTPUT]

The tables hold facts (`counties.csv`, `decided.csv`), choices (`variants.csv`, `sites.csv` ...) and
`assumptions.csv`: every assumed figure with its plausible range and reasoning. An assumption named
`Sheet.key.column` is that cell of the workbook; any other name is a parameter of a formula below.
Everything else is computed, and every row tells its status, its sources and its reasoning.
"""

import math
import sys
from collections.abc import Mapping
from pathlib import Path

from inputs import sheets
from inputs.cases.dprk_20x10.budgets import budgets, kind_of_quota
from inputs.cases.dprk_20x10.places import CAPITAL, distance, people, relief
from inputs.cases.dprk_20x10.plain import (
    FOLDER,
    Cells,
    assumed,
    filled,
    joined,
    read,
    reasoning,
    rounded,
    sources,
    typed,
)
from inputs.template import write_workbook

OUTPUT = FOLDER.parents[1] / "dprk-20x10.xlsx"
USUAL_YEAR = 2028
"""The year in which plants are used as `plant_utilisation` says; less before it, more after it."""

Tables = dict[str, list[Cells]]


def counties() -> list[Cells]:
    """Facts of every county and what it can give.

    workers = pool_urban * urban + pool_rural * rural
    market_product = product_mean * (product_rural + (product_urban - product_rural) * urban / population)
    local_funds = funds_base + (funds_urban * urban + funds_rural * rural) / 1000
    local_labour = labour_share * population
    site_cost_index = site_cost_<relief> + site_cost_per_100km * distance to the capital / 100
    Revenue, essential expenditure, quota and donations are made by `budgets`.
    """
    facts = read("counties")
    money = budgets()
    capital = next(county for county in facts if county["county"] == CAPITAL)
    rows = []
    for county in facts:
        everyone, urban, rural = people(county)
        ground, away = relief(county), distance(capital, county)
        spread = assumed("product_urban") - assumed("product_rural")
        product = assumed("product_mean") * (assumed("product_rural") + spread * urban / everyone)
        funds = assumed("funds_urban") * urban + assumed("funds_rural") * rural
        index = assumed(f"site_cost_{ground}") + assumed("site_cost_per_100km") * away / 100
        cells = {
            **county,
            **money[county["county"]],
            "population": everyone,
            "workers": rounded(assumed("pool_urban") * urban + assumed("pool_rural") * rural, 10),
            "market_product": rounded(product, 0.01),
            "local_funds": rounded(assumed("funds_base") + funds / 1000, 5),
            "local_labour": rounded(assumed("labour_share") * everyone, 10),
            "site_cost_index": rounded(index, 0.01),
            "status": "derived",
            "source": sources(
                county["source"], "product_mean", "product_urban", "funds_base", "local_revenue_share", "market_traders"
            ),
            "note": joined(
                [
                    county["note"],
                    f"people of 2008, {urban:.0f} of them urban, not raised to today's number",
                    f"coordinates of the {county['coordinates_of']}",
                    f"{ground} by density, {away:.0f} km from the capital",
                    "workers, market product, funds, labour and site cost index follow assumed formulas",
                    f"so do revenue, essential expenditure, donations and the quota, that of a {kind_of_quota(county)}",
                ],
                "; ",
            ),
        }
        rows.append(typed(cells, sheets.County))
    return rows


def county_inputs() -> list[Cells]:
    """Raw materials of each county, and the fibre of the works in `works.csv`.

    grain, beans, cloth, chemicals = <input>_per_rural * rural (grain * grain_mountain in mountains)
    timber = timber_<relief> * area
    """
    rows = filled(sheets.CountyInput, read("works"))
    for county in read("counties"):
        rural, ground = people(county)[2], relief(county)
        farmed = {name: assumed(f"{name}_per_rural") * rural for name in ("grain", "beans", "cloth", "chemicals")}
        farmed["grain"] *= assumed("grain_mountain") if ground == "mountain" else 1.0
        found = {**farmed, "timber": assumed(f"timber_{ground}") * float(county["area_km2"] or 0)}
        for name, tonnes in found.items():
            if (amount := rounded(tonnes, 5)) > 0:
                basis = f"area, {ground}" if name == "timber" else f"{rural:.0f} rural people, {ground}"
                per = f"timber_{ground}" if name == "timber" else f"{name}_per_rural"
                cells = {"county": county["county"], "input": name, "tonnes": amount, "status": "assumption"}
                note = {"note": f"from {basis}; {reasoning(per, per)}"}
                rows.append(typed({**cells, **note}, sheets.CountyInput))
    return rows


def county_materials() -> list[Cells]:
    """Construction materials of each county: county_<material> * population."""
    rows = []
    for county in read("counties"):
        for material in ("cement", "steel"):
            name = f"county_{material}"
            cells = {
                "county": county["county"],
                "material": material,
                "tonnes": rounded(assumed(name) * people(county)[0], 5),
                "status": "assumption",
                "note": reasoning("tonnes a head", name),
            }
            rows.append(typed(cells, sheets.CountyMaterial))
    return rows


def wanted_by_people(good: str) -> bool:
    """Whether people use a good; others are only made into something."""
    return assumed(f"Goods.{good}.norm") > 0


def existing_plants() -> list[Cells]:
    """Local industry that stood before the plan.

    weight = urban ** existing_concentration, 0 in towns below the good's existing_least_town
    capacity * existing_utilisation = the lesser of
        existing_share * national demand * weight / sum of weights  and  existing_cap * own demand
    """
    rows = []
    for good in read("goods"):
        code = good["good"]
        if not wanted_by_people(code):
            continue
        norm, utilisation = assumed(f"Goods.{code}.norm") / 1000, assumed("existing_utilisation")
        share, least = assumed(f"goods.{code}.existing_share"), assumed(f"goods.{code}.existing_least_town")
        facts = read("counties")
        weights = {
            county["county"]: people(county)[1] ** assumed("existing_concentration")
            for county in facts
            if people(county)[1] >= least
        }
        output = share * norm * sum(people(county)[0] for county in facts) / sum(weights.values())
        for county in facts:
            most = assumed("existing_cap") * norm * people(county)[0]
            made = min(output * weights.get(county["county"], 0.0), most)
            if (capacity := rounded(made / utilisation, 5)) > 0:
                cells = {
                    "county": county["county"],
                    "good": code,
                    "capacity": capacity,
                    "utilisation": utilisation,
                    "variable_cost": assumed(f"goods.{code}.existing_cost"),
                    "status": "assumption",
                    "source": sources(
                        "", f"goods.{code}.existing_share", "existing_utilisation", "existing_concentration"
                    ),
                    "note": f"{share:.0%} of the nation's demand spread over urban people; "
                    + reasoning("share", f"goods.{code}.existing_share"),
                }
                rows.append(typed(cells, sheets.ExistingPlant))
    return rows


def building(floor: float, equipment: float) -> Mapping[str, float]:
    """What a building with its machines takes: money, labour and materials.

    investment = building_cost * floor + equipment_price * equipment
    construction_labour, cement, steel = building_<...> * floor
    """
    return {
        "investment": rounded(assumed("building_cost") * floor + assumed("equipment_price") * equipment, 5),
        "construction_labour": rounded(assumed("building_labour") * floor, 5),
        "cement": rounded(assumed("building_cement") * floor, 5),
        "steel": rounded(assumed("building_steel") * floor, 1),
    }


def enlarged(design: Mapping[str, str]) -> bool:
    """Whether a design is a county plant many times over, whose figures follow the scale rule."""
    return design["scale"] == "provincial" and bool(design["reference"])


def sized(design: Mapping[str, str]) -> tuple[float, float, float]:
    """Floor, equipment and workers of a design that is not enlarged, shares of them for a modernisation."""
    own = f"designs.{design['good']}."
    floor, equipment, workers = (assumed(own + name) for name in ("floor", "equipment", "workers"))
    if design["kind"] == "new":
        return floor, equipment, workers
    return (
        floor * assumed("modernised_floor"),
        equipment * assumed("modernised_equipment"),
        workers * assumed("modernised_workers"),
    )


def designs() -> list[Cells]:
    """Plant designs.

    A county-scale plant costs what `building` says and fixed_cost_share of it every year. A modernisation is a
    share of it in capacity, floor, equipment and workers. A provincial plant is provincial_multiple
    county plants in capacity, and all else follows the scale rule of its good. A provincial plant that has no smaller
    one is given as a county plant is.
    """
    rows = []
    for design in read("designs"):
        own = f"designs.{design['good']}."
        provincial, new = design["scale"] == "provincial", design["kind"] == "new"
        capacity = assumed(own + "capacity")
        size = assumed("provincial_multiple") if enlarged(design) else 1 if new else assumed("modernised_capacity")
        cells = {
            **design,
            "capacity": rounded(capacity * size, 5),
            "variable_cost": assumed(own + "variable_cost"),
            "lead_years": assumed("provincial_lead" if provincial else "county_lead"),
            "lifetime_years": assumed("plant_lifetime"),
            "utilisation": assumed("plant_utilisation"),
            "max_plants": 1 if not new else assumed(f"most_{'provincial' if provincial else 'county'}_plants"),
            "status": "assumption",
            "source": sources("", own + "floor", "building_labour", "plant_utilisation", "county_lead"),
        }
        if enlarged(design):
            cells["note"] = joined(
                [
                    reasoning("capacity", "provincial_multiple"),
                    "blanks follow the scale rule",
                    reasoning("lead", "provincial_lead"),
                ],
                "; ",
            )
        else:
            floor, equipment, workers = sized(design)
            built = building(floor, equipment)
            cells["investment"] = built["investment"]
            cells["construction_labour"] = built["construction_labour"]
            cells["workers"] = rounded(workers, 1)
            cells["fixed_cost"] = rounded(assumed("fixed_cost_share") * built["investment"], 1)
            parts = ["floor", "equipment", "capacity", "workers", "variable_cost"] if new else []
            names = ("capacity", "floor", "equipment", "workers")
            shares = [] if new else [f"modernised_{name}" for name in names]
            cells["note"] = joined(
                [
                    f"{floor:.0f} m2 of floor and {equipment:.0f} t of equipment",
                    *(reasoning(part, own + part) for part in parts),
                    *(reasoning(share, share) for share in shares),
                    reasoning("building_cost", "building_cost"),
                    reasoning("equipment_price", "equipment_price"),
                    reasoning("building_labour", "building_labour"),
                    reasoning("utilisation", "plant_utilisation"),
                    *([reasoning("lead", "provincial_lead")] if provincial else []),
                ],
                "; ",
            )
        rows.append(typed(cells, sheets.Design))
    return rows


def design_materials() -> list[Cells]:
    """Materials of all designs but the enlarged ones, whose materials follow the scale rule."""
    rows = []
    for design in read("designs"):
        if not enlarged(design):
            floor, equipment, _ = sized(design)
            for material in read("materials"):
                tonnes = building(floor, equipment)[material["material"]]
                cells = {"design": design["design"], "material": material["material"], "tonnes": tonnes}
                per = f"building_{material['material']}"
                note = f"{floor:.0f} m2 of floor; {reasoning('t/m2', per)}"
                rows.append(typed({**cells, "status": "assumption", "note": note}, sheets.DesignMaterial))
    return rows


def utilisation() -> list[Cells]:
    """Utilisation of every design by year: plant_utilisation + power_gain * (year - USUAL_YEAR)."""
    usual, gain = assumed("plant_utilisation"), assumed("power_gain")
    note = joined((reasoning("a year more", "power_gain"), reasoning("usual", "plant_utilisation")), "; ")
    return [
        {
            "design": design["design"],
            "year": int(year),
            "utilisation": rounded(usual + gain * (int(year) - USUAL_YEAR), 0.001),
            "status": "assumption",
            "source": sources("", "plant_utilisation"),
            "note": note,
        }
        for design in read("designs")
        for year in read("resources")[0]
        if year.isdigit()
    ]


def provinces() -> list[Cells]:
    """Provinces, and what a technical support base would give there and cost.

    support_uplift = support_uplift_<support>; no base can be founded where `support` is none
    support_cost = support_base + support_per_head * people / 1000
    """
    rows = []
    for province in read("provinces"):
        found = filled(sheets.Province, [{**province, "status": "assumption"}])[0]
        if (gain := province["support"]) != "none":
            of = [county for county in read("counties") if county["province"] == province["province"]]
            heads = sum(people(county)[0] for county in of)
            uplift, base = f"support_uplift_{gain}", assumed("support_base")
            found["support_uplift"] = assumed(uplift)
            found["support_cost"] = rounded(base + assumed("support_per_head") * heads / 1000, 10)
            costs = [reasoning(f"support {name}", f"support_{name}") for name in ("base", "per_head")]
            found["note"] = joined([found["note"], reasoning("support_uplift", uplift), *costs], "; ")
        rows.append(found)
    return rows


def package() -> tuple[list[Cells], list[Cells]]:
    """Package items and their materials, from floor and equipment as for plants."""
    items, materials = [], []
    for item in read("package_items"):
        own = f"items.{item['item']}."
        built = building(assumed(own + "floor"), assumed(own + "equipment"))
        note = [item["note"], *(reasoning(part, own + part) for part in ("floor", "equipment"))]
        cells = {**item, **built, "status": "assumption", "note": joined(note, "; ")}
        cells["source"] = sources(item["source"], "building_labour")
        items.append(typed(cells, sheets.PackageItem))
        for material in read("materials"):
            code = material["material"]
            cells = {"item": item["item"], "material": code, "tonnes": built[code], "status": "assumption"}
            of = [note[1], reasoning("t/m2", f"building_{code}")]
            materials.append(typed({**cells, "note": joined(of, "; ")}, sheets.PackageMaterial))
    return items, materials


def site_overrides() -> list[Cells]:
    """Textile mills only at sites named for one; more county-scale plants in cities.

    max_plants = population / people_per_plant, where that exceeds most_county_plants
    """
    mills = [design["design"] for design in read("designs") if design["good"] == "cloth"]
    without = {"allowed": "no", "status": "assumption", "note": "no textile town: a mill is thought of only in five"}
    rows = [
        {"county": site["county"], "design": mill, **without}
        for mill in mills
        for site in read("sites")
        if site["mill"] == "no"
    ]
    for county in read("counties"):
        most = math.ceil(people(county)[0] / assumed("people_per_plant"))
        if most > assumed("most_county_plants"):
            for design in read("designs"):
                if design["scale"] == "county" and design["kind"] == "new":
                    cells = {"county": county["county"], "design": design["design"], "max_plants": most}
                    note = reasoning("max_plants", "people_per_plant")
                    rows.append(typed({**cells, "status": "assumption", "note": note}, sheets.SiteOverride))
    return rows


def goods() -> list[Cells]:
    """Goods, priced by what their import costs.

    import_currency, market_price, state_price = <...>_share * import_price
    shortage_penalty = shortage_factor * import_price, blank where people use none
    """
    rows = filled(sheets.Good, ({**row, "status": "assumption"} for row in read("goods")))
    for row in rows:
        priced = {name: assumed(f"{name}_share") for name in ("import_currency", "market_price", "state_price")}
        if wanted_by_people(row["good"]):
            priced["shortage_penalty"] = assumed(f"goods.{row['good']}.shortage_factor")
        for name, share in priced.items():
            row.setdefault(name, rounded(share * row["import_price"], 0.01))
    return rows


def resources() -> list[Cells]:
    """Yearly means, one row a resource and year."""
    return [
        typed({**row, "year": year, "amount": row[year]}, sheets.Resource)
        for row in read("resources")
        for year in row
        if year.isdigit()
    ]


def tables() -> Tables:
    """Every sheet of the workbook, its rows keyed by column."""
    items, item_materials = package()
    assumed_rows = {"status": "assumption"}
    found: dict[type[sheets.Row], list[Cells]] = {
        sheets.Setting: filled(sheets.Setting, read("settings")),
        sheets.Province: provinces(),
        sheets.County: counties(),
        sheets.Good: goods(),
        sheets.Scale: filled(sheets.Scale, read("scales")),
        sheets.Site: filled(sheets.Site, ({**row, **assumed_rows, "scale": "provincial"} for row in read("sites"))),
        sheets.Design: designs(),
        sheets.DesignMaterial: design_materials(),
        sheets.DesignInput: filled(sheets.DesignInput, read("design_inputs")),
        sheets.Utilisation: utilisation(),
        sheets.Material: filled(sheets.Material, ({**row, **assumed_rows} for row in read("materials"))),
        sheets.Input: filled(sheets.Input, read("inputs")),
        sheets.CountyInput: county_inputs(),
        sheets.CountyMaterial: county_materials(),
        sheets.ExistingPlant: existing_plants(),
        sheets.Resource: resources(),
        sheets.PackageItem: items,
        sheets.PackageMaterial: item_materials,
        sheets.SiteOverride: site_overrides(),
        sheets.Decided: filled(sheets.Decided, read("decided")),
        sheets.Variant: filled(sheets.Variant, read("variants")),
        sheets.Override: filled(sheets.Override, read("overrides")),
        sheets.Source: filled(sheets.Source, read("sources")),
    }
    return {sheet.sheet: rows for sheet, rows in found.items()}


def main(arguments: list[str]) -> None:
    """Write the workbook to the path given, or over the packaged one."""
    write_workbook(Path(arguments[0]) if arguments else OUTPUT, tables(), wide={"Resources", "Utilisation"})


if __name__ == "__main__":
    main(sys.argv[1:])
