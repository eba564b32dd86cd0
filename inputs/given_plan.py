"""A table of choices that a user gives: who joins when and, if wanted, which plants start where and when.

A CSV file has one table; a workbook may have a sheet for the choices and one for the plants. The report of an earlier
run will do: its sheets Chosen counties and Plants have what is read here.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from inputs.columns import columns_of
from inputs.declaration import Code, column
from inputs.header import normal
from inputs.key_checks import unknown_code
from inputs.located import rows_of
from inputs.problems import Cell, InvalidWorkbook, Note, Problem, expected, quoted
from inputs.sheets import Design, Row, Scale, Variant
from inputs.spreadsheet import Grid, read_spreadsheet
from inputs.table_reader import Mention, TableRead, read_table
from inputs.workbook import Workbook
from models.instance import Instance

CHOICE_SHEETS = ("choices", "decided", "chosen_counties")
PLANT_SHEETS = ("plants",)
"""Sheets that are looked for in a workbook, before its first one is taken."""

OTHER_NAMES = {"county_code": "county", "design_code": "design", "year_of_start": "year", "count": "plants"}
"""Headings of reports, by which a column may go; it is then preferred to one that has the name itself."""

WORKBOOK_ENDINGS = (".xlsx", ".xlsm")


class GivenCounty(Row):
    """A county of the table and the year in which it is to join."""

    sheet = "Choices"
    meaning = "Counties and the year in which each is to join."
    keys = ("county",)

    county: Code = column("county", code_of="Counties")
    year: int = column("year in which it joins", "year", ge=1900, le=2200)


class GivenPlants(Row):
    """Plants of the table: how many of a design start in a county in a year."""

    sheet = "Plants"
    meaning = "Plants that start, by county, design and year."
    keys = ("county", "design", "year")

    county: Code = column("county", code_of="Counties")
    design: Code = column("plant design", code_of="Designs")
    year: int = column("year of start", "year", ge=1900, le=2200)
    plants: int = column("plants that start", "plants", default=1, ge=0, le=1000)


@dataclass(frozen=True)
class GivenPlan:
    """Choices to be judged. `years` maps counties to the year in which each is to join; `plants` maps
    (county, design, year of start) to a number, and is empty where nothing is said of plants. `source` is what they
    were read from, `notes` what was remarked in reading."""

    source: str
    years: Mapping[str, int]
    plants: Mapping[tuple[str, str, int], int] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A design of the workbook that a variant does not have: the name of its scale, and the variants that have that."""

    variant: str
    scale: str
    variants: tuple[str, ...]

    @property
    def why(self) -> str:
        """Why it cannot be built, as a part of a sentence."""
        return f"the variant {self.variant} has no plants of the scale {self.scale}"

    @property
    def remedy(self) -> str:
        """What to do about it."""
        others = f"Use a variant that has them ({', '.join(self.variants)})" if self.variants else "Add them to it"
        return f"{others}, or judge years alone with --years-only."


def designs_left_out(workbook: Workbook, instance: Instance) -> Mapping[str, LeftOut]:
    """Designs of a workbook, by code, whose scale is not one of the variant that the problem is of."""
    scales = {row.record.scale: row.record.name for row in rows_of(workbook.rows, Scale)}
    having: dict[str, list[str]] = {scale: [] for scale in scales}
    for row in rows_of(workbook.rows, Variant):
        named = [code.strip() for code in row.record.scales.split(",")] if row.record.scales else list(scales)
        for scale in named:
            having.setdefault(scale, []).append(row.record.variant)
    return {
        row.record.design: LeftOut(instance.variant, scales[row.record.scale], tuple(having[row.record.scale]))
        for row in rows_of(workbook.rows, Design)
        if row.record.design not in instance.designs and row.record.scale not in instance.scales
    }


def read_given(
    path: Path, instance: Instance, left_out: Mapping[str, LeftOut] | None = None, *, years_only: bool = False
) -> GivenPlan:
    """The choices in a .csv or .xlsx file, for a problem.

    Columns: `county` and `year`; in a table of plants `design` and `plants` (1 where left out) as well. In a CSV
    file, or a workbook without a sheet Plants, rows with a design are plants and the others are choices. Codes are
    those of the workbook; years lie in the plan. `left_out` has designs of the workbook that the problem's variant
    lacks; None: none is known. `years_only` leaves plants unread.
    Raises `InvalidWorkbook` with every problem, each with its cell.
    """
    choices, plants, before = _tables(path)
    plants = None if years_only else plants
    problems: list[Problem] = [*before]
    notes: list[Note] = []
    for table in (choices, plants):
        if table is not None:
            problems += [*table.problems, *_checked(table, instance, left_out or {})]
            notes += table.notes
    years = {row.record.county: row.record.year for row in choices.rows if isinstance(row.record, GivenCounty)}
    built: dict[tuple[str, str, int], int] = {}
    for row in plants.rows if plants is not None else ():
        if isinstance(row.record, GivenPlants):
            built[row.record.county, row.record.design, row.record.year] = row.record.plants
    if not problems and not years and not built:
        problems.append(
            Problem(Cell(path.name), "nothing", "at least one choice", "Add a row with county and year.",
                    "there is no choice in the file")
        )  # fmt: skip
    if problems:
        in_order = sorted(dict.fromkeys(problems), key=lambda problem: (problem.cell.sheet, *problem.cell.position))
        raise InvalidWorkbook(in_order, dict.fromkeys(notes))
    return GivenPlan(path.name, years, built, tuple(dict.fromkeys(notes)))


def _tables(path: Path) -> tuple[TableRead, TableRead | None, list[Problem]]:
    """The table of choices and that of plants, where there is one."""
    if path.suffix.lower() == ".csv":
        return *_split(_csv_grid(path)), []
    if path.suffix.lower() not in WORKBOOK_ENDINGS:
        message = f"the file should be a .csv or .xlsx table, found {quoted(path.suffix or path.name)}"
        raise InvalidWorkbook(
            [Problem(Cell(str(path)), path.name, "a .csv or .xlsx table", "Save it as one.", message)]
        )
    grids = {normal(grid.name): grid for grid in read_spreadsheet(path).grids}
    plants = next((grids[name] for name in PLANT_SHEETS if name in grids and grids[name].values), None)
    choices = next((grids[name] for name in CHOICE_SHEETS if name in grids), None)
    if choices is None and plants is not None and len(grids) == 1:
        return TableRead(GivenCounty), _read(plants, GivenPlants), []
    choices = choices if choices is not None else next(iter(grids.values()))
    if not choices.values:
        message = f"the sheet {quoted(choices.name)} is empty"
        remedy = "Put the choices, with the headings county and year, on it."
        return TableRead(GivenCounty), None, [Problem(Cell(choices.name), "nothing", "a table", remedy, message)]
    if plants is None or plants is choices:
        return *_split(choices), []
    return _read(choices, GivenCounty), _read(plants, GivenPlants), []


def _csv_grid(path: Path) -> Grid:
    """A CSV file as a sheet. Commas, semicolons or tabs part the columns, whichever the headings have most of."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise InvalidWorkbook([_unusable(path, "does not exist", "Check the name and the folder.")]) from error
    except UnicodeDecodeError as error:
        raise InvalidWorkbook([_unusable(path, "is not in UTF-8", "Save it as CSV UTF-8.")]) from error
    except OSError as error:
        raise InvalidWorkbook(
            [_unusable(path, f"cannot be opened: {error.strerror}", "Check who may read it.")]
        ) from error
    headings = text.splitlines()[0] if text.strip() else ""
    separator = max(",;\t", key=headings.count)
    values: dict[int, dict[int, Any]] = {}
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error as error:
        remedy = "Look for a quotation mark that is not closed, or save it as .xlsx."
        raise InvalidWorkbook([_unusable(path, f"cannot be read: {error}", remedy)]) from error
    for number, row in enumerate(rows, start=1):
        cells = {place: _plain(cell) for place, cell in enumerate(row, start=1) if cell.strip()}
        if cells:
            values[number] = cells
    return Grid(path.name, values, {}, 0)


def _plain(text: str) -> str | int | float:
    """A cell of a CSV file: a number where it is written as one."""
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text.strip()


def _unusable(path: Path, why: str, remedy: str) -> Problem:
    return Problem(Cell(str(path)), why, "a table of choices", remedy, f"the file {why}")


def _split(grid: Grid) -> tuple[TableRead, TableRead | None]:
    """One table as two: rows with a design are plants."""
    headings = {_heading(raw): position for position, raw in grid.values.get(1, {}).items()}
    place = headings.get("design_code", headings.get("design"))
    if place is None:
        return _read(grid, GivenCounty), None
    top = {1: grid.values[1]}
    plants = {row: cells for row, cells in grid.values.items() if row > 1 and place in cells}
    others = {row: cells for row, cells in grid.values.items() if row > 1 and place not in cells}
    parts = [Grid(grid.name, {**top, **rows}, grid.merged, grid.formulas) for rows in (others, plants)]
    return _read(parts[0], GivenCounty, GivenPlants), _read(parts[1], GivenPlants)


def _read(grid: Grid, sheet: type[Row], also: type[Row] | None = None) -> TableRead:
    """The rows of a table, headings of reports renamed; columns that nobody asks for are left out unremarked."""
    known = set(columns_of(sheet))
    other = set(columns_of(also)) - known if also is not None else set()
    first: dict[int, Any] = {}
    names = {position: _heading(raw) for position, raw in grid.values.get(1, {}).items()}
    renamed = {OTHER_NAMES[name] for name in names.values() if name in OTHER_NAMES}
    of_report = bool(renamed & {"county"})
    for position, name in names.items():
        wanted = OTHER_NAMES.get(name, name)
        if (name in renamed and name not in OTHER_NAMES) or wanted in other or (of_report and wanted not in known):
            continue
        raw = grid.values[1][position]
        first[position] = OTHER_NAMES.get(name, name if normal(str(raw)) != name else raw)
    rows = {
        row: {place: raw for place, raw in cells.items() if place in first or place not in names}
        for row, cells in grid.values.items()
        if row > 1
    }
    return read_table(Grid(grid.name, {1: first, **rows}, grid.merged, grid.formulas), sheet)


def _heading(raw: object) -> str:
    """A heading as columns are matched, without the unit that reports put behind it in brackets."""
    return normal(re.sub(r"\s*\([^()]*\)\s*$", "", str(raw)))


def _checked(table: TableRead, instance: Instance, left_out: Mapping[str, LeftOut]) -> Iterator[Problem]:
    """What the problem knows nothing of: codes, years outside the plan; and keys that stand twice."""
    known: dict[str, Mapping[str, Any]] = {"Counties": instance.counties, "Designs": instance.designs}
    for mention in table.mentions:
        source = str(columns_of(table.sheet)[mention.column].code_of)
        if source == Design.sheet and mention.code in left_out:
            known_but = left_out[mention.code]
            message = f"{mention.column} {quoted(mention.code)} cannot be built: {known_but.why}"
            yield Problem(mention.cell, mention.code, "a design of the variant", known_but.remedy, message)
        elif source in known and mention.code not in known[source]:
            yield _unknown(mention, source, known[source])
    first: dict[tuple[str, ...], Cell] = {}
    for key in table.keys or ():
        if key.parts in first:
            text = "/".join(key.parts)
            message = f"{', '.join(table.sheet.keys)} {quoted(text)} stands twice, first in {first[key.parts]}"
            yield Problem(key.cell, text, "each key once", "Delete one of the two.", message)
        first.setdefault(key.parts, key.cell)
    for row in table.rows:
        year = getattr(row.record, "year", None)
        if year not in instance.years:
            allowed = f"a plan year, {instance.first_year} to {instance.last_year}"
            yield expected(row.cell("year"), "year", allowed, str(year), "Correct it, or delete the row.")


def _unknown(mention: Mention, source: str, known: Mapping[str, Any]) -> Problem:
    """The problem of an unknown code; where it is a name, the code of what bears it is told."""
    folded = mention.code.casefold()
    named = [code for code, thing in known.items() if folded in (thing.name.casefold(), _local_name(thing))]
    problem = unknown_code(mention.column, mention.code, mention.cell, source, set(known))
    if not named:
        return problem
    remedy = f"That is a name; write the code {' or '.join(named)}."
    return Problem(problem.cell, problem.found, problem.allowed, remedy, problem.message)


def _local_name(thing: Any) -> str:
    return str(getattr(thing, "local_name", "")).casefold()
