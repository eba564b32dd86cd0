"""Settings to the policy of an instance, and what is remarked on settings that go past their aim."""

import math
from pathlib import Path
from typing import Any, get_args

import pytest

from inputs.columns import setting_columns
from models.records import Objective, Policy
from tests.inputs.workbooks import notes, only_problem, problems, read
from tests.small_workbook import Tables, find_row, set_setting, small_tables

SETTINGS: dict[str, tuple[Any, dict[str, Any]]] = {
    "picks_rule": ("exactly", {"picks_exact": True}),
    "join_rule": ("exactly once", {"join_all": True}),
    "build_window": (2, {"build_window": 2}),
    "min_plants": (3, {"min_plants": 3}),
    "one_per_good": ("yes", {"one_per_good": True}),
    "least_central_share": (0.2, {"least_central_share": 0.2}),
    "most_central_share": (0.9, {"most_central_share": 0.9}),
    "reserve_carried": ("no", {"reserve_carried": False}),
    "coverage_floor": (0.3, {"coverage_floor": 0.3}),
    "coverage_floor_from": (2028, {"coverage_floor_from": 2028}),
    "objective": ("greatest least coverage", {"objective": "greatest least coverage"}),
    "objective_from": (2028, {"objective_from": 2028}),
    "disparity_limit": (0.15, {"disparity_limit": 0.15}),
    "disparity_limit_from": (2028, {"disparity_from": 2028}),
    "dispersion_cap": (0.6, {"dispersion_cap": 0.6}),
    "gini_cap": (0.25, {"gini_cap": 0.25}),
    "gini_cap_from": (2028, {"gini_cap_from": 2028}),
    "uncovered_cap": (4000, {"uncovered_cap": 4000}),
    "cost_cap": (5000, {"cost_cap": 5000}),
    "coverage_weight": (0.35, {"coverage_weight": 0.35}),
    "existing_output": ("held", {"existing_held": True}),
    "modernise_anywhere": ("yes", {"modernise_anywhere": True}),
    "local_input_share": (0.7, {"local_input_share": 0.7}),
    "local_input_scope": ("province", {"local_input_scope": "province"}),
    "support_lead": (2, {"support_lead": 2}),
    "plant_income_share": (0.41, {"plant_income_share": 0.41}),
    "stipend_share": (0.42, {"stipend_share": 0.42}),
    "least_stipend": (0.43, {"least_stipend": 0.43}),
    "extra_remittance": ("yes", {"extra_remittance": True}),
    "recycled_share": (0.44, {"recycled_share": 0.44}),
    "fund_share": (0.45, {"fund_share": 0.45}),
    "donor_premium": (0.46, {"donor_premium": 0.46}),
    "most_donated_share": (0.47, {"most_donated_share": 0.47}),
    "subsidy_penalty": (2.5, {"subsidy_penalty": 2.5}),
    "shortfall_penalty": (3.5, {"shortfall_penalty": 3.5}),
}
"""A value of each setting, and what it makes of the policy."""

DEFAULTS = Policy(False, False, 0, 0, False, 0, 1, True, subsidy_penalty=0.1, shortfall_penalty=1.0)


def policy(tmp_path: Path, tables: Tables) -> Policy:
    return read(tmp_path, tables).instance("both").policy


def noted(tmp_path: Path, tables: Tables, cell: str) -> list[str]:
    """The remarks on a cell."""
    return [line for line in notes(tmp_path, tables) if line.startswith(f"{cell}: ")]


def test_settings_left_out_switch_nothing_on(tmp_path: Path) -> None:
    found = policy(tmp_path, small_tables())
    assert found == DEFAULTS
    assert found.disparity_limit == math.inf


@pytest.mark.parametrize("setting", SETTINGS)
def test_each_setting_alone(tmp_path: Path, setting: str) -> None:
    tables = small_tables()
    value, expected = SETTINGS[setting]
    set_setting(tables, setting, value)
    found = policy(tmp_path, tables)
    assert {name: getattr(found, name) for name in Policy.__dataclass_fields__} == {
        **{name: getattr(DEFAULTS, name) for name in Policy.__dataclass_fields__},
        **expected,
    }


def test_every_field_of_the_policy_follows_from_a_setting() -> None:
    told = {name for _, expected in SETTINGS.values() for name in expected}
    assert told == set(Policy.__dataclass_fields__)


@pytest.mark.parametrize("objective", get_args(Objective))
def test_every_objective(tmp_path: Path, objective: str) -> None:
    tables = small_tables()
    set_setting(tables, "objective", objective)
    assert policy(tmp_path, tables).objective == objective


@pytest.mark.parametrize("scope", ["county", "nation"])
def test_every_scope_of_raw_materials(tmp_path: Path, scope: str) -> None:
    tables = small_tables()
    set_setting(tables, "local_input_scope", scope)
    assert policy(tmp_path, tables).local_input_scope == scope


@pytest.mark.parametrize(
    ("setting", "value", "allowed"),
    [
        *((name, value, "from 0 to 1") for value in (-0.1, 1.1) for name in (
            "disparity_limit", "dispersion_cap", "local_input_share", "funds_arriving", "quota", "plant_income_share",
            "stipend_share", "least_stipend", "remittance_rate", "recycled_share", "fund_share", "donor_premium",
            "most_donated_share", "gini_cap", "coverage_weight",
        )),
        ("budget_growth", -1, "above -1 and at most 1"),
        ("support_lead", 21, "from 0 to 20"),
        ("subsidy_penalty", -1, "at least 0"),
        ("uncovered_cap", -1, "at least 0"),
        ("cost_cap", -1, "at least 0"),
        ("shortfall_penalty", -1, "at least 0"),
        ("objective_from", 27, "from 1900 to 2200"),
        ("disparity_limit_from", 27, "from 1900 to 2200"),
        ("gini_cap_from", 27, "from 1900 to 2200"),
    ],
)  # fmt: skip
def test_values_out_of_bounds_are_refused(tmp_path: Path, setting: str, value: float, allowed: str) -> None:
    tables = small_tables()
    set_setting(tables, setting, value)
    assert only_problem(tmp_path, tables).startswith(f"Settings!B6: {setting} should be {allowed}, found {value}.")


@pytest.mark.parametrize(
    ("setting", "choices"),
    [
        ("objective", ", ".join(get_args(Objective))),
        ("local_input_scope", "county, province, nation"),
        ("existing_output", "as planned, held"),
        ("modernise_anywhere", "yes, no"),
        ("extra_remittance", "yes, no"),
        ("county_budgets", "yes, no"),
    ],
)
def test_values_that_are_no_choice_are_refused(tmp_path: Path, setting: str, choices: str) -> None:
    tables = small_tables()
    set_setting(tables, setting, "whatever")
    found = only_problem(tmp_path, tables)
    assert found.startswith(f"Settings!B6: {setting} should be one of {choices}, found 'whatever'.")
    assert setting_columns()[setting].choices == tuple(choices.split(", "))


@pytest.mark.parametrize(
    ("setting", "used_by"),
    [
        ("coverage_floor_from", ("coverage_floor", 0.5)),
        ("objective_from", ("objective", "greatest coverage")),
        ("objective_from", ("objective", "greatest least coverage")),
        ("objective_from", ("objective", "greatest even coverage")),
        ("objective_from", ("uncovered_cap", 100)),
        ("disparity_limit_from", ("disparity_limit", 0)),
        ("gini_cap_from", ("gini_cap", 0.2)),
    ],
)
def test_a_rule_that_begins_after_the_plan(tmp_path: Path, setting: str, used_by: tuple[str, Any]) -> None:
    tables = small_tables()
    set_setting(tables, setting, 2029)
    assert noted(tmp_path, tables, "Settings!B6") == []  # the rule is not in use
    set_setting(tables, *used_by)
    assert noted(tmp_path, tables, "Settings!B6") == [
        f"Settings!B6: {setting}, 2029, is after the last plan year, 2028, so it never begins."
    ]
    set_setting(tables, setting, 2028)
    assert noted(tmp_path, tables, "Settings!B6") == []


class TestDispersionCap:
    def test_needs_capacities(self, tmp_path: Path) -> None:
        tables = small_tables()
        find_row(tables, "Designs", design="cloth-county")["capacity"] = None
        find_row(tables, "Designs", design="cloth-provincial").update(reference=None, investment=1)
        del tables["DesignMaterials"][1]
        assert problems(tmp_path, tables) == []
        set_setting(tables, "dispersion_cap", 0.6)
        assert only_problem(tmp_path, tables) == (
            "Designs!G3: capacity of cloth-county is blank (unlimited), but dispersion_cap, 0.6, needs it. "
            "Enter the capacity, or set dispersion_cap to 1."
        )

    def test_so_does_the_objective_on_concentration(self, tmp_path: Path) -> None:
        tables = small_tables()
        find_row(tables, "Designs", design="cloth-county")["capacity"] = None
        find_row(tables, "Designs", design="cloth-provincial").update(reference=None, investment=1)
        del tables["DesignMaterials"][1]
        set_setting(tables, "objective", "least concentration")
        assert only_problem(tmp_path, tables) == (
            "Designs!G3: capacity of cloth-county is blank (unlimited), but the objective least concentration needs "
            "it. Enter the capacity, or choose another objective."
        )

    def test_a_capacity_at_every_site_will_do(self, tmp_path: Path) -> None:
        tables = small_tables()
        find_row(tables, "Designs", design="cloth-county")["capacity"] = None
        find_row(tables, "Designs", design="cloth-provincial").update(reference=None, investment=1)
        tables["SiteOverrides"] = [
            {"county": county, "design": "cloth-county", "capacity": 100} for county in ("alder", "birch", "cedar")
        ]
        set_setting(tables, "dispersion_cap", 0.6)
        assert problems(tmp_path, tables) == []
        tables["SiteOverrides"].pop()
        assert only_problem(tmp_path, tables).startswith("Designs!G3: capacity of cloth-county is blank")

    @pytest.mark.parametrize(("cap", "barred"), [(0.4, ["food", "cloth"]), (0.5, []), (1, [])])
    def test_remark_where_too_few_provinces_can_share(self, tmp_path: Path, cap: float, barred: list[str]) -> None:
        tables = small_tables()
        set_setting(tables, "dispersion_cap", cap)
        assert noted(tmp_path, tables, "Settings!B6") == [
            f"Settings!B6: dispersion_cap, {cap}, asks for plants in more provinces than may have them, "
            f"so none can be built: {', '.join(barred)}."
            for _ in barred[:1]
        ]

    def test_remark_on_the_goods_concerned_only(self, tmp_path: Path) -> None:
        tables = small_tables()
        del tables["Variants"]
        set_setting(tables, "dispersion_cap", 0.5)
        tables["SiteOverrides"] = [
            {"county": "cedar", "design": f"cloth-{scale}", "allowed": "no"} for scale in ("county", "provincial")
        ]
        assert [line.rsplit(": ", 1)[1] for line in noted(tmp_path, tables, "Settings!B6")] == ["cloth."]

    def test_three_provinces_may_hold_a_third_each(self, tmp_path: Path) -> None:
        tables = small_tables()
        del tables["Variants"]
        tables["Provinces"].append({"province": "east", "name": "East"})
        find_row(tables, "Counties", county="birch")["province"] = "east"
        set_setting(tables, "dispersion_cap", 0.3333333333)
        assert noted(tmp_path, tables, "Settings!B6") == []
