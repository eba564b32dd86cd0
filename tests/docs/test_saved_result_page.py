"""The page on saved results lists what an export has, and what a saved result consists of."""

from pathlib import Path

from reports.columns import Unit
from reports.iamc_variables import VARIABLES
from reports.saved_result import SavedResult, save_result
from tests.reports.example import BACKGROUND, build_instance, build_result
from tests.reports.saved_runs import members

PAGE = Path(__file__).resolve().parents[2] / "docs" / "saved_result.md"


def line(name: str, unit: Unit, meaning: str) -> str:
    measured = unit.label.replace("{currency}", "money").replace("{first_year}", "the first year")
    shown = name.replace("|", "\\|")
    return f"| `{shown}` | {measured} | {meaning} |"


def test_every_variable_of_the_export_is_listed() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    due = [line(variable.name, variable.unit, variable.meaning) for variable in VARIABLES]
    assert lines[-len(due) :] == due


def test_every_file_of_a_saved_result_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.result.zip"
    save_result(path, SavedResult(build_instance(), build_result(), BACKGROUND))
    text = PAGE.read_text(encoding="utf-8")
    for name in members(path):
        folder, _, file = name.rpartition("/")
        shown = f"{folder}/*.csv" if folder and file.endswith(".csv") else name
        assert f"`{shown}`" in text
