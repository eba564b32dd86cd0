"""Charts of a saved result as files, and boundaries for its maps.

What draws charts takes half a second to load, so it is loaded when there is something to draw.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from models.instance import Instance
from models.plan import Result
from optimizer.files import UnusablePath, name_of_saved
from optimizer.options import InvalidOption
from reports.saved_result import SavedResult

if TYPE_CHECKING:
    from reports.map.places import Boundaries

FORMS = ("png", "svg")
"""Forms in which charts can be written."""


def charts_of_saved(
    saved: SavedResult, path: Path, folder: Path | None, form: str, boundaries: Boundaries | None = None
) -> list[Path]:
    """Write the charts and the map of a saved result that was read from `path`, into a folder or beside it.

    The files, and what is raised, are those of `write_charts_beside`.
    """
    where = (path.parent if folder is None else folder) / name_of_saved(path)
    return write_charts_beside(where, saved.instance, saved.result, form, boundaries)


def write_charts_beside(
    report: Path, instance: Instance, result: Result, form: str, boundaries: Boundaries | None = None
) -> list[Path]:
    """Write the charts and the map into the folder `<report without ending>-charts`; the files, none without a plan.

    Raises `InvalidOption` for a form that there is not, and `UnusablePath` when they cannot be written.
    """
    from reports.picture_files import write_charts

    require_form(form)
    where = report.with_name(f"{report.name}-charts")
    try:
        return write_charts(where, instance, result, "png" if form == "png" else "svg", boundaries)
    except OSError as error:
        raise UnusablePath(f"charts cannot be written into '{where}': {error.strerror or error}") from error


def require_form(form: str) -> None:
    """Raises `InvalidOption` for a form that charts cannot be written in."""
    if form not in FORMS:
        raise InvalidOption("charts", f"charts should be one of {', '.join(FORMS)}, found {form!r}")


def boundaries_of(path: Path, instance: Instance) -> Boundaries:
    """Areas of counties from a GeoJSON or TopoJSON file. Raises `UnusablePath` with what is wrong with it."""
    from reports.map.boundaries import UnusableBoundaries, read_boundaries

    try:
        return read_boundaries(path, instance.counties)
    except UnusableBoundaries as error:
        raise UnusablePath(str(error)) from error
