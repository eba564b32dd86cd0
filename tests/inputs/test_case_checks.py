"""What must hold across the sheets of a variant."""

from pathlib import Path

import pytest

from tests.inputs.workbooks import notes, only_problem, problems, read
from tests.small_workbook import find_row, set_setting, small_tables


def test_small_workbook_is_valid(tmp_path: Path) -> None:
    assert problems(tmp_path, small_tables()) == []


def test_last_year_before_first(tmp_path: Path) -> None:
    tables = small_tables()
    set_setting(tables, "last_year", 2026)
    assert only_problem(tmp_path, tables) == (
        "Settings!B4: last_year should be from 2027 (first_year) to 2126, found 2026. Enter the last plan year."
    )


@pytest.mark.parametrize(("last", "count"), [(2126, 0), (2127, 1)])
def test_plan_of_at_most_a_hundred_years(tmp_path: Path, last: int, count: int) -> None:
    tables = small_tables()
    set_setting(tables, "last_year", last)
    assert len(problems(tmp_path, tables)) == count


def test_variant_names_an_unknown_scale(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Variants", variant="county")["scales"] = "county, provincal"
    assert only_problem(tmp_path, tables) == (
        "Variants!C3: scales 'provincal' is not in Scales. Did you mean 'provincial'?"
    )


def test_variant_with_no_scale_at_all(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Variants", variant="county")["scales"] = " , "
    assert only_problem(tmp_path, tables).startswith("Variants!C3: scales should be codes of Scales, found none.")


def test_central_shares_out_of_order(tmp_path: Path) -> None:
    tables = small_tables()
    set_setting(tables, "least_central_share", 0.8)
    set_setting(tables, "most_central_share", 0.5)
    assert only_problem(tmp_path, tables) == (
        "Settings!B6: least_central_share should be at most most_central_share, 0.5, found 0.8. "
        "Lower it, or raise most_central_share."
    )


def test_picks_of_a_province_out_of_order(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Provinces"][1].update(least_picks=3, most_picks=2)
    assert only_problem(tmp_path, tables) == (
        "Provinces!D3: least_picks should be at most most_picks, 2, found 3. Lower it, or raise most_picks."
    )


def test_radius_needed_by_the_scale(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Scales", scale="provincial")["lanes"] = "radius"
    assert only_problem(tmp_path, tables) == (
        "Scales!E3: radius of provincial is missing, as its lanes are 'radius'. "
        "Enter the radius in km, or choose other lanes."
    )


def test_radius_needed_by_the_variant(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Variants", variant="county")["lanes"] = "radius"
    found = only_problem(tmp_path, tables)
    assert found.startswith(
        "Scales!E2: radius of county is missing, as its lanes are 'radius' (lanes of the variant county)."
    )


def test_radius_not_needed_where_the_variant_has_other_lanes(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Scales", scale="provincial")["lanes"] = "radius"
    for row in tables["Variants"]:
        row["lanes"] = "own county"
    assert problems(tmp_path, tables) == []


def test_radius_needed_after_an_override(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Overrides"] = [
        {"variant": "both", "target_sheet": "Scales", "key": "county", "target_column": "lanes", "value": "radius"}
    ]
    assert only_problem(tmp_path, tables).startswith("Scales!E2: radius of county is missing")
    tables["Overrides"].append(
        {"variant": "both", "target_sheet": "Scales", "key": "county", "target_column": "radius", "value": 50}
    )
    assert problems(tmp_path, tables) == []


def test_decided_for_a_barred_county(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Counties", county="birch")["eligible"] = "no"
    assert only_problem(tmp_path, tables) == (
        "Decided!A2: birch joined in 2027, yet Counties!I3 bars it. Delete the row, or make the county eligible."
    )


def test_decided_before_the_county_is_eligible(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Counties", county="birch")["eligible_from"] = 2028
    assert only_problem(tmp_path, tables) == (
        "Decided!B2: year of birch should be 2028 (eligible_from in Counties!J3) or later, found 2027. "
        "Correct one of the two."
    )


def test_decided_outside_the_plan(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Decided"][0]["year"] = 2024
    assert only_problem(tmp_path, tables) == (
        "Decided!B2: year should be a plan year, 2027 to 2028, found 2024. Correct it, or delete the row."
    )
    del tables["Variants"][-1]  # the only variant that uses them
    assert problems(tmp_path, tables) == []


def test_means_and_demand_of_other_years_are_ignored_with_a_note(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Resources"] += [{"resource": name, "year": 2040, "amount": 1} for name in ("picks", "central_funds")]
    tables["Demand"] = [{"county": "alder", "good": "food", "year": 2040, "tonnes": 1}]
    found = notes(tmp_path, tables)
    assert "Resources!B7: 2040 is not a plan year, and what is given for it is ignored." in found
    assert "Demand!C2: 2040 is not a plan year, and what is given for it is ignored." in found
    assert len([line for line in found if "2040" in line]) == 2
    assert set(read(tmp_path, tables).instance("both").picks) == {2027, 2028}


def test_remarks_on_what_has_no_effect(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Provinces"].append({"province": "east", "name": "East"})
    tables["Sites"] = [{"county": "alder", "scale": "county"}]
    del tables["Variants"]
    found = notes(tmp_path, tables)
    assert "Provinces!A4: the province east has no county." in found
    assert "Scales!C3: the scale provincial has no site in Sites, so none of its plants can be built." in found
    assert any(line.startswith("Sites!B2: the scale county may stand anywhere") for line in found)
    assert any(line.startswith("Decided!A2: choices already made are not used") for line in found)


def test_a_problem_of_the_settings_does_not_hide_those_of_the_sheets(tmp_path: Path) -> None:
    tables = small_tables()
    set_setting(tables, "first_year", "soon")
    tables["Provinces"][1].update(least_picks=3, most_picks=2)
    tables["Decided"][0]["year"] = 2024
    assert [line.split(":")[0] for line in problems(tmp_path, tables)] == ["Settings!B3", "Provinces!D3"]
