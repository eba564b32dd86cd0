"""Every chart of a comparison, in the order in which it is read."""

from collections.abc import Callable, Mapping

from reports.charts.comparison.changes import source_changes
from reports.charts.comparison.intervals import intervals
from reports.charts.comparison.lorenz import lorenz_curves
from reports.charts.comparison.supply import supply_by_source
from reports.charts.comparison.waterfall import cost_waterfall
from reports.charts.comparison.years import coverage_by_year, means_by_year
from reports.charts.picture import Picture
from reports.comparison import Comparison

COMPARISON_PICTURES: tuple[Callable[[Comparison], Picture | None], ...] = (
    intervals,
    cost_waterfall,
    coverage_by_year,
    lorenz_curves,
    supply_by_source,
    source_changes,
    means_by_year,
)
"""Functions that give a chart, or None where a comparison has nothing to show in it."""


def comparison_pictures(comparison: Comparison) -> Mapping[str, Picture]:
    """The charts of a comparison by name."""
    made = ((function.__name__, function(comparison)) for function in COMPARISON_PICTURES)
    return {name: picture for name, picture in made if picture is not None}
