"""Every chart of a run, in the order in which it is read."""

from collections.abc import Callable, Mapping

from models.instance import Instance
from models.plan import Result
from reports.charts.choices import counties_joining, plants_started
from reports.charts.costs import costs_by_term
from reports.charts.equity import lorenz
from reports.charts.means import central_money, means_against_limits, who_pays
from reports.charts.picture import Picture, Told
from reports.charts.supply import coverage_by_province, supply_by_source, utilisation
from reports.equity import lorenz_by_county
from reports.tables import TABLES

PICTURES: tuple[Callable[[Told], Picture | None], ...] = (
    counties_joining,
    plants_started,
    supply_by_source,
    coverage_by_province,
    lorenz,
    means_against_limits,
    central_money,
    who_pays,
    costs_by_term,
    utilisation,
)
"""Functions that give a chart, or None where a run has nothing to show in it; the name is that of its file."""


def told_of(instance: Instance, result: Result) -> Told:
    """A run with the tables that charts are made from and that have a sheet of their own."""
    wanted = [table for table in TABLES if table.own_sheet or table is lorenz_by_county]
    told = [table for table in wanted if table.concerns(instance) and (result.plan is not None or not table.needs_plan)]
    return Told(instance, result, {table.name: table(instance, result) for table in told})


def pictures(told: Told) -> Mapping[str, Picture]:
    """The charts of a run by name; none without a plan."""
    if told.result.plan is None:
        return {}
    made = ((function.__name__, function(told)) for function in PICTURES)
    return {name: picture for name, picture in made if picture is not None}
