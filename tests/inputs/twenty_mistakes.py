"""A workbook with twenty different mistakes, and how the message about each begins."""

from datetime import date
from pathlib import Path

from openpyxl import Workbook as OpenedFile

from tests.inputs.workbooks import written
from tests.small_workbook import find_row, set_setting, small_tables

MESSAGES = (
    "Settings!B6: gap should be from 0 to 1, found 7.",
    "Settings!A7: there is no setting 'freight_rte'. Did you mean 'freight_rate'?",
    "Provinces!D3: least_picks should be at most most_picks, 2, found 3.",
    "Counties!F2: population should be at least 0, found -3.",
    "Counties!J3: eligible_from should be a whole number from 1900 to 2200, found a date, 2027-01-01.",
    "Counties!M4: local_funds should be a number at least 0, found the text '1,200'. Convert",
    "Counties!A5: county should be a code of letters, digits, - and _, at most 40 characters, found 'Dogwood",
    "Counties!D6: province is missing.",
    "Counties!D7: province 'nort' is not in Provinces. Did you mean 'north'?",
    "Counties!A8: county 'birch' stands twice, first in Counties!A3.",
    "Goods!E3: growth should be a finite number, found 'inf'.",
    "Scales!D2: lanes should be one of own county, own province, radius, listed, everywhere, found 'own provence'.",
    "Designs!M2: lead_years should be a whole number, found 1.5.",
    "Designs!F5: the design cloth-provincial has itself as reference.",
    "Designs!H6: investment of food-other is missing, and there is no reference design to derive it from.",
    "Inputs!A4: the codes 'raw_silk' and 'raw-silk' in Inputs!A3 become the same name in the solver.",
    "Resources!A2: resource 'pick' is not known. Did you mean 'picks'?",
    "Decided!B2: year should be a plan year, 2027 to 2028, found 2024.",
    "Variants!C3: scales 'village' is not in Scales.",
    "Overrides!C2: Counties has no row 'brch'. Did you mean 'birch'?",
)
"""In the order in which they are told."""


def write_twenty_mistakes(folder: Path) -> Path:
    """Write the workbook; the file."""
    tables = small_tables()
    set_setting(tables, "gap", 7)
    set_setting(tables, "freight_rte", 0.2)
    tables["Provinces"][1].update(least_picks=3, most_picks=2)
    find_row(tables, "Counties", county="alder")["population"] = -3
    find_row(tables, "Counties", county="cedar")["local_funds"] = "1,200"
    tables["Counties"] += [
        {"county": "Dogwood County", "name": "Dogwood", "province": "south", "population": 1},
        {"county": "elm", "name": "Elm", "population": 1},
        {"county": "fir", "name": "Fir", "province": "nort", "population": 1},
        {"county": "birch", "name": "Birch again", "province": "north", "population": 1},
    ]
    find_row(tables, "Goods", good="cloth")["growth"] = "inf"
    find_row(tables, "Scales", scale="county")["lanes"] = "own provence"
    find_row(tables, "Designs", design="food-county")["lead_years"] = 1.5
    find_row(tables, "Designs", design="cloth-provincial")["reference"] = "cloth-provincial"
    tables["Designs"].append({"design": "food-other", "name": "X", "good": "food", "scale": "county", "capacity": 5})
    tables["Inputs"] += [{"input": "raw-silk", "name": "Silk"}, {"input": "raw_silk", "name": "Silk"}]
    tables["Resources"][0]["resource"] = "pick"
    tables["Decided"][0]["year"] = 2024
    find_row(tables, "Variants", variant="county")["scales"] = "county, village"
    tables["Overrides"] = [
        {"variant": "both", "target_sheet": "Counties", "key": "brch", "target_column": "population", "value": 5}
    ]

    def edit(book: OpenedFile) -> None:
        book["Counties"]["J3"] = date(2027, 1, 1)

    return written(folder, tables, edit)
