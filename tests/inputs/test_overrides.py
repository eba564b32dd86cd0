"""Values replaced by a variant and by the command line."""

import math
from pathlib import Path
from typing import Any

import pytest

from inputs.problems import InvalidWorkbook
from inputs.workbook import Workbook
from models.instance import Instance
from tests.inputs.workbooks import only_problem, problems, read
from tests.small_workbook import Tables, find_row, small_tables


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return read(tmp_path, small_tables())


def override(sheet: str, key: str, column: Any, value: Any, variant: str = "both") -> dict[str, Any]:
    return {"variant": variant, "target_sheet": sheet, "key": key, "target_column": column, "value": value}


def with_overrides(*rows: dict[str, Any]) -> Tables:
    return {**small_tables(), "Overrides": list(rows)}


def refusal(workbook: Workbook, *arguments: str) -> str:
    with pytest.raises(InvalidWorkbook) as caught:
        workbook.instance("both", arguments)
    assert len(caught.value.problems) == 1
    return str(caught.value)


class TestVariants:
    def test_only_its_own_variant_is_changed(self, tmp_path: Path) -> None:
        workbook = read(tmp_path, with_overrides(override("Counties", "alder", "population", 20_000)))
        assert workbook.instance("both").counties["alder"].population == 20_000
        assert workbook.instance("county").counties["alder"].population == 10_000

    def test_of_a_setting_given_and_of_one_left_out(self, tmp_path: Path) -> None:
        rows = [
            override("Settings", "last_year", "value", 2030),
            override("settings", "Tail years", "Value", 5),
            override("Settings", "reserve_carried", "value", False),
        ]
        workbook = read(tmp_path, with_overrides(*rows))
        found = workbook.instance("both")
        assert (found.last_year, found.tail_years, found.policy.reserve_carried) == (2030, 5, False)
        assert workbook.settings_of("both").tail_years == 5
        assert (workbook.settings.tail_years, workbook.settings.last_year) == (0, 2028)

    def test_of_every_row(self, tmp_path: Path) -> None:
        found = read(tmp_path, with_overrides(override("Counties", "*", "local_funds", 0))).instance("both")
        assert {county.local_funds for county in found.counties.values()} == {0}

    def test_of_a_key_of_several_parts(self, tmp_path: Path) -> None:
        rows = [override("DesignMaterials", "food-county / cement", "tonnes", 5)]
        assert read(tmp_path, with_overrides(*rows)).instance("both").options["alder", "food-county"].materials == {
            "cement": 5
        }

    def test_of_a_part_of_a_key(self, tmp_path: Path) -> None:
        found = read(tmp_path, with_overrides(override("DesignMaterials", "*/cement", "tonnes", 5))).instance("both")
        assert found.options["alder", "cloth-county"].materials == {"cement": 5}

    def test_of_a_key_with_a_blank_part(self, tmp_path: Path) -> None:
        tables = with_overrides(override("Lanes", "birch/alder", "cost", 9))
        tables["Lanes"] = [{"origin": "birch", "destination": "alder", "cost": 4}]
        assert read(tmp_path, tables).instance("both").lanes["birch", "alder", "food"].cost == 9

    @pytest.mark.parametrize("column", [2028, "2028"])
    def test_of_a_year(self, tmp_path: Path, column: Any) -> None:
        found = read(tmp_path, with_overrides(override("Resources", "central_funds", column, 500))).instance("both")
        assert found.central_funds == {2027: 4000, 2028: 500}

    def test_of_a_year_by_its_long_key(self, tmp_path: Path) -> None:
        rows = [override("Resources", "central_funds/2028", "amount", 500)]
        assert read(tmp_path, with_overrides(*rows)).instance("both").central_funds[2028] == 500

    def test_of_a_year_that_has_no_row(self, tmp_path: Path) -> None:
        rows = [override("Resources", "central_labour", 2028, 7), override("Demand", "alder/food", 2027, 1)]
        found = read(tmp_path, with_overrides(*rows)).instance("both")
        assert found.central_labour == {2027: math.inf, 2028: 7}
        assert found.demand["alder", "food", 2027] == 1

    def test_a_blank_takes_a_limit_away(self, tmp_path: Path) -> None:
        rows = [
            override("Resources", "*", 2027, None),
            override("Counties", "alder", "workers", None),
        ]
        found = read(tmp_path, with_overrides(*rows)).instance("both")
        assert (found.picks[2027], found.central_funds[2027]) == (math.inf, math.inf)
        assert found.counties["alder"].workers == math.inf

    def test_the_later_of_two_holds(self, tmp_path: Path) -> None:
        rows = [override("Counties", "*", "local_funds", 0), override("Counties", "alder", "local_funds", 9)]
        found = read(tmp_path, with_overrides(*rows)).instance("both")
        assert [county.local_funds for county in found.counties.values()] == [9, 0, 0]

    @pytest.mark.parametrize(
        ("row", "start", "remedy"),
        [
            (("Countys", "alder", "population", 1), "B2: there is no sheet 'Countys'", "Did you mean 'Counties'?"),
            (("Overrides", "x", "value", 1), "B2: there is no sheet 'Overrides' whose values can be replaced.", ""),
            (("Counties", "aldr", "population", 1), "C2: Counties has no row 'aldr'.", "Did you mean 'alder'?"),
            (("Counties", "alder", "popultion", 1), "D2: Counties has no column 'popultion'", "mean 'population'?"),
            (("Counties", "alder", "county", "x"), "D2: Counties has no column 'county' whose values", ""),
            (("Counties", "alder", "population", -1), "E2: population should be at least 0, found -1.", ""),
            (("Counties", "alder", "population", "12"), "E2: population should be a number", "the text '12'."),
            (("Counties", "alder", "population", None), "E2: population is missing.", ""),
            (("Counties", "alder", "province", "nrth"), "E2: province 'nrth' is not in Provinces.", "mean 'north'?"),
            (("Settings", "gp", "value", 1), "C2: there is no setting 'gp'.", "Did you mean 'gap'?"),
            (("Settings", "gap", "value", 2), "E2: gap should be from 0 to 1, found 2.", ""),
            (("Settings", "gap", "note", 2), "D2: Settings has no column 'note'", "The column is called value."),
            (("DesignMaterials", "food-county", "tonnes", 1),
             "C2: the key of DesignMaterials should be design/material", "Write design/material, or * for every row."),
            (("Lanes", "*", "cost", 1), "C2: Lanes has no row '*'.", ""),
            (("Resources", "central_fund", 2028, 1), "C2: resource 'central_fund' is not known.", "'central_funds'?"),
            (("Demand", "aldr/food", 2028, 1), "C2: county 'aldr' is not in Counties.", "Did you mean 'alder'?"),
            (("Demand", "*", 2028, 1), "C2: Demand has no row '*'.", "Name county/good outright."),
            (("Resources", "picks", 3000, 1), "D2: year should be from 1900 to 2200, found 3000.", ""),
            (("Resources", "picks", 2028, -1), "E2: amount should be at least 0, found -1.", ""),
            (("Counties", "alder", "name", "x", "boht"), "A2: variant 'boht' is not in Variants.", "mean 'both'?"),
        ],
    )  # fmt: skip
    def test_refused_when_the_workbook_is_read(
        self, tmp_path: Path, row: tuple[Any, ...], start: str, remedy: str
    ) -> None:
        found = only_problem(tmp_path, with_overrides(override(*row)))
        assert found.startswith(f"Overrides!{start}")
        assert remedy in found

    def test_cross_checks_hold_for_every_variant(self, tmp_path: Path) -> None:
        rows = [
            override("Settings", "last_year", "value", 2020, "county"),
            override("Designs", "food-county", "investment", None, "provincial"),
        ]
        found = problems(tmp_path, with_overrides(*rows))
        assert [line.split(": ")[0] for line in found] == ["Overrides!E2", "Overrides!E3"]

    def test_an_override_of_a_row_with_another_problem_is_not_told_as_well(self, tmp_path: Path) -> None:
        tables = with_overrides(override("Counties", "alder", "local_funds", 0))
        find_row(tables, "Counties", county="alder")["population"] = -1
        assert only_problem(tmp_path, tables).startswith("Counties!F2")


class TestCommandLine:
    def test_applied_after_the_variant(self, tmp_path: Path) -> None:
        workbook = read(tmp_path, with_overrides(override("Counties", "alder", "population", 20_000)))
        assert workbook.instance("both", ["Counties.alder.population=5"]).counties["alder"].population == 5

    def test_of_a_year(self, workbook: Workbook) -> None:
        found = workbook.instance("both", ["Resources.central_funds.2028=500"])
        assert found.central_funds == {2027: 4000, 2028: 500}

    def test_of_a_key_of_several_parts(self, workbook: Workbook) -> None:
        found = workbook.instance("both", ["DesignMaterials.food-county/cement.tonnes=5"])
        assert found.options["alder", "food-county"].materials == {"cement": 5}

    @pytest.mark.parametrize(
        ("argument", "seen"),
        [
            ("Settings.title.value=a=b.c", lambda found: found.title == "a=b.c"),
            ("Settings.title.value=2027", lambda found: found.title == "2027"),
            ("Settings.picks_rule.value=exactly", lambda found: found.policy.picks_exact),
            ("Counties.alder.workers=", lambda found: found.counties["alder"].workers == math.inf),
            ("Counties.*.local_funds=1e3", lambda found: found.counties["cedar"].local_funds == 1000),
            ("Counties.alder.eligible=no", lambda found: found.counties["alder"].eligible_from is None),
            ("Variants.both.lanes=everywhere", lambda found: ("alder", "cedar", "food") in found.lanes),
            ("Variants.both.use_decided=yes", lambda found: found.decided == {"birch": 2027}),
            ("Goods.food.name=12", lambda found: found.goods["food"].name == "12"),
        ],
    )
    def test_accepted(self, workbook: Workbook, argument: str, seen: Any) -> None:
        found: Instance = workbook.instance("both", [argument])
        assert seen(found)

    @pytest.mark.parametrize(
        ("argument", "message"),
        [
            ("gap=2", "the argument should be Sheet.key.column=value. For example"),
            ("Settings.gap.value", "the argument should be Sheet.key.column=value"),
            ("Settings.gap.value=x", "gap should be a number from 0 to 1, found the text 'x'."),
            ("Settings.gap.value=2", "gap should be from 0 to 1, found 2."),
            ("Settings.gap.value=nan", "gap should be a finite number, found nan."),
            ("Counties.alder.population=1e400", "population should be a finite number"),
            ("Counties.aldr.population=1", "Counties has no row 'aldr'. Did you mean 'alder'?"),
            ("Settings.last_year.value=2000", "last_year should be from 2027 (first_year) to 2126, found 2000."),
        ],
    )
    def test_refused_with_the_argument_as_its_place(self, workbook: Workbook, argument: str, message: str) -> None:
        assert refusal(workbook, argument).startswith(f"--set {argument}: {message}")

    def test_all_wrong_arguments_at_once(self, workbook: Workbook) -> None:
        with pytest.raises(InvalidWorkbook) as caught:
            workbook.instance("both", ["Settings.gap.value=2", "Counties.alder.population=-1"])
        assert len(caught.value.problems) == 2

    def test_settings_with_overrides(self, workbook: Workbook) -> None:
        assert workbook.settings_of("both", ["Settings.gap.value=0.05"]).gap == 0.05
        assert workbook.settings.gap == 0.01

    def test_unknown_variant(self, workbook: Workbook) -> None:
        with pytest.raises(InvalidWorkbook, match=r"there is no variant 'boht'\. Did you mean 'both'\?"):
            workbook.instance("boht")
