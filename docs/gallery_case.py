"""A made-up case for the pictures of the gallery: small enough that every search ends within seconds.

Eighteen counties in three provinces, two goods, county and provincial plants, five years. Figures follow from short
formulas, so that nothing is drawn by chance.
"""

from typing import Any

Tables = dict[str, list[dict[str, Any]]]

PROVINCES = {"north": "North", "middle": "Middle", "south": "South"}
COUNTIES = (
    "Alder", "Birch", "Cedar", "Elm", "Fir", "Hawthorn",
    "Hazel", "Holly", "Juniper", "Larch", "Linden", "Maple",
    "Oak", "Pine", "Poplar", "Rowan", "Spruce", "Willow",
)  # fmt: skip
EACH = len(COUNTIES) // len(PROVINCES)
"""Counties of a province."""
YEARS = range(2027, 2032)
SCALES = {"county": "County", "provincial": "Provincial"}


def gallery_tables() -> Tables:
    """The tables by sheet; write them with `inputs.template.write_workbook`."""
    counties = [_county(number, name) for number, name in enumerate(COUNTIES)]
    return {
        "Settings": [
            {"setting": name, "value": value}
            for name, value in {
                "title": "A made-up case",
                "currency": "thousand crowns",
                "first_year": YEARS[0],
                "last_year": YEARS[-1],
                "tail_years": 5,
                "discount_rate": 0.05,
                "freight_rate": 0.0004,
                "min_plants": 1,
                "gap": 0.01,
                "time_limit": 60,
                "threads": 1,
            }.items()
        ],
        "Provinces": [{"province": code, "name": name} for code, name in PROVINCES.items()],
        "Counties": counties,
        "Goods": [
            {"good": "food", "name": "Foodstuffs", "norm": 100, "import_price": 0.9},
            {"good": "cloth", "name": "Clothing", "norm": 12, "import_price": 4.5},
        ],
        "Scales": [
            {"scale": "county", "name": "County", "lanes": "own county"},
            {"scale": "provincial", "name": "Provincial", "sites_only": "yes", "lanes": "own province"},
        ],
        "Sites": [{"county": counties[place * EACH + 1]["county"], "scale": "provincial"} for place in range(3)],
        "Designs": [*_designs("food", 2000, 900, 60), *_designs("cloth", 300, 800, 90)],
        "Resources": [
            *({"resource": "picks", "year": year, "amount": 3} for year in YEARS),
            *({"resource": "central_funds", "year": year, "amount": 5200} for year in YEARS),
        ],
        "Variants": [
            {"variant": "both", "name": "Both scales"},
            {"variant": "county", "name": "County plants only", "scales": "county"},
            {"variant": "provincial", "name": "Provincial plants only", "scales": "provincial"},
        ],
    }  # fmt: skip


def _county(number: int, name: str) -> dict[str, Any]:
    """Counties lie in three rows of two for each province, one below the other; the second of a province is its
    largest."""
    province, place = divmod(number, EACH)
    down, across = divmod(place, 3)
    return {
        "county": name.lower(),
        "name": name,
        "province": list(PROVINCES)[province],
        "population": 9000 + 1000 * ((number * 7) % 11) + (14_000 if place == 1 else 0),
        "latitude": 41.2 - 0.9 * province - 0.45 * down + 0.06 * ((number * 5) % 4),
        "longitude": 10.0 + 0.62 * across + 0.08 * ((number * 3) % 5),
        "workers": 400,
        "market_product": 1.6 + 0.1 * ((number * 5) % 7),
        "local_funds": 150,
        "site_cost_index": 1 + 0.03 * ((number * 4) % 9),
    }


def _designs(good: str, capacity: float, investment: float, workers: float) -> list[dict[str, Any]]:
    """A county plant, and a provincial one five times as large that follows from it."""
    name = "food" if good == "food" else "clothing"
    county = {
        "design": f"{good}-county",
        "name": f"County {name} plant",
        "good": good,
        "scale": "county",
        "capacity": capacity,
        "investment": investment,
        "workers": workers,
        "variable_cost": 0.35 * 1000 / capacity,
    }
    provincial = {
        "design": f"{good}-provincial",
        "name": f"Provincial {name} plant",
        "good": good,
        "scale": "provincial",
        "reference": f"{good}-county",
        "capacity": 5 * capacity,
        "variable_cost": 0.35 * 1000 / capacity,
    }
    return [county, provincial]
