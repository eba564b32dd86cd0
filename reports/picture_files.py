"""Charts and map of a run as files, for a paper or slides."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from models.instance import Instance
from models.plan import Result
from reports.charts.drawing import for_file, png
from reports.charts.picture import Picture
from reports.charts.pictures import pictures, told_of
from reports.map.content import map_content
from reports.map.drawing import map_of_joining, map_reading
from reports.map.places import Boundaries, places_of
from reports.whole_file import whole_file

Form = Literal["png", "svg"]
FORMS: tuple[Form, ...] = ("png", "svg")

MAP = "map"
"""Name of the map's file."""


def write_charts(
    folder: Path, instance: Instance, result: Result, form: Form, boundaries: Boundaries | None = None
) -> list[Path]:
    """Write every chart, and the map, as `folder/<chart>.<form>`; returns the files, none without a plan.

    The folder is made if need be. Existing files of these names are replaced, each only by a finished one. Raises
    `OSError` when they cannot be written.
    """
    told = told_of(instance, result)
    drawn = {name.replace("_", "-"): for_file(picture) for name, picture in pictures(told).items()}
    places = places_of(instance, boundaries)
    if result.plan is not None and places is not None:
        content = map_content(instance, result.plan)
        title = "Where and when counties join, and where plants are built"
        drawn[MAP] = map_of_joining(content, places, title, map_reading(places.surveyed))
    return _write(folder, drawn, form)


def write_pictures(folder: Path, drawn: Mapping[str, Picture], form: Form) -> list[Path]:
    """Write charts, by name, as `folder/<name>.<form>`; folder, files and errors as for `write_charts`."""
    return _write(folder, {name: for_file(picture) for name, picture in drawn.items()}, form)


def _write(folder: Path, drawn: Mapping[str, str], form: Form) -> list[Path]:
    """Write drawings in SVG, by name."""
    written = []
    if drawn:
        folder.mkdir(parents=True, exist_ok=True)
    for name, content_of in drawn.items():
        path = folder / f"{name}.{form}"
        with whole_file(path) as unfinished:
            unfinished.write_bytes(png(content_of) if form == "png" else content_of.encode("utf-8"))
        written.append(path)
    return written
