"""The page of a search over many solves, beside its Excel report, and its charts as files.

What draws charts takes half a second to load, so it is loaded when there is something to draw.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from optimizer.charts_of_saved import require_form
from optimizer.files import UnusablePath, write_beside
from reports.html import page_kind

if TYPE_CHECKING:
    from reports.charts.picture import Picture


def write_page_beside(report: Path, kind: str, write: Callable[[Path], None]) -> Path:
    """Write a page of a kind under the name of a report that was written; the file that it went to.

    An earlier page of that kind is replaced, anything else is left as it is. Raises `UnusablePath`.
    """
    return write_beside(report.with_suffix(".html"), "page", lambda path: page_kind(path) == kind, write)


def write_pictures_beside(report: Path, pictures: Mapping[str, Picture], form: str) -> list[Path]:
    """Write charts into the folder `<report without ending>-charts`; the files.

    Raises `InvalidOption` for a form that there is not, and `UnusablePath` when they cannot be written.
    """
    from reports.picture_files import write_pictures

    require_form(form)
    where = report.with_name(f"{report.stem}-charts")
    try:
        return write_pictures(where, pictures, "png" if form == "png" else "svg")
    except OSError as error:
        raise UnusablePath(f"charts cannot be written into '{where}': {error.strerror or error}") from error
