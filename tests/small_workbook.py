"""The tables of a small valid workbook, for tests to alter and write.

Two provinces, three counties, two goods, two scales, four designs and two years. Figures are round,
so that a test can follow the arithmetic: food demand is 1000, 2000 and 3000 t/yr in alder, birch and
cedar, cloth demand a tenth of that; the provincial designs follow the scale rule from four or five
times smaller ones.
"""

from typing import Any

Tables = dict[str, list[dict[str, Any]]]


def small_tables() -> Tables:
    """A fresh copy of the tables, by sheet; write them with `inputs.template.write_workbook`."""
    return {
        "Settings": [
            {"setting": "title", "value": "Small case"},
            {"setting": "first_year", "value": 2027},
            {"setting": "last_year", "value": 2028},
            {"setting": "freight_rate", "value": 0.1},
        ],
        "Provinces": [
            {"province": "north", "name": "North"},
            {"province": "south", "name": "South"},
        ],
        "Counties": [
            _county("alder", "north", 10_000, 40.0, 126.0),
            _county("birch", "north", 20_000, 40.0, 127.0),
            _county("cedar", "south", 30_000, 38.0, 126.0),
        ],
        "Goods": [
            {"good": "food", "name": "Foodstuffs", "norm": 100, "shortage_penalty": 5000},
            {"good": "cloth", "name": "Clothing", "norm": 10, "shortage_penalty": 9000},
        ],
        "Scales": [
            {"scale": "county", "name": "County", "lanes": "own county"},
            {"scale": "provincial", "name": "Provincial", "sites_only": "yes", "lanes": "own province"},
        ],
        "Sites": [
            {"county": "birch", "scale": "provincial"},
            {"county": "cedar", "scale": "provincial"},
        ],
        "Designs": [
            {
                "design": "food-county", "name": "County food plant", "good": "food", "scale": "county",
                "capacity": 2000, "investment": 1000, "construction_labour": 100, "workers": 50, "fixed_cost": 20,
                "variable_cost": 3,
            },
            {
                "design": "cloth-county", "name": "County clothing plant", "good": "cloth", "scale": "county",
                "capacity": 200, "investment": 800, "construction_labour": 80, "workers": 40, "fixed_cost": 10,
            },
            {
                "design": "food-provincial", "name": "Provincial food plant", "good": "food", "scale": "provincial",
                "reference": "food-county", "capacity": 8000,
            },
            {
                "design": "cloth-provincial", "name": "Provincial clothing plant", "good": "cloth",
                "scale": "provincial", "reference": "cloth-county", "capacity": 1000,
            },
        ],
        "DesignMaterials": [
            {"design": "food-county", "material": "cement", "tonnes": 500},
            {"design": "cloth-county", "material": "cement", "tonnes": 300},
        ],
        "DesignInputs": [{"design": "food-county", "input": "grain", "tonnes": 1.2}],
        "Materials": [{"material": "cement", "name": "Cement"}],
        "Inputs": [{"input": "grain", "name": "Grain", "local_price": 100, "bought_price": 150}],
        "CountyInputs": [
            {"county": "alder", "input": "grain", "tonnes": 5000},
            {"county": "cedar", "input": "grain", "tonnes": 1000},
        ],
        "Resources": [
            {"resource": "picks", "year": 2027, "amount": 1},
            {"resource": "picks", "year": 2028, "amount": 2},
            {"resource": "central_funds", "year": 2027, "amount": 4000},
            {"resource": "central_funds", "year": 2028, "amount": 6000},
            {"resource": "cement", "year": 2027, "amount": 1500},
        ],
        "Decided": [{"county": "birch", "year": 2027}],
        "Variants": [
            {"variant": "both", "name": "Both scales"},
            {"variant": "county", "name": "County plants only", "scales": "county"},
            {"variant": "provincial", "name": "Provincial plants only", "scales": "provincial"},
            {"variant": "decided", "name": "Both scales, choices made are fixed", "use_decided": "yes"},
        ],
    }  # fmt: skip


def _county(code: str, province: str, population: float, latitude: float, longitude: float) -> dict[str, Any]:
    return {
        "county": code,
        "name": code.title(),
        "province": province,
        "population": population,
        "latitude": latitude,
        "longitude": longitude,
        "workers": 500,
        "market_product": 2,
        "local_funds": 300,
        "local_labour": 50,
    }


def set_setting(tables: Tables, setting: str, value: Any) -> None:
    """Give `setting` the value, whether or not the tables have a row for it."""
    for row in tables["Settings"]:
        if row["setting"] == setting:
            row["value"] = value
            return
    tables["Settings"].append({"setting": setting, "value": value})


def find_row(tables: Tables, sheet: str, **keys: Any) -> dict[str, Any]:
    """The row of `sheet` with these values, to be altered in place."""
    return next(row for row in tables[sheet] if all(row.get(column) == value for column, value in keys.items()))
