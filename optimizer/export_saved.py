"""The main results of a saved run written as one long table, for other programs."""

from pathlib import Path
from zipfile import BadZipFile

import pandas
from pandas import DataFrame

from optimizer.files import UnusablePath, name_of_saved, write_beside
from optimizer.no_plan import require_plan
from reports.iamc import COLUMNS, iamc
from reports.saved_result import SavedResult
from reports.whole_file import whole_file

ENDINGS = (".csv", ".xlsx")
"""Endings of an export's name; each has its form."""

SHEET = "data"
"""The sheet of an export as a workbook, named as programs that read the IAMC form expect it."""

MOST_ROWS = 1_048_575
"""Lines that fit on a sheet below the heading."""

PLAIN = {"options": {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}}
"""A name that begins with = or looks like a link stays text."""


def export_saved(saved: SavedResult, path: Path, target: Path | None = None, scenario: str | None = None) -> Path:
    """Write the results of a saved run that was read from `path` in the IAMC form; the file that they went to.

    `target` is a .csv or .xlsx file, by default `<name>-iamc.csv` beside the saved result, `scenario` what the run is
    called in the table, by default that name. An earlier export is replaced, any other file left. Raises `UnusablePath`
    when nothing can be written or there is no plan to export.
    """
    name = name_of_saved(path)
    file = path.with_name(f"{name}-iamc.csv") if target is None else target
    if file.suffix.lower() not in ENDINGS or file.is_dir():
        raise UnusablePath(f"the results go into a file whose name ends in .csv or .xlsx; for example: {name}-iamc.csv")
    require_plan(saved, path)
    version = saved.background.versions.get("countyplan", "")
    frame = iamc(
        saved.instance,
        saved.result,
        model=f"countyplan {version}".strip(),
        scenario=name if scenario is None else scenario,
    )
    if file.suffix.lower() == ".xlsx" and len(frame) > MOST_ROWS:
        raise UnusablePath(f"there are {len(frame):,} lines, more than fit on a sheet; name a .csv file")
    return write_beside(file, "export", is_export, lambda free: _write(free, frame))


def is_export(path: Path) -> bool:
    """Whether a file is an export, told by its first line."""
    try:
        if path.suffix.lower() == ".csv":
            with path.open(encoding="utf-8") as file:
                return file.readline().rstrip("\r\n") == ",".join(COLUMNS)
        return tuple(pandas.read_excel(path, sheet_name=SHEET, nrows=0).columns) == COLUMNS
    except (OSError, ValueError, KeyError, BadZipFile):
        return False


def _write(path: Path, frame: DataFrame) -> None:
    """Write the table; an existing file is replaced only by a finished one."""
    with whole_file(path) as unfinished:
        if path.suffix.lower() == ".csv":
            frame.to_csv(unfinished, index=False, encoding="utf-8", lineterminator="\n")
        else:
            with (
                unfinished.open("wb") as file,
                pandas.ExcelWriter(file, engine="xlsxwriter", engine_kwargs=PLAIN) as book,
            ):
                frame.to_excel(book, sheet_name=SHEET, index=False)
