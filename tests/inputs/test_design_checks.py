"""References and figures of designs."""

from pathlib import Path

import pytest

from tests.inputs.workbooks import notes, only_problem, problems
from tests.small_workbook import find_row, small_tables


def test_reference_that_is_not_there(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Designs", design="food-provincial")["reference"] = "food-countyy"
    assert only_problem(tmp_path, tables) == (
        "Designs!F4: reference 'food-countyy' is not in Designs. Did you mean 'food-county'?"
    )


def test_reference_to_itself(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Designs", design="food-provincial")["reference"] = "food-provincial"
    assert only_problem(tmp_path, tables).startswith("Designs!F4: the design food-provincial has itself as reference.")


def test_reference_of_another_good(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Designs", design="food-provincial")["reference"] = "cloth-county"
    assert only_problem(tmp_path, tables).startswith(
        "Designs!F4: the reference 'cloth-county' makes cloth, but food-provincial makes food."
    )


def test_references_in_a_circle_are_told_once(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Designs", design="food-county").update(reference="food-provincial", investment=None)
    assert only_problem(tmp_path, tables).startswith(
        "Designs!F2: the references go in a circle: food-county -> food-provincial -> food-county."
    )


def test_a_reference_leading_into_a_circle_is_not_told_again(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Designs", design="food-county")["reference"] = "food-provincial"
    tables["Designs"].append(
        {
            "design": "food-third",
            "name": "T",
            "good": "food",
            "scale": "county",
            "capacity": 5,
            "reference": "food-county",
        }
    )
    assert len(problems(tmp_path, tables)) == 1


def test_investment_that_nothing_gives(tmp_path: Path) -> None:
    tables = small_tables()
    del find_row(tables, "Designs", design="food-county")["investment"]
    assert only_problem(tmp_path, tables) == (
        "Designs!H2: investment of food-county is missing, and there is no reference design to derive it from. "
        "Enter the cost of building one plant, or a reference design."
    )


def test_other_figures_that_nothing_gives_are_nothing_with_a_note(tmp_path: Path) -> None:
    tables = small_tables()
    for code in ("food-county", "cloth-county"):
        row = find_row(tables, "Designs", design=code)
        del row["workers"]
        del row["construction_labour"]
    del find_row(tables, "Designs", design="food-county")["fixed_cost"]
    found = notes(tmp_path, tables)
    ending = "is blank and there is no reference design, so it is taken as 0: food-county"
    assert f"Designs!J2: workers {ending}, cloth-county." in found
    assert f"Designs!I2: construction_labour {ending}, cloth-county." in found
    assert f"Designs!K2: fixed_cost {ending}." in found


@pytest.mark.parametrize(("code", "cell"), [("food-provincial", "Designs!G4"), ("food-county", "Designs!G2")])
def test_scale_rule_needs_both_capacities(tmp_path: Path, code: str, cell: str) -> None:
    tables = small_tables()
    find_row(tables, "Designs", design=code)["capacity"] = None
    assert only_problem(tmp_path, tables) == (
        f"{cell}: capacity of {code} is blank (unlimited), "
        "but the scale rule from food-county to food-provincial needs it. "
        "Enter the capacity, or give all figures of food-provincial."
    )


def test_unlimited_capacity_needs_no_rule_when_all_figures_are_given(tmp_path: Path) -> None:
    tables = small_tables()
    row = find_row(tables, "Designs", design="food-provincial")
    row.update(capacity=None, investment=1, construction_labour=1, workers=1, fixed_cost=1)
    tables["DesignMaterials"].append({"design": "food-provincial", "material": "cement", "tonnes": 1})
    assert problems(tmp_path, tables) == []


def test_tonnes_of_a_material_that_nothing_gives(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "DesignMaterials", design="food-county")["tonnes"] = None
    assert only_problem(tmp_path, tables) == (
        "DesignMaterials!C2: tonnes of cement for food-county is missing, and no reference design gives it. "
        "Enter the tonnes for one plant."
    )


def test_modernisation_of_nothing_is_noted(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Designs", design="food-county")["kind"] = "modernisation"
    assert "Designs!E2: no plant of food stands anywhere, so food-county can be built nowhere." in notes(
        tmp_path, tables
    )
