"""The files of a comparison: the Excel workbook, the page beside it, and charts; and what else the page can link.

What draws charts takes half a second to load, so it is loaded when there is something to draw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from optimizer.files import write_beside
from optimizer.pages import write_page_beside, write_pictures_beside
from optimizer.report_formats import FORMATS, PLAIN, ReportChoices
from reports.comparison import Comparison
from reports.comparison.excel import is_comparison, write_comparison_excel
from reports.html import page_kind
from reports.html.comparison import COMPARISON, write_comparison_html


def comparison_file(folder: Path, stem: str) -> Path:
    """The Excel workbook of a comparison; `stem` is the name of the compared workbook without ending."""
    return folder / f"{stem}-comparison.xlsx"


def write_comparison_reports(
    folder: Path,
    stem: str,
    comparison: Comparison,
    kinds: Sequence[str] = tuple(FORMATS),
    choices: ReportChoices = PLAIN,
) -> tuple[Mapping[str, Path], list[Path]]:
    """Write a comparison in the formats named, in place of an earlier one, and its charts if asked for.

    Returns the files by format, and those of the charts. Raises `UnusablePath` when they cannot be written.
    """
    file, written = comparison_file(folder, stem), {}
    if "excel" in kinds:
        written["excel"] = write_beside(
            file, COMPARISON, is_comparison, lambda path: write_comparison_excel(path, comparison)
        )
    if "html" in kinds:
        further = further_results(folder, stem)
        written["html"] = write_page_beside(
            file, COMPARISON, lambda path: write_comparison_html(path, comparison, choices.boundaries, further)
        )
    if choices.charts is None:
        return written, []
    from reports.charts.comparison.pictures import comparison_pictures

    pictures = {name.replace("_", "-"): picture for name, picture in comparison_pictures(comparison).items()}
    return written, write_pictures_beside(file, pictures, choices.charts)


def further_results(folder: Path, stem: str) -> list[Path]:
    """Pages in a folder that tell more of the same workbook: of its variants' plans, of searches over many solves."""
    pages = sorted(folder.glob("*.html")) if folder.is_dir() else []
    named = [path for path in pages if path.name.startswith(f"{stem}-")]
    return [path for path in named if page_kind(path) not in (None, COMPARISON)]
