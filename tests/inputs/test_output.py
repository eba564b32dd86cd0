"""What plants can make and must deliver: utilisation by year, quotas, support bases, modernisations a year."""

import math
from pathlib import Path
from typing import Any

import pytest

from models.instance import Instance
from tests.inputs.workbooks import notes, only_problem, problems, read
from tests.small_workbook import Tables, find_row, set_setting, small_tables


def instance(tmp_path: Path, tables: Tables, variant: str = "both") -> Instance:
    return read(tmp_path, tables).instance(variant)


def utilised(design: str, year: int, share: float) -> dict[str, Any]:
    return {"design": design, "year": year, "utilisation": share}


class TestUtilisation:
    @pytest.mark.parametrize("wide", [(), ("Utilisation",)])
    def test_of_single_years(self, tmp_path: Path, wide: tuple[str, ...]) -> None:
        tables = small_tables()
        find_row(tables, "Designs", design="food-county")["utilisation"] = 0.8
        tables["Utilisation"] = [utilised("food-county", 2028, 0.5), utilised("cloth-county", 2027, 0)]
        designs = read(tmp_path, tables, wide=wide).instance("both").designs
        assert designs["food-county"].utilisation == 0.8
        assert {code: design.yearly_utilisation for code, design in designs.items()} == {
            "food-county": {2028: 0.5}, "cloth-county": {2027: 0}, "food-provincial": {}, "cloth-provincial": {},
        }  # fmt: skip

    def test_sheet_by_year(self, tmp_path: Path) -> None:
        tables = small_tables()
        tables["Utilisation"] = [utilised("food-county", 2028, 0.5), utilised("cloth-county", 2027, 0)]
        sheet = read(tmp_path, tables, wide={"Utilisation"}).rows["Utilisation"]
        assert [(row.key, str(row.cell("utilisation"))) for row in sheet] == [
            (("food-county", "2028"), "Utilisation!C2"),
            (("cloth-county", "2027"), "Utilisation!B3"),
        ]

    def test_a_reference_gives_none(self, tmp_path: Path) -> None:
        """As it gives no usual utilisation either: only figures of size follow the scale rule."""
        tables = small_tables()
        tables["Utilisation"] = [utilised("food-county", 2028, 0.5)]
        assert instance(tmp_path, tables).designs["food-provincial"].yearly_utilisation == {}

    def test_of_designs_that_the_variant_has_not(self, tmp_path: Path) -> None:
        tables = small_tables()
        tables["Utilisation"] = [utilised("food-county", 2028, 0.5)]
        assert set(instance(tmp_path, tables, "provincial").designs) == {"food-provincial", "cloth-provincial"}

    def test_of_other_years_is_ignored_with_a_note(self, tmp_path: Path) -> None:
        tables = small_tables()
        tables["Utilisation"] = [utilised(design, 2040, 0.5) for design in ("food-county", "cloth-county")]
        found = [line for line in notes(tmp_path, tables) if "2040" in line]
        assert found == ["Utilisation!B2: 2040 is not a plan year, and what is given for it is ignored."]
        assert instance(tmp_path, tables).designs["food-county"].yearly_utilisation == {}

    @pytest.mark.parametrize(
        ("row", "expected"),
        [
            (utilised("food-conty", 2028, 0.5), "A2: design 'food-conty' is not in Designs. Did you mean"),
            (utilised("food-county", 2028, 1.1), "C2: utilisation should be from 0 to 1, found 1.1."),
            (utilised("food-county", 28, 0.5), "B2: year should be from 1900 to 2200, found 28."),
        ],
    )
    def test_refused(self, tmp_path: Path, row: dict[str, Any], expected: str) -> None:
        assert only_problem(tmp_path, {**small_tables(), "Utilisation": [row]}).startswith(f"Utilisation!{expected}")

    def test_twice_for_a_year(self, tmp_path: Path) -> None:
        tables = {**small_tables(), "Utilisation": [utilised("food-county", 2028, share) for share in (0.5, 0.6)]}
        assert only_problem(tmp_path, tables).startswith(
            "Utilisation!A3: design, year 'food-county/2028' stands twice, first in Utilisation!A2."
        )

    def test_replaced_by_a_variant_and_on_the_command_line(self, tmp_path: Path) -> None:
        tables = small_tables()
        tables["Utilisation"] = [utilised("food-county", 2027, 0.5)]
        tables["Overrides"] = [
            {"variant": "both", "target_sheet": "Utilisation", "key": "*", "target_column": 2027, "value": None}
        ]
        workbook = read(tmp_path, tables)
        assert workbook.instance("county").designs["food-county"].yearly_utilisation == {2027: 0.5}
        assert workbook.instance("both").designs["food-county"].yearly_utilisation == {}
        found = workbook.instance("county", ["Utilisation.cloth-county.2028=0.4"])
        assert found.designs["cloth-county"].yearly_utilisation == {2028: 0.4}


class TestQuota:
    def test_off_by_default(self, tmp_path: Path) -> None:
        assert {design.quota for design in instance(tmp_path, small_tables()).designs.values()} == {0}

    def test_a_blank_takes_the_setting_and_a_quota_of_0_does_not(self, tmp_path: Path) -> None:
        tables = small_tables()
        set_setting(tables, "quota", 0.3)
        find_row(tables, "Designs", design="food-county")["quota"] = 0.6
        find_row(tables, "Designs", design="cloth-county")["quota"] = 0
        designs = instance(tmp_path, tables).designs
        # A quota is no figure of size: the provincial food plant takes the setting, not its reference's quota.
        assert {code: design.quota for code, design in designs.items()} == {
            "food-county": 0.6, "cloth-county": 0, "food-provincial": 0.3, "cloth-provincial": 0.3,
        }  # fmt: skip

    def test_of_a_plant_that_stands_still(self, tmp_path: Path) -> None:
        tables = small_tables()
        find_row(tables, "Designs", design="food-county").update(quota=0.6, utilisation=0)
        found = instance(tmp_path, tables)
        assert found.quota["alder", "food-county", 2027] == 0

    def test_refused(self, tmp_path: Path) -> None:
        tables = small_tables()
        find_row(tables, "Designs", design="food-county")["quota"] = 60
        assert only_problem(tmp_path, tables).startswith("Designs!Q2: quota should be from 0 to 1, found 60.")


class TestSupportBases:
    def test_of_a_province(self, tmp_path: Path) -> None:
        tables = small_tables()
        find_row(tables, "Provinces", province="south").update(support_uplift=0.1, support_cost=400)
        provinces = instance(tmp_path, tables).provinces
        assert (provinces["south"].support_uplift, provinces["south"].support_cost) == (0.1, 400)
        assert (provinces["north"].support_uplift, provinces["north"].support_cost) == (0, 0)

    @pytest.mark.parametrize(
        ("column", "value", "expected"),
        [
            ("support_uplift", 10, "F3: support_uplift should be from 0 to 1, found 10."),
            ("support_cost", -1, "G3: support_cost should be at least 0, found -1."),
        ],
    )
    def test_refused(self, tmp_path: Path, column: str, value: float, expected: str) -> None:
        tables = small_tables()
        find_row(tables, "Provinces", province="south").update({"support_uplift": 0.1, column: value})
        assert only_problem(tmp_path, tables).startswith(f"Provinces!{expected}")

    def test_a_cost_without_effect_is_remarked_on(self, tmp_path: Path) -> None:
        tables = small_tables()
        find_row(tables, "Provinces", province="south")["support_cost"] = 400
        expected = "support_uplift of south is 0, so no support base can be founded at this cost."
        assert any(line.startswith("Provinces!") and line.endswith(expected) for line in notes(tmp_path, tables))
        find_row(tables, "Provinces", province="south")["support_uplift"] = 0.1
        assert not any("support base" in line for line in notes(tmp_path, tables))


class TestModernisations:
    def test_without_limit_where_none_is_given(self, tmp_path: Path) -> None:
        tables = small_tables()
        assert instance(tmp_path, tables).modernisations == {2027: math.inf, 2028: math.inf}
        tables["Resources"].append({"resource": "modernisations", "year": 2028, "amount": 3})
        assert instance(tmp_path, tables).modernisations == {2027: math.inf, 2028: 3}


def test_everything_new_at_once_is_valid(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Utilisation"] = [utilised("food-county", 2028, 0.5)]
    tables["Resources"] += [
        {"resource": name, "year": 2028, "amount": 1} for name in ("modernisations", "remittances")
    ]  # fmt: skip
    for row in tables["Counties"]:
        row.update(revenue=9, essential=4, remittance_quota=1, remittance_rate=0.1, donations=2, priority_fund=3)
    find_row(tables, "Inputs", input="grain")["good"] = "cloth"
    tables["Provinces"][0].update(support_uplift=0.1, support_cost=4)
    tables["Designs"][0]["quota"] = 0.5
    for good in tables["Goods"]:
        good.update(state_price=1, market_price=2)
    assert problems(tmp_path, tables) == []
