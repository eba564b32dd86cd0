"""Charts of a search for break-even: which variant is cheaper where, what both cost with what is proven of it, and the
map of each good."""

import re
from collections.abc import Mapping

from reports.breakeven_findings import Study
from reports.charts.breakeven.curves import costs_by_value
from reports.charts.breakeven.map import cheaper_on_map
from reports.charts.breakeven.ranges import cheaper_by_value
from reports.charts.breakeven.values import value_text, variant_names
from reports.charts.picture import Picture

__all__ = ["breakeven_pictures", "chart_name", "value_text", "variant_names"]


def breakeven_pictures(study: Study) -> Mapping[str, Picture]:
    """The charts of a study by name: one over all comparisons, one for each of them, one for each good of a map."""
    found: dict[str, Picture | None] = {"cheaper": cheaper_by_value(study)}
    for number, comparison in enumerate(study.comparisons, start=1):
        found[chart_name("costs", number, comparison.code or comparison.extent)] = costs_by_value(study, comparison)
    for number, good in enumerate(dict.fromkeys(cell.good for cell in study.cells), start=1):
        found[chart_name("map", number, good)] = cheaper_on_map(study, good)
    return {name: picture for name, picture in found.items() if picture is not None}


def chart_name(kind: str, number: int, code: str) -> str:
    """A name for a chart, and its file, whatever letters a code has."""
    letters = re.sub(r"[^a-z0-9]+", "-", code.lower()).strip("-")
    return "-".join(part for part in (kind, str(number), letters) if part)
