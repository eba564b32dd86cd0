"""The rows of the sheet Settings to typed settings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from inputs.cell_values import Rejected, Value, read_value
from inputs.columns import setting_columns
from inputs.header import normal
from inputs.located import LocatedRow
from inputs.problems import Cell, Note, Problem, did_you_mean, quoted
from inputs.settings import Settings
from inputs.sheets import Setting

PLACEHOLDER_YEARS = {"first_year": 1900, "last_year": 2200}
"""Stand in for plan years that could not be read, so that the other checks can go on."""


@dataclass
class SettingsRead:
    """The settings, the cell of each that has one, and what was wrong.

    Where a value could not be used, `settings` has its default. `years_known` is False when the first or
    last plan year could not be read; the years in `settings` then mean nothing.
    """

    settings: Settings
    cells: dict[str, Cell]
    years_known: bool
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def read_settings(rows: Iterable[LocatedRow[Setting]]) -> SettingsRead:
    """Type and check the settings' values; a blank value or a setting left out takes its default.

    Problems: unknown names (they would silently do nothing), values that a setting does not allow, a
    setting named twice, required settings left out.
    """
    known = setting_columns()
    by_normal = {normal(name): name for name in known}
    values: dict[str, Value] = {}
    cells: dict[str, Cell] = {}
    problems: list[Problem] = []
    rejected_names: set[str] = set()
    for row in rows:
        name = by_normal.get(normal(row.record.setting))
        if name is None:
            problems.append(unknown_setting(row.record.setting, row.cell("setting")))
            continue
        if name in cells:
            message = f"the setting {name} stands twice, first in {cells[name]}"
            problems.append(Problem(row.cell("value"), name, "one row a setting", "Delete one of the two.", message))
            continue
        cells[name] = row.cell("value")
        if row.record.value is None:
            continue
        try:
            values[name] = read_value(known[name], row.record.value, row.cell("value"), name)
        except Rejected as rejected:
            rejected_names.add(name)
            if rejected.problem:
                problems.append(rejected.problem)
    for name, column in known.items():
        if column.required and name not in values and name not in rejected_names:
            cell = cells.get(name, Cell(Setting.sheet))
            remedy = f"Add a row {name}: {column.meaning}." if name not in cells else f"Enter the {column.meaning}."
            problems.append(Problem(cell, "nothing", column.allowed, remedy, f"the setting {name} is missing"))
    years_known = all(name in values for name in PLACEHOLDER_YEARS)
    settings = Settings.model_validate({**(values if years_known else {**values, **PLACEHOLDER_YEARS})})
    return SettingsRead(settings, cells, years_known, problems, _notes(values, rejected_names))


def unknown_setting(name: str, cell: Cell) -> Problem:
    """The problem of a name that is no setting."""
    remedy = did_you_mean(name, setting_columns(), "See the sheet Settings of the blank template.")
    return Problem(cell, quoted(name), "the name of a setting", remedy, f"there is no setting {quoted(name)}")


def _notes(values: Mapping[str, Value], rejected: set[str]) -> list[Note]:
    left_out = [
        f"{name} ({column.default_text})"
        for name, column in setting_columns().items()
        if name not in values and name not in rejected and not column.required
    ]
    if not left_out:
        return []
    return [Note(Cell(Setting.sheet), f"settings left out take their defaults: {', '.join(left_out)}")]
