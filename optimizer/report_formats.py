"""The formats in which a report can be written; another one is another line of `FORMATS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.instance import Instance
from models.plan import Result
from optimizer.charts_of_saved import require_form
from optimizer.files import name_of_saved, require_folder, write_beside
from optimizer.options import InvalidOption
from reports.background import Background
from reports.excel import is_report, write_excel
from reports.html import is_html_report, write_html
from reports.saved_result import SavedResult

if TYPE_CHECKING:
    from reports.map.places import Boundaries


@dataclass(frozen=True)
class ReportChoices:
    """What a reader of reports may ask for beside them: a sheet for each county in Excel, maps with the areas of
    `boundaries`, and every chart as a file of the form `charts` too."""

    county_sheets: bool = False
    boundaries: Boundaries | None = None
    charts: str | None = None

    def __post_init__(self) -> None:
        """Raises `InvalidOption` for a form that charts cannot be written in."""
        if self.charts is not None:
            require_form(self.charts)


PLAIN = ReportChoices()


@dataclass(frozen=True)
class ReportFormat:
    """A format: how its files' names end, how one is written, and whether a file is one that may be replaced.

    `write` replaces a file only by a finished one, and raises OSError when it cannot.
    """

    ending: str
    meaning: str
    write: Callable[[Path, Instance, Result, Background, ReportChoices], None]
    is_own: Callable[[Path], bool]


def _excel(path: Path, instance: Instance, result: Result, background: Background, choices: ReportChoices) -> None:
    write_excel(path, instance, result, background, county_sheets=choices.county_sheets)


def _html(path: Path, instance: Instance, result: Result, background: Background, choices: ReportChoices) -> None:
    write_html(path, instance, result, background, boundaries=choices.boundaries)


FORMATS: Mapping[str, ReportFormat] = {
    "excel": ReportFormat(".xlsx", "an Excel workbook, a sheet for each table", _excel, is_report),
    "html": ReportFormat(".html", "one page with charts and a map, to read, send and print", _html, is_html_report),
}
"""Formats by name; the first is the default where one is asked for."""


def write_report(
    folder: Path,
    name: str,
    instance: Instance,
    result: Result,
    background: Background,
    kind: str = "excel",
    choices: ReportChoices = PLAIN,
) -> Path:
    """Write the report into a folder, in the place of an earlier one; the file that it went to.

    Under a further name when the file there is no report, or is open in Excel and so locked. Raises `UnusablePath`.
    """
    known = FORMATS[kind]
    return write_beside(
        folder / f"{name}{known.ending}",
        "report",
        known.is_own,
        lambda path: known.write(path, instance, result, background, choices),
    )


def report_of_saved(
    saved: SavedResult, path: Path, folder: Path | None = None, kind: str = "excel", choices: ReportChoices = PLAIN
) -> Path:
    """Write the report of a saved result that was read from `path`, into a folder or beside it; the file it went to.

    Raises `UnusablePath` when it cannot be written, and `InvalidOption` for a format that there is not.
    """
    if kind not in FORMATS:
        raise InvalidOption("format", f"format should be one of {', '.join(FORMATS)}, found {kind!r}")
    if folder is not None:
        require_folder(folder)
    where = path.parent if folder is None else folder
    return write_report(
        where, name_of_saved(path), saved.instance, saved.result, saved.background, kind, choices
    )  # fmt: skip
