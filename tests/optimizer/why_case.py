"""A workbook of two counties and one place, of which the dearer one is not picked, worked out by hand.

Each wants 10 t of food in the one year, which an import of 10 a tonne meets; a mill of 100 t costs 30, times the site
cost index, and may send nothing away. Only one county may join. What the two cost together:

    alder joins (index 1)     30 + 10 x 10 = 130     the best plan
    cedar joins (index 2)     60 + 10 x 10 = 160
    neither                   100 + 100    = 200

Cedar would be picked rather than not: with a site cost index s of its own below 1, as 30 s + 100 = 130; or with more
people n than 1300, as 60 + 100 = 30 + n / 10. Nothing that it can invest itself changes that.
"""

from pathlib import Path
from typing import Any

from tests.optimizer.runs import write_small
from tests.optimizer.solving import LAND, settings
from tests.small_workbook import Tables


def tables(**changes: Any) -> Tables:
    """The tables; `changes` replace whole sheets."""
    row = {"province": "land", "population": 1000, "workers": 100, "local_funds": 50}
    return {
        "Settings": settings(title="Two mills", min_plants=0, currency="won"),
        "Provinces": LAND,
        "Counties": [
            {"county": "alder", "name": "Alder", "local_name": "오리나무", **row},
            {"county": "cedar", "name": "Cedar Hills", "local_name": "향나무", "site_cost_index": 2, **row},
        ],
        "Goods": [{"good": "food", "name": "Food", "norm": 10, "import_price": 10}],
        "Scales": [{"scale": "county", "name": "County", "lanes": "own county"}],
        "Designs": [
            {"design": "mill", "name": "Mill", "good": "food", "scale": "county", "capacity": 100, "investment": 30,
             "lead_years": 0}
        ],
        "Resources": [{"resource": "picks", "year": 2027, "amount": 1}],
        **changes,
    }  # fmt: skip


def write_two_mills(folder: Path, **changes: Any) -> Path:
    """The workbook as a file."""
    return write_small(folder, tables(**changes), name="mills.xlsx")
