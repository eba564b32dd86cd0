"""The way in: a workbook file to a checked `Workbook`, or every problem that it has."""

from collections.abc import Iterable
from pathlib import Path

from inputs.case import WITHOUT_VARIANTS
from inputs.case_checks import check_case
from inputs.columns import SHEET_TYPES
from inputs.header import normal
from inputs.key_checks import check_keys, drop_unusable
from inputs.located import Tables, rows_of
from inputs.problems import Cell, InvalidWorkbook, Note, Problem, nearest, quoted
from inputs.settings_sheet import SettingsRead, read_settings
from inputs.sheets import SHEETS, Row, Setting, Variant
from inputs.spreadsheet import Grid, Spreadsheet, read_spreadsheet
from inputs.table_reader import TableRead, read_table
from inputs.workbook import Workbook, unknown_variant, variant_case

LEGEND = "Legend"
"""The sheet of the template that explains the others; it is not read."""


def read_workbook(path: Path) -> Workbook:
    """Read and check a workbook, every variant of it.

    Raises `InvalidWorkbook` with all problems at once: of the file, of each sheet and row, of codes across the
    sheets, and of every variant with its overrides. Rows that cannot be used are left out of the later
    checks, so that one mistake is told once.
    """
    spreadsheet = read_spreadsheet(path)
    reads, problems, notes = _read_sheets(spreadsheet)
    for table in reads.values():
        problems += table.problems
        notes += table.notes
    key_problems = check_keys(reads)
    problems += key_problems
    drop_unusable(reads, key_problems)
    tables: Tables = {sheet: tuple(table.rows) for sheet, table in reads.items()}
    keys = {
        sheet: None if table.keys is None else frozenset(key.parts for key in table.keys)
        for sheet, table in reads.items()
    }
    settings = read_settings(rows_of(tables, Setting))
    if reads[Setting.sheet].keys is not None:
        problems += settings.problems
        notes += settings.notes
    variants = [row.record.variant for row in rows_of(tables, Variant)] or [WITHOUT_VARIANTS]
    problems += _default_variant(settings, variants, reads[Variant.sheet])
    for variant in variants:
        case, override_problems = variant_case(tables, keys, variant)
        case_problems, case_notes = check_case(case)
        if reads[Setting.sheet].keys is not None:
            problems += override_problems
        problems += case_problems
        notes += case_notes
    if problems:
        raise InvalidWorkbook(_in_order(dict.fromkeys(problems), spreadsheet), dict.fromkeys(notes))
    return Workbook(
        path=path,
        sha256=spreadsheet.sha256,
        settings=settings.settings,
        rows=tables,
        notes=tuple(dict.fromkeys(notes)),
        keys=keys,
    )


def _read_sheets(spreadsheet: Spreadsheet) -> tuple[dict[str, TableRead], list[Problem], list[Note]]:
    """Every sheet that the program knows, read or found absent, in the program's order."""
    problems: list[Problem] = []
    notes: list[Note] = []
    by_joined = {_joined(name): name for name in SHEET_TYPES}
    grids: dict[str, Grid] = {}
    for grid in spreadsheet.grids:
        name = by_joined.get(_joined(grid.name))
        if name is None:
            notes += _unknown_sheet(grid)
        elif name in grids:
            message = f"the sheets {quoted(grids[name].name)} and {quoted(grid.name)} are both {name}"
            problems.append(Problem(Cell(grid.name), grid.name, "one sheet of a name", "Rename one.", message))
        else:
            grids[name] = grid
    reads = {}
    absent = []
    for sheet in SHEETS:
        grid_found = grids.get(sheet.sheet)
        if grid_found is not None and grid_found.values:
            reads[sheet.sheet] = read_table(grid_found, sheet)
            if sheet.required and reads[sheet.sheet].keys == []:
                reads[sheet.sheet].keys = None
                problems.append(_needed(sheet, "has no rows"))
            continue
        # Codes of a required sheet that is not there cannot be compared with anything.
        reads[sheet.sheet] = TableRead(sheet, keys=None if sheet.required else [])
        if sheet.required:
            problems.append(_needed(sheet, "is missing" if grid_found is None else "is empty"))
        elif sheet is not Setting:
            absent.append(sheet.sheet)
    if absent:
        notes.append(Note(None, f"sheets left out or empty: {', '.join(absent)}"))
    return reads, problems, notes


def _joined(name: str) -> str:
    """Sheets are matched without spaces, so that `Design materials` is DesignMaterials."""
    return normal(name).replace("_", "")


def _unknown_sheet(grid: Grid) -> list[Note]:
    if normal(grid.name) == normal(LEGEND):
        return []
    near = nearest(grid.name, SHEET_TYPES)
    hint = f"; did you mean '{near}'?" if near else ""
    return [Note(Cell(grid.name), f"the sheet is not known and was ignored{hint}", unknown=True)]


def _needed(sheet: type[Row], why: str) -> Problem:
    remedy = f"It holds: {sheet.meaning.split('.')[0]}. See the blank template."
    return Problem(Cell(sheet.sheet), "nothing", "at least one row", remedy, f"the sheet {sheet.sheet} {why}")


def _default_variant(settings: SettingsRead, variants: list[str], table: TableRead) -> list[Problem]:
    code = settings.settings.default_variant
    read = {key.parts[0] for key in table.keys or ()}
    if code is None or code in variants or code in read or table.keys is None:
        return []
    return [unknown_variant(code, variants, settings.cells["default_variant"])]


def _in_order(problems: Iterable[Problem], spreadsheet: Spreadsheet) -> list[Problem]:
    """By sheet as in the file, then by row and column; what belongs to no sheet of the file comes first."""
    order = {grid.name: position for position, grid in enumerate(spreadsheet.grids)}

    def place(problem: Problem) -> tuple[int, int, int]:
        return order.get(problem.cell.sheet, -1), *problem.cell.position

    return sorted(problems, key=place)
